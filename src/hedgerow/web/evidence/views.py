"""Pages on which evidence comes in: sent, looked through, imported, taken back."""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.fieldbook.fieldbooks import contribution_name
from hedgerow.landscape.errors import HedgerowError
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.evidence import importing, uploads
from hedgerow.web.evidence.checking import CHECK, MARKED, faults_of, forget_check, found_in
from hedgerow.web.evidence.clearing import KEPT_DAYS, clear_later, kept_until, refuse_more
from hedgerow.web.evidence.importing import IMPORT
from hedgerow.web.evidence.kinds import kind_of
from hedgerow.web.evidence.mending import mend
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.own import (
    WAITING,
    address_of,
    asked,
    own_contribution,
    seen_contributions,
)
from hedgerow.web.jobs.models import Job
from hedgerow.web.registers import register_on

LOG = logging.getLogger("hedgerow.security")
ITEMS_A_PAGE = 40
TO_SAY = {
    str(Contribution.Kind.ATTENDANCE): "attendance_columns",
    str(Contribution.Kind.NETWORK): "network_kinds",
}
"""Pages on which something has to be said of a file before it can be checked, by its kind."""


_KINDS = [one for one in Contribution.Kind.choices if one[0] != Contribution.Kind.FORM]


class UploadForm(forms.Form):
    """A file, and what it is to be called."""

    file = forms.FileField(
        label="The file",
        help_text="A fieldbook or an attendance file: a workbook (.xlsx, .ods) or a CSV file. Or a "
        "network: of Network Canvas, Kumu, Gephi, UCINET, or an edge list. Up to 20 megabytes.",
        error_messages={
            "required": "Choose a file first.",
            "empty": "This file is empty. Choose the one that holds the rows.",
        },
    )
    kind = forms.ChoiceField(
        required=False,
        label="What it is",
        choices=[("", "Find out from the file"), *_KINDS],
    )
    name = forms.CharField(
        required=False,
        max_length=80,
        label="What to call it",
        help_text="A later file of the same name takes its place. The file’s own name unless you "
        "say otherwise.",
    )


@needs(Action.ADD_EVIDENCE)
def contributions(request: HttpRequest, partnership: str) -> HttpResponse:
    """List what was brought, and take a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_taken(request, form.cleaned_data))
        except HedgerowError as fault:
            LOG.warning("file refused: account=%s", request.user.pk)
            form.add_error("file", str(fault))
    held = (
        seen_contributions(request)
        .annotate(rows=Count("records", filter=Q(records__ended__isnull=True)))
        .order_by("-brought", "-pk")
    )
    return render(
        request,
        "evidence/contributions.html",
        {
            "form": form,
            "held": held,
            "names": register_on().names(),
            "days": KEPT_DAYS,
            "sees_all": not request.audience.organisation,
        },
    )


def _taken(request: HttpRequest, given: dict[str, Any]) -> str:
    """Keep a file, ask for its check, and give the address at which to wait for it."""
    refuse_more(request.user)
    upload = uploads.keep(given["file"])
    path = uploads.path_of(upload)
    try:
        kind = given["kind"] or kind_of(path)
    except BaseException:
        uploads.throw_away(upload)
        raise
    name = given["name"] or path.stem
    made = Contribution.objects.create(
        partnership=request.partnership,
        name=contribution_name(path.with_name(f"{uploads.plain_words(name)}{path.suffix}")),
        kind=kind,
        organisation=request.audience.organisation or "",
        brought_by=request.user,
        file=path.name,
        upload=upload,
    )
    clear_later(made)
    if made.kind in TO_SAY:
        return address_of(made, TO_SAY[made.kind])
    return asked(request, CHECK, f"Checking {made.file}", contribution=made.pk)


@needs(Action.ADD_EVIDENCE)
def contribution(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Show a contribution: its check while it waits, what came of it once it is in force."""
    found = own_contribution(request, contribution_id)
    checked = found_in(found)
    items = faults_of(found) if checked is None else checked.items
    return render(
        request,
        "evidence/contribution.html",
        {
            "found": found,
            "checked": checked,
            "page": Paginator(items, ITEMS_A_PAGE).get_page(request.GET.get("page")),
            "faults": sum(len(item.faults) for item in items),
            "tables": found.records.filter(ended__isnull=True)
            .values_list("table")
            .annotate(rows=Count("pk"))
            .order_by("table"),
            "earlier": importing.earlier_of(found),
            "unread": _unread(found) if checked is None else "",
            "to_say": _to_say(found),
            "States": Contribution.State,
            "kept_until": kept_until(found),
        },
    )


def _to_say(found: Contribution) -> str:
    """Give the name of the page on which something is said of a waiting file; none for others."""
    return TO_SAY.get(found.kind, "") if found.state in WAITING else ""


def _unread(found: Contribution) -> str:
    """Say why there is no check to show."""
    job = Job.objects.filter(work=CHECK, arguments__contribution=found.pk).first()
    if job is not None and job.state == Job.State.FAILED:
        return job.words
    if job is not None and not job.is_over:
        return "It is being checked."
    return "It has not been checked to the end yet."


@needs(Action.ADD_EVIDENCE)
@require_POST
def mend_cells(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Keep what was mended on the page, and check the file again with it."""
    found = own_contribution(request, contribution_id)
    checked = found_in(found) if found.state in WAITING else None
    items = [] if checked is None else checked.items
    cells = [item.cell for item in items if item.cell is not None]
    changed = mend(found, cells, request.POST)
    if not changed:
        messages.info(request, "Nothing was changed: every field says what the file says.")
        return redirect("contribution", partnership=partnership, contribution_id=found.pk)
    forget_check(found)
    what = "1 cell mended" if changed == 1 else f"{changed} cells mended"
    return redirect(
        asked(request, CHECK, f"Checking {found.file} again, {what}", contribution=found.pk)
    )


@needs(Action.ADD_EVIDENCE)
@require_POST
def check_again(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Check a waiting file once more, such as after its check was stopped."""
    found = own_contribution(request, contribution_id)
    if found.state not in WAITING:
        return redirect("contribution", partnership=partnership, contribution_id=found.pk)
    return redirect(asked(request, CHECK, f"Checking {found.file}", contribution=found.pk))


@needs(Action.ADD_EVIDENCE)
def marked(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Give the copy of the file with its faults marked."""
    found = own_contribution(request, contribution_id)
    path = uploads.path_of(found.upload).with_name(MARKED)
    if not path.is_file():
        raise Http404
    stem = found.file.rpartition(".")[0]
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem}-checked.xlsx")


@needs(Action.ADD_EVIDENCE)
@require_POST
def take(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Import what is sound in a file that was checked."""
    found = own_contribution(request, contribution_id)
    moved = Contribution.objects.filter(pk=found.pk, state__in=WAITING).update(
        state=Contribution.State.IMPORTING
    )
    if not moved:
        return redirect("contribution", partnership=partnership, contribution_id=found.pk)
    return redirect(
        asked(
            request,
            IMPORT,
            f"Importing {found.file}",
            contribution=found.pk,
            user=request.user.pk,
            is_replacing=request.POST.get("is_replacing") == "yes",
        )
    )


@needs(Action.ADD_EVIDENCE)
@require_POST
def undo(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Take an import back."""
    found = own_contribution(request, contribution_id)
    again = importing.undo(found, by=request.user)
    said = "" if again is None else " What it had replaced is in force again."
    messages.success(request, f"“{found.name}” is undone.{said}")
    return redirect("contributions", partnership=partnership)


@needs(Action.ADD_EVIDENCE)
@require_POST
def discard(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Throw away a file that was checked and is not wanted."""
    found = own_contribution(request, contribution_id)
    if found.state in WAITING:
        uploads.throw_away(found.upload)
        found.delete()
        messages.success(request, f"{found.file} is thrown away; nothing of it was kept.")
    return redirect("contributions", partnership=partnership)
