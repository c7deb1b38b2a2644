"""The findings say what they cannot say beside the answer, and every figure has its table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from hedgerow.localities.typology.answer import CANNOT_SAY

PAGE = "docs/findings/types-of-localities.md"
FIGURE = re.compile(r"!\[([^\]]+)\]\(([^)]+\.svg)\)")


@pytest.fixture(scope="module")
def page(project) -> str:
    return (project / PAGE).read_text("utf-8")


def test_what_open_data_cannot_say_stands_beside_the_answer(page) -> None:
    order = [
        page.index(f"## {heading}")
        for heading in (
            "The question",
            "The answer in short",
            "What open data cannot say",
            "Method in a page",
            "How sure are we",
            "What would change these answers",
        )
    ]
    assert order == sorted(order)
    assert all(words in page for words in CANNOT_SAY)


def test_every_figure_is_there_with_what_it_shows_and_a_table(page, project) -> None:
    figures = FIGURE.findall(page)
    assert len(figures) >= 2
    for words, path in figures:
        assert len(words) > 20
        drawn = ElementTree.fromstring((project / "docs/findings" / path).read_text("utf-8"))
        assert drawn.tag.endswith("svg")
        after = page.split(f"({path})", 1)[1].split("![", 1)[0]
        assert "|---" in after or "workbook" in after
    there = {one.name for one in (project / "docs/findings").rglob("*.svg")}
    assert there == {path.rpartition("/")[2] for _, path in figures}


def test_shares_like_the_three_are_told_of_all_places_together(page) -> None:
    part = page.split("## How common are places like")[1].split("\n## ")[0]
    assert "no place is named" in part
    names = re.findall(r"^\| like [^|]*\|([^|]*)\|", part, flags=re.MULTILINE)
    assert names and all(re.fullmatch(r" ?(\d[\d,]*|withheld) ?", one) for one in names)


def test_no_figure_is_of_one_place_by_resemblance(page) -> None:
    for line in page.splitlines():
        if re.search(r"like (City|Town|Shire)", line):
            assert not re.search(r"\b(Kent|Bradford|Bexley|Brighton|Leeds|Sheffield)\b", line)


def test_ranges_hold_what_they_are_the_range_of(page) -> None:
    found = re.findall(r"(\d+)% \((\d+)% to (\d+)%\)", page)
    assert found
    assert all(int(low) <= int(value) <= int(high) for value, low, high in found)
