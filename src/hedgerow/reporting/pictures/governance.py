"""Who governs the schools: shares by kind of governing body, with England beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.entries import source_titles
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Bar, Part, bars
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text, value_text

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

SHARES = {
    "linked_systems.maintained_share": ("Maintained by an authority", "maintained"),
    "linked_systems.share_in_single_academy_trusts": ("Single-academy trust", "hollow"),
    "linked_systems.share_in_trusts_2_5": ("Trust of 2 to 5 schools", "band-2-5"),
    "linked_systems.share_in_trusts_6_15": ("Trust of 6 to 15 schools", "band-6-15"),
    "linked_systems.share_in_trusts_16_plus": ("Trust of 16 or more schools", "band-16+"),
}
"""The findings that are drawn, in order, each with its label and tone."""

_COLUMNS = (
    Column("kind", "governed by"),
    Column("share", "here", "share"),
    Column("low", "at least", "share"),
    Column("high", "at most", "share"),
    Column("schools", "schools here", "count"),
    Column("england", "England", "share", 1),
)


def governance_picture(profile: Profile) -> Picture | None:
    """Give the picture of who governs the schools; None where too few are known to show shares."""
    found = {one.id: one for one in profile.findings if one.id in SHARES and one.is_measured}
    if not found:
        return None
    rows = []
    for identifier, (label, tone) in SHARES.items():
        if identifier not in found:
            continue
        here = found[identifier]
        value = here.value or 0.0
        england = profile.england.get(identifier)
        rows.append(
            {
                "kind": label,
                "tone": tone,
                "share": value,
                "low": here.interval.low if here.interval else None,
                "high": here.interval.high if here.interval else None,
                "schools": round(value * here.n),
                "said": value_text(here),
                "england": england.value if england is not None else None,
            }
        )
    frame = pl.DataFrame(rows, infer_schema_length=None)
    first = next(iter(found.values()))
    titles = source_titles(profile.here.whole.sources)
    has_england = frame["england"].null_count() < frame.height
    keys = (Key("line", "ink", "England"),) if has_england else ()
    return Picture(
        id="governance",
        title=_title(frame, profile),
        description="Bars, one for each kind of governing body, as shares of the schools here"
        + ("; a line across each marks the share in England." if has_england else "."),
        caveat="A trust's size counts all its open schools, of any phase and place. "
        + _unknown(frame, first.n),
        sources=tuple(titles.get(one, one) for one in first.sources),
        as_of=first.as_of,
        table=Table("governance", "Schools by governing body", _COLUMNS, frame),
        draw=partial(_draw, frame),
        keys=keys,
    )


def _unknown(frame: pl.DataFrame, n: int) -> str:
    missing = n - int(frame["schools"].sum())
    if missing <= 0:
        return (
            "Legal status says nothing of how closely a school works with its trust or authority."
        )
    noun = "academy has" if missing == 1 else "academies have"
    return f"{missing:,} {noun} no trust on record and no bar."


def _title(frame: pl.DataFrame, profile: Profile) -> str:
    maintained = profile_share(frame, "Maintained by an authority")
    if maintained is None:
        return "Who governs the schools"
    here = number_text(maintained[0], "share", decimals=0)
    title = f"{here} of the schools are maintained by an authority"
    if maintained[1] is not None:
        title += f", {number_text(maintained[1], 'share', decimals=0)} in England"
    return title


def profile_share(frame: pl.DataFrame, kind: str) -> tuple[float, float | None] | None:
    """Give the share here and in England of one kind of governing body."""
    row = frame.filter(pl.col("kind") == kind)
    return None if row.is_empty() else (row["share"][0], row["england"][0])


def _draw(frame: pl.DataFrame, width: int) -> object:
    highest = max(
        float(frame["share"].max() or 0), float(frame["england"].cast(pl.Float64).max() or 0), 0.2
    )
    rows = []
    for row in frame.iter_rows(named=True):
        england = row["england"]
        rows.append(
            Bar(
                label=row["kind"],
                said=row["said"],
                parts=(Part(row["share"], row["tone"], f"{row['kind']}: {row['said']}"),),
                marker=england,
                marker_title=f"England: {number_text(england, 'share', decimals=1)}",
            )
        )
    return bars(rows, width, min(1.0, highest))
