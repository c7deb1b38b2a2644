"""The read API: the JSON of the command line, over HTTP."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hedgerow.landscape.errors import UsageError
from hedgerow.localities.comparison import compare as side_by_side
from hedgerow.localities.declared import load
from hedgerow.web.access.permissions import Action
from hedgerow.web.out.answering import answers
from hedgerow.web.out.openapi import described
from hedgerow.web.places.address import Address
from hedgerow.web.places.looking import look, look_at, sight
from hedgerow.web.places.reports import told
from hedgerow.web.places.searching import search as search_in

FEWEST, MOST = 2, 6


@answers(Action.SEE_OPEN_DATA)
def openapi(request: HttpRequest) -> object:
    """Describe the API."""
    return described(request.build_absolute_uri("/api"))


@answers(Action.SEE_OPEN_DATA)
def indicators(request: HttpRequest) -> object:
    """List the declared indicators."""
    return {"indicators": [one.to_json() for one in load()]}


@answers(Action.SEE_OPEN_DATA)
def search(request: HttpRequest) -> object:
    """List the places that answer to what was typed."""
    found = search_in(sight(request).register, request.GET.get("q", ""))
    return {
        "question": found.question,
        "meant": found.meant,
        "many": found.many,
        "groups": [
            {
                "kind": group.kind,
                "many": group.many,
                "places": [
                    {"name": one.name, "place": one.place, "urn": one.urn, "line": one.line}
                    for one in group.entries
                ],
            }
            for group in found.groups
        ],
    }


@answers(Action.SEE_OPEN_DATA)
def place(request: HttpRequest, place: str, partnership: str | None = None) -> object:
    """Give the profile of a place."""
    return told(look(request, place)).profile.to_json()


@answers(Action.SEE_OPEN_DATA)
def finding(
    request: HttpRequest, place: str, indicator: str, partnership: str | None = None
) -> object:
    """Give one finding of a place."""
    try:
        return told(look(request, place)).profile.finding(indicator).to_json()
    except KeyError as fault:
        raise Http404 from fault


@answers(Action.SEE_OPEN_DATA)
def compare(request: HttpRequest, partnership: str | None = None) -> object:
    """Give two to six places side by side."""
    places = request.GET.getlist("place")
    if not FEWEST <= len(places) <= MOST:
        raise UsageError(f"Name two to six places with place=, not {len(places)}.")
    profiles = [told(look_at(request, Address.parse(request, one))).profile for one in places]
    return side_by_side(profiles).to_json()
