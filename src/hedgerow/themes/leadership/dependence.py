"""How much a landscape depends on its three weightiest people together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.bridging.fragility import Fragility, fragility_here
from hedgerow.features.bridging.knowledge_paths import PATHS_NEEDED
from hedgerow.features.bridging.people_here import ROLES_RULE
from hedgerow.features.readings import chance_of, generator
from hedgerow.features.school_ties import COVERAGE_RULE
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.carried_paths import losses
from hedgerow.methods.permutation import null_distribution

TOGETHER = 3

CANDIDATES = 10
"""People with whom most would go singly, among whom the weightiest three are sought."""

DRAWS = 199


def lost_together(found: Fragility, sets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the share of closeness that goes with each set of persons.

    Parameters
    ----------
    found : Fragility
    sets : array of int, shape (sets, size)
        Persons by number.
    """
    gone = (found.paths.carrier[None, :, None] == sets[:, None, :]).any(axis=2)
    return losses(found.losses.closeness, found.paths.reached(~gone).closeness)


@indicator(
    id="leadership.lost_with_three",
    label="What would be lost with the three weightiest people",
    question="How much of the schools' nearness to providers would go if the three people who "
    "carry most of it left together?",
    why="A second and a third carrier make up for one who leaves; where the three go, so does the "
    "locality's leadership.",
    unit="share",
    units="people",
    direction=None,
    tier="E",
    grade="C",
    missing_rule=f"{COVERAGE_RULE} {ROLES_RULE}",
    caveat="The worst three of the ten whose single loss weighs most; two who stand in for one "
    "another may be missed where neither is among the ten. Nobody takes over: an upper bound. "
    "Chance draws three of those who carry anything at all.",
    formula=f"Largest, over sets of {TOGETHER} of the {CANDIDATES} people with whom most would "
    "go singly, of 1 − closeness without the three ÷ closeness as it is; closeness = mean over "
    "pairs of a provider and a school of 1 ÷ steps on the shortest path from the one to the "
    "other, 0 without a path (`hedgerow.methods.carried_paths.reach`). Chance: three of those "
    f"who carry anything, drawn at random {DRAWS} times.",
    needs=PATHS_NEEDED,
    references=("borgatti2006", "latora2001", "greany2022"),
)
def lost_with_three(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the greatest share of closeness that goes with three persons."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    lost = found.losses.closeness_lost
    if lost.size < TOGETHER:
        return NotMeasured(
            reason=f"Fewer than {TOGETHER} people are on record here.",
            would_tell="Roles in more of the organisations here.",
            n=lost.size,
        )
    most = np.argsort(-lost, kind="stable")[:CANDIDATES]
    sets = np.array(list(combinations(most.tolist(), TOGETHER)), dtype=np.int64)
    value = float(lost_together(found, sets).max())
    carrying = np.flatnonzero(lost > 0)
    chance = None
    if carrying.size > TOGETHER:
        rng = generator(here, "three at random")
        drawn = np.argsort(rng.random((DRAWS, carrying.size)), axis=1)[:, :TOGETHER]
        chance = chance_of(
            null_distribution(value, lost_together(found, carrying[drawn])),
            "three others of those who carry anything, drawn at random",
        )
    return Reading(
        value=value,
        n=lost.size,
        missing=found.paths.missing,
        chance=chance,
        caveat=found.paths.caveat,
        sources=found.paths.sources,
    )
