"""How many schools take part in professional learning, and how much there is for their size."""

from __future__ import annotations

import polars as pl

from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    MISSING_RULE,
    learning,
    lower_bound,
)
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, WILSON, generator, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_ratio

PER_PUPILS = 100
"""Staff sessions are given for so many pupils: the register knows pupils, not teachers."""

_WHEN = "In the twelve months up to the day."

INTENSITY_NEEDED = (
    *LEARNING_NEEDED,
    "participation.staff",
    "participation.sessions_attended",
    "observations.pupils",
)
"""What staff sessions for every hundred pupils rest on, as declared by an indicator."""


def _reach(
    here: LocalLandscape, is_counted: pl.Expr, is_external: bool | None
) -> Reading | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    reached = records.filter(is_counted)["school"].n_unique()
    return share(
        reached,
        state_schools(here).height,
        nothing=no_schools(here),
        caveat=lower_bound(here, is_external=is_external),
    )


@indicator(
    id="professional_learning.external_reach",
    label="Schools that learn with others",
    question="How many of the schools take part in professional learning beyond their own school "
    "and trust?",
    why="What a school cannot know by itself has to come from outside; the study found schools and "
    "whole trusts that take no part.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat=f"{_WHEN} One place on one course is enough to count. Learning within the school's own "
    "trust does not count here, however good it is.",
    formula="Schools with a record in the twelve months up to the day of learning with a "
    "provider that is neither the school, nor a trust that ever governed it, nor another school "
    f"of such a trust ÷ schools. {WILSON}",
    needs=LEARNING_NEEDED,
    references=("equalls2022", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def external_reach(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with a record with a provider other than their school or trust."""
    return _reach(here, pl.col("is_external"), True)


@indicator(
    id="professional_learning.reach",
    label="Schools with any professional learning on record",
    question="How many of the schools have any professional learning on record?",
    why="It tells how far the records reach, and beside the figure for learning with others, how "
    "much is done within schools and trusts.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat=f"{_WHEN} Schools rarely record what they do among themselves: a low value may say more "
    "of the records than of the schools.",
    formula="Schools with any record of learning in the twelve months up to the day ÷ schools. "
    f"{WILSON}",
    needs=LEARNING_NEEDED,
    references=("equalls2022", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def reach(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with a record of any kind."""
    return _reach(here, pl.lit(True), None)


@indicator(
    id="professional_learning.maths_hub_reach",
    label="Schools that work with their Maths Hub",
    question="How many of the schools take part in what a Maths Hub offers?",
    why="A Maths Hub is there for every school around it. Whether a school takes part depends on "
    "where it is, on who points to it, and on the school's trust.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="A school without a record counts as not having taken part. Where no Maths Hub "
    "gave records, nothing is said.",
    caveat=f"{_WHEN} It says who took part, not who was asked or had a place offered.",
    formula="Schools with a record of learning with a Maths Hub in the twelve months up to the "
    f"day ÷ schools. {WILSON}",
    needs=LEARNING_NEEDED,
    references=("greany2022", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def maths_hub_reach(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with a record with a Maths Hub."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    with_hub = pl.col("provider_kind") == "maths_hub"
    if records.filter(with_hub).is_empty():
        return NotMeasured(
            reason="No Maths Hub gave a record of a school here in the twelve months to the day: "
            "whether none took part or none was recorded cannot be told.",
            would_tell="The hub's own list of the schools that took part.",
            missing=state_schools(here).height,
        )
    return _reach(here, with_hub, True)


def _intensity(here: LocalLandscape, is_external: bool) -> Reading | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    pupils = observed(here, "pupils")
    if isinstance(pupils, NotMeasured):
        return pupils
    counted = records.filter(pl.col("is_external") == is_external)
    sessions = (
        counted.group_by("school")
        .agg((pl.col("staff") * pl.col("sessions_attended")).sum().alias("taken"))
        .rename({"school": "id"})
    )
    rows = pupils.rows.filter(pl.col("value") > 0).join(sessions, on="id", how="left")
    if rows.height < 2:
        return NotMeasured(
            reason="The number of pupils is known for fewer than two schools here.",
            would_tell="A register with the number of pupils.",
            missing=state_schools(here).height,
        )
    uncounted = counted.filter(
        pl.any_horizontal(pl.col("staff", "sessions_attended").is_null())
    ).height
    caveat = f"{uncounted:,} records without numbers are left out." if uncounted else ""
    found = bootstrap_ratio(
        rows["taken"].fill_null(0).to_numpy() * PER_PUPILS,
        rows["value"].to_numpy(),
        generator(here, f"intensity {is_external}"),
    )
    return Reading(
        value=found.value,
        n=rows.height,
        missing=state_schools(here).height - rows.height,
        interval=Interval(low=found.low, high=found.high, method="school bootstrap"),
        caveat=" ".join(
            part for part in (caveat, lower_bound(here, is_external=is_external)) if part
        ),
    )


@indicator(
    id="professional_learning.external_intensity",
    label="Staff sessions with others, for every 100 pupils",
    question="How much professional learning do staff take part in beyond their school and trust?",
    why="Reach counts one place and a hundred alike; this is how much there is for the size of the "
    "schools.",
    unit="ratio",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + " Schools whose number of pupils is not known are left out and "
    "counted.",
    caveat=f"{_WHEN} Staff times sessions attended; a primary school has some four or five "
    "teachers for every 100 pupils. Sessions differ in length: half a day counts as much as a "
    "day.",
    formula=f"{PER_PUPILS} × sum over outside records in the twelve months up to the day of "
    "(staff × sessions attended) ÷ sum of the pupils of the schools whose number of pupils is "
    f"known. {SCHOOL_BOOTSTRAP}",
    needs=INTENSITY_NEEDED,
    references=("equalls2022", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def external_intensity(here: LocalLandscape) -> Reading | NotMeasured:
    """Give staff sessions with other providers over pupils, times 100."""
    return _intensity(here, True)


@indicator(
    id="professional_learning.internal_intensity",
    label="Staff sessions in school or trust, for every 100 pupils",
    question="How much professional learning do staff take part in within their school and trust?",
    why="Trusts with much of their own can replace what hubs offer, or shut it out: the two belong "
    "side by side.",
    unit="ratio",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE + " Schools whose number of pupils is not known are left out and "
    "counted.",
    caveat=f"{_WHEN} Staff times sessions attended. What schools do among themselves is recorded "
    "least of all, so compare places only where the records were made alike.",
    formula=f"{PER_PUPILS} × sum over records with the own school or trust in the twelve months "
    "up to the day of (staff × sessions attended) ÷ sum of the pupils of the schools whose "
    f"number of pupils is known. {SCHOOL_BOOTSTRAP}",
    needs=INTENSITY_NEEDED,
    references=("equalls2022", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def internal_intensity(here: LocalLandscape) -> Reading | NotMeasured:
    """Give staff sessions with the own school or trust over pupils, times 100."""
    return _intensity(here, False)
