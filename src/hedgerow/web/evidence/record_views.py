"""Pages on which records are seen one by one, added, changed and ended, with their history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.sheets import SheetSpec
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Fault
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.evidence.history import history_of
from hedgerow.web.evidence.mending import suggested_in
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.record_saving import Saved, Writer
from hedgerow.web.evidence.record_search import holding
from hedgerow.web.evidence.record_sheets import (
    cells_of,
    columns_listed,
    fields_of,
    own_records,
    rows_of,
    sheet_of,
    sheet_of_record,
    sheets_in_order,
    words_of,
)
from hedgerow.web.registers import register_on

ROWS_A_PAGE = 50
LONGEST = 2_000
LONGEST_SEARCH = 100
ENDS = ("end", "closed")
"""Columns that say until when something held."""


@needs(Action.EDIT_RECORDS)
def kinds(request: HttpRequest, partnership: str) -> HttpResponse:
    """List the kinds of records, with how many of one's own there are of each."""
    counted = [
        (spec, own_records(request.partnership, _organisation(request), spec).count())
        for spec in sheets_in_order()
    ]
    return render(request, "evidence/records.html", {"counted": counted, "whose": _whose(request)})


@needs(Action.EDIT_RECORDS)
def listed(request: HttpRequest, partnership: str, sheet: str) -> HttpResponse:
    """List one's own records of a kind, with a search."""
    spec = _sheet(sheet)
    search = request.GET.get("q", "")[:LONGEST_SEARCH]
    words = words_of(request.partnership)
    records = own_records(request.partnership, _organisation(request), spec)
    whole = records.count()
    if search.strip():
        paginator = Paginator(holding(records, spec, words, search), ROWS_A_PAGE)
    else:
        paginator = Paginator(records.values_list("pk", flat=True), ROWS_A_PAGE)
        paginator.count = whole
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "evidence/records_of_kind.html",
        {
            "spec": spec,
            "columns": columns_listed(spec),
            "page": page,
            "rows": rows_of(list(page.object_list), spec, words),
            "search": search,
            "whole": whole,
            "whose": _whose(request),
            "ends": _end_column(spec),
        },
    )


@needs(Action.EDIT_RECORDS)
def add(request: HttpRequest, partnership: str, sheet: str) -> HttpResponse:
    """Add a record."""
    return _form(request, _sheet(sheet), None)


@needs(Action.EDIT_RECORDS)
def change(request: HttpRequest, partnership: str, record_id: int) -> HttpResponse:
    """Change a record: the old one ends, and a new one follows it."""
    record = _own(request, record_id)
    return _form(request, sheet_of_record(record), record)


def _form(request: HttpRequest, spec: SheetSpec, old: Record | None) -> HttpResponse:
    words = words_of(request.partnership)
    held = {} if old is None else cells_of(old, spec, words)
    sent: dict[str, str] = held
    faults: dict[str, list[Fault | str]] = {}
    suggestions: dict[str, Any] = {}
    if request.method == "POST":
        sent = _sent(request, spec)
        cells = sent | _kept(spec, held, sent)
        if spec.table != "persons":
            cells = {name: words.meant(text) for name, text in cells.items()}
        try:
            saved = _writer(request).save(spec, cells, old=old)
        except UsageError as fault:
            faults[""] = [str(fault)]
        else:
            if saved.record is not None:
                return _done(request, spec, saved, "added" if old is None else "changed")
            faults = _by_column(spec, saved.faults)
            suggestions = {
                name: tuple(
                    pair
                    for one in listed
                    if isinstance(one, Fault)
                    for pair in suggested_in(one.advice)
                )
                for name, listed in faults.items()
            }
    return render(
        request,
        "evidence/record_form.html",
        {
            "spec": spec,
            "old": old,
            "fields": fields_of(spec, sent, is_new=old is None, suggestions=suggestions),
            "faults": faults,
            "whose": _whose(request),
        },
        status=400 if faults else 200,
    )


def _sent(request: HttpRequest, spec: SheetSpec) -> dict[str, str]:
    """Give what a form sent, by column; a suggestion that was picked goes before what was typed.

    Raises
    ------
    UsageError
        If a field is longer than any can be.
    """
    sent = {}
    for column in spec.shown:
        picked = request.POST.get(f"pick-{column.name}", "")
        text = picked or request.POST.get(f"cell-{column.name}", "")
        if len(text) > LONGEST:
            raise UsageError(f"{column.heading}: more than {LONGEST:,} letters were given.")
        sent[column.name] = "\n".join(text.splitlines()).strip()
    return sent


def _kept(spec: SheetSpec, held: dict[str, str], sent: dict[str, str]) -> dict[str, str]:
    """Give what a record keeps though no form shows it: what makes it itself, and its number."""
    is_same_start = held.get("start") == sent.get("start")
    is_same_end = held.get("end") == sent.get("end")
    return {
        column.name: held[column.name]
        for column in spec.columns
        if (column.is_kept or column.kind == "code")
        and held.get(column.name)
        and column.name not in ("source", "label")
        and (column.name != "start_censored" or is_same_start)
        and (column.name != "end_censored" or is_same_end)
    }


def _by_column(spec: SheetSpec, faults: tuple[Fault, ...]) -> dict[str, list[Fault | str]]:
    """Give the faults that stand in the way, by the column of each; under nothing those of none."""
    names = {fold(column.heading): column.name for column in spec.shown}
    found: dict[str, list[Fault | str]] = {}
    for one in faults:
        if one.consequence != "noted":
            found.setdefault(names.get(fold(one.column or ""), ""), []).append(one)
    return found


def _done(request: HttpRequest, spec: SheetSpec, saved: Saved, what: str) -> HttpResponse:
    messages.success(request, f"It is {what}.")
    for one in saved.faults:
        said = f"{one.kind[:1].upper()}{one.kind[1:]}. {one.advice}"
        messages.info(request, f"{one.column}: {said}" if one.column else said)
    return redirect("records_of_kind", partnership=request.partnership.slug, sheet=spec.slug)


@needs(Action.EDIT_RECORDS)
def end(request: HttpRequest, partnership: str, record_id: int) -> HttpResponse:
    """End a record: it held until a day, or should never have been there."""
    record = _own(request, record_id)
    spec = sheet_of_record(record)
    column = _end_column(spec)
    words = words_of(request.partnership)
    cells = cells_of(record, spec, words)
    fault = ""
    if request.method == "POST":
        last = _day(request.POST.get("last", ""))
        if request.POST.get("how") == "never" or column is None:
            try:
                _writer(request).take_out(record, spec)
            except UsageError as refusal:
                fault = str(refusal)
            else:
                messages.success(request, "It is taken out; its history stays.")
                return redirect("records_of_kind", partnership=partnership, sheet=spec.slug)
        elif last is None:
            fault = "Give the last day on which it held."
        else:
            kept = {name: words.meant(text) for name, text in cells.items() if name != "source"}
            kept.pop("end_censored", None)
            saved = _writer(request).save(
                spec, kept | {column: last.isoformat()}, old=record, action="ended"
            )
            if saved.record is not None:
                return _done(request, spec, saved, "ended")
            fault = " ".join(f"{one.kind}: expected {one.expected}." for one in saved.faults)
    return render(
        request,
        "evidence/record_end.html",
        {
            "spec": spec,
            "record": record,
            "ends": column,
            "cells": _shown(spec, cells),
            "fault": fault,
        },
        status=400 if fault else 200,
    )


@needs(Action.EDIT_RECORDS)
def history(request: HttpRequest, partnership: str, record_id: int) -> HttpResponse:
    """Show who changed what of a record, and when."""
    record = _own(request, record_id, is_live=False)
    spec = sheet_of_record(record)
    words = words_of(request.partnership)
    return render(
        request,
        "evidence/record_history.html",
        {"spec": spec, "steps": history_of(record, words), "record": record},
    )


def _shown(spec: SheetSpec, cells: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (column.heading, cells[column.name])
        for column in spec.shown
        if cells.get(column.name) and column.kind != "code"
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _organisation(request: HttpRequest) -> str:
    organisation: str = request.audience.organisation or ""
    return organisation


def _whose(request: HttpRequest) -> str:
    """Give whose records one edits, in words."""
    organisation = _organisation(request)
    return register_on().names().get(organisation, organisation) or "the partnership itself"


def _writer(request: HttpRequest) -> Writer:
    return Writer(
        partnership=request.partnership, organisation=_organisation(request), by=request.user
    )


def _sheet(slug: str) -> SheetSpec:
    spec = sheet_of(slug)
    if spec is None:
        raise Http404
    return spec


def _end_column(spec: SheetSpec) -> str | None:
    names = {column.name for column in spec.shown if column.kind == "last day"}
    return next((name for name in ENDS if name in names), None)


def _own(request: HttpRequest, record_id: int, *, is_live: bool = True) -> Record:
    """Give a record of the organisation that the person acts for; no other is there."""
    live = {"ended__isnull": True, "contribution__state": Contribution.State.IN_FORCE}
    found: Record = get_object_or_404(
        Record.objects.select_related("contribution"),
        pk=record_id,
        contribution__partnership=request.partnership,
        contribution__organisation=_organisation(request),
        **(live if is_live else {}),
    )
    return found
