"""Trusts' ways of working: how alike their schools are, and how far the trust prescribes it.

The two are set side by side and never one for the other: a trust whose schools worked their common
ways out together is as alike as one that hands them down.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hedgerow.features.practices.likeness import similarity
from hedgerow.features.practices.repertoire import MISSING_RULE, repertoire
from hedgerow.features.readings import generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import academies, no_academies
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.similarity import GroupLikeness, group_likeness

LEAST_SCHOOLS = 4
"""Schools asked that a trust needs here: four make six pairs, three too few to show a mean of."""

TIGHT = 0.05
"""A trust is called tight where chance alone would make as many schools so alike this seldom."""

COLUMNS = {
    "trust": pl.String,
    "name": pl.String,
    "schools": pl.Int64,
    "schools_asked": pl.Int64,
    "likeness": pl.Float64,
    "expected": pl.Float64,
    "tightness": pl.Float64,
    "p": pl.Float64,
    "prescription": pl.Float64,
    "coders": pl.Int64,
}


def _tightness(here: LocalLandscape) -> Sequence[GroupLikeness] | NotMeasured:
    def work() -> Sequence[GroupLikeness] | NotMeasured:
        found, alike = repertoire(here), similarity(here)
        if isinstance(found, NotMeasured):
            return found
        if isinstance(alike, NotMeasured):
            return alike
        return group_likeness(
            alike, list(found.bodies), generator(here, "tightness"), smallest=LEAST_SCHOOLS
        )

    return here.worked_out("tightness of trusts", work)


def prescription(here: LocalLandscape) -> pl.DataFrame:
    """Give how far each organisation prescribes, as coders judged it up to the day.

    Returns
    -------
    polars.DataFrame
        ``trust``, ``prescription`` (mean over coders of each one's latest judgement: 0 organic, 0.5
        worked out together, 1 standardised), ``coders``.
    """
    return (
        here.whole.table("policies")
        .filter(pl.col("dimension") == "standardisation", pl.col("date") <= here.on)
        .sort("date", "id")
        .group_by("organisation", "coder")
        .agg(pl.col("level").last())
        .group_by(pl.col("organisation").alias("trust"))
        .agg(
            pl.col("level").mean().alias("prescription"),
            pl.len().cast(pl.Int64).alias("coders"),
        )
        .sort("trust")
    )


def trust_ways(here: LocalLandscape) -> pl.DataFrame:
    """Give the place's trusts of two schools or more with their tightness and prescription.

    Returns
    -------
    polars.DataFrame
        ``trust``, ``name``, ``schools`` (here, of the phase), ``schools_asked``, ``likeness`` (mean
        over pairs of its schools), ``expected`` (of as many schools drawn from all), ``tightness``
        (the difference), ``p`` (one-sided: how often chance gives as much), ``prescription``,
        ``coders``. Null where fewer than four of its schools were asked, or nobody judged its
        stance. In order of trust.
    """
    trusts = (
        academies(here)
        .filter(pl.col("trust_size") > 1)
        .group_by(pl.col("body").alias("trust"))
        .agg(pl.len().cast(pl.Int64).alias("schools"), pl.col("id"))
        .sort("trust")
    )
    found = repertoire(here)
    asked = set() if isinstance(found, NotMeasured) else set(found.schools)
    groups = _tightness(here)
    measured = pl.DataFrame(
        [
            (str(g.label), g.within.observed, g.within.mean, g.within.effect, g.within.p_upper)
            for g in ([] if isinstance(groups, NotMeasured) else groups)
        ],
        schema={
            "trust": pl.String,
            "likeness": pl.Float64,
            "expected": pl.Float64,
            "tightness": pl.Float64,
            "p": pl.Float64,
        },
        orient="row",
    )
    return (
        trusts.with_columns(
            pl.Series(
                "schools_asked", [len(asked & set(ids)) for ids in trusts["id"]], dtype=pl.Int64
            ),
            pl.col("trust").replace(here.whole.names()).alias("name"),
        )
        .join(measured, on="trust", how="left", maintain_order="left")
        .join(prescription(here), on="trust", how="left", maintain_order="left")
        .select(list(COLUMNS))
    )


@indicator(
    id="practices.trust_tightness",
    label="How much more alike a trust's schools are than by chance",
    question="How tightly do trusts hold the practice of their schools together?",
    why="It tells the trusts that are one community of practice from those that are a name on the "
    "gate.",
    unit="index",
    units="trusts",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + f" Trusts with fewer than {LEAST_SCHOOLS} schools asked here are "
    "left out and counted.",
    caveat="Mean likeness of the schools of a trust less that of as many schools drawn from all "
    "here, averaged over trusts by their schools; 0 is what chance gives. It does not tell whether "
    "a trust prescribes: schools that work things out together grow alike too.",
    formula="Sum over trusts of schools × (mean likeness of pairs of its schools − mean "
    "likeness of as many schools drawn from all here) ÷ sum of those schools, over trusts with "
    f"{LEAST_SCHOOLS} schools asked or more (`hedgerow.methods.similarity.group_likeness`); "
    "likeness of two schools = items that both use ÷ items that either uses, of those that both "
    "were asked about (`hedgerow.methods.similarity.ruzicka_similarity`).",
    needs=("adoptions.is_used", "ties.governs"),
    references=("greany2022", "jaccard1912", "mantel1967"),
)
@rests_on("governs", tables=("adoptions",))
def trust_tightness(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean tightness of trusts, by schools asked."""
    result = _measured_trusts(here)
    if isinstance(result, NotMeasured):
        return result
    groups, missing = result
    schools = sum(group.units for group in groups)
    value = sum(group.within.effect * group.units for group in groups) / schools
    return Reading(value=value, n=len(groups), missing=missing)


@indicator(
    id="practices.tight_trusts",
    label="Trusts whose schools work alike",
    question="How many of the trusts hold their schools' practice together?",
    why="A few tight trusts among loose ones make another place than many that are all a little "
    "tight.",
    unit="count",
    units="trusts",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + f" Trusts with fewer than {LEAST_SCHOOLS} schools asked here are "
    "left out and counted.",
    caveat="Trusts whose schools are so alike that chance alone would give it less than "
    f"{TIGHT:.0%} of the time. With few schools in a trust even a tight one may not be seen "
    "to be; among twenty loose trusts one would be called tight by chance.",
    formula=f"The number of trusts, with {LEAST_SCHOOLS} schools asked or more, whose schools' "
    f"mean likeness is reached by fewer than {TIGHT:.0%} of as many schools drawn at random from "
    "all here (`hedgerow.methods.similarity.group_likeness`); likeness of two schools = items "
    "that both use ÷ items that either uses, of those that both were asked about "
    "(`hedgerow.methods.similarity.ruzicka_similarity`).",
    needs=("adoptions.is_used", "ties.governs"),
    references=("greany2022", "phipson2010"),
)
@rests_on("governs", tables=("adoptions",))
def tight_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the trusts whose schools are more alike than chance allows."""
    result = _measured_trusts(here)
    if isinstance(result, NotMeasured):
        return result
    groups, missing = result
    tight = sum(group.within.p_upper < TIGHT for group in groups)
    return Reading(value=tight, n=len(groups), missing=missing)


def _measured_trusts(
    here: LocalLandscape,
) -> tuple[Sequence[GroupLikeness], int] | NotMeasured:
    """Trusts with enough schools asked, and how many others there are."""
    groups = _tightness(here)
    if isinstance(groups, NotMeasured):
        return groups
    others = trust_ways(here).height - len(groups)
    if not groups:
        return NotMeasured(
            reason=f"No trust has {LEAST_SCHOOLS} schools or more here that were asked.",
            would_tell="Answers from more schools of the same trusts, or a wider lens.",
            missing=others,
        )
    return groups, others


@indicator(
    id="practices.trust_prescription",
    label="How far trusts prescribe practice",
    question="How far do the trusts here set the ways in which their schools teach?",
    why="A standardised offer is quick to spread and hard to question; an organic one the reverse. "
    "The study found both, and trusts that work things out together.",
    unit="index",
    units="academies",
    tier="E",
    grade="C",
    missing_rule="Academies in trusts of two schools or more whose stance nobody judged are left "
    "out and counted.",
    caveat="Coders' judgement of the trust's stance, averaged over the academies here: 0 organic, "
    "0.5 worked out together, 1 standardised. A stance is what a trust says or is seen to want, "
    "not what happens in class.",
    formula="Mean over academies in trusts of two schools or more of their trust's level of "
    "standardisation, which is the mean over coders of each one's latest judgement up to the day.",
    needs=("policies.standardisation", "ties.governs"),
    references=("greany2022",),
)
@rests_on("governs", tables=("policies",))
def trust_prescription(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean judged standardisation of trusts, by their academies here."""
    in_trusts = academies(here).filter(pl.col("trust_size") > 1)
    if academies(here).is_empty():
        return no_academies(here)
    judged = in_trusts.join(
        prescription(here), left_on="body", right_on="trust", how="left", maintain_order="left"
    )
    known = judged.filter(pl.col("prescription").is_not_null())
    missing = judged.height - known.height
    if known.is_empty():
        return NotMeasured(
            reason="Nobody has judged how far the trusts here prescribe practice."
            if in_trusts.height
            else "No academy here is in a trust of two schools or more.",
            would_tell="Policies coded on standardisation, by two coders.",
            missing=missing,
        )
    single = known.filter(pl.col("coders") < 2)["body"].n_unique()
    trusts = known["body"].n_unique()
    value: float = known["prescription"].mean()  # type: ignore[assignment]  # there are some
    return Reading(
        value=value,
        n=known.height,
        missing=missing,
        caveat=f"Of {trusts} trusts, {single} were judged by one coder only." if single else "",
    )
