"""Every work that is cited is in the list of references, in full."""

from __future__ import annotations

import ast
import re

import pytest

KEY = r"[a-z]+\d{4}[a-z]*"
CITED = re.compile(rf"\[({KEY})\]")
NAMED = re.compile(rf"`({KEY})`")
WHOLE_KEY = re.compile(KEY)

REQUIRED = {
    "article": {"author", "title", "journal", "year"},
    "book": {"author", "title", "publisher", "year"},
    "inproceedings": {"author", "title", "booktitle", "year"},
    "misc": {"author", "title", "howpublished", "year"},
    "techreport": {"author", "title", "institution", "year"},
}


def cited_in_code(source: str) -> set[str]:
    """Keys in square brackets anywhere, and keys that an indicator gives as its references."""
    keys = set(CITED.findall(source))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "references":
            keys |= {
                constant.value
                for constant in ast.walk(node.value)
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
            }
    return keys


def test_what_the_code_cites_is_listed(project, bibliography):
    missing = {
        f"{path.relative_to(project)}: {key}"
        for path in sorted((project / "src").rglob("*.py"))
        for key in cited_in_code(path.read_text("utf-8")) - set(bibliography)
    }
    assert not missing, "add to docs/references.bib:\n" + "\n".join(sorted(missing))


def test_what_the_pages_name_is_listed(pages, bibliography):
    missing = {
        f"{page}: {key}"
        for page, text in pages.items()
        for key in set(NAMED.findall(text)) - set(bibliography)
    }
    assert not missing, "add to docs/references.bib:\n" + "\n".join(sorted(missing))


def test_entries_are_whole(bibliography):
    assert len(bibliography) > 50
    faults = {
        key: sorted(lacking)
        for key, fields in bibliography.items()
        if (lacking := REQUIRED[fields["kind"]] - set(fields)) or not WHOLE_KEY.fullmatch(key)
    }
    assert not faults


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('"""Effective number [jost2006]."""', {"jost2006"}),
        ("@indicator(id='a.b', references=('wilson1927', 'nonesuch'))\ndef f(): ...",
         {"wilson1927", "nonesuch"}),
        ("rows[2006], 'a [word] in brackets'", set()),
    ],
)  # fmt: skip  # one case a line reads better
def test_citations_are_seen(source, keys):
    assert cited_in_code(source) == keys
