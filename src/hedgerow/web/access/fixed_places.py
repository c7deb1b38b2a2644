"""The fixed places, and which organisations lie in each on every day: what records that are shared
only in aggregate may be counted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import OFFICIAL
from hedgerow.landscape.succession import present_identifiers

Life = tuple[object, ...]
"""The days on which an organisation is there, and the phases that it counts for."""

ALWAYS: Life = ()
"""Of an organisation that is no school of the register."""


@dataclass(frozen=True, eq=False)
class FixedPlaces:
    """Which organisations lie in which fixed place.

    Attributes
    ----------
    members : mapping of str to frozenset of str
        By the key of each place's lens, in the order in which they are let in: the partnership's
        own place where it is one of them, England, regions, authorities, districts, hubs.
        Organisations under their present
        identifiers, and only those that lie in it on every day on which they are there at all.
    unsteady : frozenset of str
        Organisations that were in a place on one day and not on another: two days would tell them
        from the rest.
    life : mapping of str to tuple
        For each school, what else tells it from the rest: when it opened, closed or was between
        two numbers, and its phase. Schools of different lives are never counted together.
    bodies : mapping of str to frozenset of str
        For each school the trusts that ever governed it.
    """

    members: Mapping[str, frozenset[str]]
    unsteady: frozenset[str]
    life: Mapping[str, Life]
    bodies: Mapping[str, frozenset[str]]


def fixed_places(
    register: Landscape, own: Lens | None, earlier: Sequence[Landscape] = ()
) -> FixedPlaces:
    """Find the fixed places.

    Parameters
    ----------
    register : Landscape
        Open data of all days.
    own : Lens or None
        The partnership's own place.
    earlier : sequence of Landscape
        Registers of other vintages, which answer for other days: an organisation that lies
        elsewhere in one of them, or is of another phase, is unsteady.
    """
    key = ("fixed places", None if own is None else own.key, tuple(one.label for one in earlier))
    return register.worked_out(key, lambda: _fixed_places(register, own, earlier))


def _fixed_places(
    register: Landscape, own: Lens | None, earlier: Sequence[Landscape]
) -> FixedPlaces:
    present = dict(present_identifiers(register))
    numbers: dict[str, set[str]] = {}
    for one in register.organisations["id"]:
        numbers.setdefault(present.get(one, one), set()).add(one)
    inside = _inside(register)
    if own is not None and own.key in inside:
        inside = {own.key: inside.pop(own.key), **inside}
    unsteady: set[str] = set()
    members: dict[str, frozenset[str]] = {}
    for key, ids in inside.items():
        touched = {present.get(one, one) for one in ids}
        whole = {one for one in touched if numbers.get(one, {one}) <= ids}
        unsteady |= touched - whole
        members[key] = frozenset(whole)
    for other in earlier:
        unsteady |= {present.get(one, one) for one in _moved(register, inside, other)}
    return FixedPlaces(
        members=members,
        unsteady=frozenset(unsteady),
        life=_lives(register, numbers),
        bodies=_bodies(register, present),
    )


def _inside(register: Landscape) -> dict[str, frozenset[str]]:
    """Give what lies in each place that is the same from day to day and that nobody draws."""
    organisations = register.organisations
    inside = {Lens.everywhere().key: frozenset(organisations["id"])}
    for column, make in (
        ("region", Lens.region),
        ("authority", Lens.authority),
        ("district", Lens.district),
    ):
        parts = organisations.filter(pl.col(column).is_not_null()).group_by(column).agg("id")
        for identifier, ids in sorted(parts.iter_rows()):
            inside[make(identifier).key] = frozenset({*ids, identifier})
    return inside | {Lens.hub(hub).key: ids for hub, ids in _steady_footprints(register)}


def _moved(register: Landscape, inside: Mapping[str, frozenset[str]], other: Landscape) -> set[str]:
    """Give what another vintage puts elsewhere, of all that both know."""
    known = set(register.organisations["id"]) & set(other.organisations["id"])
    there = _inside(other)
    moved = {
        one
        for key in inside.keys() & there.keys()
        for one in inside[key] ^ there[key]
        if one in known
    }
    phases = dict(register.schools.select("id", "phase").iter_rows())
    return moved | {
        one
        for one, phase in other.schools.select("id", "phase").iter_rows()
        if phases.get(one, phase) != phase
    }


def _steady_footprints(register: Landscape) -> list[tuple[str, frozenset[str]]]:
    """Give the hubs whose footprint came, and went, as a whole, with all that it ever covered."""
    covers = register.ties.filter(pl.col("kind") == "covers")
    spells = covers.group_by("from_id").agg(
        pl.struct("start", "end").n_unique().alias("spells"),
    )
    steady = set(spells.filter(pl.col("spells") == 1)["from_id"])
    covered = footprints(register).group_by("hub").agg("school").sort("hub")
    return [
        (hub, frozenset({hub, *schools})) for hub, schools in covered.iter_rows() if hub in steady
    ]


def _lives(register: Landscape, numbers: Mapping[str, set[str]]) -> dict[str, Life]:
    schools = register.schools.select("id", "phase", "opened", "closed")
    first = register.earliest or date.min
    rows = {
        one: (phase, opened if opened and opened > first else None, closed)
        for one, phase, opened, closed in schools.iter_rows()
    }
    lives: dict[str, Life] = {}
    for now, borne in numbers.items():
        held = [rows[one] for one in borne if one in rows]
        if not held:
            continue
        phases = tuple(
            sorted({group for phase, *_ in held for group in _groups(phase)})
            + sorted({str(phase) for phase, *_ in held})[1:]
        )
        days = sorted({day for _, *both in held for day in both if day is not None})
        # the day on which one number ends and the next begins is no gap
        ends = {closed for _, _, closed in held}
        starts = {opened for _, opened, _ in held}
        lives[now] = (phases, tuple(day for day in days if not (day in ends and day in starts)))
    return lives


def _groups(phase: str) -> list[str]:
    return [name for name, official in OFFICIAL.items() if phase in official] or ["other"]


def _bodies(register: Landscape, present: Mapping[str, str]) -> dict[str, frozenset[str]]:
    governs = register.ties.filter(pl.col("kind") == "governs").select("to_id", "from_id")
    found: dict[str, set[str]] = {}
    for school, trust in governs.iter_rows():
        found.setdefault(present.get(school, school), set()).add(trust)
    return {school: frozenset(trusts) for school, trusts in found.items()}
