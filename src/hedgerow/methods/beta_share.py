"""A share known through a posterior: what counts say when they are few."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class PosteriorShare:
    """Posterior of a share.

    Attributes
    ----------
    mean
        Posterior mean.
    low, high
        Central interval.
    level
        Its probability.
    """

    mean: float
    low: float
    high: float
    level: float


def posterior_share(
    successes: float,
    failures: float,
    prior: tuple[float, float] = (1.0, 1.0),
    level: float = 0.95,
) -> PosteriorShare:
    """Beta posterior of a share after so many successes and failures.

    ``Beta(a + successes, b + failures)`` for a prior ``Beta(a, b)``.

    Parameters
    ----------
    successes, failures
        Zero or more; fractions are allowed.
    prior
        Both above 0; (1, 1) holds every share equally likely.
    level
        Of the interval, strictly between 0 and 1.

    Raises
    ------
    ValueError
        If a count is below 0 or not finite, the prior is not above 0, or the level is out of range.

    Notes
    -----
    Laws: swapping successes and failures under an even prior mirrors everything about 1/2; more
    counts at the same share narrow the interval. Treats cases as independent draws.

    References
    ----------
    [gelman2013]
    """
    if not (0 <= successes < math.inf and 0 <= failures < math.inf):
        raise ValueError(
            f"counts must be finite and zero or more, found {successes} and {failures}"
        )
    if not all(0 < each < math.inf for each in prior):
        raise ValueError(f"the prior must be above 0, found {prior}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    from scipy.special import betaincinv  # heavy: only where there is something to reckon

    a, b = prior[0] + successes, prior[1] + failures
    tail = (1 - level) / 2
    return PosteriorShare(
        a / (a + b), float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail)), level
    )
