"""Dated things: half-open periods ``[start, end)``.

An unknown end is open. An unknown start is left-censored: the thing was there when we first looked.
"""

from __future__ import annotations

from datetime import date

import polars as pl


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
