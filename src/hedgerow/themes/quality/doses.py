"""How much learning with others each school has, what is well made counting in full."""

from __future__ import annotations

import polars as pl

from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.reach import INTENSITY_NEEDED, PER_PUPILS
from hedgerow.features.readings import plural
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.themes.quality.designs import DESIGN_NEEDED, designed

DOSES_NEEDED = (
    *INTENSITY_NEEDED,
    *DESIGN_NEEDED,
)
"""What doses are made of."""


def weighted_doses(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the design-weighted dose of each state school of the place whose pupils are known.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``band``, ``roll`` (pupils), ``weighted`` (staff sessions with others, each
        times its design score) and ``dose`` (for every hundred pupils), in order of identifier. A
        school without a record has a dose of nought.
    """
    return here.worked_out("weighted doses", lambda: _weighted_doses(here))


def _weighted_doses(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    records = designed(here)
    if isinstance(records, NotMeasured):
        return records
    pupils = observed(here, "pupils")
    if isinstance(pupils, NotMeasured):
        return pupils
    taken = (
        records.filter(pl.col("is_external"))
        .group_by(pl.col("school").alias("id"))
        .agg((pl.col("staff") * pl.col("sessions_attended") * pl.col("design")).sum().alias("sum"))
    )
    rolls = pupils.rows.filter(pl.col("value") > 0).select("id", pl.col("value").alias("roll"))
    found = (
        state_schools(here)
        .select("id", "band")
        .join(rolls, on="id")
        .join(taken, on="id", how="left")
        .with_columns(pl.col("sum").fill_null(0.0).alias("weighted"))
        .with_columns((pl.col("weighted") / pl.col("roll") * PER_PUPILS).alias("dose"))
        .drop("sum")
        .sort("id")
    )
    if found.height < 2:
        return NotMeasured(
            reason="The number of pupils is known for fewer than two schools here.",
            would_tell="A register with the number of pupils.",
            missing=state_schools(here).height - found.height,
        )
    return found


def uncounted(here: LocalLandscape) -> str:
    """Say how many outside records have no numbers or no score; empty where all have."""
    records = designed(here)
    if isinstance(records, NotMeasured):
        return ""
    outside = records.filter(pl.col("is_external"))
    without = outside.filter(
        pl.any_horizontal(pl.col("staff", "sessions_attended", "design").is_null())
    ).height
    if not without:
        return ""
    return f"Left out: {plural(without, 'record')} without numbers or a score."
