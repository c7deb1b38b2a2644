"""The template: a sheet a table, made from the schemas, that Excel and LibreOffice take."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from hedgerow.fieldbook.headings import LISTS, START_HERE
from hedgerow.fieldbook.plan import SHEETS, TABLES_OF_A_FIELDBOOK
from hedgerow.fieldbook.workbook import write_template, write_workbook
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.tables import TABLES
from tests.made_up import brambleford
from tests.unit.fieldbook.filling_in import filled, read, told

FROM_REGISTERS = {"schools", "areas", "area_parts", "postcodes"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "fieldbook.xlsx"
    write_template(path)
    return openpyxl.load_workbook(path)


def test_every_table_of_local_evidence_has_a_sheet():
    assert set(TABLES_OF_A_FIELDBOOK) == set(TABLES) - FROM_REGISTERS


def test_every_column_of_a_table_is_asked_for_or_kept():
    for spec in SHEETS:
        held = {column.name for column in spec.columns} | set(spec.fixed)
        assert set(TABLES[spec.table].column_names()) <= held


def test_headings_are_told_apart_and_columns_say_what_to_write():
    for spec in SHEETS:
        headings = [column.heading.casefold() for column in spec.columns]
        assert len(headings) == len(set(headings)), spec.title
        assert all(column.says for column in spec.shown), spec.title


def test_sheets_stand_in_order_behind_the_first(template):
    assert template.sheetnames == [START_HERE, *(spec.title for spec in SHEETS), LISTS]
    assert template[LISTS].sheet_state == "hidden"
    words = " ".join(str(cell.value) for row in template[START_HERE].iter_rows() for cell in row)
    assert "hedgerow fieldbook check" in words
    assert all(spec.title in words for spec in SHEETS)


def test_each_sheet_has_headings_a_line_of_guidance_and_an_example(template):
    for spec in SHEETS:
        rows = list(template[spec.title].iter_rows(min_row=1, max_row=3, values_only=True))
        assert rows[0] == ("Remarks", *(column.heading for column in spec.shown))
        assert rows[1][0] == "what to write"
        assert rows[2][0] == "example"
        assert template[spec.title].freeze_panes == "B3"
        for column, says in zip(spec.shown, rows[1][1:], strict=True):
            assert ("Needed" in says) == column.is_needed


def test_closed_lists_days_and_numbers_are_validated(template):
    for spec in SHEETS:
        validated = {
            str(one.sqref).partition(":")[0].rstrip("0123456789"): one.type
            for one in template[spec.title].data_validations.dataValidation
        }
        for place, column in enumerate(spec.shown, start=2):
            letter = openpyxl.utils.get_column_letter(place)
            wanted = {
                "choice": "list", "yes or no": "list", "day": "date", "last day": "date",
                "number": "decimal", "whole": "whole",
            }.get(column.kind)  # fmt: skip  # kinds side by side
            assert validated.get(letter) == wanted, (spec.title, column.heading)


def test_the_examples_can_be_read_as_rows(tmp_path):
    """Taken off their mark, all examples together are a sound fieldbook."""
    path = tmp_path / "examples.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    for spec in SHEETS:
        book[spec.title]["A3"] = None
    book.save(path)
    place = brambleford()
    place.school(900016, "Bramble Lane Primary School")
    place.hub("mh:009", "maths_hub", "Thorn Maths Hub")
    place.trust("uid:90009", "Hedgerow Learning Trust")
    place.authority("la:009", "Thornshire")
    found = read(path, place.landscape())
    assert told(found) == []
    assert set(found.tables) == set(TABLES_OF_A_FIELDBOOK)


def test_schools_of_a_place_are_offered(tmp_path):
    schools = pl.DataFrame({"id": ["urn:900001"], "name": ["Ash Primary School"]})
    write_template(tmp_path / "t.xlsx", schools=schools)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert "Ash Primary School (urn:900001)" in {
        cell.value for row in book[LISTS].iter_rows() for cell in row
    }


def test_where_it_cannot_be_written(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        write_template(tmp_path / "nowhere" / "t.xlsx")
    with pytest.raises(UsageError, match="is a folder"):
        write_template(tmp_path)


def test_a_text_too_long_for_a_cell(tmp_path):
    meetings = pl.DataFrame(
        {name: ["x" * 40_000 if name == "purpose" else "meet:1"] for name in ("id", "purpose")}
    )
    empty = TABLES["meetings"].create_empty()
    rows = pl.concat([empty, meetings], how="diagonal")
    with pytest.raises(DataError, match="40,000 letters"):
        write_workbook({"meetings": rows}, tmp_path / "long.xlsx")


@pytest.mark.slow
def test_libreoffice_opens_it_and_loses_nothing(tmp_path, soffice):
    """Through OpenDocument and back: rows, drop-downs and date formats are still there."""
    sheets = {
        "Meetings": [{"Forum": "Heads", "Day": "2022-02-10", "Code": "M1"}],
        "Attendance": [{"Meeting": "M1", "Organisation": 900001, "Role": "head"}],
        "Activities": [
            {"Title": "Talk", "Provider": 900001, "Delivery": "online", "Formality": 0.25}
        ],
    }
    path = filled(tmp_path / "ours.xlsx", sheets)
    register = brambleford().landscape()
    wanted = read(path, register)
    ods = converted(soffice, path, "ods", tmp_path / "there")
    back = converted(soffice, ods, "xlsx", tmp_path / "back")
    for other in (ods, back):
        found = read(other, register)
        assert told(found) == []
        assert set(found.tables) == set(wanted.tables)
        for name, table in wanted.tables.items():
            assert found.tables[name].equals(table)
    book = openpyxl.load_workbook(back)
    kinds = {one.type for one in book["Activities"].data_validations.dataValidation}
    assert {"list", "date", "decimal"} <= kinds
    assert book[LISTS].sheet_state == "hidden"


def converted(soffice: str, path: Path, ending: str, folder: Path) -> Path:
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", ending, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip  # the command on two lines
    return folder / f"{path.stem}.{ending}"
