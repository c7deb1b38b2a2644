"""How far the organisations of a place work together: joint bids and events, signposts,
meetings."""

from __future__ import annotations

from itertools import combinations

import polars as pl

from hedgerow.features.professional_learning.records import twelve_months
from hedgerow.features.readings import plural
from hedgerow.features.resting import sources_of
from hedgerow.features.school_ties import ties_in_force
from hedgerow.features.system_organisations import (
    SYSTEM_NEEDED,
    coordinating_organisations,
    system_organisations,
    too_few,
)
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

JOINT_WORK = ("joint_bid", "collaborates")
"""Kinds of tie that say that two organisations do something together."""

BETWEEN = (*JOINT_WORK, "signposts")
"""Kinds of tie between organisations that a fieldbook holds."""

LEAST_MEETINGS = 3
"""Organisations meet regularly when both were at so many meetings in the twelve months: one a
term."""

_WHO = "Of the authority, the hubs that serve the place, associations and alliances; not trusts."
_MISSING = (
    "Links that nobody wrote down count as not there, so that this is a lower bound. Where no link "
    "between organisations here was ever written down, nothing is said."
)
_WOULD_TELL = (
    "Who bids, plans or puts on events with whom, and who points schools to whom, from when to "
    "when: an hour with two or three people who know the place."
)


def linked_pairs(
    here: LocalLandscape, kinds: tuple[str, ...], organisations: pl.DataFrame
) -> frozenset[tuple[str, str]] | NotMeasured:
    """Give the pairs of organisations with a tie of some kinds in force on the day, in either
    direction.

    Parameters
    ----------
    here : LocalLandscape
    kinds : tuple of str
    organisations : polars.DataFrame
        Rows of `system_organisations`.

    Returns
    -------
    frozenset of pairs
        Each in order of identifier; `NotMeasured` where no tie of any of the kinds in `BETWEEN`
        between an organisation of the place and another was ever written down.
    """
    amiss = too_few(here, organisations)
    if amiss is not None:
        return amiss
    ids = set(organisations["id"])
    if not _are_links_on_record(here):
        return NotMeasured(
            reason="No joint bid, joint work or signpost between organisations here is on record: "
            "whether there is none cannot be told.",
            would_tell=_WOULD_TELL,
            missing=organisations.height,
        )
    ties = ties_in_force(here, kinds).select("from_id", "to_id").unique()
    return frozenset(
        (min(one, other), max(one, other))
        for one, other in ties.iter_rows()
        if one in ids and other in ids
    )


def _are_links_on_record(here: LocalLandscape) -> bool:
    return here.worked_out("links on record", lambda: _links_on_record(here))


def _links_on_record(here: LocalLandscape) -> bool:
    ids = pl.Series(system_organisations(here)["id"]).implode()
    organisations = here.whole.all_days.organisations.filter(pl.col("kind") != "school").select(
        "id"
    )
    ties = here.whole.all_days.ties.filter(
        pl.col("kind").is_in(BETWEEN), pl.col("from_id").is_in(ids) | pl.col("to_id").is_in(ids)
    )
    for end in ("from_id", "to_id"):
        ties = ties.join(organisations, left_on=end, right_on="id", how="semi")
    return not ties.is_empty()


def _density(here: LocalLandscape, kinds: tuple[str, ...]) -> Reading | NotMeasured:
    organisations = coordinating_organisations(here)
    pairs = linked_pairs(here, kinds, organisations)
    if isinstance(pairs, NotMeasured):
        return pairs
    k = organisations.height
    return Reading(
        value=len(pairs) / (k * (k - 1) / 2),
        n=k,
        caveat=f"{plural(len(pairs), 'pair')} of {k * (k - 1) // 2}.",
        sources=sources_of(here.whole, *kinds, "covers", "hosts"),
    )


@indicator(
    id="linked_systems.collaboration_density",
    label="Organisations that work together",
    question="How many pairs of the organisations that link schools bid or work together?",
    why="Joint bids let a place join up what national programmes hand down one by one; in one of "
    "the study's places that is what held the offer together.",
    unit="share",
    units="organisations",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=f"{_WHO} Joint bids, and events and other work put on together, in force on the day. A "
    "bid counts however little came of it.",
    formula="Pairs of organisations with a joint bid or other joint work in force on the day, "
    "named by either ÷ all pairs. k organisations make k(k − 1) ÷ 2 pairs. A bound from below on "
    "what is linked: there is no interval.",
    needs=("ties.joint_bid", "ties.collaborates", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996"),
)
def collaboration_density(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pairs of coordinating organisations with joint work in force."""
    return _density(here, JOINT_WORK)


@indicator(
    id="linked_systems.signposting_density",
    label="Organisations of which one points schools to the other",
    question="In how many pairs of the organisations that link schools does one point schools to "
    "the other?",
    why="Signposting is what a school sees of a joined-up place: whoever it asks, it is sent to "
    "who can help.",
    unit="share",
    units="organisations",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=f"{_WHO} A signpost one way is enough; whether schools follow it is another matter.",
    formula="Pairs of organisations of which one points schools to the other on the day ÷ all "
    "pairs. k organisations make k(k − 1) ÷ 2 pairs. A bound from below on what is linked: there "
    "is no interval.",
    needs=("ties.signposts", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996"),
)
def signposting_density(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pairs of coordinating organisations with a signpost in force."""
    return _density(here, ("signposts",))


@indicator(
    id="linked_systems.meeting_density",
    label="Organisations that meet regularly",
    question="How many pairs of the organisations that link schools were in one room three times "
    "in the year?",
    why="Leaders who meet once a term can settle between them what would else be settled twice or "
    "not at all.",
    unit="share",
    units="organisations",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Meetings of which no record of who came was given count as not held, so that "
    "this is a lower bound. Without any record in the twelve months nothing is said.",
    caveat=f"{_WHO} Both at three meetings or more in the twelve months up to the day, whatever "
    "was said there; being in a room is not yet working together.",
    formula=f"Pairs of organisations that were both at {LEAST_MEETINGS} meetings or more in the "
    "twelve months up to the day ÷ all pairs. k organisations make k(k − 1) ÷ 2 pairs. A bound "
    "from below on what is linked: there is no interval.",
    needs=("meetings", "attendance.organisation", *SYSTEM_NEEDED),
    references=("greany2022",),
)
def meeting_density(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pairs of coordinating organisations that were at three meetings both."""
    organisations = coordinating_organisations(here)
    amiss = too_few(here, organisations)
    if amiss is not None:
        return amiss
    held = here.whole.table("meetings").filter(
        pl.col("date").is_between(twelve_months(here.on), here.on)
    )
    came = (
        here.whole.table("attendance")
        .join(held.select("id"), left_on="meeting", right_on="id", how="semi")
        .join(organisations.select("id"), left_on="organisation", right_on="id", how="semi")
        .select("meeting", "organisation", "source")
    )
    if came.is_empty():
        return NotMeasured(
            reason="No meeting in the twelve months to the day is on record that an organisation "
            "of the place attended.",
            would_tell="For each forum: its meetings, and who was there.",
            missing=organisations.height,
        )
    counts: dict[tuple[str, str], int] = {}
    rooms = came.group_by("meeting").agg(pl.col("organisation").unique().sort())["organisation"]
    for present in rooms:
        for pair in combinations(present, 2):
            counts[pair] = counts.get(pair, 0) + 1
    met = sum(count >= LEAST_MEETINGS for count in counts.values())
    k = organisations.height
    return Reading(
        value=met / (k * (k - 1) / 2),
        n=k,
        caveat=f"{plural(met, 'pair')} of {k * (k - 1) // 2}.",
        sources=tuple(sorted(set(came["source"]) | set(sources_of(here.whole, "covers", "hosts")))),
    )
