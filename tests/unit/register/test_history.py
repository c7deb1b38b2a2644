"""A history of membership worked by hand: three snapshots of one or two schools."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.sources.register.belonging import Seen, ties_of_days, ties_of_one_day
from hedgerow.sources.register.history import Sighting, Snapshot, Spell, memberships

FIRST, SECOND, THIRD = date(2017, 4, 3), date(2019, 6, 1), date(2022, 3, 29)
DAYS = (FIRST, SECOND, THIRD)


def history(*bodies: tuple[str, date | None] | None, is_exclusive=True, **more) -> list[tuple]:
    """Spells of one school seen, on each day in turn, in a body with a stated joining day."""
    snapshots = [
        Snapshot(day, f"links-{day.year}", [Sighting("s", *seen)] if seen else [])
        for day, seen in zip(DAYS, bodies, strict=False)
    ]
    spells = memberships(snapshots, is_exclusive=is_exclusive, **more)
    return [(s.body, s.number, s.start, s.end, s.start_censored, s.end_censored) for s in spells]


def test_stays_where_it_is():
    joined = date(2012, 1, 1)
    assert history(("a", joined), ("a", joined), ("a", joined)) == [
        ("a", 0, joined, None, False, False)
    ]


def test_unknown_since_when():
    assert history(("a", None), ("a", None)) == [("a", 0, None, None, True, False)]


def test_a_day_stated_later_counts():
    assert history(("a", None), ("a", date(2015, 9, 1))) == [
        ("a", 0, date(2015, 9, 1), None, False, False)
    ]


def test_a_later_correction_counts_unless_the_school_was_already_seen():
    first = date(2012, 1, 1)
    assert history(("a", first), ("a", date(2013, 1, 1)))[0][2] == date(2013, 1, 1)
    assert history(("a", first), ("a", date(2018, 1, 1)))[0][2] == first


def test_moves_on_a_stated_day():
    moved = date(2018, 9, 1)
    assert history(("a", date(2012, 1, 1)), ("b", moved)) == [
        ("a", 0, date(2012, 1, 1), moved, False, False),
        ("b", 0, moved, None, False, False),
    ]


def test_moves_on_an_unknown_day():
    assert history(("a", date(2012, 1, 1)), ("b", None)) == [
        ("a", 0, date(2012, 1, 1), SECOND, False, True),
        ("b", 0, SECOND, None, True, False),
    ]


def test_what_was_seen_outweighs_what_is_stated_later():
    # the new trust says that it had the school since 2012, but in 2017 it was seen in the old one
    assert history(("a", date(2012, 1, 1)), ("b", date(2012, 1, 1))) == [
        ("a", 0, date(2012, 1, 1), SECOND, False, True),
        ("b", 0, SECOND, None, True, False),
    ]


def test_is_gone_by_the_next_day():
    assert history(("a", date(2012, 1, 1)), None, None) == [
        ("a", 0, date(2012, 1, 1), SECOND, False, True)
    ]


def test_comes_later_with_and_without_a_day():
    assert history(None, ("a", date(2018, 1, 1))) == [
        ("a", 0, date(2018, 1, 1), None, False, False)
    ]
    assert history(None, ("a", None)) == [("a", 0, SECOND, None, True, False)]


def test_leaves_and_comes_back():
    back = date(2020, 1, 1)
    assert history(("a", date(2012, 1, 1)), ("b", date(2018, 1, 1)), ("a", back)) == [
        ("a", 0, date(2012, 1, 1), date(2018, 1, 1), False, False),
        ("a", 1, back, None, False, False),
        ("b", 0, date(2018, 1, 1), back, False, False),
    ]


def test_left_out_of_one_file_is_no_leaving():
    joined = date(2012, 1, 1)
    assert history(("a", joined), None, ("a", joined)) == [("a", 0, joined, None, False, False)]
    assert history(("a", joined), None, ("a", None)) == [
        ("a", 0, joined, SECOND, False, True),
        ("a", 1, THIRD, None, True, False),
    ]


def test_the_day_a_school_closed_ends_it():
    closed = date(2018, 9, 1)
    joined = date(2012, 1, 1)
    assert history(("a", joined), None, closed={"s": closed}) == [
        ("a", 0, joined, closed, False, False)
    ]
    # a record that was still there after the school closed is late, not true
    assert history(("a", joined), ("a", joined), closed={"s": closed})[0][3] == closed


def test_no_later_than_the_body_closed():
    closed = date(2018, 9, 1)
    assert history(("a", date(2012, 1, 1)), None, bodies_closed={"a": closed}) == [
        ("a", 0, date(2012, 1, 1), closed, False, True)
    ]


def test_a_joining_that_never_came_about():
    # stated to begin after the first day, but by the second it was elsewhere since before
    spells = history(("a", date(2017, 9, 1)), ("b", date(2017, 5, 1)))
    assert spells[0] == ("a", 0, date(2017, 9, 1), date(2017, 9, 1), False, False)
    assert spells[1] == ("b", 0, date(2017, 5, 1), None, False, False)


def test_several_at_once_where_that_may_be():
    snapshots = [
        Snapshot(FIRST, "x", [Sighting("s", "a", None), Sighting("s", "b", FIRST)]),
        Snapshot(SECOND, "y", [Sighting("s", "b", FIRST)]),
    ]
    assert memberships(snapshots, is_exclusive=False) == [
        Spell("s", "a", 0, None, SECOND, True, True, "x"),
        Spell("s", "b", 0, FIRST, None, False, False, "x"),
    ]


def test_silence_of_a_source_that_does_not_list_all():
    snapshots = [
        Snapshot(FIRST, "x", [Sighting("s", "a", None)]),
        Snapshot(SECOND, "y", [], lists_all=False),
    ]
    assert memberships(snapshots, is_exclusive=True) == [
        Spell("s", "a", 0, None, None, True, False, "x")
    ]
    # seen first in the second of two days, the first of which said nothing: its start is unknown
    snapshots = [
        Snapshot(FIRST, "x", [], lists_all=False),
        Snapshot(SECOND, "y", [Sighting("s", "a", None)]),
    ]
    assert memberships(snapshots, is_exclusive=True) == [
        Spell("s", "a", 0, None, None, True, False, "y")
    ]


def test_one_day_in_one_go_is_the_same():
    rows = pl.DataFrame(
        {
            "school": ["s", "t", "u"],
            "body": ["a", "a", "b"],
            "joined": [date(2012, 1, 1), None, date(2013, 1, 1)],
        }
    )
    known = pl.DataFrame({"id": ["s", "t", "u"], "closed": [None, None, date(2021, 9, 1)]})
    groups = pl.DataFrame(
        {"id": ["a", "b"], "closed": [None, date(2020, 1, 1)]},
        schema={"id": pl.String, "closed": pl.Date},
    )
    seen = Seen(day=THIRD, source="links-2022", rows=rows)
    for kind in ("governs", "member_of"):
        at_once = ties_of_one_day(seen, kind, known)
        assert at_once.equals(ties_of_days([seen], kind, known, groups))
