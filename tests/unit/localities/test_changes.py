"""Which changes of a figure are marked, and with what happened in between, worked by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.finding import Finding, Interval
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.localities.changes import changes_marked
from hedgerow.localities.declared import load
from hedgerow.localities.events import EVENTS

load()
SHARE = "linked_systems.maintained_share"
FIRST, LAST = date(2020, 9, 1), date(2021, 9, 1)
NOTHING = pl.DataFrame(schema=EVENTS)


def found(value: float, on: date, half: float | None) -> Finding:
    indicator = INDICATORS[SHARE]
    return Finding(
        indicator=indicator,
        status="measured",
        on=on,
        as_of=on,
        n=40,
        missing=0,
        grade=indicator.grade,
        value=value,
        interval=None
        if half is None
        else Interval(low=value - half, high=value + half, method="made up"),
    )


def changed(first: float, last: float, half: float | None, events: pl.DataFrame = NOTHING):
    series = {SHARE: (found(first, FIRST, half), found(last, LAST, half))}
    return changes_marked(series, events)


@pytest.mark.parametrize(("distance", "is_marked"), [(1.7, True), (1.6, False)])
def test_a_change_is_marked_where_chance_makes_it_less_than_once_in_ten(distance, is_marked):
    # both days have a standard error of 0.03, their difference 0.03 √2: once in ten is 1.645 of it
    found = changed(0.4, 0.4 + distance * 0.03 * 2**0.5, half=1.959964 * 0.03)
    assert bool(found) is is_marked


@pytest.mark.parametrize(("last", "is_marked"), [(0.89, True), (0.91, False)])
def test_a_figure_without_an_interval_is_marked_from_a_tenth_on(last, is_marked):
    assert bool(changed(1.0, last, None)) is is_marked


def test_what_happened_on_the_first_day_was_there_already():
    days = [FIRST, LAST]
    rows = [(day, "became_academy", f"A school on {day}", 1, True) for day in days]
    events = pl.DataFrame(rows, schema=EVENTS, orient="row")
    (change,) = changed(1.0, 0.5, None, events)
    assert change.explanations == (f"A school on {LAST}",)
