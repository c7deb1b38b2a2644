"""Tables of pages as files: CSV and XLSX with the very numbers that the page shows."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from django.http import HttpRequest, HttpResponse

from hedgerow.landscape.errors import UsageError
from hedgerow.reporting.sheets import Book
from hedgerow.reporting.table import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("csv", "xlsx")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> object:
    """Give a cell that no spreadsheet takes for a formula: text that would begin one is quoted.

    Numbers and days stand as they are.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def table_csv(table: Table) -> bytes:
    """Write a table as CSV: UTF-8 with a mark of its own, an empty cell where nothing is known."""
    held = StringIO()
    rows = csv.writer(held, lineterminator="\r\n")
    rows.writerow([harmless(column.heading) for column in table.columns])
    names = [column.name for column in table.columns]
    for row in table.rows.select(names).iter_rows():
        rows.writerow([harmless(value) for value in row])
    return held.getvalue().encode("utf-8-sig")


def table_xlsx(table: Table, *, title: str, notes: tuple[tuple[str, str], ...]) -> bytes:
    """Write a table as a workbook: what it is, then the table."""
    book = Book(title, date.today())
    note = (("Note", table.note),) if table.note else ()
    book.add_words("About", [("Table", table.caption), *notes, *note])
    book.add_table(table.caption[:31], table)
    return book.content()


def wanted_form(request: HttpRequest) -> str:
    """Give the kind of file that an address asks for with ``as``; empty for the page itself.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    form = request.GET.get("as", "").strip().lower()
    if form and form not in FORMS:
        raise UsageError(
            f"A table cannot be had as “{form[:20]}”.", advice=f"Known: {', '.join(FORMS)}."
        )
    return form


def table_file(
    table: Table, form: str, *, title: str, notes: tuple[tuple[str, str], ...] = ()
) -> HttpResponse:
    """Answer with a table as a file."""
    if form == "csv":
        content, kind = table_csv(table), "text/csv; charset=utf-8"
    else:
        content, kind = table_xlsx(table, title=title, notes=notes), XLSX
    return as_file(content, kind, f"{file_name(title)}-{table.id}.{form}")


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file that is saved rather than shown."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def file_name(title: str) -> str:
    """Give a title as a plain file name."""
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in title.lower())
    return "-".join(part for part in plain.split("-") if part)[:60] or "place"


def chosen_table(tables: tuple[Table, ...], identifier: str) -> Table:
    """Give the table that an address asks for.

    Raises
    ------
    UsageError
        If the page has no such table.
    """
    for one in tables:
        if one.id == identifier:
            return one
    known = ", ".join(one.id for one in tables) or "none"
    raise UsageError(f"This page has no table “{identifier[:40]}”.", advice=f"Its tables: {known}.")
