"""What is unusual here: the figures that stand out from those of comparable places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Everywhere, Place
from hedgerow.localities.beside import (
    FEWEST_PLACES,
    FEWEST_UNITS,
    FigureBeside,
    compare,
    most_alike,
    unscaled,
)
from hedgerow.localities.figures_of_places import figures_here
from hedgerow.localities.judged import JUDGED
from hedgerow.localities.overview import Statement
from hedgerow.localities.saying import counted
from hedgerow.localities.unusual_words import basis_in_words, sentence
from hedgerow.methods.false_discovery import adjusted_p_values

Beside = Literal["all", "similar"]

FALSE_SHARE = 0.1
"""Expected share, among what is called unusual, of what only chance put there."""
COMPARED: dict[str, type[pl.DataType]] = {
    "figure": pl.String,
    "id": pl.String,
    "unit": pl.String,
    "value": pl.Float64,
    "half_from": pl.Float64,
    "half_to": pl.Float64,
    "ordinary_from": pl.Float64,
    "ordinary_to": pl.Float64,
    "places": pl.Int64,
    "p": pl.Float64,
    "adjusted_p": pl.Float64,
    "stands_out": pl.Boolean,
    "why_not_compared": pl.String,
}


@dataclass(frozen=True, eq=False)
class Unusual:
    """What stands out of a place.

    Attributes
    ----------
    statements : tuple of Statement
        A sentence for each figure that stands out, in the order of `JUDGED`: no order of size.
    basis : tuple of str
        With what was compared and how, or why nothing was.
    table : polars.DataFrame
        Columns of `COMPARED`, one figure a row: the value, between what half of the comparable
        places lie, the ordinary range, how many places, and the p-value before and after allowing
        for the number of figures. Of figures compared beside chance the value less what chance
        would give.
    """

    statements: tuple[Statement, ...]
    basis: tuple[str, ...]
    table: pl.DataFrame

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        return {
            "statements": [
                {"text": one.text, "findings": list(one.findings)} for one in self.statements
            ],
            "basis": list(self.basis),
            "compared": self.table.to_dicts(),
        }


def unusual(
    here: LocalLandscape,
    findings: Sequence[Finding],
    figures: pl.DataFrame,
    *,
    beside: Beside = "all",
) -> Unusual:
    """Say what stands out of a place beside the authorities.

    A figure stands out when it lies outside the range that holds four fifths of the comparable
    places, further than its own error lets it stray, allowing for how many figures are looked at
    (Benjamini and Hochberg, one in ten). The error of the others is taken out of their range: small
    places stray. What rests on few units, or has few places to be compared with, is left out and
    said to be.

    Parameters
    ----------
    here : LocalLandscape
    findings : sequence of Finding
        The place's own.
    figures : polars.DataFrame
        Of all authorities on the same day and phase, as `figures_of` gives them. The authority that
        the place is, or lies in, is left out.
    beside : {"all", "similar"}
        With all authorities, or with those most alike in `ALIKE_BY`; what makes them alike is then
        not itself compared.

    Notes
    -----
    The assumption most likely to mislead: a figure without an interval is taken to be exact.
    """
    if isinstance(here.lens, Everywhere):
        return _nothing("England is what places are compared with, and has nothing beside it.")
    own = figures_here(findings)
    schools = state_schools(here).height
    if schools < FEWEST_UNITS:
        few = counted(schools, "school")
        return _nothing(f"Too few to say: of {few} nothing can be called unusual.")
    large = figures.filter(pl.col("indicator") == "context.schools", pl.col("n") >= FEWEST_UNITS)
    pool = figures.filter(
        pl.col("place").is_in(large["place"].implode()),
        ~pl.col("place").is_in(pl.Series(_own_authorities(here), dtype=pl.String).implode()),
    )
    basis, left_out = [], set[str]()
    if beside == "similar":
        pool, words, left_out = most_alike(own, pool)
        basis.append(words)
    places = pool["place"].n_unique()
    if places < FEWEST_PLACES:
        few = counted(places, "comparable place", "comparable places")
        return _nothing(
            *basis,
            f"The register has {few}; with fewer than {FEWEST_PLACES} nothing can be said.",
        )
    by_id = {one.id: one for one in findings}
    judged = [one for one in JUDGED if one.id in by_id and one.id not in left_out]
    found = [compare(one, own, pool, by_id[one.id], here) for one in judged]
    compared = [one for one in found if one.stands is not None]
    adjusted = adjusted_p_values([one.stands.p for one in compared if one.stands])
    rates = {one.judged.id: float(q) for one, q in zip(compared, adjusted, strict=True)}
    out = [one for one in compared if rates[one.judged.id] <= FALSE_SHARE]
    noun = "authorities" if beside == "all" else "similar authorities"
    statements = tuple(
        Statement(sentence(one, by_id[one.judged.id], noun), (one.judged.id,)) for one in out
    )
    basis += basis_in_words(here, len(compared), len(found) - len(compared), places, len(out), noun)
    return Unusual(statements, tuple(basis), _table(found, rates, by_id))


def _nothing(*basis: str) -> Unusual:
    return Unusual((), basis, pl.DataFrame(schema=COMPARED))


def _own_authorities(here: LocalLandscape) -> list[str]:
    """The authority that a place is or wholly lies in; none for one that lies in several."""
    if isinstance(here.lens, Place) and here.lens.column == "authority":
        return [here.lens.identifier]
    within = here.schools["authority"].unique().to_list()
    return [one for one in within if one is not None and len(within) == 1]


def _table(
    found: Sequence[FigureBeside], rates: Mapping[str, float], by_id: Mapping[str, Finding]
) -> pl.DataFrame:
    rows = []
    for one in found:
        low, high = one.quartiles or (None, None)
        declared = by_id[one.judged.id].indicator
        edges: list[float | None] = [None, None]
        if one.stands is not None:
            edges = list(unscaled(one.judged, np.array([one.stands.low, one.stands.high])))
        rate = rates.get(one.judged.id)
        chance = ", less what chance would give" if one.judged.is_beside_chance else ""
        rows.append(
            {
                "figure": declared.label + chance,
                "id": one.judged.id,
                "unit": declared.unit,
                "value": one.value,
                "half_from": low,
                "half_to": high,
                "ordinary_from": edges[0],
                "ordinary_to": edges[1],
                "places": one.stands.others if one.stands else None,
                "p": one.stands.p if one.stands else None,
                "adjusted_p": rate,
                "stands_out": None if rate is None else rate <= FALSE_SHARE,
                "why_not_compared": one.why_not or None,
            }
        )
    return pl.DataFrame(rows, schema=COMPARED)
