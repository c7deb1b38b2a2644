"""Keeping where somebody put the organisations of a network, and forgetting it."""

from __future__ import annotations

import json
import math
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hedgerow.landscape.errors import UsageError
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.pictures.models import SavedLayout
from hedgerow.web.places.address import Address
from hedgerow.web.places.looking import look

MOST_POSITIONS = 400
FARTHEST = 10_000.0
LONGEST_PLACE = 1000

Positions = dict[str, tuple[float, float]]


@needs(Action.KEEP_PLACES)
@require_POST
def layout(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Keep a layout, or forget the one that is kept."""
    address = look(request, place).address
    held = _own(request, address)
    if request.POST.get("forget"):
        held.delete()
        messages.success(request, "The layout is forgotten: the network stands as it is drawn.")
    else:
        positions = _positions(request.POST.get("positions", ""))
        SavedLayout.objects.update_or_create(
            user=request.user,
            partnership=request.partnership,
            place=_key(address),
            defaults={"positions": positions, "kept": timezone.now()},
        )
        messages.success(request, "The layout is kept: the network stands so whenever you look.")
    return redirect(
        address.url("network", query=[("tie", one) for one in request.GET.getlist("tie")])
    )


def saved_layout(request: HttpRequest, address: Address) -> Positions:
    """Give the places that somebody chose for the organisations of a network; none where they
    chose none, or are not signed in."""
    if not request.user.is_authenticated:
        return {}
    held = _own(request, address).first()
    return {} if held is None else {one: (x, y) for one, (x, y) in held.positions.items()}


def _own(request: HttpRequest, address: Address) -> Any:
    return SavedLayout.objects.filter(
        user=request.user, partnership=request.partnership, place=_key(address)
    )


def _key(address: Address) -> str:
    """Give what a layout is kept under: the place, on whichever day it is looked at."""
    parts = [address.place]
    for name in ("within", "also", "without"):
        parts += [f"{name} {one}" for one in getattr(address, name)]
    key = "; ".join(parts)
    if len(key) > LONGEST_PLACE:
        raise UsageError("The address of this place is too long for a layout to be kept.")
    return key


def _positions(text: str) -> Positions:
    """Read places from JSON: ``{"la:330": [120.5, 40], ...}``.

    Raises
    ------
    UsageError
        If it is something else.
    """
    try:
        held = json.loads(text)
    except ValueError:
        held = None
    if not isinstance(held, dict) or not 0 < len(held) <= MOST_POSITIONS:
        raise UsageError(
            "There is no layout in what was sent.",
            advice="Move organisations in the network, then keep the layout.",
        )
    found: Positions = {}
    for one, at in held.items():
        is_pair = isinstance(at, list) and len(at) == 2
        if (
            not is_pair
            or not all(
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and math.isfinite(value)
                and abs(value) <= FARTHEST
                for value in at
            )
            or len(one) > 120
        ):
            raise UsageError(f"“{one[:40]}” has no place on the sheet in the layout that was sent.")
        found[one] = (round(float(at[0]), 1), round(float(at[1]), 1))
    return found
