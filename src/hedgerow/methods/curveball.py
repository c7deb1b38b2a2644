"""Random two-mode tables with the margins of a given one, by curveball trades."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def curveball_tables(
    table: ArrayLike, rng: np.random.Generator, draws: int = 999, trades: int | None = None
) -> NDArray[np.bool_]:
    """Tables of zeros and ones with the same row and column sums as a given one.

    In a trade two rows pool the ones that only one of them has and deal them out again, each
    getting as many as before. All draws run side by side, each its own chain from the given
    table, so they are independent of one another.

    Parameters
    ----------
    table : array of bool, shape (n, m)
        Members by organisations, say. Two rows or more.
    rng
        Source of randomness.
    draws
        Number of tables.
    trades
        Trades in each chain; five for each row, and at least 50, unless given.

    Returns
    -------
    array of bool, shape (draws, n, m)

    Raises
    ------
    ValueError
        If the table has fewer than two rows or holds anything but 0 and 1.

    Notes
    -----
    Every table with these margins is equally likely once the chain has mixed; with few trades
    the draws stay too close to the start, which makes the null too like the data.

    References
    ----------
    [strona2014], [carstens2015]
    """
    start = two_mode_table(table)
    rows, columns = start.shape
    if rows < 2:
        raise ValueError(f"a trade needs two rows or more, found {rows}")
    steps = max(50, 5 * rows) if trades is None else trades
    state = np.repeat(start[None], draws, axis=0)
    chain = np.arange(draws)
    for _ in range(steps):
        first = rng.integers(0, rows, size=draws)
        second = (first + rng.integers(1, rows, size=draws)) % rows
        a, b = state[chain, first], state[chain, second]
        pooled = a ^ b
        mine = np.count_nonzero(a & ~b, axis=1)
        # the pooled columns in random order come first; the first row takes the first of them
        keys = np.where(pooled, rng.random((draws, columns)), 2.0)
        rank = np.argsort(np.argsort(keys, axis=1), axis=1)
        taken = rank < mine[:, None]
        both = a & b
        state[chain, first] = both | taken
        state[chain, second] = both | (pooled & ~taken)
    return state


def two_mode_table(table: ArrayLike) -> NDArray[np.bool_]:
    """The table as truths, once it is known to hold only zeros and ones.

    Raises
    ------
    ValueError
        If it is not two-dimensional or holds anything else.
    """
    array = np.asarray(table)
    if array.ndim != 2:
        raise ValueError(f"a two-mode table has two dimensions, found {array.ndim}")
    if not np.isin(array, (0, 1)).all():
        raise ValueError("a two-mode table holds only 0 and 1")
    return array.astype(bool)
