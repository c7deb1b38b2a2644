"""How evenly units spread over kinds and layers, and how far layers coincide."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.network import checked_ties
from hedgerow.methods.permutation import NullDistribution, null_distribution


def participation_coefficient(counts: ArrayLike) -> NDArray[np.float64]:
    """How evenly each unit spreads over kinds: ``P_i = 1 - sum_k (k_ik / k_i)^2``.

    Parameters
    ----------
    counts : array of shape (n, k)
        Ties (or weights) of each unit to each of k kinds, zero or more.

    Returns
    -------
    array of shape (n,)
        From 0 (all with one kind) to ``1 - 1/k`` (evenly over all). NaN for a unit without
        ties: nothing to spread is not the same as spreading nothing.

    Raises
    ------
    ValueError
        If counts are not a table of finite numbers of zero or more.

    References
    ----------
    [guimera2005]
    """
    table = _table(counts)
    total = table.sum(axis=1, keepdims=True)
    shares = np.divide(table, total, out=np.full_like(table, np.nan), where=total > 0)
    return np.asarray(1 - np.sum(shares**2, axis=1))


def multiplex_participation(degrees: ArrayLike) -> NDArray[np.float64]:
    """How evenly each unit's ties spread over layers.

    ``P_i = L / (L - 1) * (1 - sum_l (k_il / o_i)^2)`` with ``o_i = sum_l k_il``.

    Parameters
    ----------
    degrees : array of shape (n, L)
        Number of ties of each unit in each of two layers or more.

    Returns
    -------
    array of shape (n,)
        From 0 (one layer only) to 1 (equally active in all). NaN for a unit without ties.

    Raises
    ------
    ValueError
        With fewer than two layers, or counts that are not finite and zero or more.

    References
    ----------
    [battiston2014]
    """
    table = _table(degrees)
    layers = table.shape[1]
    if layers < 2:
        raise ValueError(f"layers must be two or more, found {layers}")
    return np.asarray(layers / (layers - 1) * participation_coefficient(table))


def mean_participation_test(
    degrees: ArrayLike, rng: np.random.Generator, draws: int = 999, level: float = 0.95
) -> NullDistribution | None:
    """Mean multiplex participation when units are renumbered at random in each layer by itself.

    Every layer keeps how its ties are spread over units; only whether the same units are active in
    several layers is broken. Units without any tie, in the data or in a draw, are left out of the
    mean.

    Parameters
    ----------
    degrees : array of shape (n, L)
        As in :func:`multiplex_participation`.

    Returns
    -------
    NullDistribution or None
        ``None`` when no unit has a tie.

    References
    ----------
    [battiston2014]
    """
    observed = multiplex_participation(degrees)
    if np.isnan(observed).all():
        return None
    table = _table(degrees)
    layers = table.shape[1]
    dealt = np.stack(
        [
            rng.permuted(np.broadcast_to(table[:, layer], (draws, len(table))), axis=1)
            for layer in range(layers)
        ],
        axis=2,
    )
    drawn = multiplex_participation(dealt.reshape(-1, layers)).reshape(draws, len(table))
    return null_distribution(float(np.nanmean(observed)), np.nanmean(drawn, axis=1), level=level)


def layer_overlap(first: ArrayLike, second: ArrayLike) -> float | None:
    """Share of tied pairs that are tied in both layers: ``|A and B| / |A or B|``.

    Parameters
    ----------
    first, second : arrays of shape (n, n)
        Two networks over the same units. Directed ties count by direction.

    Returns
    -------
    float or None
        0 (no tie in common) to 1 (the same ties). ``None`` when neither layer has a tie.

    References
    ----------
    [battiston2014]
    """
    a, b = _layers(first, second)
    either = np.count_nonzero(a | b)
    return np.count_nonzero(a & b) / either if either else None


def layer_overlap_test(
    first: ArrayLike,
    second: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Overlap of two layers when the units of the second are renumbered at random.

    Keeps the shape of both layers and breaks only which unit sits where.

    Returns
    -------
    NullDistribution or None
        ``None`` when neither layer has a tie.
    """
    a, b = _layers(first, second)
    observed = layer_overlap(a, b)
    if observed is None:
        return None
    ties = np.argwhere(b)
    size = np.count_nonzero(a) + len(ties)
    null = np.empty(draws)
    for draw in range(draws):
        places = rng.permutation(len(a))
        shared = np.count_nonzero(a[places[ties[:, 0]], places[ties[:, 1]]])
        null[draw] = shared / (size - shared)
    return null_distribution(observed, null, level=level)


def _table(counts: ArrayLike) -> NDArray[np.float64]:
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"counts must be a table of units by kinds, found shape {table.shape}")
    if not np.all(np.isfinite(table)) or np.any(table < 0):
        raise ValueError("counts must be finite and zero or more")
    return table


def _layers(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    a, b = checked_ties(first), checked_ties(second)
    if a.shape != b.shape:
        raise ValueError(f"layers must be over the same units, found {len(a)} and {len(b)}")
    return a, b
