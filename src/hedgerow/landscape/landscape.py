"""A landscape, and the smaller one seen through a lens on a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import dataframely as dy
import polars as pl

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.phases import Phase, is_of_phase
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES

if TYPE_CHECKING:
    from hedgerow.landscape.lens import Lens

_T = TypeVar("_T")


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _checked(name: str, table: pl.DataFrame) -> pl.DataFrame:
    schema = TABLES.get(name)
    if schema is None:
        raise DataError(
            f"A landscape has no table “{name}”.", advice=f"It has: {', '.join(TABLES)}."
        )
    try:
        return cast(pl.DataFrame, schema.validate(table, cast=True))
    except dy.exc.ValidationError as fault:
        raise DataError(f"The table “{name}” breaks its own rules: {fault}") from fault
    except dy.exc.SchemaError as fault:
        raise DataError(f"The table “{name}” lacks columns or has other ones: {fault}") from fault


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
        for.
    is_checked : bool
        True when the tables are known to be valid, such as those read from a register that was
        checked when written.

    Raises
    ------
    DataError
        If a table is unknown or breaks its schema.
    """

    def __init__(
        self,
        tables: Mapping[str, pl.DataFrame],
        *,
        sources: Sequence[Source] = (),
        label: str = "",
        as_of: date | None = None,
        earliest: date | None = None,
        is_checked: bool = False,
    ) -> None:
        self._tables = {
            name: table if is_checked else _checked(name, table) for name, table in tables.items()
        }
        self.sources = tuple(sources)
        self.label = label
        self.as_of = as_of
        self.earliest = earliest or as_of
        self._dated: dict[date, Landscape] = {}
        self._worked_out: dict[object, object] = {}

    def table(self, name: str) -> pl.DataFrame:
        """Give a table by name; an absent one is empty with its columns."""
        if name not in self._tables:
            if name not in TABLES:
                raise DataError(
                    f"A landscape has no table “{name}”.", advice=f"It has: {', '.join(TABLES)}."
                )
            self._tables[name] = cast(pl.DataFrame, TABLES[name].create_empty())
        return self._tables[name]

    def has(self, name: str) -> bool:
        """Say whether anything stands in a table."""
        return name in self._tables and not self._tables[name].is_empty()

    @property
    def organisations(self) -> pl.DataFrame:
        """All organisations, columns as in `Organisations`."""
        return self.table("organisations")

    @property
    def schools(self) -> pl.DataFrame:
        """All schools: columns of `Schools` joined to those of `Organisations`, one a row."""
        return self.worked_out(
            "schools",
            lambda: self.table("schools").join(
                self.organisations, on="id", how="inner", validate="1:1"
            ),
        )

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
            "names",
            lambda: dict(
                pl.concat(
                    [
                        self.organisations.select("id", "name"),
                        self.table("areas").select("id", "name"),
                    ]
                ).iter_rows()
            ),
        )

    def on(self, day: date) -> Landscape:
        """Give the landscape as it was on a day: what was then open or in force.

        Undated tables stay as they are; observations, meetings and participation stay whole,
        because a figure for a day looks at the record up to it or around it.

        Raises
        ------
        UsageError
            If the day lies before anything is known.
        """
        if day in self._dated:
            return self._dated[day]
        if self.earliest is not None and day < self.earliest:
            raise UsageError(
                f"Nothing is known of {_in_words(day)}: the register begins on "
                f"{_in_words(self.earliest)}.",
                advice=f"Ask for {self.earliest.isoformat()} or later, or add earlier group link "
                "records to the register.",
            )
        kept = dict(self._tables)
        if "organisations" in kept:
            kept["organisations"] = kept["organisations"].filter(active_on(day, "opened", "closed"))
        for name in ("ties", "roles", "adoptions"):
            if name in kept:
                kept[name] = kept[name].filter(active_on(day))
        if "schools" in kept:
            kept["schools"] = kept["schools"].join(kept["organisations"], on="id", how="semi")
        dated = Landscape(
            kept,
            sources=self.sources,
            label=self.label,
            as_of=self.as_of,
            earliest=self.earliest,
            is_checked=True,
        )
        self._dated[day] = dated
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
            The day; the register's own day unless given.
        phase : {"primary", "secondary", "all"}
            Which schools the figures are about. Organisations of other kinds are kept whatever the
            phase.

        Raises
        ------
        UsageError
            If the day lies before anything is known, or no day is given and the landscape has none.
        UnknownPlaceError
            If the lens names something that is not there.
        """
        day = on or self.as_of
        if day is None:
            raise UsageError("Say for which date: this landscape has none of its own.")
        whole = self.on(day)
        return LocalLandscape(
            whole=whole, lens=lens, on=day, phase=phase, members=lens.members(whole)
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

    @property
    def schools(self) -> pl.DataFrame:
        """Local schools of the phase, columns as `Landscape.schools`, in order of identifier."""
        return self.whole.worked_out(
            ("local schools", self.members, self.phase),
            lambda: self.whole.schools.filter(
                pl.col("id").is_in(pl.Series(sorted(self.members), dtype=pl.String).implode()),
                is_of_phase(self.phase),
            ).sort("id"),
        )

    @property
    def organisations(self) -> pl.DataFrame:
        """All local organisations, with those tied to them; ``is_local`` tells them apart."""
        tied = self.ties
        near = set(tied["from_id"].to_list()) | set(tied["to_id"].to_list()) | self.members
        return self.whole.organisations.filter(pl.col("id").is_in(sorted(near))).with_columns(
            pl.col("id").is_in(sorted(self.members)).alias("is_local")
        )

    @property
    def ties(self) -> pl.DataFrame:
        """Ties with a local end; ``reaches_out`` marks those whose other end is not local."""
        local = pl.Series(sorted(self.members), dtype=pl.String).implode()
        return (
            self.whole.ties.with_columns(
                pl.col("from_id").is_in(local).alias("from_local"),
                pl.col("to_id").is_in(local).alias("to_local"),
            )
            .filter(pl.col("from_local") | pl.col("to_local"))
            .with_columns((~(pl.col("from_local") & pl.col("to_local"))).alias("reaches_out"))
            .drop("from_local", "to_local")
        )

    @property
    def name(self) -> str:
        """The lens in words, such as "Brambleford"."""
        return self.lens.label(self.whole)

    def worked_out(self, key: object, work: Callable[[], _T]) -> _T:
        """Give something derived from this local landscape, working it out the first time only."""
        return self.whole.worked_out((key, self.members, self.phase, self.on), work)
