"""Reading every file that a register is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from itertools import chain, count, pairwise
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.hubs.frames import HubFile
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.source_table import SourceTable
from hedgerow.sources.vintage import UndatedFileError

SLOW = frozenset({"groups", "links", "successors", "lsoa", "hubs", "boundaries", "postcodes"})
"""Files that may be taken to describe the register's own day where nothing tells theirs. Results
and counts of a year may not."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Read:
    """What the files say, each read and checked by itself; absent ones are None or empty."""

    gias: SourceTable
    groups: SourceTable | None
    links: tuple[SourceTable, ...]
    successors: SourceTable | None
    ks2: tuple[SourceTable, ...]
    census: tuple[SourceTable, ...]
    imd: tuple[SourceTable, ...]
    lsoa: SourceTable | None
    ofsted: tuple[SourceTable, ...]
    hubs: tuple[HubFile, ...]
    boundaries: SourceTable | None
    postcodes: SourceTable | None

    def tables(self) -> Iterator[SourceTable | HubFile]:
        """All tables, in the order in which they were read."""
        for found in vars(self).values():
            if isinstance(found, tuple):
                yield from found
            elif found is not None:
                yield found

    def source_tables(self) -> Iterator[SourceTable]:
        """All tables but those of hubs, whose rows prove usable only when joined."""
        return (table for table in self.tables() if isinstance(table, SourceTable))


Table = TypeVar("Table", SourceTable, HubFile)


def read_all(inputs: RegisterInputs, faults: Faults, on_progress: Callable[[str], None]) -> Read:
    """Read every file; a reader is imported only when there is a file for it.

    Raises
    ------
    UsageError
        If a file does not exist, or is given twice.
    DataError
        If a file cannot be used as a whole.
    """
    reader = _Reader(faults, on_progress)
    gias = reader.one("gias", inputs.gias)
    reader.day = gias.source.as_of
    return Read(
        gias=gias,
        groups=reader.maybe("groups", inputs.groups),
        links=_one_a_day(reader.each("links", inputs.links)),
        successors=reader.maybe("successors", inputs.successors),
        ks2=reader.each("ks2", inputs.ks2),
        census=reader.each("census", inputs.census),
        imd=reader.each("imd", inputs.imd),
        lsoa=reader.maybe("lsoa", inputs.lsoa),
        ofsted=reader.each("ofsted", inputs.ofsted),
        hubs=tuple(reader.hubs(path) for path in inputs.hubs),
        boundaries=reader.maybe("boundaries", inputs.boundaries),
        postcodes=reader.maybe("postcodes", inputs.postcodes),
    )


class _Reader:
    """Reads files one after another, and sees to it that no two are the same or go by one name."""

    def __init__(self, faults: Faults, on_progress: Callable[[str], None]) -> None:
        self._faults = faults
        self._on_progress = on_progress
        self._ids: set[str] = set()
        self._files: dict[str, str] = {}
        self.day: date | None = None
        """The day of the register, once its extract is read."""

    def one(self, source: str, path: Path) -> SourceTable:
        table: SourceTable = self._read(source, path)
        named = self._named(table, source)
        if named.source.id != table.source.id and "source" in named.rows.columns:
            rows = named.rows.with_columns(pl.lit(named.source.id).alias("source"))
            return replace(named, rows=rows)
        return named

    def hubs(self, path: Path) -> HubFile:
        found: HubFile = self._read("hubs", path)
        return self._named(found, "hubs")

    def _read(self, source: str, path: Path) -> Any:
        """Read a file; one that nothing dates is taken to be as old as the register, and noted."""
        self._on_progress(f"reading {path.name}")
        read = import_module(f"hedgerow.sources.{source}.read").read
        gathered = Faults()
        try:
            table = read(path, gathered)
        except UndatedFileError:
            if self.day is None or source not in SLOW:
                raise
        else:
            self._faults.extend(gathered)
            return table
        self._faults.add(
            Fault(
                kind="undated file",
                file=path.name,
                found="no day in its name or rows",
                expected=f"a day; that of the register, {self.day:%-d %B %Y}, is taken",
                advice=f"Write its day after it: {path.name}@{self.day:%Y-%m-%d}",
            )
        )
        return read(path.with_name(f"{path.name}@{self.day:%Y-%m-%d}"), self._faults)

    def maybe(self, source: str, path: Path | None) -> SourceTable | None:
        return None if path is None else self.one(source, path)

    def each(self, source: str, paths: tuple[Path, ...]) -> tuple[SourceTable, ...]:
        return tuple(self.one(source, path) for path in paths)

    def _named(self, table: Table, source: str) -> Table:
        """Tell files of one kind and day apart by their identifiers."""
        file = f"{table.source.file} (--{source})"
        if same := self._files.get(table.source.sha256):
            raise DataError(
                f"{file} holds the same as {same}, byte for byte.", advice="Give each file once."
            )
        self._files[table.source.sha256] = file
        wanted = table.source.id
        others = (f"{wanted}-{number}" for number in count(2))
        own = next(name for name in chain([wanted], others) if name not in self._ids)
        self._ids.add(own)
        return replace(table, source=replace(table.source, id=own))


def _one_a_day(links: tuple[SourceTable, ...]) -> tuple[SourceTable, ...]:
    """Put link records in order of their days; two of one day would contradict each other."""
    ordered = sorted(links, key=lambda table: table.source.as_of)
    for earlier, later in pairwise(ordered):
        if earlier.source.as_of == later.source.as_of:
            raise DataError(
                f"{earlier.source.file} and {later.source.file} (--links) both describe "
                f"{later.source.as_of:%-d %B %Y}.",
                advice="Give one of them; or write their days after them: FILE@2022-04-25.",
            )
    return tuple(ordered)
