"""What is planted in the made-up localities, and by which rule each counts as found.

The rules were fixed on the regions of seeds 1001 to 1024, before any of the regions was made on
which `bench.mechanisms` counts how often they err; why they are what they are, and what they can
and cannot show, stands in docs/decisions/0063-planted-mechanisms.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import polars as pl

from hedgerow.features.bridging.boundary_evidence import trusts_and_boundaries
from hedgerow.fieldbook.made_up.open_files import write_open_files
from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.fieldbook.made_up.region import make_region
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from hedgerow.sources.register import RegisterInputs, build, open_register

Found = Literal["found", "not found", "not measured"]

QUARTER, HALF, ONE_PARTNER = 0.25, 0.5, 1.0

NONE_AT_WORK = Mechanisms(**{one.name: False for one in fields(Mechanisms)})
WORLDS = {
    "all at work": Mechanisms(),
    "none at work": NONE_AT_WORK,
    "all but boundary keeping": Mechanisms(boundary_keeping=False),
}
"""Which mechanisms are at work in each of the regions made from one seed: the same schools, trusts
and hubs in all of them."""


@dataclass(frozen=True)
class Rule:
    """When a mechanism counts as found in its locality.

    Attributes
    ----------
    id : str
    mechanism : str
        Its switch in `Mechanisms`.
    place : str
    says : str
        The rule in words.
    judge : callable
        Gives whether it holds of the locality, or that what it needs was not measured.
    is_main : bool
        Whether it is the rule for its mechanism, or stands beside it for comparison.
    """

    id: str
    mechanism: str
    place: str
    says: str
    judge: Callable[[LocalLandscape], Found]
    is_main: bool = True

    def is_planted_in(self, world: str) -> bool:
        """Whether its mechanism is at work in a world."""
        return bool(getattr(WORLDS[world], self.mechanism))


def _measured(here: LocalLandscape, identifier: str) -> Finding:
    return INDICATORS[identifier].measure(here)


def _said(holds: bool) -> Found:
    return "found" if holds else "not found"


def _records(here: LocalLandscape) -> Found:
    effect = _measured(here, "bridging.joining_closed_effect")
    if effect.interval is None:
        return "not measured"
    return _said(effect.interval.high < 0)


def _records_and_accounts(here: LocalLandscape) -> Found:
    found = _records(here)
    if found != "found":
        return found
    verdicts = pl.Series(trusts_and_boundaries(here)["verdict"])
    two_kinds = verdicts.str.starts_with("keeps") | (verdicts == "possible, against the records")
    return _said(bool(two_kinds.any()))


def _one_trust(here: LocalLandscape) -> Found:
    kept = _measured(here, "bridging.boundary_keeping_trusts").value
    return "not measured" if kept is None else _said(kept >= 1)


def _leader_lost(here: LocalLandscape) -> Found:
    lost = _measured(here, "bridging.lost_with_a_leaver").value
    return "not measured" if lost is None else _said(lost >= QUARTER)


def _partners(found: Finding) -> float | None:
    """Mean number of partners of an organisation, from the share of pairs that are linked."""
    return None if found.value is None else found.value * (found.n - 1)


def _single_carrier(here: LocalLandscape) -> Found:
    partners = _partners(_measured(here, "linked_systems.interlock_density"))
    if partners is None:
        return "not measured"
    if partners <= ONE_PARTNER:
        return "not found"
    lost = _measured(here, "bridging.interlock_loss")
    if lost.value is None or lost.chance is None or lost.chance.high is None:
        return "not measured"
    return _said(lost.value > max(HALF, lost.chance.high))


def _nearness_on_one(here: LocalLandscape) -> Found:
    lost = _measured(here, "bridging.fragility")
    if lost.value is None or lost.chance is None or lost.chance.high is None:
        return "not measured"
    return _said(lost.value > lost.chance.high)


def _joint_bids(here: LocalLandscape) -> Found:
    bids = _measured(here, "linked_systems.collaboration_density").value
    partners = _partners(_measured(here, "linked_systems.signposting_density"))
    if bids is None or partners is None:
        return "not measured"
    return _said(bids > 0 and partners > ONE_PARTNER)


def _any_bid(here: LocalLandscape) -> Found:
    bids = _measured(here, "linked_systems.collaboration_density").value
    return "not measured" if bids is None else _said(bids > 0)


RULES = (
    Rule(
        "severed",
        "boundary_keeping",
        "Town",
        "Schools that joined closed trusts work less with the hub: the interval of the effect "
        "(`bridging.joining_closed_effect`) lies below 0; and of one trust that was joined by six "
        "or more, two of the three kinds of evidence on its boundary say that it keeps it.",
        _records_and_accounts,
    ),
    Rule(
        "severed, by the records alone",
        "boundary_keeping",
        "Town",
        "The interval of `bridging.joining_closed_effect` lies below 0.",
        _records,
        is_main=False,
    ),
    Rule(
        "severed, of a trust by name",
        "boundary_keeping",
        "Town",
        "`bridging.boundary_keeping_trusts` is 1 or more.",
        _one_trust,
        is_main=False,
    ),
    Rule(
        "leader lost",
        "leader_lost",
        "Town",
        "A quarter or more of schools' nearness to providers went with one who left within three "
        "years (`bridging.lost_with_a_leaver`).",
        _leader_lost,
    ),
    Rule(
        "single carrier",
        "paid_chair",
        "Shire",
        "Organisations share people with more than one partner each "
        "(`linked_systems.interlock_density`), and more than half of these links, and more than "
        "chance gives, would go with one person (`bridging.interlock_loss`).",
        _single_carrier,
    ),
    Rule(
        "single carrier, by nearness",
        "paid_chair",
        "Shire",
        "More nearness to providers would go with one person (`bridging.fragility`) than chance "
        "gives.",
        _nearness_on_one,
        is_main=False,
    ),
    Rule(
        "joint bids",
        "joint_bids",
        "City",
        "A joint bid is in force (`linked_systems.collaboration_density` above 0), and "
        "organisations point schools to one another, more than one partner each "
        "(`linked_systems.signposting_density`).",
        _joint_bids,
    ),
    Rule(
        "joint bids, by any bid",
        "joint_bids",
        "City",
        "`linked_systems.collaboration_density` is above 0.",
        _any_bid,
        is_main=False,
    ),
)


def landscapes(
    seed: int, folder: Path, worlds: Iterable[str] = tuple(WORLDS)
) -> Iterator[tuple[str, Landscape]]:
    """Give worlds made from a seed, each with its landscape; the register is built once for all.

    Parameters
    ----------
    seed : int
    folder : pathlib.Path
        Empty; the register is left in it.
    worlds : iterable of str, optional
        Names of `WORLDS`; all unless said otherwise.
    """
    register: Landscape | None = None
    for world in worlds:
        region = make_region(seed, WORLDS[world])
        if register is None:
            files = write_open_files(region, folder / "open")
            build(RegisterInputs(**vars(files)), folder / "register")
            register = open_register(folder / "register")
        yield world, with_evidence(register, region.evidence)


def judged(landscape: Landscape) -> dict[str, Found]:
    """Give what each rule says of its locality in a landscape."""
    load()
    places = {
        name: landscape.through(
            find_place(landscape, f"authority:{name}"), on=STUDY_DAY, phase="primary"
        )
        for name in sorted({rule.place for rule in RULES})
    }
    return {rule.id: rule.judge(places[rule.place]) for rule in RULES}
