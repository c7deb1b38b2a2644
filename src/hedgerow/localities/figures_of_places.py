"""Figures of places as a table: what a place is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import Phase
from hedgerow.localities.declared import load
from hedgerow.localities.judged import NEEDED

FIGURES: dict[str, type[pl.DataType]] = {
    "place": pl.String,
    "name": pl.String,
    "indicator": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "expected": pl.Float64,
    "expected_low": pl.Float64,
    "expected_high": pl.Float64,
    "n": pl.Int64,
}
"""Columns of a table of figures of many places: one measured figure of one place a row."""


def authorities(landscape: Landscape, *, on: date | None, phase: Phase) -> tuple[str, ...]:
    """Give the authorities with a school of the phase on a day, in order of identifier."""
    here = landscape.through(Lens.everywhere(), on=on, phase=phase)
    return tuple(sorted(here.schools["authority"].drop_nulls().unique()))


def figures_of(
    landscape: Landscape, authority: Iterable[str], *, on: date | None, phase: Phase
) -> pl.DataFrame:
    """Measure authorities for others to be compared with.

    Parameters
    ----------
    landscape : Landscape
    authority : iterable of str
        Identifiers; each takes about a tenth of a second.
    on, phase
        As for a profile.

    Returns
    -------
    polars.DataFrame
        Columns of `FIGURES`.
    """
    wanted = [one for one in load() if one.id in NEEDED]
    rows: list[dict[str, object]] = []
    for identifier in authority:
        here = landscape.through(Lens.authority(identifier), on=on, phase=phase)
        found = [one.measure(here) for one in wanted]
        rows += [_row(identifier, here.name, one) for one in found if one.is_measured]
    return pl.DataFrame(rows, schema=FIGURES)


def _row(place: str, name: str, found: Finding) -> dict[str, object]:
    between, chance = found.interval, found.chance
    return {
        "place": place,
        "name": name,
        "indicator": found.id,
        "value": found.value,
        "low": between.low if between else None,
        "high": between.high if between else None,
        "expected": chance.expected if chance else None,
        "expected_low": chance.low if chance else None,
        "expected_high": chance.high if chance else None,
        "n": found.n,
    }


def figures_here(findings: Sequence[Finding]) -> pl.DataFrame:
    """Give a place's own findings in the same columns, those that are compared."""
    rows = [_row("", "", one) for one in findings if one.is_measured and one.id in NEEDED]
    return pl.DataFrame(rows, schema=FIGURES)
