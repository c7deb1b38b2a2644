"""What makes a row itself: identifiers that nobody has to invent, and that a second import repeats.

An identifier is the hash of what the row says. A running number tells apart spells of the same tie.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

IDENTIFIED: dict[str, tuple[str, tuple[str, ...]]] = {
    "activities": ("act", ("provider", "name", "programme", "start")),
    "meetings": ("meet", ("forum", "date")),
    "concerns": ("concern", ("forum", "text")),
    "roles": ("role", ("person", "organisation", "role", "is_seat", "start")),
    "participation": ("part", ()),
    "policies": ("stance", ("organisation", "dimension", "date", "coder", "evidence")),
    "attendance": ("att", ("meeting", "organisation", "person")),
    "priorities": ("prio", ("meeting", "judge", "priority")),
    "actions": ("action", ("text", "agreed", "owner", "concern")),
    "nominations": ("nom", ("from_id", "to_id", "context", "date")),
    "oversight": ("task", ("place", "task", "holder", "date")),
    "accounts": ("account", ("person", "matter", "said", "coder", "date")),
    "scores": ("score", ("activity", "organisation", "level", "instrument", "date")),
}
"""For each table with an identifier: its scheme, and the columns that make a row itself.

Without columns all of them do: two schools' lines may differ in nothing but a number of staff.
"""

NUMBERED: dict[str, tuple[str, ...]] = {
    "ties": ("from_id", "to_id", "kind"),
    "adoptions": ("school", "item"),
}
"""Tables with a running number, and the columns within which it runs."""

ORGANISATION_SCHEMES: dict[str, str] = {
    "maths_hub": "mh",
    "english_hub": "eh",
    "computing_hub": "ch",
    "behaviour_hub": "bh",
    "science_hub": "sh",
    "teaching_school_hub": "tsh",
    "research_school": "rs",
    "teaching_school_alliance": "tsa",
    "association": "assoc",
}
_FIGURES = 12


def hashed(scheme: str, *parts: object) -> str:
    """Give an identifier: its scheme, and twelve figures of the hash of what it stands for."""
    said = json.dumps(parts, ensure_ascii=False, default=str)
    return f"{scheme}:{hashlib.sha256(said.encode()).hexdigest()[:_FIGURES]}"


def organisation_id(kind: str, name: str) -> str:
    """Give the identifier of an organisation that bears none: from its kind and its name."""
    scheme = ORGANISATION_SCHEMES.get(kind, kind.replace("_", "-"))
    return hashed(scheme, "organisations", kind, name)


def id_from_code(scheme: str, code: str, contribution: str) -> str:
    """Give the identifier for a code of a person's own.

    A code with a colon is an identifier already, as exports have them. Another means something in
    its own fieldbook only: "A1" of two people are two things.
    """
    return code if ":" in code else hashed(scheme, contribution, code)


def row_id(table: str, row: Mapping[str, object], taken: Mapping[str, Mapping[str, object]]) -> str:
    """Give the identifier of a row without one.

    Parameters
    ----------
    table : str
        One of `IDENTIFIED`.
    row : mapping of str to object
        Its values, without identifier and source.
    taken : mapping of str to mapping
        Rows before it by identifier: a row that says something else under the same identifier gets
        one from all that it says.
    """
    scheme, columns = IDENTIFIED[table]
    everything = [name for name in row if name not in ("id", "source")]
    found = hashed(scheme, table, *(row[name] for name in columns or everything))
    before = taken.get(found)
    if before is not None and any(before[name] != row[name] for name in everything):
        found = hashed(scheme, table, "all", *(row[name] for name in everything))
    return found


def number_spells(table: str, rows: Sequence[dict[str, object]]) -> None:
    """Number the spells of each tie or adoption by their first days, where they have no number.

    Parameters
    ----------
    table : str
        One of `NUMBERED`.
    rows : sequence of dict
        Changed in place.
    """
    within = NUMBERED[table]
    taken: dict[tuple[object, ...], set[object]] = {}
    for row in rows:
        if row["number"] is not None:
            taken.setdefault(tuple(row[name] for name in within), set()).add(row["number"])
    waiting = [row for row in rows if row["number"] is None]
    waiting.sort(key=lambda row: row["start"] or date.min)  # type: ignore[arg-type, return-value]  # a date by its schema
    for row in waiting:
        used = taken.setdefault(tuple(row[name] for name in within), set())
        number = 0
        while number in used:
            number += 1
        used.add(number)
        row["number"] = number
