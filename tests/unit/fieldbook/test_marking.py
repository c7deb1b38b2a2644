"""The marked copy: faults where they stand, a list of all, and the person's own file as it was."""

from __future__ import annotations

import os

import openpyxl
import pytest

from hedgerow.fieldbook.marking import GORSE, ROSEHIP, marked_path, write_marked
from hedgerow.fieldbook.opening import open_raw
from hedgerow.landscape.errors import UsageError
from tests.made_up import brambleford
from tests.unit.fieldbook.filling_in import csv_sheet, filled, read, told

SHEETS = {
    "Meetings": [
        {"Forum": "Heads", "Day": "soon", "Convenor": "Thorn Trst"},
        {"Forum": "Heads", "Day": "3/4/2022", "Purpose": "=cmd|' /C calc'!A0"},
    ]
}


@pytest.fixture(scope="module")
def register():
    return brambleford().landscape()


def marked(path, register, out):
    found = read(path, register)
    write_marked(open_raw(path), found.faults, out)
    return found, openpyxl.load_workbook(out)


def test_faulty_cells_are_tinted_and_say_what_is_wrong(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    before = path.read_bytes()
    found, book = marked(path, register, marked_path(path))
    assert path.read_bytes() == before
    assert marked_path(path).name == "ours-checked.xlsx"
    sheet = book["Meetings"]
    places = {cell.value: cell.column for cell in sheet[1]}
    day = sheet.cell(4, places["Day"])
    assert day.value == "soon"
    assert day.fill.fgColor.rgb.endswith(ROSEHIP)
    assert "a day such as 2022-04-25" in day.comment.text
    assert sheet.cell(5, places["Day"]).fill.fgColor.rgb.endswith(GORSE)
    convenor = sheet.cell(4, places["Convenor"])
    assert "Thorn Trust" in convenor.comment.text
    assert sheet.cell(5, places["Forum"]).comment is None
    assert len(sheet.data_validations.dataValidation) > 0
    assert len(found.faults) == 4


def test_all_faults_are_listed_with_links(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    found, book = marked(path, register, tmp_path / "out.xlsx")
    sheet = book["Faults"]
    assert book.sheetnames[0] == "Faults"
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == [fault[:3] for fault in told(found)]
    assert sheet["B2"].hyperlink.location == "'Meetings'!C4"


def test_the_copy_can_be_checked_and_mended_itself(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    found, _ = marked(path, register, tmp_path / "out.xlsx")
    again = read(tmp_path / "out.xlsx", register)
    assert told(again) == told(found)


def test_csv_files_become_a_workbook_in_which_nothing_is_a_formula(tmp_path, register):
    folder = tmp_path / "folder"
    csv_sheet(
        folder / "meetings.csv", [["Forum", "Day"], ["=1+1", "soon"], ["Heads", "2022-01-01"]]
    )
    _, book = marked(folder, register, tmp_path / "out.xlsx")
    assert book["meetings"]["A2"].value == "=1+1"
    assert book["meetings"]["A2"].data_type == "s"
    assert book["meetings"]["B2"].fill.fgColor.rgb.endswith(ROSEHIP)


def test_it_never_takes_the_place_of_the_fieldbook(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    with pytest.raises(UsageError, match="replace"):
        write_marked(open_raw(path), read(path, register).faults, tmp_path / "." / "ours.xlsx")


def test_a_copy_never_takes_the_place_of_a_device_or_a_pipe(tmp_path, register):
    path = filled(tmp_path / "ours.xlsx", SHEETS)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="is no ordinary file"):
        marked(path, register, pipe)
    assert pipe.is_fifo()
