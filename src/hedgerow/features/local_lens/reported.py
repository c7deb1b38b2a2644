"""What people themselves call local: it takes interviews, which no table holds yet."""

from __future__ import annotations

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

FEWEST = 8
"""Interviews that it takes to say what people of a place call local."""


def _not_asked(here: LocalLandscape) -> NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    return NotMeasured(
        reason="What people here call local takes interviews with codes, which the tables of "
        "this version do not hold.",
        would_tell=f"{FEWEST} interviews or more with heads, mathematics leads, teachers and "
        "system leaders, coded for the locals that they name.",
    )


@indicator(
    id="local_lens.reported_locals",
    label="Locals that people live in at once",
    question="How many different locals does a person here live in at once?",
    why="In the study “local” was the school, the town, the trust, the hub or a group online, "
    "often several for one person.",
    unit="count",
    units="interviews",
    tier="E",
    grade="C",
    missing_rule=f"With fewer than {FEWEST} interviews nothing is said.",
    caveat="Nothing that this version reads tells it; it would be the effective number of locals "
    "that a person names.",
    references=("equalls2022", "jost2006"),
)
def reported_locals(here: LocalLandscape) -> Reading | NotMeasured:
    """Say what would have to be known."""
    return _not_asked(here)


@indicator(
    id="local_lens.reported_place_share",
    label="People whose local is a place",
    question="For how many people here is local first of all a place, not a trust or a network?",
    why="Where local means the trust, what is offered to a place passes by.",
    unit="share",
    units="interviews",
    tier="E",
    grade="C",
    missing_rule=f"With fewer than {FEWEST} interviews nothing is said.",
    caveat="Nothing that this version reads tells it; it would be the share whose most named local "
    "is a place.",
    references=("equalls2022", "wilson1927"),
)
def reported_place_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Say what would have to be known."""
    return _not_asked(here)
