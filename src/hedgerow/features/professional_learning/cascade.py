"""The cascade: through how many hands outside expertise reaches class teachers, and how much is
likely to be lost on the way.

Expert to teacher is one hand-over; expert to maths lead to the teachers in a staff meeting, two;
by way of the trust's own people and its schools' leads, three.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.participants import role_group
from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    OWN_SCHOOL,
    OWN_TRUST,
    learning,
)
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_ratio
from hedgerow.methods.dilution import expected_loss

PEERS = ("cluster", "online_community")
"""Kinds of provider in which teachers meet their like; others are taken to bring expertise."""

SUBJECT = "math"
"""How the subject begins of what a maths lead is taken to pass on; activities without a subject
count too."""

FORMAL = 0.5
"""Sessions at least so formal are taken to be those in which things are passed on to staff."""

PRIOR = (6.0, 4.0)
"""Of the share that a hand-over keeps: Beta(6, 4), that is 0.6 on average and mostly between 0.3
and 0.85. An assumption of this project: the study speaks of dilution and does not measure it."""

_NEEDED = (
    *LEARNING_NEEDED,
    *("participation.staff", "participation.role"),
    *("activities.subject", "activities.formality"),
)
_MISSING = (
    "Class teachers' places in sessions of a school or trust whose leads have no outside place on "
    "record are left out and counted: nothing tells that expertise from outside came that way."
)


def teachers_by_depth(here: LocalLandscape) -> tuple[pl.DataFrame, int] | NotMeasured:
    """Give the class teachers' places that outside expertise reaches, by number of hand-overs.

    Returns
    -------
    places : polars.DataFrame
        Columns ``school``, ``depth`` (1, 2 or 3), ``places``, one row for each school and depth.
    missing : int
        Records of class teachers that no way from outside is on record for.
    """
    return here.worked_out("teachers by depth", lambda: _teachers_by_depth(here))


def _teachers_by_depth(here: LocalLandscape) -> tuple[pl.DataFrame, int] | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    bodies = state_schools(here).select(
        pl.col("id").alias("school"),
        pl.when(pl.col("trust_size") > 1).then(pl.col("body")).alias("trust"),
    )
    in_subject = pl.col("subject").str.to_lowercase().str.starts_with(SUBJECT).fill_null(True)
    known = (
        records.filter(in_subject, pl.col("provider_kind").is_not_null(), pl.col("staff") > 0)
        .with_columns(role_group(pl.col("role")).alias("group"))
        .join(bodies, on="school", how="left")
    )
    expert = pl.col("is_external") & ~pl.col("provider_kind").is_in(PEERS)
    leads = known.filter(pl.col("group") == "maths_leads")
    led_schools = leads.filter(expert)["school"].unique()
    led_trusts = leads.filter(expert)["trust"].drop_nulls().unique()
    in_trust_group = leads.filter(
        pl.col("provider_kind") == OWN_TRUST, pl.col("trust").is_in(led_trusts.implode())
    )["school"].unique()
    is_formal = pl.col("formality").fill_null(1.0) >= FORMAL
    in_school = (pl.col("provider_kind") == OWN_SCHOOL) & is_formal
    in_trust = (pl.col("provider_kind") == OWN_TRUST) & is_formal
    depth = (
        pl.when(expert)
        .then(1)
        .when(in_school & pl.col("school").is_in(led_schools.implode()))
        .then(2)
        .when(in_trust & pl.col("trust").is_in(led_trusts.implode()))
        .then(2)
        .when(in_school & pl.col("school").is_in(in_trust_group.implode()))
        .then(3)
    )
    teachers = known.filter(
        pl.col("group") == "class_teachers", expert | in_school | in_trust
    ).with_columns(depth.alias("depth"))
    placed = (
        teachers.filter(pl.col("depth").is_not_null())
        .group_by("school", "depth")
        .agg(pl.col("staff").sum().alias("places"))
        .sort("school", "depth")
    )
    missing = teachers["depth"].null_count()
    if placed["school"].n_unique() < 2:
        return NotMeasured(
            reason="For fewer than two schools here do the records show how expertise from outside "
            "reaches class teachers.",
            would_tell="The role and number of staff in records of outside courses and of the "
            "schools' own sessions.",
            missing=missing,
        )
    return placed, missing


@indicator(
    id="professional_learning.cascade_depth",
    label="Hands through which expertise reaches class teachers",
    question="Through how many hands does expertise from outside come to class teachers?",
    why="Expertise thins out with each level of a cascade. Where teachers themselves work with "
    "experts there is one hand-over; where their lead tells them in a staff meeting, two.",
    unit="count",
    units="places",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="Mean over class teachers' places in the twelve months to the day, by the shortest way "
    "that the records allow: that a lead went out and a staff meeting was held does not tell that "
    "the one was about the other. Clusters and online groups are taken as meetings of peers. From "
    "teacher to pupils is one step more for all.",
    formula="Sum over class teachers' places, in mathematics or in no named subject, of the "
    "hand-overs on the shortest way that the records allow ÷ those places. One: the place is with "
    "an outside expert. Two: it is in a formal session of a school or trust whose maths lead had "
    "an outside place. Three: it is in a formal session of a school whose maths lead took part in "
    "the trust's own, another lead of the trust having had an outside place. "
    f"{SCHOOL_BOOTSTRAP}",
    needs=_NEEDED,
    references=("equalls2022", "millett2004", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def cascade_depth(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean number of hand-overs, weighted by class teachers' places."""
    found = teachers_by_depth(here)
    if isinstance(found, NotMeasured):
        return found
    placed, missing = found
    by_school = (
        placed.group_by("school")
        .agg((pl.col("depth") * pl.col("places")).sum().alias("steps"), pl.col("places").sum())
        .sort("school")
    )
    interval = bootstrap_ratio(
        by_school["steps"], by_school["places"], generator(here, "cascade depth")
    )
    return Reading(
        value=interval.value,
        n=int(by_school["places"].sum()),
        missing=missing,
        interval=Interval(low=interval.low, high=interval.high, method="school bootstrap"),
    )


@indicator(
    id="professional_learning.expected_dilution",
    label="Loss to be expected on the way to class teachers (assumed)",
    question="How much of what experts bring would be lost before it reaches class teachers?",
    why="It puts the depth of the cascade into what it may cost, so that ways of shortening it can "
    "be weighed.",
    unit="index",
    units="places",
    direction="less",
    tier="E",
    grade="D",
    missing_rule=_MISSING,
    caveat="An assumption, not a measurement: each hand-over is taken to keep 60 per cent on "
    "average (Beta(6, 4)), whoever does it and however well. The band is the spread of that "
    "assumption. 0 would be no loss, 1 all lost.",
    formula="Sum over 1, 2 and 3 hand-overs of (share of class teachers' places at that depth × "
    f"(1 − 0.6 to the power of the depth)), 0.6 being the mean of Beta({PRIOR[0]:g}, "
    f"{PRIOR[1]:g}), what one hand-over is assumed to keep "
    "(`hedgerow.methods.dilution.expected_loss`). Interval: the spread of that assumption, not "
    "of data.",
    needs=_NEEDED,
    references=("equalls2022", "millett2004"),
)
@rests_on(tables=("activities", "participation"))
def expected_dilution(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the expected loss under the prior, weighted by class teachers' places."""
    found = teachers_by_depth(here)
    if isinstance(found, NotMeasured):
        return found
    placed, missing = found
    weights = [int(placed.filter(pl.col("depth") == depth)["places"].sum()) for depth in (1, 2, 3)]
    loss = expected_loss(weights, *PRIOR, generator(here, "dilution"))
    longest = max(depth for depth, weight in enumerate(weights, 1) if weight)
    return Reading(
        value=loss.expected,
        n=sum(weights),
        missing=missing,
        interval=Interval(
            low=loss.low, high=loss.high, level=loss.level, method="band of the prior Beta(6, 4)"
        ),
        caveat=f"The longest way on record has {plural(longest, 'hand-over')}.",
    )
