"""What a register holds: counts, sources, faults by kind, rows set aside by reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.sources.register.opening import read_table, vintage_folder, vintages
from hedgerow.sources.register.package import read_package, sources_of


@dataclass(frozen=True, eq=False, kw_only=True)
class RegisterSummary:
    """What a register holds.

    Attributes
    ----------
    folder : Path
        The folder of this vintage.
    vintage, earliest : datetime.date
        The day that it describes; the first day on which anything is known of who governs whom.
    vintages : tuple of datetime.date
        All vintages that stand beside it, this one among them.
    rows : mapping of str to int
        Rows of each table.
    schools : polars.DataFrame
        Open schools by ``phase`` and ``status``, with ``count``.
    sources : tuple of Source
    faults, set_aside : polars.DataFrame
        All faults; all rows that could not be used.
    limits : tuple of str
        What the register cannot say.
    """

    folder: Path
    vintage: date
    earliest: date
    vintages: tuple[date, ...]
    rows: Mapping[str, int]
    schools: pl.DataFrame
    sources: tuple[Source, ...]
    faults: pl.DataFrame
    set_aside: pl.DataFrame
    limits: tuple[str, ...]

    def fault_kinds(self, examples: int = 3) -> pl.DataFrame:
        """Faults by file and kind, with the first examples of each; see `Faults.summary`."""
        return Faults.of(self.faults).summary(examples)

    def reasons(self) -> pl.DataFrame:
        """Rows set aside: ``file``, ``reason``, ``count``, most frequent first within a file."""
        return (
            self.set_aside.group_by("file", "reason", maintain_order=True)
            .len("count")
            .sort(["file", "count", "reason"], descending=[False, True, False])
        )

    def lines(self) -> list[str]:
        """Give all of it in lines of text; faults and rows set aside as counts with examples."""
        counted = dict(self.schools.group_by("status").agg(pl.col("count").sum()).iter_rows())
        by_status = ", ".join(f"{counted[status]:,} {status}" for status in sorted(counted))
        found = [
            f"Register of {self.vintage:%-d %B %Y}, in {self.folder}",
            f"Open schools: {sum(counted.values()):,} ({by_status})",
            f"Known of who governs whom: from {self.earliest:%-d %B %Y}",
        ]
        if len(self.vintages) > 1:
            found.append(f"Vintages here: {', '.join(day.isoformat() for day in self.vintages)}")
        found += ["", "Tables"]
        found += [f"  {rows:>9,}  {name}" for name, rows in self.rows.items() if rows]
        found += ["", "Sources"]
        found += [
            f"  {source.as_of}  {source.file} ({source.title}; {source.rows:,} rows used)"
            for source in self.sources
        ]
        if self.set_aside.height:
            found += ["", f"Rows set aside: {self.set_aside.height:,} (all with --set-aside)"]
            found += [
                f"  {count:>9,}  {file}: {reason}"
                for file, reason, count in self.reasons().iter_rows()
            ]
        if self.faults.height:
            found += ["", f"Faults: {self.faults.height:,} (all with --faults)"]
            found += [
                f"  {kind['count']:>9,}  {kind['file']}: {kind['kind']} ({kind['consequence']}), "
                f"such as {'; '.join(kind['examples'])}"
                for kind in self.fault_kinds().iter_rows(named=True)
            ]
        return [*found, "", "What it cannot say", *(f"  {limit}" for limit in self.limits)]

    def to_json(self) -> dict[str, Any]:
        """Give all of it as JSON values; faults and rows set aside as counts with examples."""
        return {
            "register": self.folder.resolve().parent.name,
            "vintage": self.vintage.isoformat(),
            "earliest": self.earliest.isoformat(),
            "vintages": [day.isoformat() for day in self.vintages],
            "tables": dict(self.rows),
            "schools": self.schools.to_dicts(),
            "sources": [
                {
                    "id": source.id,
                    "title": source.title,
                    "file": source.file,
                    "sha256": source.sha256,
                    "vintage": source.as_of.isoformat(),
                    "publisher": source.publisher,
                    "licence": source.licence,
                    "rows": source.rows,
                    "release": source.release,
                }
                for source in self.sources
            ],
            "faults": self.fault_kinds().to_dicts(),
            "set_aside": self.reasons().to_dicts(),
            "limits": list(self.limits),
        }


def describe(path: Path, *, on: date | None = None) -> RegisterSummary:
    """Say what a register holds.

    Parameters
    ----------
    path : Path
        A folder of registers, or of one vintage.
    on : datetime.date, optional
        Which vintage, as `hedgerow.sources.register.open_register` chooses it.

    Raises
    ------
    DataError
        If there is no register, or it is not whole.
    """
    folder = vintage_folder(Path(path), on=on)
    package = read_package(folder)
    resources = {resource["name"]: resource for resource in package["resources"]}
    own = package["hedgerow"]
    vintage = date.fromisoformat(own["vintage"])
    return RegisterSummary(
        folder=folder,
        vintage=vintage,
        earliest=date.fromisoformat(own["earliest"]),
        vintages=tuple(
            date.fromisoformat(found.name) for found in vintages(folder.resolve().parent)
        )
        or (vintage,),
        rows={name: resource["rows"] for name, resource in resources.items()},
        schools=_open_schools(
            read_table(folder, resources["schools"]),
            read_table(folder, resources["organisations"]),
            vintage,
        ),
        sources=sources_of(package),
        faults=read_table(folder, resources["faults"]),
        set_aside=read_table(folder, resources["set_aside"]),
        limits=tuple(own["limits"]),
    )


def _open_schools(
    schools: pl.DataFrame, organisations: pl.DataFrame, vintage: date
) -> pl.DataFrame:
    is_open = pl.col("closed").is_null() | (pl.col("closed") > vintage)
    return (
        schools.join(organisations.filter(is_open).select("id"), on="id", how="semi")
        .group_by("phase", "status")
        .len("count")
        .sort("phase", "status")
    )
