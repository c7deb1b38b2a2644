"""Whether colleagues of one school take part together."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, learning, lower_bound
from hedgerow.features.readings import BY_SCHOOL
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.proportion import wilson_interval
from hedgerow.methods.ratio_interval import clustered_share_interval

TOGETHER = 2
"""Colleagues of one school that make learning collective."""


@indicator(
    id="professional_learning.collective_share",
    label="Outside entries with two colleagues or more",
    question="When a school takes part in something outside, do colleagues go together?",
    why="Who goes alone has nobody in school who heard the same; two can try it out and hold each "
    "other to it.",
    unit="share",
    units="entries",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Entries without a number of staff are left out and counted.",
    caveat="An entry is a school's part in one activity in the twelve months to the day, all roles "
    "together. Small schools can seldom send two, whatever they would wish.",
    formula=f"Entries of {TOGETHER} staff or more ÷ entries of which the number of staff is "
    "known; an entry is a school's part in one outside activity in the twelve months up to the "
    f"day, all its records together. {BY_SCHOOL}",
    needs=(*LEARNING_NEEDED, "participation.staff"),
    references=("heck2019", "clarke1994", "kish1965"),
)
@rests_on(tables=("activities", "participation"))
def collective_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of a school's entries in outside activities with two staff or more."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    entries = (
        records.filter(pl.col("is_external"))
        .group_by("school", "activity")
        .agg(
            # two at least, whatever the unknown others were
            pl.when((pl.col("staff").sum() >= TOGETHER) | pl.col("staff").is_not_null().all())
            .then(pl.col("staff").sum())
            .alias("staff")
        )
    )
    known = entries.filter(pl.col("staff") > 0)
    missing = entries["staff"].null_count()
    if known.is_empty():
        return NotMeasured(
            reason="Of no outside entry of the schools here is the number of staff on record.",
            would_tell="The number of staff in each record of participation.",
            missing=missing,
        )
    by_school = (
        known.group_by("school")
        .agg((pl.col("staff") >= TOGETHER).sum().alias("together"), pl.len().alias("all"))
        .sort("school")
    )
    together, total = int(by_school["together"].sum()), known.height
    if by_school.height > 1:
        low, high = clustered_share_interval(by_school["together"], by_school["all"])
    else:
        low, high = wilson_interval(together, total)
    return Reading(
        value=together / total,
        n=total,
        missing=missing,
        interval=Interval(low=low, high=high, method="Wilson, schools as clusters"),
        caveat=lower_bound(here, is_external=True),
    )
