"""Whether the tables of a landscape keep their rules, each on its own and all together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import dataframely as dy
import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.tables import TABLES

EXAMPLES = 5
"""How many rows or identifiers an error names."""


def schema_of(name: str) -> type[dy.Schema]:
    """Give the schema of a table by name.

    Raises
    ------
    DataError
        If a landscape has no such table.
    """
    if name not in TABLES:
        raise DataError(
            f"A landscape has no table “{name}”.", advice=f"It has: {', '.join(TABLES)}."
        )
    return TABLES[name]


def checked(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give the tables with declared columns and types, in that order.

    Columns that a table does not have are left out.

    Raises
    ------
    DataError
        If a table is unknown, lacks a column, holds a value that does not fit its type, or breaks
        one of its rules, or if a school is no organisation.
    """
    good = {name: _checked(name, table) for name, table in tables.items()}
    _schools_are_organisations(good)
    return good


def _checked(name: str, table: pl.DataFrame) -> pl.DataFrame:
    schema = schema_of(name)
    absent = [column for column in schema.column_names() if column not in table.columns]
    if absent:
        raise DataError(
            f"The table “{name}” lacks the column{'s' * (len(absent) > 1)} {', '.join(absent)}.",
            advice=f"It has: {', '.join(table.columns)}.",
        )
    try:
        return cast(pl.DataFrame, schema.validate(table, cast=True))
    except dy.exc.ValidationError as fault:
        raise DataError(f"The table “{name}” breaks its own rules: {fault}") from fault
    except pl.exceptions.PolarsError as fault:
        reason = str(fault).partition("\n")[0]
        raise DataError(f"A value in the table “{name}” does not fit its type: {reason}") from fault


def _schools_are_organisations(tables: Mapping[str, pl.DataFrame]) -> None:
    if "schools" not in tables:
        return
    schools = tables["schools"].select("id")
    if "organisations" in tables:
        known = tables["organisations"].filter(pl.col("kind") == "school")
        schools = schools.join(known, on="id", how="anti")
    if not schools.is_empty():
        first = ", ".join(schools["id"].head(EXAMPLES))
        raise DataError(
            f"{schools.height} of the table “schools” are no schools in “organisations”: {first}"
            f"{' …' if schools.height > EXAMPLES else '.'}",
            advice="Give each school a row in both tables, with the same id.",
        )
