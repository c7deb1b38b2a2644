"""Rows on the edge: the last day on the first, marks that cannot be read, sessions given twice."""

from __future__ import annotations

from datetime import date

import pytest

from tests.made_up import brambleford
from tests.unit.attendance.test_messy_files import courses, read, took_part


@pytest.fixture(scope="module")
def register():
    return brambleford().landscape()


@pytest.fixture
def result(tmp_path, register):
    def of(text: str):
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        return read(path, register)

    return of


def test_a_course_may_end_on_the_day_on_which_it_begins(result):
    found = result(
        "URN,Course,Start date,End date,Number of staff\n"
        "900001,Fluency,12/10/2021,12/10/2021,2\n"
        "900002,Fluency,12/10/2021,12/10/2021,1\n"
    )
    assert courses(found) == {"Fluency": (None, date(2021, 10, 12), date(2021, 10, 13))}
    assert found.set_aside == {}


def test_a_first_day_alone_leaves_the_end_open(result):
    found = result(
        "URN,Course,Start date,Number of staff\n"
        "900001,Fluency,12/10/2021,2\n900002,Fluency,12/10/2021,1\n"
    )
    assert courses(found) == {"Fluency": (None, date(2021, 10, 12), None)}


def test_who_has_a_mark_that_cannot_be_read_is_not_taken_as_absent(result):
    found = result(
        "URN,Course,Delegate,12/10/2021,19/10/2021\n"
        "900001,Fluency,Wren Moss,Yes,Yes\n"
        "900002,Fluency,Ash Fern,?,No\n"
        "900003,Fluency,Elm Reed,No,No\n"
    )
    assert took_part(found) == {
        ("Fluency", "01", None): (1, 2.0),
        ("Fluency", "02", None): (1, None),
    }
    assert (found.used, found.absent) == (2, 1)


def test_of_a_delegate_who_stands_twice_the_more_sessions_count(result):
    found = result(
        "URN,Course,Date,Delegate,Sessions attended\n"
        "900001,Fluency,12/10/2021,Wren Moss,3\n"
        "900001,Fluency,12/10/2021,Wren Moss,2\n"
    )
    assert took_part(found) == {("Fluency", "01", None): (1, 3.0)}
    assert found.repeated == 1
