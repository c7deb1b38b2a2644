"""How much is lost when something is handed on from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class ExpectedLoss:
    """What is expected to be lost along chains of hand-overs, when nobody measured it.

    Attributes
    ----------
    expected
        Mean under the prior, exact.
    low, high
        Central band under the prior: what is believed, not what was observed.
    level
        Of the band.
    """

    expected: float
    low: float
    high: float
    level: float


def share_lost(kept: ArrayLike, cycles: int = 1) -> float:
    """Share lost along one chain: ``1 - prod_l (1 - (1 - kept_l)^r)``.

    Parameters
    ----------
    kept : array of shape (levels,)
        Share that each hand-over keeps, 0 to 1; no hand-over loses nothing.
    cycles
        How often each hand-over is repeated, r; what was missed is met again each time.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ValueError
        If a share is outside 0 to 1, or cycles are below 1.

    Notes
    -----
    Laws: 0 when every hand-over keeps all; never falls when a hand-over is added; never rises
    with cycles. Repetitions are taken as independent, which flatters them.
    """
    shares = np.asarray(kept, dtype=float)
    if shares.ndim != 1 or not np.all((shares >= 0) & (shares <= 1)):
        raise ValueError("shares kept must be a list of numbers from 0 to 1")
    _check_cycles(cycles)
    return float(1 - np.prod(1 - (1 - shares) ** cycles))


def expected_loss(
    weights: ArrayLike,
    a: float,
    b: float,
    rng: np.random.Generator,
    *,
    cycles: int = 1,
    draws: int = 9999,
    level: float = 0.9,
) -> ExpectedLoss:
    """Expected share lost over chains of several lengths, each hand-over keeping Beta(a, b).

    Hand-overs at the same place in the chain keep the same share, those at different places
    independent ones. ``E = 1 - sum_d w_d m^d`` with ``m = 1 - prod_{i<r} (b + i) / (a + b + i)``,
    which is ``a / (a + b)`` without repetition.

    Parameters
    ----------
    weights : array of shape (longest,)
        How many chains have 1, 2, ... hand-overs; not all zero.
    a, b
        Of the prior, above 0.
    rng
        Source of randomness, for the band alone.
    cycles
        How often each hand-over is repeated.
    draws
        Draws of the prior behind the band.
    level
        Of the band.

    Raises
    ------
    ValueError
        If a weight is negative or all are zero, the prior is improper, cycles are below 1, or the
        level is not between 0 and 1.
    """
    counts = np.asarray(weights, dtype=float)
    if counts.ndim != 1 or not np.all(np.isfinite(counts)) or np.any(counts < 0):
        raise ValueError("weights must be a list of numbers of zero or more")
    if counts.sum() == 0:
        raise ValueError("no chain has any weight")
    if not (a > 0 and b > 0):
        raise ValueError(f"Beta({a}, {b}) is no prior: both must be above 0")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, found {level}")
    _check_cycles(cycles)
    shares = counts / counts.sum()
    mean = 1 - float(np.prod([(b + i) / (a + b + i) for i in range(cycles)]))
    drawn = 1 - (1 - rng.beta(a, b, size=(draws, counts.size))) ** cycles
    lost = _mean_loss(drawn, shares)
    low, high = np.quantile(lost, [(1 - level) / 2, (1 + level) / 2])
    exact = _mean_loss(np.full((1, counts.size), mean), shares)[0]
    return ExpectedLoss(float(exact), float(low), float(high), level)


def _mean_loss(kept: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 - np.cumprod(kept, axis=1) @ shares)


def _check_cycles(cycles: int) -> None:
    if cycles < 1:
        raise ValueError(f"cycles must be 1 or more, found {cycles}")
