"""The page on coupling gives the knots and types that the code uses, all of them and no others."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.localities.coupling import LEAST_MEMBERSHIP, SPREAD
from hedgerow.localities.coupling_axes import DRAWS, UNSTATED_ERROR
from hedgerow.localities.coupling_knots import MEASURES, PROTOTYPES, STRUCTURE, Measure

PAGE = "docs/explanation/coupling.md"


def rows(text: str, heading: str) -> list[str]:
    """Rows of the first table below a heading, without its two header rows."""
    lines = text.split(heading, 1)[1].splitlines()
    table = [number for number, line in enumerate(lines) if line.startswith("|")]
    last = next(n for n in range(table[0], len(lines)) if not lines[n].startswith("|"))
    return lines[table[0] + 2 : last]


def written(measures: Sequence[Measure]) -> list[str]:
    return [
        f"| {one.axis} | {one.name} | {', '.join(f'`{name}`' for name in one.findings)} | "
        f"{one.reading} | {', '.join(f'{at:g} → {where:g}' for at, where in one.knots)} |"
        for one in measures
    ]


def test_the_page_has_the_knots_of_the_code(pages):
    assert rows(pages[PAGE], "### With local evidence") == written(MEASURES)
    assert rows(pages[PAGE], "### On open data alone") == written(STRUCTURE)


def test_the_page_has_the_types_of_the_code(pages):
    assert rows(pages[PAGE], "## Types") == [
        f"| {name} | {' | '.join(f'{value:g}' for value in place)} |"
        for name, place in PROTOTYPES.items()
    ]


def test_the_page_has_the_other_numbers_of_the_code(pages):
    text = " ".join(pages[PAGE].split())
    assert f"{DRAWS:,} draws" in text
    assert f"({UNSTATED_ERROR:g} on its axis" in text
    evidence, open_data = SPREAD["local evidence"], SPREAD["open data"]
    assert f"a spread of {evidence:g} ({open_data:g} on open data)" in text
    assert f"Below {LEAST_MEMBERSHIP:g}" in text


def test_knots_rise_in_what_is_read_and_stay_on_the_axis():
    for one in (*MEASURES, *STRUCTURE):
        at, where = zip(*one.knots, strict=True)
        assert list(at) == sorted(set(at)), one.name
        assert all(0 <= value <= 1 for value in where), one.name
        assert list(where) in (sorted(where), sorted(where, reverse=True)), one.name
