"""From records in the database to tables of a landscape, as each contribution told them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

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
    rows: dict[str, list[dict[str, Any]]] = {}
    records = Record.objects.filter(contribution_id__in=list(owners), ended__isnull=True)
    if only is not None:
        records = records.filter(table__in=only)
    for table, values, number in records.order_by("pk").values_list(
        "table", "values", "contribution_id"
    ):
        values[CONTRIBUTION] = str(number)
        values[OWNER] = owners[number]
        rows.setdefault(table, []).append(values)
    return {table: frame_of(table, rows[table]) for table in TABLES_OF_A_FIELDBOOK if table in rows}


def frame_of(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Give rows as records hold them as a typed table.

    Parameters
    ----------
    table : str
    rows : list of dict
        Values by column, dates as ISO text; a column that a row lacks is empty in it.
    """
    schema = told_schema(table)
    written = {name: pl.String if kind == pl.Date else kind for name, kind in schema.items()}
    dates = [name for name, kind in schema.items() if kind == pl.Date]
    return pl.from_dicts(rows, schema=written).with_columns(
        pl.col(name).str.to_date("%Y-%m-%d") for name in dates
    )


def told_schema(table: str) -> dict[str, pl.DataType]:
    """Give names and types of the columns of a told table."""
    columns: Mapping[str, pl.DataType] = TABLES[table].create_empty().schema
    return {**columns, CONTRIBUTION: pl.String(), OWNER: pl.String()}
