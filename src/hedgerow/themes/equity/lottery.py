"""The postcode lottery: how far who governs a school, and where it lies, decide what it gets."""

from __future__ import annotations

import numpy as np
import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.professional_learning.reach import INTENSITY_NEEDED
from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    falls_within,
    learning,
    lower_bound,
    twelve_months,
)
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.phases import is_of_phase
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.median_odds import fit_random_intercepts
from hedgerow.methods.pooled_ratio import pooled_rate_ratio_interval
from hedgerow.methods.theil import between_share_test
from hedgerow.themes.equity.taking_part import with_dose

FEWEST = 5
"""Schools of a kind below which no ratio of rates is given."""

FEWEST_BODIES = 3
"""Governing bodies below which there is no spread between them to speak of."""

_TABLES = ("activities", "participation")
_LOWER = (
    "A school without a record counts as not having taken part: providers that gave no records are "
    "named beside the figure."
)


def _between(here: LocalLandscape, column: str, what: str) -> Reading | NotMeasured:
    """Share of Theil's T of doses that lies between groups of schools, weighted by pupils."""
    found = with_dose(here)
    if isinstance(found, NotMeasured):
        return found
    known, unknown = found
    grouped = known.drop_nulls(column)
    missing = unknown + known.height - grouped.height
    if grouped[column].n_unique() < 2:
        return NotMeasured(
            reason=f"It takes two {what} or more to compare, and one at most is known here.",
            would_tell="A wider lens.",
            n=grouped.height,
            missing=missing,
        )
    null = between_share_test(
        grouped["dose"].to_numpy(),
        grouped[column].to_list(),
        generator(here, f"dose between {column}"),
        weights=grouped["roll"].to_numpy(),
    )
    if null is None:
        return NotMeasured(
            reason="No school here has any learning with others on record, or all have as much.",
            would_tell="The number of staff and of sessions in each record.",
            n=grouped.height,
            missing=missing,
        )
    return Reading(
        value=null.observed,
        n=grouped.height,
        missing=missing,
        chance=chance_of(null, f"the {what} dealt anew to the schools, each keeping its number"),
        caveat=lower_bound(here, is_external=True),
    )


@indicator(
    id="equity.dose_between_bodies",
    label="Inequality of outside learning that lies between governing bodies",
    question="How much of the inequality in outside learning goes by who governs a school?",
    why="What a teacher gets should not hang on the trust that runs the school.",
    unit="share",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_LOWER + " Schools whose pupils or governing body are not known are left out and "
    "counted.",
    caveat="Of all inequality in staff sessions with others for every 100 pupils, in the twelve "
    "months to the day, the share that lies between bodies; large schools weigh more. Many bodies "
    "with a school or two each take a large share by chance alone: compare with chance. The "
    "authority is one body.",
    formula="T between governing bodies ÷ T, where T is Theil's: sum over schools of share of "
    "pupils × (dose ÷ mean dose) × ln(dose ÷ mean dose), and between bodies the same of their "
    "mean doses (`hedgerow.methods.theil.theil_split`); a school's dose is 100 × sum over its "
    "outside records in the twelve months up to the day of (staff × sessions attended) ÷ its "
    "pupils. Chance: the governing bodies are dealt anew to the schools, each keeping its number.",
    needs=INTENSITY_NEEDED,
    references=("theil1967", "phipson2010"),
)
@rests_on("governs", tables=_TABLES)
def dose_between_bodies(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of Theil's T of doses between governing bodies."""
    return _between(here, "body", "governing bodies")


@indicator(
    id="equity.dose_between_districts",
    label="Inequality of outside learning that lies between districts",
    question="How much of the inequality in outside learning goes by where in the place a school "
    "lies?",
    why="A lottery by postcode shows in where schools lie.",
    unit="share",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_LOWER + " Schools whose pupils or district are not known are left out and "
    "counted.",
    caveat="Of all inequality in staff sessions with others for every 100 pupils, in the twelve "
    "months to the day, the share that lies between districts; large schools weigh more. Compare "
    "with chance.",
    formula="T between districts ÷ T, where T is Theil's: sum over schools of share of pupils × "
    "(dose ÷ mean dose) × ln(dose ÷ mean dose), and between districts the same of their mean "
    "doses (`hedgerow.methods.theil.theil_split`); a school's dose is 100 × sum over its outside "
    "records in the twelve months up to the day of (staff × sessions attended) ÷ its pupils. "
    "Chance: the districts are dealt anew to the schools, each keeping its number.",
    needs=(*INTENSITY_NEEDED, "organisations.district"),
    references=("theil1967", "phipson2010"),
)
@rests_on(tables=_TABLES)
def dose_between_districts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of Theil's T of doses between districts."""
    return _between(here, "district", "districts")


@indicator(
    id="equity.maths_hub_median_odds_ratio",
    label="Odds of working with a Maths Hub, from body to body",
    question="How much do a school's odds of working with its Maths Hub change with the body that "
    "governs it?",
    why="If a like school under another body has several times the odds, taking part is decided "
    "above the school.",
    unit="ratio",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_LOWER + " Schools whose governing body is not known are left out and counted.",
    caveat="1 where the governing body makes no difference; 3 where, of two bodies picked at "
    "random, the odds in the one are typically three times those in the other. The authority is "
    "one body. Nothing is held equal between schools.",
    formula="The median odds ratio, exp(√2 × s × 0.6745), where s is the standard deviation "
    "between governing bodies in the model log odds of a record with a Maths Hub in the twelve "
    "months up to the day = a + body's own level, the levels being normal "
    "(`hedgerow.methods.median_odds.fit_random_intercepts`). Interval: profile likelihood.",
    needs=LEARNING_NEEDED,
    references=("merlo2006",),
)
@rests_on("governs", tables=_TABLES)
def maths_hub_median_odds_ratio(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median odds ratio between governing bodies of taking part with a Maths Hub."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    schools = state_schools(here)
    known = schools.drop_nulls("body")
    missing = schools.height - known.height
    reached = records.filter(pl.col("provider_kind") == "maths_hub")["school"].unique()
    outcomes = known["id"].is_in(reached.implode()).cast(pl.Int64).to_numpy()
    fewer = min(int(outcomes.sum()), len(outcomes) - int(outcomes.sum()))
    if known["body"].n_unique() < FEWEST_BODIES or fewer < FEWEST:
        return NotMeasured(
            reason=f"It takes {FEWEST_BODIES} governing bodies, {FEWEST} schools that worked with "
            f"a Maths Hub in the twelve months and {FEWEST} that did not.",
            would_tell="The hub's own list of the schools that took part, or a wider lens.",
            n=known.height,
            missing=missing,
        )
    fit = fit_random_intercepts(outcomes, known["body"].to_list())
    return Reading(
        value=fit.median_odds_ratio,
        n=known.height,
        missing=missing,
        interval=Interval(low=fit.ratio_low, high=fit.ratio_high, method="profile likelihood"),
    )


@indicator(
    id="equity.hub_reach_against_rest",
    label="Working with hubs here, against the rest of their areas",
    question="Do schools here take part in what their hubs offer as often as other schools that "
    "the same hubs serve?",
    why="A hub has one offer for all of its area: where fewer take it up in one part, something "
    "other than the offer decides.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Hubs of which there is no record in the twelve months are left out. A school "
    "without a record with a hub counts as not having worked with it.",
    caveat="The rate here over the rate among all other schools of the phase in the same hubs' "
    "footprints, hub by hub: 1 where they are alike. The records are the "
    "hubs' own, and so alike for both. It does not say why: distance counts too.",
    formula="The ratio of Mantel and Haenszel: sum over hubs of a × n0 ÷ n, over sum over hubs of "
    "b × n1 ÷ n: a of n1 schools here and b of n0 schools elsewhere in the hub's footprint took "
    "part in the twelve months up to the day, n being n1 + n0 "
    f"(`hedgerow.methods.pooled_ratio.pooled_rate_ratio`). {SCHOOL_BOOTSTRAP}",
    needs=("ties.covers", "area_parts", "participation", "activities.provider"),
    references=("greany2022", "rothman2008", "efron1993"),
)
@rests_on("covers", tables=_TABLES)
def hub_reach_against_rest(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the Mantel-Haenszel ratio of take-up here to elsewhere in the same hubs' footprints."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    whole = here.whole
    of_phase = all_state_schools(whole).filter(is_of_phase(here.phase)).select("id")
    served = (
        footprints(whole)
        .filter(pl.col("hub_kind").is_in(list(HUB_NAMES)), "is_certain")
        .join(of_phase, left_on="school", right_on="id", how="semi")
    )
    own = served.join(schools, left_on="school", right_on="id", how="semi")["hub"].unique()
    took_part = (
        under_present_identifiers(whole.table("participation"), whole, "school")
        .filter(pl.col("start") <= here.on, falls_within(twelve_months(here.on), here.on))
        .join(whole.table("activities"), left_on="activity", right_on="id")
        .select("school", pl.col("provider").alias("hub"))
        .unique()
    )
    heard = took_part["hub"].unique().implode()
    pairs = served.filter(pl.col("hub").is_in(own.implode()), pl.col("hub").is_in(heard))
    if pairs.is_empty():
        return NotMeasured(
            reason="No hub that serves the place gave a record of who took part in the twelve "
            "months to the day.",
            would_tell="The hubs' own lists of the schools that took part.",
            missing=schools.height,
        )
    marked = pairs.join(
        took_part.with_columns(pl.lit(1.0).alias("took")), on=["school", "hub"], how="left"
    ).with_columns(pl.col("took").fill_null(0.0))
    table = marked.pivot("hub", index="school", values="took").sort("school")
    outcomes = table.drop("school").fill_null(np.nan).to_numpy().astype(float)
    is_here = table["school"].is_in(schools["id"].implode()).to_numpy()
    served_here = int(is_here.sum())
    found = (
        pooled_rate_ratio_interval(outcomes, is_here, generator(here, "hub reach against rest"))
        if min(served_here, len(is_here) - served_here) >= FEWEST
        else None
    )
    if found is None:
        return NotMeasured(
            reason="The hubs that serve the place serve too few other schools, or none of those "
            "took part.",
            would_tell="The hubs' lists for all of their areas.",
            n=served_here,
            missing=schools.height - served_here,
        )
    return Reading(
        value=found.value,
        n=served_here,
        missing=schools.height - served_here,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=f"Set against {len(is_here) - served_here:,} schools elsewhere.",
    )
