"""The page of the tables of a landscape, from their schemas."""

from __future__ import annotations

import inspect
import re

import dataframely as dy

from hedgerow.landscape.tables import TABLES


def column_row(name: str, column: dy.Column) -> str:
    """Return the line of a table of columns that describes one column."""
    facts = column.metadata or {}
    kind = re.sub(r"(?<=\D)\d+$", "", type(column).__name__).lower()
    marks = [
        f"{kind} ({facts['unit']})" if "unit" in facts else kind,
        "key" if column.primary_key else "may be empty" if column.nullable else "",
    ]
    says = str(facts["description"])
    if choices := facts.get("choices"):
        says += ": " + ", ".join(f"`{choice}`" for choice in choices)
    return f"| `{name}` | {', '.join(filter(None, marks))} | {says} |"


def rules(schema: type[dy.Schema]) -> list[str]:
    """Return a paragraph with what holds between the columns of a table, or none."""
    checks = [getattr(value, "validation_fn", None) for value in vars(schema).values()]
    held = [str(inspect.getdoc(check)) for check in checks if check is not None]
    return [f"In every row: {' '.join(held)}"] if held else []


def tables() -> str:
    """Return the page of tables, each with what it supports and its columns."""
    sections = [
        "# Tables of a landscape",
        "Every landscape has these tables; one without rows is empty, never absent.\n"
        "Identifiers carry their scheme (`urn:100000`). Periods run from `start` up to, but not\n"
        "including, `end`.",
    ]
    for name, schema in TABLES.items():
        rows = [column_row(column_name, column) for column_name, column in schema.columns().items()]
        sections += [
            f"## {name}",
            inspect.getdoc(schema) or "",
            "| column | holds | what it says |\n|---|---|---|\n" + "\n".join(rows),
            *rules(schema),
        ]
    return "\n\n".join(sections) + "\n"
