"""How many schools belong to an association of the place's own."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from hedgerow.features.readings import WILSON, share
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import identifiers_as_on

KINDS = ("association", "teaching_school_alliance")
"""Kinds of organisation that schools are members of by choice, across the place."""


@indicator(
    id="linked_systems.association_coverage",
    label="Schools in an association",
    question="How many of the schools belong to an association or alliance of schools?",
    why="In one of the study's places a network that heads pay for, led by one of them, connects "
    "schools to hubs that sit elsewhere.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Schools without a membership on record count as no members. Where no school here "
    "was ever known to be a member of one, nothing is said.",
    caveat="Associations and teaching school alliances; clusters of neighbours are not counted. A "
    "member may never come.",
    formula="Schools that are members of an association or teaching school alliance on the day "
    f"÷ schools. {WILSON}",
    needs=("ties.member_of", "organisations", "ties.succeeds"),
    references=("greany2022", "wilson1927"),
)
def association_coverage(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of state schools that are members of an association or alliance."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    whole = here.whole
    bodies = whole.all_days.organisations.filter(pl.col("kind").is_in(KINDS)).select("id")
    ever = (
        whole.all_days.ties.filter(pl.col("kind") == "member_of")
        .join(bodies, left_on="to_id", right_on="id", how="semi")
        .with_columns(pl.col("from_id").replace(dict(identifiers_as_on(whole))))
        .join(schools, left_on="from_id", right_on="id", how="semi")
    )
    if ever.is_empty():
        return NotMeasured(
            reason="No school here is known ever to have been in an association or alliance: "
            "whether there is none cannot be told.",
            would_tell="The associations of heads or schools here, and who their members are.",
            missing=schools.height,
        )
    is_open = whole.organisations.select("id")
    members = (
        ties_in_force(here, ("member_of",))
        .join(bodies, left_on="to_id", right_on="id", how="semi")
        .join(is_open, left_on="to_id", right_on="id", how="semi")
        .join(schools, left_on="from_id", right_on="id", how="semi")["from_id"]
    )
    found = share(members.n_unique(), schools.height, nothing=no_schools(here))
    if isinstance(found, NotMeasured):
        return found
    return replace(found, sources=tuple(sorted(ever["source"].unique())))
