"""Interval of a rate from a count of rare things."""

from __future__ import annotations

import math


def rate_interval(count: int, exposure: float, level: float = 0.95) -> tuple[float, float]:
    """Central posterior interval of a Poisson rate under Jeffreys' prior.

    ``Gamma(count + 1/2)`` quantiles over the exposure; the lower end is 0 for a count of 0.

    Parameters
    ----------
    count
        Things counted, zero or more.
    exposure
        What they were counted over, above 0.
    level
        Strictly between 0 and 1.

    Returns
    -------
    low, high : float
        Around ``count / exposure``, in things per unit of exposure.

    Raises
    ------
    ValueError
        If the count is below 0, the exposure not above 0, either not finite, or the level out of
        range.

    Notes
    -----
    Law: exposure in other units scales both ends. Assumes that things turn up independently.

    References
    ----------
    [jeffreys1946]
    """
    if not 0 <= count < math.inf:
        raise ValueError(f"a count must be finite and zero or more, found {count}")
    if not 0 < exposure < math.inf:
        raise ValueError(f"the exposure must be finite and above 0, found {exposure}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    from scipy.special import gammaincinv  # heavy: only where there is something to reckon

    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count + 0.5, tail))
    return low / exposure, float(gammaincinv(count + 0.5, 1 - tail)) / exposure
