"""Workbooks filled in badly on purpose: each fault is told with its place, and nothing else falls.

Each of them is a way in which such workbooks come back from the people who fill them in.
"""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.made_up import brambleford
from tests.unit.fieldbook.filling_in import csv_sheet, filled, read, told


@pytest.fixture(scope="module")
def register():
    place = brambleford()
    place.school(900015, "Ash Primary School", authority="la:002", postcode="ZZ8 8AA")
    return place.landscape()


def advice(evidence, kind):
    return next(fault.advice for fault in evidence.faults if fault.kind == kind)


def test_names_that_are_nearly_right_are_never_matched(tmp_path, register):
    sheets = {
        "Participation": [
            {"School": "Beech Primry Scool", "Activity": "Talk", "First day": "2021-10-01"},
            {"School": "Ash Primary School", "Activity": "Talk", "First day": "2021-10-01"},
            {"School": "Cedar Primary School", "Activity": "Talk", "First day": "2021-10-01"},
            {"School": "Thorn Trust", "Activity": "Talk", "First day": "2021-10-01"},
            {"School": "Cedar Primary", "Activity": "Tlak", "First day": "2021-10-01"},
        ],
        "Activities": [{"Title": "Talk", "Provider": "Hawthorn Maths Hub"}],
    }
    found = read(filled(tmp_path / "names.xlsx", sheets), register)
    assert told(found) == [
        ("Participation", 4, "School", "an organisation that is not known", "set aside"),
        ("Participation", 5, "School", "several of that name", "set aside"),
        ("Participation", 7, "School", "a school that is not known", "set aside"),
        ("Participation", 8, "School", "an organisation that is not known", "set aside"),
        ("Participation", 8, "Activity", "an activity that is not known", "set aside"),
    ]
    assert "Beech Primary School, Brambleford (urn:900002)" in advice(
        found, "an organisation that is not known"
    )
    several = advice(found, "several of that name")
    assert "Ash Primary School, Brambleford, ZZ1 1AA (urn:900001)" in several
    assert "Ash Primary School, Sloe Vale, ZZ8 8AA (urn:900015)" in several
    assert found.tables["participation"]["school"].to_list() == ["urn:900003"]
    assert found.set_aside["row"].to_list() == [4, 5, 7, 8]


def test_a_suggestion_can_be_pasted_as_it_stands(tmp_path, register):
    schools = [
        "Ash Primary School, Sloe Vale, ZZ8 8AA (urn:900015)",
        "900002",
        "URN 900003",
        "urn:900004",
        "  elder   PRIMARY school ",
    ]
    rows = [{"School": one, "Activity": "Talk", "First day": "2021-10-01"} for one in schools]
    sheets = {
        "Participation": rows,
        "Activities": [{"Title": "Talk", "Provider": "uid 90001"}],
    }
    found = read(filled(tmp_path / "pasted.xlsx", sheets), register)
    assert told(found) == []
    assert sorted(found.tables["participation"]["school"]) == [
        f"urn:{urn}" for urn in (900002, 900003, 900004, 900005, 900015)
    ]


def test_days_in_every_fashion(tmp_path, register):
    days = {
        "2022-04-03": (date(2022, 4, 3), None),
        date(2022, 4, 3): (date(2022, 4, 3), None),
        "3 April 2022": (date(2022, 4, 3), None),
        "Mon 3rd Apr 2022": (date(2022, 4, 3), None),
        "25/04/2022": (date(2022, 4, 25), None),
        "03/04/2022": (date(2022, 4, 3), "day read with a supposition"),
        "3.4.22": (date(2022, 4, 3), "day read with a supposition"),
        44654: (date(2022, 4, 3), "day read with a supposition"),
        "04/25/2022": (None, "no day"),
        "31/02/2022": (None, "no day"),
        "April 2022": (None, "no day"),
        "2021/22": (None, "no day"),
        "last spring": (None, "no day"),
        "not known": (None, "words for unknown"),
    }
    rows = [
        {"School": 900001 + at, "Practice, tool or routine": "lesson study",
         "Which of the three": "practice", "First day": day}
        for at, day in enumerate(days)
    ]  # fmt: skip  # a row a line
    sheet = filled(tmp_path / "days.xlsx", {"Adoptions": rows})
    found = read(sheet, register)
    starts = dict(found.tables["adoptions"].select("school", "start").iter_rows())
    kinds = {fault.row: fault.kind for fault in found.faults}
    for at, (day, kind) in enumerate(days.values()):
        assert kinds.get(4 + at) == kind
        if kind == "no day":
            assert f"urn:{900001 + at}" not in starts
        else:
            assert starts[f"urn:{900001 + at}"] == day


def test_numbers_choices_and_yes_or_no(tmp_path, register):
    sheets = {
        "Activities": [
            {"Title": "A", "Provider": 900001, "Sessions": "about 4", "Price a place": "£1,200.50"},
            {"Title": "B", "Provider": 900001, "Sessions": 2.5, "Formality": 3},
            {"Title": "C", "Provider": 900001, "Delivery": "in persn", "Formality": "40%"},
            {"Title": "D", "Provider": 900001, "Work between sessions": "perhaps", "Places": "?"},
            {"Title": "E", "Provider": 900001, "Sessions": date(1900, 1, 5), "Who pays": "FREE"},
        ],
        "Policies": [
            {"Organisation": 900001, "Matter": "shareing", "Level": 1, "Day": "2022-01-01"},
        ],
    }  # fmt: skip  # a row a line
    found = read(filled(tmp_path / "numbers.xlsx", sheets), register)
    assert told(found) == [
        ("Activities", 4, "Sessions", "no number", "value left out"),
        ("Activities", 5, "Formality", "number too large", "value left out"),
        ("Activities", 5, "Sessions", "no whole number", "value left out"),
        ("Activities", 6, "Delivery", "not in the list", "value left out"),
        ("Activities", 7, "Work between sessions", "neither yes nor no", "value left out"),
        ("Activities", 7, "Places", "words for unknown", "noted"),
        ("Activities", 8, "Sessions", "a day instead of a number", "value left out"),
        ("Policies", 4, "Matter", "not in the list", "set aside"),
    ]
    assert "“in person”" in advice(found, "not in the list")
    activities = {row["name"]: row for row in found.tables["activities"].iter_rows(named=True)}
    assert activities["A"]["cost"] == 1200.5
    assert activities["A"]["sessions"] is None
    assert activities["C"]["formality"] == 0.4
    assert activities["E"]["cost_basis"] == "free"


def test_sheets_and_headings_that_were_changed(tmp_path, register):
    path = filled(
        tmp_path / "changed.xlsx",
        {"Participation": [{"School": 900001, "Activity": "Talk", "First day": "2021-10-01"}],
         "Activities": [{"Title": "Talk", "Provider": 900001}]},
    )  # fmt: skip  # a sheet a line
    book = openpyxl.load_workbook(path)
    sheet = book["Participation"]
    sheet.title = "Participaton 2021"
    sheet.insert_cols(2)
    sheet["B1"] = "Our own notes"
    sheet["B4"] = "anything"
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Attendance of last year, as sent round"
    book["Activities"]["B1"] = "title "
    book["Activities"]["C1"] = "Providr"
    book.create_sheet("Scratch")["A1"] = "12"
    book.save(path)
    found = read(path, register)
    assert told(found) == [
        ("Activities", 1, "Providr", "heading taken for another", "noted"),
        ("Participaton 2021", None, None, "sheet taken for another", "noted"),
        ("Participaton 2021", 3, "Our own notes", "column not read", "noted"),
        ("Scratch", None, None, "sheet not read", "noted"),
    ]
    assert found.tables["participation"].height == 1


def test_cells_under_no_heading_are_told_and_the_row_is_read(tmp_path, register):
    path = tmp_path / "meetings.csv"
    path.write_text("Forum,Day\nHeads,2022-01-01\nBoard,2022-02-01,in the hall, later\n,,\n")
    found = read(path, register)
    assert [(one.row, one.kind, one.found) for one in found.faults] == [
        (3, "cells under no heading", "in the hall, later")
    ]
    assert found.tables["meetings"].height == 2


def test_a_column_that_is_missing_and_cells_that_are_empty(tmp_path, register):
    path = filled(
        tmp_path / "missing.xlsx",
        {"Meetings": [{"Forum": "Heads", "Day": "2022-01-01"}, {"Forum": "Heads"},
                      {"Forum": "Board", "Day": "unknown"}],
         "Concerns": [{"Concern": "Cover", "Forum": "Heads", "Raised on": "2022-01-01"}]},
    )  # fmt: skip  # a sheet a line
    book = openpyxl.load_workbook(path)
    sheet = book["Concerns"]
    places = {cell.value: cell.column for cell in sheet[1]}
    sheet.delete_cols(places["Raised on"])
    book.save(path)
    found = read(path, register)
    assert told(found) == [
        ("Meetings", 5, "Day", "empty cell", "set aside"),
        ("Meetings", 6, "Day", "words for unknown", "noted"),
        ("Meetings", 6, "Day", "empty cell", "set aside"),
        ("Concerns", 1, "Raised on", "column missing", "set aside"),
    ]
    assert found.set_aside.select("sheet", "row", "reason").rows() == [
        ("Meetings", 5, "Day: empty cell"),
        ("Meetings", 6, "Day: empty cell"),
        ("Concerns", 4, "Raised on: column missing"),
    ]


def test_rows_that_stand_twice_or_contradict_themselves(tmp_path, register):
    role = {"Person": "Wren Thistledown", "Organisation": 900001, "Role": "head"}
    sheets = {
        "Roles and seats": [
            role | {"First day": "2020-09-01"},
            role | {"First day": "2020-09-01"},
            role | {"First day": "2021-09-01", "Last day": "2020-09-01"},
        ],
        "Actions": [{"Action": "Share cover", "Agreed on": "2022-02-01", "Done on": "2022-01-01"}],
        "Activities": [
            {"Title": "Talk", "Provider": 900001, "Code": "T1"},
            {"Title": "Walk", "Provider": 900001, "Code": "T1"},
        ],
    }
    found = read(filled(tmp_path / "twice.xlsx", sheets), register)
    assert told(found) == [
        ("Roles and seats", 5, "Person", "same row twice", "set aside"),
        ("Roles and seats", 6, "Last day", "ends before it begins", "set aside"),
        ("Activities", 5, "Title", "two rows for the same thing", "set aside"),
        ("Actions", 4, "Done on", "done before it was agreed", "set aside"),
    ]
    assert "row 4" in advice(found, "same row twice")


def test_what_is_spoken_of_and_was_set_aside_is_said_to_be(tmp_path, register):
    sheets = {
        "Meetings": [{"Forum": "Heads", "Day": "some day", "Code": "M1"}],
        "Attendance": [{"Meeting": "M1", "Organisation": 900001}],
    }
    found = read(filled(tmp_path / "chain.xlsx", sheets), register)
    assert told(found)[1] == (
        "Attendance", 4, "Meeting", "a meeting that was set aside", "set aside",
    )  # fmt: skip  # one place
    assert "sheet Meetings, row 4" in advice(found, "a meeting that was set aside")


def test_merged_cells_errors_and_formulas_never_calculated(tmp_path, register):
    path = filled(
        tmp_path / "merged.xlsx",
        {"Participation": [
            {"School": 900001, "Activity": "Talk", "First day": "2021-10-01",
             "Number of staff": "=1/0"},
            {"School": 900002, "Activity": "Talk", "First day": "2021-10-01"},
            {"School": 900003, "Activity": "Talk", "First day": "=TODAY()"},
        ],
         "Activities": [{"Title": "Talk", "Provider": 900001}]},
    )  # fmt: skip  # a row a line
    book = openpyxl.load_workbook(path)
    book["Participation"].merge_cells("B4:B5")
    book.save(path)
    found = read(path, register)
    assert set(told(found)) == {
        ("Participation", 4, None, "merged cells", "noted"),
        ("Participation", 4, "Number of staff", "error in a cell", "value left out"),
        ("Participation", 5, "School", "empty cell", "set aside"),
        ("Participation", 6, "First day", "error in a cell", "set aside"),
    }


def test_an_example_that_was_written_over(tmp_path, register):
    path = filled(
        tmp_path / "example.xlsx", {"Organisations": [{"Name": "Own", "Kind": "cluster"}]}
    )
    book = openpyxl.load_workbook(path)
    book["Organisations"]["B3"] = "Hawthorn Cluster"
    book["Organisations"]["A4"] = "ours"
    book.save(path)
    found = read(path, register)
    assert told(found) == [("Organisations", 3, None, "row marked as an example", "set aside")]
    assert found.tables["organisations"]["name"].to_list() == ["Own"]


def test_an_agreement_without_its_day_names_nobody(tmp_path, register):
    sheets = {
        "Persons": [
            {"Person": "Wren Thistledown", "Agreed to be named": "yes", "Agreed for what": "pages"},
            {"Person": "Wren  thistledown", "Agreed to be named": "no"},
        ]
    }
    found = read(filled(tmp_path / "agreed.xlsx", sheets), register)
    assert told(found) == [
        ("Persons", 4, "Agreed for what", "agreement not recorded", "value left out"),
        ("Persons", 5, "Person", "same person twice", "set aside"),
    ]
    assert found.tables["persons"]["is_named"].to_list() == [False]
    assert "Wren" not in str(found.tables["persons"].rows())


def test_csv_files_of_an_old_spreadsheet(tmp_path, register):
    folder = tmp_path / "old"
    csv_sheet(
        folder / "Meetings.csv",
        [["Forum", "Day", "Purpose"], ["Café des têtes", "1/2/2022", ""], ["", "", ""]],
        delimiter=";",
        encoding="cp1252",
    )
    csv_sheet(
        folder / "attendance.csv",
        [["Meeting", "Organisation"], ["Café des têtes, 01/02/2022", "900001", "left over"]],
    )
    found = read(folder, register)
    assert [fault[:4] for fault in told(found)] == [
        ("Meetings", 2, "Day", "day read with a supposition"),
        ("attendance", 2, None, "cells under no heading"),
    ]
    assert found.tables["meetings"]["forum"].to_list() == ["Café des têtes"]
    assert found.tables["attendance"].height == 1


def test_a_body_without_a_kind_or_nearly_known(tmp_path, register):
    sheets = {
        "Clusters and associations": [
            {"Cluster or association": "Hedge Lane Clustr", "Kind": "cluster", "Member": 900001},
            {"Cluster or association": "Hedge Lane Clustr", "Member": 900002},
            {"Cluster or association": "Heads of the Vale", "Member": 900003},
        ]
    }
    found = read(filled(tmp_path / "bodies.xlsx", sheets), register)
    sheet = "Clusters and associations"
    assert told(found) == [
        (sheet, 4, "Cluster or association", "new cluster", "noted"),
        (sheet, 6, "Kind", "new body without a kind", "set aside"),
        (sheet, 6, "Cluster or association", "an organisation that is not known", "set aside"),
    ]
    assert "Hedge Lane Cluster, Brambleford (cluster:1)" in advice(found, "new cluster")
    assert found.tables["ties"]["from_id"].to_list() == ["urn:900001", "urn:900002"]


def test_suggestions_favour_where_the_fieldbook_is(tmp_path):
    place = brambleford()
    for number, authority in enumerate(("la:002", "la:001", "la:002"), start=900020):
        place.school(number, f"St Hazel's {number} School", authority=authority)
    sheets = {
        "Attendance": [
            {"Meeting": "x", "Organisation": "Ash Primary School"},
            {"Meeting": "x", "Organisation": "St Hazels School"},
        ]
    }
    found = read(filled(tmp_path / "near.xlsx", sheets), place.landscape())
    said = next(fault.advice for fault in found.faults if "organisation" in fault.kind)
    assert said.startswith("Did you mean St Hazel's 900021 School, Brambleford (urn:900021)")
