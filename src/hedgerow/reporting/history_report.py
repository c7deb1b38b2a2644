"""What is said of a place through time, before it is set as page, workbook or text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from hedgerow import __version__
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.before_and_after import before_and_after, why_no_before_and_after
from hedgerow.reporting.pictures.history import before_and_after_picture, course_picture
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.report import PHASE_WORDS
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import (
    age_text,
    day_text,
    is_old,
    unknown_text,
    value_text,
    why_none,
)

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import LocalLandscape
    from hedgerow.landscape.provenance import Source
    from hedgerow.localities.changes import Change
    from hedgerow.localities.through_time import History


@dataclass(frozen=True)
class Unstudied:
    """What cannot be seen of before and after: what it is about, the name of the indicator that
    measures the same, and why not, with what would tell."""

    title: str
    indicator: str
    words: str


@dataclass(frozen=True, eq=False)
class HistoryReport:
    """What a page says of a place through time; attributes as in `Report` where they share a
    name."""

    title: str
    on: str
    register: str
    made_on: str
    age: str
    is_old: bool
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    courses: tuple[Picture, ...]
    studies: tuple[Picture, ...]
    unstudied: tuple[Unstudied, ...]
    unknown: tuple[str, ...]
    events: Table
    sources: tuple[Source, ...]
    version: str


def history_report(history: History, *, today: date) -> HistoryReport:
    """Set out what is said of a place through time.

    Parameters
    ----------
    history : History
    today : datetime.date
        The day on which the report is made; ages are reckoned from it.
    """
    here = history.last
    courses, unknown = [], []
    for findings in history.series.values():
        picture = course_picture(history, findings)
        if picture is not None:
            courses.append(picture)
        else:
            last = findings[-1]
            why = why_none(last) or "Measured on one of the days alone."
            unknown.append(f"{last.indicator.label}: {why}")
    as_of = here.whole.as_of or here.on
    return HistoryReport(
        title=f"{shown_name(history.place)} through time: {PHASE_WORDS[history.phase]}",
        on=f"{len(history.days)} days from {day_text(history.days[0])} to "
        f"{day_text(history.days[-1])}",
        register=history.register,
        made_on=day_text(today),
        age=age_text(as_of, today),
        is_old=is_old(as_of, today),
        notes=history.notes,
        changes=tuple(change_text(one) for one in history.changes),
        courses=tuple(courses),
        studies=studies(here),
        unstudied=unstudied(here),
        unknown=tuple(unknown),
        events=events_table(history),
        sources=here.whole.sources,
        version=__version__,
    )


def studies(here: LocalLandscape) -> tuple[Picture, ...]:
    """Give what is seen of before and after on the day of a view."""
    return tuple(before_and_after_picture(one, here.on) for one in before_and_after(here))


def unstudied(here: LocalLandscape) -> tuple[Unstudied, ...]:
    """Give what cannot be seen of before and after on the day of a view, and why."""
    return tuple(
        Unstudied(title, indicator, unknown_text(why))
        for title, indicator, why in why_no_before_and_after(here)
    )


def change_text(change: Change) -> str:
    """Say a change in a sentence, with what could explain it."""
    text = (
        f"{change.indicator.label}: from {value_text(change.before)} on "
        f"{day_text(change.before.on)} to {value_text(change.after)} on "
        f"{day_text(change.after.on)}; {change.why_marked}."
    )
    if not change.explanations:
        return f"{text} Nothing is on record in between that could explain it."
    return f"{text} Could explain: {'; '.join(change.explanations)}."


def events_table(history: History) -> Table:
    """Give all that happened as a table."""
    columns = (
        Column("day", "day", "date"),
        Column("what", "what happened"),
        Column("schools", "schools touched", "count"),
        Column("is_exact", "day known"),
    )
    return Table(
        "events",
        "What happened",
        columns,
        history.events.select("day", "what", "schools", "is_exact"),
        note="Where the day is not known, it happened at some time before, since the look before.",
    )


def series_table(history: History) -> Table:
    """Give all figures on all days as one table."""
    frame = history.to_frame().with_columns(pl.col("unit").cast(pl.String))
    columns = (
        Column("label", "figure"),
        Column("id", "name"),
        Column("day", "day", "date"),
        Column("value", "value", "number"),
        Column("unit", "unit"),
        Column("low", "interval from", "number"),
        Column("high", "interval to", "number"),
        Column("expected", "by chance", "number"),
        Column("n", "n", "count"),
        Column("missing", "unknown", "count"),
        Column("status", "status"),
        Column("reason", "why there is no value"),
    )
    return Table("series", "Figures through time", columns, frame)


def changes_table(history: History) -> Table:
    """Give the changes that are marked as one table."""
    columns = (
        Column("label", "figure"),
        Column("from_day", "from", "date"),
        Column("to_day", "to", "date"),
        Column("before", "value before", "number"),
        Column("after", "value after", "number"),
        Column("why_marked", "why it is marked"),
        Column("could_explain", "what could explain it"),
    )
    rows = [
        {
            "label": one.indicator.label,
            "from_day": one.before.on,
            "to_day": one.after.on,
            "before": one.before.value,
            "after": one.after.value,
            "why_marked": one.why_marked,
            "could_explain": "; ".join(one.could_explain["what"]) or None,
        }
        for one in history.changes
    ]
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(
        (column.name for column in columns), pl.String
    )
    schema |= {"from_day": pl.Date, "to_day": pl.Date, "before": pl.Float64, "after": pl.Float64}
    return Table("changes", "Changes", columns, pl.DataFrame(rows, schema=schema))
