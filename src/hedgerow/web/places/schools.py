"""The schools of a place, and a school with the locals that it lives in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.places import folded
from hedgerow.localities.tables import ARRANGEMENTS
from hedgerow.reporting.profile_tables import readable
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.access.seeing import Seen
from hedgerow.web.places.address import day_in
from hedgerow.web.places.looking import look, sight
from hedgerow.web.places.one_school import School, school_of
from hedgerow.web.places.one_school_learning import learning_of
from hedgerow.web.places.pages import facts_of, frame, register_text, title_of
from hedgerow.web.places.reports import told
from hedgerow.web.places.sheets import chosen_table, table_file, wanted_form
from hedgerow.web.places.waiting import patient

ON_A_PAGE = 100
MOST_RECORDS = 12
"""Records of learning that a school's page lists, the latest first; the files have all."""


@needs(Action.SEE_OPEN_DATA)
@patient
def schools(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """List the schools of a place, with a filter by name and by who governs them."""
    seen = look(request, place)
    whole = told(seen).profile.tables["schools"]
    words = request.GET.get("q", "").strip()[:120]
    arrangement = request.GET.get("governed", "").strip()
    if arrangement and arrangement not in ARRANGEMENTS.values():
        raise UsageError(
            f"“{arrangement[:40]}” is no governing arrangement.",
            advice=f"Known: {', '.join(ARRANGEMENTS.values())}.",
        )
    rows = filtered(whole, words, arrangement)
    table = readable("schools", rows)
    form = wanted_form(request)
    if form:
        return table_file(table, form, title=title_of(seen), notes=facts_of(seen))
    pages = Paginator(range(rows.height), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    given: dict[str, Any] = {
        **frame(seen, "schools"),
        "table": Table(table.id, table.caption, table.columns, rows.slice(start, ON_A_PAGE)),
        "urns": rows["urn"].slice(start, ON_A_PAGE).to_list(),
        "many": rows.height,
        "whole": whole.height,
        "words": words,
        "governed": arrangement,
        "arrangements": [one for one in ARRANGEMENTS.values() if one in set(whole["arrangement"])],
        "pages": page,
        "kept": [(name, one) for name, one in (("q", words), ("governed", arrangement)) if one],
        "notes": seen.notes,
    }
    return render(request, "places/schools.html", given)


def filtered(rows: pl.DataFrame, words: str, arrangement: str) -> pl.DataFrame:
    """Keep the schools whose name or number has all the words, and that are so governed."""
    if arrangement:
        rows = rows.filter(pl.col("arrangement") == arrangement)
    wanted = folded(words).split()
    if not wanted:
        return rows
    texts = [
        f" {folded(name)} {urn} {folded(body or '')}"
        for name, urn, body in rows.select("school", "urn", "governing_body").iter_rows()
    ]
    kept = [all(f" {word}" in text for word in wanted) for text in texts]
    return rows.filter(pl.Series(kept, dtype=pl.Boolean))


@needs(Action.SEE_OPEN_DATA)
def school(request: HttpRequest, urn: int, partnership: str | None = None) -> HttpResponse:
    """Show a school: what it is, its locals, what is on offer to it and what it took part in."""
    day = day_in(request.GET, "on")
    held = sight(request, day)
    found = school_of(held.named, urn, day or settings.SITE.usual_day)
    if found is None:
        raise UnknownPlaceError(
            f"There is no school with the number {urn} in the register of "
            f"{register_text(held.named)}.",
            advice="Search for it by its name or its postcode.",
        )
    learning = learning_of(held, urn, found.on, partnership)
    form = wanted_form(request)
    if form:
        return table_file(
            chosen_table(learning.tables, request.GET.get("table", "")),
            form,
            title=found.name,
            notes=_facts_of(found, held),
        )
    told = learning.taken
    said = [] if day is None else [("on", day.isoformat())]
    return render(
        request,
        "places/school.html",
        {
            "school": found,
            "learning": learning,
            "latest": told
            and told.head(MOST_RECORDS, f"The latest {MOST_RECORDS} of {told.height:,}"),
            "on": day_text(found.on),
            "day": "" if day is None else day.isoformat(),
            "register": register_text(held.named),
            "partnership": partnership,
            "query": f"?{urlencode(said)}" if said else "",
            "files": "?" + urlencode([*said, ("table", "")]),
            "notes": held.notes,
        },
    )


def _facts_of(school: School, held: Seen) -> tuple[tuple[str, str], ...]:
    return (
        ("School", f"{school.name} (URN {school.urn})"),
        ("As on", day_text(school.on)),
        ("Register", register_text(held.named)),
        *(("Note", note) for note in held.notes),
    )
