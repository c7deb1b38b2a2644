"""How many schools and pupils the place has, and how small the schools are."""

from __future__ import annotations

import polars as pl

from hedgerow.features.observed import WHICH_DAY, observed
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, plural, share_where
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import is_of_phase

SMALL, VERY_SMALL = 200, 100
"""Pupils on roll up to which a school counts as small, and as very small."""

_PUPILS_MISSING = "Schools whose number of pupils is not known are left out and counted."
_PUPILS_CAVEAT = (
    "Pupils on roll on the date of the figures, which may be another than the day asked for."
)


@indicator(
    id="context.schools",
    label="Schools",
    question="How many schools are there here?",
    why="Most figures rest on the schools of the place, and mean less where there are few.",
    unit="count",
    missing_rule="Schools of which the lens cannot tell whether they lie here, having no known "
    "position, are not counted but said to be missing; of schools that are not in the register "
    "nothing is known.",
    caveat="Maintained schools and academies open on the day; independent schools and colleges "
    "are left out.",
    formula="The number of schools of the phase that an authority maintains or a trust runs, "
    "that are open on the day and that the lens shows.",
    needs=("schools.status",),
    references=("greany2022",),
)
@rests_on()
def schools(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the state schools of the phase."""
    counted = state_schools(here).height
    if counted == 0:
        return no_schools(here)
    left_out = here.schools.height - counted
    caveat = f"Left out: {plural(left_out, 'independent or other school')}." if left_out else ""
    return Reading(value=counted, n=counted, missing=_undecided(here), caveat=caveat)


def _undecided(here: LocalLandscape) -> int:
    """Count the state schools of the phase that may or may not be local."""
    if not here.undecided:
        return 0
    undecided = pl.Series(sorted(here.undecided)).implode()
    of_phase = all_state_schools(here.whole).filter(is_of_phase(here.phase))
    return of_phase.filter(pl.col("id").is_in(undecided)).height


@indicator(
    id="context.pupils",
    label="Pupils",
    question="How many pupils do the schools teach?",
    why="Schools differ in size: the pupils say how many children a pattern of schools is about.",
    unit="count",
    missing_rule=f"{_PUPILS_MISSING} The sum is then too low.",
    caveat=_PUPILS_CAVEAT,
    formula="The sum of the pupils on roll of the schools of which the number is known. "
    f"{WHICH_DAY}",
    needs=("observations.pupils",),
    references=("greany2022",),
)
@rests_on()
def pupils(here: LocalLandscape) -> Reading | NotMeasured:
    """Add up the pupils on roll."""
    found = observed(here, "pupils")
    if isinstance(found, NotMeasured):
        return found
    return found.put_to(
        Reading(value=float(found.rows["value"].sum()), n=found.rows.height, missing=found.missing)
    )


@indicator(
    id="context.pupils_per_school",
    label="Pupils in a typical school",
    question="How large is a typical school?",
    why="In a small school one teacher leads several subjects, and there are few colleagues to "
    "learn with.",
    unit="count",
    missing_rule=_PUPILS_MISSING,
    caveat=f"The median: half of the schools are larger. {_PUPILS_CAVEAT}",
    formula=f"The median over schools of their pupils on roll. {WHICH_DAY} {ORDER_STATISTICS}",
    needs=("observations.pupils",),
    references=("greany2022", "conover1999"),
    is_compared=True,
)
@rests_on()
def pupils_per_school(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median number of pupils on roll."""
    found = observed(here, "pupils")
    if isinstance(found, NotMeasured):
        return found
    return found.put_to(median_of(found.rows["value"].to_numpy(), missing=found.missing))


def _share_up_to(here: LocalLandscape, most: int) -> Reading | NotMeasured:
    found = observed(here, "pupils")
    if isinstance(found, NotMeasured):
        return found
    # a left join keeps the schools without a number, so that they are counted as missing
    counted = state_schools(here).select("id").join(found.rows, on="id", how="left")
    reading = share_where(counted, pl.col("value") <= most, nothing=no_schools(here))
    return reading if isinstance(reading, NotMeasured) else found.put_to(reading)


@indicator(
    id="context.small_schools_share",
    label=f"Schools with up to {SMALL} pupils",
    question="How many of the schools are small?",
    why="Small schools find it hard to release staff for professional learning.",
    unit="share",
    missing_rule=_PUPILS_MISSING,
    caveat=f"Up to {SMALL} pupils on roll, about one class in each year of a primary school. "
    f"{_PUPILS_CAVEAT}",
    formula=f"Schools with {SMALL} pupils on roll or fewer ÷ schools whose number of pupils is "
    f"known. {WHICH_DAY} {WILSON}",
    needs=("observations.pupils",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on()
def small_schools_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with up to 200 pupils."""
    return _share_up_to(here, SMALL)


@indicator(
    id="context.very_small_schools_share",
    label=f"Schools with up to {VERY_SMALL} pupils",
    question="How many of the schools are very small?",
    why="Where year groups share a class, one teacher carries several subjects, and cover is hard "
    "to find.",
    unit="share",
    missing_rule=_PUPILS_MISSING,
    caveat=f"Up to {VERY_SMALL} pupils on roll. {_PUPILS_CAVEAT}",
    formula=f"Schools with {VERY_SMALL} pupils on roll or fewer ÷ schools whose number of pupils "
    f"is known. {WHICH_DAY} {WILSON}",
    needs=("observations.pupils",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on()
def very_small_schools_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with up to 100 pupils."""
    return _share_up_to(here, VERY_SMALL)
