"""How deprived the areas are in which the schools lie."""

from __future__ import annotations

import polars as pl

from hedgerow.features.observed import WHICH_DAY, Observed, observed
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, share
from hedgerow.features.state_schools import no_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

MOST_DEPRIVED_FIFTH = 2
"""Deciles 1 and 2 of the Index of Multiple Deprivation."""

_MISSING_RULE = "Schools whose area or its decile is not known are left out and counted."
_CAVEAT = (
    "It is the deprivation of the school's own neighbourhood, not of the homes that its pupils "
    "come from."
)


def _deciles(here: LocalLandscape) -> Observed | NotMeasured:
    return observed(here, "imd_decile", would_tell="The Index of Multiple Deprivation (`--imd`).")


@indicator(
    id="context.deprivation_decile",
    label="Deprivation decile of a typical school",
    question="In how deprived an area does a typical school lie?",
    why="Schools in deprived areas face other challenges, and find it harder to keep teachers.",
    unit="decile",
    missing_rule=_MISSING_RULE,
    caveat="The median of deciles of the Index of Multiple Deprivation, 1 the most deprived "
    f"tenth of England. {_CAVEAT}",
    formula=f"The median over schools of the decile of the area in which each lies. {WHICH_DAY} "
    f"{ORDER_STATISTICS}",
    needs=("observations.imd_decile",),
    references=("greany2022", "conover1999"),
    is_compared=True,
)
def deprivation_decile(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median decile of the schools' areas."""
    found = _deciles(here)
    if isinstance(found, NotMeasured):
        return found
    return found.put_to(median_of(found.rows["value"].to_numpy(), missing=found.missing))


@indicator(
    id="context.share_in_most_deprived_fifth",
    label="Schools in the most deprived fifth of areas",
    question="How many of the schools lie in the most deprived areas of England?",
    why="A typical school says little where a place is divided: this says how many lie at one end.",
    unit="share",
    missing_rule=_MISSING_RULE,
    caveat=f"Deciles 1 and 2 of the Index of Multiple Deprivation. {_CAVEAT}",
    formula=f"Schools in areas of decile {MOST_DEPRIVED_FIFTH} or below ÷ schools whose decile "
    f"is known. {WHICH_DAY} {WILSON}",
    needs=("observations.imd_decile",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
def share_in_most_deprived_fifth(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools in deciles 1 and 2."""
    found = _deciles(here)
    if isinstance(found, NotMeasured):
        return found
    deprived = found.rows.filter(pl.col("value") <= MOST_DEPRIVED_FIFTH).height
    reading = share(deprived, found.rows.height, missing=found.missing, nothing=no_schools(here))
    return reading if isinstance(reading, NotMeasured) else found.put_to(reading)
