"""The places that are typed, on the open data beside the project: what they are and how they are
described, each number against its indicator; how common places like the study's are."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.describing import FeatureTable, feature_table
from hedgerow.localities.typology.resemblance import resemblance
from hedgerow.localities.typology.trajectories import landscape_for, trajectories
from hedgerow.localities.typology.units import (
    Unit,
    authorities,
    authorities_left_out,
    localities,
    localities_left_out,
)
from hedgerow.sources.register import RegisterInputs, build, open_register

ON = date(2022, 4, 25)


@pytest.fixture(scope="module")
def england(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    inputs = RegisterInputs(
        gias=real_data / "edubasealldata20220425.csv",
        links=(
            real_data / "grouplinks_edubaseallacademiesandfree20170403.csv",
            real_data / "grouplinks_edubaseallacademiesandfree20190601.csv",
            real_data / "alllinksdata20220329.csv",
        ),
        groups=real_data / "allgroupsdata20220329.csv",
        successors=real_data / "links_edubasealldata20230421.csv",
        census=(real_data / "spc_school_level_underlying_data_202223.csv.gz",),
        imd=(real_data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",),
        lsoa=real_data / "lsoa2011_centroids.csv",
        hubs=(real_data / "region_mapping.csv", real_data / "hub_area_districts.csv"),
        boundaries=real_data / "boundaries.geojson",
        postcodes=real_data / "onspd_school_postcodes.csv",
    )
    return open_register(build(inputs, tmp_path_factory.mktemp("typed") / "registers").folder)


@pytest.fixture(scope="module")
def places(england) -> tuple[Unit, ...]:
    return authorities(england, ON)


@pytest.fixture(scope="module")
def parts(england) -> tuple[Unit, ...]:
    return localities(england, ON, seed=0)


@pytest.fixture(scope="module")
def table(england, places) -> FeatureTable:
    return feature_table(england, places, ON)


def test_every_authority_but_two(england, places):
    assert len(places) == 150
    left = authorities_left_out(england, ON)
    assert [(one.name, one.schools) for one in left] == [
        ("City of London", 1),
        ("Isles of Scilly", 0),
    ]


def test_every_primary_lies_in_one_locality(england, parts):
    every = state_schools(england.through(Lens.everywhere(), on=ON, phase="primary"))
    listed = [school for one in parts for school in one.schools or ()]
    assert len(listed) == len(set(listed))
    out = sum(one.schools for one in localities_left_out(england, ON))
    assert len(listed) == every.height - out == 16_780


def test_localities_are_of_the_study_s_size_where_that_can_be(parts):
    sizes = np.array([len(one.schools or ()) for one in parts])
    whole = np.array([one.parent is None for one in parts])
    assert [one.is_within_bounds for one in parts] == [60 <= size <= 100 for size in sizes]
    # authorities with fewer than 60 stand whole; of the others few cannot be parted within bounds
    assert sizes[whole].max() <= 110
    parted = sizes[~whole]
    assert ((parted >= 60) & (parted <= 100)).mean() > 0.95
    assert parted.min() >= 50
    assert 230 <= len(parts) <= 260


@pytest.mark.slow
def test_across_borders_all_are(england):
    found = localities(england, ON, across=True, seed=0)
    sizes = np.array([len(one.schools or ()) for one in found])
    assert ((sizes >= 60) & (sizes <= 100)).all()
    # the one of the City of London too
    assert sizes.sum() == 16_781


def test_schools_once_each_give_every_finding(table):
    again = table.school_table.values()
    assert np.isnan(again).tolist() == np.isnan(table.values).tolist()
    assert again == pytest.approx(table.values, abs=1e-12, nan_ok=True)


def test_a_draw_takes_less_than_a_tenth_of_a_second(table):
    rng = np.random.default_rng(1)
    table.school_table.resampled(rng)
    begun = time.process_time()
    for _ in range(5):
        table.school_table.resampled(rng)
    assert (time.process_time() - begun) / 5 < 0.1


def test_what_is_measured_of_all_authorities(table):
    counts = (~np.isnan(table.values)).sum(axis=0).tolist()
    measured = dict(zip(table.names, counts, strict=True))
    # open data do not say what Maths Hubs cover, and the last year of the curve is to come
    nothing = {"inside_maths_hub", "distance_maths_hub", "converted_by_2022"}
    assert {name for name, count in measured.items() if count == 0} == nothing
    assert all(count >= 135 for name, count in measured.items() if name not in nothing)
    assert table.schools.sum() == 16_780
    # 63 per cent of primaries were maintained in 2022, by the Department's figures of May
    share = table.values[:, table.names.index("maintained")] @ table.weights
    assert share == pytest.approx(0.63, abs=0.03)


@pytest.mark.slow
def test_localities_are_described_too(england, parts):
    found = feature_table(england, parts, ON)
    again = found.school_table.values()
    assert again == pytest.approx(found.values, abs=1e-12, nan_ok=True)
    assert found.schools.sum() == 16_780


@pytest.mark.slow
def test_the_same_places_on_an_earlier_day(england, parts):
    day = date(2019, 9, 1)
    then = landscape_for([england], day)
    found = feature_table(then, parts[::8], day)
    now = np.array([len(one.schools or ()) for one in parts[::8]])
    # schools are followed under their older numbers: hardly one is lost
    assert (found.schools >= 0.9 * now).all()
    assert (found.schools <= now).mean() > 0.7


def test_how_places_came_to_be(england, table):
    found = trajectories(england, table)
    kinds = Counter(kind for one in found for kind in one.movers or ("none of these",))
    assert set(kinds) == {"first mover", "recent mover", "assimilator", "none of these"}
    assert min(kinds.values()) >= 15
    for year in (2012, 2015, 2018):
        column = table.values[:, table.names.index(f"converted_by_{year}")]
        by = [one.converting.share_by(date(year, 9, 1))[0] for one in found]
        assert by == pytest.approx(column.tolist(), abs=1e-12)
    quarter = [one.converting.years_to_quarter for one in found]
    indicated = table.context["local_lens.years_to_quarter_converted"]
    assert [one is None for one in quarter] == np.isnan(indicated).tolist()
    early = [(one, other) for one, other in zip(quarter, indicated, strict=True) if one is not None]
    assert all(one == pytest.approx(other, abs=1e-9) for one, other in early)
    for one in found[::10]:
        here = england.through(one.unit.lens, on=ON, phase="primary")
        ratio = INDICATORS["local_lens.conversion_rate_ratio"].measure(here)
        if ratio.is_measured:
            assert one.pace == pytest.approx(ratio.value)
    # links begin in 2017: of a few it is not known since when
    assert 0 < sum(one.joining.left_censored for one in found) < 200


@pytest.mark.parametrize("wording", ["report", "blog"])
@pytest.mark.parametrize("tolerance", [0, 0.1, 0.25])
def test_like_none_of_the_three_is_the_largest_group(england, table, wording, tolerance):
    # expected beforehand: all three have far fewer maintained schools than most of England
    found = resemblance(england, table, wording=wording, tolerance=tolerance, draws=20)
    assert found.largest == "none"
    none = found.like["none"]
    assert none.low <= none.share <= none.high
    assert none.share > 0.5
