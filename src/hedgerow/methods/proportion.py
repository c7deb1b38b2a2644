"""Interval for a share."""

from __future__ import annotations

import math
from statistics import NormalDist


def normal_quantile(level: float) -> float:
    """Standard normal deviate of a two-sided interval, e.g. 1.96 for a level of 0.95.

    Raises
    ------
    ValueError
        If the level is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson_interval(successes: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a share.

    ``(p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``

    Parameters
    ----------
    successes
        Units with the property, from 0 to ``n``.
    n
        Units looked at, above 0.
    level
        Confidence level, strictly between 0 and 1.

    Returns
    -------
    low, high : float
        Within 0 to 1, and around ``successes / n``.

    Raises
    ------
    ValueError
        If ``n`` is not above 0, or ``successes`` is outside 0 to ``n``.

    Notes
    -----
    Laws: swapping successes and failures mirrors the interval about 1/2; more units at the
    same share narrow it. It treats units as independent draws from something larger: for a
    complete register there is no sampling error, and for units in clusters it is too narrow.

    References
    ----------
    [wilson1927]
    """
    if not n > 0:
        raise ValueError(f"a share needs at least one unit, found n = {n}")
    if not 0 <= successes <= n:
        raise ValueError(f"successes must be from 0 to {n}, found {successes}")
    z = normal_quantile(level)
    share = successes / n
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - half) / scale
    high = 1.0 if successes == n else (centre + half) / scale
    return low, high
