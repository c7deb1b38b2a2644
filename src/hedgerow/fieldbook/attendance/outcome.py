"""What came of an attendance file: tables, review list, and what became of each of its rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.fieldbook.attendance.counting import Seen
from hedgerow.fieldbook.attendance.line import Line
from hedgerow.fieldbook.attendance.review import TO_DECIDE, ReviewRow
from hedgerow.fieldbook.attendance.roles import role_of
from hedgerow.fieldbook.attendance.rows import RowCounts
from hedgerow.fieldbook.evidence import SET_ASIDE, FieldbookEvidence
from hedgerow.fieldbook.identities import hashed
from hedgerow.fieldbook.opening import RawBook
from hedgerow.fieldbook.persons import named_by
from hedgerow.fieldbook.pseudonyms import KeyRing, label_of
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES

ROLE_NOT_TOLD = "not told"
"""Role of a person under a pseudonym whose role is not known."""


@dataclass(frozen=True, eq=False, kw_only=True)
class AttendanceResult:
    """What an attendance file tells, and what became of each of its rows.

    Attributes
    ----------
    evidence : FieldbookEvidence
        Tables ``activities`` and ``participation``; with pseudonyms ``persons`` and ``roles`` too;
        ``organisations`` for a provider that nobody knew.
    review : tuple of ReviewRow
    counts : mapping of str to RowCounts
        By sheet: titles, headings, sections, totals, blank rows, and rows of data.
    used, absent, repeated : int
        Rows of data that were counted; that say somebody did not come; that repeat another.
    set_aside : Counter of str
        Rows of data that could not be used, by reason.
    schools : Counter of str
        Rows used by how their school was found.
    roles_unknown : int
        Rows used whose role says nothing that is known.
    """

    evidence: FieldbookEvidence
    review: tuple[ReviewRow, ...]
    counts: Mapping[str, RowCounts]
    used: int
    absent: int
    repeated: int
    set_aside: Counter[str]
    schools: Counter[str]
    roles_unknown: int

    @property
    def rows(self) -> int:
        """How many rows of data there are."""
        return sum(one.data for one in self.counts.values())

    @property
    def to_decide(self) -> int:
        """How many texts wait for a decision."""
        return sum(row.status == TO_DECIDE for row in self.review)


def persons_of(seen: Sequence[Seen], ring: KeyRing, source: str) -> dict[str, pl.DataFrame]:
    """Give persons under pseudonyms, and the roles in which they were seen, from the first day."""
    persons: dict[str, dict[str, object]] = {}
    roles: dict[str, dict[str, object]] = {}
    for one in seen:
        pseudonym = ring.pseudonym_of(one.called)
        persons[pseudonym] = named_by(
            ring,
            {
                "id": pseudonym,
                "label": label_of(pseudonym),
                "is_named": False,
                "named_scope": None,
                "named_since": None,
                "source": source,
            },
        )
        role = one.role or ROLE_NOT_TOLD
        identifier = hashed("role", "attendance", pseudonym, one.school, role)
        known = roles.get(identifier)
        start = one.start if known is None else min(one.start, known["start"])  # type: ignore[call-overload]  # a date, as this function writes it
        roles[identifier] = {
            "id": identifier,
            "person": pseudonym,
            "organisation": one.school,
            "role": role,
            "is_seat": False,
            "days_a_week": None,
            "start": start,
            "end": None,
            "source": source,
        }
    return {
        table: pl.DataFrame(rows, schema=TABLES[table].create_empty().schema).sort("id")
        for table, rows in (("persons", [*persons.values()]), ("roles", [*roles.values()]))
    }


def rows_set_aside(lines: Sequence[Line], aside: Mapping[int, str]) -> pl.DataFrame:
    """Give the rows that could not be used, with what can hold no name of what they say."""
    rows = []
    for at, reason in aside.items():
        line = lines[at]
        held: dict[str, object] = {}
        if line.days.days:
            held["start"] = line.days.days[0].isoformat()
        if line.staff is not None:
            held["staff"] = line.staff
        if line.sessions is not None:
            held["sessions_attended"] = line.sessions
        if role := (role_of(line.role) if line.role else None):
            held["role"] = role
        rows.append(
            {
                "file": line.place.file,
                "sheet": line.place.sheet,
                "row": line.place.row,
                "reason": reason,
                "content": json.dumps(held, ensure_ascii=False),
            }
        )
    return pl.DataFrame(rows, schema=SET_ASIDE)


def in_order(faults: Faults, sheets: Sequence[str]) -> Faults:
    """Give faults sheet by sheet and row by row, as a person goes through them."""
    order = {name: place for place, name in enumerate(sheets)}
    return Faults.of(
        faults.table().sort(
            pl.col("sheet").replace_strict(order, default=-1, return_dtype=pl.Int64),
            pl.col("row").fill_null(0),
            maintain_order=True,
        )
    )


def source_of(
    source: str,
    name: str,
    raw: RawBook,
    tables: Mapping[str, pl.DataFrame],
    rows: int,
    aside: int,
    today: date,
) -> Source:
    """Give the source that the rows carry."""
    starts = [day for day in tables["activities"]["start"].to_list() if day <= today]
    missing = f", {aside} rows set aside" if aside else ""
    return Source(
        id=source,
        title=f"Attendance “{name}”{missing}",
        publisher="local evidence",
        licence="not for publication",
        as_of=max(starts, default=today),
        file=raw.file,
        sha256=raw.sha256,
        rows=rows,
        release="attendance",
    )
