"""Pages of an attendance file before it is checked: its columns, and which school is meant."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hedgerow.fieldbook.attendance.mapping import AttendanceMapping, mapping_as_json
from hedgerow.fieldbook.attendance.reading import lay_out_all
from hedgerow.fieldbook.attendance.roles import VOCABULARY
from hedgerow.fieldbook.opening import open_raw
from hedgerow.landscape.errors import HedgerowError
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.evidence.attendance import (
    MAPPING,
    PSEUDONYMISE,
    kept_for,
    mapping_of,
    proposed,
    provider_of,
)
from hedgerow.web.evidence.attendance_forms import ColumnsForm
from hedgerow.web.evidence.checking import CHECK, forget_check, found_in
from hedgerow.web.evidence.deciding import decided
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.own import asked, keep_said, own_waiting
from hedgerow.web.evidence.reading import seen_besides
from hedgerow.web.evidence.uploads import path_of
from hedgerow.web.registers import register_on

TEXTS_A_PAGE = 30
ATTENDANCE = str(Contribution.Kind.ATTENDANCE)


@needs(Action.ADD_EVIDENCE)
def columns(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Show which column is taken for what, and take what somebody says it is."""
    found = own_waiting(request, contribution_id, ATTENDANCE)
    raw = open_raw(path_of(found.upload))
    mapping, guessed = proposed(found, raw)
    form = ColumnsForm(
        request.POST or None,
        guessed=guessed,
        mapping=mapping,
        layouts=lay_out_all(raw, mapping),
        is_pseudonymising=bool(found.mapping.get(PSEUDONYMISE)),
    )
    if request.method == "POST" and form.is_valid():
        said = form.mapping()
        try:
            provider_of(said, register_on(), seen_besides(found))
        except HedgerowError as fault:
            form.add_error("provider", str(fault))
        else:
            is_kept = form.cleaned_data["names"] == "pseudonymise"
            return redirect(_keep(request, found, said, **{PSEUDONYMISE: is_kept}))
    return render(
        request,
        "evidence/columns.html",
        {
            "found": found,
            "form": form,
            "doubts": guessed.doubts if MAPPING not in found.mapping else (),
            "is_known": kept_for(found) is not None and MAPPING not in found.mapping,
        },
    )


@transaction.atomic
def _keep(
    request: HttpRequest, found: Contribution, mapping: AttendanceMapping, **more: bool
) -> str:
    """Keep what was said, ask for a check with it, and give where to wait for that."""
    keep_said(found, **more, **{MAPPING: mapping_as_json(mapping)})
    forget_check(found)
    return asked(request, CHECK, f"Checking {found.file}", contribution=found.pk)


@needs(Action.ADD_EVIDENCE)
def texts(request: HttpRequest, partnership: str, contribution_id: int) -> HttpResponse:
    """Show the schools, providers and roles that are to be looked at, and take decisions."""
    found = own_waiting(request, contribution_id, ATTENDANCE)
    checked = found_in(found)
    if checked is None:
        return redirect("contribution", partnership=partnership, contribution_id=found.pk)
    faults: dict[int, str] = {}
    if request.method == "POST":
        mapping, count, faults = decided(
            mapping_of(found), checked.review, request.POST, register_on()
        )
        if count and not faults:
            return redirect(_keep(request, found, mapping))
        if not faults:
            messages.info(request, "Nothing was decided.")
            return redirect("contribution", partnership=partnership, contribution_id=found.pk)
    page = Paginator(list(enumerate(checked.review)), TEXTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "evidence/texts.html",
        {
            "found": found,
            "page": page,
            "faults": faults,
            "sent": request.POST,
            "roles": VOCABULARY,
        },
        status=400 if faults else 200,
    )
