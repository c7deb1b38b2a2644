"""A profile as a workbook: what it is, then one sheet a table, with native values throughout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from hedgerow import __version__
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.typology.kept import HEADING as KIND_HEADING
from hedgerow.reporting.comparison_report import comparison_report
from hedgerow.reporting.entries import Entry, entry, source_titles
from hedgerow.reporting.profile_tables import CAPTIONS, readable
from hedgerow.reporting.report import PHASE_WORDS, lens_notes
from hedgerow.reporting.sheets import Book
from hedgerow.reporting.six_features_words import HEADING as SIX_HEADING
from hedgerow.reporting.six_features_words import (
    SETTING_HEADING,
    evidence_table,
    setting_table,
    six_features_said,
)
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.unusual_words import HEADING, unusual_table
from hedgerow.reporting.wording import day_text, feature_heading

if TYPE_CHECKING:
    from hedgerow.landscape.finding import Finding
    from hedgerow.localities.comparison import Comparison
    from hedgerow.localities.profile import Profile

FINDING_COLUMNS = (
    Column("feature", "feature"),
    Column("label", "figure"),
    Column("id", "name"),
    Column("status", "status"),
    Column("value", "value", "number"),
    Column("unit", "unit"),
    Column("low", "interval from", "number"),
    Column("high", "interval to", "number"),
    Column("interval_method", "interval by"),
    Column("expected", "by chance", "number"),
    Column("expected_low", "by chance from", "number"),
    Column("expected_high", "by chance to", "number"),
    Column("p", "p", "number"),
    Column("chance_method", "chance by"),
    Column("england", "England", "number"),
    Column("n", "n", "count"),
    Column("units", "n counts"),
    Column("missing", "unknown", "count"),
    Column("missing_rule", "what is done about unknown"),
    Column("as_of", "facts of", "date"),
    Column("tier", "kind of evidence"),
    Column("grade", "strength of evidence"),
    Column("direction", "direction"),
    Column("caveat", "caveat"),
    Column("reason", "why there is no value"),
    Column("would_tell", "what would tell"),
    Column("question", "question"),
    Column("why", "why it matters"),
    Column("sources", "sources"),
    Column("references", "references"),
)
_READING = (
    ("How to read it", "Shares are fractions of 1. An empty cell is not known; it is not nought."),
    ("No ranks", "Places differ; they are not better or worse."),
)
_NUMBERS = ("value", "low", "high", "expected", "expected_low", "expected_high", "p", "england")


def profile_workbook(profile: Profile, *, today: date) -> bytes:
    """Write a profile as XLSX.

    Parameters
    ----------
    profile : Profile
    today : datetime.date
        The day on which the workbook is made.
    """
    sources = profile.here.whole.sources
    book = Book(f"{shown_name(profile.place)}, {day_text(profile.on)}", today)
    notes = [("Note", note) for note in lens_notes(profile.here)]
    overview = [("Overview", statement.text) for statement in profile.overview]
    if profile.unusual is not None:
        said = [*(one.text for one in profile.unusual.statements), *profile.unusual.basis]
        overview += [(HEADING, text) for text in said]
    if profile.kind is not None:
        said = [*(one.text for one in profile.kind.statements), *profile.kind.basis]
        overview += [(KIND_HEADING, text) for text in said]
    book.add_words(
        "About",
        [
            ("Place", profile.place),
            ("Schools", PHASE_WORDS[profile.phase]),
            ("As on", day_text(profile.on)),
            ("Register", profile.register),
            ("Made on", day_text(today)),
            ("Made with", f"Hedgerow {__version__}"),
            *notes,
            *overview,
            *_READING,
        ],
    )
    book.add_table("Findings", findings_sheet(profile, today))
    if profile.unusual is not None:
        book.add_table(HEADING, unusual_table(profile.unusual))
    places = [shown_name(profile.place)]
    book.add_table(SETTING_HEADING, setting_table([profile], places))
    book.add_table(SIX_HEADING, evidence_table(six_features_said([profile], places)))
    for name, frame in profile.tables.items():
        book.add_table(CAPTIONS.get(name, name).split(",")[0][:31], readable(name, frame))
    book.add_table("Sources", sources_sheet(sources))
    return book.content()


def comparison_workbook(comparison: Comparison, *, today: date) -> bytes:
    """Write profiles side by side as XLSX: figures side by side, then all findings of each place.

    Parameters as in `profile_workbook`.
    """
    report = comparison_report(comparison, today=today)
    book = Book(report.title, today)
    book.add_words(
        "About",
        [
            *(("Place", place) for place in report.places),
            ("As on", report.on),
            ("Register", report.register),
            ("Made on", report.made_on),
            ("Made with", f"Hedgerow {report.version}"),
            *(("Note", note) for note in report.notes),
            *_READING,
        ],
    )
    book.add_table(SETTING_HEADING, report.setting)
    book.add_table(SIX_HEADING, evidence_table(report.six_features))
    book.add_table("Side by side", side_by_side(comparison, report.places))
    for number, (place, profile) in enumerate(
        zip(report.places, comparison.profiles, strict=True), start=1
    ):
        book.add_table(f"{number} {place}", findings_sheet(profile, today))
    book.add_table("Sources", sources_sheet(report.sources))
    return book.content()


def side_by_side(comparison: Comparison, places: Sequence[str]) -> Table:
    """Give the comparison as one wide table: one figure a row, and for each place its value,
    interval and n."""
    columns = [Column("feature", "feature"), Column("label", "figure"), Column("unit", "unit")]
    held: list[dict[str, object]] = [
        {
            "feature": feature_heading(row.indicator.feature),
            "label": row.indicator.label,
            "unit": row.indicator.unit,
            "england": None if row.england is None else row.england.value,
        }
        for row in comparison.rows
    ]
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(("feature", "label", "unit"), pl.String)
    for number, place in enumerate(places):
        for name, heading in (("value", ""), ("low", " from"), ("high", " to")):
            columns.append(Column(f"{name} {number}", f"{place}{heading}", "number"))
            schema[f"{name} {number}"] = pl.Float64
        columns.append(Column(f"n {number}", f"{place} n", "count"))
        columns.append(Column(f"status {number}", f"{place} status"))
        schema |= {f"n {number}": pl.Int64, f"status {number}": pl.String}
        for row, cells in zip(comparison.rows, held, strict=True):
            one = row.findings[number]
            cells[f"value {number}"] = one.value
            cells[f"low {number}"] = one.interval.low if one.interval else None
            cells[f"high {number}"] = one.interval.high if one.interval else None
            cells[f"n {number}"] = one.n
            cells[f"status {number}"] = one.status
    columns.append(Column("england", "England", "number"))
    schema["england"] = pl.Float64
    return Table("side-by-side", "Side by side", tuple(columns), pl.DataFrame(held, schema=schema))


def findings_sheet(profile: Profile, today: date) -> Table:
    """Give all findings as one table, one a row, with everything needed to judge them."""
    titles = source_titles(profile.here.whole.sources)
    rows = []
    for one in profile.findings:
        england = profile.england.get(one.id)
        words = entry(one, england=england, titles=titles, today=today)
        rows.append(_finding_row(one, england, words))
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(
        (column.name for column in FINDING_COLUMNS), pl.String
    )
    schema |= dict.fromkeys(_NUMBERS, pl.Float64)
    schema |= {"n": pl.Int64, "missing": pl.Int64, "as_of": pl.Date}
    return Table("findings", "Findings", FINDING_COLUMNS, pl.DataFrame(rows, schema=schema))


def _finding_row(one: Finding, england: Finding | None, words: Entry) -> dict[str, object]:
    indicator, interval, chance = one.indicator, one.interval, one.chance
    return {
        "feature": feature_heading(indicator.feature),
        "label": indicator.label,
        "id": one.id,
        "status": one.status,
        "value": one.value,
        "unit": indicator.unit,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "interval_method": words.interval_method or None,
        "expected": chance.expected if chance else None,
        "expected_low": chance.low if chance else None,
        "expected_high": chance.high if chance else None,
        "p": chance.p if chance else None,
        "chance_method": words.chance_method or None,
        "england": england.value if england is not None else None,
        "n": one.n,
        "units": indicator.units,
        "missing": one.missing,
        "missing_rule": indicator.missing_rule,
        "as_of": one.as_of,
        "tier": words.tier,
        "grade": words.grade,
        "direction": words.direction,
        "caveat": one.caveat,
        "reason": one.reason or None,
        "would_tell": one.would_tell or None,
        "question": indicator.question,
        "why": indicator.why,
        "sources": "; ".join(words.sources),
        "references": "; ".join(words.references),
    }


def sources_sheet(sources: Sequence[Source]) -> Table:
    """Give the sources of a landscape as a table."""
    columns = (
        Column("id", "name"),
        Column("title", "title"),
        Column("publisher", "publisher"),
        Column("licence", "licence"),
        Column("as_of", "facts of", "date"),
        Column("file", "file"),
        Column("rows", "rows used", "count"),
        Column("sha256", "SHA-256"),
    )
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(
        (column.name for column in columns), pl.String
    )
    schema |= {"as_of": pl.Date, "rows": pl.Int64}
    held = [{name: getattr(source, name) for name in schema} for source in sources]
    return Table("sources", "Sources", columns, pl.DataFrame(held, schema=schema))
