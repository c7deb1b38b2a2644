"""Clusters of schools over time: whether those who began together are still governed by one body,
and still members together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import polars as pl

from hedgerow.features.local_lens.nestedness import (
    AGREEMENT_CAVEAT,
    agreement,
    agreement_formula,
)
from hedgerow.features.readings import DRAWS, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on, in_words
from hedgerow.landscape.succession import present_identifiers, under_present_identifiers
from hedgerow.methods.bootstrap import bootstrap_ratio
from hedgerow.methods.join_counts import join_count_test

FOUNDING_DAYS = 365
"""Members who joined within so many days of a cluster's first are its founding members."""

_WOULD_TELL = (
    "For each cluster its member schools, each with the day on which it joined and, where it left, "
    "the day on which it left."
)
_MISSING = (
    "Pairs with a school whose governing body is not known are left out and counted. Clusters with "
    "fewer than two founding members here are left out."
)
_FOUNDING = (
    "Founding members are the schools here that joined within a year of the cluster's first "
    "member, whether or not they are members still; schools that closed since are not among them."
)


@dataclass(frozen=True, eq=False)
class Clusters:
    """Pairs of founding members of the place's clusters.

    Attributes
    ----------
    pairs : polars.DataFrame
        Columns ``cluster``, ``one``, ``other`` (schools), ``both_members`` (whether both are
        members still), ``differ`` and ``differed`` (whether different bodies govern them now, and
        did when the cluster began; null where not known).
    since : datetime.date
        The earliest day for which it is told who governed at the beginning.
    later : int
        Clusters that began before it was known who governs, for which the first known day stands.
    """

    pairs: pl.DataFrame
    since: date
    later: int


def clusters(here: LocalLandscape) -> Clusters | NotMeasured:
    """Give the pairs of founding members of clusters among the place's state schools."""
    return here.worked_out("clusters", lambda: _clusters(here))


def _clusters(here: LocalLandscape) -> Clusters | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    founders = _founders(here)
    if founders.is_empty():
        return NotMeasured(
            reason="No cluster that two schools here began together is on record.",
            would_tell=_WOULD_TELL,
            missing=schools.height,
        )
    now = dict(schools.select("id", "body").iter_rows())
    first = here.whole.earliest
    rows = []
    days = []
    for (cluster,), members in founders.group_by(["cluster"], maintain_order=True):
        began: date | None = members["began"][0]
        day = max((one for one in (began, first) if one is not None), default=here.on)
        days.append((day, began is None or day > began))
        before = _bodies_then(here, min(day, here.on))
        is_member = dict(members.select("school", "is_member").iter_rows())
        for one, other in combinations(sorted(is_member), 2):
            rows.append(
                {
                    "cluster": cluster,
                    "one": one,
                    "other": other,
                    "both_members": is_member[one] and is_member[other],
                    "differ": _differ(now.get(one), now.get(other)),
                    "differed": _differ(before.get(one), before.get(other)),
                }
            )
    return Clusters(
        pl.DataFrame(rows, schema=_PAIRS),
        min(day for day, _ in days),
        sum(is_later for _, is_later in days),
    )


_PAIRS = {
    "cluster": pl.String,
    "one": pl.String,
    "other": pl.String,
    "both_members": pl.Boolean,
    "differ": pl.Boolean,
    "differed": pl.Boolean,
}


def _differ(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one != other


def _founders(here: LocalLandscape) -> pl.DataFrame:
    """Founding members: ``cluster``, ``school``, ``began`` (the cluster's first day; null where not
    known), ``is_member`` (still), of clusters with two or more."""
    whole = here.whole
    kinds = whole.all_days.organisations.filter(pl.col("kind") == "cluster").select("id")
    told = whole.all_days.ties.filter(
        pl.col("kind") == "member_of",
        pl.col("start").is_null() | (pl.col("start") <= here.on),
    ).join(kinds, left_on="to_id", right_on="id", how="semi")
    members = (
        under_present_identifiers(told, whole, "from_id")
        .join(state_schools(here), left_on="from_id", right_on="id", how="semi")
        .group_by(pl.col("to_id").alias("cluster"), pl.col("from_id").alias("school"))
        .agg(
            # a null start is "there when first seen"
            pl.when(pl.col("start").is_not_null().all()).then(pl.col("start").min()).alias("start"),
            active_on(here.on).any().alias("is_member"),
        )
    )
    began = pl.col("start").min().over("cluster")
    is_founder = pl.col("start").is_null() | (
        pl.col("start") <= began + timedelta(days=FOUNDING_DAYS)
    )
    return (
        members.with_columns(began.alias("began"))
        .filter(is_founder)
        .filter(pl.len().over("cluster") >= 2)
        .sort("cluster", "school")
    )


def _bodies_then(here: LocalLandscape, day: date) -> dict[str, str]:
    """Governing body on an earlier day of each of today's schools, by its present identifier; those
    with more than one, such as schools merged since, are left out."""

    def work() -> dict[str, str]:
        present = present_identifiers(here.whole)
        found: dict[str, set[str]] = {}
        bodies = governing_bodies(here.whole.on(day)).drop_nulls("body")
        for school, body in bodies.select("id", "body").iter_rows():
            found.setdefault(present.get(school, school), set()).add(body)
        return {school: next(iter(all_of)) for school, all_of in found.items() if len(all_of) == 1}

    return here.worked_out(("bodies then", day), work)


def _by_cluster(pairs: pl.DataFrame, of: pl.Expr) -> pl.DataFrame:
    """Sum over the pairs of each cluster, beside their number."""
    return (
        pairs.group_by("cluster").agg(of.sum().alias("sum"), pl.len().alias("all")).sort("cluster")
    )


def _reading(
    here: LocalLandscape, pairs: pl.DataFrame, of: pl.Expr, name: str, *, missing: int = 0
) -> Reading | NotMeasured:
    """Give the mean over pairs, with an interval for clusters as they might have been others."""
    if pairs.is_empty():
        return NotMeasured(
            reason="Of no pair of founding members is it known who governs both.",
            would_tell="Group link records in the register.",
            missing=missing,
        )
    found = _by_cluster(pairs, of)
    interval = None
    if found.height > 1:
        drawn = bootstrap_ratio(found["sum"], found["all"], generator(here, name))
        interval = Interval(low=drawn.low, high=drawn.high, method="cluster bootstrap")
    return Reading(
        value=float(found["sum"].sum()) / pairs.height,
        n=pairs.height,
        missing=missing,
        interval=interval,
    )


@indicator(
    id="local_lens.cluster_splintering",
    label="Cluster partners now under different bodies",
    question="Are schools that began a cluster together still under one governing body?",
    why="Clusters of neighbours were the most local of locals; as their members joined different "
    "trusts, each trust brought a rhythm of its own.",
    unit="share",
    units="pairs",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=f"Pairs of founding members of one cluster. {_FOUNDING} The authority is one body for "
    "all the schools that it maintains. A lower value than chance says that cluster partners went "
    "the same way more often than others.",
    formula="Pairs of founding members of one cluster that different bodies govern on the day ÷ "
    "such pairs of which both bodies are known. Interval: bootstrap of whole clusters "
    "(`hedgerow.methods.bootstrap.bootstrap_ratio`). Chance: bodies dealt anew to the schools of "
    "the place 999 times; its mean is 1 − sum over bodies of n(n − 1) ÷ (N(N − 1)).",
    needs=("ties.member_of", "organisations", "ties.governs", "ties.succeeds"),
    references=("greany2022", "cliff1981", "phipson2010", "efron1993"),
)
@rests_on("governs", "member_of")
def cluster_splintering(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of founding pairs under different bodies now, and what chance would give."""
    found = clusters(here)
    if isinstance(found, NotMeasured):
        return found
    pairs = found.pairs.filter(pl.col("differ").is_not_null())
    missing = found.pairs.height - pairs.height
    reading = _reading(here, pairs, pl.col("differ"), "cluster splintering", missing=missing)
    if isinstance(reading, NotMeasured):
        return reading
    schools = state_schools(here)
    row_of = {school: row for row, school in enumerate(schools["id"])}
    ends = np.array([[row_of[one] for one in pair] for pair in pairs.select("one", "other").rows()])
    rng = generator(here, "splintering by chance")
    null = join_count_test(schools["body"].to_list(), ends, rng, DRAWS)
    assert null is not None, "there are pairs with both bodies"
    dealt = "the governing bodies dealt anew to the schools, each keeping its number"
    return replace(reading, chance=chance_of(null, dealt))


@indicator(
    id="local_lens.cluster_splintering_change",
    label="Change in cluster partners under different bodies",
    question="How far have clusters come apart in who governs them since they began?",
    why="A cluster that began under several bodies did not splinter: only the change tells.",
    unit="index",
    units="pairs",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="The share of pairs of founding members under different bodies now, less that when "
    f"their cluster began: 0 no change, 1 all have come apart. {_FOUNDING}",
    formula="Mean over pairs of founding members of one cluster of (1 if different bodies govern "
    "them now, else 0) − (1 if different bodies did when the cluster began, else 0). Interval: "
    "bootstrap of whole clusters (`hedgerow.methods.bootstrap.bootstrap_ratio`).",
    needs=("ties.member_of", "organisations", "ties.governs", "ties.succeeds"),
    references=("greany2022", "efron1993"),
)
@rests_on("governs", "member_of")
def cluster_splintering_change(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of founding pairs under different bodies now less that at the beginning."""
    found = clusters(here)
    if isinstance(found, NotMeasured):
        return found
    pairs = found.pairs.drop_nulls(["differ", "differed"])
    change = pl.col("differ").cast(pl.Int64) - pl.col("differed").cast(pl.Int64)
    missing = found.pairs.height - pairs.height
    reading = _reading(here, pairs, change, "cluster change", missing=missing)
    if isinstance(reading, NotMeasured) or not found.later:
        return reading
    return replace(
        reading,
        caveat=f"Who governed is known from {in_words(found.since)}: that day stands for the "
        "beginning of clusters that began before.",
    )


@indicator(
    id="local_lens.cluster_pair_survival",
    label="Cluster partners that are members still",
    question="Of schools that began a cluster together, how many are still in it together?",
    why="A cluster can outlive the change of who governs its members, or fall apart without it.",
    unit="share",
    units="pairs",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="A membership without an end is taken to hold still. Clusters with fewer than two "
    "founding members here are left out.",
    caveat=f"Pairs of founding members both of whose memberships hold on the day. {_FOUNDING} "
    "Being a member on paper is not the same as meeting.",
    formula="Pairs of founding members of one cluster both of whose memberships hold on the day "
    "÷ pairs of founding members. Interval: bootstrap of whole clusters "
    "(`hedgerow.methods.bootstrap.bootstrap_ratio`).",
    needs=("ties.member_of", "organisations", "ties.succeeds"),
    references=("greany2022", "efron1993"),
)
@rests_on("member_of")
def cluster_pair_survival(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of founding pairs of which both are members still."""
    found = clusters(here)
    if isinstance(found, NotMeasured):
        return found
    return _reading(here, found.pairs, pl.col("both_members"), "cluster pair survival")


@indicator(
    id="local_lens.agreement_trust_cluster",
    label="Agreement of trust and cluster",
    question="Do trusts and clusters draw the same lines between schools?",
    why="Where a cluster's academies joined one trust the two are one local; where they joined "
    "several, a school's neighbours and its trust are different colleagues.",
    unit="index",
    units="academies",
    tier="E",
    grade="C",
    missing_rule="Academies with no trust on record, or in no cluster or several on the day, are "
    "left out and counted.",
    caveat=AGREEMENT_CAVEAT,
    formula=agreement_formula("trust", "cluster"),
    needs=("ties.member_of", "ties.governs"),
    references=("vinh2010", "equalls2022"),
)
@rests_on("governs", "member_of")
def agreement_trust_cluster(here: LocalLandscape) -> Reading | NotMeasured:
    """Give how far trusts and clusters agree on which academies belong together."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    kinds = here.whole.organisations.filter(pl.col("kind") == "cluster").select("id")
    members = under_present_identifiers(
        here.whole.ties.filter(pl.col("kind") == "member_of"), here.whole, "from_id"
    ).join(kinds, left_on="to_id", right_on="id", how="semi")
    if members.is_empty():
        return NotMeasured(
            reason="No school is on record as a member of a cluster.", would_tell=_WOULD_TELL
        )
    single = members.select(id="from_id", second="to_id").unique().filter(pl.len().over("id") == 1)
    asked = schools.filter(pl.col("trust_size").is_not_null())
    known = asked.select("id", first="body").join(single, on="id").sort("id")
    return agreement(known, "trust", "cluster", asked.height - known.height)
