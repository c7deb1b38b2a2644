"""What the answer would have been, had a choice been made otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.types import Typology, find_types
from hedgerow.localities.typology.variations import Variation, variations
from hedgerow.methods.group_count import (
    FORETOLD,
    LEVEL,
    PATTERN,
    CountRule,
    chosen_by,
)
from hedgerow.methods.rand_index import adjusted_rand_index

MULTIVERSE: dict[str, type[pl.DataType]] = {
    "choice": pl.String,
    "option": pl.String,
    "verdict": pl.String,
    "k": pl.Int64,
    "p": pl.Float64,
    "silhouette": pl.Float64,
    "strength": pl.Float64,
    "stability": pl.Float64,
    "agreement": pl.Float64,
    "localities": pl.Int64,
}
"""Columns of the table: the choice, what was chosen instead, and what came of it. ``agreement`` is
the adjusted Rand index with the main analysis over schools, each in the type of its place; none
where either has no types. The last is the number of places typed."""

THRESHOLDS: tuple[tuple[str, float, tuple[tuple[str, CountRule], ...]], ...] = (
    (
        "Chance from which a continuum is given up",
        LEVEL,
        tuple((f"{level:g}", CountRule(level=level)) for level in (0.05, 0.01, 0.005)),
    ),
    (
        "How surely groups must come back",
        PATTERN,
        tuple((f"{least:g}", CountRule(comes_back=least)) for least in (0.5, 0.75)),
    ),
    (
        "How well types must be foretold",
        FORETOLD,
        tuple((f"{least:g}", CountRule(foretold=least)) for least in (0.7, 0.9)),
    ),
)
"""What groups must show instead, by the same evidence."""


@dataclass(frozen=True)
class Outcome:
    """What came of a variation.

    Attributes
    ----------
    row : mapping of str to object
        Of `MULTIVERSE`, but for the agreement.
    types : mapping of str to int
        Type of each school, by identifier; empty without types.
    """

    row: Mapping[str, object]
    types: Mapping[str, int]


def outcome(variation: Variation) -> Outcome:
    """Type the localities with one choice made otherwise."""
    found = find_types(
        variation.table,
        seed=variation.seed,
        choices=variation.choices,
        search=variation.search,
        without=variation.without,
        effort=variation.effort,
    )
    return Outcome(_row(variation.choice, variation.option, found), types_of_schools(found))


def types_of_schools(typology: Typology) -> dict[str, int]:
    """Give the type of the place of each school, by identifier; none without types."""
    if not typology.types:
        return {}
    schools = typology.table.school_table
    own = typology.labels[schools.unit]
    return {
        school: int(label) for school, label in zip(schools.ids, own, strict=True) if label >= 0
    }


def _row(choice: str, option: str, found: Typology) -> dict[str, object]:
    if not found.count.evidence:
        places = int(found.entered.rows.size)
        return {"choice": choice, "option": option, "verdict": "too few", "localities": places}
    best = found.count.chosen or max(found.count.evidence, key=lambda one: one.gap)
    return {
        "choice": choice,
        "option": option,
        "verdict": found.verdict,
        "k": found.count.chosen.k if found.count.chosen else None,
        "p": found.count.p,
        "silhouette": best.silhouette,
        "strength": best.strength.mean,
        "stability": float(best.stability.min()),
        "localities": int(found.entered.rows.size),
    }


def multiverse(
    typology: Typology,
    others: Mapping[tuple[str, str], FeatureTable],
    *,
    seed: int = 1,
    each: Callable[[Sequence[Variation]], Iterable[Outcome]] | None = None,
) -> pl.DataFrame:
    """Set every choice beside what it makes of the answer.

    Parameters
    ----------
    typology : Typology
    others : mapping of (choice, option) to FeatureTable
    seed : int
    each : callable, optional
        Gives the outcome of every variation in turn; a pool of processes may do it.

    Returns
    -------
    polars.DataFrame
        Columns of `MULTIVERSE`: the main analysis first, then ways of choosing the number of types
        from its own evidence, then the variations.
    """
    main = types_of_schools(typology)
    rows = [
        _row("Main analysis", "all as described", typology) | {"agreement": 1.0 if main else None}
    ]
    rows += _by_other_thresholds(typology)
    rows += _by_one_criterion(typology)
    wanted = variations(typology, others, seed=seed)
    for found in each(wanted) if each else map(outcome, wanted):
        rows.append({**found.row, "agreement": _agreement(main, found.types)})
    return pl.DataFrame(rows, schema=MULTIVERSE)


def _agreement(main: Mapping[str, int], other: Mapping[str, int]) -> float | None:
    both = sorted(main.keys() & other.keys())
    if not both:
        return None
    return adjusted_rand_index([main[one] for one in both], [other[one] for one in both])


def _by_other_thresholds(typology: Typology) -> list[dict[str, object]]:
    """What the same evidence says when it must show more, or less."""
    own = typology.labels[typology.entered.rows]
    rows: list[dict[str, object]] = []
    for choice, plain, rules in THRESHOLDS:
        for option, rule in rules:
            verdict, one = chosen_by(rule, typology.count.evidence, typology.count.p)
            rows.append(
                {
                    "choice": choice,
                    "option": f"{option}, not {plain:g}",
                    "verdict": verdict,
                    "k": one.k if one else None,
                    "p": typology.count.p,
                    "silhouette": one.silhouette if one else None,
                    "strength": one.strength.mean if one else None,
                    "stability": float(one.stability.min()) if one else None,
                    "agreement": _agreement_on_places(
                        typology, one.partition.labels if one else None
                    ),
                    "localities": int(own.size),
                }
            )
    return rows


def _agreement_on_places(typology: Typology, labels: NDArray[np.int64] | None) -> float | None:
    """Agreement over schools with other groups of the places that entered."""
    if labels is None or not typology.types:
        return None
    inner = np.full(len(typology.table.units), -1)
    inner[typology.entered.rows] = labels
    unit = typology.table.school_table.unit
    typed = typology.labels[unit] >= 0
    return adjusted_rand_index(typology.labels[unit][typed], inner[unit][typed])


def _by_one_criterion(typology: Typology) -> list[dict[str, object]]:
    """What the same evidence says when one criterion alone chooses the number of types."""
    evidence = typology.count.evidence
    stable = [one for one in evidence if float(one.stability.min()) >= PATTERN]
    chosen = {
        "the largest silhouette": max(evidence, key=lambda one: one.silhouette),
        "the silhouette furthest above a continuum": max(evidence, key=lambda one: one.gap),
        "the largest prediction strength": max(evidence, key=lambda one: one.strength.mean),
        "the most types that all come back in resamples": stable[-1] if stable else None,
    }
    own = typology.labels[typology.entered.rows]
    rows: list[dict[str, object]] = []
    for words, one in chosen.items():
        rows.append(
            {
                "choice": "Number of types by one criterion alone",
                "option": words,
                "verdict": one.verdict if one else "continuum",
                "k": one.k if one else None,
                "p": None,
                "silhouette": one.silhouette if one else None,
                "strength": one.strength.mean if one else None,
                "stability": float(one.stability.min()) if one else None,
                "agreement": _agreement_on_places(typology, one.partition.labels if one else None),
                "localities": int(np.size(own)),
            }
        )
    second = typology.second
    rows.append(
        {
            "choice": "Another method",
            "option": f"mixture of Gaussian clouds ({second.shape}) on {second.components} "
            "components, by BIC",
            "verdict": "patterns" if second.clouds > 1 else "continuum",
            "k": second.clouds if second.clouds > 1 else None,
            "agreement": _agreement_on_places(
                typology, second.labels if second.clouds > 1 else None
            ),
            "localities": int(np.size(own)),
        }
    )
    return rows
