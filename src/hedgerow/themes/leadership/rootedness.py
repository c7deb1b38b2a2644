"""How long gardeners have been here, and who else could carry what they carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from hedgerow.features.bridging.people_here import (
    PEOPLE_NEEDED,
    all_roles,
    hats,
    organisations_here,
)
from hedgerow.features.bridging.person_network import CARRIED
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, plural, share
from hedgerow.features.school_ties import TIES_NEEDED, ties_in_force
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.themes.leadership.gardeners import Gardeners, gardeners_here

DAYS_A_YEAR = 365.25

_NONE = NotMeasured(
    reason="Nobody on record here is a gardener of the landscape: none alone joins two "
    "organisations, and none is named from three.",
    would_tell="Board seats and part-time roles, and whom people hold to be influential.",
)


@indicator(
    id="leadership.rootedness_years",
    label="Years that gardeners have worked here",
    question="How long have the people who tend the landscape worked in it?",
    why="Credibility and acquaintance grow over many years in a place, and cannot be posted there.",
    unit="years",
    units="people",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Gardeners whose first role here has no known beginning are left out and counted.",
    caveat="Years since the first role on record in an organisation of the place or, closed since, "
    "of its authorities; the median. Earlier roles that nobody entered make it too short.",
    formula="Median over gardeners of (day − first day of their first role on record in the "
    f"place) ÷ {DAYS_A_YEAR}. A gardener is among the twentieth of the people on record with most "
    "pairs of organisations that they alone join (one at least), or is named from three "
    f"organisations that are not theirs, and has a role here. {ORDER_STATISTICS}",
    needs=(*PEOPLE_NEEDED, "roles.start", "nominations"),
    references=("greany2022", "conover1999"),
)
def rootedness_years(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median years since gardeners' first role in the place."""
    found = gardeners_here(here)
    if isinstance(found, NotMeasured):
        return found
    if not found.persons:
        return _NONE
    authorities = state_schools(here)["authority"].drop_nulls().unique().implode()
    once = here.whole.all_days.organisations.filter(pl.col("authority").is_in(authorities))["id"]
    local = pl.concat([organisations_here(here)["id"], once]).unique().implode()
    first = (
        all_roles(here)
        .filter(pl.col("person").is_in(list(found.persons)), pl.col("organisation").is_in(local))
        .filter(pl.col("start").is_null() | (pl.col("start") <= here.on))
        .group_by("person")
        .agg(pl.col("start").min(), pl.col("start").is_null().any().alias("is_unknown"))
        .filter(~pl.col("is_unknown"))
    )
    if first.is_empty():
        return NotMeasured(
            reason="Since when the gardeners have worked here is not on record.",
            would_tell="The beginning of each role.",
            missing=len(found.persons),
        )
    years = [(here.on - start).days / DAYS_A_YEAR for start in first["start"]]
    measured = median_of(np.array(years), missing=len(found.persons) - first.height)
    return Reading(
        value=measured.value,
        n=measured.n,
        missing=measured.missing,
        interval=measured.interval,
        sources=found.sources,
    )


def carriers_of_pairs(here: LocalLandscape) -> dict[tuple[str, str], set[str]]:
    """Give for each pair of organisations of the place that people join who they are.

    A pair is joined by everyone with a role in both, and by the carriers of ties between the two.
    """
    held = hats(here)
    joined: dict[tuple[str, str], set[str]] = {}
    if isinstance(held, NotMeasured):
        return joined
    local = set(organisations_here(here)["id"])
    for one, other, person in _joins(here, held):
        if one != other and one in local and other in local:
            pair = (one, other) if one < other else (other, one)
            joined.setdefault(pair, set()).add(person)
    return joined


def _joins(here: LocalLandscape, held: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    belongs = held.select("person", "organisation").unique()
    yield from (
        belongs.join(belongs, on="person", suffix=" other")
        .filter(pl.col("organisation") < pl.col("organisation other"))
        .select("organisation", "organisation other", "person")
        .iter_rows()
    )
    yield from (
        ties_in_force(here, CARRIED)
        .filter(pl.col("carrier").is_not_null())
        .select("from_id", "to_id", "carrier")
        .iter_rows()
    )


def _carried(here: LocalLandscape, found: Gardeners) -> list[set[str]]:
    gardeners = set(found.persons)
    return [carriers for carriers in carriers_of_pairs(here).values() if carriers & gardeners]


@indicator(
    id="leadership.succession_cover",
    label="Links of gardeners that somebody else carries too",
    question="Of the links between organisations that gardeners carry, how many would not hang on "
    "them alone?",
    why="Leadership that rests on one person ends with that person; a second carrier is what "
    "succession looks like before anybody leaves.",
    unit="share",
    units="pairs",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Roles and carried ties that nobody entered are not there, so that there may be "
    "more second carriers than are seen.",
    caveat="Pairs of organisations, schools among them, that a gardener joins by roles in both or "
    "by a tie that they carry; covered where another person joins the same two in either way.",
    formula="Pairs of organisations that a gardener joins and somebody else too ÷ pairs that a "
    "gardener joins, by roles in both or by a tie that they carry. A gardener is among the "
    "twentieth of the people on record with most pairs of organisations that they alone join "
    "(one at least), or is named from three organisations that are not theirs, and has a role "
    f"here. {WILSON}",
    needs=(
        *PEOPLE_NEEDED,
        "nominations",
        *TIES_NEEDED,
        "ties.joint_bid",
        "ties.signposts",
        "ties.carrier",
    ),
    references=("greany2022", "jasny2015", "wilson1927"),
)
def succession_cover(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of gardeners' pairs of organisations with a second carrier."""
    found = gardeners_here(here)
    if isinstance(found, NotMeasured):
        return found
    if not found.persons:
        return _NONE
    pairs = _carried(here, found)
    covered = sum(len(carriers) > 1 for carriers in pairs)
    result = share(
        covered,
        len(pairs),
        nothing=NotMeasured(
            reason=f"The {plural(len(found.persons), 'gardener')} here, known by being named, "
            "carry no link between organisations on record.",
            would_tell="Their roles, and the ties that they carry.",
        ),
    )
    if isinstance(result, NotMeasured):
        return result
    return replace(result, sources=found.sources)
