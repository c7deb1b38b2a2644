"""A place through time as a page, a workbook, and text for the terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.reporting.history_report import (
    changes_table,
    events_table,
    history_report,
    series_table,
)
from hedgerow.reporting.page import environment, mark, style
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.sheets import Book
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.terminal import console_for, written
from hedgerow.reporting.wording import day_text, value_text
from hedgerow.reporting.workbook import sources_sheet

if TYPE_CHECKING:
    from hedgerow.localities.before_and_after import BeforeAndAfter
    from hedgerow.localities.through_time import History

WIDEST_LABEL, CELL = 30, 11
"""Characters for a figure's name, and for a day, below which days stand one beneath another."""


def history_page(history: History, *, today: date) -> str:
    """Write a history as HTML; ages are reckoned from ``today``."""
    report = history_report(history, today=today)
    return (
        environment(today)
        .get_template("history.html.j2")
        .render(report=report, style=style(), mark=mark(), wide=WIDE, narrow=NARROW)
    )


def history_workbook(history: History, *, today: date) -> bytes:
    """Write a history as XLSX: figures, changes, events, before and after, sources."""
    report = history_report(history, today=today)
    book = Book(report.title, today)
    book.add_words(
        "About",
        [
            ("Place", history.place),
            ("Days", report.on),
            ("Register", report.register),
            ("Made on", report.made_on),
            ("Made with", f"Hedgerow {__version__}"),
            *(("Note", note) for note in report.notes),
            *(("Change", text) for text in report.changes),
        ],
    )
    for table in (series_table(history), changes_table(history), events_table(history)):
        book.add_table(table.caption, table)
    for study in history.before_and_after:
        book.add_table(study.id.replace("-", " ").capitalize(), terms_table(study))
    book.add_table("Sources", sources_sheet(report.sources))
    return book.content()


def terms_table(study: BeforeAndAfter) -> Table:
    """Give the terms before and after an event as a table."""
    columns = (
        Column("term", "term", "count"),
        Column("value", study.value_heading, "number"),
        Column("low", "from", "number"),
        Column("high", "to", "number"),
        Column("n", "schools", "count"),
        Column("is_left_out", "left out of the comparison"),
    )
    note = f"{study.before} {study.caveat}"
    return Table(study.id, study.title, columns, study.terms, note=note)


def history_text(history: History, *, today: date, width: int | None, is_terminal: bool) -> str:
    """Write a history out for a terminal or a pipe; parameters as in `profile_text`."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    report = history_report(history, today=today)
    console = console_for(width, is_terminal)
    console.print(Text(report.title, style="bold"))
    console.print(Text(f"{report.on[0].upper()}{report.on[1:]}. Register {report.register}."))
    console.print()
    shown = [one for one in history.series.values() if any(found.is_measured for found in one)]
    if console.width < WIDEST_LABEL + CELL * len(history.days):
        for findings in shown:
            console.print(Text(findings[0].indicator.label, style="bold"))
            for one in findings:
                console.print(Text(f"  {day_text(one.on)}: {value_text(one)}"))
    else:
        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        grid.add_column("")
        for day in history.days:
            grid.add_column(f"{day:%b %Y}", justify="right", no_wrap=True)
        for findings in shown:
            cells = [Text(value_text(one)) for one in findings]
            grid.add_row(Text(findings[0].indicator.label), *cells)
        console.print(grid)
    for text in report.unknown:
        console.print(Text(text))
    console.print()
    console.print(Text("Changes beyond noise", style="bold"))
    for text in report.changes or ("None.",):
        console.print(Text(text))
    console.print()
    for study in history.before_and_after:
        console.print(Text(study.title, style="bold"))
        values = "; ".join(
            f"{term}: {value:.2f}" for term, value in study.terms.select("term", "value").rows()
        )
        console.print(Text(f"By term: {values}. {study.before} {study.caveat}"))
        console.print()
    for note in report.notes:
        console.print(Text(note, style="dim"))
    return written(console)
