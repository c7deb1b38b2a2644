"""The fixed places, and which organisations lie in each on every day: what records that are shared
only in aggregate may be counted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Everywhere, Footprint, Lens, Place
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
        own place, regions, authorities, districts, hubs. Organisations under their present
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


def fixed_places(register: Landscape, own: Lens | None) -> FixedPlaces:
    """Find the fixed places.

    Parameters
    ----------
    register : Landscape
        Open data of all days.
    own : Lens or None
        The partnership's own place; None where it is none that stays the same from day to day.
    """
    key = ("fixed places", None if own is None else own.key)
    return register.worked_out(key, lambda: _fixed_places(register, own))


def _fixed_places(register: Landscape, own: Lens | None) -> FixedPlaces:
    present = dict(present_identifiers(register))
    organisations = register.organisations
    # every number that an organisation bore
    numbers: dict[str, set[str]] = {}
    for one in organisations["id"]:
        numbers.setdefault(present.get(one, one), set()).add(one)
    inside: dict[str, frozenset[str]] = {}
    if own is not None and _stays(own, register):
        inside[own.key] = own.members(register)
    for column, make in (
        ("region", Lens.region),
        ("authority", Lens.authority),
        ("district", Lens.district),
    ):
        parts = organisations.filter(pl.col(column).is_not_null()).group_by(column).agg("id")
        for identifier, ids in sorted(parts.iter_rows()):
            inside.setdefault(make(identifier).key, frozenset({*ids, identifier}))
    for hub, ids in _steady_footprints(register):
        inside.setdefault(Lens.hub(hub).key, ids)
    unsteady: set[str] = set()
    members: dict[str, frozenset[str]] = {}
    for key, ids in inside.items():
        touched = {present.get(one, one) for one in ids}
        whole = {one for one in touched if numbers.get(one, {one}) <= ids}
        unsteady |= touched - whole
        members[key] = frozenset(whole)
    return FixedPlaces(
        members=members,
        unsteady=frozenset(unsteady),
        life=_lives(register, numbers),
        bodies=_bodies(register, present),
    )


def _stays(lens: Lens, register: Landscape) -> bool:
    """Say whether a place is one that nobody can draw as they like, and the same from day to
    day."""
    if isinstance(lens, Footprint):
        return lens.identifier in dict(_steady_footprints(register))
    return isinstance(lens, Place | Everywhere)


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
