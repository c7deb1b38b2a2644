"""Whether professional learning hangs together for those who take part: it takes interviews."""

from __future__ import annotations

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape


@indicator(
    id="coherence.experienced_coherence",
    label="Coherence as people experience it",
    question="Do heads, mathematics leads and teachers find that professional learning here hangs "
    "together?",
    why="In all three localities of the study most found it fragmented: structure is not "
    "experience.",
    unit="score",
    units="interviews",
    direction="more",
    tier="E",
    grade="B",
    missing_rule="With too few interviews, or where coders do not agree, nothing is said.",
    caveat="Nothing that this version reads tells it; it would be the mean rank of what people "
    "say, from fragmented to coherent, by group, with the agreement of two coders.",
    references=("greany2022", "krippendorff2011"),
)
def experienced_coherence(here: LocalLandscape) -> Reading | NotMeasured:
    """Say what would have to be known."""
    if state_schools(here).is_empty():
        return no_schools(here)
    return NotMeasured(
        reason="How coherent people find professional learning takes interviews with codes, which "
        "the tables of this version do not hold.",
        would_tell="Interviews with heads, mathematics leads, teachers and system leaders, coded "
        "by two people for how far things hang together.",
    )
