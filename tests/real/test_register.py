"""The register of all the open data beside the project, against what is published of England."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.landscape import Landscape
from hedgerow.sources.register import RegisterInputs, RegisterSummary, build, open_register

DAY = date(2022, 4, 25)
LINKS_DAY = date(2022, 3, 29)


@pytest.fixture(scope="module")
def built(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> RegisterSummary:
    inputs = RegisterInputs(
        gias=real_data / "edubasealldata20220425.csv",
        groups=real_data / "allgroupsdata20220329.csv",
        links=(
            real_data / "alllinksdata20220329.csv",
            real_data / "grouplinks_edubaseallacademiesandfree20170403.csv",
            real_data / "grouplinks_edubaseallacademiesandfree20190601.csv",
        ),
        successors=real_data / "links_edubasealldata20230421.csv",
        ks2=(real_data / "england_ks2final_201819_subset.csv", real_data / "2018-850-ks2.csv"),
        census=(
            real_data / "spc_school_level_underlying_data_202223.csv.gz",
            real_data / "england_census_201819.csv",
        ),
        imd=(
            real_data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",
            real_data / "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx",
        ),
        lsoa=real_data / "lsoa2011_centroids.csv",
        hubs=(real_data / "region_mapping.csv", real_data / "hub_area_districts.csv"),
        boundaries=real_data / "boundaries.geojson",
        postcodes=real_data / "onspd_school_postcodes.csv",
    )
    return build(inputs, tmp_path_factory.mktemp("real") / "registers")


@pytest.fixture(scope="module")
def england(built: RegisterSummary) -> Landscape:
    return open_register(built.folder)


def trust_sizes(england: Landscape, day: date) -> pl.Series:
    """Open mainstream schools of each trust."""
    bodies = governing_bodies(england.on(day))
    in_trust = bodies.filter(pl.col("body").str.starts_with("uid:"))
    return in_trust.group_by("body").len()["len"]


def test_schools_and_authorities(england):
    organisations = england.organisations
    assert england.schools.height == 20_185
    authorities = organisations.filter(pl.col("kind") == "authority")
    assert authorities.height == 152
    named = dict(authorities.select("id", "name").iter_rows())
    assert named["la:940"] == "North Northamptonshire"
    assert named["la:420"] == "Isles of Scilly"
    assert authorities["code"].null_count() == authorities["region"].null_count() == 0
    for column in ("authority", "district", "region", "easting", "northing"):
        assert england.schools[column].null_count() == 0


def test_share_of_academies(england):
    schools = england.schools
    primary = schools.filter(pl.col("phase").is_in(["Primary", "Middle deemed primary"]))
    secondary = schools.filter(pl.col("phase").is_in(["Secondary", "Middle deemed secondary"]))
    assert primary.height == 16_781
    assert (primary["status"] == "academy").mean() == pytest.approx(0.391, abs=0.0005)
    assert (secondary["status"] == "academy").mean() == pytest.approx(0.793, abs=0.0005)


def test_trusts_in_the_link_records(england):
    sizes = england.table("observations").filter(
        pl.col("measure") == "schools_in_link_records", pl.col("date") == LINKS_DAY
    )["value"]
    assert (sizes >= 2).sum() == 1_202
    assert sizes.filter(sizes >= 2).mean() == pytest.approx(7.1, abs=0.05)
    assert (sizes == 1).sum() == 1_349


def test_trusts_of_mainstream_schools(england):
    sizes = trust_sizes(england, DAY)
    assert (sizes >= 2).sum() == 1_101
    assert sizes.filter(sizes >= 2).mean() == pytest.approx(7.24, abs=0.005)
    assert (sizes == 1).sum() == 1_253


def test_trusts_grow_from_snapshot_to_snapshot(england):
    means = [
        trust_sizes(england, day).mean() for day in (date(2017, 4, 3), date(2019, 6, 1), LINKS_DAY)
    ]
    assert means == sorted(means)
    assert england.earliest == date(2017, 4, 3)


def test_one_trust_an_academy_on_every_snapshot_day(england):
    for day in (date(2017, 4, 3), date(2019, 6, 1), LINKS_DAY, DAY):
        governs = england.on(day).ties.filter(pl.col("kind") == "governs")
        assert governs["to_id"].is_unique().all()


def test_the_history_shows_what_each_snapshot_says(england, real_data):
    from hedgerow.landscape.faults import Faults
    from hedgerow.sources.links.read import read

    for name in (
        "grouplinks_edubaseallacademiesandfree20170403.csv",
        "grouplinks_edubaseallacademiesandfree20190601.csv",
        "alllinksdata20220329.csv",
    ):
        table = read(real_data / name, Faults())
        stated = set(
            table.rows.filter(pl.col("tie") == "governs")
            .select(pl.format("uid:{}", "uid"), pl.format("urn:{}", "urn").alias("school"))
            .join(england.organisations, left_on="school", right_on="id", how="semi")
            .iter_rows()
        )
        ties = england.on(table.source.as_of).ties.filter(pl.col("kind") == "governs")
        shown = set(ties.select("from_id", "to_id").iter_rows())
        assert len(stated - shown) == 0


def test_moves_between_trusts_are_there(england):
    governs = england.ties.filter(pl.col("kind") == "governs")
    ended = governs.filter(pl.col("end").is_not_null())
    assert 900 < ended.height < 1_100
    assert governs.filter("end_censored").height < ended.height / 2


def test_deprivation_on_both_editions(england):
    found = england.table("observations").filter(pl.col("measure") == "imd_decile")
    for year in (2019, 2025):
        edition = found.filter(pl.col("date").dt.year() == year)
        assert edition.height == 20_185
        assert (edition["status"] == "not available").mean() < 0.01
        # an area's decile, taken over schools and not over areas
        assert edition["value"].mean() == pytest.approx(5.3, abs=0.3)


def test_every_school_lies_in_the_area_of_a_teaching_school_hub(england):
    from hedgerow.landscape.footprints import footprints

    covered = footprints(england.on(DAY))
    assert covered["hub"].n_unique() > 80
    assert covered["school"].n_unique() / 20_185 > 0.99


def test_every_row_not_used_says_why(built):
    assert built.set_aside["reason"].null_count() == 0
    assert built.set_aside["content"].null_count() == 0
    ks2 = built.reasons().filter(pl.col("file") == "2018-850-ks2.csv")
    assert set(ks2["reason"]) >= {"summary row"}


def test_the_whole_is_one_register(built):
    assert [folder.name for folder in built.folder.parent.iterdir()] == ["2022-04-25"]
    assert len(built.sources) == 17
    assert len({source.id for source in built.sources}) == 17
