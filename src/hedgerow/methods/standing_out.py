"""Whether one value lies outside the ordinary range of others, allowing for every value's error."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.partial_pooling import partial_pooling


@dataclass(frozen=True)
class Standing:
    """A value beside the ordinary range of others.

    Attributes
    ----------
    low, high
        The ordinary range: where the middle of the others truly lie.
    side
        1 above the median of the others, -1 below it, 0 on it.
    distance
        How far beyond the nearer edge, in standard errors of the value; 0 inside the range, and
        infinite beyond it for a value without error.
    p
        Of a value this far beyond, if it truly lay within.
    others
        How many there are.
    """

    low: float
    high: float
    side: int
    distance: float
    p: float
    others: int


def spread_without_error(values: ArrayLike, errors: ArrayLike) -> NDArray[np.float64]:
    """Values drawn together until they spread as the true values do, shape (k,).

    Each is drawn towards the median by ``sqrt(tau^2 / (tau^2 + error^2))``, with the true spread
    ``tau`` of :func:`~hedgerow.methods.partial_pooling.partial_pooling`. Shrinking by the whole
    factor would give each value its best guess, and all of them too little spread [louis1984].

    Parameters
    ----------
    values : array of shape (k,)
        Two or more.
    errors : array of shape (k,)
        Standard errors; 0 for a value without.

    Raises
    ------
    ValueError
        With fewer than two values, or errors below 0 or missing.
    """
    x, e = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    if x.ndim != 1 or x.size < 2 or e.shape != x.shape:
        raise ValueError("two values or more are needed, with a standard error for each")
    if not np.all(np.isfinite(x)) or not np.all(np.isfinite(e)) or np.any(e < 0):
        raise ValueError("values must be finite and standard errors not below 0")
    extent = float(np.ptp(x))
    if extent == 0 or not e.any():
        return x.copy()
    # pooling divides by the errors: one of next to nothing stands for none
    between = partial_pooling(x, np.maximum(e, 1e-6 * extent)).between_sd
    total = between**2 + e**2
    kept = np.sqrt(np.divide(between**2, total, out=np.ones_like(e), where=total > 0))
    centre = float(np.median(x))
    return centre + kept * (x - centre)


def standing(
    value: float,
    error: float,
    others: ArrayLike,
    other_errors: ArrayLike,
    inside: float = 0.8,
) -> Standing:
    """Set a value beside the ordinary range of others.

    The range runs from the r-th smallest to the r-th largest of the others once their error is
    taken out, with ``r = floor((1 - inside) / 2 * (k + 1))``: a further one like them lies outside
    with chance ``2 r / (k + 1)``, at most ``1 - inside``. The hypothesis tested is that the value
    truly lies within, not that it equals the middle: ``p = 2 (1 - Phi(distance))`` at the nearer
    edge, the least favourable place.

    Parameters
    ----------
    value : float
    error : float
        Its standard error; 0 for none.
    others : array of shape (k,)
        Comparable values, its own not among them.
    other_errors : array of shape (k,)
    inside : float
        Share of the others that the range holds at the least.

    Raises
    ------
    ValueError
        With too few others to have any outside the range, or as :func:`spread_without_error`.

    Notes
    -----
    Laws: moving and stretching all values alike changes nothing; a larger error never lowers p.
    Most likely to mislead: the others' range is taken as known, and with a few dozen it is not.

    References
    ----------
    [spiegelhalter2005], [louis1984]
    """
    spread = np.sort(spread_without_error(others, other_errors))
    rank = int((1 - inside) / 2 * (spread.size + 1) + 1e-9)
    if rank < 1:
        raise ValueError(f"{spread.size} others are too few for a range that holds {inside:.0%}")
    if not (np.isfinite(value) and np.isfinite(error) and error >= 0):
        raise ValueError("the value must be finite and its standard error not below 0")
    low, high = float(spread[rank - 1]), float(spread[-rank])
    beyond = max(value - high, low - value, 0.0)
    distance = 0.0 if beyond == 0 else beyond / error if error > 0 else np.inf
    p = min(1.0, 2 * (1 - NormalDist().cdf(distance)))
    side = int(np.sign(value - np.median(np.asarray(others, dtype=float))))
    return Standing(low, high, side, float(distance), p, int(spread.size))
