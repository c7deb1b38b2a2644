"""Is there a core? The discrete core-periphery model of Borgatti and Everett."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.network import checked_adjacency


@dataclass(frozen=True)
class CorePeriphery:
    """The best core found.

    Attributes
    ----------
    correlation
        Fit, from -1 to 1.
    core : array of bool, shape (n,)
        Members of the core.
    agreeing
        Share of the starts that ended at this fit; a low share says that the surface is rugged.
    """

    correlation: float
    core: NDArray[np.bool_]
    agreeing: float


def core_periphery(
    adjacency: ArrayLike, rng: np.random.Generator, starts: int = 60
) -> CorePeriphery | None:
    """Core whose pattern correlates best with the network.

    The pattern has a tie wherever at least one end is in the core; the fit is the Pearson
    correlation of network and pattern over ordered pairs of units.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Ties, weighted or not, three units or more.
    rng
        Source of randomness of the starts.
    starts
        Random starts, beside one start at the best-connected units for every size of core.
        From each the search flips the one unit that helps most until none does.

    Returns
    -------
    CorePeriphery or None
        ``None`` when all pairs are tied alike, for then nothing can correlate.

    Raises
    ------
    ValueError
        With fewer than three units, or a malformed network.

    Notes
    -----
    The search is a heuristic: exact on every network small enough to enumerate in its tests,
    without a guarantee beyond. A high fit needs a null (degree-preserving rewiring): hubs alone
    look like a core.

    References
    ----------
    [borgatti2000]
    """
    matrix = checked_adjacency(adjacency)
    n = len(matrix)
    if n < 3:
        raise ValueError(f"a core and a periphery need three units or more, found {n}")
    off_diagonal = matrix[~np.eye(n, dtype=bool)]
    if np.all(off_diagonal == off_diagonal[0]):
        return None
    both = matrix + matrix.T
    strength = both.sum(axis=1)
    by_strength = np.argsort(-strength, kind="stable")
    greedy = np.zeros((n - 2, n), dtype=bool)
    for size in range(1, n - 1):
        greedy[size - 1, by_strength[:size]] = True
    random = rng.random((starts, n)) < rng.random((starts, 1))
    cores = np.vstack([greedy, random])
    fits = _climb(cores, both, float(off_diagonal.mean()), float(off_diagonal.std()))
    best = int(np.argmax(fits))
    agreeing = float(np.mean(fits >= fits[best] - 1e-9))
    return CorePeriphery(float(fits[best]), cores[best].copy(), agreeing)


def core_fit(adjacency: ArrayLike, core: ArrayLike) -> float | None:
    """Correlation of a network with the pattern of a given core.

    Parameters
    ----------
    adjacency : array of shape (n, n)
    core : array of bool, shape (n,)

    Returns
    -------
    float or None
        ``None`` when the network, or the pattern, is the same for all pairs.

    Raises
    ------
    ValueError
        If the network is malformed, or the core says nothing of some unit.

    References
    ----------
    [borgatti2000]
    """
    matrix = checked_adjacency(adjacency)
    members = np.asarray(core, dtype=bool)
    if members.shape != (len(matrix),):
        raise ValueError(f"the network has {len(matrix)} units and the core {members.size}")
    if len(matrix) < 2:
        return None
    off = ~np.eye(len(matrix), dtype=bool)
    ties, pattern = matrix[off], (members[:, None] | members[None, :])[off]
    if ties.std() == 0 or pattern.std() == 0:
        return None
    return float(np.corrcoef(ties, pattern)[0, 1])


def _climb(
    cores: NDArray[np.bool_], both: NDArray[np.float64], mean: float, spread: float
) -> NDArray[np.float64]:
    """Steepest ascent from every start at once; changes ``cores`` and returns the fits."""
    n = len(both)
    strength = both.sum(axis=1)
    moving = np.arange(len(cores))
    fits = _fit(cores.sum(axis=1), _covered(cores, both, strength), n, mean, spread)
    while moving.size:
        state = cores[moving]
        links = state @ both
        covered = _covered(state, both, strength)
        # entering the core covers a unit's ties to the periphery, leaving uncovers them
        change = np.where(state, -1.0, 1.0) * (strength - links)
        sizes = state.sum(axis=1, keepdims=True) + np.where(state, -1, 1)
        trial = _fit(sizes, covered[:, None] + change, n, mean, spread)
        flip = trial.argmax(axis=1)
        found = trial[np.arange(moving.size), flip]
        better = found > fits[moving] + 1e-12
        moving, flip, found = moving[better], flip[better], found[better]
        cores[moving, flip] ^= True
        fits[moving] = found
    return fits


def _covered(
    cores: NDArray[np.bool_], both: NDArray[np.float64], strength: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Total of ties with an end in the core."""
    inside = np.einsum("sn,sn->s", cores @ both, cores) / 2
    return np.asarray(cores @ strength - inside)


def _fit(
    sizes: NDArray[np.int64], covered: NDArray[np.float64], n: int, mean: float, spread: float
) -> NDArray[np.float64]:
    pairs = n * (n - 1)
    share = (2 * sizes * (n - sizes) + sizes * (sizes - 1)) / pairs
    varies = share * (1 - share) > 0
    scale = spread * np.sqrt(np.where(varies, share * (1 - share), 1.0))
    return np.where(varies, (covered / pairs - mean * share) / scale, -np.inf)
