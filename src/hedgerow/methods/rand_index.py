"""How far two divisions of the same units agree on pairs: the adjusted Rand index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.labelling import class_sizes, paired_codes


def adjusted_rand_index(
    first: Sequence[Any] | ArrayLike, second: Sequence[Any] | ArrayLike
) -> float | None:
    """Agreement of two partitions on which pairs belong together, beyond chance.

    With s the pairs together in both, a and b those together in each, and t all pairs:
    ``(s - ab/t) / ((a + b)/2 - ab/t)``.

    Parameters
    ----------
    first, second : sequences of length n
        ``None`` or NaN is missing; a unit missing in either is left out.

    Returns
    -------
    float or None
        1 for the same partition, about 0 for unrelated ones, below 0 for less than chance.
        ``None`` when either has a single class or both consist of singletons: then chance alone
        gives the same.

    Raises
    ------
    ValueError
        If lengths differ.

    Notes
    -----
    Laws: symmetric; names of classes do not matter. The number rises with the number of pairs
    that no method would put together, so it is to be read beside k.

    References
    ----------
    [hubert1985]
    """
    a, b = paired_codes(first, second)
    if not a.size:
        return None
    rows, columns = class_sizes(a), class_sizes(b)
    if rows.size == 1 or columns.size == 1:
        return None
    cells = np.unique(a * (b.max() + 1) + b, return_counts=True)[1]
    together, in_first, in_second = (_pairs(sizes) for sizes in (cells, rows, columns))
    chance = in_first * in_second / _pairs(np.array([a.size]))
    room = (in_first + in_second) / 2 - chance
    if room < 1e-12:
        return None
    return float((together - chance) / room)


def _pairs(sizes: ArrayLike) -> float:
    n = np.asarray(sizes, dtype=float)
    return float(np.sum(n * (n - 1) / 2))
