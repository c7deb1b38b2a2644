"""Attendance into a folder of fieldbooks, or out as a workbook or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.outcome import AttendanceResult
from hedgerow.fieldbook.attendance.places import Matched, ProviderMatcher
from hedgerow.fieldbook.attendance.reading import AttendanceReader
from hedgerow.fieldbook.csv_folder import write_csv_folder
from hedgerow.fieldbook.evidence import FieldbookEvidence, kept_faults
from hedgerow.fieldbook.fieldbooks import contribution_name
from hedgerow.fieldbook.identities import organisation_id
from hedgerow.fieldbook.opening import RawBook
from hedgerow.fieldbook.pseudonyms import KeyRing, must_lie_apart
from hedgerow.fieldbook.store import Contribution, Stored, held_for_writing, load, save
from hedgerow.fieldbook.workbook import write_workbook
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.tables import TABLES
from hedgerow.landscape.tables.organisations import ORGANISATION_KINDS

PROVIDER_KINDS = tuple(kind for kind in ORGANISATION_KINDS if kind != "school")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Who provided what a file tells of.

    Attributes
    ----------
    id : str
    row : mapping of str to object or None
        As an organisation, where no register and no fieldbook knew it.
    """

    id: str
    row: Mapping[str, object] | None = None


def find_provider(
    text: str, kind: str | None, register: Landscape, organisations: pl.DataFrame | None = None
) -> Provider:
    """Find the provider that somebody names.

    Parameters
    ----------
    text : str
        Identifier or name.
    kind : str, optional
        What kind of organisation it is, if it is to be taken up where nobody knows it.
    register : Landscape
    organisations : polars.DataFrame, optional
        Of the fieldbook.

    Raises
    ------
    UsageError
        If it is not known and no kind is given; the nearest names are listed.
    """
    known = [register.organisations, *([] if organisations is None else [organisations])]
    frame = pl.concat(one.select("id", "name", "kind") for one in known).unique("id")
    matched = ProviderMatcher(frame, AttendanceMapping(columns={})).find(text)
    own = None if kind is None else organisation_id(kind, text)
    if matched.id is not None and matched.id != own:
        return Provider(id=matched.id)
    if own is None:
        raise _unknown_provider(text, matched)
    # told again by every import of it: a later one takes the place of all that an earlier one told
    row: dict[str, object] = dict.fromkeys(TABLES["organisations"].column_names())
    return Provider(id=own, row=row | {"id": own, "kind": kind, "name": text})


def _unknown_provider(text: str, matched: Matched) -> UsageError:
    near = "".join(f"\n  {one}" for one in matched.suggestions)
    return UsageError(
        f"No organisation is called “{text}”: {matched.reason}.",
        advice=(f"Did you mean:{near}\n" if near else "")
        + "Give its identifier or its name, or say what it is with --provider-kind, to take it up.",
    )


def read_attendance(
    raw: RawBook,
    register: Landscape,
    mapping: AttendanceMapping,
    *,
    provider: Provider | None,
    held: Stored | None = None,
    name: str | None = None,
    ring: KeyRing | None = None,
) -> AttendanceResult:
    """Read an attendance file with a mapping.

    Parameters
    ----------
    raw : RawBook
    register : Landscape
        Of all days.
    mapping : AttendanceMapping
    provider : Provider, optional
        Of what names none.
    held : Stored, optional
        The folder of fieldbooks that it may go into.
    name : str, optional
        What to call the contribution; from the file's name unless given.
    ring : KeyRing, optional
        Gives pseudonyms to delegates; without one they are counted and forgotten.
    """
    tables = {} if held is None else held.tables()
    reader = AttendanceReader(
        register,
        mapping,
        provider=provider.id if provider else None,
        organisations=tables.get("organisations"),
    )
    called = name or contribution_name(raw.path)
    result = reader.read(raw, name=called, ring=ring)
    told = dict(result.evidence.tables)
    if "roles" in told and "roles" in tables:
        told["roles"] = _since_earliest(told["roles"], tables["roles"])
    if provider is not None and provider.row is not None and told:
        row = pl.DataFrame(
            [dict(provider.row) | {"source": f"attendance-{called}"}],
            schema=TABLES["organisations"].create_empty().schema,
        )
        told = {"organisations": row, **told}
    return replace(result, evidence=replace(result.evidence, tables=told))


def _since_earliest(roles: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Give roles with the earliest day on which any import saw them."""
    earlier = known.select("id", pl.col("start").alias("known start"))
    return (
        roles.join(earlier, on="id", how="left", maintain_order="left")
        .with_columns(pl.min_horizontal("start", "known start").alias("start"))
        .drop("known start")
    )


@dataclass(frozen=True, kw_only=True)
class AttendanceStored:
    """What an import into a folder did.

    Attributes
    ----------
    name : str
        Under which the contribution is held.
    replaced : int or None
        Rows of an earlier import of the same that made way; None where there was none.
    """

    name: str
    replaced: int | None


def store_attendance(
    into: Path, evidence: FieldbookEvidence, name: str, *, ring: KeyRing | None = None
) -> AttendanceStored:
    """Take what was read into a folder of fieldbooks.

    The same file again takes the place of what it told before. A file of the same name that tells
    of other courses altogether, such as next term's, stands beside it under a name with its first
    day.

    Parameters
    ----------
    into : pathlib.Path
        Made where it is missing.
    evidence : FieldbookEvidence
        With tables.
    name : str
        What to call the contribution.
    ring : KeyRing, optional
        Saved before the data: pseudonyms without their key could never be told again.
    """
    if ring is not None and ring.path is not None:
        must_lie_apart(ring.path, into)
    with held_for_writing(into):
        held = load(into)
        called = _free_name(name, held, evidence)
        earlier = held.of(called) if any(one.name == called for one in held.contributions) else None
        if ring is not None:
            ring.save()
        contribution = Contribution(name=called, sources=tuple(evidence.sources))
        save(into, held.with_contribution(contribution, evidence, kept_faults(evidence.faults)))
    replaced = None if earlier is None else sum(table.height for table in earlier.values())
    return AttendanceStored(name=called, replaced=replaced)


def _free_name(name: str, held: Stored, evidence: FieldbookEvidence) -> str:
    activities = evidence.tables.get("activities")
    earlier = held.of(name).get("activities")
    if activities is None or earlier is None or earlier.is_empty():
        return name
    if set(activities["id"]) & set(earlier["id"]):
        return name
    first: date = min(activities["start"].to_list())
    return f"{name}-{first.isoformat()}"


def write_out(evidence: FieldbookEvidence, out: Path) -> None:
    """Write what was read as a fieldbook: a workbook if the name ends in .xlsx, else a folder."""
    if out.suffix.lower() == ".xlsx":
        write_workbook(evidence.tables, out, sources=evidence.sources)
    else:
        write_csv_folder(evidence.tables, out, sources=evidence.sources)
