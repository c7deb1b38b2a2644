"""The place's path to academies: how many schools had become one by given years, and how the pace
changed."""

from __future__ import annotations

import math
from datetime import date

import polars as pl

from hedgerow.features.local_lens.conversions import conversions, recent_from
from hedgerow.features.readings import WILSON, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.proportion import normal_quantile

ACADEMIES_ACT = date(2010, 9, 1)
"""From this day on any school that was doing well could become an academy."""

YEARS = (2012, 2015, 2018, 2022)
"""Years in which the path is looked at, on 1 September."""

_TODAYS_SCHOOLS = (
    "Of today's schools that are maintained or became academies, free schools left out: schools "
    "that closed in between are not seen, so early years are told by those that lasted."
)
_MISSING_RULE = (
    "Academies whose opening and joining dates, or whose route, are not known are left out and "
    "counted."
)
_NEEDED = ("schools.status", "schools.route", "organisations.opened", "ties.governs")
_DAYS_PER_YEAR = 365.25


def converted_schools(here: LocalLandscape) -> pl.DataFrame:
    """Give the schools that could have become academies, with the day on which they did.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``converted`` (null for maintained schools, and for academies of which it is
        not known), ``is_known`` (false for the latter), in order of ``id``.
    """
    return here.worked_out("converted schools", lambda: _converted_schools(here))


def _converted_schools(here: LocalLandscape) -> pl.DataFrame:
    is_maintained = pl.col("status") == "maintained"
    return (
        state_schools(here)
        .filter(pl.col("route").is_null() | (pl.col("route") != "new"))
        .join(conversions(here).select("id", "converted"), on="id", how="left")
        .select(
            "id", "converted", (is_maintained | pl.col("converted").is_not_null()).alias("is_known")
        )
        .sort("id")
    )


def _nothing(here: LocalLandscape) -> NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    return NotMeasured(
        reason="No school here is maintained, or known to have become an academy at a known date.",
        would_tell="Opening dates in the register extract.",
        missing=converted_schools(here).height,
    )


def _declare(year: int) -> Indicator:
    @indicator(
        id=f"local_lens.converted_by_{year}",
        label=f"Academies by {year}",
        question=f"How many of the schools had become academies by 1 September {year}?",
        why="Where schools became academies early, trusts and hubs have had time to settle.",
        unit="share",
        missing_rule=_MISSING_RULE,
        caveat=_TODAYS_SCHOOLS,
        formula=f"Schools that had become academies by 1 September {year} ÷ schools that are "
        "maintained today or became academies on a known day; free schools and other new ones "
        "are left out. The day is that on which the academy opened, else that on which it joined "
        f"its trust. {WILSON}",
        needs=_NEEDED,
        references=("equalls2022", "wilson1927"),
        is_compared=True,
    )
    @rests_on("governs")
    def converted_by(here: LocalLandscape) -> Reading | NotMeasured:
        day = date(year, 9, 1)
        if here.on < day:
            return NotMeasured(
                reason=f"1 September {year} lies after the day asked for.",
                would_tell="A later date.",
            )
        found = converted_schools(here)
        known = found.filter("is_known")
        return share(
            known.filter(pl.col("converted") <= day).height,
            known.height,
            missing=found.height - known.height,
            nothing=_nothing(here),
        )

    return converted_by


CONVERTED_BY = tuple(_declare(year) for year in YEARS)


@indicator(
    id="local_lens.years_to_quarter_converted",
    label="Years until a quarter had converted",
    question="How long after the Academies Act was a quarter of the schools academies?",
    why="It tells an early mover from a late one, whatever happened since.",
    unit="years",
    missing_rule=_MISSING_RULE,
    caveat="Counted from 1 September 2010; 0 where a quarter were academies before. "
    f"{_TODAYS_SCHOOLS}",
    formula="The schools that are maintained or became academies on a known day are put in "
    "order of conversion. The value is (day on which the one stood at a quarter of them, rounded "
    f"up, became an academy − 1 September 2010) ÷ {_DAYS_PER_YEAR}, and 0 if that was before.",
    needs=_NEEDED,
    references=("equalls2022",),
)
@rests_on("governs")
def years_to_quarter_converted(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the years from the Academies Act until a quarter of the schools had converted."""
    found = converted_schools(here)
    known = found.filter("is_known")
    missing = found.height - known.height
    if known.is_empty():
        return _nothing(here)
    days = known["converted"].drop_nulls().sort()
    needed = math.ceil(known.height / 4)
    if days.len() < needed:
        return NotMeasured(
            reason="Fewer than a quarter of the schools have become academies.",
            would_tell="A later date.",
            n=known.height,
            missing=missing,
        )
    years = (days[needed - 1] - ACADEMIES_ACT).days / _DAYS_PER_YEAR
    return Reading(value=max(0.0, years), n=known.height, missing=missing)


@indicator(
    id="local_lens.conversion_rate_ratio",
    label="Pace of conversions, last three years against before",
    question="Do schools become academies faster or slower than they used to?",
    why="A share of recent conversions is small where nearly all had converted before: the pace "
    "is set against those that still could.",
    unit="ratio",
    units="conversions",
    missing_rule=_MISSING_RULE,
    caveat="Conversions a year among schools not yet academies, in the last 36 months over the "
    f"years from September 2010 until then; 1 is the same pace. {_TODAYS_SCHOOLS}",
    formula="(conversions in the last 36 months ÷ school-days at risk in them) ÷ (conversions "
    "before ÷ school-days at risk from 1 September 2010 until then). A school is at risk until it "
    "becomes an academy. Interval: log-normal, the ratio times and over exp(1.96 √(1/a + 1/b)) "
    "for a and b conversions.",
    needs=_NEEDED,
    references=("equalls2022", "rothman2008"),
    is_compared=True,
)
@rests_on("governs")
def conversion_rate_ratio(here: LocalLandscape) -> Reading | NotMeasured:
    """Divide the recent rate of conversion by the earlier one."""
    found = converted_schools(here)
    known = found.filter("is_known")
    missing = found.height - known.height
    turn = recent_from(here.on)
    if turn <= ACADEMIES_ACT:
        return NotMeasured(
            reason="There are no earlier years since the Academies Act to set the last three "
            "against.",
            would_tell="A later date.",
        )
    if known.is_empty():
        return _nothing(here)
    days = known["converted"].fill_null(date.max)
    days = days.filter(days >= ACADEMIES_ACT)
    early = int((days < turn).sum())
    late = int(days.is_between(turn, here.on).sum())
    if early == 0 or late == 0:
        return NotMeasured(
            reason=f"There were {plural(late, 'conversion')} in the last 36 months and "
            f"{early:,} before: a pace needs some of both.",
            would_tell="A wider lens.",
            n=early + late,
            missing=missing,
        )
    early_days = int((days.clip(None, turn) - ACADEMIES_ACT).dt.total_days().sum())
    later = days.filter(days > turn)
    late_days = int((later.clip(None, here.on) - turn).dt.total_days().sum())
    if late_days == 0:
        return NotMeasured(
            reason="No school was left that could have converted in the last 36 months.",
            n=early + late,
            missing=missing,
        )
    ratio = (late / late_days) / (early / early_days)
    spread = math.exp(normal_quantile(0.95) * math.sqrt(1 / early + 1 / late))
    return Reading(
        value=ratio,
        n=early + late,
        missing=missing,
        interval=Interval(low=ratio / spread, high=ratio * spread, method="log-normal"),
    )
