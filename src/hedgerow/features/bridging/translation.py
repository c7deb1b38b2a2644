"""Whether what comes across a boundary is taken as it is or reworked: conduit or translator."""

from __future__ import annotations

import polars as pl

from hedgerow.features.bridging.people_here import sources_of_rows
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.succession import identifiers_as_on
from hedgerow.methods.beta_share import posterior_share

TRANSLATED = ("adapted", "blended")
"""Forms in which something was reworked."""

AS_IT_IS = "adopted"
"""The form in which something was taken as it came."""


def adoptions_in_use(whole: Landscape) -> pl.DataFrame:
    """Give what schools use on a landscape's day, under the identifier of that day.

    Returns
    -------
    polars.DataFrame
        Columns as `Adoptions`; only rows of what is used and not abandoned without a date.
    """
    return whole.worked_out("adoptions in use", lambda: _adoptions_in_use(whole))


def _adoptions_in_use(whole: Landscape) -> pl.DataFrame:
    abandoned = (pl.col("form") == "abandoned").fill_null(False) & pl.col("end").is_null()
    rows = whole.all_days.table("adoptions").filter(pl.col("is_used"), ~abandoned)
    if whole.day is not None:
        rows = rows.filter(active_on(whole.day))
    return rows.with_columns(pl.col("school").replace(dict(identifiers_as_on(whole))))


def mediated(here: LocalLandscape) -> pl.DataFrame:
    """Give what the place's schools use and came to them through somebody.

    Returns
    -------
    polars.DataFrame
        Columns ``school``, ``item``, ``through``, ``is_translated`` (null where the form is not
        known), ``start``, ``source``.
    """
    return here.worked_out("mediated adoptions", lambda: _mediated(here))


def _mediated(here: LocalLandscape) -> pl.DataFrame:
    translated = pl.col("form").is_in(list(TRANSLATED))
    return (
        adoptions_in_use(here.whole)
        .join(state_schools(here).select(pl.col("id").alias("school")), on="school", how="semi")
        .filter(pl.col("through").is_not_null())
        .select(
            "school",
            "item",
            "through",
            pl.when(translated | (pl.col("form") == AS_IT_IS))
            .then(translated)
            .alias("is_translated"),
            "start",
            "source",
        )
    )


@indicator(
    id="bridging.translated_share",
    label="What comes through others and is reworked",
    question="When a practice or tool comes to a school through somebody, is it taken as it is or "
    "reworked for the school?",
    why="Some who span a boundary are conduits and hand on what they were given; others translate "
    "it. The report holds the second to be the more demanding part.",
    unit="share",
    units="adoptions",
    direction=None,
    tier="E",
    grade="C",
    missing_rule="Practices, tools and routines of which it is not known through whom they came "
    "are left out; those whose form is not known are left out and counted.",
    caveat="Of practices, tools and routines in use on the day that came through a person, hub, "
    "trust or other organisation: those adapted or blended, not adopted as they were. Schools say "
    "it of themselves. The value is the mean of a posterior that holds every share equally likely "
    "beforehand.",
    formula="(1 + adoptions adapted or blended) ÷ (2 + adoptions whose form is known), of those "
    "in use on the day that came through somebody: the mean of the posterior from an even prior "
    "(`hedgerow.methods.beta_share.posterior_share`). Interval: the middle 95 per cent of that "
    "posterior.",
    needs=("adoptions.through", "adoptions.form", "ties.succeeds"),
    references=("greany2022", "gelman2013"),
)
def translated_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the posterior mean share of mediated adoptions that are adapted or blended."""
    if state_schools(here).is_empty():
        return no_schools(here)
    rows = mediated(here)
    if rows.is_empty():
        return NotMeasured(
            reason="Through whom the schools' practices and tools came is not on record.",
            would_tell="For each practice and tool: through whom it came, and whether it was "
            "adopted as it was, adapted or blended. Until then only the opportunity is known: see "
            "the shares of people who join two bodies that are not their own.",
        )
    unknown = rows["is_translated"].null_count()
    known = rows.height - unknown
    if known == 0:
        return NotMeasured(
            reason="In which form the practices and tools were taken up is not on record.",
            would_tell="Whether each was adopted as it was, adapted or blended.",
            missing=unknown,
        )
    reworked = int(rows["is_translated"].sum())
    found = posterior_share(reworked, known - reworked)
    return Reading(
        value=found.mean,
        n=known,
        missing=unknown,
        interval=Interval(low=found.low, high=found.high, method="posterior, even prior"),
        sources=sources_of_rows(rows),
    )
