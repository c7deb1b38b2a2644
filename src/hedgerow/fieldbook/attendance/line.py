"""One row of an attendance file as read: what it says, before anything is matched or counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from hedgerow.fieldbook.attendance.telling import Place
from hedgerow.fieldbook.attendance.written_days import WrittenDays
from hedgerow.fieldbook.folding import written_postcode

NOTHING_SAID = WrittenDays()


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What the columns of sessions say of one row.

    Attributes
    ----------
    held : tuple of datetime.date
        Days of the sessions, where the headings tell them.
    columns : tuple of str
        The columns, folded headings, so that sessions can be counted.
    attended : tuple of bool or None
        For each column; None where a mark cannot be read.
    """

    held: tuple[date, ...] = ()
    columns: tuple[str, ...] = ()
    attended: tuple[bool | None, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as read; the names of delegates are held here and nowhere after.

    Attributes
    ----------
    place : Place
    school, urn, postcode, town, course, provider, role : str
        As written; empty text where nothing is.
    days : WrittenDays
        Of the row itself, or of what stands above it.
    is_own_day : bool
        Whether the row itself bears its days.
    delegates : tuple of str
    staff : int or None
        Number written in the row; None where there is none.
    has_staff : bool
        Whether the table has a column of numbers.
    is_part_of_number : bool
        Whether its number stands merged over several rows, of which it is not the first.
    came : bool or None
        Whether somebody came; None where nothing says so.
    sessions : float or None
        Sessions attended, as written or counted.
    held : int or None
        Out of how many, where written.
    marks : Marks
    reason : str
        Why it cannot be used; empty where it can.
    """

    place: Place
    school: str = ""
    urn: str = ""
    postcode: str = ""
    town: str = ""
    course: str = ""
    provider: str = ""
    role: str = ""
    days: WrittenDays = NOTHING_SAID
    is_own_day: bool = False
    delegates: tuple[str, ...] = ()
    staff: int | None = None
    has_staff: bool = False
    is_part_of_number: bool = False
    came: bool | None = None
    sessions: float | None = None
    held: int | None = None
    marks: Marks = field(default_factory=Marks)
    reason: str = ""


def postcode_of(line: Line) -> str | None:
    """Give a row's postcode as it is written: of its own column, or at the end of the name."""
    return written_postcode(line.postcode) or written_postcode(
        " ".join(re.split(r"[,\s]+", line.school)[-2:])
    )
