"""Taking fieldbooks into a folder, again and again, and forgetting a person in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hedgerow.fieldbook.evidence import FieldbookEvidence, kept_faults
from hedgerow.fieldbook.fieldbooks import contribution_name, read_raw
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import NameWatch
from hedgerow.fieldbook.opening import open_raw
from hedgerow.fieldbook.persons import named_by
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.pseudonyms import (
    KeyRing,
    label_of,
    must_lie_apart,
    new_pseudonym,
)
from hedgerow.fieldbook.store import Contribution, Stored, held_for_writing, is_store, load, save
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.tables import TABLES

FEWEST_TO_GUARD = 10
"""Rows of an earlier import below which a later one of its name may say something else entirely."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ImportSummary:
    """What an import did.

    Attributes
    ----------
    name : str
        Under which the contribution is held.
    evidence : FieldbookEvidence
        As read, with every fault as it stands in the file: not to be kept.
    replaced : int or None
        Rows of an earlier import of the same that made way; None where there was none.
    """

    name: str
    evidence: FieldbookEvidence
    replaced: int | None


def import_fieldbook(
    path: Path,
    into: Path,
    *,
    register: Landscape | None,
    key: Path | None,
    name: str | None = None,
    is_replacing: bool = False,
) -> ImportSummary:
    """Take what is sound in a fieldbook into a folder, and set the rest aside with reasons.

    A later import of the same fieldbook, known by its name, takes the place of the earlier one.

    Parameters
    ----------
    path : pathlib.Path
        A workbook, a folder of CSV files, or one CSV file.
    into : pathlib.Path
        Made where it is missing.
    register : Landscape, optional
        Where schools and organisations are looked up.
    key : pathlib.Path, optional
        The key to pseudonyms; made where it is missing. Needed where the fieldbook speaks of
        persons.
    name : str, optional
        What to call the contribution; the file's name unless given.
    is_replacing : bool
        Whether it may take the place of an earlier import with which it has little in common.

    Raises
    ------
    UsageError
        If the key is missing or lies in the folder, or another fieldbook seems to bear the name.
    DataError
        If it is no fieldbook, or holds nothing sound at all.
    """
    if key is not None:
        must_lie_apart(key, into)
    raw = open_raw(path)
    with held_for_writing(into):
        held = load(into)
        called = contribution_name(Path(name)) if name else contribution_name(path)
        ring = KeyRing() if key is None else KeyRing.open(key)
        evidence = read_raw(
            raw,
            ring=ring,
            register=register,
            known=held.without(called).tables(),
            name=called,
        )
        if key is None and len(ring):
            raise UsageError(
                "This fieldbook speaks of persons, and there is no key to their pseudonyms.",
                advice="Name a file for it with --key, apart from the data; it is made where there "
                "is none.",
            )
        if not evidence.tables:
            raise DataError(
                f"Nothing in {path} could be used: {evidence.set_aside.height} rows have faults.",
                advice="Look at them with `hedgerow fieldbook check`.",
            )
        refuse_names(called, raw.file, ring)
        earlier = held.of(called) if any(one.name == called for one in held.contributions) else None
        if earlier is not None and not is_replacing:
            guard_another(called, earlier, evidence.tables)
        ring.save()  # before the data: pseudonyms without their key could never be told again
        contribution = Contribution(name=called, sources=tuple(evidence.sources))
        stored = held.with_contribution(contribution, evidence, kept_faults(evidence.faults))
        save(into, as_the_key_has_it(stored, ring))
    replaced = None if earlier is None else sum(table.height for table in earlier.values())
    return ImportSummary(name=called, evidence=evidence, replaced=replaced)


def refuse_names(called: str, file: str, ring: KeyRing) -> None:
    """Refuse a fieldbook that is called after a person: what it is called is kept with the data."""
    watch = NameWatch({entry.called: "" for entry in ring if entry.agreement is None})
    for text in (called, file):
        words = fold(text)
        if watch.without_names(words) != words:
            raise UsageError(
                "The name of this file holds the name of a person, and would be kept with the "
                "data.",
                advice="Rename the file, and do not give a person's name with --as.",
            )


def guard_another(
    name: str, earlier: Mapping[str, pl.DataFrame], now: Mapping[str, pl.DataFrame]
) -> None:
    """Refuse to put one person's fieldbook in the place of another's of the same name."""
    there = kept = 0
    for table, rows in earlier.items():
        key = TABLES[table].primary_key()
        there += rows.height
        if table in now:
            kept += rows.join(now[table], on=key, how="semi").height
    if there >= FEWEST_TO_GUARD and kept * 2 < there:
        raise UsageError(
            f"An earlier fieldbook “{name}” was imported, and {there - kept} of its {there} rows "
            "are not in this one: it seems to be another fieldbook, or to go with another key.",
            advice="Give it a name of its own with --as NAME; or, if it is to take the place of "
            "the earlier one, say --replace.",
        )


def as_the_key_has_it(held: Stored, ring: KeyRing) -> Stored:
    """Name in all contributions those who agreed, and nobody who did not or took it back.

    An earlier fieldbook's words may name a person whom only this one made known.
    """
    told = dict(held.told)
    if "persons" in told:
        rows = [named_by(ring, row) for row in told["persons"].iter_rows(named=True)]
        told["persons"] = pl.DataFrame(rows, schema=told["persons"].schema)
    watch = NameWatch(
        {entry.called: label_of(entry.pseudonym) for entry in ring if entry.agreement is None}
    )
    return held.mapped(
        {
            table: _reworded(rows, _words(table, rows), watch.without_names)
            for table, rows in told.items()
        }
    )


def _words(table: str, rows: pl.DataFrame) -> list[str]:
    """Give the columns of a table that hold words; an organisation's name is public."""
    asked = {column.name for spec in SHEETS if spec.table == table for column in spec.columns
             if column.kind == "text" and not column.is_kept}  # fmt: skip  # one condition
    return [name for name in rows.columns if name in asked and table != "organisations"]


def _reworded(
    rows: pl.DataFrame, columns: Sequence[str], change: Callable[[str], str]
) -> pl.DataFrame:
    """Give rows with the words of some columns changed, each different text once."""
    for name in columns:
        changed = {
            text: other
            for text in rows[name].drop_nulls().unique()
            if (other := change(text)) != text
        }
        if changed:
            rows = rows.with_columns(pl.col(name).replace(changed))
    return rows


def forget(called: str, *, key: Path, folder: Path | None) -> bool:
    """Forget a person: the name and its entry in the key go, the counts stay.

    In the data the person gets a new pseudonym that no key ever held, so that not even an old copy
    of the key leads back.

    Parameters
    ----------
    called : str
        Name, code or pseudonym.
    key : pathlib.Path
    folder : pathlib.Path, optional
        Of imported fieldbooks.

    Returns
    -------
    bool
        Whether anybody of that name was there.
    """
    if not key.exists():
        raise UsageError(f"There is no key file {key}.", advice="Give the one used for importing.")
    ring = KeyRing.open(key)
    entry = ring.find(called)
    if entry is None:
        return False
    if folder is not None:
        if not is_store(folder):
            raise UsageError(
                f"No fieldbooks were imported into {folder}.",
                advice="Give the folder that was --into.",
            )
        with held_for_writing(folder):
            held = load(folder)
            told = {
                table: _without_person(table, rows, entry.called, entry.pseudonym, new)
                for new in (new_pseudonym(),)
                for table, rows in held.told.items()
            }
            save(folder, held.mapped(told))
    ring.forget(called)
    ring.save()
    return True


def _without_person(
    table: str, rows: pl.DataFrame, called: str, old: str, new: str
) -> pl.DataFrame:
    watch = NameWatch({called: label_of(new)})
    references = {
        column.name
        for spec in SHEETS
        if spec.table == table
        for column in spec.columns
        if "person" in column.targets
    }
    cleaned = rows.with_columns(
        pl.col(name).replace(old, new) for name in references & set(rows.columns)
    )
    if table == "persons":
        is_person = pl.col("id") == new
        cleaned = cleaned.with_columns(
            pl.when(is_person).then(pl.lit(label_of(new))).otherwise("label").alias("label"),
            (pl.col("is_named") & ~is_person).alias("is_named"),
            pl.when(~is_person).then("named_scope").alias("named_scope"),
            pl.when(~is_person).then("named_since").alias("named_since"),
        )

    def without(text: str) -> str:
        return watch.without_names(text).replace(label_of(old), label_of(new))

    return _reworded(cleaned, _words(table, cleaned), without)
