"""Fieldbooks imported into a folder: one Parquet file a table, every row with the fieldbook that
told it.

``fieldbook.json`` names the folder of the current tables, so that replacing that one file puts an
import in place whole: whoever reads sees all of it or nothing. Names of persons are in none of it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hedgerow.fieldbook.evidence import SET_ASIDE, FieldbookEvidence
from hedgerow.fieldbook.merging import CONTRIBUTION, merged
from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.fieldbook.writing import cannot_write, write_whole
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.faults import SCHEMA as FAULT_SCHEMA
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES

FILE = "fieldbook.json"
FORMAT = 1
_TABLES = "tables-"


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One fieldbook that was imported.

    Attributes
    ----------
    name : str
        By which a later import of the same is known.
    sources : tuple of Source
        That its rows carry.
    """

    name: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Stored:
    """All that a folder of fieldbooks holds.

    Attributes
    ----------
    contributions : tuple of Contribution
        Oldest import first.
    told : dict of str to polars.DataFrame
        Tables as each told them, with the column `CONTRIBUTION`.
    faults, set_aside : polars.DataFrame
        With the column `CONTRIBUTION`.
    """

    contributions: tuple[Contribution, ...] = ()
    told: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    faults: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={**FAULT_SCHEMA, CONTRIBUTION: pl.String})
    )
    set_aside: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={**SET_ASIDE, CONTRIBUTION: pl.String})
    )

    def tables(self) -> dict[str, pl.DataFrame]:
        """Give the tables, each thing once."""
        names = [one.name for one in self.contributions]
        return {
            table: merged(table, self.told[table], names)
            for table in TABLES_OF_A_FIELDBOOK
            if table in self.told and self.told[table].height
        }

    def without(self, name: str) -> Stored:
        """Give what is held but for one contribution."""
        is_other = pl.col(CONTRIBUTION) != name
        return Stored(
            contributions=tuple(one for one in self.contributions if one.name != name),
            told={table: told.filter(is_other) for table, told in self.told.items()},
            faults=self.faults.filter(is_other),
            set_aside=self.set_aside.filter(is_other),
        )

    def of(self, name: str) -> dict[str, pl.DataFrame]:
        """Give the tables as one contribution told them."""
        return {
            table: told.filter(pl.col(CONTRIBUTION) == name).drop(CONTRIBUTION)
            for table, told in self.told.items()
        }

    def with_contribution(
        self, contribution: Contribution, evidence: FieldbookEvidence, faults: pl.DataFrame
    ) -> Stored:
        """Give what is held with a contribution as the newest, in place of one of its name."""
        others = self.without(contribution.name)
        name = pl.lit(contribution.name).alias(CONTRIBUTION)
        told = dict(others.told)
        for table, rows in evidence.tables.items():
            added = rows.with_columns(name)
            told[table] = pl.concat([told[table], added]) if table in told else added
        return Stored(
            contributions=(*others.contributions, contribution),
            told=told,
            faults=pl.concat([others.faults, faults.with_columns(name)]),
            set_aside=pl.concat([others.set_aside, evidence.set_aside.with_columns(name)]),
        )

    def mapped(self, told: Mapping[str, pl.DataFrame]) -> Stored:
        """Give the same with other rows."""
        return replace(self, told=dict(told))


def is_store(path: Path) -> bool:
    """Whether a path is a folder that fieldbooks were imported into."""
    return (path / FILE).is_file()


def read_store(path: Path) -> FieldbookEvidence:
    """Read what was imported into a folder.

    Raises
    ------
    DataError
        If it is damaged, or of another format.
    """
    held = load(path)
    sources = {source.id: source for one in held.contributions for source in one.sources}
    return FieldbookEvidence(
        tables=held.tables(),
        sources=tuple(sources.values()),
        faults=Faults.of(held.faults),
        set_aside=held.set_aside.drop(CONTRIBUTION),
    )


def load(path: Path) -> Stored:
    """Load all that a folder holds; one that nothing was imported into holds nothing."""
    if not is_store(path):
        return Stored()
    try:
        package = json.loads((path / FILE).read_bytes())
        own = package["hedgerow"]
        if own["format"] != FORMAT:
            raise DataError(
                f"The fieldbooks in {path} have format {own['format']}; this Hedgerow reads "
                f"format {FORMAT}.",
                advice="Import the fieldbooks into a new folder.",
            )
        frames = {
            resource["name"]: pl.read_parquet(path / resource["path"])
            for resource in package["resources"]
        }
        contributions = tuple(_contribution(one) for one in own["contributions"])
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as fault:
        raise DataError(
            f"The fieldbooks in {path} are damaged or were copied in part.",
            advice="Copy the folder again, or import the fieldbooks into a new one.",
        ) from fault
    return Stored(
        contributions=contributions,
        told={name: frame for name, frame in frames.items() if name in TABLES},
        faults=frames["faults"],
        set_aside=frames["set_aside"],
    )


@contextmanager
def held_for_writing(path: Path) -> Iterator[None]:
    """Make a folder of fieldbooks and keep other imports out of it for a while."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    handle = _lock(path)
    try:
        yield
    finally:
        with suppress(OSError):  # it stays where it holds anything
            path.rmdir()
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    if os.name == "nt":
        return None
    import fcntl  # no such thing on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        os.close(handle)
        raise UsageError(
            f"Another import into {folder} is under way.", advice="Wait until it is done."
        ) from fault
    except OSError:
        return handle  # a file system without locks: replacing one file keeps it whole all the same
    return handle


def save(path: Path, held: Stored) -> None:
    """Write all that a folder is to hold, and put it in place in one step.

    Call it within `held_for_writing`.
    """
    folder = f"{_TABLES}{secrets.token_hex(6)}"
    resources = []
    try:
        (path / folder).mkdir()
        frames = {
            **{table: told for table, told in held.told.items() if told.height},
            "faults": held.faults,
            "set_aside": held.set_aside,
        }
        for name, frame in frames.items():
            content = io.BytesIO()
            frame.write_parquet(content)
            write_whole(path / folder / f"{name}.parquet", content.getvalue())
            resources.append(_resource(name, f"{folder}/{name}.parquet", content.getvalue(), frame))
        package = {
            "profile": "data-package",
            "name": "fieldbook",
            "hedgerow": {
                "format": FORMAT,
                "contributions": [_written(one) for one in held.contributions],
            },
            "resources": resources,
        }
        text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        write_whole(path / FILE, text.encode())
    except BaseException as fault:
        shutil.rmtree(path / folder, ignore_errors=True)
        if isinstance(fault, OSError):
            raise cannot_write(path, fault) from fault
        raise
    for old in path.glob(f"{_TABLES}*"):
        if old.name != folder:
            shutil.rmtree(old, ignore_errors=True)


def _resource(name: str, path: str, content: bytes, frame: pl.DataFrame) -> dict[str, Any]:
    schema = TABLES.get(name)
    fields = [{"name": column} for column in frame.columns]
    if schema is not None:
        said = {column: one.metadata or {} for column, one in schema.columns().items()}
        fields = [
            {"name": column, "description": str(said.get(column, {}).get("description", column))}
            for column in frame.columns
        ]
    return {
        "name": name,
        "path": path,
        "format": "parquet",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": frame.height,
        "schema": {"fields": fields},
    }


def _contribution(held: Mapping[str, Any]) -> Contribution:
    sources: Sequence[Mapping[str, Any]] = held["sources"]
    return Contribution(
        name=held["name"],
        sources=tuple(
            Source(**{**source, "as_of": date.fromisoformat(source["as_of"])}) for source in sources
        ),
    )


def _written(contribution: Contribution) -> dict[str, Any]:
    return {
        "name": contribution.name,
        "sources": [
            {**asdict(source), "as_of": source.as_of.isoformat()} for source in contribution.sources
        ],
    }
