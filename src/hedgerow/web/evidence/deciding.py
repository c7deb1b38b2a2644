"""Deciding which school, provider or role a text of an attendance file means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hedgerow.fieldbook.attendance.mapping import NO_SCHOOL, AttendanceMapping, decided_urn
from hedgerow.fieldbook.attendance.review import KINDS
from hedgerow.fieldbook.attendance.roles import VOCABULARY
from hedgerow.fieldbook.folding import fold
from hedgerow.landscape.landscape import Landscape

LONGEST = 200
_IN_BRACKETS = re.compile(r".*[(\[]\s*(?P<id>[a-z][a-z_\-]*:[^\s()\[\]]+)\s*[)\]]\s*")
AS_IT_IS, NONE, OTHER = "", "none", "other"
"""What can be chosen besides a suggestion: to leave it, that it is none, and another one."""


def decided(
    mapping: AttendanceMapping,
    review: Sequence[Mapping[str, Any]],
    sent: Mapping[str, Any],
    register: Landscape,
) -> tuple[AttendanceMapping, int, dict[int, str]]:
    """Take up what somebody decided on the page.

    Parameters
    ----------
    mapping : AttendanceMapping
    review : sequence of dict
        As the check kept it.
    sent : mapping of str to str
        What the page sent: ``decide-N`` and ``other-N`` for the N-th text.
    register : Landscape

    Returns
    -------
    AttendanceMapping
        With the decisions.
    int
        How many there were.
    dict of int to str
        What is wrong with a decision, by the number of its text.
    """
    held: dict[str, dict[str, str]] = {kind: {} for kind in KINDS.values()}
    faults: dict[int, str] = {}
    for number, row in enumerate(review):
        said = str(sent.get(f"decide-{number}", AS_IT_IS))
        if said == AS_IT_IS:
            continue
        meant = _meant(row, said, str(sent.get(f"other-{number}", "")).strip(), register)
        if meant is None:
            faults[number] = _expected(str(row["what"]))
        else:
            held[KINDS[str(row["what"])]][str(row["found"])] = meant
    for kind, decisions in held.items():
        if decisions:
            mapping = mapping.with_aliases(kind, decisions)
    return mapping, sum(map(len, held.values())), faults


def _expected(what: str) -> str:
    if what == "school":
        return "No one school answers to that. Choose one from the list, or write its URN."
    if what == "provider":
        return "No one organisation answers to that. Write its name as it stands, or its code."
    return "Choose a role from the list."


def _meant(row: Mapping[str, Any], said: str, other: str, register: Landscape) -> str | None:
    what = row["what"]
    if what == "role":
        return said if said in (*VOCABULARY, NONE) else None
    if said == NONE:
        return NO_SCHOOL
    if said != OTHER:
        return said if said in {one["id"] for one in row["suggestions"]} else None
    if not other or len(other) > LONGEST:
        return None
    bracketed = _IN_BRACKETS.fullmatch(other)
    text = bracketed["id"] if bracketed else other
    organisations = register.organisations.select("id", "name", "kind")
    if what == "school":
        organisations = organisations.filter(organisations["kind"] == "school")
        text = decided_urn(text) or text
    if text in set(organisations["id"]):
        return text
    named = [
        identifier
        for identifier, name, _ in organisations.iter_rows()
        if name is not None and fold(name) == fold(text)
    ]
    return named[0] if len(named) == 1 else None
