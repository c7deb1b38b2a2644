"""Places side by side: two to six, in the order in which they were chosen, without rank."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from hedgerow.landscape.errors import UsageError
from hedgerow.localities.comparison import FEWEST, MOST, Comparison
from hedgerow.localities.comparison import compare as side_by_side
from hedgerow.reporting.comparison_report import ComparisonReport, comparison_report
from hedgerow.reporting.report import PHASE_WORDS
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places.address import Address
from hedgerow.web.places.downloads import KINDS, comparison_makers
from hedgerow.web.places.finding import to_compare
from hedgerow.web.places.looking import Look, look_at, sight
from hedgerow.web.places.pages import register_text, title_of
from hedgerow.web.places.reports import told
from hedgerow.web.places.sheets import as_file, chosen_table, table_file, wanted_form
from hedgerow.web.places.waiting import patient


@needs(Action.SEE_OPEN_DATA)
@patient
def compare(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """Set places side by side; with fewer than two, help to choose them.

    Raises
    ------
    UsageError
        If more than six are named, or one of them twice.
    UnknownPlaceError
        If one is unknown or ambiguous; with candidates.
    """
    named = list(dict.fromkeys(one.strip() for one in request.GET.getlist("place") if one.strip()))
    if len(named) > MOST:
        raise UsageError(
            f"A comparison takes {FEWEST} to {MOST} places, and {len(named)} were given.",
            advice="Leave some out, or make several comparisons.",
        )
    looks = [look_at(request, Address.parse(request, one)) for one in named]
    form = wanted_file(request)
    if form and len(looks) >= FEWEST:
        return _file(looks, request.GET.get("table", ""), form)
    chosen = [(title_of(one).rpartition(": ")[0], _without(request, one)) for one in looks]
    given: dict[str, Any] = {
        "looks": looks,
        "chosen": chosen,
        "aim": to_compare(request.GET, partnership),
        "most": MOST,
        "fewest": FEWEST,
        "register": register_text(sight(request).named),
        "phases": PHASE_WORDS,
        "phase": looks[0].address.phase if looks else "primary",
        "on": request.GET.get("on", ""),
        "here": _here(request, named),
        "partnership": partnership,
    }
    body = _kept_body(looks, given) if len(looks) >= FEWEST else ""
    return render(request, "places/compare.html", {**given, "body": body})


def wanted_file(request: HttpRequest) -> str:
    """Give the kind of file that is asked for: of one table, or of the whole comparison."""
    if request.GET.get("table"):
        return wanted_form(request)
    form = request.GET.get("as", "").strip().lower()
    if form and form not in KINDS:
        raise UsageError(
            f"A comparison cannot be had as “{form[:20]}”.", advice=f"Known: {', '.join(KINDS)}."
        )
    return form


def _here(request: HttpRequest, named: list[str]) -> str:
    slug = None if request.partnership is None else request.partnership.slug
    kept = [(name, request.GET[name]) for name in ("on", "phase") if request.GET.get(name)]
    pairs = [*(("place", one) for one in named), *kept]
    path = reverse("compare", kwargs={"partnership": slug} if slug else {})
    return f"{path}?{urlencode(pairs)}"


def _without(request: HttpRequest, look: Look) -> str:
    others = [
        one
        for one in dict.fromkeys(request.GET.getlist("place"))
        if one.strip() and one.strip() != look.address.place
    ]
    return _here(request, others)


def _compared(looks: list[Look]) -> Comparison:
    return side_by_side([told(one).profile for one in looks])


def _report(looks: list[Look]) -> ComparisonReport:
    return comparison_report(_compared(looks), today=told(looks[0]).today)


def _kept_body(looks: list[Look], given: dict[str, Any]) -> str:
    said = repr([date.today(), *((one.key, one.address.url()) for one in looks)])
    key = "compare-" + sha256(said.encode()).hexdigest()
    found = caches["pages"].get(key)
    if found is None:
        found = render_to_string("places/compare_body.html", {**given, "report": _report(looks)})
        caches["pages"].set(key, found)
    return str(found)


def _file(looks: list[Look], identifier: str, form: str) -> HttpResponse:
    report = _report(looks)
    name = report.title
    if not identifier:
        made = comparison_makers(_compared(looks), told(looks[0]).today)[form]()
        return as_file(made, KINDS[form], f"places-side-by-side.{form}")
    facts = (("Places", name), ("As on", day_text(looks[0].on)), ("Register", report.register))
    return table_file(chosen_table(_tables(report), identifier), form, title=name, notes=facts)


def _tables(report: ComparisonReport) -> tuple[Table, ...]:
    return (
        report.setting,
        report.six_features.table,
        *(side.table for side in report.sides),
        *(picture.table for picture in report.pictures()),
    )
