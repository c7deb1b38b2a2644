"""Effective numbers of types (Hill numbers), rarefaction and the Gini-Simpson index."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hill_number(counts: ArrayLike, q: float) -> float:
    """Effective number of types: how many equally common types would be as diverse.

    ``D_q = (sum_k p_k^q)^(1/(1-q))``, with the limits ``D_1 = exp(-sum_k p_k ln p_k)`` and
    ``D_inf = 1 / max_k p_k``. ``D_0`` is the number of types, ``D_2 = 1 / sum_k p_k^2``.

    Parameters
    ----------
    counts : array of shape (k,)
        Units of each type, zero or more; zeros are ignored. Weights are allowed.
    q
        Order, zero or more (``math.inf`` too). The higher, the less rare types matter.

    Returns
    -------
    float
        Between 1 and the number of types present.

    Raises
    ------
    ValueError
        If a count is negative or not finite, all are zero, or ``q`` is negative.

    Notes
    -----
    Laws: k equal types give k for every q; never rises with q; doubling every count changes
    nothing; splitting each type into m equal ones multiplies the number by m.
    The number grows with the number of units sampled, so places of different size are
    comparable only after :func:`rarefied_hill`.

    References
    ----------
    [jost2006]
    """
    shares = _shares(counts)
    return float(_hill_of_shares(shares[None, :], q)[0])


def hill_numbers(counts: ArrayLike, q: float) -> NDArray[np.float64]:
    """Hill number of each row of a table of counts, as :func:`hill_number`.

    Parameters
    ----------
    counts : array of shape (n, k)
        Units of each type in each of n samples, zero or more; no row all zero.
    q
        Order, zero or more.

    Returns
    -------
    array of shape (n,)

    Raises
    ------
    ValueError
        If a count is negative or not finite, a row is all zero, or ``q`` is negative.

    References
    ----------
    [jost2006]
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2:
        raise ValueError(f"counts must be a table, found {table.ndim} dimensions")
    if not np.all(np.isfinite(table)) or np.any(table < 0):
        raise ValueError("counts must be finite and zero or more")
    total = table.sum(axis=1, keepdims=True)
    if np.any(total == 0):
        raise ValueError("diversity of nothing: a row is all zero")
    return _hill_of_shares(table / total, q)


def rarefied_hill(
    counts: ArrayLike, size: int, q: float, draws: int, rng: np.random.Generator
) -> float:
    """Mean Hill number of samples of a fixed size drawn without replacement.

    Parameters
    ----------
    counts : array of int, shape (k,)
        Units of each type.
    size
        Units in each sample, from 1 to the sum of counts.
    q
        Order of the Hill number.
    draws
        Number of samples; the Monte-Carlo error falls with its root.
    rng
        Source of randomness.

    Returns
    -------
    float
        Between 1 and ``min(size, number of types)``.

    Raises
    ------
    ValueError
        If counts are not whole numbers or add up to 1e9 or more, or ``size`` is below 1 or above
        their sum.

    Notes
    -----
    With ``size`` equal to the sum the answer is ``hill_number(counts, q)`` exactly. For
    ``q = 0`` the expectation is ``sum_k 1 - C(N - n_k, size) / C(N, size)`` [hurlbert1971].

    References
    ----------
    [jost2006], [hurlbert1971]
    """
    array = np.asarray(counts, dtype=float)
    _shares(array)
    if np.any(array % 1 > 0) or array.sum() >= 10**9:
        raise ValueError("counts must be whole numbers, adding up to less than 1e9, to be rarefied")
    total = int(array.sum())
    if not 1 <= size <= total:
        raise ValueError(f"sample size must be from 1 to {total}, found {size}")
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, found {draws}")
    sample = rng.multivariate_hypergeometric(
        array.astype(np.int64), size, size=draws, method="marginals"
    )
    return float(_hill_of_shares(sample / size, q).mean())


def gini_simpson(counts: ArrayLike) -> float:
    """Chance that two units drawn with replacement are of different types.

    ``1 - sum_k p_k^2``, from 0 (one type) to ``1 - 1/k``.

    Parameters
    ----------
    counts : array of shape (k,)
        Units of each type, zero or more.

    Raises
    ------
    ValueError
        If a count is negative or not finite, or all are zero.

    Notes
    -----
    Drawn *with* replacement: two units of a small group can be one unit twice, so a group of
    n units that are all different scores ``1 - 1/n``, not 1.

    References
    ----------
    [jost2006]
    """
    return float(1.0 - np.sum(_shares(counts) ** 2))


def _shares(counts: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(counts, dtype=float)
    if array.ndim != 1:
        raise ValueError(f"counts must be one-dimensional, found {array.ndim} dimensions")
    if not np.all(np.isfinite(array)) or np.any(array < 0):
        raise ValueError("counts must be finite and zero or more")
    total = array.sum()
    if total == 0:
        raise ValueError("diversity of nothing: every count is zero")
    return np.asarray(array / total)


def _hill_of_shares(shares: NDArray[np.float64], q: float) -> NDArray[np.float64]:
    """Hill number of each row of shares."""
    if not q >= 0:
        raise ValueError(f"order q must be zero or more, found {q}")
    present = shares > 0
    if q == 0:
        return np.asarray(present.sum(axis=1).astype(float))
    if math.isinf(q):
        return np.asarray(1.0 / shares.max(axis=1))
    safe = np.where(present, shares, 1.0)
    # near q = 1 the power form divides two vanishing numbers; the limit is exact to 1e-9 there
    if abs(q - 1) < 1e-9:
        return np.asarray(np.exp(-np.sum(safe * np.log(safe) * present, axis=1)))
    # measured against the largest share, whose power could vanish for a high order
    top = shares.max(axis=1)
    powers = np.sum((shares / top[:, None]) ** q, axis=1)
    return np.asarray(np.exp((np.log(powers) + q * np.log(top)) / (1.0 - q)))
