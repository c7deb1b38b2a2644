"""From tables of a landscape to records in the database: the inverse of `tables.told`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.tables import TABLES
from hedgerow.web.evidence.models import Contribution, Record

KEYS: dict[str, list[str]] = {table: TABLES[table].primary_key() for table in TABLES_OF_A_FIELDBOOK}

AT_A_TIME = 500
"""Records written with one statement: SQLite takes only so many values at once."""


def write_records(
    contribution: Contribution, tables: Mapping[str, pl.DataFrame], *, by: Any
) -> int:
    """Write the rows of tables as records of a contribution, all of them or none.

    It says nothing in the audit trail and leaves the partnership's version as it is: whoever calls
    it does both in the same transaction.

    Parameters
    ----------
    contribution : Contribution
    tables : mapping of str to polars.DataFrame
        By the names of `TABLES_OF_A_FIELDBOOK`, with the columns of their schemas.
    by : User or None
        Who brings them.

    Returns
    -------
    int
        How many records were written.

    Raises
    ------
    DataError
        If a table is none that a fieldbook holds, or lacks columns.
    """
    begun = timezone.now()
    records = [
        Record(
            contribution=contribution,
            table=table,
            key=key_of(table, values),
            values=values,
            begun=begun,
            begun_by=by,
        )
        for table, frame in tables.items()
        for values in values_of(table, frame)
    ]
    with transaction.atomic():
        Record.objects.bulk_create(records, batch_size=AT_A_TIME)
    return len(records)


def values_of(table: str, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table as records hold them, dates as ISO text.

    Raises
    ------
    DataError
        If the table is none that a fieldbook holds, or lacks columns.
    """
    if table not in TABLES_OF_A_FIELDBOOK:
        raise DataError(
            f"Evidence holds no table “{table}”.",
            advice=f"It may hold: {', '.join(TABLES_OF_A_FIELDBOOK)}.",
        )
    columns = TABLES[table].column_names()
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise DataError(f"The table “{table}” lacks {', '.join(absent)}.")
    dates = [name for name, kind in frame.schema.items() if kind == pl.Date and name in columns]
    return (
        frame.select(columns)
        .with_columns(pl.col(name).dt.strftime("%Y-%m-%d") for name in dates)
        .to_dicts()
    )


def key_of(table: str, values: Mapping[str, Any]) -> str:
    """Give the key of a row as records hold it: what makes it itself, as a JSON list."""
    parts = [values[name] for name in KEYS[table]]
    plain = [part.isoformat() if isinstance(part, date) else part for part in parts]
    return json.dumps(plain, ensure_ascii=False)
