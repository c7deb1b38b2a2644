"""What enters a typing: which localities and features, and which are left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.units import LeftOut

LEAST_MEASURED = 0.5
"""Share of the localities for which a feature must be measured to be used, and of the features that
a locality must have to be typed."""


@dataclass(frozen=True, eq=False)
class Entering:
    """Localities and features as they are typed.

    Attributes
    ----------
    rows : array of int, shape (n,)
        Rows of the table that are typed, rising.
    columns : array of int, shape (p,)
        Columns that are used, rising.
    values : array of shape (n, p)
        Transformed as differences are taken of them; NaN where not measured.
    blocks : tuple of str, length p
    left_out : tuple of LeftOut
        Units that are not typed.
    unused : tuple of str
        Names of features that are not used.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    blocks: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    unused: tuple[str, ...]


def entering(
    table: FeatureTable, without: Sequence[str] = (), *, least_measured: float = LEAST_MEASURED
) -> Entering:
    """Choose what is typed.

    Parameters
    ----------
    table : FeatureTable
    without : sequence of str
        Names of features, or of blocks, to leave out.
    least_measured : float
        Share of the localities for which a feature must be measured to be used, and of the features
        that a locality must have to be typed.

    Raises
    ------
    ValueError
        If no feature is measured widely enough.
    """
    values = table.transformed()
    measured = ~np.isnan(values)
    wanted = np.array(
        [
            name not in without and block not in without
            for name, block in zip(table.names, table.blocks, strict=True)
        ]
    )
    used = wanted & (measured.mean(axis=0) >= least_measured)
    if not used.any():
        raise ValueError(f"no feature is measured for {least_measured:.0%} of the localities")
    typed = measured[:, used].mean(axis=1) >= least_measured
    left_out = tuple(
        LeftOut(
            id=unit.id,
            name=unit.name,
            schools=int(table.schools[place]),
            reason=f"Fewer than {least_measured:.0%} of its features are measured.",
        )
        for place, unit in enumerate(table.units)
        if not typed[place]
    )
    rows, columns = np.flatnonzero(typed), np.flatnonzero(used)
    return Entering(
        rows,
        columns,
        values[np.ix_(rows, columns)],
        tuple(table.blocks[place] for place in columns),
        left_out,
        tuple(name for name, is_used in zip(table.names, used, strict=True) if not is_used),
    )
