"""A figure of a place in full: what it says, how surely, against what, and how it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.localities.declared import load
from hedgerow.localities.six_features import Cell, Supported
from hedgerow.reporting.table import Table
from hedgerow.reporting.unusual_words import beside_text, unusual_table
from hedgerow.reporting.wording import feature_heading
from hedgerow.reporting.workbook import findings_sheet
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places.looking import Look, look
from hedgerow.web.places.pages import facts_of, frame, title_of
from hedgerow.web.places.reports import Told, kept_text, told
from hedgerow.web.places.sheets import table_file, wanted_form
from hedgerow.web.places.waiting import patient


@dataclass(frozen=True)
class Bearing:
    """What a figure has to do with a statement about a feature.

    Attributes
    ----------
    feature, heading : str
    statement : str
        The statement, as it would stand in the table of the six features.
    is_lead : bool
        Whether it is the statement that stands there.
    side : str
        "speaks for it", "speaks against it", "lies on neither side" or "would bear on it, but is
        not known".
    words : str
        The figure in words, on which side of which knot it lies.
    others_for, others_against : tuple of tuple of str
        The other figures, each as its name and its words.
    """

    feature: str
    heading: str
    statement: str
    is_lead: bool
    side: str
    words: str
    others_for: tuple[tuple[str, str], ...]
    others_against: tuple[tuple[str, str], ...]


@needs(Action.SEE_OPEN_DATA)
@patient
def figure(
    request: HttpRequest, place: str, figure: str, partnership: str | None = None
) -> HttpResponse:
    """Show a figure of a place in full.

    Raises
    ------
    UnknownPlaceError
        If there is no figure of that name; with those most like it.
    """
    declared = {one.id: one for one in load()}
    if figure not in declared:
        raise UnknownPlaceError(
            f"There is no figure “{figure[:60]}”.",
            advice="The pages of features and themes list all figures of a place.",
        )
    seen = look(request, place)
    form = wanted_form(request)
    if form:
        return table_file(
            figure_table(told(seen), figure), form, title=title_of(seen), notes=facts_of(seen)
        )
    feature = declared[figure].feature
    given = {**frame(seen, feature), "heading": declared[figure].label}
    body = kept_text(seen, f"figure {figure}", lambda: _body(seen, figure, given))
    return render(request, "places/figure.html", {**given, "feature": feature, "body": body})


def figure_table(found: Told, figure: str) -> Table:
    """Give everything about one figure as a table of one row."""
    whole = findings_sheet(found.profile, found.today)
    return Table("figure", whole.caption, whole.columns, whole.rows.filter(pl.col("id") == figure))


def _body(look: Look, figure: str, given: dict[str, Any]) -> str:
    found = told(look)
    entries = (one for section in found.report.sections for one in section.entries)
    beside, beside_words = None, ""
    if found.profile.unusual is not None:
        rows = found.profile.unusual.table.filter(pl.col("id") == figure)
        whole = unusual_table(found.profile.unusual)
        beside = Table(whole.id, whole.caption, whole.columns, rows, whole.note)
        beside_words = "".join(beside_text(row) for row in rows.to_dicts())
    return render_to_string(
        "places/figure_body.html",
        {
            **given,
            "one": next(one for one in entries if one.id == figure),
            "finding": found.profile.finding(figure),
            "bearings": bearings(found, figure),
            "beside": beside if beside is not None and beside.height else None,
            "beside_words": beside_words,
            "has_figures": found.has_figures,
            "feature": figure.partition(".")[0],
            "feature_heading": feature_heading(figure.partition(".")[0]),
            "notes": (*found.report.notes, *look.notes),
        },
    )


def bearings(found: Told, figure: str) -> tuple[Bearing, ...]:
    """Give every statement about a feature that a figure speaks for or against, or would."""
    held = []
    for cell in found.profile.six_features:
        for one in _said(cell):
            if any(clue.finding == figure for clue in one.phrase.clues):
                held.append(_bearing(cell, one, figure))
    return tuple(held)


def _said(cell: Cell) -> tuple[Supported, ...]:
    return (() if cell.lead is None else (cell.lead,)) + cell.others


def _bearing(cell: Cell, one: Supported, figure: str) -> Bearing:
    mine = next((each for each in one.weighed if each.finding.id == figure), None)
    if mine is None:
        side, words = "would bear on it, but is not known", ""
    else:
        sides = {1: "speaks for it", -1: "speaks against it", 0: "lies on neither side"}
        side, words = sides[(mine.counts > 0) - (mine.counts < 0)], mine.words
    return Bearing(
        feature=cell.row.feature,
        heading=cell.row.heading,
        statement=one.phrase.text,
        is_lead=one is cell.lead,
        side=side,
        words=words,
        others_for=tuple(
            (each.finding.id, each.words) for each in one.speaks_for if each.finding.id != figure
        ),
        others_against=tuple(
            (each.finding.id, each.words)
            for each in one.speaks_against
            if each.finding.id != figure
        ),
    )
