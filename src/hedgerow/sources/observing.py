"""From wide rows, one a school, to observations: one value of one measure on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.observations import Observations
from hedgerow.sources.published_values import CODES, NOT_AVAILABLE, note_strange, status
from hedgerow.sources.tabular import RawTable


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How one measure is read from a row.

    Parameters
    ----------
    measure : str
        As in `Observations`.
    column : str
        The column, under our name, that holds the value as published.
    value : polars.Expr
        The value read from it, empty where there is none.
    denominator : polars.Expr
        The pupils behind it, empty where not known.
    codes : mapping of str to str
        What its missing codes mean.
    blank : str
        What an empty cell means.
    """

    measure: str
    column: str
    value: pl.Expr
    denominator: pl.Expr = field(default_factory=lambda: pl.lit(None, dtype=pl.Float64))
    codes: Mapping[str, str] = field(default_factory=lambda: CODES)
    blank: str = NOT_AVAILABLE


def observations(
    raw: RawTable,
    rows: pl.DataFrame,
    measured: Sequence[Measured],
    *,
    on: date,
    source: str,
    faults: Faults,
) -> pl.DataFrame:
    """Give the rows of `Observations` that a table holds.

    Parameters
    ----------
    raw : RawTable
        Where the rows are from, for messages.
    rows : polars.DataFrame
        The usable rows, with ``urn`` and the columns that `measured` names.
    measured : sequence of Measured
    on : datetime.date
        The day that the values describe.
    source : str
        Identifier of the source.
    faults : Faults
        Where values that cannot be read are reported.
    """
    frames = []
    for item in measured:
        note_strange(
            rows,
            item.column,
            item.value,
            heading=raw.heading(item.column),
            file=raw.file,
            faults=faults,
            codes=item.codes,
        )
        frames.append(
            rows.select(
                (pl.lit("urn:") + pl.col("urn")).alias("organisation"),
                pl.lit(item.measure).alias("measure"),
                pl.lit(on).alias("date"),
                pl.lit(source).alias("source"),
                item.value.cast(pl.Float64).alias("value"),
                item.denominator.cast(pl.Float64).alias("denominator"),
                status(item.column, item.value, item.codes, blank=item.blank).alias("status"),
            )
        )
    return pl.concat(frames) if frames else Observations.create_empty()
