"""Places described by findings, and again by their schools: both ways the same."""

from __future__ import annotations

import pickle
from datetime import date

import numpy as np
import polars as pl
import pytest

from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.localities.typology.describing import BLOCKS, CONTEXT, FEATURES, feature_table
from hedgerow.localities.typology.units import Unit, authorities
from tests.made_up import MadeUp, brambleford
from tests.unit.localities.many_places import many_places
from tools.made_up_facts import region_landscape

ON = date(2022, 4, 25)


@pytest.fixture(scope="module")
def country():
    return many_places(alike=8).landscape(is_checked=True)


@pytest.fixture(scope="module")
def table(country):
    return feature_table(country, authorities(country, ON), ON)


def test_what_features_come_from_is_declared():
    declared = {one.id for one in load()}
    assert {one.indicator for one in FEATURES} | set(CONTEXT) <= declared
    assert len({one.name for one in FEATURES}) == len(FEATURES)
    assert list(dict.fromkeys(one.block for one in FEATURES)) == list(BLOCKS)


def test_a_value_is_that_of_its_finding(country, table):
    place = table.names.index("maintained")
    for row, unit in enumerate(table.units):
        here = country.through(unit.lens, on=ON, phase="primary")
        alone = INDICATORS["linked_systems.maintained_share"].measure(here)
        assert table.values[row, place] == alone.value == table.finding(row, "maintained").value
        near = table.finding(row, "different_bodies")
        assert near.id == "local_lens.neighbour_fragmentation"
        beyond = table.values[row, table.names.index("neighbours_beyond_chance")]
        assert beyond == near.value - near.chance.expected


def test_schools_once_each_give_the_findings(table):
    again = table.school_table.values()
    assert np.isnan(again).tolist() == np.isnan(table.values).tolist()
    assert again == pytest.approx(table.values, abs=1e-12, nan_ok=True)


def test_of_any_places_the_made_up_ones_too(tmp_path):
    # overlapping places, lenses of several kinds
    made_up_region = region_landscape(tmp_path)
    on = made_up_region.as_of
    school = made_up_region.schools.filter(pl.col("authority") == "la:982")
    east, north = (float(school[axis].mean()) for axis in ("easting", "northing"))
    units = [
        *authorities(made_up_region, on),
        Unit("north", "North", Lens.authority("la:981") | Lens.authority("la:984")),
        Unit("near", "Near", Lens.radius(east, north, 15)),
    ]
    found = feature_table(made_up_region, units, on)
    again = found.school_table.values()
    assert np.isnan(again).tolist() == np.isnan(found.values).tolist()
    assert again == pytest.approx(found.values, abs=1e-12, nan_ok=True)
    assert found.is_measured_anywhere.all()
    assert (found.schools > 0).all()


def test_draws_scatter_around_what_was_found(table):
    rng = np.random.default_rng(7)
    draws = np.array([table.school_table.resampled(rng) for _ in range(300)])
    for name in ("maintained", "different_bodies", "trusts_2_5", "rural"):
        column = table.names.index(name)
        drawn = draws[:, :, column]
        spread = drawn.std(axis=0)
        away = np.abs(drawn.mean(axis=0) - table.values[:, column])
        assert (away <= 4 * spread / np.sqrt(300) + 1e-9).all(), name
        assert (spread[:-1] > 0).all(), name
    again = [table.school_table.resampled(np.random.default_rng(1)) for _ in range(2)]
    assert np.array_equal(again[0], again[1], equal_nan=True)


def test_every_school_of_a_place_has_its_row(table):
    schools = table.school_table
    sizes = np.bincount(schools.unit)
    assert sizes.tolist() == table.schools.tolist()
    assert table.weights.sum() == pytest.approx(1)


def test_the_schools_can_be_sent_to_another_process(table):
    sent = pickle.loads(pickle.dumps(table.school_table))
    one, other = (each.resampled(np.random.default_rng(3)) for each in (table.school_table, sent))
    assert np.array_equal(one, other, equal_nan=True)


def test_what_is_not_measured_is_missing_and_never_nought(table):
    hub = table.names.index("distance_maths_hub")
    assert np.isnan(table.values[:, hub]).all()
    assert not table.is_measured_anywhere[hub]
    finding = table.finding(0, "distance_maths_hub")
    assert finding.status == "not measured" and finding.reason
    # the day asked for comes before the last year of the curve
    assert np.isnan(table.values[:, table.names.index("converted_by_2022")]).all()


def test_differences_are_taken_of_what_can_be_compared(table):
    moved = table.transformed()
    share, km = table.names.index("maintained"), table.names.index("nearest_school")
    assert moved[:, share] == pytest.approx(np.sqrt(table.values[:, share]))
    assert moved[:, km] == pytest.approx(np.log(table.values[:, km]))
    near = FEATURES[km].transformed(np.array([0.0, np.nan]))
    assert near[0] == pytest.approx(np.log(0.01))
    assert np.isnan(near[1])


def test_a_school_of_unknown_body_or_place_counts_only_where_it_can():
    place: MadeUp = brambleford()
    landscape = place.landscape()
    found = feature_table(landscape, [Unit("a", "A", Lens.authority("la:001"))], ON)
    row = found.values[0]
    at = found.names.index
    # eight primaries open: three maintained, two in Thorn Trust of three, one single, one in Sloe
    # Trust of three, one with no trust on record
    assert row[at("maintained")] == 3 / 8
    assert row[at("single")] == 1 / 8
    assert row[at("trusts_2_5")] == 3 / 8
    # pairs of the seven known: authority 3, Thorn 2, one, one: 1 - (6 + 2) / 42
    assert row[at("different_bodies")] == pytest.approx(1 - 8 / 42)
    assert found.school_table.values()[0] == pytest.approx(row, nan_ok=True)


def test_no_place_is_nothing_to_describe(country):
    with pytest.raises(ValueError, match="no unit"):
        feature_table(country, [], ON)


def test_progress_is_told(country):
    told: list[tuple[int, int]] = []
    units = authorities(country, ON)[:2]
    feature_table(country, units, ON, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
