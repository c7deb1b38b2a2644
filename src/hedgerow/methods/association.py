"""Association of two labels: Cramer's V without its upward bias."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import paired_codes
from hedgerow.methods.permutation import NullDistribution, null_distribution, permuted_codes


def cramers_v(
    first: Sequence[Any] | ArrayLike,
    second: Sequence[Any] | ArrayLike,
    *,
    bias_corrected: bool = True,
) -> float | None:
    """Cramer's V, with Bergsma's correction unless told otherwise.

    ``phi^2 = max(0, chi^2/n - (r-1)(c-1)/(n-1))``, ``V = sqrt(phi^2 / (min(r', c') - 1))`` with
    ``r' = r - (r-1)^2/(n-1)`` and c' likewise.

    Parameters
    ----------
    first, second : sequences of length n
        ``None`` or NaN is missing; a unit missing in either is left out.
    bias_corrected
        The plain V grows with the number of categories when there is no association at all.

    Returns
    -------
    float or None
        0 (none) to 1 (each settles the other). ``None`` when either has a single label, or too
        few units for its number of labels.

    References
    ----------
    [bergsma2013]
    """
    a, b = paired_codes(first, second)
    if not a.size:
        return None
    return _v(_phi2(a, b[None]), a, b, bias_corrected)


def cramers_v_test(
    first: Sequence[Any] | ArrayLike,
    second: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> NullDistribution | None:
    """Bias-corrected V against the second label dealt to units at random.

    Returns
    -------
    NullDistribution or None
        ``None`` where :func:`cramers_v` is.
    """
    observed = cramers_v(first, second)
    if observed is None:
        return None
    a, b = paired_codes(first, second)
    phi2 = _phi2(a, permuted_codes(b, draws, rng))
    n, r, c = a.size, a.max() + 1, b.max() + 1
    null = np.sqrt(np.maximum(0, phi2 - (r - 1) * (c - 1) / (n - 1)) / _room(n, r, c))
    return null_distribution(observed, np.minimum(null, 1.0), level=level)


def _phi2(a: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chi-square over n of a against each row of labels."""
    r, c = int(a.max()) + 1, int(rows.max()) + 1
    draws = len(rows)
    flat = (np.arange(draws)[:, None] * r + a) * c + rows
    observed = np.bincount(flat.ravel(), minlength=draws * r * c).reshape(draws, r, c)
    margins = np.outer(np.bincount(a), np.bincount(rows[0]))
    return np.asarray(np.sum(observed**2 / margins, axis=(1, 2)) - 1).clip(0)


def _room(n: int, r: int, c: int) -> float:
    """Largest value of the corrected phi-square."""
    return float(min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1)


def _v(
    phi2: NDArray[np.float64], a: NDArray[np.int64], b: NDArray[np.int64], corrected: bool
) -> float | None:
    n, r, c = a.size, int(a.max()) + 1, int(b.max()) + 1
    if min(r, c) < 2:
        return None
    if not corrected:
        return float(np.sqrt(phi2[0] / (min(r, c) - 1)))
    room = _room(n, r, c)
    if room <= 0:
        return None
    value = np.sqrt(max(0.0, float(phi2[0]) - (r - 1) * (c - 1) / (n - 1)) / room)
    return min(1.0, float(value))
