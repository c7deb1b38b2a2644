"""How much belonging to one group rather than another changes the odds: random intercepts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode

_MOST = 20.0
"""Largest standard deviation tried: odds that differ by e^20 are as good as certainty."""


@dataclass(frozen=True)
class RandomIntercepts:
    """A logistic model in which every group has its own level.

    Attributes
    ----------
    coefficients : array of shape (1 + p,)
        Constant and covariates, on the log-odds scale.
    sd, sd_low, sd_high
        Standard deviation of group levels on the log-odds scale, with its profile-likelihood
        interval; ``sd_low`` is 0 when no difference between groups is compatible with the data.
    log_likelihood
        At the fit.
    median_odds_ratio, ratio_low, ratio_high
        The same as median odds ratios, 1 or more.
    latent_share
        Share of variance between groups on the latent scale, ``sd^2 / (sd^2 + pi^2 / 3)``.
    group_levels : array of shape (k,)
        Most likely level of each group less the constant, shrunk towards 0.
    groups : list of length k
        Their labels.
    """

    coefficients: NDArray[np.float64]
    sd: float
    sd_low: float
    sd_high: float
    log_likelihood: float
    median_odds_ratio: float
    ratio_low: float
    ratio_high: float
    latent_share: float
    group_levels: NDArray[np.float64]
    groups: list[Any]


def median_odds_ratio(variance: float) -> float:
    """Median odds ratio of a variance between groups on the log-odds scale.

    ``exp(sqrt(2 variance) * 0.6745)``: the median, over pairs of groups, of the odds in the one
    with the higher odds over those in the other. 1 when groups do not differ.

    Raises
    ------
    ValueError
        If the variance is negative, or beyond what odds can express.

    References
    ----------
    [merlo2006]
    """
    if not 0 <= variance <= _MOST**4:
        raise ValueError(f"variance must be zero or more, at most {_MOST**4:g}, found {variance}")
    return math.exp(math.sqrt(2 * variance) * NormalDist().inv_cdf(0.75))


def fit_random_intercepts(
    outcomes: ArrayLike,
    groups: Sequence[Any] | ArrayLike,
    covariates: ArrayLike | None = None,
    points: int = 15,
    level: float = 0.95,
) -> RandomIntercepts:
    """Logistic regression with normal random intercepts, by adaptive quadrature.

    ``logit P(y_ig = 1) = b_0 + x_ig b + u_g`` with ``u_g ~ N(0, sd^2)``.

    Parameters
    ----------
    outcomes : array of 0 and 1, shape (n,)
    groups : sequence of length n
        Two groups or more, none missing.
    covariates : array of shape (n, p), optional
        Finite. Centre them, or the constant means little.
    points
        Quadrature points around each group's most likely level.
    level
        Of the interval of the standard deviation.

    Returns
    -------
    RandomIntercepts

    Raises
    ------
    ValueError
        If outcomes are not 0 and 1 or are all alike, a group is missing, there are fewer than
        two groups, or the fit does not settle (as when covariates separate the outcomes).

    Notes
    -----
    With one unit a group the spread cannot be told from chance. Levels are assumed normal: a
    few extreme groups inflate the spread for all.

    References
    ----------
    [merlo2006], [pinheiro1995]
    """
    y, codes, labels, x = _checked(outcomes, groups, covariates)
    rows = _Rows.gather(y, codes, x)
    nodes, node_weights = np.polynomial.hermite.hermgauss(points)
    quadrature = nodes, np.log(node_weights) + nodes**2

    def value(beta: NDArray[np.float64], sd: float) -> tuple[float, NDArray[np.float64], float]:
        return _log_likelihood(rows, beta, sd, quadrature)

    beta, sd, best = _maximise(value, _start(y, x.shape[1]), None)
    low, high = _profile_ends(value, beta, sd, best, level)
    modes = _modes(rows, beta, sd)[0]
    return RandomIntercepts(
        beta,
        sd,
        low,
        high,
        best,
        median_odds_ratio(sd**2),
        median_odds_ratio(low**2),
        median_odds_ratio(high**2),
        sd**2 / (sd**2 + math.pi**2 / 3),
        sd * modes,
        labels,
    )


@dataclass(frozen=True)
class _Rows:
    """Outcomes gathered over units alike in group and covariates."""

    x: NDArray[np.float64]
    group: NDArray[np.int64]
    ones: NDArray[np.float64]
    units: NDArray[np.float64]
    groups: int

    @classmethod
    def gather(
        cls, y: NDArray[np.float64], codes: NDArray[np.int64], x: NDArray[np.float64]
    ) -> _Rows:
        table = np.column_stack([codes, x])
        patterns, which = np.unique(table, axis=0, return_inverse=True)
        return cls(
            patterns[:, 1:],
            patterns[:, 0].astype(np.int64),
            np.bincount(which, y).astype(float),
            np.bincount(which).astype(float),
            int(codes.max()) + 1,
        )

    def by_group(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.group, values, minlength=self.groups).astype(float)


_Value = Callable[[NDArray[np.float64], float], tuple[float, NDArray[np.float64], float]]


def _modes(
    rows: _Rows, beta: NDArray[np.float64], sd: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Most likely standard-normal level of each group and the spread around it."""
    fixed = rows.x @ beta
    u = np.zeros(rows.groups)
    for _ in range(100):
        p = _chance(fixed + sd * u[rows.group])
        slope = sd * rows.by_group(rows.ones - rows.units * p) - u
        curvature = sd**2 * rows.by_group(rows.units * p * (1 - p)) + 1
        step = slope / curvature
        # the log-density is concave; a cap keeps the first steps from overshooting
        u = u + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    p = _chance(fixed + sd * u[rows.group])
    return u, 1 / np.sqrt(sd**2 * rows.by_group(rows.units * p * (1 - p)) + 1)


def _chance(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance at given log-odds; unlike its usual form it cannot overflow."""
    return np.asarray((1 + np.tanh(log_odds / 2)) / 2)


def _log_likelihood(
    rows: _Rows,
    beta: NDArray[np.float64],
    sd: float,
    quadrature: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> tuple[float, NDArray[np.float64], float]:
    """Log-likelihood and its slopes in the coefficients and in the standard deviation."""
    nodes, log_weights = quadrature
    centre, spread = _modes(rows, beta, sd)
    u = centre[:, None] + math.sqrt(2) * spread[:, None] * nodes
    eta = (rows.x @ beta)[:, None] + sd * u[rows.group]
    cells = rows.ones[:, None] * eta - rows.units[:, None] * np.logaddexp(0, eta)
    by_group = np.zeros_like(u)
    np.add.at(by_group, rows.group, cells)
    terms = by_group - u**2 / 2 + log_weights + np.log(spread)[:, None] - 0.5 * math.log(math.pi)
    top = terms.max(axis=1, keepdims=True)
    mass = np.exp(terms - top)
    whole = mass.sum(axis=1, keepdims=True)
    share = mass / whole
    residual = (rows.ones[:, None] - rows.units[:, None] * _chance(eta)) * share[rows.group]
    slope = rows.x.T @ residual.sum(axis=1)
    return (
        float(np.sum(top + np.log(whole))),
        slope,
        float(np.sum(residual * u[rows.group])),
    )


def _maximise(
    value: _Value, start: NDArray[np.float64], sd: float | None
) -> tuple[NDArray[np.float64], float, float]:
    """Best coefficients, standard deviation (unless it is given) and log-likelihood."""
    from scipy.optimize import minimize  # half a second to load, and only this model needs it

    free = sd is None

    def objective(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        beta = point[: start.size]
        found, slope, sd_slope = value(beta, float(point[-1]) if free else float(sd or 0.0))
        return -found, -(np.append(slope, sd_slope) if free else slope)

    bounds: list[tuple[float | None, float | None]] = [(None, None)] * start.size
    point = np.append(start, 0.5) if free else start
    answer = minimize(
        objective,
        point,
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (0.0, _MOST)] if free else bounds,
        options={"ftol": 1e-13, "gtol": 1e-7, "maxiter": 1000},
    )
    beta = np.asarray(answer.x[: start.size])
    if not np.isfinite(answer.fun) or np.any(np.abs(beta) > 1e4):
        raise ValueError("the model does not settle: covariates may separate the outcomes")
    return beta, float(answer.x[-1]) if free else float(sd or 0.0), -float(answer.fun)


def _profile_ends(
    value: _Value, beta: NDArray[np.float64], sd: float, best: float, level: float
) -> tuple[float, float]:
    """Standard deviations at which the profile likelihood has dropped by half a chi-square."""
    drop = NormalDist().inv_cdf(0.5 + level / 2) ** 2 / 2

    def short_of(trial: float) -> float:
        return _maximise(value, beta, trial)[2] - (best - drop)

    low = 0.0 if short_of(0.0) > 0 else _root(short_of, 0.0, sd)
    above = max(2 * sd, 0.5)
    while above < _MOST and short_of(above) > 0:
        above *= 2
    return low, _root(short_of, above, sd) if above < _MOST else _MOST


def _root(function: Callable[[float], float], outside: float, inside: float) -> float:
    """Where a function changes sign between a point below 0 and one above, by halving."""
    while abs(outside - inside) > 1e-4 * max(1.0, inside):
        middle = (outside + inside) / 2
        if function(middle) > 0:
            inside = middle
        else:
            outside = middle
    return (outside + inside) / 2


def _start(y: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
    start = np.zeros(columns)
    start[0] = math.log(y.mean() / (1 - y.mean()))
    return start


def _checked(
    outcomes: ArrayLike, groups: Sequence[Any] | ArrayLike, covariates: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.int64], list[Any], NDArray[np.float64]]:
    y = np.asarray(outcomes, dtype=float)
    if y.ndim != 1 or not y.size or not np.isin(y, (0, 1)).all():
        raise ValueError("outcomes must be 0 or 1, one or more, in one dimension")
    if not 0 < y.mean() < 1:
        raise ValueError("outcomes are all alike: odds are zero or endless")
    codes, labels = encode(groups)
    if codes.size != y.size:
        raise ValueError(f"lengths differ: {y.size} outcomes and {codes.size} groups")
    if np.any(codes == MISSING):
        raise ValueError("a group is missing")
    if len(labels) < 2:
        raise ValueError("a spread between groups needs two groups or more")
    columns = [np.ones(y.size)]
    if covariates is not None:
        table = np.asarray(covariates, dtype=float)
        if table.ndim != 2 or len(table) != y.size or not np.all(np.isfinite(table)):
            raise ValueError("covariates must be a finite table with a row for each outcome")
        columns.extend(table.T)
    return y, codes, labels, np.column_stack(columns)
