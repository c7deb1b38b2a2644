"""Who takes the outside places: the maths lead, class teachers, teaching assistants, leaders."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.places import by_school, share_of_places
from hedgerow.features.professional_learning.records import LEARNING_NEEDED, learning, lower_bound
from hedgerow.features.readings import BY_SCHOOL
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape

GROUPS = {
    "teaching_assistants": r"\bassistants?\b|\btas?\b|\blsas?\b|support staff|learning support",
    "maths_leads": r"(maths?|mathematics|numeracy).*(lead|co-?ordinat|specialist|head)",
    "class_teachers": r"class.?teacher|^teachers?$|year \d.*teacher|early career|\becfs?\b"
    r"|\bects?\b|\bnqts?\b|newly qualified|non-?specialist",
}
"""Which words in a role, in small letters, put it in a group; the first that fits. Assistant heads
are none of them."""

IN_WORDS = {
    "maths_leads": "maths leads",
    "class_teachers": "class teachers",
    "teaching_assistants": "teaching assistants",
}
"""The groups whose shares are given, in that order."""

_NO_ASSISTANT = r"assistant (head|principal)"


def role_group(role: pl.Expr) -> pl.Expr:
    """Give the group of a role as people write it: a name of `GROUPS`, "others", or null where no
    role is given."""
    text = role.str.to_lowercase().str.strip_chars()
    found: pl.Expr = pl.lit("others")
    for group in reversed(GROUPS):
        fits = text.str.contains(GROUPS[group]) & ~text.str.contains(_NO_ASSISTANT)
        found = pl.when(fits).then(pl.lit(group)).otherwise(found)
    return pl.when(text.is_null() | (text == "")).then(None).otherwise(found)


def _places_by_role(
    here: LocalLandscape,
) -> tuple[Mapping[str, NDArray[np.float64]], NDArray[np.float64], int] | NotMeasured:
    """Outside places of each school by group of roles, all its places, and records left out."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    wanted = records.filter(pl.col("is_external")).with_columns(
        role_group(pl.col("role")).alias("group")
    )
    known = wanted.filter(pl.col("group").is_not_null(), pl.col("staff").is_not_null())
    missing = wanted.height - known.height
    if known.is_empty():
        return NotMeasured(
            reason="Of no outside place taken by the schools here is it known who took it.",
            would_tell="The role of the staff in each record of participation.",
            missing=missing,
        )
    table = by_school(
        known,
        known.select(
            *(
                pl.when(pl.col("group") == group).then(pl.col("staff")).otherwise(0).alias(group)
                for group in IN_WORDS
            ),
            pl.col("staff").alias("all"),
        ),
    )
    return dict(zip(IN_WORDS, table.T[:-1], strict=True)), table[:, -1], missing


def _declare(group: str) -> Indicator:
    words = IN_WORDS[group]

    @indicator(
        id=f"professional_learning.external_places_{group}",
        label=f"Outside places taken by {words}",
        question=f"How many of the places with others do {words} take?",
        why="Mostly the maths lead goes and passes it on; few who teach the children every day "
        "hear it at first hand.",
        unit="share",
        units="places",
        tier="E",
        grade="C",
        missing_rule="Records without a role or a number of staff are left out and counted.",
        caveat="Places in the twelve months to the day: a person on two courses counts twice. "
        "Roles are sorted by the words used; early career teachers count as class teachers, and a "
        "maths lead who also teaches a class as maths lead.",
        formula=f"Outside places in the twelve months up to the day taken by {words} ÷ outside "
        f"places of which the role is known, a record of s staff being s places. {BY_SCHOOL}",
        needs=(*LEARNING_NEEDED, "participation.staff", "participation.role"),
        references=("greany2022", "kish1965"),
    )
    @rests_on(tables=("activities", "participation"))
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        places = here.worked_out("places by role", lambda: _places_by_role(here))
        if isinstance(places, NotMeasured):
            return places
        counts, total, missing = places
        return share_of_places(
            group,
            counts,
            total,
            missing=missing,
            caveat=lower_bound(here, is_external=True),
        )

    return found


PLACES_BY_ROLE = tuple(_declare(group) for group in IN_WORDS)
