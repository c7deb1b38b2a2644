"""Do coders agree beyond chance? Krippendorff's alpha and Fleiss's kappa."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import (
    BootstrapInterval,
    percentile_interval,
    resampled_units,
    resampled_weights,
)
from hedgerow.methods.labelling import encode

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Distance = Callable[[Any, Any], float]
"""Squared distance of two values: 0 for equal ones, the same either way round."""


def krippendorff_alpha(
    codings: Sequence[Sequence[Any]] | NDArray[Any], metric: Metric | Distance = "nominal"
) -> float | None:
    """Krippendorff's alpha: ``1 - observed disagreement / disagreement by chance``.

    Parameters
    ----------
    codings : coders by units, shape (m, u)
        ``None`` or NaN where a coder did not code a unit. Units coded once are left out.
    metric
        What counts as how different: ``"nominal"``, ``"ordinal"``, ``"interval"``, ``"ratio"``,
        or a function of two values that gives a squared distance (see :func:`masi_distance`).

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for chance, below 0 for systematic disagreement. ``None``
        when only one value was ever used, or no unit was coded twice: agreement cannot then be
        told from never choosing anything else.

    Raises
    ------
    ValueError
        If coders differ in the number of units, or the metric does not fit the values.

    References
    ----------
    [krippendorff2011]
    """
    units, values = _coincidences(codings)
    return _alpha(units.sum(axis=0), values, metric)


def krippendorff_alpha_interval(
    codings: Sequence[Sequence[Any]] | NDArray[Any],
    rng: np.random.Generator,
    metric: Metric | Distance = "nominal",
    clusters: Sequence[Any] | ArrayLike | None = None,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval | None:
    """Bootstrap interval of :func:`krippendorff_alpha`, units or whole clusters resampled.

    Parameters
    ----------
    codings, metric
        As in :func:`krippendorff_alpha`.
    rng
        Source of randomness.
    clusters : sequence of length u, optional
        The document that each unit is from, say.

    Returns
    -------
    BootstrapInterval or None
        ``None`` when alpha is undefined; resamples in which it is are counted and left out.
    """
    units, values = _coincidences(codings)
    observed = _alpha(units.sum(axis=0), values, metric)
    if observed is None:
        return None
    flat = units.reshape(len(units), -1)
    found = []
    for times in resampled_weights(len(units), rng, clusters, draws):
        for table in (times @ flat).reshape(len(times), len(values), len(values)):
            alpha = _alpha(table, values, metric)
            found.append(np.nan if alpha is None else alpha)
    count = resampled_units(len(units), clusters)
    return percentile_interval(observed, np.array(found), level, count)


def masi_distance(first: frozenset[Any], second: frozenset[Any]) -> float:
    """Distance of two sets of codes, by Passonneau's measure of agreement on sets.

    ``1 - J * M`` with J their Jaccard similarity and M 1 for equal sets, 2/3 if one contains
    the other, 1/3 if they overlap and 0 if they do not. Two empty sets are equal.

    References
    ----------
    [passonneau2006]
    """
    if first == second:
        return 0.0
    shared, either = len(first & second), len(first | second)
    if first <= second or second <= first:
        return 1 - shared / either * 2 / 3
    return 1 - shared / either / 3


def fleiss_kappa(counts: ArrayLike) -> float | None:
    """Fleiss's kappa of a table of how many coders put each unit in each category.

    Parameters
    ----------
    counts : array of int, shape (units, categories)
        Every unit coded by the same number of coders, two or more.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for chance. ``None`` when only one category was used.

    Raises
    ------
    ValueError
        If units differ in their number of coders, or there are fewer than two.

    References
    ----------
    [fleiss1971]
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2 or not table.size or np.any(table < 0):
        raise ValueError("counts must be a table of units by categories, zero or more")
    coders = table.sum(axis=1)
    if np.any(coders != coders[0]) or coders[0] < 2:
        raise ValueError("every unit must be coded by the same number of coders, two or more")
    n = coders[0]
    observed = float(np.mean((np.sum(table**2, axis=1) - n) / (n * (n - 1))))
    chance = float(np.sum((table.sum(axis=0) / table.sum()) ** 2))
    return None if chance > 1 - 1e-12 else (observed - chance) / (1 - chance)


def _coincidences(
    codings: Sequence[Sequence[Any]] | NDArray[Any],
) -> tuple[NDArray[np.float64], list[Any]]:
    """For each unit, how often one value meets another, shape (u, v, v); and the values."""
    rows = [list(row) for row in codings]
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"coders differ in units: {sorted({len(row) for row in rows})}")
    codes, values = encode([item for row in rows for item in row])
    table = codes.reshape(len(rows), -1)
    if not values:
        return np.zeros((table.shape[1], 0, 0)), []
    counts = np.stack([(table == value).sum(axis=0) for value in range(len(values))], axis=1)
    coded = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    share = np.where(coded > 1, 1 / np.maximum(coded - 1, 1), 0.0)
    return pairs * share[:, None, None], list(values)


def _alpha(
    coincidences: NDArray[np.float64], values: list[Any], metric: Metric | Distance
) -> float | None:
    margin = coincidences.sum(axis=1)
    total = margin.sum()
    if np.count_nonzero(margin > 1e-12) < 2:
        return None
    distance = _distances(values, margin, metric)
    observed = float(np.sum(coincidences * distance))
    chance = float(margin @ distance @ margin) / (total - 1)
    return None if chance == 0 else 1 - observed / chance


def _distances(
    values: list[Any], margin: NDArray[np.float64], metric: Metric | Distance
) -> NDArray[np.float64]:
    if callable(metric):
        return np.array([[float(metric(a, b)) for b in values] for a in values])
    if metric == "nominal":
        return 1 - np.eye(len(values))
    try:
        x = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{metric} agreement needs numbers, found {values[:3]}") from error
    if metric == "interval":
        return np.asarray((x[:, None] - x) ** 2)
    if metric == "ratio":
        if np.any(x < 0):
            raise ValueError(f"ratio agreement needs values of zero or more, found {x.min()}")
        sums = x[:, None] + x
        return np.divide(x[:, None] - x, sums, out=np.zeros_like(sums), where=sums > 0) ** 2
    if metric != "ordinal":
        raise ValueError(f"unknown metric: {metric}")
    order = np.argsort(x)
    position = np.empty(x.size)
    running = np.cumsum(margin[order])
    position[order] = running - margin[order] / 2
    return np.asarray((position[:, None] - position) ** 2)
