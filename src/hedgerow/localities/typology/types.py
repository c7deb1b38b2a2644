"""The kinds of locality there are: groups around typical localities, or a continuum without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.declared import load
from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import PLAIN, DistanceChoices, block_distance, scaled
from hedgerow.localities.typology.entering import Entering, entering
from hedgerow.localities.typology.words import letters, phrase
from hedgerow.methods.components import (
    Components,
    components_beyond_noise,
    principal_components,
)
from hedgerow.methods.group_count import CountEvidence, GroupCount, Verdict, count_groups
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.mixture import Shape, best_mixture
from hedgerow.methods.rand_index import adjusted_rand_index

_Transform = Callable[[NDArray[np.float64]], NDArray[np.float64]]

MOST_TYPES = 8
FEWEST_UNITS = 20
"""With fewer localities no type is looked for."""
FEWEST_DESCRIBED = 3
"""With fewer there is nothing to set beside each other."""
SETS_APART = 0.5
"""Robust deviations from the middle beyond which a feature sets a type apart."""
MOST_PHRASES = 4
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


@dataclass(frozen=True)
class SecondOpinion:
    """What a mixture of Gaussian clouds finds on the components beyond noise.

    Attributes
    ----------
    components : int
    clouds : int
        By the smallest BIC; 1 is no groups.
    shape : str
        Of the clouds.
    agreement : float or None
        Adjusted Rand index with the types; None where either has a single group.
    """

    components: int
    clouds: int
    shape: Shape
    agreement: float | None


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
    without: Sequence[str] = (),
    effort: Effort | None = None,
) -> Typology:
    """Find the kinds of locality there are, or say that there are none.

    Parameters
    ----------
    table : FeatureTable
    seed : int
    choices : DistanceChoices
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
    found = entering(table, without)
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
            range(2, min(MOST_TYPES, n // 5) + 1),
            rng,
            nulls=work.nulls,
            splits=work.splits,
            draws=work.draws,
        )
    d = distance(found.values)
    labels = np.full(len(table.units), -1)
    silhouettes = np.full(len(table.units), np.nan)
    types: tuple[LocalityType, ...] = ()
    if count.chosen is not None:
        inner = _lettered(count.chosen, found)
        labels[found.rows] = inner
        silhouettes[found.rows] = silhouette_widths(d, inner)
        types = _types(table, found, count.chosen, labels, silhouettes, choices)
    middle = np.nan_to_num(scaled(found.values, choices.scale))
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
        _second_opinion(continuum, directions, labels[found.rows]),
        found.rows[_remote(d)],
    )


def _lettered(chosen: CountEvidence, found: Entering) -> NDArray[np.int64]:
    """Labels of those that entered, the largest type first; of two alike that with the earlier
    medoid."""
    return np.argsort(_by_size(chosen))[chosen.partition.labels]


def _by_size(chosen: CountEvidence) -> NDArray[np.int64]:
    sizes = np.bincount(chosen.partition.labels, minlength=chosen.k)
    return np.argsort(-sizes, kind="stable")


def _types(
    table: FeatureTable,
    found: Entering,
    chosen: CountEvidence,
    labels: NDArray[np.int64],
    silhouettes: NDArray[np.float64],
    choices: DistanceChoices,
) -> tuple[LocalityType, ...]:
    order = _by_size(chosen)
    table_scaled = scaled(found.values, choices.scale)
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


def _second_opinion(
    continuum: Components, directions: int, labels: NDArray[np.int64]
) -> SecondOpinion:
    q = max(1, directions)
    scores = continuum.scores[:, :q]
    apart = np.sqrt(((scores[:, None] - scores) ** 2).sum(axis=2))
    most = max(1, min(MOST_TYPES, len(scores) // 5))
    best = best_mixture(
        scores, [partition_around_medoids(apart, k).labels for k in range(1, most + 1)]
    )
    agreement = None if (labels < 0).all() else adjusted_rand_index(labels, best.labels)
    return SecondOpinion(q, len(best.weights), best.shape, agreement)


def _remote(d: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places of the localities with the emptiest surroundings, rising."""
    nearest = np.sort(d, axis=1)[:, 1 : NEIGHBOURS + 1].mean(axis=1)
    count = max(1, round(REMOTE_SHARE * len(d)))
    return np.sort(np.argsort(-nearest, kind="stable")[:count])


PORTRAIT: dict[str, type[pl.DataType]] = {
    "type": pl.String,
    "feature": pl.String,
    "label": pl.String,
    "block": pl.String,
    "medoid": pl.Float64,
    "type_quarter": pl.Float64,
    "type_middle": pl.Float64,
    "type_three_quarters": pl.Float64,
    "all_quarter": pl.Float64,
    "all_middle": pl.Float64,
    "all_three_quarters": pl.Float64,
    "deviations_quarter": pl.Float64,
    "deviations": pl.Float64,
    "deviations_three_quarters": pl.Float64,
    "all_deviations_quarter": pl.Float64,
    "all_deviations_three_quarters": pl.Float64,
    "unknown": pl.Int64,
}
"""Columns of `portraits`."""


def portraits(typology: Typology, *, with_context: bool = True) -> pl.DataFrame:
    """Describe every type by every feature, and by what did not make it.

    Parameters
    ----------
    typology : Typology
    with_context : bool
        Whether what describes types and does not make them is there too, under the block "context".

    Returns
    -------
    polars.DataFrame
        Columns of `PORTRAIT`, one feature of one type a row: of the medoid, of the middle half of
        the type's localities and of all; the same as deviations from the middle of all, in robust
        deviations of what differences are taken of; of how many of the type it is not known.
    """
    table, rows = typology.table, typology.entered.rows
    columns: list[tuple[str, str, str, NDArray[np.float64], _Transform]] = [
        (one.name, one.label, one.block, table.values[:, place], one.transformed)
        for place, one in enumerate(table.features)
        if place in typology.entered.columns
    ]
    if with_context:
        labels = {one.id: one.label for one in load()}
        columns += [
            (name, labels[name], "context", values, np.asarray)
            for name, values in table.context.items()
        ]
    held: list[dict[str, object]] = []
    for one in typology.types:
        for name, label, block, values, transformed in columns:
            every = values[rows]
            if np.isnan(every).all():
                continue
            own = values[one.members]
            z = scaled(transformed(every)[:, None])[:, 0]
            inside = z[np.isin(rows, one.members)]
            known = own[~np.isnan(own)]
            quarters = np.quantile(known, [0.25, 0.5, 0.75]) if known.size else [None] * 3
            inner = np.nanquantile(inside, [0.25, 0.5, 0.75]) if known.size else [None] * 3
            of_all = np.nanquantile(every, [0.25, 0.5, 0.75])
            value = values[one.medoid]
            held.append(
                dict(
                    zip(
                        PORTRAIT,
                        (
                            one.letter,
                            name,
                            label,
                            block,
                            None if np.isnan(value) else float(value),
                            *quarters,
                            *of_all,
                            *inner,
                            *np.nanquantile(z, [0.25, 0.75]),
                            int(own.size - known.size),
                        ),
                        strict=True,
                    )
                )
            )
    return pl.DataFrame(held, schema=PORTRAIT)
