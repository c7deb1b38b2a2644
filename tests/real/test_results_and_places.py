"""The real files on results, places and hubs: no row lost, and values looked up by hand."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables import TABLES
from hedgerow.landscape.tables.observations import Observations
from hedgerow.sources.districts import CHANGES
from hedgerow.sources.hubs.joining import join_hubs
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA

KS2 = "2018-850-ks2.csv"
KS2_SCORES = "england_ks2final_201819_subset.csv"
CENSUS = "england_census_201819.csv"
NATIONAL = "spc_school_level_underlying_data_202223.csv.gz"
IMD_2019 = "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz"
IMD_2025 = "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx"
LSOA = "lsoa2011_centroids.csv"
POSTCODES = "onspd_school_postcodes.csv"
HUBS, AREAS = "region_mapping.csv", "hub_area_districts.csv"
BOUNDARIES = "boundaries.geojson"
GIAS = "edubasealldata20220425.csv"

# rows in the file, counted with other programs, and how many of them are set aside
FILES = {
    KS2: ("ks2", 334, 8),
    KS2_SCORES: ("ks2", 16_355, 0),
    CENSUS: ("census", 23_942, 3),
    NATIONAL: ("census", 24_442, 0),
    IMD_2019: ("imd", 32_844, 0),
    IMD_2025: ("imd", 33_755, 0),
    LSOA: ("lsoa", 34_753, 1_909),
    POSTCODES: ("postcodes", 24_340, 0),
    HUBS: ("hubs", 86, 3),
    AREAS: ("hubs", 301, 0),
    BOUNDARIES: ("boundaries", 296, 0),
}


@pytest.fixture(scope="module")
def tables(real_data: Path):
    """Each file, read once, with its faults."""
    read = {}
    for name, (source, _, _) in FILES.items():
        faults = Faults()
        reader = import_module(f"hedgerow.sources.{source}.read")
        read[name] = reader.read(real_data / name, faults), faults
    return read


@pytest.mark.parametrize("name", FILES)
def test_no_row_is_lost(tables, name):
    table, _ = tables[name]
    _, rows, aside = FILES[name]
    assert table.source.rows + table.set_aside.height == rows
    assert table.set_aside.height == aside
    assert dict(table.set_aside.schema) == SET_ASIDE_SCHEMA
    assert table.set_aside["reason"].null_count() == 0
    assert table.set_aside["row"].is_unique().all()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (KS2, date(2019, 5, 31)),
        (KS2_SCORES, date(2019, 5, 31)),
        (CENSUS, date(2019, 1, 17)),
        (NATIONAL, date(2023, 1, 19)),
        (IMD_2019, date(2019, 9, 26)),
        (IMD_2025, date(2025, 10, 30)),
        (POSTCODES, date(2025, 4, 1)),
        (HUBS, date(2025, 11, 30)),
        (AREAS, date(2023, 4, 1)),
        (BOUNDARIES, date(2023, 4, 1)),
    ],
)
def test_days(tables, name, day):
    assert tables[name][0].source.as_of == day


@pytest.mark.parametrize("name", [KS2, KS2_SCORES, CENSUS, NATIONAL])
def test_results_are_observations(tables, name):
    rows = tables[name][0].rows
    assert Observations.validate(rows, cast=True).height == rows.height
    assert (
        rows.filter(pl.col("measure") == rows["measure"][0]).height == tables[name][0].source.rows
    )


def value(rows: pl.DataFrame, urn: int, measure: str) -> tuple[object, ...]:
    found = rows.filter(pl.col("organisation") == f"urn:{urn}", pl.col("measure") == measure)
    return found.select("value", "denominator", "status").row(0)


def test_key_stage_2_of_one_school(tables):
    rows = tables[KS2][0].rows
    assert value(rows, 115851, "ks2_maths_expected") == (0.83, 60, "observed")
    assert value(rows, 115851, "ks2_maths_high") == (0.1, 60, "observed")
    assert value(rows, 115851, "ks2_rwm_expected") == (0.63, 60, "observed")
    assert value(rows, 115851, "ks2_maths_progress") == (-2.6, 60, "observed")


def test_key_stage_2_agrees_with_the_authority_that_it_sums_to(tables, real_data):
    """The authority's own row gives the mean over all of its eligible pupils."""
    summary = pl.read_csv(real_data / KS2, infer_schema=False).filter(pl.col("RECTYPE") == "3")
    rows = tables[KS2][0].rows.filter(pl.col("status") == "observed")
    for measure, column in (("ks2_maths_expected", "PTMAT_EXP"), ("ks2_rwm_expected", "PTRWM_EXP")):
        of_measure = rows.filter(pl.col("measure") == measure)
        mean = (of_measure["value"] * of_measure["denominator"]).sum() / of_measure[
            "denominator"
        ].sum()
        # shares of schools and of the authority are published as whole percentages
        assert mean == pytest.approx(float(summary[column][0].rstrip("%")) / 100, abs=0.006)
    progress = rows.filter(pl.col("measure") == "ks2_maths_progress")
    mean = (progress["value"] * progress["denominator"]).sum() / progress["denominator"].sum()
    assert mean == pytest.approx(float(summary["MATPROG"][0]), abs=0.06)


def test_both_key_stage_2_files_say_the_same(tables):
    key = ["organisation", "measure", "date"]
    both = tables[KS2][0].rows.join(tables[KS2_SCORES][0].rows, on=key)
    observed = both.filter(pl.col("status") == "observed", pl.col("status_right") == "observed")
    assert observed.height > 250
    assert (observed["value"] == observed["value_right"]).all()


def test_the_census_sums_to_its_own_totals(tables, real_data):
    """The publisher's totals of state-funded schools stand in the last rows of the file."""
    raw = pl.read_csv(real_data / CENSUS, infer_schema=False)
    kinds = raw.select(
        (pl.lit("urn:") + pl.col("URN")).alias("organisation"), pl.col("SCHOOLTYPE").alias("kind")
    )
    rows = tables[CENSUS][0].rows.join(kinds, on="organisation")
    for kind, column, measure in (
        ("State-funded primary", "NOR", "pupils"),
        ("State-funded primary", "NUMFSM", "fsm_eligible"),
        ("State-funded secondary", "NUMEAL", "eal_pupils"),
    ):
        total = float(raw.filter(pl.col("URN") == "NAT", pl.col("SCHOOLTYPE") == kind)[column][0])
        ours = rows.filter(pl.col("kind") == kind, pl.col("measure") == measure)["value"].sum()
        assert ours == pytest.approx(total, rel=0.001)


def test_the_national_census_gives_the_published_percentages(tables, real_data):
    heading = "% of pupils known to be eligible for free school meals"
    published = pl.read_csv(real_data / NATIONAL, columns=["urn", heading], infer_schema=False)
    shares = published.select(
        (pl.lit("urn:") + pl.col("urn")).alias("organisation"),
        pl.col(heading).cast(pl.Float64, strict=False).alias("published"),
    ).drop_nulls()
    rows = tables[NATIONAL][0].rows.filter(
        pl.col("measure") == "fsm_eligible", pl.col("denominator") > 0
    )
    both = rows.join(shares, on="organisation").drop_nulls("value")
    assert both.height > 21_000
    apart = (both["value"] / both["denominator"] * 100 - both["published"]).abs()
    assert apart.max() < 0.051


def test_only_academies_have_a_trust(tables, real_data):
    table = tables[NATIONAL][0]
    raw = pl.read_csv(
        real_data / NATIONAL, columns=["urn", "trust", "academy_flag"], infer_schema=False
    )
    foundations = raw.filter(pl.col("trust").is_not_null(), pl.col("academy_flag") != "Academy")
    assert foundations.height > 380
    names = table.places.filter(pl.col("urn").is_in(foundations["urn"].cast(pl.Int64).implode()))
    assert names["trust_name"].null_count() == foundations.height
    assert table.places["trust_name"].drop_nulls().len() == 10_176


def test_deprivation_ranks_every_area(tables):
    for name, areas in ((IMD_2019, 32_844), (IMD_2025, 33_755)):
        table, faults = tables[name]
        ranks = table.rows["rank"]
        # a few areas are level and share a rank
        assert (ranks.min(), ranks.max()) == (1, areas)
        assert ranks.n_unique() > areas - 30
        assert "not all areas" not in {fault.kind for fault in faults}
        # a decile is a tenth of the ranks
        tenths = (table.rows["rank"] - 1) * 10 // areas + 1
        assert (tenths - table.rows["decile"].cast(pl.Int32)).abs().max() <= 1
        assert ((tenths == table.rows["decile"].cast(pl.Int32)).mean() or 0) > 0.999


def test_areas_of_the_indices_and_of_the_centroids_are_the_same(tables):
    assert set(tables[LSOA][0].rows["lsoa"]) == set(tables[IMD_2019][0].rows["lsoa"])


def test_outlines_hold_the_postcodes_of_their_districts(tables, real_data):
    """Outlines come from degrees, postcodes from grid references: a wrong conversion parts them."""
    outlines = tables[BOUNDARIES][0].rows
    code, name = "Local Authority District code (2019)", "Local Authority District name (2019)"
    imd = pl.read_csv(real_data / IMD_2019, columns=[code, name], infer_schema=False)
    names = dict(imd.select(code, name).unique().iter_rows())
    names |= {change.code: change.name for change in CHANGES}
    postcodes = tables[POSTCODES][0].rows
    apart = []
    for name, outline in outlines.select("name", "outline").iter_rows():
        codes = [f"lad:{code}" for code, found in names.items() if found == name]
        own = postcodes.filter(pl.col("district").is_in(codes))
        points = shapely.points(own["easting"].to_numpy(), own["northing"].to_numpy())
        apart.append(shapely.distance(points, shapely.from_wkb(outline)))
    distances = np.concatenate(apart)
    assert len(distances) > 23_000
    # ultra-generalised outlines cut corners of a few hundred metres
    assert (distances == 0).mean() > 0.975
    assert np.quantile(distances, 0.999) < 500
    assert distances.max() < 2_500


def test_teaching_school_hubs(tables):
    table, faults = tables[HUBS]
    assert table.hubs["hub"].is_unique().all()
    assert set(table.set_aside["reason"]) == {"no area: a national body, not a hub"}
    assert sorted(fault.row for fault in faults) == [19, 36, 37, 38, 42, 60, 61]
    claimed = table.footprints["covers"]
    assert claimed.is_unique().all()
    areas = {area.removeprefix("hubarea:") for area in tables[AREAS][0].areas["area"]}
    assert set(claimed) == areas


@pytest.fixture(scope="module")
def joined(tables, real_data):
    """The hubs, joined with the schools of the register's extract."""
    raw = pl.read_csv((real_data / GIAS).read_bytes().decode("cp1252").encode(), infer_schema=False)
    schools = raw.select(
        (pl.lit("urn:") + pl.col("URN")).alias("id"),
        pl.lit("school").alias("kind"),
        pl.col("EstablishmentName").alias("name"),
        pl.lit(None, dtype=pl.String).alias("code"),
        pl.col("Postcode").alias("postcode"),
        pl.col("Easting").cast(pl.Float64, strict=False).alias("easting"),
        pl.col("Northing").cast(pl.Float64, strict=False).alias("northing"),
        (pl.lit("la:") + pl.col("LA (code)")).alias("authority"),
        (pl.lit("lad:") + pl.col("DistrictAdministrative (code)")).alias("district"),
        pl.col("GOR (name)").alias("region"),
        pl.lit(None, dtype=pl.Date).alias("closed"),
    )
    districts = raw.select(
        (pl.lit("lad:") + pl.col("DistrictAdministrative (code)")).alias("id"),
        pl.col("DistrictAdministrative (name)").alias("name"),
    )
    faults = Faults()
    tables_of_hubs = join_hubs(
        [tables[HUBS][0], tables[AREAS][0]],
        schools=schools,
        authorities=pl.DataFrame(schema={"id": pl.String, "name": pl.String, "code": pl.String}),
        districts=districts.filter(pl.col("id").str.len_chars() == 13).unique("id").drop_nulls(),
        postcodes=tables[POSTCODES][0].rows,
        faults=faults,
    )
    return tables_of_hubs, schools, faults


def test_every_district_of_a_hub_area_is_found(joined, tables):
    hubs, schools, faults = joined
    assert "unknown district" not in {fault.kind for fault in faults}
    for name in ("organisations", "areas", "area_parts", "ties"):
        TABLES[name].validate(getattr(hubs, name), cast=True)
    reached = schools.drop_nulls("district").filter(pl.col("district").str.len_chars() == 13)
    inside = reached.filter(pl.col("district").is_in(hubs.area_parts["part"].implode()))
    assert inside.height == reached.height


def test_shared_districts(joined):
    hubs, _, _ = joined
    shared = hubs.area_parts.filter(~pl.col("is_whole"))
    of_cornwall = shared.filter(pl.col("part") == "lad:E06000052")["area"].sort().to_list()
    assert of_cornwall == ["hubarea:SW11", "hubarea:SW8"]
    of_birmingham = shared.filter(pl.col("part") == "lad:E08000025")["area"].sort().to_list()
    assert of_birmingham == ["hubarea:WM10", "hubarea:WM9"]
    bristol = hubs.area_parts.filter(pl.col("part") == "lad:E06000023")
    assert bristol.select("area", "is_whole").rows() == [("hubarea:SW9", True)]


def test_most_lead_schools_are_found_and_the_others_told(joined):
    hubs, schools, faults = joined
    hosts = hubs.ties.filter(pl.col("kind") == "hosts")
    missed = [fault for fault in faults if fault.kind == "lead school not found"]
    # 83 hubs, one without the name of a lead school
    assert hosts.height + len(missed) == 82
    assert hosts.height >= 70
    names = dict(schools.select("id", "name").iter_rows())
    by_hub = {hub: names[school] for school, hub in hosts.select("from_id", "to_id").iter_rows()}
    assert by_hub["tsh:EE1"] == "Saffron Walden County High School"
    assert by_hub["tsh:EE4"].startswith("Notre Dame High School")


def test_nothing_personal_is_kept(tables):
    for name, (table, _) in tables.items():
        kept = json.dumps(table.set_aside["content"].to_list())
        assert not [word for word in ("TELNUM", "ADDRESS", "HEAD") if word in kept.upper()], name


@pytest.mark.parametrize("option", ["ks2", "lsoa", "hubs", "ofsted"])
@pytest.mark.parametrize("name", [KS2, CENSUS, IMD_2025, POSTCODES, AREAS])
def test_a_file_given_with_the_wrong_option_is_told_where_it_belongs(real_data, name, option):
    source = FILES[name][0]
    if option == source:
        option = "ofsted"
    read = import_module(f"hedgerow.sources.{option}.read").read
    with pytest.raises(DataError, match=rf"given with --{option}.*looks like") as refused:
        read(real_data / name, Faults())
    assert f"Give it with --{source}." in refused.value.advice
