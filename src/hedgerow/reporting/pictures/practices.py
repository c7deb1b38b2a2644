"""The inventory of practices, tools and routines in three columns, with how many of the schools
asked use each (figure 5.2 of the study's report)."""

from __future__ import annotations

from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.features.practices.inventory import inventory
from hedgerow.landscape.finding import NotMeasured
from hedgerow.reporting.drawing import MEAN_ADVANCE, Drawing, text_width
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.sources import titles_of
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import number_text

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

KINDS = {"practice": "Practices", "tool": "Tools", "routine": "Routines"}
"""Headings of the columns."""
_COLUMNS = (
    Column("item", "item"),
    Column("kind", "kind"),
    Column("share_using", "schools using it", "share", 0),
    Column("adopted", "adopted as it was", "count"),
    Column("adapted", "adapted", "count"),
    Column("blended", "blended", "count"),
    Column("form_not_known", "in a form not known", "count"),
    Column("not_in_use", "not in use", "count"),
    Column("schools_asked", "schools asked", "count"),
)
_SIZE = 14
_TOP, _GAP, _LINE, _BAR = 34, 22, 18, 20
"""Heights of a column's heading and of the room between columns, of a line of words, of a bar."""


def practices_picture(profile: Profile) -> Picture | None:
    """Give the picture of the inventory; None where no school was asked."""
    found = inventory(profile.here)
    if isinstance(found, NotMeasured) or found.is_empty():
        return None
    rows = found.with_columns(pl.col("item_kind").replace(KINDS).alias("kind"))
    used = rows.filter(pl.col("share_using").is_not_null())
    title = f"{rows.height} practices, tools and routines that schools here were asked about"
    if not used.is_empty():
        first = used.sort("share_using", descending=True).row(0, named=True)
        share = number_text(first["share_using"], "share", decimals=0)
        title = f"The most widespread is “{first['item']}”: {share} of the schools asked use it"
    return Picture(
        id="practices-inventory",
        title=title,
        description="Three columns, of practices, tools and routines; under each item a bar for "
        "the share of the schools asked that use it.",
        caveat="Schools say it of themselves, and were asked only about what was on the list. "
        "Counts of one to four schools, and what would give them away, are withheld.",
        sources=titles_of(profile.here, profile.here.whole.table("adoptions")["source"]),
        as_of=profile.on,
        table=Table("practices-inventory", "Practices, tools and routines", _COLUMNS, rows),
        draw=partial(_draw, rows),
    )


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    groups = [(KINDS[kind], rows.filter(pl.col("item_kind") == kind)) for kind in KINDS]
    groups = [(heading, items) for heading, items in groups if items.height]
    is_wide = width > 500
    columns = len(groups) if is_wide else 1
    each = (width - _GAP * (columns - 1)) / columns
    lengths = [_length(items, each) for _, items in groups]
    drawing = Drawing(width, max(lengths) if is_wide else sum(lengths))
    top = 0.0
    for number, (heading, items) in enumerate(groups):
        left = number * (each + _GAP) if is_wide else 0.0
        _column(drawing, heading, items, left, top, each)
        if not is_wide:
            top += lengths[number]
    return drawing


def _lines(item: str, width: float) -> list[str]:
    """An item's name in lines that fit a column; of a very long one, the first two."""
    lines = wrap(item, max(8, int(width / (_SIZE * MEAN_ADVANCE)))) or [item]
    return lines if len(lines) <= 2 else [lines[0], lines[1] + "…"]


def _length(items: pl.DataFrame, width: float) -> float:
    return _TOP + sum(len(_lines(item, width)) * _LINE + _BAR for item in items["item"]) + 6


def _column(
    drawing: Drawing, heading: str, items: pl.DataFrame, left: float, top: float, width: float
) -> None:
    drawing.text(left, top + 16, heading, size=15, is_bold=True)
    drawing.line([(left, top + 24), (left + width, top + 24)], "hedge", thickness=2)
    y = top + _TOP
    for row in items.iter_rows(named=True):
        share = row["share_using"]
        said = "withheld" if share is None else number_text(share, "share", decimals=0)
        for line in _lines(row["item"], width):
            drawing.text(left, y + 12, line, size=_SIZE)
            y += _LINE
        room = width - text_width("100%", _SIZE) - 6
        drawing.rect(left, y, room, 10, "pale")
        if share:
            drawing.rect(left, y, room * share, 10, "hedge", title=f"{row['item']}: {said}")
        drawing.text(left + width, y + 10, said, size=_SIZE, anchor="end", is_bold=True)
        y += _BAR
