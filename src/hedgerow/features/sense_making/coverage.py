"""How many schools, and whose, come to a forum at all."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.features.observed import observed
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, WILSON, generator, share
from hedgerow.features.resting import rests_on
from hedgerow.features.sense_making.forums import FORUMS_NEEDED, recent_forums, unlisted
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_ratio

_MISSING = (
    "A school that no list names counts as not having come, so that this is a lower bound: "
    "meetings without a list are counted beside the figure."
)
_CAVEAT = (
    "In the twelve months up to the day, at any forum to which a school here or its authority "
    "came. One visit is enough to count, and being there is not having a say."
)

BANDS: Mapping[str, tuple[str, ...]] = {
    "maintained": ("maintained",),
    "small_trusts": ("single", "2-5"),
    "large_trusts": ("6-15", "16+"),
}
"""Governing arrangements that are set side by side, by the bands of `governing_bodies`."""

IN_WORDS = {
    "maintained": "maintained schools",
    "small_trusts": "schools in trusts of one to five",
    "large_trusts": "schools in trusts of six or more",
}


def schools_at_forums(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the place's state schools, columns as `state_schools`, with ``came``: whether anyone of
    theirs came to a forum in the twelve months."""
    return here.worked_out("schools at forums", lambda: _schools_at_forums(here))


def _schools_at_forums(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    found = recent_forums(here)
    if isinstance(found, NotMeasured):
        return found
    came = pl.col("id").is_in(found.attendance["organisation"].unique().implode())
    return state_schools(here).with_columns(came.alias("came"))


def _caveat(here: LocalLandscape) -> str:
    found = recent_forums(here)
    return "" if isinstance(found, NotMeasured) else unlisted(found)


@indicator(
    id="sense_making.forum_coverage",
    label="Schools that come to a forum",
    question="How many of the schools were at a forum with others in the last year?",
    why="Shared challenges can be seen only where schools meet. The study found nobody with the "
    "whole of a locality in the room.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=_CAVEAT,
    formula="Schools of which anyone came to a forum in the twelve months up to the day ÷ "
    f"schools. {WILSON}",
    needs=FORUMS_NEEDED,
    references=("greany2022", "wilson1927"),
)
@rests_on(tables=("meetings", "attendance"))
def forum_coverage(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with someone at a forum in the twelve months."""
    schools = schools_at_forums(here)
    if isinstance(schools, NotMeasured):
        return schools
    return share(
        int(schools["came"].sum()),
        schools.height,
        nothing=NotMeasured(reason="There is no school here."),
        caveat=_caveat(here),
    )


@indicator(
    id="sense_making.forum_coverage_pupils",
    label="Pupils whose school comes to a forum",
    question="How many of the pupils are in a school that was at a forum in the last year?",
    why="Large schools come more easily than small ones: this says how many children the talk is "
    "about.",
    unit="share",
    units="pupils",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " Schools whose number of pupils is not known are left out and "
    "counted.",
    caveat=_CAVEAT,
    formula="Pupils of schools of which anyone came to a forum in the twelve months up to the "
    f"day ÷ pupils of schools whose number is known. {SCHOOL_BOOTSTRAP}",
    needs=(*FORUMS_NEEDED, "observations.pupils"),
    references=("greany2022", "efron1993"),
)
@rests_on(tables=("meetings", "attendance", "observations"))
def forum_coverage_pupils(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pupils in schools with someone at a forum in the twelve months."""
    schools, pupils = schools_at_forums(here), observed(here, "pupils")
    if isinstance(schools, NotMeasured):
        return schools
    if isinstance(pupils, NotMeasured):
        return pupils
    known = schools.select("id", "came").join(
        pupils.rows.select("id", pl.col("value").alias("pupils")), on="id"
    )
    total = known["pupils"].sum()
    if known.height < 2 or total == 0:
        return NotMeasured(
            reason="The number of pupils is known for fewer than two schools here.",
            would_tell="A register with the number of pupils.",
            missing=schools.height - known.height,
        )
    found = bootstrap_ratio(
        known.select(pl.col("pupils") * pl.col("came"))["pupils"],
        known["pupils"],
        generator(here, "pupils at forums"),
    )
    return Reading(
        value=found.value,
        n=int(total),
        missing=schools.height - known.height,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=_caveat(here),
    )


def _declare(group: str) -> Indicator:
    words = IN_WORDS[group]

    @indicator(
        id=f"sense_making.forum_coverage_{group}",
        label=f"Of {words}, those that come to a forum",
        question=f"How many of the {words} were at a forum in the last year?",
        why="A forum of maintained schools alone, or of trusts alone, sees half of the place.",
        unit="share",
        units=words,
        direction="more",
        tier="E",
        grade="C",
        missing_rule=_MISSING + " Academies with no trust on record are in none of the groups.",
        caveat=_CAVEAT + " A trust may come for its schools: then none of them counts.",
        formula=f"Of the {words}, those of which anyone came to a forum in the twelve months up to "
        f"the day ÷ all of them. {WILSON}",
        needs=(*FORUMS_NEEDED, "ties.governs"),
        references=("greany2022", "wilson1927"),
    )
    @rests_on("governs", tables=("meetings", "attendance"))
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        schools = schools_at_forums(here)
        if isinstance(schools, NotMeasured):
            return schools
        own = schools.filter(pl.col("band").is_in(BANDS[group]))
        return share(
            int(own["came"].sum()),
            own.height,
            nothing=NotMeasured(reason=f"There are no {words} here.", would_tell="A wider lens."),
            caveat=_caveat(here),
        )

    return found


COVERAGE_BY_GOVERNANCE = tuple(_declare(group) for group in BANDS)
