"""Schools that are on their own: by what open data shows, and by what is known of ties and of
taking part.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.designated_hubs import HUB_DISTANCE_NEEDED
from hedgerow.features.local_lens.isolation import nearest_in_trust
from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.records import LEARNING_NEEDED, silent_providers
from hedgerow.features.readings import WILSON, plural, share, share_where
from hedgerow.features.resting import rests_on
from hedgerow.features.school_ties import CONTACTS, TIES_NEEDED, school_ties, ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.themes.equity.distance import km_to_designated
from hedgerow.themes.equity.taking_part import taking_part

SMALL = 200
"""Pupils up to which a school counts as small."""

FAR_KM = 20.0
"""Distance to the nearest designated hub beyond which a school counts as far from all: about half
an hour's drive. Our threshold, not the study's."""


def _setting(here: LocalLandscape) -> pl.DataFrame:
    """The place's schools with ``is_small``, ``is_far`` and ``is_alone`` (no school of its own
    trust nearby), each null where not known."""
    return here.worked_out("setting of isolation", lambda: _found_setting(here))


def _found_setting(here: LocalLandscape) -> pl.DataFrame:
    schools = state_schools(here).select("id", "band", "rural")
    pupils = observed(here, "pupils")
    rolls = (
        pl.DataFrame(schema={"id": pl.String, "roll": pl.Float64})
        if isinstance(pupils, NotMeasured)
        else pupils.rows.select("id", pl.col("value").alias("roll"))
    )
    km = km_to_designated(here).rename({"school": "id"})
    in_trust = nearest_in_trust(here).select("id", "is_isolated")
    return (
        schools.join(rolls, on="id", how="left")
        .join(km, on="id", how="left")
        .join(in_trust, on="id", how="left")
        .with_columns(
            (pl.col("roll") <= SMALL).alias("is_small"),
            (pl.col("km") > FAR_KM).alias("is_far"),
            pl.when(pl.col("band").is_in(["maintained", "single"]))
            .then(True)
            .when(pl.col("band") != "unknown")
            .then("is_isolated")
            .alias("is_alone"),
        )
    )


@indicator(
    id="equity.small_rural_far_share",
    label="Schools that are small, rural and far from every hub",
    question="How many of the schools are small, rural and a long way from every hub of theirs?",
    why="A small school can hardly let its one mathematics lead go for a day, least of all when "
    "half of it is spent on the road.",
    unit="share",
    direction="less",
    grade="B",
    missing_rule="Schools of which all that is known fits, but not all is known, are left out and "
    "counted.",
    caveat=f"Up to {SMALL} pupils, in an area officially classed as rural, and more than "
    f"{FAR_KM:g} km as the crow flies from the nearest of the hubs that it is designated to, of "
    "the kinds whose hosts are known: our thresholds. What is online has no distance.",
    formula=f"Schools with {SMALL} pupils or fewer, in a rural area, more than {FAR_KM:g} km "
    "from the nearest hub that they are designated to ÷ schools of which that can be told. "
    f"{WILSON}",
    needs=(
        "observations.pupils",
        "schools.rural",
        *HUB_DISTANCE_NEEDED,
    ),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("covers", "hosts")
def small_rural_far_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools that are small, rural and far from every designated hub."""
    if state_schools(here).is_empty():
        return no_schools(here)
    found = _setting(here)
    if found["km"].null_count() == found.height:
        return _no_hub(found.height)
    return share_where(
        found,
        pl.col("is_small") & pl.col("rural") & pl.col("is_far"),
        nothing=no_schools(here),
    )


def _no_hub(schools: int) -> NotMeasured:
    return NotMeasured(
        reason="For no school here is it known how far any of its hubs is.",
        would_tell="A hubs file with footprints and hosts: see the how-to on hubs.",
        missing=schools,
    )


@indicator(
    id="equity.structurally_isolated_share",
    label="Schools on their own, as far as open data shows",
    question="How many of the schools have neither a school of their own trust nor a hub nearby?",
    why="Nobody is near by position or by structure: whether they are alone depends on ties that "
    "only they can tell of.",
    unit="share",
    direction="less",
    grade="D",
    missing_rule="Schools of which all that is known fits, but not all is known, are left out and "
    "counted.",
    caveat="A stand-in: maintained schools, single-academy trusts and academies far from the next "
    f"school of their trust, more than {FAR_KM:g} km from the nearest hub that they are designated "
    "to. A maintained school may well have a lively cluster; it says nothing of ties.",
    formula="Schools that are maintained, alone in their trust or far from the next school of "
    f"it (more than 10 km, 20 in the country), and more than {FAR_KM:g} km from the nearest hub "
    f"that they are designated to ÷ schools of which that can be told. {WILSON}",
    needs=(
        "ties.governs",
        "schools.rural",
        *HUB_DISTANCE_NEEDED,
    ),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on("governs", "covers", "hosts")
def structurally_isolated_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with no same-trust school and no designated hub nearby."""
    if state_schools(here).is_empty():
        return no_schools(here)
    found = _setting(here)
    if found["km"].null_count() == found.height:
        return _no_hub(found.height)
    return share_where(found, pl.col("is_alone") & pl.col("is_far"), nothing=no_schools(here))


def _in_groups(here: LocalLandscape) -> set[str]:
    """Schools that are members of a cluster or an association on the day."""
    kinds = here.whole.organisations.filter(pl.col("kind").is_in(["cluster", "association"]))
    told = ties_in_force(here, ("member_of",)).join(
        kinds, left_on="to_id", right_on="id", how="semi"
    )
    return set(told["from_id"])


def _in_touch(here: LocalLandscape) -> set[str]:
    """Schools with a tie to a school under another body, or, maintained, to any; here or
    elsewhere."""
    governed = governing_bodies(here.whole).select("id", "body", "band")
    told = (
        ties_in_force(here, CONTACTS)
        .join(governed, left_on="from_id", right_on="id")
        .join(governed, left_on="to_id", right_on="id", suffix="_there")
    )
    is_across = pl.col("body").ne_missing(pl.col("body_there")) | (pl.col("band") == "maintained")
    across = told.filter(is_across)
    return {*across["from_id"], *across["to_id"]}


@indicator(
    id="equity.isolated_share",
    label="Schools on their own",
    question="How many of the schools have no tie across a trust's border, no outside learning and "
    "no cluster?",
    why="An isolated school, by choice or because the frame leaves it out, has nobody to hear of "
    "anything from.",
    unit="share",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="A school that was not asked about its ties, and of which neither a tie nor "
    "outside learning nor a cluster is on record, may be on its own or not: it is left out and "
    "counted. Below three fifths asked nothing is said.",
    caveat="No tie to a school under another governing body on the day, no record of learning "
    "beyond school and trust in the twelve months to it, no membership of a cluster or heads' "
    "association. Between maintained schools any tie counts, though their authority is one body.",
    formula="Schools without a tie to a school under another body (or, maintained, to any "
    "school), without outside learning in the twelve months up to the day and without a cluster "
    "or association ÷ schools that were asked about their ties or of which one of the three is "
    f"on record. {WILSON}",
    needs=(*TIES_NEEDED, "ties.member_of", "organisations", *LEARNING_NEEDED),
    references=("greany2022", "wilson1927"),
)
@rests_on("governs", "member_of", tables=("activities", "participation"))
def isolated_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools without cross-governance tie, engagement or cluster."""
    ties, part = school_ties(here), taking_part(here)
    if isinstance(ties, NotMeasured):
        return ties
    if isinstance(part, NotMeasured):
        return part
    reached = _in_touch(here) | _in_groups(here) | set(part.filter("is_outside")["id"])
    asked = {one for one, was in zip(ties.schools, ties.asked, strict=True) if was}
    known = [school for school in part["id"] if school in reached or school in asked]
    alone = len(set(known) - reached)
    missing = part.height - len(known)
    most = (alone + missing) / part.height
    silent = (
        f"{plural(silent_providers(here).height, 'provider')} gave no records: with them fewer may "
        "be on their own."
        if silent_providers(here).height
        else ""
    )
    bound = f"If {plural(missing, 'school')} of which it is not known were, it would be {most:.0%}."
    return share(
        alone,
        len(known),
        missing=missing,
        nothing=no_schools(here),
        caveat=" ".join(one for one in (bound if missing else "", ties.caveat, silent) if one),
    )
