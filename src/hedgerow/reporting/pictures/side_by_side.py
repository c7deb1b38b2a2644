"""Pictures of several places at once: who governs their schools, and figures beside chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.pictures.map_picture import map_picture
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.place_map import BAND_MARKS
from hedgerow.reporting.pictures.rows import Bar, Part, Range, bars, ranges
from hedgerow.reporting.pictures.sources import sources_of_governing
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import against_chance, chance_text, number_text, value_text

if TYPE_CHECKING:
    from hedgerow.localities.comparison import Comparison, Row
    from hedgerow.localities.profile import Profile

FEWEST = 5
"""Shares of fewer schools are not drawn."""

_TONES = [tone for _, tone in BAND_MARKS.values()]


def governance_of_all(comparison: Comparison) -> Picture | None:
    """Give the picture of who governs the schools of each place; None where none has schools
    enough."""
    rows = []
    for place, profile in zip(comparison.places, comparison.profiles, strict=True):
        held = profile.tables["governance"]
        if int(held["schools"].sum()) < FEWEST:
            continue
        shares = dict(zip(held["arrangement"], held["share"], strict=True))
        rows.append({"place": shown_name(place), **shares, "schools": int(held["schools"].sum())})
    if not rows:
        return None
    kinds = [name for name in rows[0] if name not in ("place", "schools")]
    frame = pl.DataFrame(rows)
    columns = (
        Column("place", "place"),
        *(Column(kind, kind, "share") for kind in kinds),
        Column("schools", "schools", "count"),
    )
    first = comparison.profiles[0]
    drawn = [(kind, tone) for kind, tone in zip(kinds, _TONES, strict=True) if frame[kind].sum()]
    left_out = len(comparison.places) - len(rows)
    return Picture(
        id="governance",
        title=_governance_title(frame, kinds[0]),
        description="A bar for each place, divided into the shares of its schools under each kind "
        "of governing body.",
        caveat="A trust's size counts all its open schools, of any phase and place."
        + (f" Places with fewer than {FEWEST} schools have no bar." if left_out else ""),
        sources=sources_of_governing(first.here),
        as_of=first.here.whole.as_of or first.on,
        table=Table("governance", "Schools by governing body", columns, frame),
        draw=partial(_draw_governance, frame, drawn),
        keys=tuple(Key("bar", tone, kind) for kind, tone in drawn),
    )


def _governance_title(frame: pl.DataFrame, kind: str) -> str:
    shares = frame[kind].to_list()
    least, most = (number_text(share, "share", decimals=0) for share in (min(shares), max(shares)))
    if least == most:
        return f"{least} of the schools are maintained by an authority"
    return f"From {least} to {most} of the schools are maintained by an authority"


def _draw_governance(frame: pl.DataFrame, drawn: Sequence[tuple[str, str]], width: int) -> Drawing:
    rows = []
    for row in frame.iter_rows(named=True):
        parts = tuple(
            Part(
                row[kind],
                tone,
                f"{row['place']}, {kind}: {number_text(row[kind], 'share', decimals=0)}",
            )
            for kind, tone in drawn
        )
        rows.append(Bar(row["place"], f"{row['schools']:,} schools", parts))
    return bars(rows, width, 1.0)


def chance_of_all(comparison: Comparison) -> list[Picture]:
    """Give, for each share with a null expectation, a picture of the places beside theirs."""
    found = []
    for row in comparison.rows:
        if row.indicator.unit == "share":
            picture = _beside_chance(comparison, row)
            if picture is not None:
                found.append(picture)
    return found


def _beside_chance(comparison: Comparison, row: Row) -> Picture | None:
    rows = [
        {
            "place": shown_name(place),
            "value": one.value,
            "low": one.interval.low if one.interval else None,
            "high": one.interval.high if one.interval else None,
            "expected": one.chance.expected,
            "expected_low": one.chance.low,
            "expected_high": one.chance.high,
            "beside": against_chance(one),
            "said": value_text(one),
            "title": f"{shown_name(place)}: {value_text(one)}; by chance {chance_text(one)}",
        }
        for place, one in zip(comparison.places, row.findings, strict=True)
        if one.is_measured
        and one.chance is not None
        and one.chance.low is not None
        and one.chance.high is not None
    ]
    if not rows:
        return None
    known = dict.fromkeys(("place", "beside", "said", "title"), pl.String)
    frame = pl.DataFrame(rows, schema_overrides=known | {"low": pl.Float64, "high": pl.Float64})
    identifier = "chance-" + row.indicator.id.replace(".", "-").replace("_", "-")
    columns = (
        Column("place", "place"),
        Column("value", "here", "share"),
        Column("low", "at least", "share"),
        Column("high", "at most", "share"),
        Column("expected", "by chance", "share"),
        Column("expected_low", "by chance, at least", "share"),
        Column("expected_high", "by chance, at most", "share"),
        Column("beside", "there is"),
    )
    first = comparison.profiles[0]
    return Picture(
        id=identifier,
        title=_chance_title(row.indicator.label, frame["beside"].to_list()),
        description="For each place a dot at its value, a line over its interval where it has one, "
        "and behind them the band in which 95 in 100 random landscapes of that place fall.",
        caveat=row.indicator.caveat,
        sources=sources_of_governing(first.here),
        as_of=row.findings[0].as_of,
        table=Table(identifier, row.indicator.label, columns, frame),
        draw=partial(_draw_chance, frame),
        keys=(Key("circle", "hedge", "here"), Key("band", "rule", "what chance would give there")),
    )


def _chance_title(label: str, beside: Sequence[str]) -> str:
    kinds = set(beside)
    if len(kinds) == 1:
        where = "everywhere" if len(beside) > 2 else "in both" if len(beside) == 2 else "here"
        return f"{label}: {where} {beside[0]}"
    return f"{label}: in some places more or less than chance would give, in others not"


def _draw_chance(frame: pl.DataFrame, width: int) -> Drawing:
    drawn = [
        Range(
            label=row["place"],
            said=row["said"],
            value=row["value"],
            low=row["low"],
            high=row["high"],
            expected=row["expected"],
            expected_low=row["expected_low"],
            expected_high=row["expected_high"],
            title=row["title"],
        )
        for row in frame.iter_rows(named=True)
    ]
    words = {0.0: "0", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}
    return ranges(drawn, width, (0.0, 1.0), words)


def maps_of_all(profiles: Sequence[Profile], places: Sequence[str]) -> list[Picture]:
    """Give the map of each place that has one, under its name."""
    maps = []
    for number, (profile, place) in enumerate(zip(profiles, places, strict=True), start=1):
        picture = map_picture(profile)
        if picture is not None:
            table = replace(
                picture.table,
                id=f"map-{number}",
                caption=f"{shown_name(place)}: {picture.table.caption}",
            )
            title = f"{shown_name(place)}: {picture.title[:1].lower()}{picture.title[1:]}"
            maps.append(replace(picture, id=f"map-{number}", title=title, table=table))
    return maps
