"""Into how many groups units fall, with none as an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.cluster_stability import jaccard_stability
from hedgerow.methods.copula_null import Margins, fit_continuum
from hedgerow.methods.medoids import Medoids, partition_around_medoids, silhouette_widths
from hedgerow.methods.permutation import null_distribution
from hedgerow.methods.prediction_strength import PredictionStrength, prediction_strength

Verdict = Literal["types", "patterns", "continuum"]
Distance = Callable[[NDArray[np.float64]], NDArray[np.float64]]

FORETOLD = 0.8
"""Prediction strength from which the authors call groups foretold."""
LEVEL = 0.02
"""Largest p at which a continuum is given up. The null is fitted to the units, and of made-up ones
without groups nine in a hundred reach 0.05 and four 0.02."""
PATTERN = 0.6
"""Jaccard stability below which a group has dissolved."""


@dataclass(frozen=True)
class CountRule:
    """What evidence must show before groups are called that.

    Attributes
    ----------
    level
        The largest p at which a continuum is given up.
    foretold
        Prediction strength, less a standard error, that types have at least.
    comes_back
        Jaccard stability that every group has at least.
    """

    level: float = LEVEL
    foretold: float = FORETOLD
    comes_back: float = PATTERN


PLAIN_RULE = CountRule()


@dataclass(frozen=True, eq=False)
class CountEvidence:
    """What speaks for one number of groups.

    Attributes
    ----------
    k
    silhouette
        Mean over all units.
    null_silhouette, null_high
        Mean, and 95th percentile, of what a continuum gives.
    null_sd
        Standard deviation of what a continuum gives.
    strength : PredictionStrength
    stability : array of shape (k,)
        Jaccard stability of each group.
    partition : Medoids
    """

    k: int
    silhouette: float
    null_silhouette: float
    null_high: float
    null_sd: float
    strength: PredictionStrength
    stability: NDArray[np.float64]
    partition: Medoids

    @property
    def gap(self) -> float:
        """Silhouette less what a continuum gives on average."""
        return self.silhouette - self.null_silhouette

    @property
    def excess(self) -> float:
        """The gap in standard deviations of what a continuum gives."""
        return self.gap / self.null_sd

    @property
    def is_beyond_continuum(self) -> bool:
        """Whether the silhouette lies above what a continuum gives 19 times in 20."""
        return self.silhouette > self.null_high

    @property
    def verdict(self) -> Verdict:
        """What these groups are, by the plain rule."""
        return self.verdict_by(PLAIN_RULE)

    def verdict_by(self, rule: CountRule) -> Verdict:
        """Say what these groups are, going by halves and resamples.

        Types if the other half foretells them, within a standard error of what the rule asks, and
        every one comes back in resamples; patterns if they come back without being foretold; else
        nothing that should be called a group. To come back is not enough for a type: the halves of
        one round cloud come back too.
        """
        if not self.is_beyond_continuum or float(self.stability.min()) < rule.comes_back:
            return "continuum"
        return "types" if self.strength.mean + self.strength.error >= rule.foretold else "patterns"


@dataclass(frozen=True, eq=False)
class GroupCount:
    """How many groups there are.

    Attributes
    ----------
    verdict : {"types", "patterns", "continuum"}
        Groups; groups with edges in doubt; or none.
    chosen : CountEvidence or None
        None for a continuum.
    p
        How often a continuum gives a largest excess as large as this one.
    evidence : tuple of CountEvidence
        Of every k tried.
    nulls
        Draws of the continuum.
    """

    verdict: Verdict
    chosen: CountEvidence | None
    p: float
    evidence: tuple[CountEvidence, ...]
    nulls: int


def count_groups(
    values: ArrayLike,
    distance: Distance,
    ks: Sequence[int],
    rng: np.random.Generator,
    *,
    nulls: int = 199,
    splits: int = 25,
    draws: int = 100,
    margins: Margins = "single-peaked",
    rule: CountRule = PLAIN_RULE,
) -> GroupCount:
    """Choose a number of groups around medoids, or say that there are none.

    Parameters
    ----------
    values : array of shape (n, p)
        NaN is missing.
    distance
        Gives the dissimilarity, shape (n, n), of a table of the same shape as ``values``.
    ks
        Numbers of groups to try, each from 2 to n / 2.
    rng
        Source of randomness.
    nulls, splits, draws
        Tables drawn from the continuum, halvings for prediction strength, resamples for stability.
    margins
        Of the continuum, as `hedgerow.methods.copula_null.fit_continuum` takes them.
    rule

    Returns
    -------
    GroupCount
        A continuum is kept unless the silhouette, over all k at once, is beyond what it gives.
        Then the largest k whose groups are types, as the authors of prediction strength choose;
        failing these, of the k whose groups are patterns, the smallest whose silhouette is as far
        above what a continuum gives as that of the best of them, but for one null standard
        deviation; failing these there is no group to speak of, and it is a continuum.

    Raises
    ------
    ValueError
        If no k is given, or one cannot be tried on so few units, or ``nulls`` are too few for
        the rule's level.

    Notes
    -----
    Not finding groups is not finding that there are none: with few units small groups are missed.
    The p-value allows for trying several k, not for trying several distances.

    References
    ----------
    [rousseeuw1987], [tibshirani2001], [tibshirani2005], [hennig2007]
    """
    table = np.asarray(values, dtype=float)
    if not ks or min(ks) < 2 or max(ks) > len(table) // 2:
        raise ValueError(f"{len(table)} units cannot be tried in groups of {list(ks)}")
    if 1 / (nulls + 1) > rule.level:
        raise ValueError(
            f"with {nulls} draws of the continuum no p can be as small as {rule.level}"
        )
    continuum = fit_continuum(table, margins)
    null = np.array([_silhouettes(distance(continuum.draw(rng)), ks) for _ in range(nulls)])
    mean, spread = null.mean(axis=0), np.maximum(null.std(axis=0, ddof=1), 1e-12)
    d = distance(table)
    evidence = []
    for place, k in enumerate(ks):
        partition = partition_around_medoids(d, k)
        silhouette = float(silhouette_widths(d, partition.labels).mean())
        evidence.append(
            CountEvidence(
                k,
                silhouette,
                float(mean[place]),
                float(np.quantile(null[:, place], 0.95)),
                float(spread[place]),
                prediction_strength(d, k, rng, splits),
                jaccard_stability(d, partition.labels, rng, draws),
                partition,
            )
        )
    largest = null_distribution(
        max(one.excess for one in evidence), ((null - mean) / spread).max(axis=1)
    )
    verdict, chosen = chosen_by(rule, evidence, largest.p_upper)
    return GroupCount(verdict, chosen, largest.p_upper, tuple(evidence), nulls)


def chosen_by(
    rule: CountRule, evidence: Sequence[CountEvidence], p: float
) -> tuple[Verdict, CountEvidence | None]:
    """Choose a number of groups from evidence, as `count_groups` does.

    Parameters
    ----------
    rule : CountRule
    evidence : sequence of CountEvidence
    p
        As in `GroupCount`.
    """
    if p > rule.level:
        return "continuum", None
    types = [one for one in evidence if one.verdict_by(rule) == "types"]
    if types:
        return "types", max(types, key=lambda one: one.k)
    patterns = [one for one in evidence if one.verdict_by(rule) == "patterns"]
    if patterns:
        best = max(patterns, key=lambda one: one.gap)
        able = [one for one in patterns if one.gap >= best.gap - best.null_sd]
        return "patterns", min(able, key=lambda one: one.k)
    return "continuum", None


def _silhouettes(d: NDArray[np.float64], ks: Sequence[int]) -> list[float]:
    return [float(silhouette_widths(d, partition_around_medoids(d, k).labels).mean()) for k in ks]
