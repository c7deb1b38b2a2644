"""In which roles schools and people stand between others: Gould and Fernandez's five, each with its
direction in its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.bridging.people_here import PEOPLE_NEEDED
from hedgerow.features.bridging.person_network import person_network
from hedgerow.features.readings import generator
from hedgerow.features.school_ties import COVERAGE_RULE, TIES_NEEDED, school_ties
from hedgerow.landscape.finding import Chance, NotMeasured, Reading
from hedgerow.landscape.indicators import Calculation, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.brokerage import BrokerageNull, brokerage_null

DRAWS = 499
"""Deals of the labels behind the nulls: five shares of one network rest on the same ones."""

SCHOOL_ROLES = {
    "coordinator": (
        "within one governing body",
        "Do schools pass things on between schools of their own trust or authority?",
    ),
    "itinerant": (
        "between two schools of one other body",
        "Do schools join two schools of one trust or authority that is not their own?",
    ),
    "in_gate": (
        "from outside into the school's own body",
        "Do schools bring things from outside on into their own trust or authority?",
    ),
    "out_gate": (
        "out of the school's own body",
        "Do schools carry things from their own trust or authority to others?",
    ),
    "liaison": (
        "between two other bodies",
        "Do schools join schools of two different trusts or authorities, neither their own?",
    ),
}
"""Roles of a school between two others: what it does, and the question that asks for it."""

PERSON_ROLES = {
    "coordinator": (
        "within one body",
        "Do people pass things on within their own trust, authority or hub?",
    ),
    "itinerant": (
        "between two people of one other body",
        "Do people join two people of one trust, authority or hub that is not their own?",
    ),
    "in_gate": (
        "from outside into the person's own body",
        "Do people bring things from outside on into their own trust, authority or hub?",
    ),
    "out_gate": (
        "out of the person's own body",
        "Do people carry things from their own trust, authority or hub to others?",
    ),
    "liaison": (
        "between two other bodies",
        "Do people join people of two different trusts, authorities or hubs, neither their own?",
    ),
}

WHY = {
    "coordinator": "What stays within one body adds nothing from elsewhere; the more of it, the "
    "more each body keeps to itself.",
    "itinerant": "An outsider who joins two of one body can bring together what the body itself "
    "does not.",
    "in_gate": "Who brings something from outside to their own decides what comes in, and in what "
    "form.",
    "out_gate": "Who takes something of their own to others shares it; a body without them keeps "
    "what it knows.",
    "liaison": "Who belongs to neither side can join the parts of a landscape that share nobody.",
}


@dataclass(frozen=True)
class Roles:
    """Open two-step paths of a network by role, against labels dealt anew.

    Attributes
    ----------
    paths : float
        All of them.
    null : BrokerageNull
    n : int
        Units of the network.
    missing : int
    caveat : str
    sources : tuple of str
    """

    paths: float
    null: BrokerageNull
    n: int
    missing: int
    caveat: str
    sources: tuple[str, ...]


def school_roles(here: LocalLandscape) -> Roles | NotMeasured:
    """Give the roles of the place's schools between one another, bodies as groups."""
    return here.worked_out("school roles", lambda: _school_roles(here))


def _school_roles(here: LocalLandscape) -> Roles | NotMeasured:
    network = school_ties(here)
    if isinstance(network, NotMeasured):
        return network
    return _roles(
        here,
        "school roles",
        network.adjacency(),
        list(network.bodies),
        missing=network.missing,
        caveat=network.caveat,
        sources=network.sources,
    )


def person_roles(here: LocalLandscape) -> Roles | NotMeasured:
    """Give the roles of the place's people between one another, by the body under which each
    works."""
    return here.worked_out("person roles", lambda: _person_roles(here))


def _person_roles(here: LocalLandscape) -> Roles | NotMeasured:
    network = person_network(here)
    if isinstance(network, NotMeasured):
        return network
    return _roles(
        here,
        "person roles",
        network.adjacency,
        network.shares,
        missing=0,
        caveat="",
        sources=network.sources,
    )


def _roles(
    here: LocalLandscape,
    name: str,
    adjacency: NDArray[np.float64],
    groups: Sequence[Any] | NDArray[np.float64],
    *,
    missing: int,
    caveat: str,
    sources: tuple[str, ...],
) -> Roles | NotMeasured:
    if not adjacency.any():
        return NotMeasured(
            reason="No ties between any two of them are on record.",
            would_tell="Ties, with who carries them.",
            missing=missing,
        )
    null = brokerage_null(adjacency, groups, generator(here, name), draws=DRAWS)
    paths = null.totals["total"].observed
    if paths <= 0:
        return NotMeasured(
            reason="Nobody stands between two others: there is no path of two steps whose ends are "
            "not tied themselves.",
            would_tell="Ties of more of them.",
            missing=missing,
        )
    return Roles(paths, null, len(adjacency), missing, caveat, sources)


def _reading(roles: Roles | NotMeasured, role: str, dealt: str) -> Reading | NotMeasured:
    if isinstance(roles, NotMeasured):
        return roles
    found = roles.null.totals[role]
    return Reading(
        value=found.observed / roles.paths,
        n=round(roles.paths),
        missing=roles.missing,
        chance=Chance(
            expected=found.mean / roles.paths,
            method=dealt,
            low=found.low / roles.paths,
            high=found.high / roles.paths,
            p=found.p_two_sided,
            draws=found.draws,
        ),
        caveat=roles.caveat,
        sources=roles.sources,
    )


def _school_role(role: str) -> Calculation:
    def share(here: LocalLandscape) -> Reading | NotMeasured:
        return _reading(school_roles(here), role, "governing bodies dealt anew among the schools")

    return share


def _person_role(role: str) -> Calculation:
    def share(here: LocalLandscape) -> Reading | NotMeasured:
        return _reading(person_roles(here), role, "bodies dealt anew among the people")

    return share


_GATES = (
    "Some call the way in gatekeeper and the way out representative, and others the other way "
    "round. "
)


for _role, (_does, _question) in SCHOOL_ROLES.items():
    indicator(
        id=f"bridging.school_{_role}_share",
        label=f"Schools as go-betweens {_does}",
        question=_question,
        why=WHY[_role],
        unit="share",
        units="paths",
        direction=None if _role in ("coordinator", "itinerant") else "more",
        tier="E",
        grade="C",
        missing_rule=COVERAGE_RULE + " Paths that touch a school whose trust is not on record are "
        "left out.",
        caveat=f"Of all paths by which something can pass from one school through a second to a "
        f"third that has no tie with the first, the share {_does}. "
        + (_GATES if "gate" in _role else "")
        + "How many schools each body has decides most of it: read it beside chance. The five "
        "shares add up to one.",
        formula=f"Paths in which the second of three schools stands {_does} ÷ all paths from one "
        "school through a second to a third that has no tie with the first "
        "(`hedgerow.methods.brokerage.brokerage`). A tie runs in the direction in which "
        f"knowledge flows. Chance: governing bodies are dealt anew among the schools {DRAWS} "
        "times.",
        needs=(*TIES_NEEDED, "ties.governs", "organisations.authority"),
        references=("gould1989", "phipson2010", "equalls2022"),
    )(_school_role(_role))

for _role, (_does, _question) in PERSON_ROLES.items():
    indicator(
        id=f"bridging.person_{_role}_share",
        label=f"People as go-betweens {_does}",
        question=_question,
        why=WHY[_role],
        unit="share",
        units="paths",
        direction=None if _role in ("coordinator", "itinerant") else "more",
        tier="E",
        grade="C",
        missing_rule="Only people with a role on record in an organisation of the place are there.",
        caveat=f"Of all paths by which something can pass from one person through a second to a "
        f"third who has no tie with the first, the share {_does}. A school's people count under "
        "its trust or authority; people of several organisations act for each in equal parts. "
        + (_GATES if "gate" in _role else "")
        + "The five shares add up to one.",
        formula=f"Paths in which the second of three people stands {_does} ÷ all paths from one "
        "person through a second to a third who has no tie with the first "
        "(`hedgerow.methods.brokerage.brokerage`). A person of several bodies counts for each in "
        "equal parts, so that a path can be split. Chance: bodies are dealt anew among the "
        f"people {DRAWS} times.",
        needs=(
            *PEOPLE_NEEDED,
            *TIES_NEEDED,
            "ties.joint_bid",
            "ties.signposts",
            "ties.carrier",
            "ties.governs",
        ),
        references=("gould1989", "phipson2010", "greany2022"),
    )(_person_role(_role))
