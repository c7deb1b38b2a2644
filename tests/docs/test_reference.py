"""The reference pages say what the code declares: every command, indicator and table."""

from __future__ import annotations

import inspect

import pytest

from hedgerow.landscape.tables import TABLES
from hedgerow.localities.declared import load
from tools.reference import REFERENCE, page, pages, written
from tools.reference.commands import command_line


@pytest.mark.parametrize("name", ["cli.md", "tables.md", "indicators.md"])
def test_page_is_up_to_date(name):
    stands = (REFERENCE / name).read_text("utf-8") if (REFERENCE / name).exists() else ""
    assert stands == page(name), "run `make reference` and commit what it writes"


def test_every_page_is_there_and_no_other():
    assert written() == set(pages()), "run `make reference` and commit what it writes"


def test_every_command_explains_itself():
    sections = command_line().split("\n## ")[1:]
    assert {"hedgerow", "hedgerow profile", "hedgerow register build"} <= {
        section.splitlines()[0] for section in sections
    }
    for section in sections:
        usage, _, rest = section.partition("Usage:")[2].partition("\n\n")
        assert usage.strip()
        assert len(rest.split("\n\n")[0].split()) > 2, section


def test_every_indicator_says_what_it_needs_to():
    assert len(load()) > 10
    for declared in load():
        words = (
            declared.question,
            declared.why,
            declared.units,
            declared.missing_rule,
            declared.caveat,
        )
        assert all(words), f"{declared.id} leaves something unsaid"
        assert declared.question.endswith("?"), declared.id


def test_every_source_of_an_indicator_is_listed(bibliography):
    missing = {
        f"{declared.id}: {key}"
        for declared in load()
        for key in declared.references
        if key not in bibliography
    }
    assert not missing, "add to docs/references.bib:\n" + "\n".join(sorted(missing))


def test_every_table_says_what_it_can_and_cannot_support():
    for name, schema in TABLES.items():
        says = inspect.getdoc(schema) or ""
        assert "Supports:" in says, name
        assert "Does not hold:" in says, name
        for column, declared in schema.columns().items():
            assert (declared.metadata or {}).get("description"), f"{name}.{column}"
