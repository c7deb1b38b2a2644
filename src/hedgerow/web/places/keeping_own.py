"""Keeping lists of schools and drawn areas of one's own."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from hedgerow.landscape.drawn_areas import drawn_area
from hedgerow.landscape.errors import DataError, HedgerowError, UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens, Listed
from hedgerow.landscape.listed_schools import listed_schools
from hedgerow.web.access.permissions import Action, may, needs
from hedgerow.web.partnerships.audit import record
from hedgerow.web.places.address import Address
from hedgerow.web.places.looking import look, sight
from hedgerow.web.places.models import OwnPlace
from hedgerow.web.places.own import own_places
from hedgerow.web.places.searching import search

LONGEST_NAME = 120
MOST_BYTES = 500_000
"""Largest list or drawing that is taken."""
MOST_SCHOOLS = 5000


@needs(Action.KEEP_PLACES)
def own(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """List the places that a person keeps, and keep another: a list of schools or a drawn area."""
    held = sight(request)
    given: dict[str, Any] = {"name": "", "schools": "", "fault": None}
    if request.method == "POST":
        given |= {
            "name": request.POST.get("name", "").strip(),
            "schools": request.POST.get("schools", ""),
        }
        try:
            kept = _kept_from_form(request, held.named)
        except HedgerowError as fault:
            given["fault"] = fault
        else:
            messages.success(request, f"“{kept.name}” is kept.")
            return redirect(_address_of(kept, request).url())
    places = [
        (one, _address_of(one, request).url(), _may_forget(request, one))
        for one in own_places(request.audience, request.user.pk)
    ]
    status = 400 if given["fault"] else 200
    given |= {"places": places, "partnership": partnership, "may_share": _may_share(request)}
    return render(request, "places/own.html", given, status=status)


@needs(Action.KEEP_PLACES)
@require_POST
def keep(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Keep the schools that a place shows now as a list of one's own."""
    seen = look(request, place)
    whole = seen.named.on(seen.on)
    members = sorted(one for one in seen.lens.members(whole) if one.startswith("urn:"))
    if not members:
        raise UsageError("No school lies there on that day, so there is no list to keep.")
    if len(members) > MOST_SCHOOLS:
        raise UsageError(
            f"A list holds at most {MOST_SCHOOLS:,} schools, and these are {len(members):,}.",
            advice="Keep the address of the page instead: it holds the place.",
        )
    name = request.POST.get("name", "").strip() or seen.lens.label(whole)
    kept = _kept(request, name, "list", {"schools": members})
    messages.success(request, f"“{kept.name}” is kept, with {len(members):,} schools.")
    return redirect(_address_of(kept, request).url())


@needs(Action.KEEP_PLACES)
@require_POST
def forget(request: HttpRequest, number: int, partnership: str | None = None) -> HttpResponse:
    """Keep a place no longer."""
    one = own_places(request.audience, request.user.pk).filter(pk=number).first()
    if one is None:
        raise Http404
    if not _may_forget(request, one):
        raise PermissionDenied("it is the partnership's")
    with transaction.atomic():
        name = one.name
        if one.partnership is not None:
            record(one.partnership, request.user, "forgot a place", one.reference, {"name": name})
        one.delete()
    messages.success(request, f"“{name}” is kept no longer.")
    return redirect("own", **({"partnership": partnership} if partnership else {}))


def _kept_from_form(request: HttpRequest, landscape: Landscape) -> OwnPlace:
    name = request.POST.get("name", "").strip()
    if not name:
        raise UsageError("It needs a name.", advice="Say what to call it.")
    drawing = request.POST.get("drawn", "").strip()
    if drawing:
        held = _json(drawing)
        drawn_area(held, called="The drawing", name=name)
        return _kept(request, name, "area", {"drawn": held})
    text = request.POST.get("schools", "")
    upload = request.FILES.get("file")
    if upload is not None:
        if upload.size > MOST_BYTES:
            raise UsageError(
                f"{upload.name} is too large.", advice="A list of schools is a small file."
            )
        text = _decoded(upload.read())
        if text.lstrip().startswith("{"):
            held = _json(text)
            drawn_area(held, called=upload.name, name=name)
            return _kept(request, name, "area", {"drawn": held})
    lens = schools_in(landscape, text, name)
    return _kept(request, name, "list", {"schools": list(lens.identifiers)})


def schools_in(landscape: Landscape, text: str, name: str) -> Listed:
    """Give the schools that a text lists by number or, one a line, by a name that one school bears.

    Raises
    ------
    DataError
        If a line is neither; each is listed.
    """
    if len(text) > MOST_BYTES:
        raise DataError("The list is too long.", advice="Make several lists.")
    lines = []
    faults = []
    is_table = "urn" in (text.strip().splitlines() or [""])[0].casefold()
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if is_table or not plain or not any(one.isalpha() for one in plain):
            lines.append(line)
            continue
        answer = search(landscape, plain, kind="school")
        best = [one for group in answer.groups for one in group.entries]
        exact = [one for one in best if one.name.casefold() == plain.casefold()]
        one = exact[0] if len(exact) == 1 else best[0] if answer.many == 1 else None
        if one is None:
            what = "no school" if not best else f"{answer.many:,} schools"
            faults.append(f"line {number}: “{plain[:60]}” is the name of {what}")
        lines.append(str(one.urn) if one else "")
    if faults:
        raise DataError(
            "Some lines name no one school.\n" + "\n".join(faults[:10]),
            advice="Write the number (URN) of the school instead.",
        )
    lens: Lens = listed_schools(landscape, "\n".join(lines), called="The list", name=name)
    if not isinstance(lens, Listed):
        raise TypeError("a list of schools is a list")
    return lens


def _decoded(held: bytes) -> str:
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def _json(text: str) -> Any:
    if len(text) > MOST_BYTES:
        raise DataError("The drawing is too large.", advice="Draw it with fewer corners.")
    try:
        held = json.loads(text)
        again = json.dumps(held, ensure_ascii=False, allow_nan=False)
        again.encode()  # half a sign cannot be written
    except (ValueError, RecursionError) as fault:
        raise DataError("The drawing is no GeoJSON.", advice="Draw it again on the map.") from fault
    if "\\u0000" in again:
        raise DataError(
            "The drawing holds a NUL character, which no text can.",
            advice="Draw it again on the map, or leave out what the file says besides the shape.",
        )
    return held


def _may_share(request: HttpRequest) -> bool:
    """Whether this person may keep a place for the whole partnership."""
    return request.partnership is not None and may(request.audience, Action.EDIT_RECORDS)


def _may_forget(request: HttpRequest, one: OwnPlace) -> bool:
    return one.user_id == request.user.pk or (one.user_id is None and _may_share(request))


def _kept(request: HttpRequest, name: str, kind: str, content: dict[str, Any]) -> OwnPlace:
    """Keep a place for the person, or for the partnership where that is wanted and allowed."""
    is_shared = request.POST.get("for") == "partnership"
    if is_shared and not _may_share(request):
        raise PermissionDenied("only those who edit its records keep places for a partnership")
    whose: dict[str, Any] = (
        {"partnership": request.partnership} if is_shared else {"user": request.user}
    )
    name = name[:LONGEST_NAME]
    with transaction.atomic():
        taken = set(OwnPlace.objects.filter(**whose, kind=kind).values_list("slug", flat=True))
        plain = slugify(name)[:50] or kind
        slug = next(
            one for one in (plain, *(f"{plain}-{n}" for n in range(2, 1000))) if one not in taken
        )
        made = OwnPlace.objects.create(**whose, slug=slug, name=name, kind=kind, content=content)
        if is_shared:
            record(
                request.partnership, request.user, "kept a place", made.reference, {"name": name}
            )
    return made


def _address_of(one: OwnPlace, request: HttpRequest) -> Address:
    slug = None if request.partnership is None else request.partnership.slug
    return Address(place=one.reference, partnership=slug, owner=request.user.pk)
