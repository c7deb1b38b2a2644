"""Each row of an attendance file read: school, course, days, role, who or how many, who came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hedgerow.fieldbook.attendance.delegates import delegates_in
from hedgerow.fieldbook.attendance.heading_words import is_session
from hedgerow.fieldbook.attendance.layout import SheetLayout
from hedgerow.fieldbook.attendance.line import NOTHING_SAID, Line, Marks
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.marks import cross_means, read_mark, read_sessions, read_staff
from hedgerow.fieldbook.attendance.rows import (
    RowCounts,
    Under,
    labelled,
    positions_in,
    rows_of_sheet,
    titles_of,
)
from hedgerow.fieldbook.attendance.telling import Place, shown, tell
from hedgerow.fieldbook.attendance.written_days import (
    WrittenDays,
    find_days,
    read_days,
    with_year,
)
from hedgerow.fieldbook.cells import UNKNOWN
from hedgerow.fieldbook.folding import fold
from hedgerow.landscape.faults import Faults


class LineReader:
    """Reads the rows of one file.

    Parameters
    ----------
    mapping : AttendanceMapping
    file : str
        The file's name, for messages and as the last place to look for a term or a year.
    faults : Faults
    """

    def __init__(self, mapping: AttendanceMapping, file: str, faults: Faults) -> None:
        self._mapping, self._file, self._faults = mapping, file, faults
        self._told: set[object] = set()
        self._cross = self._cross_in_column = "attended"

    def read(self, layouts: Sequence[SheetLayout], counts: Mapping[str, RowCounts]) -> list[Line]:
        """Read all sheets; the counts, by sheet, are told of every row."""
        kept = [layout for layout in layouts if fold(layout.name) not in self._skipped()]
        self._cross = cross_means(
            row.cells[at]
            for layout in kept
            for block in layout.blocks
            for at in self._session_columns(block.headings)
            for row in block.rows
        )
        self._cross_in_column = cross_means(
            row.cells[at]
            for layout in kept
            for block in layout.blocks
            if (at := positions_in(block, self._mapping).get("attended")) is not None
            for row in block.rows
        )
        return [line for layout in kept for line in self._of_sheet(layout, counts[layout.name])]

    def _skipped(self) -> set[str]:
        return {fold(name) for name in self._mapping.skip}

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

    def _of_sheet(self, layout: SheetLayout, counts: RowCounts) -> Iterator[Line]:
        above, plain = labelled(titles_of(layout))
        around = self._days_around(layout, above, plain)
        last: dict[str, str] = {}
        for under in rows_of_sheet(layout, self._mapping, counts):
            place = Place(file=layout.file, sheet=layout.name, row=under.row.number)
            yield self._line(under, place, layout, above, plain, around, last)

    def _tell_period(self, layout: SheetLayout, around: WrittenDays) -> None:
        """Tell once a sheet that a term or a year stands for the days of its rows."""
        if layout.name in self._told:
            return
        self._told.add(layout.name)
        tell(
            self._faults,
            Place(file=layout.file, sheet=layout.name, row=None),
            "no day but a period",
            found="a term or a year above the table, or in a name",
            expected="days such as 12/10/2021",
            advice=f"Where a row bears no day of its own, {around.note}.",
        )

    def _days_around(
        self, layout: SheetLayout, above: Mapping[str, str], plain: Sequence[str]
    ) -> WrittenDays:
        """Give the days that the title, the sheet's name, the mapping or the file's name tells."""
        start = _first_days(above.get("date", ""), above.get("start", ""))
        if start.days:
            end = _first_days(above.get("end", "")).last
            return replace(start, end=end or start.end, is_open=False)
        for text in (*plain, layout.name):
            if (found := find_days(text)[0]).days:
                return found
        if self._mapping.start is not None:
            end = self._mapping.end
            return WrittenDays((self._mapping.start,), end, is_open=end is None)
        return find_days(re.sub(r"[_.]", " ", self._file.rpartition(".")[0]))[0]

    def _line(
        self,
        under: Under,
        place: Place,
        layout: SheetLayout,
        above: Mapping[str, str],
        plain: Sequence[str],
        around: WrittenDays,
        last: dict[str, str],
    ) -> Line:
        cells = {name: _known(under.cell(name)) for name in self._mapping.columns}
        self._fill_down(cells, last)
        errors = self._errors(under, place, layout)
        section, section_lines = labelled(under.title)
        course, around = self._course(
            cells, under, section, section_lines, above, plain, layout, around
        )
        days, is_own = self._days(cells, under, place, around)
        marks = self._marks(under, place, around if not days.days else days)
        if marks.held and not is_own:
            days = WrittenDays(tuple(sorted(set(marks.held))), note="")
        if days.is_period and not is_own:
            self._tell_period(layout, days)
        staff, has_staff = self._staff(cells, under, place)
        came, sessions, held = self._came(cells, under, place, marks)
        name = cells.get("delegate", "")
        parts = [cells.get("first_name", ""), cells.get("surname", "")]
        if any(parts):
            name = " ".join(part for part in parts if part)
        staff_at = under.positions.get("staff")
        reason = self._reason(cells, under, place, errors)
        return Line(
            place=place,
            school=cells.get("school", ""),
            urn=cells.get("urn", ""),
            postcode=cells.get("postcode", ""),
            town=cells.get("town", ""),
            course=course,
            provider=cells.get("provider", "")
            or section.get("provider", above.get("provider", "")),
            role=cells.get("role", ""),
            days=days,
            is_own_day=is_own,
            delegates=tuple(delegates_in(name)) if name else (),
            staff=staff,
            has_staff=has_staff,
            is_part_of_number=staff_at is not None
            and under.row.merged_from.get(staff_at, under.row.number) != under.row.number,
            came=came,
            sessions=sessions,
            held=held,
            marks=marks,
            reason=reason,
        )

    def _fill_down(self, cells: dict[str, str], last: dict[str, str]) -> None:
        for name in self._mapping.fill_down:
            if name in cells:
                cells[name] = last[name] = cells[name] or last.get(name, "")

    def _errors(self, under: Under, place: Place, layout: SheetLayout) -> list[str]:
        """Tell of cells that hold an error, and give their fields."""
        spoilt = []
        for name, at in under.positions.items():
            said = layout.errors.get((under.row.number, at))
            if said is None:
                continue
            spoilt.append(name)
            tell(
                self._faults,
                replace(place, column=under.block.headings[at]),
                "error in a cell",
                found=shown(said) if said.startswith("#") else "a formula without a value",
                expected="a value",
                advice="Mend the formula, or write the value itself.",
                consequence="value left out",
            )
        return spoilt

    def _course(
        self,
        cells: Mapping[str, str],
        under: Under,
        section: Mapping[str, str],
        section_lines: Sequence[str],
        above: Mapping[str, str],
        plain: Sequence[str],
        layout: SheetLayout,
        around: WrittenDays,
    ) -> tuple[str, WrittenDays]:
        """Give the course's title, and the days that stand beside it."""
        source = self._mapping.course_from
        if source == "section":
            days = _first_days(section.get("date", ""), section.get("start", ""))
            titles = []
            for line in [section["course"]] if "course" in section else section_lines:
                found, rest = find_days(line)
                days = days if days.days else found
                if rest:
                    titles.append(rest)
            for line in section_lines:
                days = days if days.days else find_days(line)[0]
            is_top = bool(under.titled_at) and under.titled_at in {
                row.number for row in layout.titles
            }
            title = (titles[-1] if is_top else titles[0]) if titles else ""
            return title, days if days.days else around
        if source == "title":
            text = above.get("course") or (plain[-1] if plain else "")
            found, rest = find_days(text)
            return rest or text, around if around.days else found
        if source == "sheet":
            return above.get("course", layout.name), around
        if source == "text":
            return self._mapping.course, around
        return cells.get("course", ""), around

    def _days(
        self, cells: Mapping[str, str], under: Under, place: Place, around: WrittenDays
    ) -> tuple[WrittenDays, bool]:
        texts = {name: cells.get(name, "") for name in ("date", "start", "end")}
        read: dict[str, WrittenDays] = {}
        for name, text in texts.items():
            if not text:
                continue
            found = with_year(text, around)
            read[name] = found
            where = replace(place, column=under.heading(name))
            if not found.days:
                tell(
                    self._faults,
                    where,
                    "no day",
                    found=shown(text),
                    expected="days such as 12/10/2021, or a term such as Autumn 2021",
                    advice=f"{found.note[:1].upper()}{found.note[1:]}. Write day/month/year.",
                    consequence="set aside",
                )
                return WrittenDays(note="no day can be read"), True
            if found.is_period:
                tell(
                    self._faults,
                    where,
                    "no day but a period",
                    found=shown(text),
                    expected="days such as 12/10/2021",
                    advice=f"{found.note[:1].upper()}{found.note[1:]}.",
                )
        if "end" in read and not read.keys() & {"date", "start"}:
            # a last day alone: the course is known by it
            read["date"] = read.pop("end")
        for name, found in read.items():
            if found.note and not found.is_period:
                self._tell_supposed(replace(place, column=under.heading(name)), found)
        own = read.get("date") or read.get("start")
        if own is None:
            return around, False
        if "start" in read and "date" not in read:
            own = replace(own, is_open="end" not in read and own.last == own.days[0])
        end = read["end"].last if "end" in read else None
        if end is not None and end < own.days[0]:
            tell(
                self._faults,
                replace(place, column=under.heading("end")),
                "ends before it begins",
                found=shown(texts["end"]),
                expected="a last day that is not before the first",
                consequence="set aside",
            )
            return WrittenDays(note="it ends before it begins"), True
        return replace(own, end=end or own.end, is_open=own.is_open and end is None), True

    def _tell_supposed(self, place: Place, found: WrittenDays) -> None:
        """Tell once a column how its days were read."""
        if (place.sheet, place.column) in self._told:
            return
        self._told.add((place.sheet, place.column))
        tell(
            self._faults,
            place,
            "day read with a supposition",
            found="days that can be read in two ways",
            expected="days such as 2021-10-12",
            advice=f"The first such was {found.note}; so were all in this column.",
        )

    def _marks(self, under: Under, place: Place, around: WrittenDays) -> Marks:
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

    def _staff(
        self, cells: Mapping[str, str], under: Under, place: Place
    ) -> tuple[int | None, bool]:
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

    def _came(
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

    def _reason(
        self, cells: Mapping[str, str], under: Under, place: Place, errors: Sequence[str]
    ) -> str:
        has_school = bool(cells.get("school") or cells.get("urn"))
        column = under.heading("school") or under.heading("urn")
        if has_school or not under.positions:
            return "" if under.positions else "no table: there are no headings above it"
        if column is None:
            self._tell_no_schools(place)
            return "no column of schools"
        kind = "error in a cell" if {"school", "urn"} & set(errors) else "no school"
        if not any(under.cell(name) for name in self._mapping.columns):
            kind = "nothing in the columns that are read"
        tell(
            self._faults,
            replace(place, column=column),
            kind,
            found="an empty cell",
            expected="the school's name or URN",
            advice="Write the school into the row, and import the file again.",
            consequence="set aside",
        )
        return f"{column}: {kind}"

    def _tell_no_schools(self, place: Place) -> None:
        """Tell once a sheet that none of its rows can be used."""
        if (place.sheet, "schools") in self._told:
            return
        self._told.add((place.sheet, "schools"))
        tell(
            self._faults,
            replace(place, row=None),
            "sheet without a column of schools",
            found="headings of which none is that of a school in the mapping",
            expected="the heading over the schools, as the mapping has it",
            advice="Add its heading to the mapping, or the sheet's name to skip.",
            consequence="set aside",
        )


def _first_days(*texts: str) -> WrittenDays:
    return next((found for text in texts if (found := read_days(text)).days), NOTHING_SAID)


def _known(text: str) -> str:
    return (
        "" if text.strip().casefold() in UNKNOWN - {"-", "–", "—"} else text.strip(" \t\n–—") or ""
    )
