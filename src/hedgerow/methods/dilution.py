"""How much is lost when something is handed on from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.bootstrap import BootstrapInterval, percentile_interval, resampled_weights


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
    if not (0 < a < np.inf and 0 < b < np.inf):
        raise ValueError(f"Beta({a}, {b}) is no prior: both must be finite and above 0")
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


def kept_shares(given: ArrayLike, received: ArrayLike) -> NDArray[np.float64]:
    """Share that each hand-over kept: slope through the origin of what was received on what was
    given.

    ``kept_l = sum_i x_il y_il / sum_i x_il^2`` over the units scored on both sides of hand-over l.

    Parameters
    ----------
    given, received : arrays of shape (units, levels)
        Scores on one scale on either side of each hand-over; NaN where not scored.

    Returns
    -------
    array of shape (levels,)
        1 where as much arrived as was given; above 1 where more did. NaN where no unit was scored
        on both sides, or all that was given is 0.

    Raises
    ------
    ValueError
        If shapes differ, or a score is negative or infinite.

    Notes
    -----
    Units that were given more weigh more. What was known before the hand-over counts as received:
    without a score from before, kept shares flatter it.
    """
    products, squares = _products(given, received)
    return _slopes(products.sum(axis=0), squares.sum(axis=0))


def measured_loss(
    given: ArrayLike,
    received: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> BootstrapInterval | None:
    """Share lost along the whole chain, ``1 - prod_l kept_l``, with units resampled.

    Parameters
    ----------
    given, received
        As in :func:`kept_shares`.
    rng
        Source of randomness.
    draws, level
        Of the bootstrap.

    Returns
    -------
    BootstrapInterval or None
        Not clipped: below 0 where more arrived than was given. ``None`` where a hand-over has no
        kept share.

    Raises
    ------
    ValueError
        As for :func:`kept_shares`, or with fewer than two units.

    References
    ----------
    [efron1993]
    """
    products, squares = _products(given, received)
    kept = _slopes(products.sum(axis=0), squares.sum(axis=0))
    if np.isnan(kept).any():
        return None
    losses = [
        1 - np.prod(_slopes(times @ products, times @ squares), axis=1)
        for times in resampled_weights(products.shape[0], rng, draws=draws)
    ]
    value = float(1 - np.prod(kept))
    return percentile_interval(value, np.concatenate(losses), level, products.shape[0])


def _products(
    given: ArrayLike, received: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Products and squares of the units scored on both sides, 0 for the others."""
    x, y = np.asarray(given, dtype=float), np.asarray(received, dtype=float)
    if x.ndim != 2 or x.shape != y.shape:
        raise ValueError(f"given and received differ in shape: {x.shape}, {y.shape}")
    if np.any(np.isinf(x)) or np.any(np.isinf(y)) or np.any(x < 0) or np.any(y < 0):
        raise ValueError("scores must be zero or more, or missing")
    both = ~(np.isnan(x) | np.isnan(y))
    return np.where(both, x * y, 0.0), np.where(both, x * x, 0.0)


def _slopes(products: NDArray[np.float64], squares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(products, squares, out=np.full(products.shape, np.nan), where=squares > 0)
