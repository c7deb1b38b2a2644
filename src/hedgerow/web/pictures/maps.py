"""The map of a place: drawn by the server, with layers, its list of schools, and the same as
GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.reporting.pictures.layered_map import (
    GOVERNED,
    SHOWN,
    LayeredMap,
    hubs_to_choose,
    is_listed,
    layered_map,
)
from hedgerow.reporting.pictures.place_map import FEW_ENOUGH_FOR_NAMES
from hedgerow.reporting.table import Table
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.pictures.geojson import map_geojson
from hedgerow.web.places import reports
from hedgerow.web.places.keeping import Kept
from hedgerow.web.places.looking import Look, look
from hedgerow.web.places.pages import cited, facts_of, frame, title_of
from hedgerow.web.places.sheets import table_file, wanted_form
from hedgerow.web.places.waiting import patient

MOST_MAPS = 48
_MAPS: Kept[LayeredMap | None] = Kept(MOST_MAPS)


@dataclass(frozen=True)
class Asked:
    """What an address asks of a map.

    Attributes
    ----------
    shown : str
        What the marks tell, one of `SHOWN`.
    hub : str or None
        Whose footprint is drawn.
    by_pupils : bool
    school : str or None
        The school that it is drawn around.
    """

    shown: str
    hub: str | None
    by_pupils: bool
    school: str | None

    def query(self, **changes: object) -> list[tuple[str, str]]:
        """Give the part of the address that says so."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # checked against the choices
        said = [("show", asked.shown)]
        said += [("hub", asked.hub)] if asked.hub else []
        said += [("size", "pupils")] if asked.by_pupils else []
        said += [("school", asked.school.removeprefix("urn:"))] if asked.school else []
        return said


@needs(Action.SEE_OPEN_DATA)
@patient
def place_map(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Show the map of a place, with the list of schools that equals it."""
    seen = look(request, place)
    hubs = hubs_to_choose(_here(seen))
    asked = _asked(request, seen, hubs)
    found = _map(seen, asked)
    form = wanted_form(request)
    if form:
        if found is None:
            raise UsageError("There is no map here, so that there are no numbers of one.")
        return table_file(found.picture.table, form, title=title_of(seen), notes=facts_of(seen))
    given: dict[str, Any] = {
        **frame(seen, "map"),
        "asked": asked,
        "shown": SHOWN,
        "hubs": hubs,
        "found": found,
        "sources": () if found is None else cited(seen, found.picture),
        "table": None if found is None else _few(found),
        "href": seen.address.url("map", query=asked.query()),
        "data": seen.address.url("map_data", query=asked.query()),
        "whole": seen.address.url("map", query=asked.query(school=None)),
        "many": state_schools(_here(seen)).height,
        "notes": seen.notes,
    }
    return render(request, "pictures/map.html", given)


@needs(Action.SEE_OPEN_DATA)
@patient
def map_data(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Give what the map shows as GeoJSON, in longitude and latitude."""
    seen = look(request, place)
    asked = _asked(request, seen, hubs_to_choose(_here(seen)))
    found = _map(seen, asked)
    held = map_geojson(found, seen.address)
    answer = JsonResponse(held, content_type="application/geo+json")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _here(seen: Look) -> Any:
    return seen.named.through(seen.lens, on=seen.on, phase=seen.address.phase)


def _map(seen: Look, asked: Asked) -> LayeredMap | None:
    return _MAPS.get(
        (*seen.key, asked),
        lambda: layered_map(
            _here(seen),
            asked.shown,
            hub=asked.hub,
            by_pupils=asked.by_pupils,
            around=asked.school,
        ),
        patience=reports.PATIENCE,
    )


def _asked(request: HttpRequest, seen: Look, hubs: list[tuple[str, str]]) -> Asked:
    shown = request.GET.get("show", "").strip() or GOVERNED
    if shown not in SHOWN:
        raise UsageError(f"A map cannot show “{shown[:40]}”.", advice=f"Known: {', '.join(SHOWN)}.")
    hub = request.GET.get("hub", "").strip() or None
    if hub is not None and hub not in dict(hubs):
        raise UnknownPlaceError(
            f"No hub “{hub[:40]}” covers a school here on this day.",
            candidates=[one for one, _ in hubs[:6]],
            advice="Choose one from the list on the map's page.",
        )
    urn = request.GET.get("school", "").strip()
    school = f"urn:{urn}" if urn else None
    if school is not None and school not in set(state_schools(_here(seen))["id"]):
        raise UnknownPlaceError(
            f"No school with the number {urn[:20]} lies here on this day.",
            advice="Choose one from the list under the map.",
        )
    return Asked(shown, hub, request.GET.get("size", "") == "pupils", school)


def _few(found: LayeredMap) -> Table:
    """Give the list as far as a page bears it; files have all of it."""
    many = found.picture.table.height
    note = "" if is_listed(found) else (
        f"The first {FEW_ENOUGH_FOR_NAMES:,} of {many:,} schools; the files have all."
    )  # fmt: skip  # one choice on one line
    return found.picture.table.head(FEW_ENOUGH_FOR_NAMES, note)
