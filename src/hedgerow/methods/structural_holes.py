"""Burt's constraint and effective size: how far a unit's contacts know one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.network import checked_adjacency


def constraint(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Burt's constraint of every unit.

    ``c_i = sum_j (p_ij + sum_q p_iq p_qj)^2`` over the contacts j of i, where
    ``p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki)`` is the share of i's ties that goes to j.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Ties, weighted or not; both directions are added.

    Returns
    -------
    array of shape (n,)
        Above 0, and at most 1.125; high when contacts are few or know one another. NaN for a
        unit without ties, for which the measure has no meaning.

    Notes
    -----
    Law: multiplying all ties by a number changes nothing.

    References
    ----------
    [burt1992]
    """
    ties = _both_ways(adjacency)
    shares = _shares(ties)
    spent = np.where(ties > 0, shares + shares @ shares, 0.0)
    return np.where(ties.any(axis=1), np.sum(spent**2, axis=1), np.nan)


def effective_size(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Burt's effective size: contacts less what is redundant among them.

    ``e_i = sum_j (1 - sum_q p_iq m_jq)`` over contacts j of i and q other than i and j, with
    ``m_jq = (a_jq + a_qj) / max_k (a_jk + a_kj)``. For undirected ties without weights it is
    ``d - 2t/d`` with d contacts and t ties among them.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Ties, weighted or not; both directions are added.

    Returns
    -------
    array of shape (n,)
        From 1 (contacts all know one another) to the number of contacts (none do), when ties
        carry no weight. NaN for a unit without ties.

    References
    ----------
    [burt1992]
    """
    ties = _both_ways(adjacency)
    shares = _shares(ties)
    strongest = ties.max(axis=1, keepdims=True) if len(ties) else ties
    marginal = np.divide(ties, strongest, out=np.zeros_like(ties), where=strongest > 0)
    redundant = shares @ marginal.T
    size = np.sum(np.where(ties > 0, 1 - redundant, 0.0), axis=1)
    return np.where(ties.any(axis=1), size, np.nan)


def _both_ways(adjacency: ArrayLike) -> NDArray[np.float64]:
    matrix = checked_adjacency(adjacency)
    return np.asarray(matrix + matrix.T)


def _shares(ties: NDArray[np.float64]) -> NDArray[np.float64]:
    total = ties.sum(axis=1, keepdims=True)
    return np.divide(ties, total, out=np.zeros_like(ties), where=total > 0)
