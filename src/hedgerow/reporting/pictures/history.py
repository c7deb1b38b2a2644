"""Pictures of a place through time: the course of each figure, and before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.entries import source_titles
from hedgerow.reporting.pictures.courses import Mark, Point, course
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.table import Column, Kind, Table
from hedgerow.reporting.wording import day_text, interval_text, value_text

if TYPE_CHECKING:
    from hedgerow.landscape.finding import Finding
    from hedgerow.localities.before_and_after import BeforeAndAfter
    from hedgerow.localities.changes import Change
    from hedgerow.localities.through_time import History

_KINDS: dict[str, Kind] = {"share": "share", "count": "count", "km": "km", "years": "years"}
FEWEST_POINTS = 2


def course_picture(history: History, findings: Sequence[Finding]) -> Picture | None:
    """Give the course of one figure; None where it is measured on fewer than two days."""
    measured = [one for one in findings if one.is_measured]
    if len(measured) < FEWEST_POINTS:
        return None
    first = measured[0]
    unit = first.indicator.unit
    changes = [one for one in history.changes if one.indicator.id == first.id]
    happened = _happened(history, first)
    rows = pl.DataFrame(
        [_row(one, changes) for one in findings],
        schema={
            "day": pl.Date,
            "value": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "changed": pl.String,
            "could_explain": pl.String,
        },
    )
    kind = _KINDS.get(unit, "number")
    decimals = (
        1
        if kind == "count" and any(one.value != round(one.value or 0) for one in measured)
        else None
    )
    columns = (
        Column("day", "day", "date"),
        Column("value", first.indicator.label, kind, decimals),
        Column("low", "from", kind, decimals),
        Column("high", "to", kind, decimals),
        Column("changed", "changed by more than noise"),
        Column("could_explain", "what could explain it"),
    )
    titles = source_titles(history.last.whole.sources)
    return Picture(
        id="course-" + first.id.replace(".", "-").replace("_", "-"),
        title=_title(measured, changes),
        description="The figure on each day with its interval, and beneath it marks on the days on "
        "which something happened to the place that could explain a change.",
        caveat=first.indicator.caveat,
        sources=tuple(titles.get(one, one) for one in measured[-1].sources),
        as_of=measured[-1].as_of,
        table=Table("course-table", f"{first.indicator.label}, day by day", columns, rows),
        draw=partial(_draw_course, measured, happened, unit, tuple(history.days)),
        keys=(
            Key("circle", "first", "the figure"),
            *((Key("line", "fourth", "its interval"),) if first.interval else ()),
            *((Key("triangle", "second", "something happened"),) if happened else ()),
        ),
    )


def _row(found: Finding, changes: Sequence[Change]) -> dict[str, object]:
    ended = [one for one in changes if one.after.on == found.on]
    # the change since the day before comes first, and that over the whole time after it
    said = [
        f"since {day_text(one.before.on)}, as {one.why_marked}"
        for one in sorted(ended, key=lambda one: one.before.on, reverse=True)
    ]
    could = list(dict.fromkeys(words for one in ended for words in one.explanations))
    return {
        "day": found.on,
        "value": found.value,
        "low": found.interval.low if found.interval else None,
        "high": found.interval.high if found.interval else None,
        "changed": "; ".join(said) or None,
        "could_explain": "; ".join(could) or None,
    }


def _title(measured: Sequence[Finding], changes: Sequence[Change]) -> str:
    first, last = measured[0], measured[-1]
    label = first.indicator.label
    if value_text(first) == value_text(last) and not changes:
        return f"{label}: {value_text(first)} at first and at last"
    text = f"{label}: from {value_text(first)} to {value_text(last)}"
    over_all = [one for one in changes if (one.before, one.after) == (first, last)]
    if over_all:
        return f"{text}, more than noise"
    if changes:
        return f"{text}, with changes in between"
    if first.interval is None and first.chance is not None:
        return f"{text}, no further from what chance would give than before"
    return f"{text}, no more than noise"


def _happened(history: History, found: Finding) -> list[Mark]:
    """Marks for the days of what could explain a change of a figure, one a day."""
    from hedgerow.localities.events import kinds_that_could_explain

    kinds = kinds_that_could_explain(found.indicator)
    events = history.events.filter(pl.col("kind").is_in(list(kinds)))
    marks = []
    for (day,), rows in events.group_by("day", maintain_order=True):
        if isinstance(day, date):
            said = rows["what"].to_list()
            more = f" and {len(said) - 3} more" if len(said) > 3 else ""
            marks.append(Mark(day.toordinal(), f"{day_text(day)}: {'; '.join(said[:3])}{more}"))
    return marks


def _draw_course(
    measured: Sequence[Finding],
    happened: Sequence[Mark],
    unit: str,
    days: Sequence[date],
    width: int,
) -> Drawing:
    points = [
        Point(
            one.on.toordinal(),
            one.value or 0.0,
            f"{day_text(one.on)}: {value_text(one)}"
            + (f" ({interval_text(one)})" if one.interval else ""),
            one.interval.low if one.interval else None,
            one.interval.high if one.interval else None,
        )
        for one in measured
    ]
    ticks = [(day.toordinal(), f"{day:%b %Y}") for day in days]
    return course(points, happened, width, unit=unit, ticks=ticks)


def before_and_after_picture(study: BeforeAndAfter, on: date) -> Picture:
    """Give what was so in the terms before an event and after it, as on a day."""
    columns = (
        Column(
            "term", "term, 0 the first after" if study.id == "leaving" else "term, 0 of joining"
        ),
        Column("value", study.value_heading, "number", 2),
        Column("low", "from", "number", 2),
        Column("high", "to", "number", 2),
        Column("n", "schools", "count"),
        Column("is_left_out", "left out of the comparison"),
    )
    return Picture(
        id=study.id,
        title=study.title,
        description="One point a school term, those before the event left of the dashed line. "
        f"Values are the {study.value_heading}.",
        caveat=f"{study.before} {study.caveat}",
        sources=(),
        as_of=on,
        table=Table(f"{study.id}-table", study.title, columns, study.terms),
        draw=partial(_draw_terms, study),
        keys=(
            Key("circle", "first", study.value_heading),
            *(
                (Key("line", "fourth", "its interval"),)
                if study.terms["low"].null_count() < study.terms.height
                else ()
            ),
        ),
    )


def _draw_terms(study: BeforeAndAfter, width: int) -> Drawing:
    points = [
        Point(term, value, f"term {term}: {value:.2f}", low, high, is_hollow)
        for term, value, low, high, is_hollow in study.terms.select(
            "term", "value", "low", "high", "is_left_out"
        ).iter_rows()
    ]
    ticks = [(one.x, f"{one.x:+.0f}".replace("-", "−") if one.x else "0") for one in points]
    return course(points, (), width, unit="index", ticks=ticks, divider=-0.5)
