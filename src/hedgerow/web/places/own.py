"""Own lists and drawn areas as lenses: whose they are, and who may look through them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.db.models import Q

from hedgerow.landscape.drawn_areas import drawn_area
from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.lens import Lens
from hedgerow.web.access.audience import Audience
from hedgerow.web.access.permissions import Action, may

OWN_KINDS = ("list", "area")
"""Kinds of place that people keep."""
MOST_KEPT = 64


def own_places(audience: Audience, owner: int | None) -> Any:
    """Give the places that a person may look through: their own, and those of the partnership that
    they are in."""
    from hedgerow.web.places.models import OwnPlace

    whose = Q(pk=None)
    if owner is not None:
        whose |= Q(user_id=owner)
    if audience.partnership is not None and may(audience, Action.SEE_PARTNERSHIP):
        whose |= Q(partnership__slug=audience.partnership)
    return OwnPlace.objects.filter(whose)


def own_lens(kind: str, slug: str, *, audience: Audience, owner: int | None) -> Lens:
    """Give the lens of an own place; the partnership's where both have one of that name.

    Raises
    ------
    UnknownPlaceError
        If there is none that this person may look through.
    """
    held = own_places(audience, owner).filter(kind=kind, slug=slug)
    one = held.filter(user=None).first() or held.first()
    if one is None:
        mine = own_places(audience, owner).filter(kind=kind)
        what = "list" if kind == "list" else "drawn area"
        raise UnknownPlaceError(
            f"There is no {what} “{slug[:60]}” that is yours.",
            candidates=[other.reference for other in mine[:6]],
            advice="Lists and areas are seen by those who keep them: sign in, or ask whoever gave "
            "you the address to keep it for the partnership.",
        )
    return _lens(kind, one.name, json.dumps(one.content, sort_keys=True))


@lru_cache(maxsize=MOST_KEPT)
def _lens(kind: str, name: str, content: str) -> Lens:
    held = json.loads(content)
    if kind == "list":
        return Lens.listed(held["schools"], name=name)
    return drawn_area(held["drawn"], called=name, name=name)
