"""Whether a forum brings different kinds of organisation into one room."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.professional_learning.participants import role_group
from hedgerow.features.readings import DRAWS, WILSON, chance_of, generator, share
from hedgerow.features.resting import rests_on
from hedgerow.features.sense_making.forums import FORUMS_NEEDED, Forums, recent_forums, unlisted
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.methods.diversity import hill_numbers
from hedgerow.methods.labelling import encode
from hedgerow.methods.permutation import null_distribution, permuted_codes
from hedgerow.methods.ratio_interval import clustered_share_interval

TRUSTS = 2
"""So many trusts make more than one trust's meeting."""

PRACTITIONERS = ("class_teachers", "teaching_assistants")
"""Groups of roles that work with children in the classroom."""

_HEAD = r"head\s?teacher|^heads?$|head of school|^principal"
_NO_HEAD = r"assistant|deputy|vice"
_WHEN = "Over the meetings of the twelve months up to the day of which it is known who was there."
_MISSING = "Meetings without a list of who was there are left out, and counted beside the figure."

_NO_MEETING = NotMeasured(reason="No meeting here has a list of who was there.")


@indicator(
    id="sense_making.kinds_in_the_room",
    label="Kinds of organisation in the room",
    question="How many kinds of organisation come together in a typical forum meeting?",
    why="Schools, trusts, hubs and the authority each see a part: a pattern is seen where they "
    "look together.",
    unit="count",
    units="meetings",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " Organisations of which the kind is not known are left out.",
    caveat=f"{_WHEN} The number of equally common kinds that would be as varied as those "
    "present (each organisation counted once a meeting), averaged over meetings: 1 where "
    "all are of one kind. All schools are one kind here.",
    formula="Mean over meetings of exp(− sum over kinds of organisation of p ln p), where p is "
    "the kind's share of the organisations present: the Hill number of order 1 "
    "(`hedgerow.methods.diversity.hill_numbers`). Interval: the meetings drawn anew with "
    "replacement, the middle 95 per cent (`hedgerow.methods.bootstrap.bootstrap_mean`). Chance: "
    f"those who came are dealt anew to the meetings {DRAWS} times, each keeping its number.",
    needs=FORUMS_NEEDED,
    references=("jost2006", "greany2022", "phipson2010", "efron1993"),
)
@rests_on(tables=("meetings", "attendance"))
def kinds_in_the_room(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean over meetings of the Hill number of order 1 of the kinds present."""
    found = recent_forums(here)
    if isinstance(found, NotMeasured):
        return found
    present = (
        found.attendance.filter(pl.col("kind").is_not_null())
        .unique(["meeting", "organisation"], maintain_order=True)
        .sort("meeting", "organisation")
    )
    if present["meeting"].n_unique() < 2:
        return NotMeasured(
            reason="Who was there is on record for fewer than two meetings in the twelve months.",
            would_tell="Minutes of more meetings.",
            n=present["meeting"].n_unique(),
        )
    meetings, _ = encode(present["meeting"].to_list())
    kinds, _ = encode(present["kind"].to_list())
    diversity = _diversities(meetings, kinds[None])[0]
    rng = generator(here, "kinds in the room")
    interval = bootstrap_mean(diversity, rng)
    null = _diversities(meetings, permuted_codes(kinds, DRAWS, rng)).mean(axis=1)
    return Reading(
        value=interval.value,
        n=diversity.size,
        missing=found.unattended,
        interval=Interval(low=interval.low, high=interval.high, method="meeting bootstrap"),
        chance=chance_of(
            null_distribution(interval.value, null),
            "those who came dealt anew to the meetings, each keeping its number",
        ),
        caveat=unlisted(found),
    )


def _diversities(meetings: NDArray[np.int64], kinds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hill numbers, shape (draws, meetings), for each row of kinds."""
    draws, rows, columns = len(kinds), int(meetings.max()) + 1, int(kinds.max()) + 1
    cells = (np.arange(draws)[:, None] * rows + meetings) * columns + kinds
    counts = np.bincount(cells.ravel(), minlength=draws * rows * columns)
    return hill_numbers(counts.reshape(draws * rows, columns), 1).reshape(draws, rows)


def _listed(found: Forums) -> int:
    return int(found.attendance["meeting"].n_unique())


@indicator(
    id="sense_making.bridging_meetings_share",
    label="Meetings with all sides in the room",
    question="How many forum meetings have the authority, a hub, two trusts and a maintained head?",
    why="An authority and a hub leader in the study wondered why they never talked of who takes "
    "part: those with a part of the picture were seldom in one room.",
    unit="share",
    units="meetings",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " A headteacher is counted where the role says so.",
    caveat=f"{_WHEN} A trust is there through anyone of its own or of one of its schools. Whether "
    "a school is maintained, and in which trust, is as on the day asked for.",
    formula=f"Meetings with an authority, a hub, {TRUSTS} trusts (through anyone of theirs or of "
    "a school of theirs) and the head of a maintained school ÷ meetings with a list of who was "
    f"there. {WILSON}",
    needs=(*FORUMS_NEEDED, "attendance.role", "ties.governs"),
    references=("greany2022", "wilson1927"),
)
@rests_on("governs", tables=("meetings", "attendance"))
def bridging_meetings_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of meetings with authority, hub, two trusts and a maintained head."""
    found = recent_forums(here)
    if isinstance(found, NotMeasured):
        return found
    bodies = governing_bodies(here.whole).select(pl.col("id").alias("organisation"), "body", "band")
    present = found.attendance.join(bodies, on="organisation", how="left").with_columns(
        pl.when(pl.col("kind") == "trust")
        .then(pl.col("organisation"))
        .when(pl.col("band") != "maintained")
        .then(pl.col("body"))
        .alias("trust")
    )
    role = pl.col("role").str.to_lowercase().str.strip_chars()
    is_head = (role.str.contains(_HEAD) & ~role.str.contains(_NO_HEAD)).fill_null(False)
    sides = present.group_by("meeting").agg(
        (pl.col("kind") == "authority").any().alias("authority"),
        pl.col("kind").is_in(list(HUB_NAMES)).any().alias("hub"),
        (pl.col("trust").drop_nulls().n_unique() >= TRUSTS).alias("trusts"),
        ((pl.col("band") == "maintained") & is_head).any().alias("head"),
    )
    whole = sides.select(pl.all_horizontal("authority", "hub", "trusts", "head"))
    return share(
        int(whole.to_series().sum()),
        sides.height,
        missing=found.unattended,
        nothing=_NO_MEETING,
        caveat=unlisted(found),
    )


@indicator(
    id="sense_making.practitioner_presence_share",
    label="Meetings with a classroom practitioner",
    question="How many forum meetings have someone in the room who teaches a class?",
    why="Those who see every day what pupils find hard rarely take part where it is discussed.",
    unit="share",
    units="meetings",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " Meetings at which nobody's role is on record are left out and "
    "counted.",
    caveat=f"{_WHEN} Class teachers and teaching assistants, by the role that the list gives; a "
    "maths lead who also teaches a class does not count.",
    formula="Meetings with a class teacher or teaching assistant ÷ meetings at which anybody's "
    f"role is on record. {WILSON}",
    needs=(*FORUMS_NEEDED, "attendance.role"),
    references=("greany2022", "wilson1927"),
)
@rests_on(tables=("meetings", "attendance"))
def practitioner_presence_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of meetings with a class teacher or teaching assistant."""
    found = recent_forums(here)
    if isinstance(found, NotMeasured):
        return found
    known = found.attendance.with_columns(role_group(pl.col("role")).alias("group")).filter(
        pl.col("group").is_not_null()
    )
    by_meeting = known.group_by("meeting").agg(pl.col("group").is_in(PRACTITIONERS).any())
    return share(
        int(by_meeting["group"].sum()),
        by_meeting.height,
        missing=found.unattended + _listed(found) - by_meeting.height,
        nothing=NotMeasured(
            reason="No list says in which role anyone was there.",
            would_tell="The role of those present in the lists of attendance.",
        ),
        caveat=unlisted(found),
    )


@indicator(
    id="sense_making.practitioner_share",
    label="Classroom practitioners among those present",
    question="How many of those who come to forums teach a class?",
    why="One teacher among twenty leaders is in the room, and yet hardly heard.",
    unit="share",
    units="people present",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " People whose role is not on record are left out and counted.",
    caveat=f"{_WHEN} Class teachers and teaching assistants, by the role that the list gives; a "
    "maths lead who also teaches a class does not count. Who came to several meetings counts "
    "several times.",
    formula="Class teachers and teaching assistants ÷ people present whose role is on record, all "
    "meetings together. Interval: Wilson's on the effective number, since people who come to one "
    "meeting tell less than as many apart "
    "(`hedgerow.methods.ratio_interval.clustered_share_interval`).",
    needs=(*FORUMS_NEEDED, "attendance.role"),
    references=("greany2022", "kish1965"),
)
@rests_on(tables=("meetings", "attendance"))
def practitioner_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of class teachers and teaching assistants among those present."""
    found = recent_forums(here)
    if isinstance(found, NotMeasured):
        return found
    every = found.attendance.with_columns(role_group(pl.col("role")).alias("group"))
    by_meeting = (
        every.filter(pl.col("group").is_not_null())
        .group_by("meeting")
        .agg(pl.col("group").is_in(PRACTITIONERS).sum().alias("teaching"), pl.len().alias("all"))
        .sort("meeting")
    )
    present = int(by_meeting["all"].sum())
    missing = every.height - present
    if not present:
        return NotMeasured(
            reason="No list says in which role anyone was there.",
            would_tell="The role of those present in the lists of attendance.",
            missing=missing,
        )
    interval = None
    if by_meeting.height > 1:
        low, high = clustered_share_interval(by_meeting["teaching"], by_meeting["all"])
        interval = Interval(low=low, high=high, method="meetings taken together")
    return Reading(
        value=float(by_meeting["teaching"].sum()) / present,
        n=present,
        missing=missing,
        interval=interval,
        caveat=unlisted(found),
    )
