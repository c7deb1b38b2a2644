"""A profile's tables with captions and headings for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.table import Column, Kind, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile

CAPTIONS = {
    "governance": "Schools by governing body",
    "trusts": "Trusts with a school here",
    "hubs": "Hubs that the schools are designated to",
    "conversions": "Schools that became academies",
    "schools": "The schools",
    "not_known": "What is not known here, and what would tell",
}
_HEADINGS = {
    "urn": "URN",
    "uid": "UID",
    "spread_km": "apart, km",
    "distance_km": "distance, km",
    "nearest_in_trust_km": "nearest in trust, km",
}


def profile_tables(profile: Profile) -> tuple[Table, ...]:
    """Give the tables of a profile, in its own order, those without a row left out."""
    return tuple(
        readable(name, frame) for name, frame in profile.tables.items() if not frame.is_empty()
    )


def readable(name: str, frame: pl.DataFrame) -> Table:
    """Give a table of a profile with its caption and headings."""
    columns = tuple(
        Column(column, _HEADINGS.get(column, column.replace("_", " ")), _kind(column, dtype))
        for column, dtype in frame.schema.items()
    )
    caption = CAPTIONS.get(name, name.replace("_", " ").capitalize())
    return Table(name.replace("_", "-"), caption, columns, frame)


def _kind(column: str, dtype: pl.DataType) -> Kind:
    if column in ("urn", "uid"):
        return "code"
    if dtype == pl.Date:
        return "date"
    if column.endswith("share"):
        return "share"
    if column.endswith("_km"):
        return "km"
    if dtype.is_integer():
        return "count"
    return "number" if dtype.is_numeric() else "text"
