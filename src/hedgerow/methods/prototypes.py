"""How like each of several prototypes something is, when it is known with error."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def memberships(draws: ArrayLike, prototypes: ArrayLike, spread: float) -> NDArray[np.float64]:
    """Mean share of membership in each prototype over draws of a position.

    In each draw the shares are ``exp(-d_k^2 / (2 spread^2))`` over their sum, with d the distance
    to prototype k.

    Parameters
    ----------
    draws : array of shape (B, dimensions)
        Possible positions: one row if the position is certain.
    prototypes : array of shape (k, dimensions)
        A coordinate may be NaN: on that dimension the prototype is at home everywhere.
    spread
        Standard deviation of a measurement, in the unit of the positions, above 0.

    Returns
    -------
    array of shape (k,)
        Adding up to 1.

    Raises
    ------
    ValueError
        If shapes do not fit, a position is not finite, a prototype is infinite, or the spread is
        not above 0 and finite.

    Notes
    -----
    Shares always add up to 1, so that what is unlike every prototype still belongs somewhere: look
    at the position too. A prototype with a free coordinate gains by it, as it is never far away
    there.
    """
    positions = np.asarray(draws, dtype=float)
    targets = np.asarray(prototypes, dtype=float)
    if positions.ndim != 2 or targets.ndim != 2 or positions.shape[1] != targets.shape[1]:
        raise ValueError(
            f"draws and prototypes must share their dimensions, found {positions.shape} and "
            f"{targets.shape}"
        )
    if not positions.size or not np.isfinite(positions).all():
        raise ValueError("positions must be finite, one draw or more")
    if not 0 < spread < np.inf:
        raise ValueError(f"spread must be finite and above 0, found {spread}")
    if np.isinf(targets).any():
        raise ValueError("a coordinate of a prototype is infinite: NaN is at home everywhere")
    apart = np.nan_to_num(positions[:, None, :] - targets[None, :, :], nan=0.0)
    heights = -np.sum(apart**2, axis=2)
    heights = (heights - heights.max(axis=1, keepdims=True)) / (2 * spread**2)
    shares = np.exp(heights)
    return np.asarray((shares / shares.sum(axis=1, keepdims=True)).mean(axis=0))


def normalised_entropy(shares: ArrayLike) -> float:
    """How evenly shares are spread: ``-sum p ln p / ln k``, from 0 (all in one) to 1 (alike).

    Parameters
    ----------
    shares : array of shape (k,)
        Zero or more, adding up to 1; two or more.

    Raises
    ------
    ValueError
        If they are fewer than two or do not add up to 1.
    """
    p = np.asarray(shares, dtype=float)
    if p.ndim != 1 or p.size < 2 or np.any(p < 0) or abs(p.sum() - 1) > 1e-6:
        raise ValueError("shares must be two or more, of zero or more, adding up to 1")
    used = p[p > 0]
    return float(max(0.0, -np.sum(used * np.log(used))) / np.log(p.size))
