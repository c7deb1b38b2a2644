"""Networks as square arrays: building and checking them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjacency_matrix(
    pairs: ArrayLike, n: int, *, directed: bool, weights: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Square array of ties from a list of pairs.

    Parameters
    ----------
    pairs : array of int, shape (m, 2)
        Rows of the sender and the receiver of each tie, from 0 to n - 1.
    n
        Number of units, those without ties included.
    directed
        Whether a tie runs one way. An undirected tie is entered both ways.
    weights : array of shape (m,), optional
        Zero or more. Weights of repeated ties add up; without weights a tie that is repeated
        counts once.

    Returns
    -------
    array of float, shape (n, n)
        Entry (i, j) is the tie from i to j; the diagonal is zero.

    Raises
    ------
    ValueError
        If a pair names a unit that does not exist or ties a unit to itself, or a weight is
        negative.
    """
    table = checked_pairs(pairs, n)
    if np.any(table[:, 0] == table[:, 1]):
        raise ValueError("a unit cannot be tied to itself")
    matrix = np.zeros((n, n))
    strength = np.ones(len(table)) if weights is None else np.asarray(weights, dtype=float)
    if strength.shape != (len(table),) or not np.all(strength >= 0):
        raise ValueError("weights must be one for each pair, zero or more")
    np.add.at(matrix, (table[:, 0], table[:, 1]), strength)
    if weights is None:
        np.minimum(matrix, 1.0, out=matrix)
    if directed:
        return matrix
    # a tie listed from both sides is one tie when ties carry no weight
    return np.maximum(matrix, matrix.T) if weights is None else matrix + matrix.T


def checked_adjacency(adjacency: ArrayLike, *, symmetric: bool = False) -> NDArray[np.float64]:
    """The array itself, once it is known to be a network.

    Parameters
    ----------
    adjacency : array of shape (n, n)
    symmetric
        Whether ties must run both ways with equal weight.

    Raises
    ------
    ValueError
        If it is not square, has an entry that is negative or not finite, ties a unit to
        itself, or lacks the symmetry asked for.
    """
    matrix = np.asarray(adjacency, dtype=float)
    _check_shape(matrix, symmetric)
    # what is not a number is neither
    if not (matrix.min(initial=0.0) >= 0 and matrix.max(initial=0.0) < np.inf):
        raise ValueError("ties must be finite and zero or more")
    return matrix


def checked_ties(adjacency: ArrayLike, *, symmetric: bool = False) -> NDArray[np.bool_]:
    """Whether there is a tie, whatever its weight, once the array is known to be a network.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Of truths, or of weights of which each above 0 is a tie.
    symmetric
        Whether ties must run both ways with equal weight.

    Raises
    ------
    ValueError
        As `checked_adjacency` does.
    """
    given = np.asarray(adjacency)
    if given.dtype != bool:
        return checked_adjacency(given, symmetric=symmetric) > 0
    _check_shape(given, symmetric)
    return given


def _check_shape(matrix: NDArray[Any], symmetric: bool) -> None:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"a network is a square array, found shape {matrix.shape}")
    if np.any(np.diagonal(matrix)):
        raise ValueError("a unit cannot be tied to itself: the diagonal must be zero")
    if symmetric and not np.array_equal(matrix, matrix.T):
        raise ValueError("this measure is for undirected ties: the array must be symmetric")


def undirected_pairs(adjacency: ArrayLike) -> NDArray[np.int64]:
    """Pairs of units with a tie in either direction, the lower row first, shape (m, 2)."""
    matrix = checked_adjacency(adjacency)
    return np.argwhere(np.triu(matrix + matrix.T) > 0)


def checked_pairs(pairs: ArrayLike, n: int) -> NDArray[np.int64]:
    """Pairs of row numbers as an array of shape (m, 2); an error names rows that are not there.

    Raises
    ------
    ValueError
        If a pair names a row below 0 or beyond the last of ``n``.
    """
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if table.size and (table.min() < 0 or table.max() >= n):
        raise ValueError(f"pairs must name rows 0 to {n - 1}")
    return table
