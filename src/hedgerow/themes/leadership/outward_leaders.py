"""How many schools' leaders look outwards more than inwards."""

from __future__ import annotations

from dataclasses import replace

from hedgerow.features.bridging.outward_facing import dealt_indices, outward_index
from hedgerow.features.readings import WILSON, chance_of, share
from hedgerow.features.school_ties import COVERAGE_RULE, TIES_NEEDED, school_ties
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.permutation import null_distribution


@indicator(
    id="leadership.outward_facing_share",
    label="Schools whose leaders face outwards",
    question="In how many schools do the head and the mathematics lead turn to schools beyond "
    "their own trust or authority more than to those within?",
    why="The report asks for leaders who look outwards and bring in what their school cannot know "
    "by itself; whether they can depends on the landscape around them.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=COVERAGE_RULE + " Schools that named nobody are left out and counted.",
    caveat="Schools with more of the contacts that they named under another body than under their "
    "own; as many of each does not count. The authority is one body for the schools that it "
    "maintains. Where bodies are many and small nearly every school faces outwards: read it beside "
    "chance.",
    formula="Schools with more contacts under another body than under their own ÷ schools that "
    f"named a contact whose body is known. Contacts anywhere count. {WILSON} Chance: governing "
    "bodies are dealt anew among the schools here and those that they named.",
    needs=(*TIES_NEEDED, "ties.governs", "organisations.authority"),
    references=("everett2012", "krackhardt1988", "wilson1927", "phipson2010", "greany2022"),
)
def outward_facing_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools that named more contacts outside their body than inside."""
    network, found = school_ties(here), outward_index(here)
    if isinstance(network, NotMeasured):
        return network
    if isinstance(found, NotMeasured) or found.is_empty():
        return NotMeasured(
            reason="No school here named a school whose governing body is known.",
            would_tell="Answers of more schools.",
            missing=len(network.schools),
        )
    outward = int((found["index"] > 0).sum())
    result = share(
        outward,
        found.height,
        missing=len(network.schools) - found.height,
        nothing=NotMeasured(reason="No school named a contact."),
        caveat=network.caveat,
    )
    if isinstance(result, NotMeasured):
        return result
    null = (dealt_indices(here) > 0).mean(axis=1)
    return replace(
        result,
        chance=chance_of(
            null_distribution(result.value, null),
            "governing bodies dealt anew among the schools here and those that they named",
        ),
        sources=network.sources,
    )
