"""Whether professional learning goes to schools with many pupils in need, or with few."""

from __future__ import annotations

import polars as pl

from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.records import LEARNING_NEEDED, lower_bound
from hedgerow.features.readings import generator
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import BootstrapInterval
from hedgerow.methods.concentration import (
    concentration_index,
    concentration_interval,
    erreygers_index,
    erreygers_interval,
)
from hedgerow.themes.equity.taking_part import taking_part, with_dose

FEWEST = 10
"""Schools below which a ranking says nothing."""

_TABLES = ("activities", "participation", "observations")


def _with_need(here: LocalLandscape, schools: pl.DataFrame) -> pl.DataFrame | NotMeasured:
    """Schools with ``need``, the share of pupils eligible for free school meals, where known."""
    eligible = observed(
        here,
        "fsm_eligible",
        would_tell="A register extract, or a school census file, with free school meals.",
    )
    if isinstance(eligible, NotMeasured):
        return eligible
    need = eligible.rows.filter(pl.col("denominator") > 0).select(
        "id", (pl.col("value") / pl.col("denominator")).alias("need")
    )
    found = schools.join(need, on="id", how="inner").sort("id")
    if found.height < FEWEST:
        return NotMeasured(
            reason=f"Both taking part and free school meals are known for fewer than {FEWEST} "
            "schools here.",
            would_tell="A wider lens, or a register extract with free school meals.",
            n=found.height,
            missing=schools.height - found.height,
        )
    return found


def _clusters(schools: pl.DataFrame) -> list[str]:
    """What is drawn together: the schools of a trust; each maintained school is its own."""
    is_of_several = pl.col("band").is_in(["2-5", "6-15", "16+"])
    chosen = schools.select(pl.when(is_of_several).then("body").otherwise("id")).to_series()
    return list(chosen)


@indicator(
    id="equity.dose_towards_disadvantaged",
    label="Outside learning towards schools with more pupils in need",
    question="Does learning with others go more to schools with many pupils on free school meals, "
    "or with few?",
    why="Equal shares would ignore that some schools face more; the study met both “haves and have "
    "nots”.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Schools whose pupils or free school meals are not known are left out and "
    "counted. Providers that gave no records are named beside the figure.",
    caveat="Concentration index of staff sessions with others for every 100 pupils, schools ranked "
    "by the share of pupils eligible for free school meals and weighted by pupils: above 0 where "
    "schools with more such pupils have more of it, below 0 where those with fewer do; -1 to 1. "
    "Small schools have high doses for their size, and where they are the better-off ones that "
    "alone turns it down.",
    formula="2 × sum over schools of share of pupils × (dose ÷ mean dose) × rank − 1, where a "
    "school's rank, from 0 to 1, is the share of pupils in schools with a smaller share eligible "
    "for free school meals, and half of those in schools with the same "
    "(`hedgerow.methods.concentration.concentration_index`); a school's dose is 100 × sum over "
    "its outside records in the twelve months up to the day of (staff × sessions attended) ÷ its "
    "pupils. Interval: whole trusts drawn anew with replacement, the middle 95 per cent "
    "(`hedgerow.methods.concentration.concentration_interval`).",
    needs=(
        *LEARNING_NEEDED,
        "participation.staff",
        "participation.sessions_attended",
        "observations.pupils",
        "observations.fsm_eligible",
    ),
    references=("kakwani1997", "odonnell2008", "cameron2008"),
)
@rests_on("governs", tables=_TABLES)
def dose_towards_disadvantaged(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the concentration index of doses by free school meals, rank rising with need."""
    found = with_dose(here)
    if isinstance(found, NotMeasured):
        return found
    known, unknown = found
    ranked = _with_need(here, known)
    if isinstance(ranked, NotMeasured):
        return ranked
    doses, need, rolls = (ranked[name].to_numpy() for name in ("dose", "need", "roll"))
    missing = unknown + known.height - ranked.height
    value = concentration_index(doses, need, rolls)
    if value is None:
        return NotMeasured(
            reason="No school here has any learning with others on record.",
            would_tell="The number of staff and of sessions in each record.",
            n=ranked.height,
            missing=missing,
        )
    clusters = _clusters(ranked)
    drawn = (
        concentration_interval(
            doses, need, generator(here, "dose towards disadvantaged"), rolls, clusters
        )
        if len(set(clusters)) > 1
        else None
    )
    return _reading(here, value, drawn, ranked.height, missing)


def _reading(
    here: LocalLandscape, value: float, drawn: BootstrapInterval | None, n: int, missing: int
) -> Reading:
    """The index with its interval, if there are trusts to draw from."""
    return Reading(
        value=value,
        n=n,
        missing=missing,
        interval=Interval(low=drawn.low, high=drawn.high, method="trust bootstrap")
        if drawn
        else None,
        caveat=" ".join(
            part
            for part in (
                "" if drawn else "All are of one trust: there is nothing to draw anew.",
                lower_bound(here, is_external=True),
            )
            if part
        ),
    )


@indicator(
    id="equity.hub_reach_towards_disadvantaged",
    label="Working with hubs, towards schools with more pupils in need",
    question="Do schools with many pupils on free school meals work with hubs more often than "
    "those with few?",
    why="Hubs are free and there for all; those who would gain most may be least able to go.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Schools whose free school meals are not known are left out and counted. A school "
    "without a record with a hub counts as not having worked with one.",
    caveat="Working with any hub in the twelve months to the day, schools set in order of the "
    "share of pupils eligible for free school meals: above 0 where schools with more "
    "such pupils work with hubs more often, below 0 where less often; -1 to 1.",
    formula="8 × (mean over schools of (1 if it worked with a hub in the twelve months up to the "
    "day, else 0) × rank − half of the mean of the former), where a school's rank, from 0 to 1, "
    "is the share of schools with a smaller share of pupils eligible for free school meals, and "
    "half of those with the same: Erreygers's index "
    "(`hedgerow.methods.concentration.erreygers_index`). Interval: whole trusts drawn anew with "
    "replacement, the middle 95 per cent (`hedgerow.methods.concentration.erreygers_interval`).",
    needs=(*LEARNING_NEEDED, "observations.fsm_eligible"),
    references=("erreygers2009", "wagstaff2000", "cameron2008"),
)
@rests_on("governs", tables=_TABLES)
def hub_reach_towards_disadvantaged(here: LocalLandscape) -> Reading | NotMeasured:
    """Give Erreygers's index of reach by free school meals, rank rising with need."""
    part = taking_part(here)
    if isinstance(part, NotMeasured):
        return part
    ranked = _with_need(here, part)
    if isinstance(ranked, NotMeasured):
        return ranked
    with_hub, need = ranked["is_with_hub"].cast(pl.Float64).to_numpy(), ranked["need"].to_numpy()
    clusters = _clusters(ranked)
    rng = generator(here, "hub reach towards disadvantaged")
    drawn = (
        erreygers_interval(with_hub, need, rng, clusters=clusters)
        if len(set(clusters)) > 1
        else None
    )
    value = erreygers_index(with_hub, need)
    return _reading(here, value, drawn, ranked.height, part.height - ranked.height)
