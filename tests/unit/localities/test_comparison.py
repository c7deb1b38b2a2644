"""Places side by side."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.lens import Lens
from hedgerow.localities.comparison import compare
from hedgerow.localities.profile import profile
from tests.made_up import brambleford


@pytest.fixture(scope="module")
def country():
    return brambleford().landscape()


def test_two_places_in_the_order_asked_for(country):
    places = [profile(country, Lens.authority(one)) for one in ("la:002", "la:001")]
    found = compare(places)
    assert found.places == ("Sloe Vale", "Brambleford")
    row = next(one for one in found.rows if one.indicator.id == "context.schools")
    assert [one.value for one in row.findings] == [3, 8]
    assert row.is_measured
    share = next(one for one in found.rows if one.indicator.id == "linked_systems.maintained_share")
    assert share.england.value == pytest.approx(4 / 11)


def test_the_table_has_one_row_a_figure_and_place(country):
    places = [profile(country, Lens.authority(one)) for one in ("la:002", "la:001")]
    table = compare(places).to_frame()
    assert table.height == 2 * len(places[0].findings)
    one = table.filter(
        pl.col("id") == "linked_systems.maintained_share", pl.col("place") == "Brambleford"
    ).row(0, named=True)
    assert one["value"] == pytest.approx(3 / 8)
    assert one["status"] == "measured"


def test_one_place_on_two_days_is_told_apart_and_has_no_england(country):
    days = (date(2018, 3, 1), date(2022, 4, 25))
    found = compare([profile(country, Lens.authority("la:001"), on=day) for day in days])
    assert found.places == (
        "Brambleford, primary, 2018-03-01",
        "Brambleford, primary, 2022-04-25",
    )
    assert all(row.england is None for row in found.rows)


def test_json_holds_the_profiles(country):
    places = [profile(country, Lens.authority(one)) for one in ("la:002", "la:001")]
    said = compare(places).to_json()
    assert said["places"] == ["Sloe Vale", "Brambleford"]
    assert [one["place"] for one in said["profiles"]] == ["Sloe Vale", "Brambleford"]


@pytest.mark.parametrize("number", [0, 1, 7])
def test_too_few_and_too_many(country, number):
    lenses = [Lens.radius(400_000, 300_000, km) for km in range(1, number + 1)]
    with pytest.raises(UsageError, match=f"takes 2 to 6 places, and {number} were given"):
        compare([profile(country, lens) for lens in lenses])


def test_the_same_place_twice(country):
    one = profile(country, Lens.authority("la:001"))
    with pytest.raises(UsageError, match="there twice"):
        compare([one, one])
