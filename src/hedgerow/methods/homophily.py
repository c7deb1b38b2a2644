"""Do ties stay within groups? The E-I index and assortativity by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.join_counts import (
    different_label_share,
    expected_different_share,
    join_count_test,
)
from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import checked_pairs
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes

_CHUNK_CELLS = 2_000_000


def ei_index(labels: Sequence[Any] | ArrayLike, pairs: ArrayLike) -> float | None:
    """E-I index: ties between groups less ties within them, over all ties.

    ``(E - I) / (E + I)``

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing; ties of such units are left out.
    pairs : array of int, shape (m, 2)
        Each tie once, by row numbers.

    Returns
    -------
    float or None
        From -1 (all within) to 1 (all between). ``None`` without ties.

    Notes
    -----
    The size of groups decides most of it: with many small groups nearly every tie must cross.
    Report it less :func:`expected_ei_index`.

    References
    ----------
    [krackhardt1988]
    """
    share = different_label_share(labels, pairs)
    return None if share is None else 2 * share - 1


def expected_ei_index(labels: Sequence[Any] | ArrayLike) -> float | None:
    """Mean E-I index when labels are dealt to units at random.

    ``1 - 2 sum_g n_g (n_g - 1) / (N (N - 1))``, exact for every network.

    Returns
    -------
    float or None
        ``None`` with fewer than two labelled units.
    """
    share = expected_different_share(labels)
    return None if share is None else 2 * share - 1


def ei_test(
    labels: Sequence[Any] | ArrayLike,
    pairs: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """E-I index against labels dealt at random to the same network.

    Parameters and meaning of ``None`` as in
    :func:`hedgerow.methods.join_counts.join_count_test`. The effect (observed less exact null
    mean) is what can be compared between networks of different size.

    References
    ----------
    [krackhardt1988]
    """
    found = join_count_test(labels, pairs, rng, draws, level)
    if found is None:
        return None
    return replace(
        found,
        observed=2 * found.observed - 1,
        mean=2 * found.mean - 1,
        sd=2 * found.sd,
        low=2 * found.low - 1,
        high=2 * found.high - 1,
    )


def unit_ei_index(labels: Sequence[Any] | ArrayLike, pairs: ArrayLike) -> NDArray[np.float64]:
    """E-I index of each unit's own ties, shape (n,).

    Returns
    -------
    array of shape (n,)
        From -1 to 1; NaN for a unit without ties to units of known group, or of unknown group.

    References
    ----------
    [everett2012]
    """
    codes, _ = encode(labels)
    table = checked_pairs(pairs, codes.size)
    first, second = codes[table[:, 0]], codes[table[:, 1]]
    known = (first != MISSING) & (second != MISSING)
    ends = table[known].T.ravel()
    crosses = np.tile(first[known] != second[known], 2)
    ties = np.bincount(ends, minlength=codes.size)
    between = np.bincount(ends, crosses, minlength=codes.size)
    share = np.divide(between, ties, out=np.full(codes.size, np.nan), where=ties > 0)
    return np.asarray(2 * share - 1)


def label_assortativity(
    labels: Sequence[Any] | ArrayLike, pairs: ArrayLike, *, directed: bool = False
) -> float | None:
    """Newman's assortativity by label.

    ``r = (sum_g e_gg - sum_g a_g b_g) / (1 - sum_g a_g b_g)``, with e the share of ties from
    one label to another and a, b its margins.

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing; ties of such units are left out.
    pairs : array of int, shape (m, 2)
        Each tie once: sender and receiver when directed.
    directed
        Whether the order within a pair means something.

    Returns
    -------
    float or None
        1 when ties stay within labels, 0 when they ignore them, below 0 when they avoid their
        own. ``None`` without ties, or when all ties have one label at both ends.

    References
    ----------
    [newman2003]
    """
    codes, classes = encode(labels)
    table = checked_pairs(pairs, codes.size)
    first, second = codes[table[:, 0]], codes[table[:, 1]]
    known = (first != MISSING) & (second != MISSING)
    first, second = first[known], second[known]
    if not first.size:
        return None
    k = len(classes)
    mixing = np.bincount(first * k + second, minlength=k * k).reshape(k, k) / first.size
    if not directed:
        mixing = (mixing + mixing.T) / 2
    by_chance = float(mixing.sum(axis=1) @ mixing.sum(axis=0))
    if by_chance > 1 - 1e-12:
        return None
    return (float(np.trace(mixing)) - by_chance) / (1 - by_chance)


def label_assortativity_test(
    labels: Sequence[Any] | ArrayLike,
    pairs: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Assortativity of undirected ties against labels dealt at random to the same network.

    Parameters and meaning of ``None`` as in :func:`label_assortativity`. Units without a label keep
    having none; deals in which it is undefined are left out of the null.

    References
    ----------
    [newman2003], [phipson2010]
    """
    observed = label_assortativity(labels, pairs)
    if observed is None:
        return None
    codes, _ = encode(labels)
    known = np.flatnonzero(codes != MISSING)
    k = int(codes.max()) + 1
    table = checked_pairs(pairs, codes.size)
    table = table[(codes[table] != MISSING).all(axis=1)]
    place = np.full(codes.size, MISSING)
    place[known] = np.arange(known.size)
    first, second = place[table[:, 0]], place[table[:, 1]]
    null = []
    step = max(1, _CHUNK_CELLS // max(known.size, len(table), k))
    for start in range(0, draws, step):
        dealt = permuted_codes(codes[known], min(step, draws - start), rng)
        null.append(_assortativities(dealt[:, first], dealt[:, second], k))
    values = np.concatenate(null)
    return null_distribution(observed, values[np.isfinite(values)], level=level)


def _assortativities(
    first: NDArray[np.int64], second: NDArray[np.int64], k: int
) -> NDArray[np.float64]:
    """Assortativity of each row of labels at the two ends of undirected ties."""
    draws, ties = first.shape
    rows = np.arange(draws)[:, None] * k
    ends = np.bincount((rows + first).ravel(), minlength=draws * k)
    ends = ends + np.bincount((rows + second).ravel(), minlength=draws * k)
    by_chance = np.sum((ends.reshape(draws, k) / (2 * ties)) ** 2, axis=1)
    alike = (first == second).mean(axis=1)
    room = 1 - by_chance
    return np.divide(alike - by_chance, room, out=np.full(draws, np.nan), where=room > 1e-12)
