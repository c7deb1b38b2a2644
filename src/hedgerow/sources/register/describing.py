"""Writing `datapackage.json`: what a register holds, in the form of a Frictionless Data Package.

The profile is ``data-package`` of the specification's first version; what only Hedgerow needs
stands under the key ``hedgerow``. No folder of the machine that built the register is ever written
into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import dataframely as dy

from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES
from hedgerow.sources.register.package import FAULTS, FORMAT, SET_ASIDE

LIMITS = (
    "Schools that closed before the vintage are there only where the extract lists them; a figure "
    "for an earlier day counts only schools that were still open, or are listed as closed since.",
    "What a school is (type, phase, authority) is known for the vintage alone: a school that "
    "converted under a new number is not there before, unless its older number is listed.",
    "Ties of trusts begin with the first group link records given; earlier trusts are not known.",
    "A missing tie is unknown, not absent, unless its source lists all of a kind.",
)
"""What every register built by Hedgerow cannot say."""

_FRICTIONLESS: dict[str, str] = {
    "String": "string",
    "Int64": "integer",
    "Int32": "integer",
    "Int16": "integer",
    "Float64": "number",
    "Bool": "boolean",
    "Boolean": "boolean",
    "Date": "date",
    "Binary": "string",
}
_LICENCES: dict[str, str] = {
    "Open Government Licence v3.0": (
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ),
    "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_EXTRA_TABLES: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    FAULTS: (
        "Faults found in the files, one a row",
        {
            "kind": ("string", "Short stable name of the fault"),
            "file": ("string", "File in which it was found"),
            "sheet": ("string", "Sheet of a workbook"),
            "row": ("integer", "Row as a spreadsheet numbers it, the header being row 1"),
            "column": ("string", "Heading of the column"),
            "found": ("string", "What stands there"),
            "expected": ("string", "What should"),
            "advice": ("string", "What to do"),
            "consequence": ("string", "Row set aside, value left out, or only noted"),
        },
    ),
    SET_ASIDE: (
        "Rows of the files that could not be used, each with its reason",
        {
            "file": ("string", "File in which the row stands"),
            "row": ("integer", "Row as a spreadsheet numbers it, the header being row 1"),
            "reason": ("string", "Why it could not be used"),
            "content": ("string", "What Hedgerow read of the row, as JSON"),
        },
    ),
}


def describe_package(
    *,
    vintage: date,
    trust_days: Sequence[Mapping[str, Any]],
    files: Mapping[str, bytes],
    rows: Mapping[str, int],
    sources: Sequence[Source],
    made_with: str,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Give the contents of ``datapackage.json``.

    Parameters
    ----------
    vintage : datetime.date
        The day that the register describes.
    trust_days : sequence of mappings
        The days on which it was seen which trust governs which school, in order: ``day``,
        ``source``, and whether that source ``lists_all`` academies.
    files : mapping of str to bytes
        The Parquet files, by table.
    rows : mapping of str to int
        Rows of each table.
    sources : sequence of Source
        The files that it was built from.
    made_with : str
        Version of Hedgerow.
    now : datetime.datetime, optional
        When it was built; now unless given.
    """
    created = (now or datetime.now(UTC)).replace(microsecond=0)
    licences = list(dict.fromkeys(source.licence for source in sources if source.licence))
    return {
        "profile": "data-package",
        "name": f"hedgerow-register-{vintage.isoformat()}",
        "title": f"Register of England's schools as on {vintage.isoformat()}",
        "description": " ".join(LIMITS),
        "created": created.isoformat().replace("+00:00", "Z"),
        "licenses": [_licence(licence) for licence in licences],
        "sources": [_source(source) for source in sources],
        "resources": [_resource(table, content, rows[table]) for table, content in files.items()],
        "hedgerow": {
            "format": FORMAT,
            "version": made_with,
            "vintage": vintage.isoformat(),
            "earliest": trust_days[0]["day"],
            "trust_days": list(trust_days),
            "limits": list(LIMITS),
        },
    }


def _licence(licence: str) -> dict[str, str]:
    address = _LICENCES.get(licence)
    return {"title": licence, "name": licence.replace(" ", "-")} | (
        {"path": address} if address else {}
    )


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.id,
        "title": source.title,
        "path": source.file,
        "hash": f"sha256:{source.sha256}",
        "vintage": source.as_of.isoformat(),
        "publisher": source.publisher,
        "licence": source.licence,
        "rows": source.rows,
        "release": source.release,
    }


def _resource(table: str, content: bytes, rows: int) -> dict[str, Any]:
    return {
        "name": table,
        "path": f"{table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        **_schema(table),
    }


def _schema(table: str) -> dict[str, Any]:
    if table in _EXTRA_TABLES:
        title, columns = _EXTRA_TABLES[table]
        fields = [
            {"name": name, "type": kind, "description": said}
            for name, (kind, said) in columns.items()
        ]
        return {"title": title, "schema": {"fields": fields}}
    schema = TABLES[table]
    said = (schema.__doc__ or table).strip().splitlines()[0]
    fields = [_field(name, column) for name, column in schema.columns().items()]
    return {"title": said, "schema": {"fields": fields, "primaryKey": schema.primary_key()}}


def _field(name: str, column: dy.Column) -> dict[str, Any]:
    said = column.metadata or {}
    kind = type(column).__name__
    field: dict[str, Any] = {"name": name, "type": _FRICTIONLESS[kind]}
    if kind == "Binary":
        field["format"] = "binary"
    field["description"] = str(said.get("description", name))
    if "unit" in said:
        field["unit"] = said["unit"]
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if "choices" in said:
        constraints["enum"] = list(said["choices"])
    if constraints:
        field["constraints"] = constraints
    return field
