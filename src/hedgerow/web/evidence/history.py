"""The history of a record: each step with who took it, when, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.record_sheets import Words, cells_of, sheet_of_record

MOST_STEPS = 500


@dataclass(frozen=True)
class Step:
    """One step of a record's history.

    Attributes
    ----------
    what : str
        What was done, in words.
    when : datetime.datetime
    who : User or None
    changes : tuple of (str, str, str)
        Heading, what stood there before, what stands there since; empty text for nothing.
    """

    what: str
    when: datetime
    who: Any
    changes: tuple[tuple[str, str, str], ...] = ()


def history_of(record: Record, words: Words) -> list[Step]:
    """Give the history of a record, the newest step first, whichever of its versions is given."""
    versions = [record]
    while (before := versions[0].follows) is not None and len(versions) < MOST_STEPS:
        versions.insert(0, before)
    while (after := versions[-1].followed_by.first()) is not None and len(versions) < MOST_STEPS:
        versions.append(after)
    steps: list[Step] = []
    cells: dict[str, str] = {}
    for version in versions:
        spec = sheet_of_record(version)
        now = cells_of(version, spec, words)
        changes = tuple(
            (column.heading, cells.get(column.name, ""), now.get(column.name, ""))
            for column in spec.shown
            if column.kind != "code" and cells.get(column.name, "") != now.get(column.name, "")
        )
        is_form = version.contribution.kind == Contribution.Kind.FORM
        origin = "by form" if is_form else f"from {version.contribution.file}"
        what = f"Added {origin}" if version is versions[0] else "Changed by form"
        steps.insert(0, Step(what, version.begun, version.begun_by, changes))
        cells = now
    last = versions[-1]
    if last.ended is not None:
        steps.insert(0, Step("Taken out", last.ended, last.ended_by))
    elif last.contribution.ended is not None:
        state = last.contribution.get_state_display()
        steps.insert(0, Step(f"The file that told it: {state}", last.contribution.ended, None))
    return steps
