"""The same attendance written in many shapes is counted the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.fieldbook.attendance.guessing import guess_mapping
from hedgerow.fieldbook.attendance.layout import lay_out
from hedgerow.fieldbook.attendance.reading import AttendanceReader
from hedgerow.fieldbook.opening import RawBook, RawSheet
from tests.made_up import brambleford

REGISTER = brambleford().landscape()
SCHOOLS = {
    "Ash Primary School": "urn:900001",
    "Beech Primary School": "urn:900002",
    "Larch Primary School": "urn:900011",
}
ROLES = {
    "Class teacher": "class teacher",
    "TA": "teaching assistant",
    "Maths co-ordinator": "maths lead",
    "Head": "headteacher",
}
COURSES = {"Number sense": date(2021, 10, 12), "Reasoning work group": date(2022, 1, 18)}
FORMS = ("%d/%m/%Y", "%-d %B %Y", "%Y-%m-%d 00:00:00", "%d.%m.%y", "%a %-d %b %Y")


@dataclass(frozen=True)
class Came:
    course: str
    school: str
    role: str
    name: str


NAMES = ("Wren Thistle", "Jay Sloe", "Bryony Teasel", "Linnet Yarrow", "Fern Burdock")
TRUTH = st.lists(
    st.builds(
        Came,
        st.sampled_from(sorted(COURSES)),
        st.sampled_from(sorted(SCHOOLS)),
        st.sampled_from(sorted(ROLES)),
        st.sampled_from(NAMES),
    ),
    min_size=2,
    max_size=14,
    unique_by=lambda one: (one.course, one.school, one.name),
)


def counted(truth: list[Came]) -> Counter[tuple[str, str, str]]:
    return Counter((one.course, SCHOOLS[one.school], ROLES[one.role]) for one in truth)


def sheet_of(name: str, rows: list[list[str | None]]) -> RawSheet:
    width = max(map(len, rows))
    level = [[*row, *[None] * (width - len(row))] for row in rows]
    schema = {str(at): pl.String for at in range(width)}
    return RawSheet(
        name=name, file="any.xlsx", cells=pl.DataFrame(level, schema=schema, orient="row")
    )


def one_table(truth: list[Came], form: str) -> list[RawSheet]:
    rows: list[list[str | None]] = [["Role", "Course", "Course date", "Delegate", "School"]]
    rows += [
        [one.role, one.course, f"{COURSES[one.course]:{form}}", one.name, one.school]
        for one in truth
    ]
    return [sheet_of("Sheet1", rows)]


def sections(truth: list[Came], form: str) -> list[RawSheet]:
    rows: list[list[str | None]] = [["Hub attendance"], [], ["School name", "Name", "Job title"]]
    for course in sorted({one.course for one in truth}):
        rows += [[], [f"{course} - {COURSES[course]:%d/%m/%Y}"]]
        rows += [[one.school, one.name, one.role] for one in truth if one.course == course]
        rows.append(["Total", str(len(truth))])
    return [sheet_of("Sheet1", rows)]


def sheets(truth: list[Came], form: str) -> list[RawSheet]:
    return [
        sheet_of(
            course,
            [
                ["Date:", f"{COURSES[course]:{form}}"],
                [],
                ["Surname", "First name", "School", "Role"],
                *(
                    [one.name.split()[1], one.name.split()[0], one.school, one.role]
                    for one in truth
                    if one.course == course
                ),
            ],
        )
        for course in sorted({one.course for one in truth})
    ]


def numbers(truth: list[Came], form: str) -> list[RawSheet]:
    rows: list[list[str | None]] = [
        ["Programme", "Start date", "School", "Role", "Number of delegates"]
    ]
    several = Counter((one.course, one.school, one.role) for one in truth)
    rows += [
        [course, f"{COURSES[course]:{form}}", school, role, str(number)]
        for (course, school, role), number in several.items()
    ]
    rows.append(["Grand total", None, None, None, str(len(truth))])
    return [sheet_of("Sheet1", rows)]


def ticks(truth: list[Came], form: str) -> list[RawSheet]:
    """Courses as sections over columns of sessions; one more delegate who never came."""
    rows: list[list[str | None]] = []
    for course in sorted({one.course for one in truth}):
        rows += [[course], ["School", "Delegate", "Role", f"{COURSES[course]:{form}}", "Session 2"]]
        rows += [
            [one.school, one.name, one.role, "✓", None] for one in truth if one.course == course
        ]
        rows += [["Ash Primary School", "Sorrel Vetch", "TA", None, None], []]
    return [sheet_of("Sheet1", rows)]


@given(
    TRUTH, st.sampled_from([one_table, sections, sheets, numbers, ticks]), st.sampled_from(FORMS)
)
def test_the_same_attendance_is_counted_the_same(truth, shape, form):
    raw = RawBook(
        path=Path("any.xlsx"), sheets=tuple(shape(truth, form)), sha256="0", form="workbook"
    )
    mapping = guess_mapping([lay_out(sheet) for sheet in raw.sheets]).mapping
    result = AttendanceReader(REGISTER, mapping, provider="mh:001").read(raw, name="any")
    assert result.set_aside == {}
    tables = result.evidence.tables
    titles = dict(tables["activities"].select("id", "name").iter_rows())
    columns = ("activity", "school", "role", "staff")
    told = {
        (titles[activity], school, role): staff
        for activity, school, role, staff in tables["participation"].select(columns).iter_rows()
    }
    assert told == counted(truth)
    starts = dict(tables["activities"].select("name", "start").iter_rows())
    assert starts == {one.course: COURSES[one.course] for one in truth}
