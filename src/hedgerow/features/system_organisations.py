"""The organisations that are active in a place as systems: its authority, hubs, associations and
alliances, and the trusts that are based there.

Defined here once, for every figure of how they are linked.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.professional_learning.records import learning
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.state_schools import all_state_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import LocalLandscape

COORDINATING = ("authority", *HUB_NAMES, "teaching_school_alliance", "association")
"""Kinds of organisation whose business is other people's schools, in the order in which they are
shown."""

TIES = ("member_of", "signposts", "supports", "advises", "collaborates", "joint_bid")
"""Kinds of tie through which an organisation reaches a school."""

SYSTEM_NEEDED = ("ties.covers", "ties.hosts", "organisations", "ties.member_of")
"""What a figure of these organisations needs, as declared by an indicator."""

LEAST_REACHED = 0.1
"""An organisation from elsewhere, with no footprint here, counts when its ties, activities and
boards reach at least this share of the schools."""

BASED_SHARE, BASED_SCHOOLS = 0.5, 3
"""A trust is based here with at least this share of its schools, and at least so many."""

MOST = 80
"""More organisations than this are no one local system."""


def system_organisations(here: LocalLandscape) -> pl.DataFrame:
    """Give the organisations that are active in the place as systems.

    An authority counts where a state school of the phase lies in it. A hub, alliance or association
    counts where it lies in the place or a school there hosts it, where its footprint holds a school
    of the place, or where its ties, its activities in the twelve months up to the day and its
    boards together reach one school in ten. A trust counts where it is based: half of its schools
    or more, and three or more, lie in the place, of whatever phase. Companies, universities,
    charities and clusters are not counted: they sell, study or are made of schools.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``kind``, ``name``, one organisation a row: coordinating ones in order of
        `COORDINATING`, then trusts.
    """
    return here.worked_out("system organisations", lambda: _system_organisations(here))


def coordinating_organisations(here: LocalLandscape) -> pl.DataFrame:
    """Give the system organisations that are no trusts, columns as `system_organisations`."""
    return system_organisations(here).filter(pl.col("kind") != "trust")


def too_few(here: LocalLandscape, organisations: pl.DataFrame) -> NotMeasured | None:
    """Say why organisations are too few, or too many, to be looked at as linked; None where they
    are not."""
    if organisations.height < 2:
        return NotMeasured(
            reason="Fewer than two organisations that link schools are known to be active here.",
            would_tell="A hubs file (`--hubs`), or the place's hubs, associations and alliances in "
            "a fieldbook.",
            n=organisations.height,
        )
    if organisations.height > MOST:
        return NotMeasured(
            reason=f"{organisations.height:,} organisations are active here: too wide a view for "
            "one local system.",
            would_tell="A narrower lens.",
            n=organisations.height,
        )
    return None


def _system_organisations(here: LocalLandscape) -> pl.DataFrame:
    schools = state_schools(here)
    found = set(schools["authority"].drop_nulls())
    if not schools.is_empty():
        found |= _reaching(here, schools)
    order = {kind: number for number, kind in enumerate((*COORDINATING, "trust"))}
    return (
        here.whole.organisations.filter(pl.col("id").is_in(sorted(found | _based_trusts(here))))
        .select("id", "kind", "name")
        .filter(pl.col("kind").is_in(list(order)))
        .sort(pl.col("kind").replace_strict(order, return_dtype=pl.Int64), "id")
    )


def _reaching(here: LocalLandscape, schools: pl.DataFrame) -> set[str]:
    """Hubs, alliances and associations that lie in the place or reach into it."""
    whole = here.whole
    candidates = whole.organisations.filter(
        pl.col("kind").is_in([kind for kind in COORDINATING if kind != "authority"])
    ).select("id")
    if candidates.is_empty():
        return set()
    local = schools.select(pl.col("id").alias("school"))
    inside = set(candidates["id"]) & here.members
    covering = footprints(whole).join(local, on="school", how="semi")["hub"]
    hosted = whole.ties.filter(pl.col("kind") == "hosts").join(
        local, left_on="from_id", right_on="school", how="semi"
    )["to_id"]
    reached = (
        pl.concat([_through_ties(here), _through_activities(here), _through_boards(here)])
        .join(local, on="school", how="semi")
        .unique()
        .group_by("organisation")
        .len()
        .filter(pl.col("len") >= LEAST_REACHED * schools.height)["organisation"]
    )
    return inside | (set(candidates["id"]) & {*covering, *hosted, *reached})


def _through_ties(here: LocalLandscape) -> pl.DataFrame:
    ties = ties_in_force(here, TIES)
    return pl.concat(
        [
            ties.select(pl.col("from_id").alias("organisation"), pl.col("to_id").alias("school")),
            ties.select(pl.col("to_id").alias("organisation"), pl.col("from_id").alias("school")),
        ]
    )


def _through_activities(here: LocalLandscape) -> pl.DataFrame:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return pl.DataFrame(schema={"organisation": pl.String, "school": pl.String})
    return records.select(pl.col("provider").alias("organisation"), "school").drop_nulls()


def _through_boards(here: LocalLandscape) -> pl.DataFrame:
    """Pairs of an organisation and a school one of whose staff sits on its board."""
    roles = here.whole.table("roles")
    seats = roles.filter(pl.col("is_seat")).select("person", "organisation")
    jobs = roles.filter(~pl.col("is_seat")).select("person", pl.col("organisation").alias("school"))
    return seats.join(jobs, on="person").select("organisation", "school")


def _based_trusts(here: LocalLandscape) -> set[str]:
    local = here.member_ids
    return set(
        all_state_schools(here.whole)
        .filter(pl.col("trust_size").is_not_null())
        .group_by("body")
        .agg(pl.len().alias("schools"), pl.col("id").is_in(local).sum().alias("schools_here"))
        .filter(
            pl.col("schools_here") >= BASED_SCHOOLS,
            pl.col("schools_here") >= BASED_SHARE * pl.col("schools"),
        )["body"]
    )
