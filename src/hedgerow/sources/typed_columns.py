"""Text columns turned into days, numbers and identifiers, each fault reported with its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.tabular import RawTable

UNKNOWN_DAY = date(1900, 1, 1)
"""What the Department for Education's registers write where a day is not known."""

_FORMS = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")


def with_days(
    rows: pl.DataFrame, columns: Sequence[str], *, raw: RawTable, faults: Faults
) -> pl.DataFrame:
    """Turn text columns into days.

    Understood are 31-08-2022, 2022-08-31 and 31/08/2022, with or without a time behind them. The
    day 1900-01-01 stands for an unknown one: it becomes null and is noted. What is no day at all
    becomes null and is a fault.

    Parameters
    ----------
    rows : polars.DataFrame
        ``row`` and text columns.
    columns : sequence of str
        Which of them hold days.
    raw : RawTable
        Where they come from, for the file's name and headings.
    faults : Faults
    """
    for column in columns:
        text = rows[column]
        if text.null_count() == text.len():
            rows = rows.with_columns(pl.lit(None, dtype=pl.Date).alias(column))
            continue
        day = pl.select(
            pl.coalesce(text.str.slice(0, 10).str.to_date(form, strict=False) for form in _FORMS)
        ).to_series()
        unreadable = day.is_null() & text.is_not_null()
        _report(
            rows,
            unreadable,
            text,
            kind="impossible date",
            expected="a day such as 31-08-2022",
            advice="The day counts as unknown.",
            column=column,
            raw=raw,
            faults=faults,
        )
        unknown = day == UNKNOWN_DAY
        if unknown.any():
            faults.add_rows(
                rows.filter(unknown).select("row", pl.lit("1900-01-01").alias("found")),
                kind="unknown date",
                file=raw.file,
                sheet=raw.sheet,
                column=raw.heading(column),
                expected="the day itself; 1900-01-01 stands for an unknown one",
                advice="The day counts as unknown.",
                consequence="value left out",
            )
        rows = rows.with_columns(
            pl.when(day != UNKNOWN_DAY).then(day).alias(column),
        )
    return rows


def with_numbers(
    rows: pl.DataFrame,
    columns: Mapping[str, tuple[pl.DataType | type[pl.DataType], float, float]],
    *,
    raw: RawTable,
    faults: Faults,
) -> pl.DataFrame:
    """Turn text columns into numbers of a type, within a lowest and a highest value.

    What is no number, or lies outside, becomes null and is a fault.

    Parameters
    ----------
    rows : polars.DataFrame
        ``row`` and text columns.
    columns : mapping of str to (type, lowest, highest)
    raw : RawTable
    faults : Faults
    """
    for column, (kind, lowest, highest) in columns.items():
        text = rows[column]
        if text.null_count() == text.len():
            rows = rows.with_columns(pl.lit(None, dtype=kind).alias(column))
            continue
        value = text.cast(pl.Float64, strict=False)
        usable = value.is_between(lowest, highest).fill_null(False)
        if kind != pl.Float64:
            usable &= (value == value.floor()).fill_null(False)
        _report(
            rows,
            text.is_not_null() & ~usable,
            text,
            kind="impossible number",
            expected=f"a number from {lowest:g} to {highest:g}",
            advice="The value counts as unknown.",
            column=column,
            raw=raw,
            faults=faults,
        )
        rows = rows.with_columns(
            pl.when(usable).then(value).cast(kind).alias(column),
        )
    return rows


def identifier(column: str) -> pl.Expr:
    """Give a number that is a name as text, without the ``.0`` of spreadsheets; null if none."""
    return pl.col(column).str.extract(r"^(\d+)(?:\.0+)?$", 1)


def without_decimals(column: str) -> pl.Expr:
    """Give text without the ``.0`` that spreadsheets append to numbers."""
    return pl.col(column).str.replace(r"\.0+$", "")


def _report(
    rows: pl.DataFrame,
    is_wrong: pl.Series,
    text: pl.Series,
    *,
    kind: str,
    expected: str,
    advice: str,
    column: str,
    raw: RawTable,
    faults: Faults,
) -> None:
    if not is_wrong.any():
        return
    heading = raw.heading(column)
    faults.add_rows(
        pl.DataFrame({"row": rows["row"], "found": text}).filter(is_wrong),
        kind=f"{kind} in {heading}",
        file=raw.file,
        sheet=raw.sheet,
        column=heading,
        expected=expected,
        advice=advice,
        consequence="value left out",
    )
