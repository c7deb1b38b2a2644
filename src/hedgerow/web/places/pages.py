"""The page of a place, and a page for each of its features and themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hedgerow.landscape.indicators import Unit
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.entries import source_titles
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.report import PHASE_WORDS, Section
from hedgerow.reporting.six_features_words import FeatureSaid
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import FEATURES, day_text, feature_heading
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places.changing import Changed, changed
from hedgerow.web.places.looking import Look, look
from hedgerow.web.places.opening import opening
from hedgerow.web.places.reports import Told, kept_text, told
from hedgerow.web.places.sheets import chosen_table, table_file, wanted_form
from hedgerow.web.places.waiting import patient


@dataclass(frozen=True)
class Door:
    """A way from a place's page to one of its features or themes: what is said, and how much."""

    name: str
    heading: str
    text: str
    known: int
    unknown: int


NEED_NO_SCALE: tuple[Unit, ...] = ("share", "count", "km", "days", "years", "ratio")
"""Units in which a figure says something to whoever does not know how it is made."""


class _NotYet(Exception):
    """What changed is still being worked out: what the page says until then."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def title_of(look: Look) -> str:
    """Give the title of a place's pages: the place and the schools that they are about."""
    label = look.lens.label(look.named.on(look.on))
    return f"{shown_name(label)}: {PHASE_WORDS[look.address.phase]}"


def register_text(landscape: Landscape) -> str:
    """Give what to call a register: the day that it describes."""
    return landscape.label if landscape.as_of is None else day_text(landscape.as_of)


def frame(look: Look, page: str) -> dict[str, Any]:
    """Give what every page of a place is filled with.

    Parameters
    ----------
    look : Look
    page : str
        Which page it is, for the list of pages.
    """
    title = title_of(look)
    return {
        "look": look,
        "address": look.address,
        "title": title,
        "place_name": title.rpartition(": ")[0],
        "on": day_text(look.on),
        "register": register_text(look.named),
        "page": page,
        "sections": [(name, feature_heading(name)) for name in FEATURES],
        "phases": PHASE_WORDS,
    }


def cited(look: Look, *pictures: Picture | None) -> tuple[Source, ...]:
    """Give the sources that pictures say that they rest on."""
    titles = source_titles(look.named.sources)
    said = {title for one in pictures if one is not None for title in one.sources}
    return tuple(one for one in look.named.sources if titles[one.id] in said)


@needs(Action.SEE_OPEN_DATA)
@patient
def place(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Show what a busy person needs to know of a place."""
    seen = look(request, place)
    form = wanted_form(request)
    if form:
        return _overview_table(seen, request.GET.get("table", ""), form)
    given = frame(seen, "overview")
    first = kept_text(seen, "overview", lambda: _part(seen, "overview", given))
    rest = kept_text(seen, "rest", lambda: _part(seen, "rest", given))
    return render(
        request,
        "places/place.html",
        {**given, "first": first, "rest": rest, "changes": _changes(seen, given)},
    )


def _changes(look: Look, given: dict[str, Any]) -> str:
    """Fill what stands between the two parts; it is kept as soon as it is known."""

    def filled() -> str:
        since = changed(look)
        text = render_to_string("places/changes.html", {**given, "changed": since})
        if since.is_working:
            raise _NotYet(text)
        return text

    try:
        return kept_text(look, "changes", filled)
    except _NotYet as unfinished:
        return unfinished.text


def _part(look: Look, part: str, given: dict[str, Any]) -> str:
    """Fill one of the two parts of the overview, between which stands what changed."""
    found = told(look)
    return render_to_string(
        f"places/{part}.html",
        {
            **given,
            "combined": combined(look),
            "report": found.report,
            "opening": opening(found.profile, found.report),
            "has_figures": found.has_figures,
            "doors": doors(found),
            "ids": ids_by_anchor(found),
        },
    )


COMBINED = {"within": "Only those also in", "also": "And also", "without": "Without"}


def combined(look: Look) -> list[tuple[str, str, str]]:
    """Give each place that is combined with the first: how, which, and the address without it."""
    return [
        (
            words,
            look.names[one],
            look.address.combined(name, [other for other in held if other != one]).url(),
        )
        for name, words in COMBINED.items()
        for held in [getattr(look.address, name)]
        for one in held
    ]


def ids_by_anchor(found: Told) -> dict[str, str]:
    """Give the name of the indicator behind each anchor of a report."""
    return {one.anchor: one.id for section in found.report.sections for one in section.entries}


def doors(found: Told) -> list[Door]:
    """Give a way to each feature and theme, with what can be said of it in short."""
    said = _said_by_feature(found)
    units = {finding.id: finding.indicator.unit for finding in found.profile.findings}
    return [
        Door(
            name=name,
            heading=section.heading,
            text=said[name].cells[0].in_short if name in said else _first_of(section, units),
            known=len(section.measured),
            unknown=len(section.entries) - len(section.measured),
        )
        for section in found.report.sections
        for name in [section.id.replace("-", "_")]
    ]


def _first_of(section: Section, units: Mapping[str, Unit]) -> str:
    """Say the first figure of a theme that needs no scale to be understood, or what would tell."""
    if not section.measured:
        tells = next((one.would_tell for one in section.entries if one.would_tell), "")
        first = tells.partition(";")[0].rstrip(".")
        return f"Not known here. What would tell: {first[:1].lower()}{first[1:]}." if first else ""
    plain = (one for one in section.measured if units[one.id] in NEED_NO_SCALE)
    one = next(plain, section.measured[0])
    england = f", in England {one.england}" if one.england and units[one.id] == "share" else ""
    return f"{one.label}: {one.value}{england}."


def _said_by_feature(found: Told) -> dict[str, FeatureSaid]:
    cells = found.profile.six_features
    words = found.report.six_features.features
    return {cell.row.feature: one for cell, one in zip(cells, words, strict=True)}


def _overview_table(look: Look, identifier: str, form: str) -> HttpResponse:
    if identifier == "events":
        since = changed(look)
        return _file(look, _events(since), identifier, form)
    report = told(look).report
    tables = [report.setting, report.six_features.table, *report.tables]
    if report.unusual is not None:
        tables.append(report.unusual.table)
    if report.map is not None:
        tables.append(report.map.table)
    return _file(look, tuple(tables), identifier, form)


def _events(since: Changed) -> tuple[Table, ...]:
    return () if since.events is None else (since.events,)


def _file(look: Look, tables: tuple[Table, ...], identifier: str, form: str) -> HttpResponse:
    return table_file(
        chosen_table(tables, identifier), form, title=title_of(look), notes=facts_of(look)
    )


def facts_of(look: Look) -> tuple[tuple[str, str], ...]:
    """Give what a file says of where its numbers come from."""
    return (
        ("Place", title_of(look)),
        ("As on", day_text(look.on)),
        ("Register", register_text(look.named)),
        *(("Note", note) for note in look.notes),
    )


@needs(Action.SEE_OPEN_DATA)
@patient
def section(
    request: HttpRequest, place: str, section: str, partnership: str | None = None
) -> HttpResponse:
    """Show a feature or theme of a place: its findings in words, with pictures and tables."""
    seen = look(request, place)
    form = wanted_form(request)
    if form:
        found = told(seen)
        held = _section(found, section)
        tables = tuple(picture.table for picture in held.pictures)
        return _file(seen, tables, request.GET.get("table", ""), form)
    given = {**frame(seen, section), "heading": feature_heading(section)}
    body = kept_text(seen, f"section {section}", lambda: _section_body(seen, section, given))
    return render(request, "places/section.html", {**given, "body": body})


def _section(found: Told, name: str) -> Section:
    return next(one for one in found.report.sections if one.id == name.replace("_", "-"))


def _section_body(look: Look, name: str, given: dict[str, Any]) -> str:
    found = told(look)
    said = _said_by_feature(found).get(name)
    return render_to_string(
        "places/section_body.html",
        {
            **given,
            "name": name,
            "section": _section(found, name),
            "said": None if said is None else said.cells[0],
            "notes": (*found.report.notes, *look.notes),
            "sources": found.report.sources,
        },
    )
