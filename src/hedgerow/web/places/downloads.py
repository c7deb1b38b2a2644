"""A place's profile as a file: page, paper, workbook, or the JSON of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from hedgerow.localities.comparison import Comparison
from hedgerow.localities.profile import Profile
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places.looking import look
from hedgerow.web.places.pages import title_of
from hedgerow.web.places.reports import told
from hedgerow.web.places.sheets import XLSX, as_file, file_name
from hedgerow.web.places.waiting import patient

KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "json": "application/json",
}
"""Kinds of file, with how they are declared."""


@needs(Action.SEE_OPEN_DATA)
@patient
def download(
    request: HttpRequest, place: str, form: str, partnership: str | None = None
) -> HttpResponse:
    """Give the profile of a place as a file."""
    if form not in KINDS:
        raise Http404
    seen = look(request, place)
    found = told(seen)
    content = profile_makers(found.profile, found.today)[form]()
    name = f"{file_name(title_of(seen))}-{seen.on.isoformat()}.{form}"
    return as_file(content, KINDS[form], name)


def profile_makers(found: Profile, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file of a profile; nothing is imported before it is asked
    for."""

    def html() -> bytes:
        from hedgerow.reporting.page import profile_page

        return profile_page(found, today=today).encode()

    def pdf() -> bytes:
        from hedgerow.reporting.paper import profile_paper

        return profile_paper(found, today=today)

    def xlsx() -> bytes:
        from hedgerow.reporting.workbook import profile_workbook

        return profile_workbook(found, today=today)

    return {"html": html, "pdf": pdf, "xlsx": xlsx, "json": lambda: as_json(found.to_json())}


def comparison_makers(found: Comparison, today: date) -> dict[str, Callable[[], bytes]]:
    """Give what makes each kind of file of places side by side."""

    def html() -> bytes:
        from hedgerow.reporting.page import comparison_page

        return comparison_page(found, today=today).encode()

    def pdf() -> bytes:
        from hedgerow.reporting.paper import comparison_paper

        return comparison_paper(found, today=today)

    def xlsx() -> bytes:
        from hedgerow.reporting.workbook import comparison_workbook

        return comparison_workbook(found, today=today)

    return {"html": html, "pdf": pdf, "xlsx": xlsx, "json": lambda: as_json(found.to_json())}


def as_json(held: object) -> bytes:
    """Write JSON as the command line does."""
    return (json.dumps(held, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
