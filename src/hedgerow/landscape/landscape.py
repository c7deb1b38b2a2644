"""A landscape, and the smaller one seen through a lens on a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

import polars as pl

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.periods import as_on, in_words
from hedgerow.landscape.phases import Phase, is_of_phase
from hedgerow.landscape.provenance import Source

if TYPE_CHECKING:
    from hedgerow.landscape.lens import Lens

_K = TypeVar("_K")
_T = TypeVar("_T")

MOST_DAYS = 16
"""On how many days a landscape is kept at once; a day of all England takes some ten megabytes."""

MOST_VIEWS = 64
"""How many views through a lens a day's landscape keeps at once."""


def _kept(cache: dict[_K, _T], key: _K, work: Callable[[], _T], most: int) -> _T:
    """Give what is kept under a key, or work it out; what was longest not asked for goes first."""
    found = cache.pop(key, None)
    value = work() if found is None else found
    cache[key] = value
    for old in list(cache)[:-most]:
        cache.pop(old, None)
    return value


class Landscape:
    """A place's schools, organisations, ties and evidence: immutable tables with declared schemas.

    Parameters
    ----------
    tables : mapping of str to polars.DataFrame
        Tables by the names of `hedgerow.landscape.tables.TABLES`; absent ones are empty.
    sources : sequence of Source
        What the rows were made from.
    label : str
        What to call it, such as a register's folder name.
    as_of : datetime.date, optional
        The day that undated facts describe: the register's vintage.
    earliest : datetime.date, optional
        The first day on which anything is known of who governs whom; earlier days cannot be asked
        for. The vintage unless given.
    may_name : bool
        Whether words made of it may name those whom its local evidence is about: organisations and
        persons, under pseudonyms or not. False where that evidence may be counted only.
    is_checked : bool
        True when the tables are known to be valid, such as those read from a register that was
        checked when written.

    Attributes
    ----------
    day : datetime.date or None
        The day that it is as on; None for a landscape of all days.

    Raises
    ------
    DataError
        If a table is unknown or breaks its schema, or a school is no organisation.
    """

    _tables: dict[str, pl.DataFrame]
    _origin: Landscape
    _dated: dict[date, Landscape]
    _views: dict[tuple[Lens, date, Phase], LocalLandscape]
    _worked_out: dict[object, object]
    sources: tuple[Source, ...]
    label: str
    as_of: date | None
    earliest: date | None
    may_name: bool
    day: date | None

    def __init__(
        self,
        tables: Mapping[str, pl.DataFrame],
        *,
        sources: Sequence[Source] = (),
        label: str = "",
        as_of: date | None = None,
        earliest: date | None = None,
        may_name: bool = True,
        is_checked: bool = False,
    ) -> None:
        if is_checked:
            taken = dict(tables)
        else:
            # the schemas take a tenth of a second to load, which opening a register can do without
            from hedgerow.landscape.checking import checked

            taken = checked(tables)
        self._set(
            _tables={name: table.clone() for name, table in taken.items()},
            _origin=self,
            _dated={},
            _views={},
            _worked_out={},
            sources=tuple(sources),
            label=label,
            as_of=as_of,
            earliest=earliest or as_of,
            may_name=may_name,
            day=None,
        )

    def _set(self, **attributes: object) -> None:
        self.__dict__.update(attributes)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a landscape never changes: “{name}” cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a landscape never changes: “{name}” cannot be deleted")

    def table(self, name: str) -> pl.DataFrame:
        """Give a table by name; an absent one is empty with its columns."""
        if name not in self._tables:
            from hedgerow.landscape.checking import schema_of

            self._tables[name] = cast(pl.DataFrame, schema_of(name).create_empty())
        return self._tables[name].clone()

    def has(self, name: str) -> bool:
        """Say whether anything stands in a table."""
        return name in self._tables and not self._tables[name].is_empty()

    @property
    def all_days(self) -> Landscape:
        """The landscape of all days that this one is a day of: what was there before, and after.

        Look at it for the history of a place; the schools of a day are under `on`.
        """
        return self._origin

    @property
    def organisations(self) -> pl.DataFrame:
        """All organisations, columns as in `Organisations`."""
        return self.table("organisations")

    @property
    def schools(self) -> pl.DataFrame:
        """All schools: columns of `Schools` joined to those of `Organisations`, one a row."""
        return self.worked_out(
            ("landscape", "schools"),
            lambda: self.table("schools").join(
                self.organisations, on="id", how="inner", validate="1:1", maintain_order="left"
            ),
        ).clone()

    @property
    def ties(self) -> pl.DataFrame:
        """All ties, columns as in `Ties`."""
        return self.table("ties")

    def worked_out(self, key: object, work: Callable[[], _T]) -> _T:
        """Give something derived from this landscape, working it out the first time only.

        Safe because a landscape never changes. The key must name the derivation and all that it
        depends on besides the landscape.
        """
        if key not in self._worked_out:
            self._worked_out[key] = work()
        return cast(_T, self._worked_out[key])

    def names(self) -> dict[str, str]:
        """Name of every organisation and area, by identifier."""
        return self.worked_out(
            ("landscape", "names"),
            lambda: dict(
                pl.concat(
                    [
                        self.organisations.select("id", "name"),
                        self.table("areas").select("id", "name"),
                    ]
                ).iter_rows()
            ),
        )

    def name_of(self, identifier: str) -> str:
        """Name of one organisation or area; an identifier that has none stands for itself."""
        if ("landscape", "names") in self._worked_out:
            return self.names().get(identifier, identifier)
        for table in (self.table("areas"), self.organisations):
            found = table.filter(pl.col("id") == identifier)["name"]
            if found.len():
                return str(found[-1])
        return identifier

    def on(self, day: date) -> Landscape:
        """Give the landscape as it was on a day: what was then open or in force.

        Organisations and schools then open, ties, roles and adoptions then in force between them
        (see `periods.as_on`). Undated tables stay as they are; observations, meetings and
        participation stay whole, because a figure for a day looks at the record up to it or around
        it. What is undated (a school's status, type and pupils) is as at `as_of` whatever the day.

        A landscape that is already as on one day gives the other day all the same.

        Raises
        ------
        UsageError
            If the day lies before anything is known.
        """
        if day == self.day:
            return self
        if self.earliest is not None and day < self.earliest:
            raise UsageError(
                f"Nothing is known of {in_words(day)}: the register begins on "
                f"{in_words(self.earliest)}.",
                advice=f"Ask for {self.earliest.isoformat()} or later.",
                for_commands="Or add earlier group link records to the register.",
            )
        origin = self._origin
        return _kept(origin._dated, day, lambda: origin._as_on(day), MOST_DAYS)

    def _as_on(self, day: date) -> Landscape:
        dated = Landscape(
            as_on(self._tables, day),
            sources=self.sources,
            label=self.label,
            as_of=self.as_of,
            earliest=self.earliest,
            may_name=self.may_name,
            is_checked=True,
        )
        dated._set(_origin=self, day=day)
        return dated

    def through(
        self, lens: Lens, *, on: date | None = None, phase: Phase = "all"
    ) -> LocalLandscape:
        """Give the smaller landscape that a lens shows on a date.

        Parameters
        ----------
        lens : Lens
            Which organisations count as local.
        on : datetime.date, optional
            The day; unless given, the day that the landscape is as on, else the register's own.
        phase : {"primary", "secondary", "all"}
            Which schools the figures are about. Organisations of other kinds are kept whatever the
            phase.

        Raises
        ------
        UsageError
            If the day lies before anything is known, no day is given and the landscape has none, or
            there is no such phase.
        UnknownPlaceError
            If the lens names something that is not there.
        """
        day = on or self.day or self.as_of
        if day is None:
            raise UsageError("Say for which date: this landscape has none of its own.")
        is_of_phase(phase)
        whole = self.on(day)
        return _kept(
            whole._views,
            (lens, day, phase),
            lambda: LocalLandscape(
                whole=whole, lens=lens, on=day, phase=phase, members=lens.members(whole)
            ),
            MOST_VIEWS,
        )


@dataclass(frozen=True, eq=False)
class LocalLandscape:
    """What a lens shows of a landscape on a date.

    Attributes
    ----------
    whole : Landscape
        The whole landscape on the same day: trusts reach beyond the place, and England stands
        beside it.
    lens : Lens
    on : datetime.date
    phase : {"primary", "secondary", "all"}
    members : frozenset of str
        Identifiers of all organisations that count as local, schools of other phases included.
    """

    whole: Landscape
    lens: Lens
    on: date
    phase: Phase
    members: frozenset[str]
    _worked_out: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    @property
    def schools(self) -> pl.DataFrame:
        """Local schools of the phase, columns as `Landscape.schools`, in order of identifier."""
        return self.worked_out(
            ("local landscape", "schools"),
            lambda: self.whole.schools.filter(
                pl.col("id").is_in(self.member_ids), is_of_phase(self.phase)
            ).sort("id"),
        ).clone()

    @property
    def organisations(self) -> pl.DataFrame:
        """All local organisations, with those tied to them; ``is_local`` tells them apart."""
        return self.worked_out(("local landscape", "organisations"), self._organisations).clone()

    def _organisations(self) -> pl.DataFrame:
        tied = pl.concat([self.ties["from_id"], self.ties["to_id"]]).unique()
        is_local = pl.col("id").is_in(self.member_ids)
        return self.whole.organisations.filter(
            is_local | pl.col("id").is_in(tied.implode())
        ).with_columns(is_local.alias("is_local"))

    @property
    def ties(self) -> pl.DataFrame:
        """Ties with a local end; ``reaches_out`` marks those whose other end is not local.

        Persons and areas are never local: a tie to one of them reaches out.
        """
        return self.worked_out(("local landscape", "ties"), self._ties).clone()

    def _ties(self) -> pl.DataFrame:
        from_local, to_local = (pl.col(end).is_in(self.member_ids) for end in ("from_id", "to_id"))
        return self.whole.ties.filter(from_local | to_local).with_columns(
            (~(from_local & to_local)).alias("reaches_out")
        )

    @property
    def member_ids(self) -> pl.Series:
        """The members in order, as a list in one cell: what ``is_in`` takes."""
        return self.worked_out(
            ("local landscape", "ids"),
            lambda: pl.Series(sorted(self.members), dtype=pl.String).implode(),
        )

    @property
    def undecided(self) -> frozenset[str]:
        """Organisations of which the lens cannot tell whether they are local.

        Such as those without a position under a radius; see `Lens.undecided`.
        """
        return self.worked_out(
            ("local landscape", "undecided"), lambda: self.lens.undecided(self.whole)
        )

    @property
    def name(self) -> str:
        """The lens in words, such as "Brambleford"."""
        return self.lens.label(self.whole)

    def on_earlier(self, day: date) -> LocalLandscape | None:
        """Give the same place on an earlier day; None where there was nothing of it yet, or of a
        day before anything is known."""
        if self.whole.earliest is not None and day < self.whole.earliest:
            return None
        try:
            return self.whole.through(self.lens, on=day, phase=self.phase)
        except UnknownPlaceError:
            return None

    def worked_out(self, key: object, work: Callable[[], _T]) -> _T:
        """Give something derived from this local landscape, working it out the first time only."""
        if key not in self._worked_out:
            self._worked_out[key] = work()
        return cast(_T, self._worked_out[key])
