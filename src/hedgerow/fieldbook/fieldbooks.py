"""Reading local evidence, whatever it is kept in, and laying it over a register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.fieldbook import sources_sheet
from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.opening import RawBook, open_raw
from hedgerow.fieldbook.persons import People
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.reading import FieldbookReader
from hedgerow.fieldbook.references import References
from hedgerow.fieldbook.store import is_store, read_store
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source

_MARKED = re.compile(r"[ _-]checked$", re.IGNORECASE)


def read_fieldbook(
    path: Path, register: Landscape | None = None, *, key: Path | None = None
) -> FieldbookEvidence:
    """Read local evidence from a folder of imported fieldbooks, a workbook or CSV files.

    Nothing is written, the key included.

    Parameters
    ----------
    path : pathlib.Path
        What `hedgerow fieldbook import` wrote, or what it reads.
    register : Landscape, optional
        Where names of schools and organisations are looked up. Without one, identifiers are taken
        on trust and names only if the fieldbook itself explains them.
    key : pathlib.Path, optional
        The key to pseudonyms, for a fieldbook that is not imported. Without one, persons get
        pseudonyms that hold for this reading alone.

    Raises
    ------
    UsageError, DataError
        If there is nothing there, or it is no fieldbook. Faults within one are in its `faults`.
    """
    if is_store(path):
        return read_store(path)
    ring = KeyRing() if key is None else KeyRing.open(key)
    return read_raw(open_raw(path), register=register, ring=ring)


def open_fieldbook(path: Path, register: Landscape, *, key: Path | None = None) -> Landscape:
    """Lay local evidence over a register.

    An organisation that has a postcode and no position stands where the register has the postcode.
    What could not be used is told by the titles of the sources; `read_fieldbook` tells each fault.

    Parameters
    ----------
    path : pathlib.Path
        As for `read_fieldbook`.
    register : Landscape
        Of all days.
    key : pathlib.Path, optional
        As for `read_fieldbook`.

    Raises
    ------
    UsageError, DataError
        As `read_fieldbook`, and where not a row of a workbook or of CSV files can be used.
    """
    evidence = read_fieldbook(path, register, key=key)
    if not evidence.tables and not is_store(path):
        raise DataError(
            f"{path.name} tells nothing: not one row of it can be used.",
            advice=f"See what is wrong with it: hedgerow fieldbook check {path}",
        )
    tables = dict(evidence.tables)
    if "organisations" in tables:
        tables["organisations"] = _placed(tables["organisations"], register)
    return with_evidence(register, tables, sources=evidence.sources)


def _placed(organisations: pl.DataFrame, register: Landscape) -> pl.DataFrame:
    where = register.table("postcodes").select(
        "postcode", pl.col("easting").alias("e"), pl.col("northing").alias("n")
    )
    is_found = pl.col("easting").is_null() & pl.col("e").is_not_null()
    return (
        organisations.with_columns(pl.col("postcode").str.replace_all(" ", "").alias("plain"))
        .join(where, left_on="plain", right_on="postcode", how="left", maintain_order="left")
        .with_columns(
            pl.when(is_found).then("e").otherwise("easting").alias("easting"),
            pl.when(is_found).then("n").otherwise("northing").alias("northing"),
            pl.when(is_found)
            .then(pl.lit("postcode"))
            .otherwise("position_from")
            .alias("position_from"),
        )
        .select(organisations.columns)
    )


def read_raw(
    raw: RawBook,
    *,
    ring: KeyRing,
    register: Landscape | None = None,
    known: Mapping[str, pl.DataFrame] | None = None,
    name: str | None = None,
    today: date | None = None,
) -> FieldbookEvidence:
    """Read a fieldbook that is opened already.

    Parameters
    ----------
    raw : RawBook
    ring : KeyRing
        Changed by new persons and agreements; not saved.
    register : Landscape, optional
    known : mapping of str to polars.DataFrame
        Tables that other fieldbooks told before.
    name : str, optional
        What to call this contribution; from the file's name unless given.
    today : datetime.date, optional
        The day of reading.
    """
    contribution = name or contribution_name(raw.path)
    own_source = f"fieldbook-{contribution}"
    faults = Faults()
    reader = FieldbookReader(
        References(register, known),
        People(ring, contribution=contribution, source=own_source),
        contribution=contribution,
        source=own_source,
        faults=faults,
    )
    tables, set_aside = reader.read(raw.sheets)
    listed = {source.id: source for source in sources_sheet.sources_in(raw.sheets)}
    carried = {
        one for table in tables.values() for one in table["source"].unique() if one is not None
    }
    sources = [source for one, source in listed.items() if one in carried]
    if own_source in carried:
        own = sum(table.filter(pl.col("source") == own_source).height for table in tables.values())
        left_out = set_aside.height
        missing = f", {left_out} row{'s' * (left_out != 1)} set aside" if left_out else ""
        sources.append(
            Source(
                id=own_source,
                title=f"Fieldbook “{contribution}”{missing}",
                publisher="local evidence",
                licence="not for publication",
                as_of=_day_of(tables, today or date.today()),
                file=raw.file,
                sha256=raw.sha256,
                rows=own,
                release=raw.form,
            )
        )
    return FieldbookEvidence(
        tables=tables, sources=tuple(sources), faults=_in_order(faults, raw), set_aside=set_aside
    )


def _in_order(faults: Faults, raw: RawBook) -> Faults:
    """Give faults sheet by sheet and row by row, as a person goes through them."""
    order = {sheet.name: place for place, sheet in enumerate(raw.sheets)}
    return Faults.of(
        faults.table().sort(
            pl.col("sheet").replace_strict(order, default=-1, return_dtype=pl.Int64),
            pl.col("row").fill_null(0),
            maintain_order=True,
        )
    )


def contribution_name(path: Path) -> str:
    """Give the short name by which a fieldbook is known again: its file's, without "-checked"."""
    stem = _MARKED.sub("", path.resolve().stem if path.suffix else path.resolve().name)
    return fold(stem).replace(" ", "-") or "fieldbook"


def _day_of(tables: Mapping[str, pl.DataFrame], today: date) -> date:
    """Give the latest day up to today that any row speaks of: the day that the facts describe."""
    days: list[date] = []
    for table in tables.values():
        for name, kind in table.schema.items():
            if kind == pl.Date and name not in ("end", "closed", "due", "named_since"):
                days += [day for day in table[name].unique() if day is not None and day <= today]
    return max(days, default=today)
