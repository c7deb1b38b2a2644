"""School terms: three a year, so that learning can be followed from one to the next."""

from __future__ import annotations

from datetime import date

import polars as pl

FIRST_MONTHS = (9, 1, 4)
"""Months in which the terms begin: autumn, spring, summer. Breaks between terms belong to the term
before, and the summer holiday to the summer term."""

TERMS_A_YEAR = len(FIRST_MONTHS)


def term_of(day: date) -> int:
    """Give the running number of the term that a day lies in.

    Autumn 2021 is ``3 * 2021``, the spring and summer after it one and two more.
    """
    if day.month >= FIRST_MONTHS[0]:
        return TERMS_A_YEAR * day.year
    return TERMS_A_YEAR * (day.year - 1) + (1 if day.month < FIRST_MONTHS[2] else 2)


def term_in_column(column: pl.Expr) -> pl.Expr:
    """Give the running numbers of the terms that a column of days lies in, as `term_of`."""
    year, month = column.dt.year(), column.dt.month()
    in_autumn = month >= FIRST_MONTHS[0]
    later = pl.when(month < FIRST_MONTHS[2]).then(1).otherwise(2)
    return (
        pl.when(in_autumn)
        .then(TERMS_A_YEAR * year)
        .otherwise(TERMS_A_YEAR * (year - 1) + later)
        .cast(pl.Int64)
    )
