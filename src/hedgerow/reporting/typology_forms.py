"""A typology as a page and as a workbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.reporting.page import environment, mark, style
from hedgerow.reporting.pictures.picture import NARROW, WIDE
from hedgerow.reporting.sheets import Book
from hedgerow.reporting.typology_report import typology_report
from hedgerow.reporting.typology_tables import (
    continuum_table,
    portraits_table,
    types_table,
)
from hedgerow.reporting.workbook import sources_sheet

if TYPE_CHECKING:
    from hedgerow.localities.typology.answer import Answer


def typology_page(answer: Answer, *, today: date) -> str:
    """Write a typology as HTML; parameters as in `typology_report`."""
    report = typology_report(answer, today=today)
    return (
        environment(today)
        .get_template("typology.html.j2")
        .render(report=report, style=style(), mark=mark(), wide=WIDE, narrow=NARROW)
    )


def typology_workbook(answer: Answer, *, today: date) -> bytes:
    """Write a typology as XLSX, a sheet a table."""
    report = typology_report(answer, today=today)
    book = Book(report.title, today)
    book.add_words(
        "About",
        [
            ("Question", report.title),
            ("As on", report.on),
            ("Register", report.register),
            ("Made on", report.made_on),
            ("Made with", f"Hedgerow {__version__}"),
            ("Seed", str(answer.seed)),
            ("Answer", report.verdict),
            ("How sure", report.sureness),
            *(("What open data cannot say", words) for words in report.cannot_say),
            ("Second opinion", report.second),
            *((("How sure", report.consensus),) if report.consensus else ()),
            ("Extremes", report.extremes),
            *(("Method", words) for words in report.method),
            *(("Note", words) for words in report.notes),
        ],
    )
    tables = {
        "Types": types_table(answer),
        "Portraits": portraits_table(answer),
        "Places": report.places,
        "Number of types": report.evidence,
        "Continuum": continuum_table(answer),
        "Other choices": report.multiverse,
        "Like the study's three": report.resemblance,
        "The three otherwise": report.resemblance_choices,
        "Kinds of mover": report.movers,
        **{f"Moves {number}": one for number, one in enumerate(report.moves, start=1)},
        "Not typed": report.left_out,
    }
    for name, table in tables.items():
        if table is not None and table.height:
            book.add_table(name, table)
    book.add_table("Sources", sources_sheet(report.sources))
    return book.content()
