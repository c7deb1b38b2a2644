"""A place through time as one picture: what happened, kind by kind and month by month, above who
governed its schools from year to year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.governing import BANDS
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import Phase
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.comings import ALL_KINDS, comings_between
from hedgerow.localities.events import events_between
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.place_map import BAND_MARKS, BAND_WORDS
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.scales import Axis, round_step
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import day_text

LANES: dict[str, tuple[str, str, str]] = {
    "became_academy": ("schools become academies", "circle", "first"),
    "joined_trust": ("academies join a trust", "circle", "first"),
    "moved_trust": ("academies move between trusts", "circle", "first"),
    "left_trust": ("academies leave a trust", "circle", "hollow"),
    "opened": ("schools open", "circle", "fourth"),
    "closed": ("schools close", "circle", "hollow"),
    "trust_opened": ("trusts are set up", "pentagon", "third"),
    "trust_closed": ("trusts close", "pentagon", "hollow"),
    "hub_opened": ("hubs open", "diamond", "fifth"),
    "hub_closed": ("hubs close", "diamond", "hollow"),
    "alliance_closed": ("alliances close", "diamond", "hollow"),
    "person_came": ("people who link come", "triangle", "second"),
    "person_left": ("people who link leave", "triangle", "hollow"),
}
"""Each kind of event with what its lane is called and how its marks look: hollow where something
ends."""

_TRUSTS = ("single", "2-5", "6-15", "16+")
_LANE, _TOP, _AXIS, _STACK = 24.0, 8.0, 22.0, 130.0
_LARGEST = 10.5
_TEXT = 11.5


@dataclass(frozen=True, eq=False)
class Course:
    """A place through time.

    Attributes
    ----------
    days : tuple of datetime.date
        Those on which it was looked at, in order.
    events : polars.DataFrame
        All that happened from the first to the last, columns of
        `hedgerow.localities.events.EVENTS`.
    governed : polars.DataFrame
        Columns ``day``, ``band``, ``schools``: how many were governed how on each of the days.
    sources : tuple of str
        Titles.
    """

    days: tuple[date, ...]
    events: pl.DataFrame
    governed: pl.DataFrame
    sources: tuple[str, ...]


def course_of(whole: Landscape, lens: Lens, days: Sequence[date], phase: Phase) -> Course:
    """Follow what happened to a place over days in their order, at least two.

    Parameters
    ----------
    whole : Landscape
        What may be told by name, with schools under their older numbers put back
        (`hedgerow.landscape.earlier_schools`).
    lens : Lens
    days : sequence of datetime.date
    phase : {"primary", "secondary", "all"}
    """
    views = [whole.through(lens, on=day, phase=phase) for day in days]
    events = pl.concat([events_between(views), comings_between(views)])
    governed = pl.concat(
        [
            pl.DataFrame({"band": BANDS})
            .join(state_schools(view).group_by("band").len("schools"), on="band", how="left")
            .select(
                pl.lit(view.on).alias("day"),
                "band",
                pl.col("schools").fill_null(0).cast(pl.Int64),
            )
            for view in views
        ]
    )
    # a pseudonym as it stands on the other pages
    called = pl.col("what").str.replace(r"^person:(\S{1,8})\S*", "Person $1")
    return Course(
        tuple(days),
        events.with_columns(called).sort("day", "kind", "what"),
        governed,
        sources_of_governing(views[-1]),
    )


def timeline_picture(course: Course, at: date) -> Picture:
    """Give what happened to a place as a picture, with a line on one day.

    Parameters
    ----------
    course : Course
    at : datetime.date
        The day that is looked at.
    """
    counted = monthly(course)
    keys = (
        Key("circle", "first", "something begins or changes"),
        Key("circle", "hollow", "something ends"),
        *(
            Key("bar", BAND_MARKS[band][1] if band != "unknown" else "others", BAND_WORDS[band])
            for band in BANDS
            if course.governed.filter(pl.col("band") == band)["schools"].sum()
        ),
    )
    return Picture(
        id="timeline",
        title=_title(course),
        description="A lane for each kind of event; a mark for each month in which there were any, "
        "larger for more. Beneath, columns of the schools by who governed them, year by year. An "
        f"upright line stands at {day_text(at)}. The tables list what is drawn.",
        caveat="Only what is on record happened here: a school may have closed, or a person left, "
        "and nobody wrote it down. What ended between two looks is drawn where it was first seen "
        "to be over.",
        sources=course.sources,
        as_of=course.days[-1],
        table=counted,
        draw=partial(_draw, course, counted.rows, at),
        keys=keys,
    )


def _title(course: Course) -> str:
    many = course.events.group_by("kind").len().sort("len", "kind", descending=[True, False])
    span = f"from {course.days[0].year} to {course.days[-1].year}"
    if many.is_empty():
        return f"Nothing is on record that happened here {span}"
    said = [
        f"{count:,} {ALL_KINDS[kind][0 if count == 1 else 1]}"
        for kind, count in many.head(2).iter_rows()
    ]
    return f"{' and '.join(said)} {span}"


def monthly(course: Course) -> Table:
    """Count the events by kind and month: what the lanes draw."""
    rows = (
        course.events.group_by(
            pl.col("day").dt.truncate("1mo").alias("month"), "kind", maintain_order=True
        )
        .len("events")
        .with_columns(
            pl.col("kind").replace_strict(
                {kind: words for kind, (words, _, _) in LANES.items()}, return_dtype=pl.String
            ).alias("what"),
            pl.col("month").dt.to_string("%Y-%m").alias("in"),
            pl.col("events").cast(pl.Int64),
        )
        .sort("month", "what")
    )  # fmt: skip  # one column a line
    columns = (
        Column("in", "month", "code"),
        Column("what", "what"),
        Column("events", "how often", "count"),
    )
    return Table("timeline", "What happened, month by month", columns, rows)


def happened_table(course: Course) -> Table:
    """List everything that happened."""
    columns = (
        Column("day", "day", "date"),
        Column("what", "what happened"),
        Column("schools", "schools touched", "count"),
        Column("is_exact", "day known"),
    )
    return Table(
        "events",
        "Everything that happened",
        columns,
        course.events.select("day", "what", "schools", "is_exact"),
        note="Where the day is not known, it happened at some time before, since the look before.",
    )


def governed_table(course: Course) -> Table:
    """List how many schools were governed how on each day: what the columns draw."""
    rows = course.governed.pivot("band", index="day", values="schools").with_columns(
        pl.sum_horizontal(pl.exclude("day")).alias("all")
    )
    used = [band for band in BANDS if rows[band].sum()]
    columns = (
        Column("day", "day", "date"),
        *(Column(band, BAND_WORDS[band], "count") for band in used),
        Column("all", "all schools", "count"),
    )
    return Table("governed", "Schools by who governed them, year by year", columns, rows)


def day_said(here: LocalLandscape) -> tuple[str, ...]:
    """Say in sentences how a place stood on a day: its schools, who governed them, and its hubs."""
    schools = state_schools(here)
    counts = dict(schools.group_by("band").len().iter_rows())
    parts = [
        f"{counts[band]:,} {'in a ' if band in _TRUSTS else ''}{BAND_WORDS[band]}"
        for band in BANDS
        if counts.get(band)
    ]
    if schools.is_empty():
        return ("No school paid for by the state lay here on this day.",)
    total = f"{schools.height:,} school{'' if schools.height == 1 else 's'}"
    hubs = [shown_name(name) for name in hubs_here(here)["name"]]
    said = f"{total}: {', '.join(parts)}."
    served = (
        f"Hubs that cover them: {', '.join(hubs)}."
        if hubs
        else "No hub is known to cover them on this day."
    )
    return said, served


def _draw(course: Course, counted: pl.DataFrame, at: date, width: int) -> Drawing:
    lanes = [kind for kind in LANES if kind in set(counted["kind"])]
    is_wide = width > 500
    tall = _LANE if is_wide else _LANE + 18
    top = _TOP + len(lanes) * tall
    height = top + _AXIS + _STACK + 24
    drawing = Drawing(width, height)
    left = 196.0 if is_wide else 34.0
    first, last = course.days[0].toordinal(), course.days[-1].toordinal()
    along = Axis(first, max(last, first + 1), left + 12, width - 16)
    years = [date(year, 1, 1) for year in range(course.days[0].year + 1, course.days[-1].year + 1)]
    for year in years:
        x = along.at(year.toordinal())
        drawing.line([(x, _TOP), (x, top)], "rule", thickness=0.6)
    largest = int(counted["events"].max() or 1) if counted.height else 1  # type: ignore[arg-type]  # polars gives what the schema says
    for number, kind in enumerate(lanes):
        words, shape, tone = LANES[kind]
        y = _TOP + (number + 0.5) * tall + (0 if is_wide else 8)
        drawing.line([(left, y), (width - 8, y)], "rule", thickness=0.8)
        if is_wide:
            drawing.text(left - 8, y + 4, words, size=_TEXT, anchor="end")
        else:
            drawing.text(4, y - 14, words, size=_TEXT, halo=True)
        for month, count in (
            counted.filter(pl.col("kind") == kind).select("month", "events").iter_rows()
        ):
            radius = max(2.4, _LARGEST * (count / largest) ** 0.5)
            middle = month.toordinal() + 14
            said = f"{month:%B %Y}: {count:,} {ALL_KINDS[kind][0 if count == 1 else 1]}"
            drawing.mark(shape, along.at(middle), y, radius, tone, thickness=0.9, title=said)
    _years(drawing, years, along, top + 14)
    _columns(drawing, course, along, top + _AXIS, left)
    x = along.at(at.toordinal())
    drawing.line([(x, _TOP), (x, height - 20)], "ink", thickness=1.6, dash="5 3")
    side = "end" if x > width * 0.7 else "start"
    drawing.text(
        x + (-5 if side == "end" else 5), height - 6, day_text(at), size=_TEXT, anchor=side,
        is_bold=True, halo=True,
    )  # fmt: skip  # where, then how
    return drawing


def _years(drawing: Drawing, years: Sequence[date], along: Axis, y: float) -> None:
    free = -1.0
    for year in years:
        x = along.at(year.toordinal())
        if x - 14 > free:
            drawing.text(x, y, str(year.year), size=_TEXT, tone="soft", anchor="middle")
            free = x + 18


def _columns(drawing: Drawing, course: Course, along: Axis, top: float, left: float) -> None:
    """Stack the schools of each day by who governed them."""
    totals = course.governed.group_by("day").agg(pl.col("schools").sum())
    most = max(int(totals["schools"].max() or 1), 1)  # type: ignore[arg-type]  # polars gives what the schema says
    step = round_step(most, 3)
    up = Axis(0, most, top + _STACK, top + 6)
    for number in range(int(most / step) + 1):
        y = up.at(number * step)
        drawing.line([(left, y), (drawing.width - 8, y)], "rule", thickness=0.6)
        drawing.text(
            left - 6, y + 4, f"{number * step:,.0f}", size=_TEXT, tone="soft", anchor="end"
        )
    if left > 100:
        drawing.text(left - 30, top + 16, "schools, by who", size=_TEXT, anchor="end")
        drawing.text(left - 30, top + 30, "governs them", size=_TEXT, anchor="end")
    room = (along.end - along.start) / max(len(course.days), 1)
    wide = max(3.0, min(26.0, room * 0.6))
    for day in course.days:
        x = along.at(day.toordinal()) - wide / 2
        below = 0
        for band, count in (
            course.governed.filter(pl.col("day") == day).select("band", "schools").iter_rows()
        ):
            if not count:
                continue
            tone = BAND_MARKS[band][1] if band != "unknown" else "others"
            high, low = up.at(below + count), up.at(below)
            said = f"{day_text(day)}: {count:,} {BAND_WORDS[band]}"
            drawing.rect(x, high, wide, low - high, tone, edge="ink", thickness=0.6, title=said)
            below += count
