"""Attendance files as people have them, each messy in its own way; names and places are made up.

Each function writes one file and gives its path. Schools are those of `tests.made_up.brambleford`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

DELEGATES = (
    "Wren Thistle",
    "Jay Sloe",
    "Bryony Teasel",
    "Linnet Yarrow",
    "Sorrel Vetch",
    "Rowan Mallow",
    "Fern Burdock",
)
"""Everybody who is named in these files."""


def merged_and_sections(folder: Path) -> Path:
    """A title over all, two rows of headings with merged groups, courses in between, ticks, totals.

    Rows of data 7 to 9 and 13 to 15; row 15 has no school, row 14 is the delegate of row 13 again.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Autumn"
    sheet.append(["Hawthorn Maths Hub: who came, 2021/22"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(["School", "Delegate", None, "Job title", "Sessions", None, None])
    sheet.append([None, "First name", "Surname", None, date(2021, 10, 12), "9 Nov 2021", "7/12/21"])
    for merged in ("A3:A4", "B3:C3", "D3:D4", "E3:G3"):
        sheet.merge_cells(merged)
    sheet.append([])
    sheet.append(["Mastery work group"])
    sheet.merge_cells("A6:G6")
    sheet.append(["Ash Primary School", "Wren", "Thistle", "Maths Lead", "✓", "✓", "✓"])
    sheet.append(["Ash Primary School", "Jay", "Sloe", "TA", "✓", "", "apols"])
    sheet.append(["Beech Primary", "Bryony", "Teasel", "Headteacher", "", "✓", "✓"])
    sheet.append(["Total", None, None, None, 2, 2, 2])
    sheet.append([])
    sheet.append(["Subject knowledge for assistants"])
    sheet.merge_cells("A12:G12")
    sheet.append(["Cedar & Elder Primary", "Linnet", "Yarrow", "HLTA", "✓", "✓", ""])
    sheet.append(["Cedar & Elder Primary", "LINNET", "Yarrow", "HLTA", "✓", "✓", ""])
    sheet.append([None, "Sorrel", "Vetch", "TA", "✓", "✓", "✓"])
    return _saved(book, folder / "merged.xlsx")


def semicolons(folder: Path) -> Path:
    """A CSV of a Windows program: semicolons, no UTF-8, days in many forms, one that is none."""
    lines = [
        "Course;School name;Delegate name;Role;Date",
        "Café maths;Ash Primary School;Thistle, Wren;Class Teacher;12/10/2021",
        "Café maths;Beech Primary School;Jay Sloe;ECT;12 October 2021",
        "café maths;Cedar Primary School;Bryony Teasel;Y4 teacher;2021-10-12",
        "Café maths;Elder Primary School;Linnet Yarrow;SENCO;12.10.21",
        "Café maths;Gorse Primary School;Sorrel Vetch;Deputy Head;Tues 12th Oct 2021",
        "Café maths;Hazel Primary School;Rowan Mallow;Maths;44481",
        "Café maths;Ivy Primary School;Fern Burdock;Trust maths lead;next Tuesday",
    ]
    path = folder / "semicolons.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def sheet_a_course(folder: Path) -> Path:
    """One sheet a course, each with lines of its own above the headings, and a summary sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, day, rows in (
        ("Number sense", "12 & 19 October 2021", [("Ash Primary School", "Wren Thistle", "ECT")]),
        (
            "Reasoning",
            "Spring term 2022",
            [
                ("Larch Primary School", "Jay Sloe", "Maths lead"),
                ("Damson Primary School", "Fern Burdock", "Year 2 teacher"),
            ],
        ),
    ):
        sheet = book.create_sheet(name)
        sheet.append(["Date:", day])
        sheet.append(["Venue:", "The village hall"])
        sheet.append([])
        sheet.append(["School", "Name", "Role"])
        for row in rows:
            sheet.append(row)
        sheet.append([])
        sheet.append(["Total delegates", len(rows)])
    return _saved(book, folder / "courses.xlsx")


def numbers_of_staff(folder: Path) -> Path:
    """One row for each school of a course, with numbers: one empty, one nought, one in words."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Programme", "Start date", "End date", "URN", "School", "No. of delegates"])
    first, last = datetime(2021, 10, 5), datetime(2022, 3, 8)
    sheet.append(["Work group", first, last, 900001, "Ash Primary School", 3])
    sheet.append(["Work group", first, last, 900002, "Beech Primary School", None])
    sheet.append(["Work group", first, last, 900003, "Cedar Primary School", 0])
    sheet.append(["Work group", first, last, 900004, "Damson Primary School", "about two"])
    sheet.append(["Work group", last, first, 900005, "Elder Primary School", 1])
    sheet.append(["Grand total", None, None, None, None, 4])
    return _saved(book, folder / "numbers.xlsx")


def headings_again(folder: Path) -> Path:
    """Sections with titles and headings of their own, one with columns in another order."""
    lines = [
        "Hub attendance,,",
        "Fluency - 12/10/2021,,",
        "School,Delegate,Role",
        "Ash Primary School,Wren Thistle,Teacher",
        ",,",
        "Problem solving - 19/10/2021,,",
        "School,Delegate,Role",
        "Beech Primary School,Jay Sloe,Teacher",
        "Cedar Primary School,Bryony Teasel,TA",
        ",,",
        "Place value - 26/10/2021,,",
        "Delegate,School,Role",
        "Linnet Yarrow,Damson Primary School,Teacher",
    ]
    path = folder / "again.csv"
    path.write_text("\n".join(lines), "utf-8-sig")
    return path


def a_row_a_session(folder: Path) -> Path:
    """A register of sessions: the same delegates on several days, a tab between the cells."""
    lines = ["Date\tSchool\tName\tCourse\tAttended"]
    for day in ("5/10/2021", "2/11/2021", "7/12/2021"):
        lines.append(f"{day}\tAsh Primary School\tWren Thistle\tFluency\tYes")
        came = "No" if day.startswith("2/") else "Yes"
        lines.append(f"{day}\tBeech Primary School\tJay Sloe\tFluency\t{came}")
    path = folder / "sessions.tsv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def misspelt(folder: Path) -> Path:
    """Schools as people type them; a URN of another school, a URN that nobody has, no school."""
    lines = [
        "School,URN,Postcode,Delegate,Role,Course,Date",
        "Ash Prim School,,,Wren Thistle,Teacher,Fluency,12/10/2021",
        "Beech Primery School,,,Jay Sloe,Teacher,Fluency,12/10/2021",
        "Ash Primary School,900002,,Bryony Teasel,Teacher,Fluency,12/10/2021",
        "Cedar Primary School,987654,,Linnet Yarrow,Teacher,Fluency,12/10/2021",
        "The Big School,,,Sorrel Vetch,Teacher,Fluency,12/10/2021",
        ",,,Rowan Mallow,Teacher,Fluency,12/10/2021",
        "urn 900007,,,Fern Burdock,Teacher,Fluency,12/10/2021",
    ]
    path = folder / "misspelt.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def schools_in_a_cell(folder: Path) -> Path:
    """One row a course, its schools one under the other in one cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Event", "Date", "Schools attending"])
    sheet.append(["Launch", "5 October 2021", "Ash Primary School\nBeech Primary School\nNowhere"])
    sheet.append(["Follow-up", "2 November 2021", "Ash Primary School; Cedar Primary School"])
    return _saved(book, folder / "cells.xlsx")


def crosses(folder: Path) -> Path:
    """Ticks for those who came and crosses for those who did not, and titles given only once."""
    lines = [
        "Course,Course date,School,Participant,Session 1,Session 2",
        "Fluency,12/10/2021,Ash Primary School,Wren Thistle,y,x",
        ",,Beech Primary School,Jay Sloe,x,x",
        ",,Cedar Primary School,Bryony Teasel,y,y",
    ]
    path = folder / "crosses.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def open_document(folder: Path) -> Path:
    """An ODS, its cells repeated and empty ones left out, as LibreOffice writes it."""
    rows = [
        ["Autumn term 2021", "", ""],
        ["", "", ""],
        ["Course", "School", "Delegate"],
        ["Fluency", "Ash Primary School", "Wren Thistle"],
        ["Fluency", "Beech Primary School", "Jay Sloe"],
    ]
    path = folder / "open.ods"
    table = "".join(f"<table:table-row>{_ods_cells(row)}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Attendance">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _ods_cells(row: Sequence[str]) -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
        if cell
        else "<table:table-cell/>"
        for cell in row
    )


def _saved(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


ALL = (
    merged_and_sections,
    semicolons,
    sheet_a_course,
    numbers_of_staff,
    headings_again,
    a_row_a_session,
    misspelt,
    schools_in_a_cell,
    crosses,
    open_document,
)
