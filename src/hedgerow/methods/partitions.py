"""How far one division of units tells another: entropy, nestedness, adjusted mutual information."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import class_sizes, encode, paired_codes

Labels = Sequence[Any] | ArrayLike


def entropy(labels: Labels) -> float:
    """Shannon entropy of a partition, in nats: ``-sum_k p_k ln p_k``.

    Parameters
    ----------
    labels : sequence of length n
        ``None`` or NaN is missing and left out.

    Returns
    -------
    float
        0 (one class) to ``ln k``.

    Raises
    ------
    ValueError
        If no unit is labelled.
    """
    return _entropy_of_counts(class_sizes(encode(labels)[0]))


def conditional_entropy(labels: Labels, given: Labels) -> float:
    """Entropy left in one partition once another is known, ``H(labels | given)``, in nats.

    ``H(X, Y) - H(Y)`` on the units that both partitions label; from 0 (``given`` settles the
    class) to ``H(labels)`` (it tells nothing).

    Raises
    ------
    ValueError
        If lengths differ, or no unit is labelled in both.
    """
    a, b = paired_codes(labels, given)
    return _conditional_entropy(a, b)


def nestedness(inner: Labels, outer: Labels) -> float | None:
    """How far knowing the inner class tells the outer one: ``1 - H(outer | inner) / H(outer)``.

    Parameters
    ----------
    inner, outer : sequences of length n
        Two partitions of the same units; ``None`` or NaN is missing, and a unit missing in
        either is left out.

    Returns
    -------
    float or None
        1 when every inner class lies whole within one outer class, 0 when the two are
        independent. ``None`` when ``outer`` has a single class, for then there is nothing to
        tell, or when no unit is labelled in both.

    Notes
    -----
    Not symmetric. Many small inner classes nest by arithmetic: singletons give 1. Set it
    against a permutation null, or use :func:`adjusted_mutual_information`.

    References
    ----------
    [vinh2010]
    """
    a, b = paired_codes(inner, outer)
    if not a.size:
        return None
    whole = _entropy_of_counts(class_sizes(b))
    if whole == 0:
        return None
    return float(np.clip(1 - _conditional_entropy(b, a) / whole, 0.0, 1.0))


def adjusted_mutual_information(first: Labels, second: Labels) -> float | None:
    """Agreement of two partitions beyond chance.

    ``(MI - E[MI]) / ((H(first) + H(second)) / 2 - E[MI])`` with the expectation over partitions
    of the same class sizes (hypergeometric model).

    Parameters
    ----------
    first, second : sequences of length n
        ``None`` or NaN is missing; a unit missing in either is left out.

    Returns
    -------
    float or None
        1 for identical partitions, about 0 for unrelated ones, below 0 for less than chance.
        ``None`` when either partition has a single class, or when both consist of singletons:
        then chance alone gives the same, and a number would look like agreement.

    References
    ----------
    [vinh2010]
    """
    a, b = paired_codes(first, second)
    if not a.size:
        return None
    rows, columns = class_sizes(a), class_sizes(b)
    if rows.size == 1 or columns.size == 1:
        return None
    h_rows, h_columns = _entropy_of_counts(rows), _entropy_of_counts(columns)
    information = h_rows - _conditional_entropy(a, b)
    chance = _expected_information(rows, columns)
    room = (h_rows + h_columns) / 2 - chance
    if room < 1e-12:
        return None
    return float((information - chance) / room)


def _entropy_of_counts(counts: NDArray[np.int64]) -> float:
    if not counts.sum():
        raise ValueError("entropy of nothing: no unit is labelled")
    shares = counts[counts > 0] / counts.sum()
    return float(max(0.0, -np.sum(shares * np.log(shares))))


def _conditional_entropy(labels: NDArray[np.int64], given: NDArray[np.int64]) -> float:
    if not labels.size:
        raise ValueError("no unit is labelled in both partitions")
    joint = labels * (given.max() + 1) + given
    counts = np.unique(joint, return_counts=True)[1]
    return max(0.0, _entropy_of_counts(counts) - _entropy_of_counts(class_sizes(given)))


def _expected_information(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> float:
    """Mean mutual information over random partitions with these class sizes.

    Classes of one size contribute alike, so the sum runs over pairs of distinct sizes.
    """
    n = int(rows.sum())
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    total = 0.0
    for a, a_times in zip(*np.unique(rows, return_counts=True), strict=True):
        for b, b_times in zip(*np.unique(columns, return_counts=True), strict=True):
            shared = np.arange(max(1, a + b - n), min(a, b) + 1)
            log_chance = (
                log_factorial[a]
                + log_factorial[b]
                + log_factorial[n - a]
                + log_factorial[n - b]
                - log_factorial[n]
                - log_factorial[shared]
                - log_factorial[a - shared]
                - log_factorial[b - shared]
                - log_factorial[n - a - b + shared]
            )
            worth = shared / n * np.log(n * shared / (float(a) * float(b)))
            total += a_times * b_times * float(np.sum(worth * np.exp(log_chance)))
    return total
