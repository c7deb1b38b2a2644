"""What an audience sees: the one place that decides it, before anything is measured.

Nothing else on the site lays local evidence over a register. What is listed by name comes from
`Seen.named`; figures come from the landscape that `counted_for` gives for their place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import polars as pl

from hedgerow.fieldbook.merging import merged
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.provenance import Source
from hedgerow.web.access.audience import Audience, Role
from hedgerow.web.access.concerning import LEVEL, with_levels
from hedgerow.web.access.levels import Level, RecordKind
from hedgerow.web.evidence.tables import OWNER, contributions_in_force, told
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

MOST_SEEN = 8
"""How many audiences' landscapes are kept at once."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What an audience sees.

    Attributes
    ----------
    audience : Audience
    version : str
        Tells apart all that can be seen differently: part of the key of whatever is kept.
    notes : tuple of str
        What was left out, in words, without telling whose it is.
    register : Landscape
        Open data alone.
    """

    audience: Audience
    version: str
    register: Landscape
    notes: tuple[str, ...] = ()
    _named: Mapping[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    _counted: Mapping[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    _sources: tuple[Source, ...] = field(default=(), repr=False)
    _kept: dict[str, Landscape] = field(default_factory=dict, repr=False)

    @property
    def named(self) -> Landscape:
        """What may be listed by name, and what figures of any place may rest on."""
        return self._laid("named", self._named)

    @property
    def counted(self) -> Landscape:
        """What figures of the partnership's own place may rest on; of no other: see
        `counted_for`."""
        return self._laid("counted", self._counted)

    def _laid(self, name: str, tables: Mapping[str, pl.DataFrame]) -> Landscape:
        if not tables:
            return self.register
        if name not in self._kept:
            self._kept[name] = with_evidence(self.register, tables, sources=self._sources)
        return self._kept[name]


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
        return _once(register.label, lambda: Seen(audience, f"{register.label}||", register))
    partnership = Partnership.objects.get(slug=audience.partnership)
    if audience.role is Role.PUBLIC and not partnership.is_published:
        version = f"{register.label}|{partnership.evidence_version}|{audience.key}|closed"
        return _once(version, lambda: Seen(audience, version, register))
    version = f"{register.label}|{partnership.evidence_version}|{audience.key}"
    return _once(version, lambda: _of_partnership(partnership, audience, register, version))


def counted_for(seen: Seen, lens: Lens) -> Landscape:
    """Give the landscape that figures of a place may rest on; look at it through that lens alone.

    Parameters
    ----------
    seen : Seen
    lens : Lens
    """
    return seen.named


def _of_partnership(
    partnership: Partnership, audience: Audience, register: Landscape, version: str
) -> Seen:
    contributions = contributions_in_force(partnership)
    order = [str(one.pk) for one in contributions]
    tables = with_levels(told(partnership), decisions_of(partnership), register)
    own = pl.col(OWNER) == (audience.organisation or "")
    is_own = own if audience.organisation else pl.lit(False)
    by_name = pl.lit(False) if audience.role is Role.PUBLIC else pl.col(LEVEL) == 2
    named = _taken(tables, by_name | is_own, order)
    counted = _taken(tables, (pl.col(LEVEL) >= 1) | is_own, order)
    sources = tuple(
        Source(**{**one, "as_of": date.fromisoformat(one["as_of"])})
        for contribution in contributions
        for one in contribution.sources
    )
    return Seen(audience, version, register, _named=named, _counted=counted, _sources=sources)


def decisions_of(partnership: Partnership) -> dict[tuple[str, str], int]:
    """Give the openness that organisations decided on, by organisation and kind of record."""
    return {
        (organisation, RecordKind(kind).value): Level(level).openness
        for organisation, kind, level in partnership.sharing.order_by("decided", "pk").values_list(
            "organisation", "kind", "level"
        )
    }


def _taken(
    tables: Mapping[str, pl.DataFrame], wanted: pl.Expr, order: list[str]
) -> dict[str, pl.DataFrame]:
    taken = {
        name: merged(name, table.filter(wanted).drop(OWNER, LEVEL), order)
        for name, table in tables.items()
    }
    return {name: table for name, table in taken.items() if table.height}


_SEEN: OrderedDict[str, Seen] = OrderedDict()
_LOCK = Lock()


def _once(version: str, work: Callable[[], Seen]) -> Seen:
    """Give what is kept under a version, or work it out; what was longest unused goes first."""
    with _LOCK:
        if version in _SEEN:
            _SEEN.move_to_end(version)
            return _SEEN[version]
    made = work()
    with _LOCK:
        _SEEN[version] = made
        while len(_SEEN) > MOST_SEEN:
            _SEEN.popitem(last=False)
    return made
