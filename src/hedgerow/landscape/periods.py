"""Dated things: half-open periods ``[start, end)``, and tables as they were on a day.

An unknown end is open. An unknown start is left-censored: the thing was there when we first looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

ENDS = {"ties": ("from_id", "to_id"), "roles": ("organisation",), "adoptions": ("school",)}
"""Dated tables, and in each the columns that name organisations."""


def active_on(day: date, start: str = "start", end: str = "end") -> pl.Expr:
    """Say for each row whether its period holds on a day.

    A null start counts as "already there", a null end as "still there".

    Parameters
    ----------
    day : datetime.date
    start, end : str
        Names of the date columns.
    """
    begun = pl.col(start).is_null() | (pl.col(start) <= day)
    not_ended = pl.col(end).is_null() | (pl.col(end) > day)
    return begun & not_ended


def in_words(day: date) -> str:
    """Write a day as a reader does: 1 September 2020."""
    return f"{day.day} {day:%B %Y}"


def as_on(tables: Mapping[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """Give a landscape's tables as they were on a day.

    Organisations and schools then open; ties, roles and adoptions then in force. What is dated
    does not outlive the organisations it binds, whatever its own end says, except that a school
    goes on succeeding one that is closed. Other tables stay whole.
    """
    kept = dict(tables)
    if "organisations" not in kept:
        return kept | {name: kept[name].filter(active_on(day)) for name in ENDS if name in kept}
    is_open = active_on(day, "opened", "closed")
    gone = kept["organisations"].filter(~is_open).select("id")
    kept["organisations"] = kept["organisations"].filter(is_open)
    if "schools" in kept:
        kept["schools"] = kept["schools"].join(gone, on="id", how="anti", maintain_order="left")
    for name, columns in ENDS.items():
        if name in kept:
            kept[name] = _in_force(kept[name].filter(active_on(day)), columns, gone)
    return kept


def _in_force(table: pl.DataFrame, columns: tuple[str, ...], gone: pl.DataFrame) -> pl.DataFrame:
    lasting = pl.col("kind") == "succeeds" if "kind" in table.columns else pl.lit(False)
    closed = gone["id"].implode()
    outlived = pl.any_horizontal(pl.col(column).is_in(closed) for column in columns)
    return table.filter(lasting | ~outlived.fill_null(False))
