"""Whether schools' contacts all know one another, or reach into circles that do not meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.readings import chance_of, generator
from hedgerow.features.school_ties import COVERAGE_RULE, TIES_NEEDED, school_ties
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.permutation import NullDistribution, null_distribution
from hedgerow.methods.structural_holes import constraint, effective_size

DRAWS = 99
"""Rewired networks behind the null: each takes many swaps."""

SWAPS_A_TIE = 5

_NULL = "ties rewired, each school keeping its number of contacts"


@dataclass(frozen=True)
class Holes:
    """Medians over schools with a contact, against rewired networks.

    Attributes
    ----------
    constraint, effective_size : NullDistribution
    n : int
        Schools with a contact.
    missing : int
        Schools not asked.
    caveat : str
    sources : tuple of str
    """

    constraint: NullDistribution
    effective_size: NullDistribution
    n: int
    missing: int
    caveat: str
    sources: tuple[str, ...]


def _median(values: NDArray[np.float64]) -> float:
    return float(np.nanmedian(values))


def holes(here: LocalLandscape) -> Holes | NotMeasured:
    """Give what the schools' contacts leave open between them."""
    return here.worked_out("structural holes", lambda: _holes(here))


def _holes(here: LocalLandscape) -> Holes | NotMeasured:
    network = school_ties(here)
    if isinstance(network, NotMeasured):
        return network
    flows = network.adjacency()
    ties = np.maximum(flows, flows.T)
    tied = int(ties.any(axis=1).sum())
    if tied == 0:
        return NotMeasured(
            reason="No school here named another.",
            would_tell="Answers of more schools.",
            missing=network.missing,
        )
    swaps = SWAPS_A_TIE * int(ties.sum() / 2)
    rewired = rewired_networks(ties, generator(here, "rewired school ties"), DRAWS, swaps)
    nulls = [
        null_distribution(_median(statistic(ties)), [_median(statistic(one)) for one in rewired])
        for statistic in (constraint, effective_size)
    ]
    return Holes(nulls[0], nulls[1], tied, network.missing, network.caveat, network.sources)


@indicator(
    id="bridging.school_constraint",
    label="How closed a school's circle of contacts is",
    question="Do the schools that a school turns to all turn to one another as well?",
    why="In a closed circle everyone hears the same; a gap between one's contacts is where "
    "something new can come from.",
    unit="index",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=COVERAGE_RULE + " A school without a contact has no circle and is left out.",
    caveat="The school in the middle of all that have a contact; ties count both ways and "
    "alike. 1 for a school with a single contact, near 0 with many that do not know one another: "
    "it falls with the number of contacts, so read it beside chance.",
    formula="Median over schools with a contact of Burt's constraint: sum over contacts j of "
    "(p_j + sum over common contacts q of p_q × p_qj)², where p_j is 1 ÷ number of the school's "
    "contacts and p_qj is 1 ÷ number of q's contacts "
    f"(`hedgerow.methods.structural_holes.constraint`). Chance: {DRAWS} networks in which ties "
    "are rewired and each school keeps its number of contacts "
    "(`hedgerow.methods.configuration.rewired_networks`).",
    needs=TIES_NEEDED,
    references=("burt1992", "fosdick2018", "phipson2010"),
)
def school_constraint(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the schools' median constraint."""
    found = holes(here)
    if isinstance(found, NotMeasured):
        return found
    return _reading(found, found.constraint)


@indicator(
    id="bridging.school_effective_size",
    label="Contacts of a school that are not redundant",
    question="To how many separate circles do a school's contacts lead?",
    why="Ten contacts who all know one another bring little more than one.",
    unit="count",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=COVERAGE_RULE + " A school without a contact is left out.",
    caveat="The school in the middle of all that have a contact: its contacts, less the number of "
    "the others whom each of them knows on average.",
    formula="Burt's effective size, the median over schools with a contact of d − 2t ÷ d, for d "
    "contacts and t ties among them (`hedgerow.methods.structural_holes.effective_size`). Chance: "
    f"{DRAWS} networks in which ties are rewired and each school keeps its number of contacts "
    "(`hedgerow.methods.configuration.rewired_networks`).",
    needs=TIES_NEEDED,
    references=("burt1992", "fosdick2018", "phipson2010"),
)
def school_effective_size(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the schools' median effective size."""
    found = holes(here)
    if isinstance(found, NotMeasured):
        return found
    return _reading(found, found.effective_size)


def _reading(found: Holes, measured: NullDistribution) -> Reading:
    return Reading(
        value=measured.observed,
        n=found.n,
        missing=found.missing,
        chance=chance_of(measured, _NULL),
        caveat=found.caveat,
        sources=found.sources,
    )
