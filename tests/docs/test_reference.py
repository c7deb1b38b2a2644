"""The reference pages say what the code declares: every command, indicator and table."""

from __future__ import annotations

import fnmatch
import inspect

import pytest

from hedgerow.landscape.measures import MEASURES
from hedgerow.landscape.tables import TABLES
from hedgerow.landscape.tables.learning import POLICY_DIMENSIONS
from hedgerow.landscape.tables.organisations import TIE_KINDS
from hedgerow.localities.declared import load
from tools.reference import REFERENCE, page, pages, written
from tools.reference.commands import command_line
from tools.reference.data_needed import needed
from tools.reference.indicator_page import PART, linked, path_of
from tools.reference.worked import cases, cases_of


@pytest.mark.parametrize("name", ["cli.md", "tables.md", "indicators.md"])
def test_page_is_up_to_date(name):
    stands = (REFERENCE / name).read_text("utf-8") if (REFERENCE / name).exists() else ""
    assert stands == page(name), "run `make reference` and commit what it writes"


def test_no_page_is_of_what_is_no_longer_declared():
    assert written() <= set(pages()), "run `make reference` and commit what it writes"


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
    assert len(load()) > 200
    for declared in load():
        words = (
            declared.question,
            declared.why,
            declared.units,
            declared.missing_rule,
            declared.caveat,
            declared.formula,
        )
        assert all(words), f"{declared.id} leaves something unsaid; its page has all of it"
        assert declared.question.endswith("?"), declared.id


def test_every_formula_is_written_as_a_page_shows_it():
    for declared in load():
        value, *others = PART.split(declared.formula)
        assert value[:1] in "(−|√" or value[:1].isupper() or value[:1].isdigit(), declared.id
        assert declared.formula.endswith("."), f"{declared.id}: a formula ends with a full stop"
        names = [one.partition(":")[0] for one in others]
        assert names == sorted(set(names), reverse=True), (
            f"{declared.id}: the value first, then “Interval: …”, then “Chance: …”, each once"
        )
        # what it names in backticks is there
        assert linked(declared.formula)


def test_every_indicator_is_worked_by_hand():
    missing = [declared.id for declared in load() if not cases_of(declared.id)]
    assert not missing, (
        'work a case by hand in tests/spec/features and mark it with @pytest.mark.works("…") for: '
        + ", ".join(missing)
    )


def test_every_case_works_an_indicator_that_is_declared():
    declared = [one.id for one in load()]
    unknown = {
        f"{case.path}: {name}"
        for case in cases()
        for name in case.indicators
        if not fnmatch.filter(declared, name)
    }
    assert not unknown


def test_every_indicator_page_is_up_to_date():
    stale = [
        path
        for declared in load()
        # those that lack a formula or a case are named by the tests above
        if declared.formula and cases_of(declared.id)
        if (path := path_of(declared)) not in written()
        or (REFERENCE / path).read_text("utf-8") != page(path)
    ]
    assert not stale, f"run `make reference` and commit what it writes: {', '.join(stale)}"


def test_what_an_indicator_needs_can_be_had():
    """Tables, and what matters in them, by the names of the schemas; each in a file or a sheet."""
    parts = {
        "ties": {*TIE_KINDS, *TABLES["ties"].columns()},
        "observations": set(MEASURES),
        "policies": {*POLICY_DIMENSIONS, *TABLES["policies"].columns()},
    }
    for declared in load():
        assert declared.needs, f"{declared.id}: say in its declaration what data it needs"
        for need in declared.needs:
            table, _, part = need.partition(".")
            assert table in TABLES, f"{declared.id} needs {need}"
            known = parts.get(table, set(TABLES[table].columns()))
            assert not part or part in known, f"{declared.id} needs {need}"
        assert len(needed(declared)) > 1, declared.id
        is_local = any(line.startswith("Sheet") for line in needed(declared))
        assert is_local == (declared.tier == "E"), f"{declared.id}: tier {declared.tier}"


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
