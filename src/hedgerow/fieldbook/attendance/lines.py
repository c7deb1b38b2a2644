"""Each row of an attendance file read: school, course, days, role, who or how many, who came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hedgerow.fieldbook.attendance.delegates import delegates_in
from hedgerow.fieldbook.attendance.layout import SheetLayout
from hedgerow.fieldbook.attendance.line import Line
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.row_days import RowDays, first_days
from hedgerow.fieldbook.attendance.rows import (
    RowCounts,
    Under,
    labelled,
    rows_of_sheet,
    titles_of,
)
from hedgerow.fieldbook.attendance.telling import Place, shown, tell
from hedgerow.fieldbook.attendance.who_came import WhoCame
from hedgerow.fieldbook.attendance.written_days import (
    WrittenDays,
    find_days,
)
from hedgerow.fieldbook.cells import UNKNOWN
from hedgerow.landscape.faults import Faults


def read_lines(
    layouts: Sequence[SheetLayout],
    counts: Mapping[str, RowCounts],
    mapping: AttendanceMapping,
    file: str,
    faults: Faults,
) -> list[Line]:
    """Read the rows of one file.

    Parameters
    ----------
    layouts : sequence of SheetLayout
    counts : mapping of str to RowCounts
        By sheet; they are told of every row.
    mapping : AttendanceMapping
    file : str
        The file's name, for messages and as the last place to look for a term or a year.
    faults : Faults
    """
    days, came = RowDays(mapping, file, faults), WhoCame(mapping, faults, layouts)
    reader = _LineReader(mapping, days, came, faults)
    return [line for layout in layouts for line in reader.of_sheet(layout, counts[layout.name])]


class _LineReader:
    def __init__(
        self, mapping: AttendanceMapping, days: RowDays, came: WhoCame, faults: Faults
    ) -> None:
        self._mapping, self._days, self._came, self._faults = mapping, days, came, faults
        self._told: set[str | None] = set()

    def of_sheet(self, layout: SheetLayout, counts: RowCounts) -> Iterator[Line]:
        above, plain = labelled(titles_of(layout))
        around = self._days.around(layout, above, plain)
        last: dict[str, str] = {}
        for under in rows_of_sheet(layout, self._mapping, counts):
            place = Place(file=layout.file, sheet=layout.name, row=under.row.number)
            yield self._line(under, place, layout, above, plain, around, last)

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
        days, is_own = self._days.of_row(cells, under, place, around)
        marks = self._came.marks(under, place, around if not days.days else days)
        if marks.held and not is_own:
            days = WrittenDays(tuple(sorted(set(marks.held))), note="")
        if days.is_period and not is_own:
            self._days.tell_period(layout, days)
        staff, has_staff = self._came.staff(cells, under, place)
        came, sessions, held = self._came.came(cells, under, place, marks)
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
            days = first_days(section.get("date", ""), section.get("start", ""))
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
        if place.sheet in self._told:
            return
        self._told.add(place.sheet)
        tell(
            self._faults,
            replace(place, row=None),
            "sheet without a column of schools",
            found="headings of which none is that of a school in the mapping",
            expected="the heading over the schools, as the mapping has it",
            advice="Add its heading to the mapping, or the sheet's name to skip.",
            consequence="set aside",
        )


def _known(text: str) -> str:
    return (
        "" if text.strip().casefold() in UNKNOWN - {"-", "–", "—"} else text.strip(" \t\n–—") or ""
    )
