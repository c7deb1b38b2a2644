"""Whatever stands in a table, no row is lost, nothing breaks, and each person is counted once."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.fieldbook.attendance.delegates import identity_of
from hedgerow.fieldbook.attendance.grid import GridRow, letters_of, position_of
from hedgerow.fieldbook.attendance.guessing import guess_mapping
from hedgerow.fieldbook.attendance.layout import lay_out
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.marks import read_mark
from hedgerow.fieldbook.attendance.reading import AttendanceReader
from hedgerow.fieldbook.attendance.roles import VOCABULARY, role_of
from hedgerow.fieldbook.attendance.written_days import find_days, read_days
from hedgerow.fieldbook.opening import RawBook, RawSheet
from hedgerow.landscape.checking import checked
from tests.made_up import brambleford

REGISTER = brambleford().landscape()
HUB = "mh:001"
SCHOOLS = [
    "Ash Primary School",
    "Beech Primary",
    "Cedar Primery School",
    "900004",
    "Nowhere",
    "",
    "-",
]
CELLS = st.one_of(
    st.sampled_from(
        [
            *SCHOOLS,
            "School",
            "Delegate",
            "Role",
            "Course",
            "Date",
            "Number of delegates",
            "Session 1",
            "Attended",
            "Sessions attended",
            "URN",
            "Total",
            "Course: Fluency",
            "Wren Thistle",
            "Maths lead",
            "TA",
            "12/10/2021",
            "12 & 19 Oct 2021",
            "Autumn 2021",
            "✓",
            "x",
            "no",
            "2 of 3",
            "3",
            "0",
            "999",
            "2021-10-12 00:00:00",
            "#REF!",
            "Fluency",
            "a;b\nc",
        ]
    ),
    st.text(max_size=12),
    st.none(),
)
RANGES = st.lists(
    st.builds(
        lambda left, top, width, height: (
            f"{letters_of(left)}{top}:{letters_of(left + width)}{top + height}"
        ),
        st.integers(0, 7),
        st.integers(1, 12),
        st.integers(0, 400),
        st.integers(0, 100_000),
    ),
    max_size=3,
)


@st.composite
def sheets(draw: st.DrawFn) -> RawSheet:
    width, height = draw(st.integers(1, 7)), draw(st.integers(1, 12))
    row = st.lists(CELLS, min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=height, max_size=height))
    schema = {str(at): pl.String for at in range(width)}
    return RawSheet(
        name=draw(st.sampled_from(["Sheet1", "Fluency", "Autumn 2021"])),
        file="any.xlsx",
        cells=pl.DataFrame(rows, schema=schema, orient="row"),
        merged=tuple(draw(RANGES)),
        errors=((0, 0, "#REF!"),) if draw(st.booleans()) else (),
    )


HEADINGS = st.sampled_from(
    ["School", "Delegate", "Role", "Course", "Date", "Number of delegates", "Session 1", "column A"]
)
FIELDS = st.sampled_from(
    [
        "school",
        "urn",
        "course",
        "date",
        "start",
        "end",
        "role",
        "delegate",
        "staff",
        "attended",
        "sessions_attended",
        "first_name",
        "surname",
        "provider",
        "town",
        "postcode",
    ]
)
MAPPINGS = st.builds(
    AttendanceMapping,
    columns=st.dictionaries(FIELDS, st.tuples(HEADINGS), max_size=6),
    sessions=st.sampled_from([None, (), ("Session 1",)]),
    course_from=st.sampled_from(["column", "section", "sheet", "title", "text"]),
    course=st.sampled_from(["", "Fluency"]),
    dates_are=st.sampled_from(["runs", "sessions"]),
    fill_down=st.sampled_from([(), ("course", "date")]),
    several_schools=st.booleans(),
    start=st.sampled_from([None, date(2021, 9, 1)]),
)


def book(sheet: RawSheet) -> RawBook:
    from pathlib import Path

    return RawBook(path=Path("any.xlsx"), sheets=(sheet,), sha256="0", form="workbook")


@given(sheets(), st.one_of(st.none(), MAPPINGS))
def test_every_row_of_any_table_is_accounted_for(sheet, mapping):
    if mapping is None:
        mapping = guess_mapping([lay_out(sheet)]).mapping
    result = AttendanceReader(REGISTER, mapping, provider=HUB).read(book(sheet), name="any")
    aside = result.evidence.set_aside
    assert result.used + result.absent + result.repeated + aside.height == result.rows
    assert min(result.used, result.absent, result.repeated) >= 0
    if not sheet.cells.is_empty():
        assert sum(vars(result.counts[sheet.name]).values()) == sheet.cells.height
    checked(result.evidence.tables)
    counted = result.evidence.tables
    if "participation" in counted:
        known = set(counted["activities"]["id"])
        assert set(counted["participation"]["activity"]) <= known


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["Wren Thistle", "Jay Sloe", "thistle, wren", "Mrs Jay Sloe", "Ivy Dock"]),
        st.sampled_from(["Ash Primary School", "Beech Primary School", "Larch Primary School"]),
        st.sampled_from(["Teacher", "TA", "Headteacher"]),
        st.sampled_from(["Fluency", "FLUENCY", "Reasoning"]),
    ),
    min_size=1,
    max_size=25,
)


@given(PEOPLE)
def test_staff_are_as_many_as_different_delegates_of_a_school_in_a_course(people):
    rows = [("Delegate", "School", "Role", "Course", "Date")]
    rows += [(*person, "12/10/2021") for person in people]
    sheet = RawSheet(
        name="any",
        file="any.xlsx",
        cells=pl.DataFrame(rows, schema=[(str(at), pl.String) for at in range(5)], orient="row"),
    )
    mapping = AttendanceMapping(
        columns={
            name: (heading,)
            for name, heading in zip(
                ("delegate", "school", "role", "course", "date"), rows[0], strict=True
            )
        },
        sessions=(),
    )
    result = AttendanceReader(REGISTER, mapping, provider=HUB).read(book(sheet), name="any")
    different = {
        (identity_of(name), school, course.casefold()) for name, school, _, course in people
    }
    assert result.evidence.tables["participation"]["staff"].sum() == len(different)
    assert result.used == len(different)
    assert result.repeated == len(people) - len(different)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_written_numbers_are_added_up(numbers):
    rows = [("School", "No of delegates", "Course", "Date")]
    rows += [("Ash Primary School", str(number), "Fluency", "12/10/2021") for number in numbers]
    rows.append(("Total", str(sum(numbers)), "", ""))
    sheet = RawSheet(
        name="any",
        file="any.xlsx",
        cells=pl.DataFrame(rows, schema=[(str(at), pl.String) for at in range(4)], orient="row"),
    )
    mapping = guess_mapping([lay_out(sheet)]).mapping
    result = AttendanceReader(REGISTER, mapping, provider=HUB).read(book(sheet), name="any")
    assert result.evidence.tables["participation"]["staff"].to_list() == [sum(numbers)]


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text):
    assert role_of(text) in (None, *VOCABULARY)
    assert read_mark(text) in (True, False, None)
    for read in (read_days(text), find_days(text)[0]):
        assert list(read.days) == sorted(set(read.days))
        assert read.last is None or read.last >= read.days[0]
    identity_of(text)


DAYS = st.dates(date(2005, 1, 1), date(2049, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True))
def test_days_in_a_cell_are_read_as_written(days):
    days = sorted(days)
    for form in ("%d/%m/%Y", "%-d %B %Y", "%d.%m.%y"):
        for between in (", ", "; ", "\n"):
            assert read_days(between.join(f"{day:{form}}" for day in days)).days == tuple(days)


@given(DAYS, DAYS)
def test_a_range_is_read_from_first_to_last(one, other):
    first, last = sorted((one, other))
    read = read_days(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}")
    assert (read.days, read.last) == ((first,), last)


@given(st.integers(0, 20_000))
def test_letters_of_columns(position):
    assert position_of(letters_of(position)) == position


def test_a_range_merged_across_a_row_is_one_text():
    row = GridRow(3, ("Fluency", "Fluency", "Fluency", "x"), {1: 3, 2: 3})
    assert row.texts == ["Fluency", "x"]
