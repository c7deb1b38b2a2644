"""The golden thread: whether a school has somebody on each rung of a career, from new teacher to
leader.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    WOULD_TELL,
    all_learning,
    falls_within,
    learning,
    lower_bound,
)
from hedgerow.features.readings import WILSON, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape

YEARS = 3
"""How many years up to the day are looked at: a small school has no new teacher in most years."""

RUNGS = {
    "new_teachers": (
        "the programme for new teachers",
        r"early career|\becfs?\b|\bects?\b|\bnqts?\b|newly qualified",
    ),
    "qualifications": (
        "a national professional qualification",
        r"\bnpq|national professional qualification",
    ),
    "subject_leads": (
        "learning for subject leads",
        r"(maths?|mathematics|numeracy|subject|reading|english|literacy|science|computing).{0,12}"
        r"(lead|co-?ordinat)",
    ),
}
"""The rungs in order: what it is called, and the words by which it is known, in small letters."""

_MISSING = (
    "A school without a record counts as having nobody there, so that this is a lower bound: "
    "providers that gave no records are named beside the figure."
)
_CAVEAT = (
    f"Over the {YEARS} years up to the day, by the words that the activity or the role bears. One "
    "person on a rung is enough to count."
)


def rungs(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give for each state school of the place whether anybody was on each rung.

    Returns
    -------
    polars.DataFrame
        Columns ``school`` and one of bools for each of `RUNGS`.
    """
    return here.worked_out("rungs", lambda: _rungs(here))


def _rungs(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    recent = learning(here)
    if isinstance(recent, NotMeasured):
        return recent
    first = here.on - timedelta(days=round(YEARS * 365.25))
    audiences = here.whole.table("activities").select(pl.col("id").alias("activity"), "audience")
    words = pl.concat_str(
        [pl.col(name).fill_null("") for name in ("name", "programme", "mode", "audience", "role")],
        separator=" / ",
    ).str.to_lowercase()
    found = (
        all_learning(here)
        .filter(falls_within(first, here.on))
        .join(audiences, on="activity", how="left")
        .group_by("school")
        .agg(words.str.contains(pattern).any().alias(rung) for rung, (_, pattern) in RUNGS.items())
    )
    return (
        state_schools(here)
        .select(pl.col("id").alias("school"))
        .join(found, on="school", how="left")
        .with_columns(pl.col(list(RUNGS)).fill_null(False))
    )


def _share(here: LocalLandscape, names: list[str]) -> Reading | NotMeasured:
    found = rungs(here)
    if isinstance(found, NotMeasured):
        return found
    has = found.select(pl.all_horizontal(names)).to_series()
    if not found.select(pl.any_horizontal(names)).to_series().any():
        return NotMeasured(
            reason="Nobody here is on record as being on any of these rungs: whether none was or "
            "none was recorded cannot be told.",
            would_tell=WOULD_TELL,
            missing=found.height,
        )
    return share(int(has.sum()), found.height, nothing=no_schools(here), caveat=lower_bound(here))


@indicator(
    id="coherence.career_strand_share",
    label="Schools with somebody on every rung",
    question="How many of the schools have new teachers, leaders on a qualification and subject "
    "leads who are learning?",
    why="Coherence is also over a career: from the first year to leading others, in one thread.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=f"{_CAVEAT} A school with no new teacher in that time cannot have one on the rung.",
    formula=f"Schools with somebody on each of three rungs within {YEARS} years up to the day ÷ "
    "schools: the programme for new teachers, a national professional qualification, learning "
    f"for subject leads. {WILSON}",
    needs=(*LEARNING_NEEDED, "activities.name", "activities.audience", "participation.role"),
    references=("greany2022", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def career_strand_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with somebody on each of the rungs."""
    return _share(here, list(RUNGS))


def _declare(rung: str) -> Indicator:
    words = RUNGS[rung][0]

    @indicator(
        id=f"coherence.career_{rung}_share",
        label=f"Schools with somebody in {words}",
        question=f"How many of the schools have somebody in {words}?",
        why="It shows at which rung the thread breaks.",
        unit="share",
        direction="more",
        tier="E",
        grade="C",
        missing_rule=_MISSING,
        caveat=_CAVEAT,
        formula=f"Schools with somebody in {words} within {YEARS} years up to the day ÷ schools. "
        f"{WILSON}",
        needs=(*LEARNING_NEEDED, "activities.name", "activities.audience", "participation.role"),
        references=("greany2022", "wilson1927"),
    )
    @rests_on(tables=("activities", "participation"))
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        return _share(here, [rung])

    return found


CAREER = tuple(_declare(rung) for rung in RUNGS)
