"""When schools became academies, by which route, and how much of it is recent."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

RECENT_YEARS = 3
"""The last 36 months count as recent."""

_NOW_OPEN = (
    "Only academies open on the day count: one that closed since, or was opened anew under another "
    "trust's sponsorship, is seen by its last opening alone."
)
_MISSING_RULE = "Academies with neither an opening nor a joining date are left out and counted."


def conversions(here: LocalLandscape) -> pl.DataFrame:
    """Give the place's academies of the phase that were schools before: converters and sponsored
    academies.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``route`` (converter or sponsored), ``converted`` (the day on which the
        academy opened, else joined its trust; null where neither is known), in order of ``id``.
        Free schools and the like are left out: they never were anything else.
    """
    return here.worked_out(
        "conversions",
        lambda: (
            state_schools(here)
            .filter(pl.col("route").is_in(["converter", "sponsored"]))
            .select("id", "route", pl.coalesce("opened", "joined").alias("converted"))
        ),
    )


def recent_from(day: date) -> date:
    """Give the day 36 months before another; 28 February for 29 February."""
    year = day.year - RECENT_YEARS
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else day.replace(year=year)


def _no_conversions(here: LocalLandscape) -> NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    missing = conversions(here).height
    if missing:
        return NotMeasured(
            reason="Of no academy here is it known when it became one.",
            would_tell="Opening dates in the register extract, or group link records.",
            missing=missing,
        )
    return NotMeasured(
        reason="No school here has become an academy.", would_tell="Another phase or a wider lens."
    )


@indicator(
    id="local_lens.conversions",
    label="Schools that became academies",
    question="How many of the schools became academies?",
    why="It is what the shares of recent and of sponsored conversions rest on.",
    unit="count",
    missing_rule="Free schools and others that were new are not counted.",
    caveat=_NOW_OPEN,
    formula="The number of academies open on the day whose route is converter or sponsored.",
    needs=("schools.route",),
    references=("greany2022",),
)
@rests_on("governs")
def conversion_count(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the converter and sponsored academies."""
    if state_schools(here).is_empty():
        return no_schools(here)
    found = conversions(here).height
    return Reading(value=found, n=state_schools(here).height)


@indicator(
    id="local_lens.recent_conversion_share",
    label="Conversions in the last three years",
    question="How many of the schools that became academies did so in the last 36 months?",
    why="The study's first mover changed early and then little; in its recent mover change is "
    "still going on, and links that schools had are being remade.",
    unit="share",
    units="conversions",
    missing_rule=_MISSING_RULE,
    caveat=_NOW_OPEN,
    formula="Converters and sponsored academies that opened (or, where that is not known, "
    f"joined their trust) within {12 * RECENT_YEARS} months up to the day ÷ all of which the day "
    f"is known. {WILSON}",
    needs=("schools.route", "organisations.opened", "ties.governs"),
    references=("equalls2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def recent_conversion_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of conversions in the 36 months before the day."""
    found = conversions(here)
    known = found["converted"].drop_nulls()
    return share(
        int((known >= recent_from(here.on)).sum()),
        known.len(),
        missing=found.height - known.len(),
        nothing=_no_conversions(here),
    )


@indicator(
    id="local_lens.sponsored_share",
    label="Sponsored conversions",
    question="How many of the schools that became academies were sponsored?",
    why="A sponsored academy was given to a trust, mostly because of its results; a converter "
    "chose to be an academy.",
    unit="share",
    units="conversions",
    missing_rule="The register gives the route of every academy, so none is missing.",
    caveat=_NOW_OPEN,
    formula=f"Sponsored academies ÷ sponsored academies and converters, open on the day. {WILSON}",
    needs=("schools.route",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs")
def sponsored_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of conversions by sponsorship."""
    found = conversions(here)
    nothing = _no_conversions(here) if found.is_empty() else no_schools(here)
    return share(int((found["route"] == "sponsored").sum()), found.height, nothing=nothing)
