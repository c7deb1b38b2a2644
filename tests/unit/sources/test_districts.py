"""Changes of the map of districts."""

from __future__ import annotations

from datetime import date

from hedgerow.sources.districts import CHANGES, former_districts, map_as_of


def test_a_list_is_dated_by_its_youngest_district():
    assert map_as_of(names=["Leeds", "Buckinghamshire"]) == date(2020, 4, 1)
    assert map_as_of(codes=["E06000060", "E06000066"]) == date(2023, 4, 1)
    assert map_as_of(names=["Leeds", "Brambleford"]) is None
    assert map_as_of() is None


def test_a_district_that_kept_its_name_is_dated_by_its_code_alone():
    assert map_as_of(names=["Sheffield"]) is None
    assert map_as_of(codes=["E08000039"]) == date(2025, 4, 1)
    assert map_as_of(codes=["E08000019"]) is None


def test_former_districts_of_former_districts():
    somerset = former_districts("E06000066")
    assert somerset["E07000246"] == "Somerset West and Taunton"
    # which had come from two others four years before
    assert {"E07000190", "E07000191"} <= set(somerset)
    assert former_districts("E08000035") == {}


def test_changes_are_in_order_and_no_district_goes_up_twice():
    assert [change.day for change in CHANGES] == sorted(change.day for change in CHANGES)
    former = [code for change in CHANGES for code, _ in change.former]
    assert len(former) == len(set(former))
    assert len({change.code for change in CHANGES}) == len(CHANGES)
