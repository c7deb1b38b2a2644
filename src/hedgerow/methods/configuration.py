"""Random networks with the degrees of a given one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.network import checked_ties, undirected_pairs

_CHUNK_CELLS = 50_000_000


def rewired_networks(
    adjacency: ArrayLike, rng: np.random.Generator, draws: int = 99, swaps: int | None = None
) -> NDArray[np.bool_]:
    """Simple undirected networks in which every unit keeps its number of ties.

    Two ties a-b and c-d become a-d and c-b, unless that would tie a unit to itself or double a
    tie; then the network stays as it is for that step, which keeps all networks equally likely.
    All draws run side by side, each its own chain from the given network.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Symmetric; weights are dropped.
    rng
        Source of randomness.
    draws
        Number of networks.
    swaps
        Swaps tried in each chain; ten for each tie unless given.

    Returns
    -------
    array of bool, shape (draws, n, n)
        Takes ``draws * n * n`` bytes.

    Raises
    ------
    ValueError
        If the network is malformed or not symmetric, or the result would not fit in memory.

    Notes
    -----
    A network in which no swap is possible (a star, a complete network) comes back unchanged:
    its degrees leave no choice, and the null has no spread.

    References
    ----------
    [milo2003], [fosdick2018]
    """
    start = checked_ties(adjacency, symmetric=True)
    n = len(start)
    if draws * n * n > 40 * _CHUNK_CELLS:
        raise ValueError(f"{draws} networks of {n} units do not fit in memory: ask for fewer")
    ties = undirected_pairs(start)
    m = len(ties)
    state = np.repeat(start[None], draws, axis=0)
    if m < 2:
        return state
    ends = np.repeat(ties[None], draws, axis=0)
    chain = np.arange(draws)
    for _ in range(10 * m if swaps is None else swaps):
        first = rng.integers(0, m, size=draws)
        second = (first + rng.integers(1, m, size=draws)) % m
        # the second tie is read from either end
        turn = rng.integers(0, 2, size=draws)
        a, b = ends[chain, first].T
        c, d = ends[chain, second, turn], ends[chain, second, 1 - turn]
        possible = (a != d) & (b != c) & ~state[chain, a, d] & ~state[chain, c, b]
        k, a, b, c, d = (part[possible] for part in (chain, a, b, c, d))
        state[k, a, b] = state[k, b, a] = state[k, c, d] = state[k, d, c] = False
        state[k, a, d] = state[k, d, a] = state[k, c, b] = state[k, b, c] = True
        ends[k, first[possible]] = np.column_stack([a, d])
        ends[k, second[possible]] = np.column_stack([c, b])
    return state
