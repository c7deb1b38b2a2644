"""Reading every file that a register is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.hubs.frames import HubFile
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.source_table import SourceTable


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
        """All tables but those of hubs, whose rows are known to be usable only when they are joined."""
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
    taken: dict[str, str] = {}
    hashes: dict[str, str] = {}

    def read_one(source: str, path: Path) -> Any:
        on_progress(f"reading {path.name}")
        table: Table = import_module(f"hedgerow.sources.{source}.read").read(path, faults)
        if same := hashes.get(table.source.sha256):
            raise DataError(
                f"{table.source.file} (--{source}) holds the same as {same}, byte for byte.",
                advice="Give each file once.",
            )
        hashes[table.source.sha256] = f"{table.source.file} (--{source})"
        return _with_own_id(table, taken)

    def read_maybe(source: str, path: Path | None) -> SourceTable | None:
        return None if path is None else read_one(source, path)

    def read_each(source: str, paths: tuple[Path, ...]) -> tuple[SourceTable, ...]:
        return tuple(read_one(source, path) for path in paths)

    return Read(
        gias=read_one("gias", inputs.gias),
        groups=read_maybe("groups", inputs.groups),
        links=_one_a_day(read_each("links", inputs.links)),
        successors=read_maybe("successors", inputs.successors),
        ks2=read_each("ks2", inputs.ks2),
        census=read_each("census", inputs.census),
        imd=read_each("imd", inputs.imd),
        lsoa=read_maybe("lsoa", inputs.lsoa),
        ofsted=read_each("ofsted", inputs.ofsted),
        hubs=read_each("hubs", inputs.hubs),
        boundaries=read_maybe("boundaries", inputs.boundaries),
        postcodes=read_maybe("postcodes", inputs.postcodes),
    )


def _with_own_id(table: Table, taken: dict[str, str]) -> Table:
    """Tell two files of one kind and day apart by their identifiers."""
    wanted, number = table.source.id, 1
    while (own := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    taken[own] = table.source.file
    if own == wanted:
        return table
    renamed = replace(table, source=replace(table.source, id=own))
    if isinstance(renamed, SourceTable) and "source" in renamed.rows.columns:
        return replace(renamed, rows=renamed.rows.with_columns(pl.lit(own).alias("source")))
    return renamed


def _one_a_day(links: tuple[SourceTable, ...]) -> tuple[SourceTable, ...]:
    """Put link records in order of their days; two of one day would contradict each other."""
    ordered = sorted(links, key=lambda table: table.source.as_of)
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.source.as_of == later.source.as_of:
            raise DataError(
                f"{earlier.source.file} and {later.source.file} (--links) both describe "
                f"{later.source.as_of:%-d %B %Y}.",
                advice="Give one of them; or write their days after them: FILE@2022-04-25.",
            )
    return tuple(ordered)
