"""The workbook: one sheet a table, native values, no formulas, headings frozen."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from hedgerow.reporting.sheets import Book
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.workbook import comparison_workbook, profile_workbook
from tests.unit.reporting.conftest import HOSTILE, TODAY


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book(profile):
    return opened(profile_workbook(profile, today=TODAY))


def test_sheets(book):
    assert book.sheetnames == [
        "About",
        "Findings",
        "The setting",
        "The six features",
        "Schools by governing body",
        "Trusts with a school here",
        "Hubs that the schools are desig",
        "Schools that became academies",
        "The schools",
        "What is not known here",
        "Sources",
    ]


def test_about_comes_first_and_says_what_it_is(book):
    said = dict(book["About"].iter_rows(values_only=True))
    assert said["Place"] == "Brambleford"
    assert said["As on"] == "25 April 2022"
    assert said["Register"] == "made-up"


def test_no_cell_is_a_formula_and_none_is_merged(book, comparison):
    for one in (book, opened(comparison_workbook(comparison, today=TODAY))):
        for sheet in one:
            assert not sheet.merged_cells.ranges
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_names_stand_as_they_are(book):
    names = [row["school"] for row in rows_of(book["The schools"])]
    assert HOSTILE in names
    trusts = [row["trust"] for row in rows_of(book["Trusts with a school here"])]
    assert f"@{HOSTILE} TRUST" in trusts


def test_findings_hold_everything_to_judge_them_by(book, profile):
    rows = rows_of(book["Findings"])
    assert [row["name"] for row in rows] == [one.id for one in profile.findings]
    for row, one in zip(rows, profile.findings, strict=True):
        assert row["value"] == (pytest.approx(one.value) if one.is_measured else None)
        assert row["interval from"] == (pytest.approx(one.interval.low) if one.interval else None)
        assert row["by chance"] == (pytest.approx(one.chance.expected) if one.chance else None)
        assert (row["n"], row["unknown"]) == (one.n, one.missing)
        assert row["facts of"] == datetime(one.as_of.year, one.as_of.month, one.as_of.day)
        assert (row["why there is no value"] is None) == one.is_measured


def test_tables_hold_native_values(book, profile):
    held = profile.tables["schools"]
    rows = rows_of(book["The schools"])
    assert [row["URN"] for row in rows] == held["urn"].to_list()
    assert [row["pupils"] for row in rows] == held["pupils"].to_list()


def test_headings_are_frozen(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"


def test_places_side_by_side(comparison):
    book = opened(comparison_workbook(comparison, today=TODAY))
    assert book.sheetnames == [
        "About",
        "The setting",
        "The six features",
        "Side by side",
        "1 Brambleford",
        "2 Sloe Vale",
        "Sources",
    ]
    rows = rows_of(book["Side by side"])
    assert len(rows) == len(comparison.rows)
    for row, one in zip(rows, comparison.rows, strict=True):
        here = one.findings[0]
        assert row["Brambleford"] == (pytest.approx(here.value) if here.is_measured else None)
        assert row["Sloe Vale status"] == one.findings[1].status


def test_names_of_sheets_are_made_to_fit():
    book = Book("t", date(2022, 4, 25))
    table = Table("t", "t", (Column("a", "a"),), pl.DataFrame({"a": ["x"]}))
    for name in ("A/B: [what]?", "a b   what", "'", "x" * 40, "X" * 40):
        book.add_table(name, table)
    names = opened(book.content()).sheetnames
    assert names[0] == "A B   what"
    assert len({name.casefold() for name in names}) == 5
    assert max(map(len, names)) <= 31


def test_what_is_not_known_is_an_empty_cell_and_dates_are_dates():
    table = Table(
        "t",
        "t",
        (Column("a", "a", "share"), Column("b", "b", "date"), Column("c", "c")),
        pl.DataFrame({"a": [0.5, None], "b": [date(2022, 4, 25), None], "c": [True, None]}),
    )
    book = Book("t", date(2022, 4, 25))
    book.add_table("t", table)
    sheet = opened(book.content())["t"]
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        (0.5, datetime(2022, 4, 25), "yes"),
        (None, None, None),
    ]
    assert sheet["A2"].number_format == "0.0%"
