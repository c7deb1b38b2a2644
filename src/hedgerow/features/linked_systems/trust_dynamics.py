"""What the study calls the dynamics of trusts: their ethos, how they deal with one another and with
the authority, and whether hubs are in the hands of trusts that grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from hedgerow.features.designated_hubs import hubs_here
from hedgerow.features.linked_systems.collaboration import JOINT_WORK, linked_pairs
from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.features.observed import last_grades
from hedgerow.features.readings import WILSON, chance_of, generator, plural, share
from hedgerow.features.resting import rests_on, sources_of
from hedgerow.features.school_layers import school_layers
from hedgerow.features.school_ties import COVERAGE_RULE, LEAST_COVERAGE, TIES_NEEDED, school_ties
from hedgerow.features.state_schools import (
    academies,
    all_state_schools,
    no_academies,
    no_schools,
    state_schools,
    state_schools_of_any_phase,
)
from hedgerow.features.system_organisations import (
    BASED_SCHOOLS,
    SYSTEM_NEEDED,
    coordinating_organisations,
)
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.group_ties import tied_group_test

YEARS_OF_GROWTH = 3
"""A trust is growing when it took on a school of the place within so many years up to the day."""

YEARS_OF_PRESSURE = 5
"""A school that joined a trust by sponsorship within so many years counts as under pressure."""

GOOD = 2
"""Inspection grades: 1 outstanding, 2 good, 3 requires improvement, 4 inadequate."""


def years_before(day: date, years: int) -> date:
    """Give the same day so many years earlier, the 28th for the 29th of February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


@indicator(
    id="linked_systems.trust_standardisation",
    label="How far trusts standardise",
    question="How far do the trusts of the schools here prescribe how their schools work?",
    why="A trust that sets one way for all its schools leaves them less to bring to, or take from, "
    "others in the place.",
    unit="score",
    units="academies in trusts whose stance is known",
    tier="E",
    grade="C",
    missing_rule="Academies in trusts of which no stance was coded are left out and counted; with "
    "fewer than three fifths known nothing is said. Trusts of one school are left out: they have "
    "nobody to standardise.",
    caveat="From 0 (schools decide) to 1 (the trust decides), as coders judged it: the mean of the "
    "latest judgement of each coder, weighted by the trust's schools here. A stance is not "
    "practice, and trusts where schools agreed on one way can be as alike.",
    formula="Mean over academies in trusts of two schools or more of its trust's level of "
    "standardisation, which is the mean over coders of each one's latest judgement up to the day.",
    needs=("policies.standardisation", "ties.governs"),
    references=("greany2022",),
)
def trust_standardisation(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean coded standardisation of trusts, weighted by their schools here."""
    found = academies(here).filter(pl.col("trust_size") >= 2)
    if found.is_empty():
        return no_academies(here)
    judged = (
        here.whole.table("policies")
        .filter(pl.col("dimension") == "standardisation", pl.col("date") <= here.on)
        .join(found.select("body").unique(), left_on="organisation", right_on="body", how="semi")
        .sort("date", "id")
        .group_by("organisation", "coder")
        .last()
    )
    levels = judged.group_by("organisation").agg(pl.col("level").mean(), pl.len().alias("coders"))
    known = found.join(levels, left_on="body", right_on="organisation", how="inner")
    missing = found.height - known.height
    if known.height < LEAST_COVERAGE * found.height:
        return NotMeasured(
            reason=f"The stance of their trust is known for only {known.height} of the "
            f"{found.height} academies here."
            if known.height
            else "Nobody has judged how far the trusts here standardise.",
            would_tell="Trusts' own documents read by two people, or interviews.",
            n=known.height,
            missing=missing,
        )
    once = int((levels["coders"] < 2).sum())
    return Reading(
        value=float(known.select(pl.col("level").mean()).item()),
        n=known.height,
        missing=missing,
        caveat=f"{plural(levels.height, 'trust')}, {once} of them judged by one coder alone."
        if once
        else f"{plural(levels.height, 'trust')}, each judged by two coders or more.",
        sources=tuple(sorted(judged["source"].unique())),
    )


@indicator(
    id="linked_systems.trusts_tied_share",
    label="Trusts whose schools turn to one another",
    question="How many pairs of trusts have schools here that turn to each other?",
    why="Whether trusts are seen to collaborate with one another is one of the four things about "
    "trusts that the study found to shape a place.",
    unit="share",
    units="trusts",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=COVERAGE_RULE,
    caveat="Of the pairs of trusts with a school of the phase here, those with one tie or more "
    "between their schools. Trusts with more schools here are tied sooner: read it against chance. "
    "A tie of two teachers is not yet one of their trusts.",
    formula="Pairs of trusts with a tie between a school of one and a school of the other ÷ t(t "
    "− 1) ÷ 2, for t trusts with a school here (`hedgerow.methods.group_ties.tied_group_share`). "
    "Chance: the trusts are dealt anew to the academies of the same network.",
    needs=(*TIES_NEEDED, "ties.governs"),
    references=("greany2022", "phipson2010"),
)
def trusts_tied_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pairs of trusts with a tie between their schools."""
    told, layers = school_ties(here), school_layers(here)
    if isinstance(told, NotMeasured):
        return told
    if isinstance(layers, NotMeasured):
        return layers
    trusts = list(layers.trusts)
    found = tied_group_test(trusts, layers.tied_pairs(), generator(here, "trusts tied"))
    number = len({trust for trust in trusts if trust is not None})
    if found is None:
        return NotMeasured(
            reason="Fewer than two trusts have a school here.", would_tell="A wider lens.", n=number
        )
    return Reading(
        value=found.observed,
        n=number,
        missing=layers.not_asked,
        chance=chance_of(found, "trusts dealt anew to the academies of the same network"),
        caveat=layers.caveat,
        sources=layers.sources,
    )


@indicator(
    id="linked_systems.trusts_joining_in_share",
    label="Trusts that work with the authority or hubs",
    question="How many of the trusts with several schools here bid or work together with the "
    "authority, hubs or associations of the place?",
    why="In one of the study's places several trusts stood behind what hubs and the authority did; "
    "in another they kept apart.",
    unit="share",
    units="trusts",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Links that nobody wrote down count as not there, so that this is a lower bound. "
    "Where no link between organisations here was ever written down, nothing is said.",
    caveat=f"Of the trusts with {BASED_SCHOOLS} schools or more here, of any phase and wherever "
    "they are based: those with a joint bid or joint work in force.",
    formula="Trusts with a joint bid or joint work in force with the authority, a hub, an "
    f"association or an alliance of the place ÷ trusts with {BASED_SCHOOLS} schools or more here. "
    "A bound from below: there is no interval.",
    needs=("ties.joint_bid", "ties.collaborates", *SYSTEM_NEEDED, "ties.governs"),
    references=("greany2022",),
)
def trusts_joining_in_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of trusts of the place with joint work with a coordinating organisation."""
    present = trusts_here(here).filter(pl.col("schools_here") >= BASED_SCHOOLS)["trust"]
    if present.is_empty():
        return NotMeasured(
            reason=f"No trust has {BASED_SCHOOLS} schools or more here.", would_tell="A wider lens."
        )
    coordinating = coordinating_organisations(here)
    trusts = here.whole.organisations.filter(pl.col("id").is_in(present.implode())).select(
        "id", "kind", "name"
    )
    pairs = linked_pairs(here, JOINT_WORK, pl.concat([coordinating, trusts]))
    if isinstance(pairs, NotMeasured):
        return pairs
    others = set(coordinating["id"])
    joining = {one for pair in pairs for one in pair if set(pair) & others} & set(present)
    return Reading(
        value=len(joining) / present.len(),
        n=present.len(),
        sources=sources_of(here.whole, *JOINT_WORK, "governs", "covers"),
    )


@indicator(
    id="linked_systems.performance_pressure_share",
    label="Schools under pressure of performance",
    question="How many of the schools were graded below good at their last inspection, or placed "
    f"with a sponsor within {YEARS_OF_PRESSURE} years?",
    why="Schools under pressure are those that trusts may be asked to take over; the study found "
    "that concern about take-over makes heads wary of hubs that trusts run.",
    unit="share",
    missing_rule="Schools without a grade on record that no sponsor took on count as not known, "
    "and are left out and counted.",
    caveat="Each school's last graded inspection up to the day, some of them many years old; a "
    "school graded below good before it joined a sponsor bears a new number and has no grade of "
    "its own. Overall grades of state schools ended in September 2024.",
    formula=f"Schools whose last graded inspection up to the day was below {GOOD} (good), or "
    f"that joined a trust by sponsorship within {YEARS_OF_PRESSURE} years up to it ÷ schools with "
    f"a grade or such a joining. Nothing is said where these are fewer than half. {WILSON}",
    needs=("observations.inspection_grade", "schools.route", "ties.governs"),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
def performance_pressure_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools graded below good or sponsored within five years."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    last = last_grades(here, schools).select(
        "organisation", pl.col("value").alias("grade"), pl.col("source").alias("graded_by")
    )
    since = years_before(here.on, YEARS_OF_PRESSURE)
    placed = (pl.col("route") == "sponsored") & (pl.col("joined") > since)
    rows = schools.join(last, left_on="id", right_on="organisation", how="left").with_columns(
        placed.fill_null(False).alias("is_placed")
    )
    known = rows.filter(pl.col("grade").is_not_null() | pl.col("is_placed"))
    missing = rows.height - known.height
    if known["grade"].drop_nulls().is_empty() or known.height < rows.height / 2:
        return NotMeasured(
            reason=f"Only {known['grade'].drop_nulls().len():,} of the {rows.height:,} schools "
            "have a graded inspection on record, too few to stand for all.",
            would_tell="Inspection outcomes (`--ofsted`), or a register extract that has grades.",
            n=known.height,
            missing=missing,
        )
    below = known.filter((pl.col("grade") > GOOD).fill_null(False) | pl.col("is_placed"))
    found = share(below.height, known.height, missing=missing, nothing=no_schools(here))
    if isinstance(found, NotMeasured):
        return found
    sources = set(known["graded_by"].drop_nulls()) | set(sources_of(here.whole, "governs"))
    return replace(found, sources=tuple(sorted(sources)))


@indicator(
    id="linked_systems.hubs_run_by_growing_trusts",
    label="Hubs run by trusts that grow here",
    question="How many of the hubs that serve the place are run by a trust that has taken on "
    f"schools of the place within {YEARS_OF_GROWTH} years?",
    why="Heads who fear take-over keep away from a hub that belongs to a trust on the lookout for "
    "schools: the study found this to loosen a place.",
    unit="count",
    units="designated hubs",
    missing_rule="Hubs of which it is not known who hosts them are left out and counted. Schools "
    "whose day of joining is not known count as not taken on lately.",
    caveat="A hub counts as run by the trust of the school that hosts it, or by the trust that "
    "does; growth is of schools of any phase here, by conversion, sponsorship or move. Whether "
    "anyone is wary of it only people can say.",
    formula="The number of hubs with a school of the place in their footprint whose host is, or "
    "belongs to, a trust of two schools or more that a school of the place joined within "
    f"{YEARS_OF_GROWTH} years up to the day.",
    needs=("ties.covers", "area_parts", "ties.hosts", "ties.governs"),
    references=("greany2022",),
)
@rests_on("covers", "hosts", "governs")
def hubs_run_by_growing_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the designated hubs whose host's trust took on a school here lately."""
    hubs = hubs_here(here)
    if hubs.is_empty():
        return NotMeasured(
            reason="The register knows of no hub that covers a school here.",
            would_tell="A hubs file that says what the hub covers and who hosts it (`--hubs`).",
            missing=state_schools(here).height,
        )
    hosted = hubs.filter(pl.col("host").is_not_null())
    missing = hubs.height - hosted.height
    if hosted.is_empty():
        return NotMeasured(
            reason="It is not known who hosts the hubs that cover the schools here.",
            would_tell="A hubs file that names the host (`--hubs`).",
            missing=missing,
        )
    everybody = all_state_schools(here.whole).filter(pl.col("trust_size") >= 2)
    since = years_before(here.on, YEARS_OF_GROWTH)
    joined = state_schools_of_any_phase(here).filter(
        pl.col("trust_size") >= 2, pl.col("joined") > since
    )["body"]
    growing = set(joined)
    hosts = everybody.filter(pl.col("id").is_in(hosted["host"].implode()))
    trust_of = dict(hosts.select("id", "body").iter_rows())
    running = [trust_of.get(host, host) for host in hosted["host"]]
    count = sum(one in growing for one in running)
    taken = int(joined.is_in(sorted(set(running))).sum())
    return Reading(
        value=count,
        n=hosted.height,
        missing=missing,
        caveat=f"Those trusts took on {plural(taken, 'school')} here." if taken else "",
    )
