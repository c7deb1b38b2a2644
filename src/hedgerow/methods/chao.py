"""How many were never seen? Chao's estimate of the unseen, and sample coverage."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.proportion import normal_quantile


@dataclass(frozen=True)
class UnseenEstimate:
    """Estimated total number of kinds.

    Attributes
    ----------
    seen
        Kinds seen.
    total
        Estimated number of kinds, seen and unseen: a lower bound rather than a best guess.
    low, high
        Log-normal interval; ``low`` is never below ``seen``.
    coverage
        Estimated share of the whole that belongs to kinds seen, ``1 - f1 / n``. 0 when every
        kind was seen once.
    """

    seen: int
    total: float
    low: float
    high: float
    coverage: float


def chao_estimate(counts: ArrayLike, level: float = 0.95) -> UnseenEstimate:
    """Chao's bias-corrected lower bound: ``S + f1 (f1 - 1) / (2 (f2 + 1))``.

    Parameters
    ----------
    counts : array of int, shape (k,)
        How often each kind was seen; zeros are ignored. f1 kinds were seen once, f2 twice.
    level
        Of the interval.

    Returns
    -------
    UnseenEstimate

    Raises
    ------
    ValueError
        If counts are not whole numbers of zero or more, or nothing was seen.

    Notes
    -----
    Assumes that sightings are independent of one another and could fall on anybody; people
    named by friends of those already seen are not, and the bound can then be too low.

    References
    ----------
    [chao1984], [chao1987], [good1953]
    """
    array = np.asarray(counts, dtype=float)
    if array.ndim != 1 or not np.all(np.isfinite(array)) or np.any((array < 0) | (array % 1 > 0)):
        raise ValueError("counts must be whole numbers of zero or more")
    seen = int(np.sum(array > 0))
    if not seen:
        raise ValueError("nothing was seen")
    once, twice = int(np.sum(array == 1)), int(np.sum(array == 2))
    unseen = once * (once - 1) / (2 * (twice + 1))
    variance = (
        unseen
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    low = high = float(seen)
    if unseen > 0:
        spread = math.exp(normal_quantile(level) * math.sqrt(math.log(1 + variance / unseen**2)))
        low, high = seen + unseen / spread, seen + unseen * spread
    return UnseenEstimate(seen, seen + unseen, low, high, 1 - once / float(array.sum()))
