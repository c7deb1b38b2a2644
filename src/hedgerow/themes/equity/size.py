"""Whether small schools can let anybody go: what they take part in, against larger ones."""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, lower_bound
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, generator
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.pooled_ratio import pooled_rate_ratio_interval
from hedgerow.themes.equity.taking_part import taking_part

SMALL = 200
"""Pupils up to which a school counts as small: seven classes or fewer, one for each year."""

FEWEST = 5
"""Schools of a kind below which no ratio is given."""


@indicator(
    id="equity.small_school_hub_ratio",
    label="Working with hubs in small schools, against larger ones",
    question="Do small schools work with hubs as often as larger ones?",
    why="In a small school the mathematics lead has a class and three other subjects, and nobody "
    "to take over.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Schools whose pupils are not known are left out and counted. A school without a "
    "record with a hub counts as not having worked with one.",
    caveat=f"The share of schools with up to {SMALL} pupils that worked with any hub in the twelve "
    "months to the day, over that of larger schools: 1 where they are alike. Small schools are "
    "often the remote ones too.",
    formula=f"(schools with {SMALL} pupils or fewer that worked with a hub in the twelve months "
    "up to the day ÷ such schools) ÷ (larger schools that did ÷ larger schools) "
    f"(`hedgerow.methods.pooled_ratio.pooled_rate_ratio`). {SCHOOL_BOOTSTRAP}",
    needs=(*LEARNING_NEEDED, "observations.pupils"),
    references=("greany2022", "rothman2008", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def small_school_hub_ratio(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the ratio of the shares of small and of larger schools that worked with a hub."""
    part = taking_part(here)
    if isinstance(part, NotMeasured):
        return part
    known = part.drop_nulls("roll")
    missing = part.height - known.height
    is_small = (known["roll"] <= SMALL).to_numpy()
    found = None
    if min(is_small.sum(), known.height - is_small.sum()) >= FEWEST:
        outcomes = known.select(pl.col("is_with_hub").cast(pl.Float64)).to_numpy()
        found = pooled_rate_ratio_interval(outcomes, is_small, generator(here, "small schools"))
    if found is None:
        return NotMeasured(
            reason=f"It takes {FEWEST} schools with up to {SMALL} pupils, {FEWEST} larger ones, "
            "and one of those that worked with a hub.",
            would_tell="A wider lens.",
            n=known.height,
            missing=missing,
        )
    return Reading(
        value=found.value,
        n=known.height,
        missing=missing,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=" ".join(
            one
            for one in (f"{int(is_small.sum())} are small.", lower_bound(here, is_external=True))
            if one
        ),
    )
