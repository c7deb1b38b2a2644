"""Regression of one network on others, with a null that keeps their structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class NetworkRegression:
    """Coefficients of a regression between networks.

    Attributes
    ----------
    constant
        Mean response where all predictors are 0.
    coefficients : array of shape (p,)
        Change in the response for a unit of each predictor, the others held.
    tests : list of length p
        The t statistic of each predictor against its permutation null.
    r_squared
        Share of variance explained, 0 to 1.
    pairs
        Ordered pairs used.
    """

    constant: float
    coefficients: NDArray[np.float64]
    tests: list[NullDistribution]
    r_squared: float
    pairs: int


def network_regression(
    response: ArrayLike,
    predictors: Sequence[ArrayLike],
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NetworkRegression:
    """Multiple regression between networks with double semi-partialling (MRQAP-DSP).

    Coefficients are those of least squares over ordered pairs of different units. For the null
    of one predictor, what the other predictors leave of it is renumbered (rows and columns
    together), put back in its place, and its t statistic computed anew.

    Parameters
    ----------
    response : array of shape (n, n)
        The diagonal is ignored.
    predictors : sequence of arrays of shape (n, n)
        One or more.
    rng
        Source of randomness.
    draws
        Renumberings for each predictor.
    level
        Of the central null intervals.

    Returns
    -------
    NetworkRegression

    Raises
    ------
    ValueError
        If shapes differ, an entry off the diagonal is not finite, there are too few units, or
        a predictor is settled by the others.

    Notes
    -----
    Ordinary standard errors take pairs for independent and are far too small; these p-values
    do not. A pair that is missing cannot be left out: fill it, or leave out the unit.

    References
    ----------
    [dekker2007]
    """
    y = np.asarray(response, dtype=float)
    tables = [np.asarray(table, dtype=float) for table in predictors]
    n = len(y)
    if not tables or any(table.shape != (n, n) for table in [y, *tables]):
        raise ValueError("response and one predictor or more must be square, of one size")
    off = ~np.eye(n, dtype=bool)
    if not all(np.all(np.isfinite(table[off])) for table in [y, *tables]):
        raise ValueError("entries off the diagonal must be finite")
    target = y[off]
    design = np.column_stack([np.ones(target.size), *(table[off] for table in tables)])
    free = target.size - design.shape[1]
    if free < 1:
        raise ValueError(f"{n} units are too few for {len(tables)} predictors")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("a predictor is constant, or settled by the others")
    solution = np.linalg.lstsq(design, target)[0]
    residual = target - design @ solution
    tests = [
        _test(target, design, column, off, rng, draws, level)
        for column in range(1, design.shape[1])
    ]
    varies = float(np.sum((target - target.mean()) ** 2))
    explained = 1 - float(residual @ residual) / varies if varies > 0 else 0.0
    return NetworkRegression(float(solution[0]), solution[1:], tests, explained, target.size)


def _test(
    target: NDArray[np.float64],
    design: NDArray[np.float64],
    column: int,
    off: NDArray[np.bool_],
    rng: np.random.Generator,
    draws: int,
    level: float,
) -> NullDistribution:
    others = np.delete(design, column, axis=1)
    basis = np.linalg.qr(others)[0]

    def rest(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return values - basis @ (basis.T @ values)

    left = np.zeros(off.shape)
    left[off] = rest(design[:, column])
    target_rest = rest(target)
    whole = float(target_rest @ target_rest)
    free = target.size - design.shape[1]

    def statistic(values: NDArray[np.float64]) -> float:
        own = float(values @ values)
        shared = float(values @ target_rest)
        # a fit without error would divide by zero; the floor keeps it large and finite
        error = max((whole - shared**2 / own) / free, 1e-15 * whole, 1e-300)
        return shared / np.sqrt(own * error)

    null = np.empty(draws)
    for draw in range(draws):
        order = rng.permutation(len(off))
        null[draw] = statistic(rest(left[np.ix_(order, order)][off]))
    return null_distribution(statistic(left[off]), null, level=level)
