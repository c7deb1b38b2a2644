"""What many partitions of the same units agree on: who is together, and who belongs where."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOT_THERE = -1
"""Label of a unit that a partition does not hold."""


def coassignment(partitions: ArrayLike) -> NDArray[np.float64]:
    """Share of partitions, among those that hold both, in which two units are together.

    Parameters
    ----------
    partitions : array of int, shape (B, n)
        Labels from 0; -1 where a unit is not in a partition.

    Returns
    -------
    array of shape (n, n)
        From 0 to 1; NaN where no partition holds both. 1 on the diagonal of a unit ever held.

    Raises
    ------
    ValueError
        If there is no partition.

    References
    ----------
    [monti2003]
    """
    labels = _checked(partitions)
    n = labels.shape[1]
    together, both = np.zeros((n, n)), np.zeros((n, n))
    for row in labels:
        there = row != NOT_THERE
        both += there[:, None] & there
        together += (row[:, None] == row) & there[:, None] & there
    return np.divide(together, both, out=np.full((n, n), np.nan), where=both > 0)


def membership_shares(partitions: ArrayLike, reference: ArrayLike) -> NDArray[np.float64]:
    """Share of partitions in which each unit lies in each group of a reference.

    A group of a partition is a reference group come back when the units that both share are more
    than half of those in either (Jaccard above one half). No two groups of one partition can then
    be the same reference group, nor one group two of them. Units of a group that is none of them
    count as in none.

    Parameters
    ----------
    partitions : array of int, shape (B, n)
        Labels from 0, of any number of groups; -1 where a unit is not in a partition.
    reference : array of int, shape (n,)
        Labels from 0; -1 for a unit that belongs nowhere.

    Returns
    -------
    array of shape (n, k + 1)
        Shares adding up to 1; the last column is none of the groups. NaN for a unit that no
        partition holds.

    Raises
    ------
    ValueError
        If lengths differ or there is no partition.

    Notes
    -----
    A share is one of the partitions given, over the choices that made them: not a chance that a
    belief is true.

    References
    ----------
    [jaccard1912], [hennig2007]
    """
    labels = _checked(partitions)
    groups = _labels(reference)
    if groups.shape != (labels.shape[1],):
        raise ValueError(f"{groups.size} reference labels for {labels.shape[1]} units")
    k = int(groups.max()) + 1 if groups.size else 0
    counts, held = np.zeros((groups.size, k + 1)), np.zeros(groups.size)
    for row in labels:
        there = row != NOT_THERE
        found = matched_groups(row, groups)
        counts[there, found[row[there]]] += 1
        held += there
    return np.divide(
        counts, held[:, None], out=np.full(counts.shape, np.nan), where=held[:, None] > 0
    )


def matched_groups(labels: ArrayLike, reference: ArrayLike) -> NDArray[np.int64]:
    """Reference group that each group of one partition is: its number, or k where it is none.

    Parameters
    ----------
    labels, reference : arrays of int, shape (n,)
        From 0; -1 is nowhere. Units nowhere in ``labels`` are left out of both.

    Returns
    -------
    array of int, shape (groups of ``labels``,)

    Raises
    ------
    ValueError
        If lengths differ, or labels are not whole numbers from -1.
    """
    row, groups = _labels(labels), _labels(reference)
    if row.shape != groups.shape or row.ndim != 1:
        raise ValueError(f"{groups.size} reference labels for {row.size} units")
    there = row != NOT_THERE
    k = int(groups.max()) + 1 if groups.size else 0
    many = int(row.max()) + 1 if there.any() else 0
    both = np.zeros((many, k + 1))
    np.add.at(both, (row[there], groups[there]), 1)  # the label -1 falls into the last column
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    likeness = np.divide(both, either, out=np.zeros(both.shape), where=either > 0)[:, :k]
    if not k:
        return np.zeros(many, dtype=np.int64)
    return np.where(likeness.max(axis=1) > 0.5, likeness.argmax(axis=1), k)


def _checked(partitions: ArrayLike) -> NDArray[np.int64]:
    labels = _labels(partitions)
    if labels.ndim != 2 or not len(labels):
        raise ValueError(f"partitions must be one or more rows of labels, found {labels.shape}")
    return labels


def _labels(labels: ArrayLike) -> NDArray[np.int64]:
    found = np.asarray(labels)
    if found.dtype.kind not in "iub":
        whole = np.asarray(labels, dtype=float)
        if not np.all(np.abs(whole) < 1e9) or np.any(whole % 1):
            raise ValueError("labels must be whole numbers")
        found = whole
    if found.size and found.min() < NOT_THERE:
        raise ValueError(f"labels must be from 0, or {NOT_THERE} where a unit is not there")
    return found.astype(np.int64)
