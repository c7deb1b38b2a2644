"""What the template says to the person who fills it in."""

from __future__ import annotations

from hedgerow.fieldbook.sheets import ColumnSpec

START: tuple[tuple[str, str], ...] = (
    (
        "What this is",
        "A workbook for what is known in a place and in no open data: who works with whom, what "
        "is on offer, which schools took part, what people worry about and agreed to do.",
    ),
    (
        "Where to begin",
        "Anywhere. Fill in the sheets that you know something about and leave the others empty. "
        "Delete no headings. Columns may be moved, and rows may be in any order.",
    ),
    (
        "Rows",
        "Each sheet has a line of what to write and an example, marked as such in the column "
        "Remarks; Hedgerow passes over both. Write below them. The column Remarks is your own: "
        "nothing in it is ever read.",
    ),
    (
        "Schools",
        "Write the name as the official register has it, or better its URN (100000). Where several "
        "schools bear a name, the check lists them; nothing is matched because it is nearly right.",
    ),
    (
        "People",
        "Write a name or a code, the same everywhere. Names stay in this workbook and in a key "
        "file that you keep apart; the data hold pseudonyms. Only who is listed in Persons with an "
        "agreement is shown by name. Keep names out of sentences.",
    ),
    (
        "Days",
        "Year-month-day, as 2022-04-25. Day/month/year is read as well, day first. The last day is "
        "the last on which something held.",
    ),
    (
        "What you do not know",
        "Leave it empty. Empty means not known; it never means nought or no, except where the line "
        "of what to write says so.",
    ),
    (
        "Then",
        "hedgerow fieldbook check FILE lists what cannot be read, and writes a copy with those "
        "cells marked. Mend them in this file, check again, and import it with hedgerow fieldbook "
        "import FILE.",
    ),
)
"""The first sheet: label and text of each line."""


def described(column: ColumnSpec) -> str:
    """Give what to write in a column, whether it is needed, and in what form."""
    parts = [column.says.rstrip(".")]
    if column.kind in ("day", "last day"):
        parts.append("Year-month-day")
    elif column.kind == "yes or no" and "yes" not in column.says.lower():
        parts.append("Yes or no")
    elif column.low is not None and column.high is not None and "0" not in column.says:
        parts.append(f"From {column.low:g} to {column.high:g}")
    if column.unit and column.unit not in " ".join(parts):
        parts.append(f"In {column.unit}")
    if column.is_needed:
        parts.append("Needed")
    return ". ".join(part for part in parts if part)
