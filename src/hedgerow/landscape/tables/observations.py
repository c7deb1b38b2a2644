"""Measured values of organisations at dates."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from hedgerow.landscape.tables.choices import one_of

MEASURES: dict[str, str] = {
    "pupils": "Pupils on roll",
    "fsm_eligible": "Pupils eligible for free school meals",
    "eal_pupils": "Pupils whose first language is known or believed to be other than English",
    "imd_decile": "Decile of the area's Index of Multiple Deprivation, 1 most deprived",
    "imd_rank": "Rank of the area's Index of Multiple Deprivation, 1 most deprived",
    "ks2_maths_expected": (
        "Share of pupils reaching the expected standard in mathematics at key stage 2"
    ),
    "ks2_maths_high": "Share of pupils reaching the higher standard in mathematics at key stage 2",
    "ks2_rwm_expected": (
        "Share reaching the expected standard in reading, writing and mathematics at key stage 2"
    ),
    "ks2_maths_progress": "Progress score in mathematics from key stage 1 to key stage 2",
    "inspection_grade": (
        "Overall effectiveness at the last graded inspection, 1 outstanding to 4 inadequate"
    ),
    "hub_capacity": "Places that a hub offers in a year",
    "schools_in_link_records": (
        "Open establishments of any kind tied to the trust in the group link records"
    ),
    "ties_asked": "1 where the school was asked whom it turns to, whether or not it named anyone",
}
"""The measures known so far, with what each is."""


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
