"""How common places like the study's three are: planted ones are counted, and no place is named."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.describing import feature_table
from hedgerow.localities.typology.published_facts import CASES, FIGURES, published_facts
from hedgerow.localities.typology.resemblance import LIKENESSES, _told_apart, resemblance
from hedgerow.localities.typology.units import Unit, authorities
from tests.unit.localities.planted_places import planted_places

ON = date(2022, 4, 25)


@pytest.fixture(scope="module")
def country():
    return planted_places().landscape(is_checked=True)


@pytest.fixture(scope="module")
def table(country):
    return feature_table(country, authorities(country, ON), ON)


@pytest.mark.parametrize("case", CASES)
def test_planted_places_are_counted_and_the_others_are_like_none(case):
    country = planted_places(case=case).landscape(is_checked=True)
    table = feature_table(country, authorities(country, ON), ON)
    for tolerance in (0, 0.05):
        found = resemblance(country, table, tolerance=tolerance, draws=5)
        mine = found.like[case]
        assert mine.places == 8
        assert mine.share == pytest.approx(1 / 3)
        assert (mine.schools, mine.pupils) == (0.33, 0.33)
        assert found.like["none"].places == 16
        assert found.largest == "none"
        assert all(found.like[other].is_withheld for other in CASES if other != case)
        assert "fewer than five" in found.like["several"].in_words


def test_the_same_seed_gives_the_same_answer(country, table):
    first, again, other = (
        resemblance(country, table, draws=20, seed=seed).to_json() for seed in (1, 1, 2)
    )
    assert first == again
    assert first["like"] != other["like"] or first == other


def test_ranges_hold_what_was_counted(country, table):
    for one in resemblance(country, table, draws=20).like.values():
        if not one.is_withheld:
            assert 0 <= one.low <= one.share <= one.high <= 1


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([20, 8, 7], [True, True, True]),
        ([20, 4, 0], [True, False, False]),
        # one alone could be had by taking the others from all: the next smallest goes with it
        ([20, 8, 3], [True, False, False]),
        ([4, 4, 4], [False, False, False]),
    ],
)
def test_small_counts_are_withheld_and_cannot_be_reckoned(counts, told):
    assert _told_apart(np.array(counts)).tolist() == told


def texts(value: object) -> Iterator[str]:
    """Every text that can be reached from a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from texts(getattr(value, one.name))
    else:
        assert value is None or isinstance(value, bool | int | float | date), type(value)


def test_nothing_of_a_place_can_be_reached_from_the_answer(country, table):
    found = resemblance(country, table, draws=3)
    reached = {*texts(found), *texts(found.to_json())}
    named = {text for unit in table.units for text in (unit.id, unit.name, unit.lens.key)}
    assert not reached & named
    assert not any(name in text for text in reached for name in named)
    assert reached <= {
        *LIKENESSES, *(one.label for one in FIGURES), *found.to_json(), "report",
        *found.to_json()["like"]["none"], ON.isoformat(),
    }  # fmt: skip  # one set
    json.dumps(found.to_json(), allow_nan=False)


def test_few_places_and_one_place_twice_are_refused(country, table):
    few = feature_table(country, table.units[:6], ON)
    with pytest.raises(UsageError, match="too much of each"):
        resemblance(country, few)
    twice = feature_table(country, (*table.units, table.units[0]), ON)
    with pytest.raises(UsageError, match="in two of the places"):
        resemblance(country, twice)
    with pytest.raises(UsageError, match="tolerance"):
        resemblance(country, table, tolerance=0.9)


def test_places_with_one_and_without_it_cannot_be_asked_for(country, table):
    without = feature_table(country, table.units[1:], ON)
    with pytest.raises(UsageError, match="all places together"):
        resemblance(country, without)
    # many places that are one, but for a school or two
    schools = [one for one in table.school_table.ids if one.startswith("urn:")][:12]
    near_copies = tuple(
        Unit(id=f"copy {number}", name="copy", lens=Lens.listed([*schools[:number], schools[-1]]))
        for number in range(1, 11)
    )
    with pytest.raises(UsageError, match="in two of the places"):
        resemblance(country, feature_table(country, (*table.units, *near_copies), ON))


def test_shares_are_too_coarse_to_add_places_up_to_them(country, table):
    for one in resemblance(country, table, draws=3).like.values():
        for share in (one.schools, one.pupils):
            assert share is None or share == round(share, 2)


def test_no_error_names_a_place(country, table):
    with pytest.raises(UsageError) as refused:
        resemblance(country, feature_table(country, table.units[:6], ON))
    said = str(refused.value)
    assert not any(unit.name in said or unit.id in said for unit in table.units)


@pytest.mark.parametrize("wording", ["report", "blog"])
def test_every_case_has_its_facts_with_their_sources(wording):
    facts = published_facts(wording)
    names = {one.name for one in FIGURES}
    for case in CASES:
        mine = [one for one in facts if one.case == case]
        assert len(mine) >= 6
        assert len({one.figure for one in mine}) == len(mine)
    for one in facts:
        assert one.figure in names
        assert one.low <= one.high
        assert one.says and one.source
