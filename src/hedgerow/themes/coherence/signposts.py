"""Whether somebody points schools to what others offer."""

from __future__ import annotations

import polars as pl

from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import under_present_identifiers


@indicator(
    id="coherence.signposted_schools_share",
    label="Schools that somebody points to offers",
    question="How many of the schools does somebody point to what providers offer?",
    why="There is no one-stop shop: where a chair or a leader writes to every school, small ones "
    "hear of what they would not look for.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="A school that no record says is pointed to anything counts as not: this is a "
    "lower bound. Where no school here was ever on record as pointed to anything, nothing is said.",
    caveat="Signposting ties in force on the day from an organisation to a school: a weekly "
    "e-mail, a newsletter, a call. It does not say that anybody reads it. How far organisations "
    "signpost one another is a figure of the linked systems.",
    formula=f"Schools to which somebody's signposting tie leads on the day ÷ schools. {WILSON}",
    needs=("ties.signposts", "ties.succeeds"),
    references=("greany2022", "wilson1927"),
)
@rests_on("signposts")
def signposted_schools_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with a signposting tie to them."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    ties = ties_in_force(here, ("signposts",))
    ever = under_present_identifiers(
        here.whole.all_days.ties.filter(
            pl.col("kind") == "signposts",
            pl.col("start").is_null() | (pl.col("start") <= here.on),
        ),
        here.whole,
        "to_id",
    )
    if not ever["to_id"].is_in(schools["id"].implode()).any():
        return NotMeasured(
            reason="Nobody is on record as having ever pointed a school here to an offer: whether "
            "nobody did or nobody asked cannot be told.",
            would_tell="Who writes to which schools of what others offer: newsletters and their "
            "lists.",
            missing=schools.height,
        )
    pointed = schools["id"].is_in(ties["to_id"].unique().implode())
    return share(int(pointed.sum()), schools.height, nothing=no_schools(here))
