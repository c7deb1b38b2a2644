"""The kinds of locality there are: groups around typical localities, or a continuum without any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import PLAIN, DistanceChoices, block_distance, scaled
from hedgerow.localities.typology.entering import LEAST_MEASURED, Entering, entering
from hedgerow.localities.typology.kinds import LocalityType, kinds, lettered
from hedgerow.localities.typology.second_opinion import SecondOpinion, second_opinion
from hedgerow.methods.components import (
    Components,
    components_beyond_noise,
    principal_components,
)
from hedgerow.methods.copula_null import Margins
from hedgerow.methods.group_count import GroupCount, Verdict, count_groups
from hedgerow.methods.medoids import silhouette_widths

MOST_TYPES = 8
FEWEST_UNITS = 20
"""With fewer localities no type is looked for."""
FEWEST_DESCRIBED = 3
"""With fewer there is nothing to set beside each other."""
NEIGHBOURS = 5
"""Nearest localities over which density is taken."""
REMOTE_SHARE = 0.05
"""Share of the localities, those with the emptiest surroundings, that are called extreme."""


@dataclass(frozen=True)
class Effort:
    """How hard is looked for types.

    Attributes
    ----------
    nulls, splits, draws : int
        As `hedgerow.methods.group_count.count_groups` takes them.
    """

    nulls: int = 499
    splits: int = 25
    draws: int = 1000


@dataclass(frozen=True)
class SearchChoices:
    """What is chosen before types are looked for, beside the distance.

    Attributes
    ----------
    least_measured : float
        As `hedgerow.localities.typology.entering.entering` takes it.
    most_types : int
        The largest number of types that is tried.
    margins : {"single-peaked", "as they are"}
        Of the features of the continuum that types are held against.
    """

    least_measured: float = LEAST_MEASURED
    most_types: int = MOST_TYPES
    margins: Margins = "single-peaked"


@dataclass(frozen=True, eq=False)
class Typology:
    """What kinds of locality there are.

    Attributes
    ----------
    table : FeatureTable
    entered : Entering
    distance : array of shape (n, n)
        Of the localities that entered.
    count : GroupCount
        How many types, with the evidence for every number of them.
    labels : array of int, shape (units of the table,)
        Type of each, from 0; -1 where there are no types or the unit did not enter.
    silhouettes : array of shape (units of the table,)
        NaN where there is none.
    types : tuple of LocalityType
        None where localities are a continuum.
    continuum : Components
        The directions along which localities differ; missing values stand in the middle.
    directions : int
        How many of them are more than noise.
    second : SecondOpinion
    extremes : array of int
        Rows of the localities that lie furthest from any others, rising.
    """

    table: FeatureTable
    entered: Entering
    distance: NDArray[np.float64]
    count: GroupCount
    labels: NDArray[np.int64]
    silhouettes: NDArray[np.float64]
    types: tuple[LocalityType, ...]
    continuum: Components
    directions: int
    second: SecondOpinion
    extremes: NDArray[np.int64]

    @property
    def verdict(self) -> Verdict | Literal["too few"]:
        """Types, patterns with edges in doubt, or a continuum; or too few localities to look."""
        return self.count.verdict if self.count.evidence else "too few"


def find_types(
    table: FeatureTable,
    *,
    seed: int = 1,
    choices: DistanceChoices = PLAIN,
    search: SearchChoices | None = None,
    without: Sequence[str] = (),
    effort: Effort | None = None,
) -> Typology:
    """Find the kinds of locality there are, or say that there are none.

    Parameters
    ----------
    table : FeatureTable
    seed : int
    choices : DistanceChoices
    search : SearchChoices, optional
    without : sequence of str
        Features or blocks to leave out.
    effort : Effort, optional

    Returns
    -------
    Typology
        Of fewer than `FEWEST_UNITS` localities without a look for types.

    Raises
    ------
    ValueError
        If fewer than `FEWEST_DESCRIBED` localities can be described.
    """
    wanted = search or SearchChoices()
    found = entering(table, without, least_measured=wanted.least_measured)
    n = len(found.rows)
    if n < FEWEST_DESCRIBED:
        raise ValueError(f"{n} localities can be described: none can be set beside others")
    rng = np.random.default_rng(seed)
    work = effort or Effort()

    def distance(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return block_distance(values, found.blocks, choices)

    count = GroupCount("continuum", None, 1.0, (), 0)
    if n >= FEWEST_UNITS:
        count = count_groups(
            found.values,
            distance,
            range(2, min(wanted.most_types, n // 5) + 1),
            rng,
            margins=wanted.margins,
            nulls=work.nulls,
            splits=work.splits,
            draws=work.draws,
        )
    d = distance(found.values)
    labels = np.full(len(table.units), -1)
    silhouettes = np.full(len(table.units), np.nan)
    types: tuple[LocalityType, ...] = ()
    if count.chosen is not None:
        inner = lettered(count.chosen)
        labels[found.rows] = inner
        silhouettes[found.rows] = silhouette_widths(d, inner)
        types = kinds(table, found, count.chosen, labels, silhouettes, choices)
    middle = np.nan_to_num(scaled(found.values, choices.scale, choices.furthest))
    continuum = principal_components(middle)
    directions = components_beyond_noise(middle, rng)
    return Typology(
        table,
        found,
        d,
        count,
        labels,
        silhouettes,
        types,
        continuum,
        directions,
        second_opinion(continuum, directions, labels[found.rows], MOST_TYPES),
        found.rows[_remote(d)],
    )


def _remote(d: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places of the localities with the emptiest surroundings, rising."""
    nearest = np.sort(d, axis=1)[:, 1 : NEIGHBOURS + 1].mean(axis=1)
    count = max(1, round(REMOTE_SHARE * len(d)))
    return np.sort(np.argsort(-nearest, kind="stable")[:count])
