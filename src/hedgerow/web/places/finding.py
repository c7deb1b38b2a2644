"""Finding a place as one types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from hedgerow.landscape.errors import UsageError
from hedgerow.localities.comparison import MOST
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.places.address import Address
from hedgerow.web.places.looking import sight
from hedgerow.web.places.own import own_places
from hedgerow.web.places.pages import register_text
from hedgerow.web.places.searched import KIND_HEADINGS, Entry
from hedgerow.web.places.searching import OWN_HEADING, Answer
from hedgerow.web.places.searching import search as searched

THEN = ("within", "also", "without")
"""What can be done with a place that is found for another one."""
THEN_HEADINGS = {
    "within": "Only those also in",
    "also": "And also",
    "without": "Without",
}


@needs(Action.SEE_OPEN_DATA)
def home(request: HttpRequest) -> HttpResponse:
    """Show the way in: a field to find any place, and the places that one keeps."""
    return render(request, "places/home.html", _given(request))


@needs(Action.SEE_OPEN_DATA)
def search(request: HttpRequest, partnership: str | None = None) -> HttpResponse:
    """List the places that answer to what was typed; the list alone where a script asks for it."""
    given = _given(request)
    is_part = request.headers.get("HX-Request") == "true"
    answer = render(request, "places/found.html" if is_part else "places/home.html", given)
    answer["Vary"] = "HX-Request"
    return answer


@dataclass(frozen=True)
class Aim:
    """What a place is looked for: to be opened, to be combined with another, to be compared.

    Attributes
    ----------
    then : str
        One of `THEN`, "compare", or empty.
    address : Address or None
        The place that it is combined with.
    places : tuple of str
        Those that it is compared with.
    fields : tuple of tuple of str
        Hidden fields with which a form keeps the aim.
    """

    then: str = ""
    address: Address | None = None
    places: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    partnership: str | None = None
    day: str = ""
    phase: str = ""

    @property
    def heading(self) -> str:
        """What the page is headed with."""
        if self.then == "compare":
            return "Choose another place to compare"
        return "Find a place" if not self.then else f"{THEN_HEADINGS[self.then]} another place"

    def link(self, entry: Entry) -> str:
        """Give where choosing something that was found leads."""
        inside = {"partnership": self.partnership} if self.partnership else {}
        if entry.urn is not None:
            return reverse("school", kwargs={"urn": entry.urn, **inside})
        if self.then == "compare":
            pairs = [("place", one) for one in dict.fromkeys((*self.places, entry.place))]
            kept = (("on", self.day), ("phase", self.phase))
            pairs += [(name, value) for name, value in kept if value]
            return f"{reverse('compare', kwargs=inside)}?{urlencode(pairs)}"
        if self.address is not None:
            held = getattr(self.address, self.then)
            return self.address.combined(self.then, (*held, entry.place)).url()
        return reverse("place", kwargs={"place": entry.place, **inside})


def aim_of(request: HttpRequest) -> Aim:
    """Read what a place is looked for.

    Raises
    ------
    UsageError
        If the place that it is to be combined with is none.
    """
    slug = None if request.partnership is None else request.partnership.slug
    then = request.GET.get("then", "")
    if then == "compare":
        return to_compare(request.GET, slug)
    if then in THEN:
        text = request.GET.get("from", "")
        address = replace(Address.read(text, request), partnership=slug)
        return Aim(then, address, fields=(("then", then), ("from", text)), partnership=slug)
    if then:
        raise UsageError(f"“{then[:40]}” is nothing that can be done with a place.")
    return Aim(partnership=slug)


def to_compare(query: QueryDict, partnership: str | None) -> Aim:
    """Give the aim of finding one more place to set beside others."""
    places = tuple(dict.fromkeys(one for one in query.getlist("place") if one))[:MOST]
    day, phase = query.get("on", ""), query.get("phase", "")
    kept = [(name, value) for name, value in (("on", day), ("phase", phase)) if value]
    return Aim(
        then="compare",
        places=places,
        fields=(("then", "compare"), *(("place", one) for one in places), *kept),
        partnership=partnership,
        day=day,
        phase=phase,
    )


def _given(request: HttpRequest) -> dict[str, Any]:
    question = request.GET.get("q", "")
    aim = aim_of(request)
    kind = request.GET.get("kind") or None
    if kind is not None and kind not in (*KIND_HEADINGS, "own"):
        raise UsageError(f"“{kind[:40]}” is no kind of place.")
    owner = request.user.pk if request.user.is_authenticated else None
    kept = [
        Entry("own", one.name, one.get_kind_display(), one.reference)
        for one in own_places(request.audience, owner)
    ]
    held = sight(request)
    found = searched(held.named, question, kind=kind, own=kept)
    if aim.then:
        found = _places_alone(found)
    return {
        "question": question,
        "found": found,
        "aim": aim,
        "kept": kept,
        "own_heading": OWN_HEADING,
        "register": register_text(held.named),
        "kind": kind,
    }


def _places_alone(found: Answer) -> Answer:
    """Leave schools out where only a place will do."""
    groups = tuple(group for group in found.groups if group.kind != "school")
    many = sum(group.many for group in groups)
    why = found.why_none or "Only schools answer to that; a place is wanted here."
    return replace(found, groups=groups, many=many, why_none="" if many else why)
