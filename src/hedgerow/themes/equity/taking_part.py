"""How much each school of the place takes part, beside what it is like."""

from __future__ import annotations

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.reach import PER_PUPILS
from hedgerow.features.professional_learning.records import learning
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape


def taking_part(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give each state school of the place with what it took part in over the twelve months.

    Returns
    -------
    polars.DataFrame
        Columns of `state_schools` (without pupils of the register's day), ``roll`` (pupils; null
        where not known), ``is_outside`` and ``is_with_hub`` (whether it took part in anything
        beyond its own school and trust, and in anything of a hub), ``dose`` (staff sessions outside
        for every hundred pupils; null where the pupils are not known), in order of identifier.
    """
    return here.worked_out("taking part", lambda: _taking_part(here))


def _taking_part(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    outside = records.filter(pl.col("is_external"))
    by_school = outside.group_by(pl.col("school").alias("id")).agg(
        pl.lit(True).alias("is_outside"),
        pl.col("provider_kind").is_in(list(HUB_NAMES)).any().alias("is_with_hub"),
        (pl.col("staff") * pl.col("sessions_attended")).sum().alias("taken"),
    )
    pupils = observed(here, "pupils")
    rolls = (
        pl.DataFrame(schema={"id": pl.String, "roll": pl.Float64})
        if isinstance(pupils, NotMeasured)
        else pupils.rows.filter(pl.col("value") > 0).select("id", pl.col("value").alias("roll"))
    )
    return (
        state_schools(here)
        .join(by_school, on="id", how="left")
        .join(rolls, on="id", how="left")
        .with_columns(
            pl.col("is_outside", "is_with_hub").fill_null(False), pl.col("taken").fill_null(0.0)
        )
        .with_columns((pl.col("taken") / pl.col("roll") * PER_PUPILS).alias("dose"))
        .drop("taken")
        .sort("id")
    )


def with_dose(here: LocalLandscape) -> tuple[pl.DataFrame, int] | NotMeasured:
    """Give the schools whose dose is known, columns as `taking_part`, and how many are not among
    them."""
    found = taking_part(here)
    if isinstance(found, NotMeasured):
        return found
    known = found.drop_nulls("dose")
    missing = found.height - known.height
    if known.height < 2:
        return NotMeasured(
            reason="The number of pupils is known for fewer than two schools here.",
            would_tell="A register with the number of pupils.",
            missing=missing,
        )
    return known, missing
