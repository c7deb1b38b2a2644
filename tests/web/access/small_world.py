"""A small register, and records about it, for tests of who sees what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from hedgerow.fieldbook.merging import CONTRIBUTION
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.audience import ACTS_FOR, Audience, Role
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.access.seeing import Decided, Seen, decided, seen_by
from hedgerow.web.evidence.tables import OWNER, frame_of
from tests.made_up import INDIFFERENT, MadeUp

NORTH, SOUTH = "la:901", "la:902"
DISTRICTS = ("lad:E1", "lad:E2", "lad:E3")
TRUSTS = ("uid:90001", "uid:90002", "uid:90003")
HUB = "mh:thicket"
OLD, NEW = "urn:900090", "urn:900001"
"""A school that became an academy of the first trust, and what it is called since."""
CHANGED = date(2019, 9, 1)
DAY = date(2021, 10, 14)

FIXED: tuple[Lens, ...] = (
    Lens.authority(NORTH),
    Lens.authority(SOUTH),
    *(Lens.district(one) for one in DISTRICTS),
    Lens.region("Marches"),
    Lens.hub(HUB),
)


def small_register() -> Landscape:
    """Two authorities, three districts, three trusts, a hub, and 36 schools: URNs from 900001."""
    made = MadeUp(earliest=date(2015, 1, 1))
    for authority in (NORTH, SOUTH):
        made.authority(authority, region="Marches")
    for district in DISTRICTS:
        made.area(district)
    for trust in TRUSTS:
        made.trust(trust)
    made.hub(HUB, "maths_hub", covers=DISTRICTS[:2], authority=NORTH)
    for number in range(1, 37):
        south = number > 24
        trust = dict(enumerate(TRUSTS)).get(number % 6) if number > 1 else None
        made.school(
            900000 + number,
            trust={0: TRUSTS[0], 1: TRUSTS[1], 2: TRUSTS[2]}.get(number % 6)
            if number > 1
            else None,
            status="academy" if number == 1 else "maintained",
            authority=SOUTH if south else NORTH,
            district=DISTRICTS[2] if south else DISTRICTS[number % 2],
            region="Marches",
            phase="Secondary" if number % 9 == 0 else "Primary",
            opened=CHANGED if number == 1 else None,
        )
    made.tie(TRUSTS[0], NEW, "governs", start=CHANGED)
    made.school(900090, authority=NORTH, district=DISTRICTS[1], region="Marches", closed=CHANGED)
    made.tie(NEW, OLD, "succeeds", start=CHANGED)
    return made.landscape()


def school(number: int) -> str:
    """Give the identifier of a school by its number from 1."""
    return f"urn:{900000 + number}"


@dataclass(frozen=True)
class Told:
    """A row that somebody brought."""

    table: str
    values: Mapping[str, Any]
    owner: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(self.values[name] for name in TABLES[self.table].primary_key())


def row(table: str, owner: str = "", /, **values: Any) -> Told:
    """Give a row; what is not named is empty, or a plain value where the table asks for one."""
    full: dict[str, Any] = {}
    for name, column in TABLES[table].columns().items():
        full[name] = values.pop(name, None if column.nullable else INDIFFERENT.get(name))
    assert not values, f"{table} has no column {sorted(values)}"
    return Told(table, full, owner)


def told_of(rows: Iterable[Told]) -> dict[str, pl.DataFrame]:
    """Give rows as the database tells them, one contribution for each owner."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        plain = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in one.values.items()
        }
        tables.setdefault(one.table, []).append(
            {**plain, CONTRIBUTION: f"of {one.owner}", OWNER: one.owner}
        )
    return {name: frame_of(name, held) for name, held in tables.items()}


def decision(organisation: str, kind: RecordKind, level: Level) -> dict[tuple[str, str], int]:
    """Give what one organisation decided about one kind."""
    return {(organisation, kind.value): level.openness}


def everything(organisation: str, level: Level) -> dict[tuple[str, str], int]:
    """Give what one organisation decided about all kinds."""
    return {(organisation, kind.value): level.openness for kind in RecordKind}


def decide(
    rows: Iterable[Told],
    register: Landscape,
    decisions: Mapping[tuple[str, str], int] | None = None,
    place: Lens | None = FIXED[0],
) -> Decided:
    """Decide about rows."""
    rows = list(rows)
    # the same contributions whoever's rows are there, in the same order
    owners = sorted({"", NORTH, HUB, *TRUSTS, *(school(n) for n in range(37)), OLD})
    return decided(
        told_of(rows),
        decisions or {},
        register,
        place,
        order=[f"of {owner}" for owner in owners],
    )


def audience(role: Role, organisation: str | None = None) -> Audience:
    """Give an audience of the small partnership."""
    return Audience("small", role, organisation if role in ACTS_FOR else None)


def look(found: Decided, who: Audience, register: Landscape) -> Seen:
    """Give what an audience sees."""
    return seen_by(who, found, register, "version")


def listed(landscape: Landscape, table: str) -> list[Any]:
    """Give the keys of a table's rows, in order."""
    key = TABLES[table].primary_key()
    return sorted(landscape.table(table).select(key).rows(), key=str)
