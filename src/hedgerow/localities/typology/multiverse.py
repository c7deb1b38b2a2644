"""Every choice that could have been made otherwise, and what the answer would then have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from hedgerow.localities.typology.describing import BLOCKS, FeatureTable
from hedgerow.localities.typology.distance import PLAIN, DistanceChoices
from hedgerow.localities.typology.types import Effort, Typology, find_types
from hedgerow.methods.group_count import PATTERN
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

LESS = Effort(nulls=149, splits=10, draws=300)
"""Each variation is looked at with less effort than the main analysis."""


@dataclass(frozen=True, eq=False)
class Variation:
    """One choice made otherwise.

    Attributes
    ----------
    choice, option : str
        In words.
    table : FeatureTable
    choices : DistanceChoices
    without : tuple of str
        Features or blocks left out.
    seed : int
    effort : Effort
    """

    choice: str
    option: str
    table: FeatureTable
    choices: DistanceChoices = PLAIN
    without: tuple[str, ...] = ()
    seed: int = 1
    effort: Effort = LESS


def variations(
    typology: Typology, others: Mapping[tuple[str, str], FeatureTable], *, seed: int = 1
) -> tuple[Variation, ...]:
    """Give every variation, one choice at a time; all else is as in the main analysis.

    Parameters
    ----------
    typology : Typology
    others : mapping of (choice, option) to FeatureTable
        Other tables: of other units, of other days.
    seed : int
    """
    table = light(typology.table)
    made = [
        Variation("Chance in resampling and halving", "another seed", table, seed=seed + 1),
        Variation("Differences within a block", "absolute, not squared", table, _metric()),
        Variation("Scale of features", "mean and standard deviation", table, _scale()),
        Variation("Features that say the same", "each counts in full", table, _full()),
    ]
    blocks = [block for block in BLOCKS if block in typology.entered.blocks]
    for block in blocks:
        made.append(
            Variation("Block left out", BLOCKS[block].lower(), table, without=(block,), seed=seed)
        )
        weights = DistanceChoices(weights=((block, 2.0),))
        made.append(Variation("Block counted twice", BLOCKS[block].lower(), table, weights))
    for place in typology.entered.columns:
        feature = table.features[place]
        made.append(
            Variation(
                "Feature left out", feature.label.lower(), table, without=(feature.name,), seed=seed
            )
        )
    made += [Variation(*words, light(other), seed=seed) for words, other in others.items()]
    return tuple(one if one.seed != 1 else replace(one, seed=seed) for one in made)


def _metric() -> DistanceChoices:
    return DistanceChoices(metric="manhattan")


def _scale() -> DistanceChoices:
    return DistanceChoices(scale="deviation")


def _full() -> DistanceChoices:
    return DistanceChoices(is_less_for_duplicates=False)


def light(table: FeatureTable) -> FeatureTable:
    """Give a table without its findings, to be handed to another process."""
    return replace(table, findings=())


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
        agreement = (
            adjusted_rand_index(own, one.partition.labels) if one and typology.types else None
        )
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
                "agreement": agreement,
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
            "agreement": second.agreement,
            "localities": int(np.size(own)),
        }
    )
    return rows
