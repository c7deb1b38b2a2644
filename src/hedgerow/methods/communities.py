"""Communities in one or several layers of ties: modularity and a Leiden-type search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import checked_adjacency


@dataclass(frozen=True)
class Communities:
    """The best division found.

    Attributes
    ----------
    labels : array of int, shape (n,)
        Community of each unit, numbered from 0 in order of first appearance.
    modularity
        Its modularity (for several layers, the weighted mean over layers).
    agreeing
        Share of the starts that reached it; a low share says that other divisions are as good.
    """

    labels: NDArray[np.int64]
    modularity: float
    agreeing: float


def modularity(
    adjacency: ArrayLike, labels: Sequence[Any] | ArrayLike, resolution: float = 1.0
) -> float | None:
    """Modularity of a division of an undirected network.

    ``Q = sum_ij (A_ij / 2m - resolution * k_i k_j / (2m)^2) [same community]``

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Symmetric. Weights count: pass zeros and ones for the unweighted measure.
    labels : sequence of length n
        Community of each unit, none missing.
    resolution
        Above 1 favours small communities.

    Returns
    -------
    float or None
        At most 1; 0 for a single community at resolution 1. ``None`` without ties.

    Raises
    ------
    ValueError
        If the network is malformed or not symmetric, or a label is missing.

    References
    ----------
    [newman2006]
    """
    matrix = checked_adjacency(adjacency, symmetric=True)
    codes, classes = encode(labels)
    if codes.size != len(matrix):
        raise ValueError(f"the network has {len(matrix)} units and the labels {codes.size}")
    if np.any(codes == MISSING):
        raise ValueError("every unit needs a community")
    if not matrix.any():
        return None
    membership = np.zeros((codes.size, len(classes)))
    membership[np.arange(codes.size), codes] = 1
    return float(np.trace(membership.T @ _surplus(matrix, resolution) @ membership))


def find_communities(
    layers: Sequence[ArrayLike],
    rng: np.random.Generator,
    weights: Sequence[float] | None = None,
    resolution: float = 1.0,
    starts: int = 20,
) -> Communities | None:
    """Communities that maximise modularity, in one network or over several layers at once.

    Parameters
    ----------
    layers : sequence of arrays of shape (n, n)
        Symmetric networks over the same units; one is enough. Layers without ties are left out.
    rng
        Source of randomness; the search visits units in random order.
    weights
        Weight of each layer, above 0; equal unless given.
    resolution
        Above 1 favours small communities.
    starts
        Independent searches; the best division of all is kept.

    Returns
    -------
    Communities or None
        ``None`` when no layer has a tie.

    Raises
    ------
    ValueError
        If a layer is malformed or not symmetric, or layers differ in size.

    Notes
    -----
    Each search moves units while that gains, refines every community from single units so that
    it stays connected, merges and repeats (Leiden without its random merging). Modularity
    misses communities that are small against the whole, and finds some in pure noise: compare
    with rewired networks.

    References
    ----------
    [traag2019], [mucha2010]
    """
    surplus = _combined(layers, weights, resolution)
    if surplus is None:
        return None
    found = [_search(surplus, rng) for _ in range(starts)]
    quality = np.array([_quality(surplus, labels) for labels in found])
    best = int(quality.argmax())
    labels = encode(found[best].tolist())[0]
    agreeing = float(np.mean(quality >= quality[best] - 1e-9))
    return Communities(labels, float(quality[best]), agreeing)


@dataclass(frozen=True)
class Consensus:
    """The division on which searches from many starts agree.

    Attributes
    ----------
    labels : array of int, shape (n,)
        Community of each unit, numbered from 0 in order of first appearance.
    modularity
        Its modularity, for several layers the weighted mean over layers.
    best
        The highest modularity that a single search found.
    agreement
        Mean share of pairs of units on which a single search and the consensus agree, whether they
        belong together or not; 1 when all searches ended alike.
    """

    labels: NDArray[np.int64]
    modularity: float
    best: float
    agreement: float


def consensus_communities(
    layers: Sequence[ArrayLike],
    rng: np.random.Generator,
    weights: Sequence[float] | None = None,
    resolution: float = 1.0,
    starts: int = 20,
) -> Consensus | None:
    """Communities on which many searches agree, rather than the one that scored highest.

    Parameters and meaning of ``None`` as in :func:`find_communities`.

    Notes
    -----
    Units are tied anew by the share of searches that put them together, shares up to a half being
    dropped, and that network is searched in the same way until all searches agree, ten times at
    most. Where many divisions are about as good, the best of them is an accident and the consensus
    is not.

    References
    ----------
    [lancichinetti2012], [traag2019]
    """
    surplus = _combined(layers, weights, resolution)
    if surplus is None:
        return None
    found = np.array([_search(surplus, rng) for _ in range(starts)])
    best = max(_quality(surplus, labels) for labels in found)
    together = _together(found)
    current = together
    for _ in range(10):
        if np.isin(current, (0.0, 1.0)).all():
            break
        kept = np.where(current > 0.5, current, 0.0)
        np.fill_diagonal(kept, 0.0)
        if not kept.any():
            break
        around = _surplus(kept, 1.0)
        current = _together(np.array([_search(around, rng) for _ in range(starts)]))
    labels = encode(np.argmax(current > 0.5, axis=1).tolist())[0]
    same = labels[:, None] == labels[None, :]
    off = ~np.eye(len(labels), dtype=bool)
    agreement = float(np.where(same, together, 1 - together)[off].mean()) if off.any() else 1.0
    return Consensus(labels, _quality(surplus, labels), best, agreement)


def _together(found: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of divisions, one a row, in which each two units are in one community."""
    return np.asarray((found[:, :, None] == found[:, None, :]).mean(axis=0))


def _combined(
    layers: Sequence[ArrayLike],
    weights: Sequence[float] | None,
    resolution: float,
) -> NDArray[np.float64] | None:
    """Weighted mean surplus of the layers; ``None`` without a tie."""
    matrices = [checked_adjacency(layer, symmetric=True) for layer in layers]
    if len({matrix.shape for matrix in matrices}) != 1:
        raise ValueError("layers must be over the same units")
    scale = [1.0] * len(matrices) if weights is None else list(weights)
    if len(scale) != len(matrices) or not all(weight > 0 for weight in scale):
        raise ValueError("weights must be one for each layer, above 0")
    used = [(w, matrix) for w, matrix in zip(scale, matrices, strict=True) if matrix.any()]
    if not used:
        return None
    whole = sum(weight for weight, _ in used)
    parts = [weight / whole * _surplus(matrix, resolution) for weight, matrix in used]
    return np.asarray(np.sum(parts, axis=0))


def _surplus(matrix: NDArray[np.float64], resolution: float) -> NDArray[np.float64]:
    """Share of ties less what degrees alone give, for every ordered pair."""
    total = matrix.sum()
    degree = matrix.sum(axis=1)
    return np.asarray(matrix / total - resolution * np.outer(degree, degree) / total**2)


def _quality(surplus: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    return float(surplus[labels[:, None] == labels[None, :]].sum())


def _search(surplus: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    n = len(surplus)
    place = np.arange(n)  # which block of the current level each unit is in
    labels = np.arange(n)  # community of each block
    block_surplus = surplus
    while True:
        labels = _move(block_surplus, labels, rng)
        refined = _refine(block_surplus, labels, rng)
        parts, first = np.unique(refined, return_index=True)
        if parts.size == len(block_surplus):
            return labels[place]
        index = np.searchsorted(parts, refined)
        merge = np.zeros((len(block_surplus), parts.size))
        merge[np.arange(len(block_surplus)), index] = 1
        labels = np.searchsorted(np.unique(labels), labels)[first]
        block_surplus = merge.T @ block_surplus @ merge
        place = index[place]


def _move(
    surplus: NDArray[np.float64], labels: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Move blocks one at a time to the community that gains most, until none gains."""
    n = len(surplus)
    labels = labels.copy()
    moved = True
    while moved:
        moved = False
        for block in rng.permutation(n):
            pull = np.bincount(labels, surplus[block], minlength=n)
            pull[labels[block]] -= surplus[block, block]
            # an empty community pulls with 0: a block leaves one that does it harm
            best = int(pull.argmax())
            if pull[best] > pull[labels[block]] + 1e-12:
                labels[block] = best
                moved = True
    return labels


def _refine(
    surplus: NDArray[np.float64], labels: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Build each community anew from single blocks that gain by joining.

    Only ties make a surplus positive, so what joins is tied and every part stays connected.
    """
    n = len(surplus)
    refined = np.arange(n)
    sizes = np.ones(n, dtype=np.int64)
    for block in rng.permutation(n):
        if sizes[refined[block]] > 1:
            continue
        inside = labels == labels[block]
        pull = np.bincount(refined[inside], surplus[block, inside], minlength=n)
        pull[refined[block]] = 0
        best = int(pull.argmax())
        if pull[best] > 1e-12:
            sizes[refined[block]] -= 1
            refined[block] = best
            sizes[best] += 1
    return refined
