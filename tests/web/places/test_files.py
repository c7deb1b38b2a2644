"""What leaves a page: the very numbers that it shows, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date

import fastexcel
import polars as pl
import pytest
from django.test import Client

from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import day_text
from hedgerow.web.places.sheets import harmless, table_csv, table_xlsx
from tests.web.places.conftest import CITY, SHIRE, links_in, tables_in


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "address",
    [
        f"/places/{CITY}/",
        f"/places/{CITY}/linked_systems/",
        f"/places/{CITY}/local_lens/?phase=all",
        f"/compare/?place={CITY}&place={SHIRE}",
    ],
)
def test_each_table_of_a_page_is_the_table_of_its_file(get, address):
    page = get(address)
    shown = tables_in(page)
    files = links_in(page, "as=csv")
    assert files
    for href in files:
        answer = Client().get(href)
        assert answer.status_code == 200, href
        held = rows_of(answer)
        book = fastexcel.read_excel(Client().get(href.replace("as=csv", "as=xlsx")).content)
        about, table = (book.load_sheet(n, header_row=None).to_polars().rows() for n in (0, 1))
        caption = dict(row[:2] for row in about)["Table"]
        assert list(table[0]) == held[0]
        assert len(table) == len(held)
        alike = [rows for name, rows in shown if name == caption]
        assert any(says_the_same(rows, held) for rows in alike), (href, caption, len(alike))


def says_the_same(shown: list[list[str]], held: list[list[str]]) -> bool:
    """Whether a table of a page, rounded for a reader, says what a file says."""
    return len(shown) == len(held) and all(
        len(mine) == len(theirs) and all(map(is_same, mine, theirs))
        for mine, theirs in zip(shown, held, strict=True)
    )


def is_same(shown: str, held: str) -> bool:
    """Whether a cell of a page is what a cell of a file holds, as far as it is rounded."""
    if held == "":
        return shown == "–"
    plain = " ".join(held.split())
    if shown in (plain, plain.removeprefix("'")):
        return True
    if re.fullmatch(r"\d{4}-\d\d-\d\d", held):
        return shown == day_text(date.fromisoformat(held))
    number = shown.replace(",", "").replace("−", "-").removesuffix("%")
    try:
        left, right = float(number), float(held)
    except ValueError:
        return False
    decimals = len(number.partition(".")[2])
    return abs(left - right * (100 if shown.endswith("%") else 1)) <= 0.5001 * 10**-decimals


def test_a_rounded_cell_is_told_from_another():
    assert is_same("39%", "0.392") and not is_same("39%", "0.4")
    assert is_same("−1.5", "-1.46") and not is_same("1.5", "-1.46")
    assert is_same("–", "") and not is_same("–", "0")


def test_the_list_of_schools_is_the_file(get):
    page = get(f"/places/{CITY}/schools/?q=aspen")
    table = dict(tables_in(page))["The schools"]
    held = rows_of(Client().get(f"/places/{CITY}/schools/?q=aspen&as=csv"))
    assert [row[:2] for row in table] == [row[:2] for row in held]
    assert len(held) > 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1"])
def test_text_that_would_begin_a_formula_does_not(text):
    assert str(harmless(text)).startswith("'")


def test_numbers_stay_numbers_and_days_days():
    assert harmless(-1.5) == -1.5
    assert harmless("Ash - the school") == "Ash - the school"
    assert harmless(True) == "yes"


def test_a_name_that_is_a_formula_runs_in_no_file():
    name = '=HYPERLINK("http://x")'
    table = Table(
        "t",
        "Made up",
        (Column("school", "=school"), Column("value", "value", "number")),
        pl.DataFrame({"school": [name, "-2+3"], "value": [-1.5, None]}),
    )
    held = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert held == [["'=school", "value"], [f"'{name}", "-1.5"], ["'-2+3", ""]]
    book = table_xlsx(table, title="Made up", notes=())
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = [parts.read(one).decode() for one in parts.namelist() if "/sheet" in one]
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("pdf", "application/pdf", b"%PDF"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("json", "application/json", b"{"),
    ],
)
def test_a_place_and_a_comparison_leave_in_every_form(home, db, form, kind, begins):
    for address in (
        f"/places/{CITY}/download.{form}",
        f"/compare/?place={CITY}&place={SHIRE}&as={form}",
    ):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer.content.startswith(begins)


def test_json_is_that_of_the_command_line(home, db, capsysbinary):
    from hedgerow.cli import main

    held = json.loads(Client().get(f"/places/{CITY}/download.json").content)
    assert main(["profile", "authority:981", "--register", str(home / "register"), "--json"]) == 0
    assert held == json.loads(capsysbinary.readouterr().out)


def test_no_such_form_or_table(get):
    get(f"/places/{CITY}/download.exe", 404)
    assert "has no table" in get(f"/places/{CITY}/?as=csv&table=zzz", 400)
    assert "cannot be had as" in get(f"/places/{CITY}/?as=ods&table=setting", 400)


def test_the_title_of_a_page_is_that_of_the_report(get):
    page = get(f"/places/{CITY}/?phase=all")
    assert "<h1>City: schools</h1>" in page
