"""What chance alone would give: null distributions from permuted labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class NullDistribution:
    """An observed statistic set against what chance gives.

    Attributes
    ----------
    observed
        The statistic as observed.
    mean, sd
        Of the statistic under the null.
    low, high
        Central interval of the null (95 per cent unless asked otherwise).
    p_lower, p_upper
        ``(1 + draws at most / at least as large as observed) / (draws + 1)``.
    p_two_sided
        Twice the smaller of the two, at most 1.
    draws
        Number of random draws, B.
    """

    observed: float
    mean: float
    sd: float
    low: float
    high: float
    p_lower: float
    p_upper: float
    p_two_sided: float
    draws: int

    @property
    def effect(self) -> float:
        """Observed less the null mean: the size that is comparable between places."""
        return self.observed - self.mean

    @property
    def z(self) -> float | None:
        """Effect in null standard deviations; ``None`` when the null does not vary.

        Grows with the number of units at the same effect, so never compare it between places.
        """
        return self.effect / self.sd if self.sd > 0 else None


def null_distribution(
    observed: float, null: ArrayLike, mean: float | None = None, level: float = 0.95
) -> NullDistribution:
    """Summary of an observed value against draws under the null.

    Parameters
    ----------
    observed
        The statistic as observed.
    null : array of shape (draws,)
        The statistic under the null.
    mean
        The exact null mean where a closed form is known; else the mean of the draws.
    level
        Of the central null interval.

    Raises
    ------
    ValueError
        If there are no draws, or a value is not finite.

    Notes
    -----
    The observed value counts as one of the draws, so no p-value is below ``1/(draws + 1)``.
    Draws that differ from the observed only by rounding count as equal to it.

    References
    ----------
    [phipson2010]
    """
    values = np.asarray(null, dtype=float)
    if values.ndim != 1 or values.size == 0:
        raise ValueError("null must hold at least one draw, in one dimension")
    if not (np.all(np.isfinite(values)) and np.isfinite(observed)):
        raise ValueError("the statistic is not finite for the observed data or some draw")
    slack = 1e-12 * max(abs(observed), float(np.abs(values).max()))
    b = values.size
    p_lower = (1 + int(np.sum(values <= observed + slack))) / (b + 1)
    p_upper = (1 + int(np.sum(values >= observed - slack))) / (b + 1)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    sd = float(values.std(ddof=1)) if b > 1 else 0.0
    return NullDistribution(
        observed=float(observed),
        mean=float(values.mean()) if mean is None else float(mean),
        sd=sd if sd > slack else 0.0,
        low=float(low),
        high=float(high),
        p_lower=p_lower,
        p_upper=p_upper,
        p_two_sided=min(1.0, 2 * min(p_lower, p_upper)),
        draws=b,
    )


def permutation_test(
    statistic: Callable[[NDArray[Any]], float],
    labels: ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution:
    """Permutation test of any statistic of a labelling.

    Parameters
    ----------
    statistic
        From labels, shape (n,), to a finite number. Called ``draws + 1`` times.
    labels : array of shape (n,)
        Permuted over the units; each label keeps its number of units.
    rng
        Source of randomness.
    draws
        Number of permutations.
    level
        Of the central null interval.

    Raises
    ------
    ValueError
        If ``draws`` is below 1 or the statistic is not finite.

    Notes
    -----
    Assumes that units are exchangeable under the null. Where position matters (neighbouring
    units are alike for other reasons) the test answers a narrower question than it seems to.

    References
    ----------
    [phipson2010]
    """
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, found {draws}")
    values = np.asarray(labels)
    observed = float(statistic(values))
    null = np.array([statistic(rng.permutation(values)) for _ in range(draws)], dtype=float)
    return null_distribution(observed, null, level=level)


def permuted_codes(
    codes: NDArray[np.int64], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Independent permutations of codes, one a row, shape (draws, n)."""
    return rng.permuted(np.broadcast_to(codes, (draws, codes.size)), axis=1)
