"""From records in the database to tables of a landscape, as each contribution told them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl
from django.db.models import TextField
from django.db.models.functions import Cast

from hedgerow.fieldbook.merging import CONTRIBUTION
from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.landscape.tables import TABLES
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.partnerships.models import Partnership

OWNER = "brought_for"
"""Column that says on whose behalf a row was brought; empty text for the partnership itself."""

BROUGHT = (CONTRIBUTION, OWNER)
"""Columns that every told table has besides those of its schema."""


def contributions_in_force(partnership: Partnership) -> list[Contribution]:
    """Give the contributions that are seen, oldest first."""
    return list(partnership.contributions.filter(state=Contribution.State.IN_FORCE))


def told(partnership: Partnership, only: Collection[str] | None = None) -> dict[str, pl.DataFrame]:
    """Give all that contributions in force tell, by table.

    Parameters
    ----------
    partnership : Partnership
    only : collection of str, optional
        The tables that are wanted; all unless given.

    Returns
    -------
    dict of str to polars.DataFrame
        By the names of `TABLES_OF_A_FIELDBOOK`; a table without rows is left out. Columns of the
        table's schema, typed, and `CONTRIBUTION` (its number, as text) and `OWNER` (identifier of
        the organisation that it was brought for, or empty text). Rows in the order in which they
        were written.
    """
    owners = {one.pk: one.organisation for one in contributions_in_force(partnership)}
    records = Record.objects.filter(contribution_id__in=list(owners), ended__isnull=True)
    if only is not None:
        records = records.filter(table__in=only)
    held = rows_by_table(records.order_by("pk"), "contribution_id")
    return {
        table: held[table].select(
            *TABLES[table].column_names(),
            pl.col("contribution_id").cast(pl.String).alias(CONTRIBUTION),
            pl.col("contribution_id").replace_strict(owners, return_dtype=pl.String).alias(OWNER),
        )
        for table in TABLES_OF_A_FIELDBOOK
        if table in held
    }


def rows_by_table(records: Any, number: str) -> dict[str, pl.DataFrame]:
    """Give the rows of records as typed tables, with a number of each record beside its row.

    The database's own text is read, which takes a fraction of the time that objects of every row
    would.

    Parameters
    ----------
    records : django.db.models.QuerySet
        In the order in which they are wanted.
    number : str
        The field of a record that is given besides, such as ``pk``; a column of that name.
    """
    held: dict[str, tuple[list[str], list[int]]] = {}
    asked = records.annotate(text=Cast("values", TextField()))
    for table, text, of in asked.values_list("table", "text", number):
        texts, numbers = held.setdefault(table, ([], []))
        texts.append(text)
        numbers.append(of)
    return {
        table: _read(table, texts).with_columns(pl.Series(number, numbers, dtype=pl.Int64))
        for table, (texts, numbers) in held.items()
    }


def _read(table: str, texts: list[str]) -> pl.DataFrame:
    kind = pl.Struct(_as_written(_schema(table)))
    return _dated(table, pl.Series(texts).str.json_decode(kind).struct.unnest())


def frame_of(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Give rows as records hold them as a typed table.

    Parameters
    ----------
    table : str
    rows : list of dict
        Values by column, dates as ISO text; a column that a row lacks is empty in it.
    """
    return _dated(table, pl.from_dicts(rows, schema=_as_written(told_schema(table))))


def told_schema(table: str) -> dict[str, pl.DataType]:
    """Give names and types of the columns of a told table."""
    return {**_schema(table), CONTRIBUTION: pl.String(), OWNER: pl.String()}


def _schema(table: str) -> Mapping[str, pl.DataType]:
    columns: Mapping[str, pl.DataType] = TABLES[table].create_empty().schema
    return columns


def _as_written(schema: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
    """Give the types in which records hold columns: days as text."""
    return {name: pl.String() if kind == pl.Date else kind for name, kind in schema.items()}


def _dated(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    days = [name for name, kind in _schema(table).items() if kind == pl.Date]
    return rows.with_columns(pl.col(name).str.to_date("%Y-%m-%d") for name in days)
