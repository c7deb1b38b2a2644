"""What an audience sees: the one place that decides it, before anything is measured.

Nothing else on the site lays local evidence over a register. What is listed by name comes from
`Seen.named`; figures come from the landscape that `counted_for` gives for their place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any, TypeVar

import polars as pl
from django.db import transaction

from hedgerow.fieldbook.merging import CONTRIBUTION, merged
from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.places import find_place
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.succession import present_identifiers
from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.audience import Audience, Role
from hedgerow.web.access.concerning import (
    CARRIED,
    CARRIED_IF_UNDECIDED_NAMED,
    CARRIERS,
    Decisions,
    with_levels,
)
from hedgerow.web.access.counting import (
    MEMBERS,
    NOBODY,
    STEWARDS,
    Counting,
    class_of,
    counting,
)
from hedgerow.web.access.fixed_places import fixed_places
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.evidence.tables import OWNER, contributions_in_force, told
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.places.address import spaced
from hedgerow.web.registers import all_registers, register_on

_T = TypeVar("_T")

MOST_SEEN = 8
"""How many audiences' landscapes are kept at once."""

MOST_DECIDED = 3
"""How many partnerships' records are kept at once, with who may see them."""

MOST_PLACES = 4
"""For how many places an audience's landscapes are kept at once."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What an audience sees.

    Attributes
    ----------
    audience : Audience
    version : str
        Tells apart all that can be seen differently: part of the key of whatever is kept.
    register : Landscape
        Open data alone.
    notes : tuple of str
        What was left out, in words, without telling whose it is.
    place : str or None
        Key of the lens of the partnership's own place.
    """

    audience: Audience
    version: str
    register: Landscape
    notes: tuple[str, ...] = ()
    place: str | None = None
    _rows: _Rows | None = field(default=None, repr=False)
    _kept: OrderedDict[str, Landscape] = field(default_factory=OrderedDict, repr=False)

    @property
    def named(self) -> Landscape:
        """What may be listed by name, and what figures of any place may rest on."""
        return self._laid("")

    @property
    def counted(self) -> Landscape:
        """What figures of the partnership's own place may rest on; of no other: see
        `counted_for`."""
        return self._laid(self.place or "")

    def records(self) -> dict[str, pl.DataFrame]:
        """The records that are seen by name, by table, without the register."""
        return {} if self._rows is None else self._rows.tables("")

    def _laid(self, place: str) -> Landscape:
        """Lay what is seen over the register: by name, and what is counted for a place."""
        if self._rows is None:
            return self.register
        if place and not self._rows.is_counted(place):
            place = ""
        rows = self._rows
        return _once(self._kept, place, MOST_PLACES, lambda: rows.over(self.register, place))


@dataclass(frozen=True, eq=False, kw_only=True)
class _Rows:
    """The rows that an audience sees by name, and those that are counted for some places."""

    named: Mapping[str, pl.DataFrame]
    counting: Counting
    classes: tuple[str, ...]
    is_own: pl.Expr
    order: tuple[str, ...]
    sources: tuple[Source, ...]

    def is_counted(self, place: str) -> bool:
        """Whether anything is counted for a place that is not seen by name."""
        return any(place in places for places in self.counting.places.values())

    def tables(self, place: str) -> dict[str, pl.DataFrame]:
        """Give the rows, each thing once: those by name, and those counted for a place."""
        parts = {name: [table] for name, table in self.named.items()}
        if place:
            for name, table in self.counting.for_place(place, self.classes).items():
                parts.setdefault(name, []).append(table.filter(~self.is_own))
        tables = {
            name: merged(name, pl.concat([_told(name, one) for one in told]), self.order)
            for name, told in parts.items()
        }
        return {name: table for name, table in tables.items() if table.height}

    def over(self, register: Landscape, place: str) -> Landscape:
        """Lay the rows over the register."""
        tables = self.tables(place)
        used = {one for table in tables.values() for one in table["source"].unique()}
        # the title of a source would tell of records that are not seen
        sources = [one for one in self.sources if one.id in used]
        if not tables:
            return register
        return with_evidence(register, tables, sources=sources, may_name=not place)


def _told(name: str, table: pl.DataFrame) -> pl.DataFrame:
    return table.select(*TABLES[name].column_names(), CONTRIBUTION)


def seen(audience: Audience, on: date | None = None) -> Seen:
    """Decide what an audience sees.

    Parameters
    ----------
    audience : Audience
    on : datetime.date, optional
        The day that is asked about, which chooses the register; the newest unless given.

    Raises
    ------
    DataError
        If the site has no register.
    Partnership.DoesNotExist
        If the audience's partnership is not there.
    """
    register = register_on(on)
    if audience.partnership is None:
        return Seen(audience, f"{register.label}||{audience.key}", register)
    partnership = Partnership.objects.get(slug=audience.partnership)
    shown = "published" if partnership.is_published else "closed"
    # a number may be given out again once its partnership is gone; the moment it was founded is not
    told_of = (
        f"{register.label}|{partnership.pk}.{partnership.founded:%Y%m%d%H%M%S%f}"
        f".{partnership.evidence_version}"
    )
    version = f"{told_of}|{shown}|{audience.key}"
    if audience.role is Role.PUBLIC and not partnership.is_published:
        return Seen(audience, version, register)
    held = _once(_DECIDED, told_of, MOST_DECIDED, lambda: _held(partnership))
    return _once(_SEEN, version, MOST_SEEN, lambda: seen_by(audience, held, register, version))


def counted_for(seen: Seen, lens: Lens) -> Landscape:
    """Give the landscape that figures of a place may rest on.

    For a fixed place it holds what is shared in aggregate besides, where enough organisations are
    counted together, with days no finer than the month. Look at it through that lens alone, take
    figures from it, and list nothing: what is listed comes from `Seen.named`. For any other place
    it is `Seen.named`.

    Parameters
    ----------
    seen : Seen
    lens : Lens
    """
    return seen._laid(lens.key)


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided:
    """What holds for all audiences of a partnership: every row with its levels, and what counts."""

    tables: Mapping[str, pl.DataFrame]
    counting: Counting
    place: str | None
    order: tuple[str, ...]
    sources: tuple[Source, ...]


def decided(
    told: Mapping[str, pl.DataFrame],
    decisions: Decisions,
    register: Landscape,
    place: Lens | None,
    *,
    order: Sequence[str],
    sources: Iterable[Source] = (),
    earlier: Sequence[Landscape] = (),
) -> Decided:
    """Decide about every row how far it is shared and for which places it is counted.

    Parameters
    ----------
    told : mapping of str to polars.DataFrame
        As `hedgerow.web.evidence.tables.told` gives them.
    decisions : mapping
        Openness by organisation and kind of record.
    register : Landscape
    place : Lens or None
        The partnership's own place.
    order : sequence of str
        Contributions, oldest first.
    sources : iterable of Source
        Of all contributions.
    earlier : sequence of Landscape
        Registers of other vintages.
    """
    tables = with_levels(told, decisions, register)
    return Decided(
        tables=tables,
        counting=counting(tables, fixed_places(register, place, earlier)),
        place=None if place is None else place.key,
        order=tuple(order),
        sources=tuple(sources),
    )


def seen_by(audience: Audience, found: Decided, register: Landscape, version: str) -> Seen:
    """Give what one audience sees of what was decided."""
    present = dict(present_identifiers(register))
    own = audience.organisation and present.get(audience.organisation, audience.organisation)
    is_own = pl.lit(False) if own is None else pl.col(OWNER).replace(present) == own
    rows = _Rows(
        named={
            name: _by_name(name, table, audience, is_own) for name, table in found.tables.items()
        },
        counting=found.counting,
        classes=COUNTED_FOR[audience.role],
        is_own=is_own,
        order=found.order,
        sources=found.sources,
    )
    return Seen(audience, version, register, notes=_notes(audience), place=found.place, _rows=rows)


def _held(partnership: Partnership) -> Decided:
    # by the newest register, which knows all days, so that no two days are decided differently
    register, *earlier = all_registers()
    with transaction.atomic():
        contributions = contributions_in_force(partnership)
        decisions = decisions_of(partnership)
        rows = told(partnership)
    return decided(
        rows,
        decisions,
        register,
        _own_place(partnership, register),
        order=[str(one.pk) for one in contributions],
        sources=[_source(one) for each in contributions for one in each.sources],
        earlier=earlier,
    )


COUNTED_FOR: dict[Role, tuple[str, ...]] = dict.fromkeys(Role, (STEWARDS, NOBODY)) | {
    Role.STEWARD: (NOBODY,),
    Role.PUBLIC: (MEMBERS, STEWARDS, NOBODY),
}
"""Which rows count for a role that does not see them: those that others see by name, or nobody."""


def _by_name(name: str, table: pl.DataFrame, audience: Audience, is_own: pl.Expr) -> pl.DataFrame:
    """Give the rows that an audience sees by name, those that its organisation brought whole."""
    if audience.role is Role.PUBLIC:
        return table.clear()
    is_named = class_of() == MEMBERS
    carried = pl.col(CARRIED)
    if audience.role is Role.STEWARD:
        is_stewards = class_of() == STEWARDS
        is_named = is_named | is_stewards
        brought = pl.col(OWNER) == ""
        carried = pl.when(brought).then(CARRIED_IF_UNDECIDED_NAMED).otherwise(CARRIED)
    rows = table.filter(is_named | is_own)
    if name in CARRIERS:
        is_shown = is_own | (carried.fill_null(Level.NAMED.openness) == Level.NAMED.openness)
        column = CARRIERS[name]
        rows = rows.with_columns(pl.when(is_shown).then(pl.col(column)).alias(column))
    return rows


def _own_place(partnership: Partnership, register: Landscape) -> Lens | None:
    """Give the lens of a partnership's own place; None where its address no longer means one."""
    try:
        return find_place(register, spaced(partnership.place))
    except UnknownPlaceError:
        return None


def _source(held: Mapping[str, Any]) -> Source:
    return Source(**{**held, "as_of": date.fromisoformat(held["as_of"])})


def _notes(audience: Audience) -> tuple[str, ...]:
    if audience.role is Role.PUBLIC:
        return (
            "Figures rest on open data and on what the partnership's organisations share; nothing "
            "of theirs is listed by name.",
        )
    return (
        "Lists and drawings show what organisations share by name. Figures of the partnership's "
        "own place, and of regions, authorities, districts and hub areas, count what is shared in "
        "aggregate as well, wherever enough organisations are counted together, with days no finer "
        "than the month. What is private is in neither.",
    )


def decisions_of(partnership: Partnership) -> Decisions:
    """Give the openness that organisations decided on, by organisation and kind of record."""
    return {
        (organisation, RecordKind(kind).value): Level(level).openness
        for organisation, kind, level in partnership.sharing.order_by("decided", "pk").values_list(
            "organisation", "kind", "level"
        )
    }


_DECIDED: OrderedDict[str, Decided] = OrderedDict()
_SEEN: OrderedDict[str, Seen] = OrderedDict()
_LOCK = RLock()


def _once(kept: OrderedDict[str, _T], key: str, most: int, work: Callable[[], _T]) -> _T:
    """Give what is kept under a key, or work it out; what was longest unused goes first."""
    with _LOCK:
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    made = work()
    with _LOCK:
        kept[key] = made
        while len(kept) > most:
            kept.popitem(last=False)
    return made
