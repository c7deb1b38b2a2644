"""Whether anybody has it as their task to look across the place."""

from __future__ import annotations

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape

FUNCTIONS = (
    "looks at patterns of attainment across the schools",
    "finds out what professional learning schools need in common",
    "knows which schools take part in what",
    "brings those together who can act on it",
    "can challenge a school that takes no part",
    "looks at what came of it",
)
"""What somebody would have to do for a place to have oversight."""


@indicator(
    id="sense_making.oversight_gap",
    label="Tasks of oversight that nobody has",
    question="How many of the tasks of looking across the place does nobody have?",
    why="The study found no body or person with the task of making sense of patterns across a "
    "locality, nor of finding what its schools need in common.",
    unit="count",
    units="tasks",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="A task about which nobody asked is neither a gap nor none.",
    caveat="Nothing that this version reads says who has which task: it stands here so that the "
    "question is asked. That somebody has a task does not say that it is done.",
    references=("greany2022",),
)
def oversight_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Say what would have to be known."""
    if state_schools(here).is_empty():
        return no_schools(here)
    return NotMeasured(
        reason="Who has the task of looking across the place is not something that the tables of "
        "this version hold.",
        would_tell="For each of these the organisation that has it, or that nobody has: who "
        + "; who ".join(FUNCTIONS)
        + ".",
        missing=len(FUNCTIONS),
    )
