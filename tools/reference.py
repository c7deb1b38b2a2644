"""Write the reference pages from what the code declares: commands, indicators, tables.

A test compares the pages with what this writes, so that none of them can fall behind.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import dataframely as dy

from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR
from hedgerow.landscape.tables import TABLES
from hedgerow.localities.declared import load

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
MADE = "<!-- Written by `make reference` from the code: change it there. -->\n"
WIDTH = 88

TIERS = {"O": "open data", "E": "local evidence"}
DIRECTIONS = {"more": "higher is more of it", "less": "higher is less of it", None: "describes"}


def contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command and of every command below it, in their own order."""
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            assert below is not None, f"{context.command_path} lists {word}, which is not there"
            yield from contexts(
                click.Context(below, parent=context, info_name=word, **below.context_settings)
            )


def command_line() -> str:
    """Return the page of commands, each as it explains itself."""
    from hedgerow.cli import hedgerow

    sections = [
        "# Command line",
        "Every command explains itself with `--help`; this is what they say. Exit codes: 0 done,\n"
        "1 a fault of ours, 2 wrong use, 3 bad input data.",
    ]
    whole = click.Context(
        hedgerow, info_name="hedgerow", terminal_width=WIDTH, **hedgerow.context_settings
    )
    for context in contexts(whole):
        explained = context.get_help().strip()
        sections += [f"## {context.command_path}", f"```\n{explained}\n```"]
    return "\n\n".join(sections) + "\n"


def indicators() -> str:
    """Return the page of indicators, each with its question, its caveat and its sources."""
    sections = [
        "# Indicators",
        "Each is reported on its own, with its interval, what chance would give and what is\n"
        "missing; none is summed with another. A rate on fewer than"
        f" {SMALLEST_DENOMINATOR} units is suppressed.",
    ]
    feature = ""
    for declared in load():
        if declared.feature != feature:
            feature = declared.feature
            sections.append(f"## {feature.replace('_', ' ').capitalize()}")
        cited = ", ".join(f"`{key}`" for key in declared.references) or "none"
        sections += [
            f"### {declared.label}",
            f"*{declared.question}*",
            declared.why,
            f"- **Name**: `{declared.id}`\n"
            f"- **Unit**: {declared.unit}, over {declared.units};"
            f" {DIRECTIONS[declared.direction]}\n"
            f"- **Evidence**: {TIERS[declared.tier]} (tier {declared.tier}),"
            f" grade {declared.grade}\n"
            f"- **Unknowns**: {declared.missing_rule}\n"
            f"- **Take care**: {declared.caveat}\n"
            f"- **Sources**: {cited}",
        ]
    return "\n\n".join(sections) + "\n"


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


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": command_line,
    "indicators.md": indicators,
    "tables.md": tables,
}


def page(name: str) -> str:
    """Return a reference page as it should stand in docs/reference/."""
    return MADE + "\n" + PAGES[name]()


def main() -> None:
    """Write every reference page."""
    REFERENCE.mkdir(exist_ok=True)
    for name in PAGES:
        (REFERENCE / name).write_text(page(name), "utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
