"""Inspection outcomes: the layouts of three frameworks, packings, and grades that are none."""

from __future__ import annotations

import zipfile
from datetime import date
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.observations import Observations
from hedgerow.sources.ofsted.read import read

LATEST = [
    [
        "Web link",
        "URN",
        "Inspection start date",
        "Overall effectiveness",
        "URN at time of latest full inspection",
        "Previous inspection start date",
        "Previous full inspection overall effectiveness",
        "URN at time of previous full inspection",
    ],
    ["-", "900001", "01/02/2023", "2", "900001", "05/05/2018", "3", "900001"],
    ["-", "900002", "01/10/2024", "Not judged", "900002", "05/05/2018", "1", "800002"],
    ["-", "900003", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"],
    ["-", "900004", "12/06/2012", "9", "800004", "NULL", "NULL", "NULL"],
]
CARDS = [
    [
        "URN",
        "Inspection start date",
        "URN at time of latest full inspection",
        "Inclusion",
        "Latest OEIF overall effectiveness",
        "Inspection start date of latest OEIF graded inspection",
        "URN at time of latest OEIF graded inspection",
    ],
    ["900001", "11/11/2025", "900001", "Strong standard", "2", "03/03/2020", "900001"],
    ["900002", "NULL", "NULL", "NULL", "Not judged", "01/10/2024", "900002"],
    ["900003", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"],
]
NAME = "Management_information_-_state-funded_schools_-_as_at_31_Dec_2024"


def as_csv(folder, rows, name=NAME, titles=()):
    path = folder / f"{name}.csv"
    lines = [*titles, *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    return path


def as_xlsx(folder, rows):
    path = folder / f"{NAME}.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Cover").write(0, 0, "Notes")
    sheet = book.add_worksheet("Most recent inspections")
    sheet.write(0, 0, "Most recent inspections data as at 31 December 2024")
    for number, row in enumerate(rows, start=3):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def as_ods(folder, rows):
    """The least that an OpenDocument spreadsheet is made of."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in [["Most recent inspections data as at 31 December 2024"], *rows]
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="D1_Most_recent_inspections">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    path = folder / f"{NAME}.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return path


EXPECTED = {
    ("urn:900001", date(2018, 5, 5), 3, "observed"),
    ("urn:900001", date(2023, 2, 1), 2, "observed"),
    ("urn:900002", date(2018, 5, 5), 1, "observed"),
    ("urn:900002", date(2024, 10, 1), None, "not applicable"),
    ("urn:900003", date(2024, 12, 31), None, "not available"),
    ("urn:900004", date(2012, 6, 12), None, "not applicable"),
}


@pytest.mark.parametrize("packed", [as_csv, as_xlsx, as_ods])
def test_latest_and_previous_inspections(tmp_path, packed):
    faults = Faults()
    table = read(packed(tmp_path, LATEST), faults)
    assert set(table.rows.select("organisation", "date", "value", "status").rows()) == EXPECTED
    assert set(table.rows["measure"]) == {"inspection_grade"}
    Observations.validate(table.rows, cast=True)
    assert table.source.rows == 4
    assert table.set_aside.is_empty()
    assert table.source.as_of == date(2024, 12, 31)


def test_title_rows_stand_above_the_headings(tmp_path):
    path = as_csv(tmp_path, LATEST, titles=["Most recent inspections,,,", ",,,", ",,,"])
    assert read(path, Faults()).rows.height == len(EXPECTED)


def test_inspections_of_predecessors_are_marked(tmp_path):
    inherited = read(as_csv(tmp_path, LATEST), Faults()).inherited
    assert set(inherited.rows()) == {
        ("urn:900002", date(2018, 5, 5), "800002"),
        ("urn:900004", date(2012, 6, 12), "800004"),
    }


def test_report_cards(tmp_path):
    path = as_csv(tmp_path, CARDS, name="latest_inspections_as_at_31_Jan_2026")
    table = read(path, Faults())
    assert table.source.release == "ofsted-2025"
    assert set(table.rows.select("organisation", "date", "value", "status").rows()) == {
        ("urn:900001", date(2020, 3, 3), 2, "observed"),
        ("urn:900001", date(2025, 11, 11), None, "not applicable"),
        ("urn:900002", date(2024, 10, 1), None, "not applicable"),
        ("urn:900003", date(2026, 1, 31), None, "not available"),
    }


def test_the_oldest_layout(tmp_path):
    rows = [["URN", "Inspection date", "Overall effectiveness"], ["900001", "13/03/2013", "Good"]]
    table = read(as_csv(tmp_path, rows, name="schools_-_31_Aug_2017"), Faults())
    assert table.rows.select("date", "value").rows() == [(date(2013, 3, 13), 2)]


def test_a_list_of_all_inspections_has_a_school_more_than_once(tmp_path):
    rows = [
        ["URN", "Inspection start date", "Overall effectiveness"],
        ["900001", "13/03/2013", "2"],
        ["900001", "13/03/2017", "3"],
        ["900001", "13/03/2017", "3"],
    ]
    table = read(as_csv(tmp_path, rows), Faults())
    assert table.rows["value"].to_list() == [2, 3]
    assert table.set_aside.select("row", "reason").rows() == [(4, "URN given before")]


def test_the_latest_inspection_dates_a_file_without_a_day(tmp_path):
    table = read(as_csv(tmp_path, LATEST, name="inspections"), Faults())
    assert table.source.as_of == date(2024, 10, 1)


def test_rows_and_values_that_cannot_be_used(tmp_path):
    rows = [
        ["URN", "Inspection start date", "Overall effectiveness"],
        ["900001", "NULL", "2"],
        ["NULL", "13/03/2017", "2"],
        ["900003", "13/03/2017", "7"],
        ["900004", "13th March", "NULL"],
        ["900005", "13/03/2017", "1"],
    ]
    faults = Faults()
    table = read(as_csv(tmp_path, rows), faults)
    assert table.set_aside.select("row", "reason").rows() == [
        (2, "grade without a date"),
        (3, "no URN"),
    ]
    left_out = [fault for fault in faults if fault.consequence == "value left out"]
    assert [(fault.row, fault.column, fault.found) for fault in left_out] == [
        (5, "Inspection start date", "13th March"),
        (4, "Overall effectiveness", "7"),
    ]
    assert table.source.rows + table.set_aside.height == 5


def test_another_table(tmp_path):
    rows = [["URN", "Inspection start date", "Outcome"], ["900001", "01/02/2023", "2"]]
    with pytest.raises(DataError, match="Overall effectiveness"):
        read(as_csv(tmp_path, rows), Faults())
