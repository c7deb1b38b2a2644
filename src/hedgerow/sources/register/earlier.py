"""What older registers in the same folder know of trusts: vintages side by side give a history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.provenance import Source
from hedgerow.sources.register.belonging import Seen
from hedgerow.sources.register.groups import GOVERNS, TRUST
from hedgerow.sources.register.opening import read_table, vintages
from hedgerow.sources.register.package import read_package, sources_of

GROUPS = {
    "id": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "postcode": pl.String,
    "opened": pl.Date,
    "closed": pl.Date,
    "source": pl.String,
}


@dataclass(eq=False)
class Earlier:
    """What older registers know of trusts.

    Attributes
    ----------
    seen : list of Seen
        Which trust governed which school, on every day that they have evidence of; the newest
        register first.
    groups : list of polars.DataFrame
        Their trusts, columns `GROUPS`.
    sources : list of Source
        What they rest on.
    """

    seen: list[Seen] = field(default_factory=list)
    groups: list[pl.DataFrame] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def trusts(self) -> pl.DataFrame:
        """Give the trusts of all, as the newest register has them."""
        return pl.concat([pl.DataFrame(schema=GROUPS), *self.groups])


def earlier_registers(out: Path, vintage: date, faults: Faults) -> Earlier:
    """Read what registers older than a vintage, in the same folder, know of trusts.

    A register that cannot be read is reported and left out.

    Parameters
    ----------
    out : Path
        The folder of registers; may not be there yet.
    vintage : datetime.date
    faults : Faults
    """
    found = Earlier()
    older = [folder for folder in vintages(out) if date.fromisoformat(folder.name) < vintage]
    for folder in reversed(older):
        try:
            _take(folder, found)
        except DataError as fault:
            faults.add(
                Fault(
                    kind="older register not readable",
                    file=folder.name,
                    found=fault.message,
                    expected="a whole register, whose trusts would be part of the history",
                    advice="Build that one again, then this one.",
                )
            )
    return found


def _take(folder: Path, found: Earlier) -> None:
    package = read_package(folder)
    resources = {resource["name"]: resource for resource in package["resources"]}
    ties = read_table(folder, resources["ties"]).filter(pl.col("kind") == GOVERNS)
    organisations = read_table(folder, resources["organisations"])
    sources = {source.id: source for source in sources_of(package)}
    for entry in package["hedgerow"]["trust_days"]:
        day = date.fromisoformat(entry["day"])
        rows = ties.filter(active_on(day)).select(
            pl.col("to_id").alias("school"),
            pl.col("from_id").alias("body"),
            pl.when(~pl.col("start_censored")).then("start").alias("joined"),
        )
        found.seen.append(
            Seen(day=day, source=entry["source"], rows=rows, lists_all=entry["lists_all"])
        )
        found.sources.append(sources[entry["source"]])
    trusts = organisations.filter(pl.col("kind") == TRUST)
    found.groups.append(trusts.select(list(GROUPS)))
    found.sources += [sources[name] for name in trusts["source"].unique().sort()]
