"""The page on networks says what the code holds to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.fieldbook.networks.holding import HOLDS, PARTS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "networks.md"


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text("utf-8")


def test_the_table_says_what_is_held(text):
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    headings, _, *rows = lines
    assert headings[1:] == list(HOLDS)
    assert {row[0]: row[1:] for row in rows} == {
        words: ["yes" if part in held.parts else "no" for held in HOLDS.values()]
        for part, words in PARTS.items()
    }


@pytest.mark.parametrize("name", HOLDS)
def test_every_format_has_its_note(text, name):
    assert f"**{name}**: {HOLDS[name].note}" in " ".join(text.split())
