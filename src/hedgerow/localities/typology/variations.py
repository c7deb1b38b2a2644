"""Every choice of the typology that could have been made otherwise, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from hedgerow.localities.typology.describing import BLOCKS, FeatureTable
from hedgerow.localities.typology.distance import PLAIN, DistanceChoices
from hedgerow.localities.typology.types import Effort, SearchChoices, Typology

PLAIN_SEARCH = SearchChoices()
LESS = Effort(nulls=149, splits=10, draws=300)
"""Each variation is looked at with less effort than the main analysis."""

MOST_TRIED = (5, 12)
"""Largest numbers of types that are tried instead."""
LEAST_TRIED = (0.75, 1.0)
"""Shares that must be measured instead."""


@dataclass(frozen=True, eq=False)
class Variation:
    """One choice made otherwise.

    Attributes
    ----------
    choice, option : str
        In words.
    table : FeatureTable
    choices : DistanceChoices
    search : SearchChoices
    without : tuple of str
        Features or blocks left out.
    seed : int
    effort : Effort
    """

    choice: str
    option: str
    table: FeatureTable
    choices: DistanceChoices = PLAIN
    search: SearchChoices = PLAIN_SEARCH
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
        Variation(
            "Differences within a block",
            "absolute, not squared",
            table,
            DistanceChoices(metric="manhattan"),
        ),
        Variation(
            "Scale of features",
            "mean and standard deviation",
            table,
            DistanceChoices(scale="deviation"),
        ),
        Variation("Scale of features", "shares and distances as they are", _untransformed(table)),
        Variation(
            "How far one feature counts",
            "to six deviations, not three",
            table,
            DistanceChoices(furthest=6.0),
        ),
        Variation(
            "Features that say the same",
            "each counts in full",
            table,
            DistanceChoices(is_less_for_duplicates=False),
        ),
        Variation(
            "What a continuum is",
            "features as they are, with all their peaks",
            table,
            search=SearchChoices(margins="as they are"),
        ),
        *(
            Variation(
                "Numbers of types tried",
                f"two to {most}",
                table,
                search=SearchChoices(most_types=most),
            )
            for most in MOST_TRIED
        ),
        *(
            Variation(
                "What is not measured",
                f"features known of {least:.0%} of places, places with {least:.0%} of these",
                table,
                search=SearchChoices(least_measured=least),
            )
            for least in LEAST_TRIED
            if (~np.isnan(table.values)).mean(axis=0).max() >= least
        ),
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


def _untransformed(table: FeatureTable) -> FeatureTable:
    """Differences taken of shares and distances themselves, not of their roots and logarithms."""
    return replace(table, features=tuple(replace(one, transform="none") for one in table.features))


def light(table: FeatureTable) -> FeatureTable:
    """Give a table without its findings, to be handed to another process."""
    return replace(table, findings=())
