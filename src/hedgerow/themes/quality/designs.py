"""How activities are made, as far as their record shows: four of the six elements that Heck and
others name, and of the national standard its call to last and, in part, to collaborate.

========================  =============================================  ===================
element                   what the record shows                          score
========================  =============================================  ===================
duration                  sessions of the programme in twelve months     1, 2, 3: 0, 1/2, 1
content focus             whether it names a subject                     1 if so
active, from practice     whether there is work between sessions         0 or 1
collective participation  its place from individual to collective        thirds: 0, 1/2, 1
coherence                 not recorded                                   none
expert facilitation       not recorded (a provider's kind is no proof)   none
========================  =============================================  ===================

Of the standard's other parts (outcomes for pupils, evidence and expertise, expert challenge,
priority given by leaders) no record tells anything.
"""

from __future__ import annotations

import polars as pl

from hedgerow.features.professional_learning.records import learning
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape

ELEMENTS = ("duration", "content", "active", "collective")
"""The elements that a record can show, each scored from 0 to 1."""

FEWEST_KNOWN = 3
"""So many of the four elements must be known for a score."""

ENOUGH_SESSIONS, SOME_SESSIONS = 3, 2
"""Sessions in twelve months that score a whole for duration, and a half."""

SHOWN = (
    "Four elements that a record can show, each from 0 to 1: sessions (three or more in the year), "
    "a subject named, work between sessions, and how collective it is. How expert those who lead "
    "it are, whether it fits what the school works on, what evidence it rests on and what pupils "
    "gain are not in any record."
)
DESIGN_SCORE = (
    "the design score of an activity is the mean of those on record, three at least, of four "
    "elements: sessions of its programme in the twelve months up to the day (three or more 1, two "
    "1/2, one 0), a subject named (1), work between sessions (1 or 0), collectivity (thirds: 0, "
    "1/2, 1)"
)
"""What an activity scores, for the formulas of the figures that rest on it."""
DESIGN_NEEDED = (
    "activities.programme",
    "activities.sessions",
    "activities.subject",
    "activities.has_intersession_tasks",
    "activities.collectivity",
)
"""What the design score takes from the activities."""
MISSING = (
    f"Entries of which fewer than {FEWEST_KNOWN} of the four elements are recorded are left out "
    "and counted; the score is the mean of those that are."
)


def designed(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the records of the twelve months with how their activities are made.

    Returns
    -------
    polars.DataFrame
        Columns of `learning`, with one of each of `ELEMENTS` (null where not recorded) and
        ``design``, the mean of those that are (null where too few are).
    """
    return here.worked_out("designed", lambda: _designed(here))


def _designed(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    of_programme = pl.coalesce("programme", "activity")
    lengths = (
        records.unique("activity")
        .group_by("provider", of_programme.alias("programme_key"))
        .agg(
            pl.when(pl.col("sessions").is_not_null().all())
            .then(pl.col("sessions").sum())
            .alias("all_sessions")
        )
    )
    third = pl.col("collectivity")
    elements = {
        "duration": pl.when(pl.col("all_sessions") >= ENOUGH_SESSIONS)
        .then(1.0)
        .when(pl.col("all_sessions") >= SOME_SESSIONS)
        .then(0.5)
        .when(pl.col("all_sessions").is_not_null())
        .then(0.0),
        "content": pl.when(pl.col("subject").str.strip_chars() != "").then(1.0),
        "active": pl.col("has_intersession_tasks").cast(pl.Float64),
        "collective": pl.when(third >= 2 / 3)
        .then(1.0)
        .when(third >= 1 / 3)
        .then(0.5)
        .when(third.is_not_null())
        .then(0.0),
    }
    known = pl.sum_horizontal(pl.col(name).is_not_null() for name in ELEMENTS)
    return (
        records.with_columns(of_programme.alias("programme_key"))
        .join(lengths, on=["provider", "programme_key"], how="left", nulls_equal=True)
        .with_columns(value.alias(name) for name, value in elements.items())
        .with_columns(
            pl.when(known >= FEWEST_KNOWN).then(pl.mean_horizontal(*ELEMENTS)).alias("design")
        )
        .drop("programme_key", "all_sessions")
    )
