"""What every type is like in every feature, and in what did not make it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.declared import load
from hedgerow.localities.typology.distance import scaled
from hedgerow.localities.typology.types import Typology

_Transform = Callable[[NDArray[np.float64]], NDArray[np.float64]]

PORTRAIT: dict[str, type[pl.DataType]] = {
    "type": pl.String,
    "feature": pl.String,
    "label": pl.String,
    "block": pl.String,
    "medoid": pl.Float64,
    "type_quarter": pl.Float64,
    "type_middle": pl.Float64,
    "type_three_quarters": pl.Float64,
    "all_quarter": pl.Float64,
    "all_middle": pl.Float64,
    "all_three_quarters": pl.Float64,
    "deviations_quarter": pl.Float64,
    "deviations": pl.Float64,
    "deviations_three_quarters": pl.Float64,
    "all_deviations_quarter": pl.Float64,
    "all_deviations_three_quarters": pl.Float64,
    "unknown": pl.Int64,
}
"""Columns of `portraits`."""


def portraits(typology: Typology, *, with_context: bool = True) -> pl.DataFrame:
    """Describe every type by every feature, and by what did not make it.

    Parameters
    ----------
    typology : Typology
    with_context : bool
        Whether what describes types and does not make them is there too, under the block "context".

    Returns
    -------
    polars.DataFrame
        Columns of `PORTRAIT`, one feature of one type a row: of the medoid, of the middle half of
        the type's localities and of all; the same as deviations from the middle of all, in robust
        deviations of what differences are taken of; of how many of the type it is not known.
    """
    table, rows = typology.table, typology.entered.rows
    columns: list[tuple[str, str, str, NDArray[np.float64], _Transform]] = [
        (one.name, one.label, one.block, table.values[:, place], one.transformed)
        for place, one in enumerate(table.features)
        if place in typology.entered.columns
    ]
    if with_context:
        labels = {one.id: one.label for one in load()}
        columns += [
            (name, labels[name], "context", values, np.asarray)
            for name, values in table.context.items()
        ]
    held: list[dict[str, object]] = []
    for one in typology.types:
        for name, label, block, values, transformed in columns:
            every = values[rows]
            if np.isnan(every).all():
                continue
            own = values[one.members]
            z = scaled(transformed(every)[:, None])[:, 0]
            inside = z[np.isin(rows, one.members)]
            known = own[~np.isnan(own)]
            quarters = np.quantile(known, [0.25, 0.5, 0.75]) if known.size else [None] * 3
            inner = np.nanquantile(inside, [0.25, 0.5, 0.75]) if known.size else [None] * 3
            of_all = np.nanquantile(every, [0.25, 0.5, 0.75])
            value = values[one.medoid]
            held.append(
                dict(
                    zip(
                        PORTRAIT,
                        (
                            one.letter,
                            name,
                            label,
                            block,
                            None if np.isnan(value) else float(value),
                            *quarters,
                            *of_all,
                            *inner,
                            *np.nanquantile(z, [0.25, 0.75]),
                            int(own.size - known.size),
                        ),
                        strict=True,
                    )
                )
            )
    return pl.DataFrame(held, schema=PORTRAIT)
