"""Dissimilarity of units described by variables of different kinds: Gower's coefficient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode

Kind = Literal["numeric", "ordinal", "nominal", "symmetric", "asymmetric"]


def gower_dissimilarity(
    columns: Sequence[Sequence[Any] | ArrayLike],
    kinds: Sequence[Kind],
    weights: Sequence[float] | None = None,
) -> NDArray[np.float64]:
    """Gower dissimilarity of all pairs of units.

    ``d_ij = sum_v w_v delta_ijv d_ijv / sum_v w_v delta_ijv``, where delta is 0 if v is missing
    for i or j, or is an asymmetric truth that both lack.

    Parameters
    ----------
    columns : sequence of sequences of length n
        The variables. ``None`` and NaN are missing.
    kinds
        The kind of each: ``"numeric"`` (difference over the range observed), ``"ordinal"``
        (numbers whose order alone counts: numeric on the positions among the values that
        occur), ``"nominal"`` (same or not), ``"symmetric"`` (0 and 1, both alike) or
        ``"asymmetric"`` (0 and 1, where sharing a 0 says nothing).
    weights
        Weight of each variable, zero or more; equal unless given.

    Returns
    -------
    array of shape (n, n)
        From 0 (the same) to 1; 0 on the diagonal; NaN for a pair with no variable to compare.

    Raises
    ------
    ValueError
        If lengths differ, a kind is unknown, a truth is neither 0 nor 1, or there is no variable.

    Notes
    -----
    Laws: symmetric; the order and the units of measurement of variables change nothing. The
    range is that of the data given, so one extreme unit makes all others look alike.

    References
    ----------
    [gower1971], [kaufman1990]
    """
    if not columns or len(columns) != len(kinds):
        raise ValueError(f"found {len(columns)} variables and {len(kinds)} kinds")
    sizes = {np.shape(column)[0] for column in columns}
    if len(sizes) != 1:
        raise ValueError(f"variables differ in length: {sorted(sizes)}")
    n = sizes.pop()
    scale = np.ones(len(columns)) if weights is None else np.asarray(weights, dtype=float)
    if scale.shape != (len(columns),) or not np.all(scale >= 0):
        raise ValueError("weights must be one for each variable, zero or more")
    total, weight = np.zeros((n, n)), np.zeros((n, n))
    for column, kind, each in zip(columns, kinds, scale, strict=True):
        apart, counted = _variable(column, kind)
        total += each * np.where(counted, apart, 0.0)
        weight += each * counted
    result = np.divide(total, weight, out=np.full((n, n), np.nan), where=weight > 0)
    np.fill_diagonal(result, 0.0)
    return result


def _variable(
    column: Sequence[Any] | ArrayLike, kind: Kind
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Differences of all pairs in one variable, and whether each pair can be compared."""
    if kind == "nominal":
        codes, _ = encode(column)
        known = codes != MISSING
        return (codes[:, None] != codes).astype(float), known[:, None] & known
    filled = [np.nan if item is None else item for item in np.asarray(column, dtype=object)]
    values: NDArray[np.float64] = np.array(filled, dtype=np.float64)
    known = ~np.isnan(values)
    if np.any(np.isinf(values)):
        raise ValueError(f"a {kind} variable holds an infinite value")
    counted = known[:, None] & known
    if kind in ("symmetric", "asymmetric"):
        if not np.isin(values[known], (0, 1)).all():
            raise ValueError(f"a {kind} variable holds only 0 and 1")
        if kind == "asymmetric":
            counted &= (values[:, None] == 1) | (values == 1)
    elif kind == "ordinal":
        values[known] = np.unique(values[known], return_inverse=True)[1]
    elif kind != "numeric":
        raise ValueError(f"unknown kind of variable: {kind}")
    spread = np.ptp(values[known]) if known.any() else 0.0
    return np.abs(values[:, None] - values) / (spread if spread > 0 else 1.0), counted
