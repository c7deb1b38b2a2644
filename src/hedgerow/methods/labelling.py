"""Turning labels of any kind into integer codes, with missing labels marked."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

MISSING = -1
"""Code of a missing label."""


def encode(labels: Sequence[Any] | ArrayLike) -> tuple[NDArray[np.int64], list[Hashable]]:
    """Integer codes of labels: equal labels get equal codes.

    Parameters
    ----------
    labels
        One label a unit: a list, tuple, numpy array or any column that numpy can read.
        ``None`` and floating-point NaN mean *missing*; every other value, negative numbers
        and empty strings included, is a label.

    Returns
    -------
    codes : array of int, shape (n,)
        0 to k-1, or -1 where the label is missing.
    classes : list of length k
        The label that each code stands for.

    Raises
    ------
    ValueError
        If the labels are not one-dimensional.
    """
    if isinstance(labels, (list, tuple)):
        return _encode_items(labels)
    array = np.asarray(labels)
    if array.ndim != 1:
        raise ValueError(f"labels must be one-dimensional, found {array.ndim} dimensions")
    if array.dtype.kind == "O":
        return _encode_items(array.tolist())
    if array.dtype.kind == "f":
        present = ~np.isnan(array)
        codes = np.full(array.size, MISSING, dtype=np.int64)
        values, codes[present] = np.unique(array[present], return_inverse=True)
        return codes, values.tolist()
    values, inverse = np.unique(array, return_inverse=True)
    return inverse.astype(np.int64), values.tolist()


def _encode_items(items: Sequence[Any]) -> tuple[NDArray[np.int64], list[Hashable]]:
    seen: dict[Hashable, int] = {}
    codes = np.empty(len(items), dtype=np.int64)
    for position, item in enumerate(items):
        if item is None or item != item:  # NaN is the only value that differs from itself
            codes[position] = MISSING
        else:
            codes[position] = seen.setdefault(item, len(seen))
    return codes, list(seen)


def class_sizes(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of units of each code, missing codes left out.

    Parameters
    ----------
    codes : array of int, shape (n,)
        As returned by :func:`encode`.

    Returns
    -------
    array of int, shape (k,)
    """
    return np.bincount(codes[codes != MISSING])


def paired_codes(
    first: Sequence[Any] | ArrayLike, second: Sequence[Any] | ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes of two labellings on the units where neither label is missing.

    Raises
    ------
    ValueError
        If the labellings differ in length.
    """
    a, _ = encode(first)
    b, _ = encode(second)
    if a.size != b.size:
        raise ValueError(f"labellings must be of one length, found {a.size} and {b.size}")
    both = (a != MISSING) & (b != MISSING)
    # encoded anew, so that classes seen only beside a missing label leave no empty class
    return encode(a[both])[0], encode(b[both])[0]
