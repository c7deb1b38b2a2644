"""All data of a partnership as a Frictionless data package: what its audience may see by name."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import asdict
from datetime import date
from typing import Any

import polars as pl

from hedgerow.fieldbook.opening import guarded
from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.seeing import Seen
from hedgerow.web.partnerships.models import Partnership

TYPES = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Float64: "number",
    pl.Int64: "integer",
    pl.Int32: "integer",
}


def data_package(partnership: Partnership, seen: Seen, *, on: date) -> bytes:
    """Write the partnership's records as a zip of CSV files with their description.

    Text that a spreadsheet would take for a formula has an apostrophe before it.

    Parameters
    ----------
    partnership : Partnership
    seen : Seen
        What whoever takes it may see: records that are shared by name, and their own.
    on : datetime.date
        The day on which it is made.
    """
    content = io.BytesIO()
    tables = seen.records()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, table in tables.items():
            parts.writestr(f"{name}.csv", _csv(table))
        described = _described(partnership, seen, tables, on)
        parts.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=1))
    return content.getvalue()


def _csv(table: pl.DataFrame) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in table.iter_rows():
        writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return text.getvalue()


def _plain(cell: Any) -> Any:
    return {True: "true", False: "false"}[cell] if isinstance(cell, bool) else cell


def _described(
    partnership: Partnership, seen: Seen, tables: dict[str, pl.DataFrame], on: date
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": partnership.slug,
        "title": f"{partnership.name}: records shared by name",
        "description": " ".join(
            ["Persons are pseudonyms unless they agreed to be named.", *seen.notes]
        ),
        "created": on.isoformat(),
        "sources": [
            {"title": source.title, "as_of": asdict(source)["as_of"].isoformat()}
            for source in seen.named.sources
        ],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "schema": _schema(name, table),
            }
            for name, table in tables.items()
        ],
    }


def _schema(name: str, table: pl.DataFrame) -> dict[str, Any]:
    columns = TABLES[name].columns()
    fields = [
        {
            "name": column,
            "type": TYPES.get(kind.base_type(), "string"),
            "description": str((columns[column].metadata or {}).get("description", "")),
        }
        for column, kind in table.schema.items()
    ]
    return {"fields": fields, "primaryKey": TABLES[name].primary_key(), "missingValues": [""]}
