"""The equal level that would be as good as an unequal distribution: Kolm-Pollak."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.weighting import weighted_values


def kolm_pollak_ede(values: ArrayLike, epsilon: float, weights: ArrayLike | None = None) -> float:
    """Kolm-Pollak equally distributed equivalent.

    ``EDE = -(1/kappa) ln mean(exp(-kappa x))`` with ``kappa = epsilon * mean(x) / mean(x^2)``,
    computed with the largest exponent taken out, so that it cannot overflow.

    Parameters
    ----------
    values : array of shape (n,)
        A good (places, visits) or a burden (distance, minutes).
    epsilon
        Aversion to inequality: above 0 for a good, below 0 for a burden; further from 0 is
        more averse. 0.5 to 2 in size are usual; there is no neutral choice, so show several.
    weights : array of shape (n,), optional
        People that each value stands for.

    Returns
    -------
    float
        In the unit of the values. At most the mean for a good, at least the mean for a burden.

    Raises
    ------
    ValueError
        If ``epsilon`` is 0 or not finite, or values and weights are malformed.

    Notes
    -----
    Laws: equal values give that value; it lies between the smallest and the largest; taking
    from the better off to give to the worse off improves it. Zero throughout gives 0. Because
    kappa depends on the values, compare two distributions by
    :func:`kolm_pollak_ede_at` with one kappa for both.

    References
    ----------
    [sheriff2020], [logan2021]
    """
    if epsilon == 0 or not np.isfinite(epsilon):
        raise ValueError("epsilon must be finite: above 0 for a good, below 0 for a burden")
    x, share = weighted_values(values, weights)
    square = float(share @ x**2)
    if square == 0:
        return 0.0
    return kolm_pollak_ede_at(x, epsilon * float(share @ x) / square, share)


def kolm_pollak_ede_at(values: ArrayLike, kappa: float, weights: ArrayLike | None = None) -> float:
    """Kolm-Pollak equivalent at a given ``kappa``, in 1 over the unit of the values.

    Adding a constant to every value adds it to the answer. With ``kappa`` 0 it is the mean.

    References
    ----------
    [sheriff2020]
    """
    x, share = weighted_values(values, weights)
    if not np.isfinite(kappa):
        raise ValueError(f"kappa must be finite, found {kappa}")
    if kappa == 0:
        return float(share @ x)
    exponent = -kappa * x
    top = exponent[share > 0].max()
    with np.errstate(over="ignore"):  # only where the weight is zero
        grown = np.where(share > 0, np.exp(exponent - top), 0.0)
    return float(-(top + np.log(share @ grown)) / kappa)


def kolm_pollak_gap(values: ArrayLike, epsilon: float, weights: ArrayLike | None = None) -> float:
    """Equivalent less mean: what inequality costs, in the unit of the values.

    0 or less for a good (``epsilon`` above 0), 0 or more for a burden; 0 when all are equal.

    References
    ----------
    [sheriff2020]
    """
    x, share = weighted_values(values, weights)
    return kolm_pollak_ede(x, epsilon, share) - float(share @ x)
