"""Each messy file is read for what a person would read in it, and every row is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hedgerow.fieldbook.attendance.guessing import GuessedMapping, guess_mapping
from hedgerow.fieldbook.attendance.layout import lay_out
from hedgerow.fieldbook.attendance.outcome import AttendanceResult
from hedgerow.fieldbook.attendance.reading import AttendanceReader
from hedgerow.fieldbook.opening import open_raw
from hedgerow.landscape.checking import checked
from hedgerow.landscape.landscape import Landscape
from tests.made_up import brambleford
from tests.unit.attendance import messy

HUB = "mh:001"


@pytest.fixture(scope="module")
def register() -> Landscape:
    return brambleford().landscape()


def guessed(path: Path) -> GuessedMapping:
    return guess_mapping([lay_out(sheet) for sheet in open_raw(path).sheets])


def read(path: Path, register: Landscape) -> AttendanceResult:
    found = guessed(path)
    assert found.doubts == ()
    reader = AttendanceReader(register, found.mapping, provider=HUB)
    return reader.read(open_raw(path), name="last-year", today=date(2022, 9, 1))


def took_part(result: AttendanceResult) -> dict[tuple[str, str, str | None], tuple[object, object]]:
    """Staff and mean sessions by course, school and role."""
    activities = result.evidence.tables["activities"].select(pl.col("id").alias("activity"), "name")
    joined = result.evidence.tables["participation"].join(activities, on="activity")
    columns = ("name", "school", "role", "staff", "sessions_attended")
    return {
        (name, school.removeprefix("urn:9000"), role): (staff, sessions)
        for name, school, role, staff, sessions in joined.select(columns).iter_rows()
    }


def courses(result: AttendanceResult) -> dict[str, tuple[object, ...]]:
    """Sessions, first day and day after the last, by title."""
    columns = ("name", "sessions", "start", "end")
    return {
        row[0]: row[1:] for row in result.evidence.tables["activities"].select(columns).iter_rows()
    }


def test_merged_cells_two_rows_of_headings_and_sections(tmp_path, register):
    result = read(messy.merged_and_sections(tmp_path), register)
    assert courses(result) == {"Mastery work group": (3, date(2021, 10, 12), date(2021, 12, 8))}
    assert took_part(result) == {
        ("Mastery work group", "01", "maths lead"): (1, 3.0),
        ("Mastery work group", "01", "teaching assistant"): (1, 1.0),
        ("Mastery work group", "02", "headteacher"): (1, 2.0),
    }
    assert vars(result.counts["Autumn"]) == {
        "titles": 1,
        "headings": 2,
        "sections": 2,
        "totals": 1,
        "blank": 3,
        "data": 6,
    }
    assert result.set_aside == {
        "school not known yet: see the review list": 2,
        "School: no school": 1,
    }
    # two schools that share a head: which of the two is meant, a person must say
    assert [(row.found, row.rows, row.status) for row in result.review] == [
        ("Beech Primary", 1, "taken, please check"),
        ("Cedar & Elder Primary", 2, "to decide"),
    ]
    assert result.review[1].suggestions[0].name == "Cedar Primary School"


def test_a_delegate_who_stands_twice_is_counted_once(tmp_path, register):
    path = messy.merged_and_sections(tmp_path)
    mapping = guessed(path).mapping.with_aliases("schools", {"cedar and elder primary": "900003"})
    result = AttendanceReader(register, mapping, provider=HUB).read(open_raw(path), name="x")
    assert took_part(result)["Subject knowledge for assistants", "03", "teaching assistant"] == (
        1,
        2.0,
    )
    assert (result.rows, result.used, result.repeated) == (6, 4, 1)
    (fault,) = [
        one for one in result.evidence.faults if one.kind == "same delegate twice in a course"
    ]
    assert (fault.sheet, fault.row, fault.consequence) == ("Autumn", 14, "noted")
    assert "row 13" in fault.found


def test_semicolons_and_days_in_many_forms(tmp_path, register):
    result = read(messy.semicolons(tmp_path), register)
    # six spellings of one day and two of one title make one course
    assert courses(result) == {"Café maths": (None, date(2021, 10, 12), date(2021, 10, 13))}
    assert {role for _, _, role in took_part(result)} == {
        "class teacher",
        "early career teacher",
        "subject lead",
        "senior leader",
        None,
    }
    assert result.roles_unknown == 1
    assert result.set_aside == {"no day can be read": 1}
    (fault,) = [one for one in result.evidence.faults if one.kind == "no day"]
    assert (fault.row, fault.column, fault.consequence) == (8, "Date", "set aside")
    assert "Tuesday" not in str(fault)


def test_a_sheet_a_course(tmp_path, register):
    result = read(messy.sheet_a_course(tmp_path), register)
    assert courses(result) == {
        "Number sense": (2, date(2021, 10, 12), date(2021, 10, 20)),
        # a term stands for its days, and that is told
        "Reasoning": (None, date(2022, 1, 1), date(2022, 4, 1)),
    }
    assert "no day but a period" in {fault.kind for fault in result.evidence.faults}
    assert result.used == result.rows == 3


def test_numbers_of_staff(tmp_path, register):
    result = read(messy.numbers_of_staff(tmp_path), register)
    assert took_part(result) == {
        ("Work group", "01", None): (3, None),
        ("Work group", "02", None): (None, None),  # empty: they took part, how many is not known
        ("Work group", "03", None): (0, None),  # a nought that is known
        ("Work group", "04", None): (None, None),
    }
    assert courses(result) == {"Work group": (None, date(2021, 10, 5), date(2022, 3, 9))}
    assert result.set_aside == {"it ends before it begins": 1}
    assert result.counts["Sheet"].totals == 1


def test_headings_again_before_each_section(tmp_path, register):
    result = read(messy.headings_again(tmp_path), register)
    assert courses(result) == {
        "Fluency": (None, date(2021, 10, 12), date(2021, 10, 13)),
        "Problem solving": (None, date(2021, 10, 19), date(2021, 10, 20)),
        "Place value": (None, date(2021, 10, 26), date(2021, 10, 27)),
    }
    assert took_part(result)["Place value", "04", "class teacher"] == (1, None)
    assert (result.rows, result.used) == (4, 4)


def test_a_row_a_session(tmp_path, register):
    result = read(messy.a_row_a_session(tmp_path), register)
    assert courses(result) == {"Fluency": (3, date(2021, 10, 5), date(2021, 12, 8))}
    assert took_part(result) == {
        ("Fluency", "01", None): (1, 3.0),
        ("Fluency", "02", None): (1, 2.0),
    }
    assert (result.used, result.absent) == (5, 1)


def test_misspelt_schools(tmp_path, register):
    result = read(messy.misspelt(tmp_path), register)
    assert {school for _, school, _ in took_part(result)} == {"01", "02", "07"}
    listed = {row.found: (row.status, row.why) for row in result.review}
    assert listed["Ash Primary School | 900002"] == ("to decide", "URN and name disagree")
    assert listed["Cedar Primary School | 987654"] == (
        "to decide",
        "the register has no school of that URN",
    )
    assert listed["Beech Primery School"][0] == "taken, please check"
    assert listed["The Big School"][0] == "to decide"
    assert result.schools == {"likeness": 2, "urn": 1}
    assert result.evidence.set_aside["row"].to_list() == [4, 5, 6, 7]


def test_several_schools_in_a_cell(tmp_path, register):
    result = read(messy.schools_in_a_cell(tmp_path), register)
    assert set(took_part(result).items()) == {
        (("Launch", "01", None), (None, None)),
        (("Launch", "02", None), (None, None)),
        (("Follow-up", "01", None), (None, None)),
        (("Follow-up", "03", None), (None, None)),
    }
    assert [row.found for row in result.review] == ["Nowhere"]


def test_crosses_beside_ticks_mean_absent(tmp_path, register):
    result = read(messy.crosses(tmp_path), register)
    assert took_part(result) == {
        ("Fluency", "01", None): (1, 1.0),
        ("Fluency", "03", None): (1, 2.0),
    }
    assert result.absent == 1


def test_open_document(tmp_path, register):
    result = read(messy.open_document(tmp_path), register)
    assert courses(result) == {"Fluency": (None, date(2021, 9, 1), date(2022, 1, 1))}
    assert len(took_part(result)) == 2


@pytest.mark.parametrize("write", messy.ALL)
def test_no_row_is_lost(write: Callable[[Path], Path], tmp_path, register):
    path = write(tmp_path)
    result = read(path, register)
    aside = result.evidence.set_aside
    assert result.used + result.absent + result.repeated + aside.height == result.rows
    for sheet in open_raw(path).sheets:
        assert sum(vars(result.counts[sheet.name]).values()) == sheet.cells.height
    checked(result.evidence.tables)
    for where in aside.select("sheet", "row").iter_rows():
        assert all(where)


@pytest.mark.parametrize("write", messy.ALL)
def test_no_name_is_kept(write: Callable[[Path], Path], tmp_path, register):
    result = read(write(tmp_path), register)
    kept = [
        *(table.write_json() for table in result.evidence.tables.values()),
        result.evidence.set_aside.write_json(),
        result.evidence.faults.table().write_json(),
        str([row.to_json() for row in result.review]),
        str(result.evidence.sources),
    ]
    for name in messy.DELEGATES:
        for part in name.split():
            assert part not in "".join(kept), part


@pytest.mark.parametrize("write", messy.ALL)
def test_reading_again_gives_the_same(write: Callable[[Path], Path], tmp_path, register):
    first, again = (read(write(tmp_path), register).evidence.tables for _ in range(2))
    assert first.keys() == again.keys()
    for name, table in first.items():
        assert table.equals(again[name])


def test_a_lone_name_is_no_title_and_what_follows_it_goes_to_no_course(tmp_path, register):
    """It may be a delegate or the next course: nothing is given to the course before."""
    lines = [
        "Name,School,Date",
        "Fluency work group,,",
        "Wren Thistle,Ash Primary School,12/10/2021",
        ",,",
        "Jay Sloe,,",
        "Fern Burdock,Beech Primary School,12/10/2021",
    ]
    path = tmp_path / "lone.csv"
    path.write_text("\n".join(lines), "utf-8")
    result = read(path, register)
    assert took_part(result) == {("Fluency work group", "01", None): (1, None)}
    assert result.set_aside == {"School: no school": 1, "no course": 1}


def test_a_line_that_no_row_follows_is_set_aside_and_not_lost(tmp_path, register):
    lines = [
        "School,Name,Date",
        "Fluency work group,,",
        "Ash Primary School,Wren Thistle,12/10/2021",
        ",,",
        "Reasoning work group,,",
    ]
    path = tmp_path / "foot.csv"
    path.write_text("\n".join(lines), "utf-8")
    result = read(path, register)
    assert result.set_aside == {"no table: there are no headings above it": 1}
    assert result.evidence.set_aside["row"].to_list() == [5]
