"""Measured values of organisations at dates."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.measures import MEASURES
from hedgerow.landscape.tables.choices import one_of


class Observations(dy.Schema):
    """A value of one measure for one organisation on one date; several dates stand side by side.

    Supports: "what was known of this school nearest to that day", by source.
    Does not hold: guesses. A value that a source withheld or does not have is a row with an empty
    value and the reason in ``status``: it is not nought.
    """

    organisation = dy.String(
        primary_key=True, metadata={"description": "Whose value it is (urn:100000)"}
    )
    measure = one_of(tuple(MEASURES), "What was measured", primary_key=True)
    date = dy.Date(
        primary_key=True,
        metadata={"description": "The day, or the last day of the period, it describes"},
    )
    source = dy.String(primary_key=True, metadata={"description": "Identifier of the source"})
    value = dy.Float64(
        nullable=True, metadata={"description": "The value; shares as fractions of 1"}
    )
    denominator = dy.Float64(
        nullable=True,
        min=0,
        metadata={"description": "Pupils behind a share or count; empty where not given"},
    )
    status = one_of(
        ("observed", "suppressed", "not applicable", "not available", "converted"),
        "observed; withheld by the publisher; not applicable to it; not available; or converted "
        "from another geography",
    )

    @dy.rule()
    def value_agrees_with_status(cls) -> pl.Expr:
        """Observed and converted rows have a value, the others none."""
        return pl.col("value").is_not_null() == pl.col("status").is_in(["observed", "converted"])
