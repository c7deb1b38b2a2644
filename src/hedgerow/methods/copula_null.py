"""What a table would look like if its units were one continuum: a null for groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Margins = Literal["single-peaked", "as they are"]


@dataclass(frozen=True, eq=False)
class Continuum:
    """A table's columns as one cloud: each with a single peak, tied by their rank correlations.

    Attributes
    ----------
    quantiles : tuple of (chances, values)
        Of each column the knots of its quantile function, rising.
    root : array of shape (p, p)
        A root of the correlations of normal scores: ``root @ root.T``.
    missing : array of bool, shape (n, p)
        Where the table has no value; a drawn table has none there either.
    """

    quantiles: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    root: NDArray[np.float64]
    missing: NDArray[np.bool_]

    def draw(self, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw a table of the same shape, NaN where the first has no value."""
        from scipy.special import ndtr

        chances = ndtr(rng.standard_normal(self.missing.shape) @ self.root.T)
        drawn = np.column_stack(
            [np.interp(chances[:, j], *knots) for j, knots in enumerate(self.quantiles)]
        )
        drawn[self.missing] = np.nan
        return drawn


def fit_continuum(values: ArrayLike, margins: Margins = "single-peaked") -> Continuum:
    """Fit the continuum nearest to a table: single-peaked columns and a Gaussian copula.

    Parameters
    ----------
    values : array of shape (n, p)
        NaN is missing.
    margins : {"single-peaked", "as they are"}
        Columns as they are carry gaps between groups into the null: it is then a null of how
        columns hang together alone.

    Returns
    -------
    Continuum
        To draw from: a parametric bootstrap of what a clustering finds where there are no groups.

    Raises
    ------
    ValueError
        If the table is not two-dimensional or a column holds fewer than two values.

    Notes
    -----
    Columns as they are would carry the gaps between groups into the null, and hide them; so each
    is made single-peaked first (:func:`single_peaked`). Correlations are those of normal scores,
    and are adjusted until what is drawn has them. The assumption most likely to mislead: a
    bent continuum, in which columns lean on each other along a curve, is not in this family, and
    may be taken for groups.

    References
    ----------
    [hartigan1985], [nelsen2006], [cario1997], [tibshirani2001]
    """
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or np.any(np.sum(~np.isnan(table), axis=0) < 2):
        raise ValueError("values must be a table with two known values in every column")
    missing = np.isnan(table)
    fit = single_peaked if margins == "single-peaked" else _as_they_are
    quantiles = tuple(fit(column[~np.isnan(column)]) for column in table.T)
    wanted = _score_correlations(table)
    tried = wanted
    for _ in range(_ROUNDS):
        # a value that many share loses some of its correlation on the way: put it back
        trial = Continuum(quantiles, _root(tried), np.zeros((_TRIAL, len(quantiles)), dtype=bool))
        got = _score_correlations(trial.draw(np.random.default_rng(_TRIAL)))
        tried = np.clip(tried + wanted - got, -0.999, 0.999)
        np.fill_diagonal(tried, 1.0)
    return Continuum(quantiles, _root(tried), missing)


def _as_they_are(
    values: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Quantile function of the values: flat where many share one, straight from one to the next."""
    data = np.sort(values)
    return (np.arange(data.size) + 0.5) / data.size, data


_TRIAL, _ROUNDS = 2_000, 3
"""Units drawn, and rounds made, to give the drawn columns the correlations of the table's."""


def _score_correlations(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlations of the normal scores of all pairs of columns, over what both know."""
    from scipy.special import ndtri

    scores = np.full(table.shape, np.nan)
    for j, column in enumerate(table.T):
        known = ~np.isnan(column)
        scores[known, j] = ndtri(_mid_ranks(column[known]) / (known.sum() + 1))
    p = table.shape[1]
    together = np.eye(p)
    for i in range(p):
        for j in range(i):
            together[i, j] = together[j, i] = _correlation(scores[:, i], scores[:, j])
    return together


def _root(together: NDArray[np.float64]) -> NDArray[np.float64]:
    """A root of the nearest correlations that can be: no direction has a variance below 0."""
    heights, directions = np.linalg.eigh(together)
    root = directions * np.sqrt(np.maximum(heights, 0.0))
    return np.asarray(root / np.sqrt((root**2).sum(axis=1, keepdims=True)))


def single_peaked(values: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Quantile function of the single-peaked distribution nearest to values.

    Left of the peak the distribution function is the greatest convex one beneath the values' own,
    right of it the least concave one above; the peak is where the two stray least.

    Parameters
    ----------
    values : array of shape (n,)
        Finite, one or more.

    Returns
    -------
    (chances, values)
        Knots between which to draw straight lines, both rising. All of them lie within the range
        of the values.

    Raises
    ------
    ValueError
        Without a value, or with one that is not finite.

    Notes
    -----
    A value that many share stays as it is only at the peak; elsewhere its weight is spread.

    References
    ----------
    [hartigan1985]
    """
    data = np.sort(np.asarray(values, dtype=float))
    if data.ndim != 1 or not data.size or not np.isfinite(data).all():
        raise ValueError("values must be finite, one or more")
    points, counts = np.unique(data, return_counts=True)
    high = np.cumsum(counts) / data.size
    low = high - counts / data.size
    best = None
    for peak in range(points.size):
        left = _lower_hull(points[: peak + 1], low[: peak + 1])
        right = _lower_hull(-points[peak:][::-1], -high[peak:][::-1])
        x = np.concatenate([points[: peak + 1][left], points[peak:][::-1][right][::-1]])
        f = np.concatenate([low[: peak + 1][left], high[peak:][::-1][right][::-1]])
        before, after = (
            np.interp(points, *_apart(x, f, "low")),
            np.interp(points, *_apart(x, f, "")),
        )
        strays = max(np.abs(before - low).max(), np.abs(after - high).max())
        if best is None or strays < best[0] - 1e-12:
            best = strays, f, x
    assert best is not None  # there is a value, so there was a peak
    return best[1], best[2]


def _apart(
    x: NDArray[np.float64], f: NDArray[np.float64], side: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Knots with one height at the peak, where the function jumps: the lower or the upper one."""
    at = np.flatnonzero(np.diff(x) == 0)
    return np.delete(x, at + 1 if side == "low" else at), np.delete(
        f, at + 1 if side == "low" else at
    )


def _lower_hull(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[int]:
    """Places of the points on the greatest convex function beneath all; x rises strictly."""
    hull: list[int] = []
    for place in range(x.size):
        while len(hull) > 1:
            a, b = hull[-2], hull[-1]
            if (y[b] - y[a]) * (x[place] - x[a]) >= (y[place] - y[a]) * (x[b] - x[a]):
                hull.pop()
            else:
                break
        hull.append(place)
    return hull


def _mid_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, ties at their mean."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[codes])


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Correlation over what both know; 0 where one of them does not vary."""
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < 3:
        return 0.0
    a, b = first[both] - first[both].mean(), second[both] - second[both].mean()
    length = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / length) if length > 1e-12 else 0.0
