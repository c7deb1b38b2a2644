"""Worked cases: a row as a person writes it, and what it says in the tables, reckoned by hand."""

from __future__ import annotations

import hashlib
from datetime import date
from math import log

import pytest

from hedgerow.fieldbook.days import read_day
from hedgerow.fieldbook.identities import number_spells, row_id
from hedgerow.fieldbook.matching import candidate_frame, suggest
from hedgerow.landscape.tables import TABLES
from tests.unit.fieldbook.filling_in import csv_sheet, read


def test_a_role_from_its_row(tmp_path):
    """The last day is the last on which it was held: the table keeps the day after it."""
    path = csv_sheet(
        tmp_path / "roles-and-seats.csv",
        [
            ["Person", "Organisation", "Role", "First day", "Last day", "Days a week"],
            ["person:00000000000000aa", "urn:900001", "head", "2018-09-01", "2021-08-31", "4.5"],
        ],
    )
    row = read(path).tables["roles"].row(0, named=True)
    assert row["end"] == date(2021, 9, 1)
    assert (row["is_seat"], row["days_a_week"]) == (False, 4.5)
    # the identifier is the hash of who, where, what, whether a seat, and since when
    said = '["roles", "person:00000000000000aa", "urn:900001", "head", false, "2018-09-01"]'
    assert row["id"] == f"role:{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def test_empty_cells_are_unknown_except_where_the_sheet_says_otherwise(tmp_path):
    path = csv_sheet(
        tmp_path / "adoptions.csv",
        [
            ["School", "Practice, tool or routine", "Which of the three", "In use", "First day"],
            ["urn:900001", "lesson study", "practice", "", ""],
            ["urn:900002", "lesson study", "practice", "no", ""],
        ],
    )
    rows = read(path).tables["adoptions"].select("school", "is_used", "start", "number").rows()
    assert rows == [("urn:900001", True, None, 0), ("urn:900002", False, None, 0)]


def test_spells_are_numbered_by_their_first_days():
    spells = [
        {"from_id": "a", "to_id": "b", "kind": "visits", "number": None, "start": start}
        for start in (date(2021, 9, 1), None, date(2019, 9, 1))
    ]
    number_spells("ties", spells)
    assert [spell["number"] for spell in spells] == [2, 0, 1]


def test_a_row_that_says_something_else_gets_another_identifier():
    row = dict.fromkeys(TABLES["meetings"].column_names())
    first = row | {"forum": "Heads", "date": date(2022, 2, 10), "purpose": "priorities"}
    taken = {row_id("meetings", first, {}): first}
    assert row_id("meetings", first, taken) in taken
    assert row_id("meetings", first | {"purpose": "review"}, taken) not in taken


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/04/2022", date(2022, 4, 3)),  # the third of April: day first
        ("13/04/2022", date(2022, 4, 13)),
        ("04/13/2022", None),  # month first is not guessed
        ("1.9.98", date(1998, 9, 1)),  # 50 to 99 are the last century
        ("1/9/22", date(2022, 9, 1)),
        ("44654", date(2022, 4, 3)),  # 30 December 1899 and 44,654 days
        ("29 February 2023", None),
        ("29 February 2024", date(2024, 2, 29)),
        ("Sept 2022", None),
        ("7th of Sept, 2022", date(2022, 9, 7)),
    ],
)
def test_days(written, day):
    assert read_day(written).day == day


def test_the_likeness_of_two_names():
    """ "Thorn Rd" beside "Thorn Road" and "Ash Lane".

    Weights: each word stands in one of two names, so ln(1 + 2/1) = ln 3. "thorn" is found whole.
    "rd" has the triples " rd", "rd "; "road" has " ro", "roa", "oad", "ad ": none shared, so it is
    like nothing and weighs ln 3 as well. Score: 2 x ln 3 / (2 ln 3 + 2 ln 3) = 1/2.
    """
    candidates = candidate_frame(
        [("urn:1", "Thorn Road", None, None), ("urn:2", "Ash Lane", None, None)]
    )
    found = suggest("Thorn Rd", candidates=candidates)
    assert [(one.id, one.score) for one in found] == [("urn:1", pytest.approx(0.5))]
    # "thorn" has five triples, "thorne" six, and they share four: they are alike by 8/11
    alike = 2 * (8 / 11 * log(3) + log(3)) / (4 * log(3))
    found = suggest("Thorne Road", candidates=candidates)
    assert found[0].score == pytest.approx(alike, abs=5e-4)
