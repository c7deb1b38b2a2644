"""Whether some kinds of school became academies sooner than others, and when the pace turned."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from hedgerow.features.local_lens.trajectory import ACADEMIES_ACT
from hedgerow.features.readings import generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import Chance, Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import Phase, is_of_phase
from hedgerow.methods.change_points import rate_change_test
from hedgerow.methods.hazard_ratio import hazard_ratio, log_rank

SMALL = 200
"""Pupils up to which a school counts as small, about one class a year."""

LEAST_OF_KIND = 5
"""Schools of each kind, and conversions in all, for kinds to be compared."""

LEAST_CONVERSIONS = 15
"""Conversions below which no turn is looked for."""

SHORTEST = 2
"""School years that a pace must last on either side of a turn."""

SURE = 0.05
"""A turn is named where chance gives so marked a one no more often than this."""

_TODAYS_SCHOOLS = (
    "Of today's schools that are maintained or became academies since 1 September 2010, free "
    "schools left out: schools that closed in between are not seen."
)
_MISSING_RULE = (
    "Academies whose opening and joining dates, or whose route, are not known are left out and "
    "counted."
)


def waiting_times(here: LocalLandscape, phase: Phase) -> pl.DataFrame:
    """Give how long each school of the place waited to become an academy.

    Parameters
    ----------
    phase : str
        Of which phase, whatever the profile is about.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``pupils``, ``is_secondary``, ``days`` (from 1 September 2010 to the
        conversion, else to the day; null where it is not known), ``is_academy``. Schools that were
        academies before are left out. In order of ``id``.
    """
    local = pl.Series(sorted(here.members), dtype=pl.String).implode()
    converted = pl.coalesce("opened", "joined")
    is_academy = pl.col("status") == "academy"
    until = pl.when(is_academy).then(converted).otherwise(pl.lit(here.on))
    return (
        all_state_schools(here.whole)
        .filter(pl.col("id").is_in(local), is_of_phase(phase))
        .filter(pl.col("route").is_null() | (pl.col("route") != "new"))
        .filter(~is_academy | converted.is_null() | (converted >= ACADEMIES_ACT))
        .select(
            "id",
            "pupils",
            is_of_phase("secondary").alias("is_secondary"),
            (until - pl.lit(ACADEMIES_ACT)).dt.total_days().alias("days"),
            is_academy.alias("is_academy"),
        )
        .sort("id")
    )


def _compared(
    here: LocalLandscape, schools: pl.DataFrame, kind: str, missing: int
) -> Reading | NotMeasured:
    """Set the schools whose ``is_kind`` is true against the others."""
    size = schools.height
    of_kind = int(schools["is_kind"].sum())
    conversions = int(schools["is_academy"].sum())
    if min(of_kind, size - of_kind, conversions) < LEAST_OF_KIND:
        return NotMeasured(
            reason=f"{plural(of_kind, 'school')} here are {kind}, {size - of_kind:,} are not, and "
            f"{conversions:,} of them all became academies: it takes {LEAST_OF_KIND} of each.",
            would_tell="A wider lens.",
            n=size,
            missing=missing,
        )
    days, is_academy, is_kind = (
        schools[name].to_numpy() for name in ("days", "is_academy", "is_kind")
    )
    found = hazard_ratio(days, is_academy, is_kind)
    test = log_rank(days, is_academy, is_kind)
    if found is None or test is None:
        return NotMeasured(
            reason=f"Only schools that are {kind}, or only others, became academies while both "
            "still could.",
            would_tell="A wider lens.",
            n=size,
            missing=missing,
        )
    return Reading(
        value=found.ratio,
        n=size,
        missing=missing,
        interval=Interval(low=found.low, high=found.high, method="proportional hazards, Wald"),
        chance=Chance(expected=1.0, method="log-rank test of equal pace", p=test.p),
        caveat=f"{of_kind:,} {kind}; {test.observed:,} of them became academies, where an equal "
        f"pace would give {test.expected:.1f}.",
    )


@indicator(
    id="local_lens.conversion_hazard_small_schools",
    label="Pace of conversion, small primaries against larger",
    question="Do small primary schools become academies sooner or later than larger ones?",
    why="A small school may hold back, or be taken in: where it stays with the authority while "
    "others leave, it is left with less.",
    unit="ratio",
    missing_rule=_MISSING_RULE + " So are schools whose number of pupils is not known.",
    caveat=f"Small is up to {SMALL} pupils as the register has it today. 1 is the same pace, above "
    "1 small schools convert sooner; one figure for all the years since 2010. Of primary schools, "
    f"whatever phase the profile is about. {_TODAYS_SCHOOLS}",
    references=("equalls2022", "cox1972", "efron1977", "mantel1966"),
    formula="Time from 1 September 2010 to becoming an academy, or to the day for schools that are "
    "none; exp(b) of the proportional hazards model h(t) = h0(t) exp(b small), ties after Efron "
    "(`hedgerow.methods.hazard_ratio.hazard_ratio`). Interval: Wald's, on the scale of b. "
    "Chance: the log-rank test of equal pace (`hedgerow.methods.hazard_ratio.log_rank`).",
    needs=("schools.pupils", "organisations.opened", "ties.governs"),
)
@rests_on("governs")
def conversion_hazard_small_schools(here: LocalLandscape) -> Reading | NotMeasured:
    """Compare the pace of small primary schools with that of larger ones."""
    every = waiting_times(here, "primary")
    if every.is_empty():
        return no_schools(here)
    known = every.drop_nulls(["days", "pupils"]).with_columns(
        (pl.col("pupils") <= SMALL).alias("is_kind")
    )
    return _compared(here, known, "small", every.height - known.height)


@indicator(
    id="local_lens.conversion_hazard_secondaries",
    label="Pace of conversion, secondaries against primaries",
    question="Do secondary schools become academies sooner than primary schools?",
    why="Many trusts grew around a secondary school that went first; primary schools then joined "
    "what was there.",
    unit="ratio",
    missing_rule=_MISSING_RULE,
    caveat="1 is the same pace, above 1 secondary schools convert sooner; one figure for all the "
    "years since 2010, in which the pace of both changed. Of primary and secondary schools, "
    f"whatever phase the profile is about. {_TODAYS_SCHOOLS}",
    references=("equalls2022", "cox1972", "efron1977", "mantel1966"),
    formula="Time from 1 September 2010 to becoming an academy, or to the day for schools that are "
    "none; exp(b) of the proportional hazards model h(t) = h0(t) exp(b secondary), ties after "
    "Efron (`hedgerow.methods.hazard_ratio.hazard_ratio`). Interval: Wald's, on the scale of b. "
    "Chance: the log-rank test of equal pace (`hedgerow.methods.hazard_ratio.log_rank`).",
    needs=("organisations.opened", "ties.governs"),
)
@rests_on("governs")
def conversion_hazard_secondaries(here: LocalLandscape) -> Reading | NotMeasured:
    """Compare the pace of secondary schools with that of primary schools."""
    every = pl.concat([waiting_times(here, "primary"), waiting_times(here, "secondary")])
    if every.is_empty():
        return no_schools(here)
    known = every.drop_nulls("days").with_columns(pl.col("is_secondary").alias("is_kind"))
    return _compared(here, known, "secondary", every.height - known.height)


@indicator(
    id="local_lens.conversion_turn_years",
    label="Years until the pace of conversions turned",
    question="When did the pace at which schools become academies change?",
    why="The study told first movers, whose change lies behind them, from recent movers, whose "
    "links are being remade now.",
    unit="years",
    units="conversions",
    missing_rule=_MISSING_RULE,
    caveat="School years from September 2010 to the start of the first at the new pace: the one "
    "year that best parts a slower from a faster pace. A slow drift also passes for a turn. "
    f"{_TODAYS_SCHOOLS}",
    references=("equalls2022", "worsley1986"),
    formula="Conversions of each school year over the days that schools not yet academies waited "
    "in it; the start of the year that maximises the Poisson likelihood of one pace before and "
    f"another from then on, {SHORTEST} years or more on either side "
    "(`hedgerow.methods.change_points.rate_change_test`). Named where conversions dealt over the "
    f"years at one pace give as great a gain in at most {SURE:.0%} of draws.",
    needs=("organisations.opened", "ties.governs"),
)
@rests_on("governs")
def conversion_turn_years(here: LocalLandscape) -> Reading | NotMeasured:
    """Find the school year from which conversions came at another pace."""
    if state_schools(here).is_empty():
        return no_schools(here)
    every = waiting_times(here, here.phase)
    known = every.drop_nulls("days")
    missing = every.height - known.height
    conversions = int(known["is_academy"].sum())
    ends = _year_ends(here.on)
    if conversions < LEAST_CONVERSIONS or ends.size < 2 * SHORTEST + 1:
        return NotMeasured(
            reason=f"{plural(conversions, 'school')} became academies in "
            f"{plural(ends.size - 1, 'school year')}: it takes {LEAST_CONVERSIONS} in "
            f"{2 * SHORTEST}.",
            would_tell="A wider lens or a later date.",
            n=conversions,
            missing=missing,
        )
    days, is_academy = known["days"].to_numpy(), known["is_academy"].to_numpy()
    counts = np.histogram(days[is_academy], bins=ends)[0]
    # a school still could on the day on which it did
    waited = np.minimum(days[:, None] + is_academy[:, None], ends[None, :]).sum(axis=0)
    found = rate_change_test(counts, np.diff(waited), generator(here, "turn"), SHORTEST)
    if found is None or found.null.p_upper > SURE:
        return NotMeasured(
            reason="No year stands out: conversions dealt over the years at one pace often give as "
            "marked a turn."
            if found
            else "No school was left to convert on one side of any year.",
            would_tell="A wider lens or a later date.",
            n=conversions,
            missing=missing,
        )
    year = ACADEMIES_ACT.year + found.index
    per_year = 365.25 * 100
    return Reading(
        value=found.index,
        n=conversions,
        missing=missing,
        caveat=f"From September {year} on {found.after * per_year:.1f} in a hundred schools that "
        f"still could converted in a year, before {found.before * per_year:.1f}; chance gives as "
        f"marked a turn with p = {found.null.p_upper:.3f}.",
    )


def _year_ends(day: date) -> np.ndarray:
    """Give the days since 1 September 2010 on which school years begin, then the day itself."""
    years = range(ACADEMIES_ACT.year, day.year + 1)
    starts = [(date(year, 9, 1) - ACADEMIES_ACT).days for year in years]
    last = (day - ACADEMIES_ACT).days
    return np.array([one for one in starts if one < last] + [max(last, 0) + 1])
