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
from hedgerow.methods.permutation import NullDistribution


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
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
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
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
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
