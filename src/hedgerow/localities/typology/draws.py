"""How sure types are: the typing done over and over, each time with other schools, weights and
choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import PLAIN, DistanceChoices, block_distance
from hedgerow.localities.typology.school_table import SchoolTable
from hedgerow.localities.typology.types import Typology
from hedgerow.methods.coassignment import coassignment, matched_groups, membership_shares
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.rand_index import adjusted_rand_index

EVENNESS = 4.0
"""Dirichlet parameter of each block's weight. With four blocks a weight lies between 8 and 48 per
cent 19 times in 20."""
NOTHING = ""
"""What stands for no feature left out."""
AT_EASE = 0.8
"""Share of the draws from which a place is said to be surely of its type."""
SHARE_OF_LEFT_OUT = 0.9
"""Chance that a draw leaves out a feature."""

DRAWS: dict[str, pl.DataType] = {
    "draw": pl.Int64(),
    "on": pl.Date(),
    "k": pl.Int64(),
    "left_out": pl.String(),
    "weights": pl.List(pl.Float64()),
    "silhouette": pl.Float64(),
    "best_k": pl.Int64(),
    "labels": pl.List(pl.Int64()),
}
"""Columns of a table of draws: what was drawn, and what came of it."""


@dataclass(frozen=True, eq=False)
class DrawInputs:
    """What every draw starts from; small enough to be handed to other processes.

    Attributes
    ----------
    days : tuple of datetime.date
        The day itself and those near it.
    schools : tuple of SchoolTable
        Of the same units on each day.
    rows, columns : array of int
        Units that are typed and features that are used.
    blocks : tuple of str
        Of the features used.
    ks : tuple of int
        From which the number of types is drawn.
    choices : DistanceChoices
        Draws vary the weights of blocks; scale and metric stay.
    """

    days: tuple[date, ...]
    schools: tuple[SchoolTable, ...]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    blocks: tuple[str, ...]
    ks: tuple[int, ...]
    choices: DistanceChoices


def draw_inputs(typology: Typology, near: Sequence[FeatureTable] = ()) -> DrawInputs:
    """Gather what draws start from.

    Parameters
    ----------
    typology : Typology
    near : sequence of FeatureTable
        The same units on days near that of the typology.

    Raises
    ------
    ValueError
        If a near table describes other units.
    """
    tables = (typology.table, *near)
    names = tuple(unit.id for unit in typology.table.units)
    if any(tuple(unit.id for unit in one.units) != names for one in near):
        raise ValueError("a day near by describes other units")
    tried = [one.k for one in typology.count.evidence]
    chosen = typology.count.chosen
    ks = tried if chosen is None else [k for k in tried if abs(k - chosen.k) <= 1]
    return DrawInputs(
        days=tuple(one.on for one in tables),
        schools=tuple(one.school_table for one in tables),
        rows=typology.entered.rows,
        columns=typology.entered.columns,
        blocks=typology.entered.blocks,
        ks=tuple(ks),
        choices=PLAIN,
    )


def draw(inputs: DrawInputs, seed: int, number: int) -> dict[str, object]:
    """Type the localities once more.

    Drawn are the day; as many schools of every unit, with replacement; the weights of blocks; a
    feature to leave out (nine times in ten); and the number of types.

    Parameters
    ----------
    inputs : DrawInputs
    seed, number : int
        The draw depends on these alone: not on which draws came before it, or where it is made.

    Returns
    -------
    dict
        A row of `DRAWS`. Labels are of `inputs.rows`, in order. ``best_k`` has the largest
        silhouette of this draw.
    """
    rng = np.random.default_rng([seed, number])
    day = int(rng.integers(len(inputs.days)))
    schools = inputs.schools[day]
    blocks = tuple(dict.fromkeys(inputs.blocks))
    weights = rng.dirichlet(np.full(len(blocks), EVENNESS))
    k = int(inputs.ks[rng.integers(len(inputs.ks))])
    out = int(rng.integers(len(inputs.columns)))
    is_left_out = bool(rng.random() < SHARE_OF_LEFT_OUT)
    raw = schools.resampled(rng)[np.ix_(inputs.rows, inputs.columns)]
    features = [schools.features[place] for place in inputs.columns]
    values = np.column_stack([one.transformed(raw[:, j]) for j, one in enumerate(features)])
    kept = [j for j in range(len(features)) if not (is_left_out and j == out)]
    choices = replace(inputs.choices, weights=tuple(zip(blocks, weights.tolist(), strict=True)))
    d = block_distance(values[:, kept], [inputs.blocks[j] for j in kept], choices)
    found = {one: partition_around_medoids(d, one).labels for one in sorted({*inputs.ks, k})}
    widths = {one: float(silhouette_widths(d, labels).mean()) for one, labels in found.items()}
    return {
        "draw": number,
        "on": inputs.days[day],
        "k": k,
        "left_out": features[out].name if is_left_out else NOTHING,
        "weights": weights.tolist(),
        "silhouette": widths[k],
        "best_k": max(widths, key=lambda one: widths[one]),
        "labels": found[k].tolist(),
    }


def draw_all(inputs: DrawInputs, seed: int, numbers: Iterable[int]) -> pl.DataFrame:
    """Make draws, one a row of `DRAWS`."""
    return pl.DataFrame([draw(inputs, seed, number) for number in numbers], schema=DRAWS)


def missing_draws(done: pl.DataFrame | None, wanted: int) -> tuple[int, ...]:
    """Numbers of the draws that are still to be made, rising."""
    made = set() if done is None else set(done["draw"].to_list())
    return tuple(number for number in range(wanted) if number not in made)


@dataclass(frozen=True, eq=False)
class Sureness:
    """How sure it is of what type a place is.

    Attributes
    ----------
    draws : polars.DataFrame
        Columns of `DRAWS`, in order of number.
    shares : array of shape (units of the table, types + 1)
        Share of the draws in which the place lies in each type; last in none of them, as the type
        did not come back. NaN for what is not typed.
    together : array of shape (n, n)
        Share of the draws in which two typed localities are together.
    agreement : array of shape (draws,)
        Adjusted Rand index of each draw with the types; NaN where there is none.
    agreement_of_consensus : float or None
        Of the types with the groups around medoids of what is together most often.
    matched : array of int, shape (draws, n)
        Type of each typed locality in each draw; the number of types stands for none of them.
    """

    draws: pl.DataFrame
    shares: NDArray[np.float64]
    together: NDArray[np.float64]
    agreement: NDArray[np.float64]
    agreement_of_consensus: float | None
    matched: NDArray[np.int64]

    def share_sure(self, typology: Typology) -> float | None:
        """Share of the typed localities that lie in their type in `AT_EASE` of the draws or more;
        None without types."""
        own = self.own(typology)
        typed = own[~np.isnan(own)]
        return float((typed >= AT_EASE).mean()) if typed.size else None

    def own(self, typology: Typology) -> NDArray[np.float64]:
        """Share of the draws in which each unit lies in its own type; NaN without one."""
        labels = typology.labels
        own = self.shares[np.arange(len(labels)), np.maximum(labels, 0)]
        return np.where(labels >= 0, own, np.nan)

    def type_shares(
        self, weights: NDArray[np.float64], level: float = 0.95
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Between what the share of localities in each type lies over the draws.

        Parameters
        ----------
        weights : array of shape (n,)
            Of the typed localities: ones for their number, or schools, or pupils.
        level : float

        Returns
        -------
        (low, high)
            Arrays of shape (types,), over the draws in which the type came back; NaN where it never
            did. How often it did is `came_back`.
        """
        share = self._shares_by_draw(weights)
        there = share > 0
        many = self.shares.shape[1] - 1
        low, high = np.full(many, np.nan), np.full(many, np.nan)
        for one in range(many):
            if there[:, one].any():
                ends = [(1 - level) / 2, (1 + level) / 2]
                low[one], high[one] = np.quantile(share[there[:, one], one], ends)
        return low, high

    def came_back(self) -> NDArray[np.float64]:
        """Give the share of draws in which each type came back, shape (types,)."""
        share = self._shares_by_draw(np.ones(self.matched.shape[1]))
        return np.asarray((share > 0).mean(axis=0)) if len(share) else share.sum(axis=0)

    def _shares_by_draw(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the localities in each type in each draw: shape (draws, types)."""
        many = np.arange(self.shares.shape[1] - 1)
        is_there = self.matched[:, None, :] == many[None, :, None]
        return np.asarray(is_there @ np.nan_to_num(weights) / np.nansum(weights))


def sureness(typology: Typology, draws: pl.DataFrame) -> Sureness:
    """Sum draws up.

    Parameters
    ----------
    typology : Typology
    draws : polars.DataFrame
        Columns of `DRAWS`, one or more rows, of the typology's own localities.

    Raises
    ------
    ValueError
        If labels do not fit, or types come without draws.
    """
    ordered = draws.sort("draw")
    rows = typology.entered.rows
    if (ordered["labels"].list.len() != rows.size).any() or (typology.types and not draws.height):
        raise ValueError("draws are missing, or are of other localities")
    if not ordered.height:
        nothing = np.full((rows.size, rows.size), np.nan)
        none = np.full((len(typology.table.units), 1), np.nan)
        return Sureness(
            ordered, none, nothing, np.empty(0), None, np.empty((0, rows.size), np.int64)
        )
    labels = np.array(ordered["labels"].to_list(), dtype=np.int64)
    reference = typology.labels[rows]
    shares = np.full((len(typology.table.units), len(typology.types) + 1), np.nan)
    shares[rows] = membership_shares(labels, reference)
    together = coassignment(labels)
    matched = np.array([matched_groups(row, reference)[row] for row in labels])
    agreement, consensus = np.full(len(labels), np.nan), None
    if typology.types:
        found = [adjusted_rand_index(row, reference) for row in labels]
        agreement = np.array([np.nan if one is None else one for one in found])
        again = partition_around_medoids(1 - together, len(typology.types))
        consensus = adjusted_rand_index(again.labels, reference)
    return Sureness(ordered, shares, together, agreement, consensus, matched)
