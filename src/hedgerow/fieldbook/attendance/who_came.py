"""Who came: marks under sessions, numbers of delegates, and columns that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hedgerow.fieldbook.attendance.heading_words import is_session
from hedgerow.fieldbook.attendance.layout import SheetLayout
from hedgerow.fieldbook.attendance.line import Marks
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.marks import cross_means, read_mark, read_sessions, read_staff
from hedgerow.fieldbook.attendance.rows import (
    Under,
    positions_in,
)
from hedgerow.fieldbook.attendance.telling import Place, shown, tell
from hedgerow.fieldbook.attendance.written_days import (
    WrittenDays,
    find_days,
    with_year,
)
from hedgerow.fieldbook.folding import fold
from hedgerow.landscape.faults import Faults


class WhoCame:
    """Reads from rows how many came, and to how many sessions.

    Parameters
    ----------
    mapping : AttendanceMapping
    faults : Faults
    layouts : sequence of SheetLayout
        All that will be read: what a cross means is settled by all crosses together.
    """

    def __init__(
        self, mapping: AttendanceMapping, faults: Faults, layouts: Sequence[SheetLayout]
    ) -> None:
        self._mapping, self._faults = mapping, faults
        self._cross = cross_means(
            row.cells[at]
            for layout in layouts
            for block in layout.blocks
            for at in self._session_columns(block.headings)
            for row in block.rows
        )
        self._cross_in_column = cross_means(
            row.cells[at]
            for layout in layouts
            for block in layout.blocks
            if (at := positions_in(block, self._mapping).get("attended")) is not None
            for row in block.rows
        )

    def _session_columns(self, headings: Sequence[str]) -> list[int]:
        wanted = self._mapping.sessions
        taken = {fold(one) for written in self._mapping.columns.values() for one in written}
        if wanted is not None:
            named = {fold(one) for one in wanted}
            return [at for at, heading in enumerate(headings) if fold(heading) in named]
        return [
            at
            for at, heading in enumerate(headings)
            if fold(heading) not in taken and is_session(heading)
        ]

    def marks(self, under: Under, place: Place, around: WrittenDays) -> Marks:
        """Give what stands under the columns of sessions."""
        held: list[date] = []
        columns: list[str] = []
        attended: list[bool | None] = []
        for at in self._session_columns(under.block.headings):
            heading = under.block.headings[at]
            found = find_days(heading)[0]
            if not found.days:
                found = with_year(re.sub(r"(?i)session \d+", "", heading), around)
            if found.days and not found.is_period:
                held.append(found.days[0])
            columns.append(fold(heading))
            mark = read_mark(under.row.cells[at], cross=self._cross)
            attended.append(mark)
            if mark is None:
                tell(
                    self._faults,
                    replace(place, column=heading),
                    "no mark of attendance",
                    found=shown(under.row.cells[at]),
                    expected="a tick, yes, no or an empty cell",
                    advice="Whether this delegate came to this session is not known.",
                    consequence="value left out",
                )
        return Marks(held=tuple(held), columns=tuple(columns), attended=tuple(attended))

    def staff(
        self, cells: Mapping[str, str], under: Under, place: Place
    ) -> tuple[int | None, bool]:
        """Give the number of delegates, and whether the table has a column of numbers."""
        text = cells.get("staff", "")
        if not text:
            return None, "staff" in under.positions
        staff = read_staff(text)
        if staff is None:
            tell(
                self._faults,
                replace(place, column=under.heading("staff")),
                "no number of delegates",
                found=shown(text),
                expected="a whole number up to 999",
                advice="The school is kept as taking part, with how many not known.",
                consequence="value left out",
            )
        return staff, True

    def came(
        self, cells: Mapping[str, str], under: Under, place: Place, marks: Marks
    ) -> tuple[bool | None, float | None, int | None]:
        """Say whether somebody came, to how many sessions, and of how many."""
        came: bool | None = None
        sessions: float | None = None
        held: int | None = None
        if marks.columns:
            known = [one for one in marks.attended if one is not None]
            came = any(known) if len(known) == len(marks.attended) or any(known) else None
            sessions = float(sum(known)) if len(known) == len(marks.attended) else None
        if text := cells.get("sessions_attended", ""):
            read = read_sessions(text)
            if read is not None:
                sessions, held = read
                came = sessions > 0
            else:
                tell(
                    self._faults,
                    replace(place, column=under.heading("sessions_attended")),
                    "no number of sessions",
                    found=shown(text),
                    expected="a number such as 3, or 3 of 4",
                    consequence="value left out",
                )
        if text := cells.get("attended", ""):
            mark = read_mark(text, cross=self._cross_in_column)
            if mark is None:
                tell(
                    self._faults,
                    replace(place, column=under.heading("attended")),
                    "neither came nor stayed away",
                    found=shown(text),
                    expected="yes, no, attended, did not attend",
                    advice="Taken as having come, as whoever is on an attendance sheet.",
                )
            elif came is None or not mark:
                came = mark
        return came, sessions, held
