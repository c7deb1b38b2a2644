"""One kind of locality: who is in it, and what sets it apart from all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import DistanceChoices, scaled
from hedgerow.localities.typology.entering import Entering
from hedgerow.localities.typology.words import letters, phrase
from hedgerow.methods.group_count import CountEvidence

SETS_APART = 0.5
"""Robust deviations from the middle beyond which a feature sets a type apart."""
MOST_PHRASES = 4


@dataclass(frozen=True)
class Apart:
    """A feature that sets a type apart.

    Attributes
    ----------
    feature, label, phrase : str
        The phrase says in words that it is high or low.
    value : float
        Of the medoid.
    half_from, half_to : float
        Between what the middle half of all localities lie.
    deviations : float
        Of the medoid from the middle, in robust deviations.
    """

    feature: str
    label: str
    phrase: str
    value: float
    half_from: float
    half_to: float
    deviations: float


@dataclass(frozen=True, eq=False)
class LocalityType:
    """One kind of locality.

    Attributes
    ----------
    letter : str
        Types are lettered by how many localities they hold.
    medoid : int
        Row of the locality that is most like all others of the type.
    members : array of int
        Rows.
    stability : float
        Jaccard stability, 0 to 1.
    silhouette : float
        Mean of its localities.
    localities, schools, pupils : float
        Its share of all typed localities, of their schools, and of their pupils.
    apart : tuple of Apart
        What sets its medoid apart, furthest first.
    edge : array of int
        Rows of members that lie as near to another type or nearer (silhouette of 0 or less).
    """

    letter: str
    medoid: int
    members: NDArray[np.int64]
    stability: float
    silhouette: float
    localities: float
    schools: float
    pupils: float
    apart: tuple[Apart, ...]
    edge: NDArray[np.int64]

    @property
    def in_words(self) -> str:
        """What sets it apart, in a phrase."""
        if not self.apart:
            return "ordinary in every feature"
        return ", ".join(one.phrase for one in self.apart)


def lettered(chosen: CountEvidence) -> NDArray[np.int64]:
    """Labels of those that entered, the largest type first; of two alike that with the earlier
    medoid."""
    return np.argsort(_by_size(chosen))[chosen.partition.labels]


def _by_size(chosen: CountEvidence) -> NDArray[np.int64]:
    sizes = np.bincount(chosen.partition.labels, minlength=chosen.k)
    return np.argsort(-sizes, kind="stable")


def kinds(
    table: FeatureTable,
    found: Entering,
    chosen: CountEvidence,
    labels: NDArray[np.int64],
    silhouettes: NDArray[np.float64],
    choices: DistanceChoices,
) -> tuple[LocalityType, ...]:
    """Describe the groups that were chosen as kinds of locality, in the order of their letters.

    Parameters
    ----------
    table : FeatureTable
    found : Entering
    chosen : CountEvidence
    labels : array of int, shape (units of the table,)
        As `lettered` gives them; -1 for what did not enter.
    silhouettes : array of shape (units of the table,)
    choices : DistanceChoices
        Those by which the groups were found.
    """
    order = _by_size(chosen)
    table_scaled = scaled(found.values, choices.scale, choices.furthest)
    in_all = (found.rows.size, table.schools[found.rows].sum(), _pupils(table, found.rows))
    types = []
    for place, (letter, own) in enumerate(zip(letters(chosen.k), order, strict=True)):
        members = np.flatnonzero(labels == place)
        inner = int(chosen.partition.medoids[own])
        types.append(
            LocalityType(
                letter,
                int(found.rows[inner]),
                members,
                float(chosen.stability[own]),
                float(silhouettes[members].mean()),
                members.size / in_all[0],
                float(table.schools[members].sum() / in_all[1]),
                _pupils(table, members) / in_all[2],
                _apart(table, found, table_scaled, inner, np.isin(found.rows, members)),
                members[silhouettes[members] <= 0],
            )
        )
    return tuple(types)


def _pupils(table: FeatureTable, rows: NDArray[np.int64]) -> float:
    return float(np.nansum(table.pupils[rows]))


def _apart(
    table: FeatureTable,
    found: Entering,
    table_scaled: NDArray[np.float64],
    medoid: int,
    is_member: NDArray[np.bool_],
) -> tuple[Apart, ...]:
    """What sets a medoid apart, and its type with it: the type's middle lies on the same side."""
    own = np.nan_to_num(table_scaled[medoid])
    said: dict[str, Apart] = {}
    for j in np.argsort(-np.abs(own), kind="stable"):
        feature = table.features[found.columns[j]]
        known = table_scaled[is_member, j]
        known = known[~np.isnan(known)]
        side = np.median(known) if known.size else 0.0
        if abs(own[j]) < SETS_APART or side * np.sign(own[j]) < SETS_APART / 2:
            continue
        words = phrase(feature.name, feature.label, bool(own[j] > 0))
        raw = table.values[found.rows, found.columns[j]]
        low, high = np.nanquantile(raw, [0.25, 0.75])
        value = float(raw[medoid])
        said.setdefault(
            words,
            Apart(
                feature.name, feature.label, words, value, float(low), float(high), float(own[j])
            ),
        )
    return tuple(said.values())[:MOST_PHRASES]
