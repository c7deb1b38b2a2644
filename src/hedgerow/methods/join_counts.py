"""Do neighbours bear different labels? Multi-colour join counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, class_sizes, encode
from hedgerow.methods.network import checked_pairs
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes

_CHUNK_CELLS = 1_000_000


def neighbour_pairs(neighbours: ArrayLike) -> NDArray[np.int64]:
    """Pairs (unit, neighbour) of a neighbour table, shape (n * k, 2).

    Parameters
    ----------
    neighbours : array of int, shape (n, k)
        As from :func:`hedgerow.methods.neighbours.nearest_neighbours`. A mutual pair appears
        twice, once from each side.
    """
    table = np.asarray(neighbours, dtype=np.int64)
    if table.ndim != 2:
        raise ValueError(f"neighbours must have shape (n, k), found {table.shape}")
    return np.column_stack([np.repeat(np.arange(len(table)), table.shape[1]), table.ravel()])


def different_label_share(labels: Sequence[Any] | ArrayLike, pairs: ArrayLike) -> float | None:
    """Share of pairs whose two units bear different labels.

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing.
    pairs : array of int, shape (m, 2)
        Row numbers of the units of each pair; no unit is paired with itself.

    Returns
    -------
    float or None
        0 to 1; ``None`` when no pair has both labels.

    Notes
    -----
    Pairs with a missing label are left out, which assumes that labels go missing at random.

    References
    ----------
    [cliff1981]
    """
    codes, _ = encode(labels)
    kept = _labelled_pairs(codes, pairs)
    if not len(kept):
        return None
    return float(np.mean(codes[kept[:, 0]] != codes[kept[:, 1]]))


def expected_different_share(labels: Sequence[Any] | ArrayLike) -> float | None:
    """Mean share of different pairs when labels are dealt to units at random.

    ``1 - sum_g n_g (n_g - 1) / (N (N - 1))``: exact for every set of pairs, since any two
    units are equally likely to hold any two labels.

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing and left out of n_g and N.

    Returns
    -------
    float or None
        0 (all alike) to 1 (all different); ``None`` with fewer than two labelled units.
    """
    sizes = class_sizes(encode(labels)[0]).astype(float)
    total = sizes.sum()
    if total < 2:
        return None
    return float(1 - np.sum(sizes * (sizes - 1)) / (total * (total - 1)))


def join_count_test(
    labels: Sequence[Any] | ArrayLike,
    pairs: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Share of different pairs against labels dealt to units at random.

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing; those units and their pairs are left out.
    pairs : array of int, shape (m, 2)
        As in :func:`different_label_share`.
    rng
        Source of randomness.
    draws
        Number of permutations, which keep the number of units of each label.
    level
        Of the central null interval.

    Returns
    -------
    NullDistribution or None
        With the exact mean. An observed share *below* it means that labels clump.
        ``None`` when no pair has both labels.

    Notes
    -----
    Laws: renaming labels or renumbering units changes nothing; one label gives 0; the effect
    lies within -1 to 1. The null lets a label go anywhere in the area: where labels are tied
    to sub-areas by rule, draw the null within each.

    References
    ----------
    [cliff1981]
    """
    codes, _ = encode(labels)
    kept = _labelled_pairs(codes, pairs)
    if not len(kept):
        return None
    present = codes != MISSING
    position = np.cumsum(present) - 1
    first, second = position[kept[:, 0]], position[kept[:, 1]]
    # the narrowest integer keeps the permuted labels in the processor's cache
    compact = codes[present].astype(np.min_scalar_type(int(codes.max())))
    null = np.empty(draws)
    step = max(1, _CHUNK_CELLS // max(len(kept), compact.size))
    for start in range(0, draws, step):
        rows = permuted_codes(compact, min(step, draws - start), rng)
        different = np.take(rows, first, axis=1) != np.take(rows, second, axis=1)
        null[start : start + step] = np.count_nonzero(different, axis=1) / len(kept)
    observed = float(np.mean(compact[first] != compact[second]))
    return null_distribution(observed, null, mean=expected_different_share(labels), level=level)


def _labelled_pairs(codes: NDArray[np.int64], pairs: ArrayLike) -> NDArray[np.int64]:
    table = checked_pairs(pairs, codes.size)
    if np.any(table[:, 0] == table[:, 1]):
        raise ValueError("a unit cannot be paired with itself")
    both = (codes[table[:, 0]] != MISSING) & (codes[table[:, 1]] != MISSING)
    return np.asarray(table[both])
