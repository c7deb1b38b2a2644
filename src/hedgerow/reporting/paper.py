"""A profile as a report on A4: a tagged PDF with text that can be selected, set by typst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from hedgerow.reporting.comparison_report import ComparisonReport, comparison_report
from hedgerow.reporting.drawing import printable
from hedgerow.reporting.report import Report, report_of
from hedgerow.reporting.wording import age_text, day_text, is_old, sources_text

if TYPE_CHECKING:
    from hedgerow.localities.comparison import Comparison
    from hedgerow.localities.profile import Profile
    from hedgerow.reporting.pictures.picture import Picture
    from hedgerow.reporting.six_features_words import SixFeatures
    from hedgerow.reporting.table import Table

PAPER_WIDTH = 720
"""Width that pictures are drawn at: labels then come out at about the size of the text."""
LONGEST_BESIDE = 16
"""A table of more rows stands at the end of the report instead of under its picture."""


def profile_paper(profile: Profile, *, today: date) -> bytes:
    """Set a profile as PDF.

    Parameters
    ----------
    profile : Profile
    today : datetime.date
        The day on which the report is made; ages are reckoned from it.

    Notes
    -----
    All text goes to typst as data, never as markup: no name can break it or be taken for code.
    Fonts are those that Hedgerow carries and those inside typst, so the report looks the same on
    every machine.
    """
    return set_paper("profile", paper_data(report_of(profile, today=today), today))


def comparison_paper(comparison: Comparison, *, today: date) -> bytes:
    """Set profiles side by side as PDF; parameters as in `profile_paper`."""
    report = comparison_report(comparison, today=today)
    late = [one.table for one in report.pictures() if one.table.height > LONGEST_BESIDE]
    return set_paper(
        "compare",
        {
            **_opening(report),
            "overviews": [
                (printable(place), [printable(sentence) for sentence in sentences])
                for place, sentences in report.overviews
            ],
            "setting": _table(report.setting),
            "six_features": _six(report.six_features),
            "maps": [_picture(one, today) for one in report.maps],
            "sides": [
                {
                    "heading": side.heading,
                    "table": _table(side.table),
                    "pictures": [_picture(one, today) for one in side.pictures],
                    "entries": [asdict(one) for one in side.entries],
                }
                for side in report.sides
            ],
            "tables": [_table(one) for one in late],
        },
    )


def set_paper(template: str, data: Mapping[str, object]) -> bytes:
    """Set data with one of the templates as PDF/UA, the standard for tagged documents that can be
    read aloud."""
    import typst

    package = files("hedgerow.reporting")
    source = b"".join(
        package.joinpath(f"templates/{name}.typ").read_bytes() for name in ("parts", template)
    )
    filled = {"report": json.dumps(data, ensure_ascii=False)}
    with as_file(package.joinpath("fonts")) as folder:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
        try:
            made = typst.compile(
                source, sys_inputs=filled, font_paths=fonts, format="pdf", pdf_standards="ua-1"
            )
        except typst.TypstError as fault:
            if "could not be displayed" not in str(fault):
                raise
            # the standard refuses letters that no font of ours has; the document is still tagged
            made = typst.compile(source, sys_inputs=filled, font_paths=fonts, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__}, not the bytes of one document")
    return made


def paper_data(report: Report, today: date) -> dict[str, object]:
    """Give what the template is filled with."""
    late = [one.table for one in report.pictures() if one.table.height > LONGEST_BESIDE]
    return {
        **_opening(report),
        "overview": [printable(sentence.text) for sentence in report.overview],
        "setting": _table(report.setting),
        "six_features": _six(report.six_features),
        "kind": report.kind
        and {
            "sentences": [printable(sentence.text) for sentence in report.kind.sentences],
            "basis": [printable(note) for note in report.kind.basis],
        },
        "unusual": report.unusual
        and {
            "sentences": [printable(sentence.text) for sentence in report.unusual.sentences],
            "basis": [printable(note) for note in report.unusual.basis],
        },
        "map": _picture(report.map, today) if report.map else None,
        "sections": [
            {
                "heading": section.heading,
                "pictures": [_picture(one, today) for one in section.pictures],
                "measured": [asdict(one) for one in section.measured],
                "unknown": [asdict(group) for group in section.unknown],
            }
            for section in report.sections
        ],
        "not_known": [
            {
                "what": printable(gap.what),
                "needed": printable(gap.needed),
                "how": printable(gap.how),
            }
            for gap in report.not_known
        ],
        "tables": [_table(one) for one in [*late, *report.tables]],
    }


def _opening(report: Report | ComparisonReport) -> dict[str, object]:
    """What every document has: its title, its dates, its notes and its sources."""
    return {
        "title": printable(report.title),
        "on": report.on,
        "register": report.register,
        "made_on": report.made_on,
        "version": report.version,
        "notes": [printable(note) for note in report.notes],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "licence": source.licence,
                "as_of": day_text(source.as_of),
                "file": source.file,
                "rows": f"{source.rows:,}",
            }
            for source in report.sources
        ],
    }


def _picture(picture: Picture, today: date) -> dict[str, object]:
    sheet = picture.draw(PAPER_WIDTH)
    return {
        "title": printable(picture.title),
        "description": printable(picture.description),
        "svg": sheet.svg(title=picture.title, identifier=picture.id),
        "is_tall": sheet.height > sheet.width * 1.1,
        "keys": [
            {"label": printable(key.label), "svg": key.svg(stands_alone=True)}
            for key in picture.keys
        ],
        "caveat": printable(picture.caveat),
        "sources": sources_text(picture.sources),
        "as_of": day_text(picture.as_of),
        "age": age_text(picture.as_of, today),
        "is_old": is_old(picture.as_of, today),
        "table": _table(picture.table) if picture.table.height <= LONGEST_BESIDE else None,
    }


def _six(said: SixFeatures) -> dict[str, object]:
    return {
        "table": _table(said.table),
        "features": [
            {
                "heading": feature.heading,
                "cells": [
                    {
                        "place": printable(cell.place),
                        "text": cell.in_short,
                        "reasons": [
                            {"heading": heading, "listed": [printable(one) for one in listed]}
                            for heading, listed in cell.reasons
                        ],
                    }
                    for cell in feature.cells
                ],
            }
            for feature in said.features
        ],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "caption": printable(table.caption),
        "columns": [
            {"heading": column.heading, "is_number": column.is_number} for column in table.columns
        ],
        "rows": [[printable(cell) for cell in row] for row in table.cells()],
        "note": printable(table.note),
    }
