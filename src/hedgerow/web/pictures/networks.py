"""The network of a place: drawn by the server, with its layers of ties, a search, the neighbours of
an organisation, and what would go with a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.places import folded
from hedgerow.reporting.pictures.network_data import (
    TIES,
    USUAL,
    Network,
    kind_words,
    network,
)
from hedgerow.reporting.pictures.network_layout import laid_out
from hedgerow.reporting.pictures.network_leaving import leaving, people_table
from hedgerow.reporting.pictures.network_picture import (
    LINES,
    MARKS,
    Highlight,
    network_picture,
    organisations_table,
    ties_table,
)
from hedgerow.reporting.pictures.picture import WIDE
from hedgerow.reporting.table import Table
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.pictures.layouts import saved_layout
from hedgerow.web.places import reports
from hedgerow.web.places.keeping import Kept
from hedgerow.web.places.looking import Look, look
from hedgerow.web.places.pages import cited, facts_of, frame, title_of
from hedgerow.web.places.sheets import chosen_table, table_file, wanted_form
from hedgerow.web.places.waiting import patient

MOST_NETWORKS = 48
MOST_FOUND = 30
_NETWORKS: Kept[tuple[Network | NotMeasured, Table | NotMeasured]] = Kept(MOST_NETWORKS)


@dataclass(frozen=True)
class Asked:
    """What an address asks of a network.

    Attributes
    ----------
    ties : tuple of str
        Layers of ties.
    focus : str or None
        The organisation whose neighbours stand out.
    left : str or None
        The person who is taken to have left.
    """

    ties: tuple[str, ...]
    focus: str | None
    left: str | None

    def query(self, **changes: object) -> list[tuple[str, str]]:
        """Give the part of the address that says so."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # checked against the choices
        said = [("tie", one) for one in asked.ties]
        said += [("focus", asked.focus)] if asked.focus else []
        said += [("left", asked.left)] if asked.left else []
        return said


@needs(Action.SEE_OPEN_DATA)
@patient
def place_network(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Show the network of a place, with the tables that equal it."""
    seen = look(request, place)
    asked = _asked(request)
    here = _here(seen)
    found, people = _network(seen, asked.ties)
    form = wanted_form(request)
    given: dict[str, Any] = {
        **frame(seen, "network"),
        "asked": asked,
        "layers": TIES,
        "words": request.GET.get("q", "").strip()[:120],
        "why_none": found if isinstance(found, NotMeasured) else None,
        "picture": None,
        "notes": seen.notes,
    }
    if isinstance(found, NotMeasured):
        if form:
            raise UsageError(found.reason, advice=found.would_tell)
        return render(request, "pictures/network.html", given)
    focus = _focus(found, asked.focus)
    gone = None if asked.left is None else leaving(here, asked.left)
    if asked.left is not None and gone is None:
        raise UnknownPlaceError(
            "Nobody of that name has a role here that may be shown on this day.",
            advice="Choose somebody from the list of people on the network's page.",
        )
    if form:
        tables = [ties_table(found, asked.left), organisations_table(found)]
        tables += [people] if isinstance(people, Table) else []
        tables += [gone.table] if gone is not None else []
        wanted = request.GET.get("table", "") or "ties"
        return table_file(
            chosen_table(tuple(tables), wanted), form, title=title_of(seen), notes=facts_of(seen)
        )
    saved = saved_layout(request, seen.address)
    picture = network_picture(here, found, Highlight(focus, asked.left), saved)
    given |= {
        "picture": picture,
        "sources": cited(seen, picture),
        "organisations": organisations_table(found),
        "people": people,
        "leaving": gone,
        "focus": None if focus is None else _near(found, focus),
        "results": _search(found, here, given["words"]) if given["words"] else None,
        "has_saved": bool(saved),
        "data": seen.address.url("network_data", query=asked.query()),
        "href": seen.address.url("network", query=asked.query()),
    }
    return render(request, "pictures/network.html", given)


@needs(Action.SEE_OPEN_DATA)
@patient
def network_data(request: HttpRequest, place: str, partnership: str | None = None) -> HttpResponse:
    """Give what the network draws as JSON: nodes with their places, and ties."""
    seen = look(request, place)
    asked = _asked(request)
    found, _ = _network(seen, asked.ties)
    if isinstance(found, NotMeasured):
        held: dict[str, Any] = {"nodes": [], "ties": [], "why_none": found.reason}
    else:
        held = _as_json(found, saved_layout(request, seen.address), asked)
    answer = JsonResponse(held)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_json(found: Network, saved: dict[str, tuple[float, float]], asked: Asked) -> dict[str, Any]:
    layout = laid_out(found, WIDE, saved)
    names = found.persons
    return {
        "width": layout.width,
        "height": layout.height,
        "focus": _focus(found, asked.focus),
        "nodes": [
            {
                "id": one.id,
                "name": one.name,
                "kind": kind_words(one.kind),
                "layer": one.layer,
                "organisations": len(one.members),
                "shape": MARKS[one.layer][0],
                "tone": MARKS[one.layer][1],
                "x": layout.at[one.id][0],
                "y": layout.at[one.id][1],
            }
            for one in found.nodes
        ],
        "ties": [
            {
                "from": one.start,
                "to": one.end,
                "layer": one.layer,
                "kinds": [kind_words(kind) for kind in one.kinds],
                "ties": len(one.carriers),
                "carried_by": sorted(
                    {names.get(who, "somebody from elsewhere") for who in one.carriers if who}
                ),
                "would_go": one.would_go(asked.left),
                "tone": LINES[one.layer][0],
                "dash": LINES[one.layer][2],
                "thickness": LINES[one.layer][1],
            }
            for one in found.ties
        ],
    }


def _here(seen: Look) -> LocalLandscape:
    return seen.named.through(seen.lens, on=seen.on, phase=seen.address.phase)


def _network(
    seen: Look, ties: tuple[str, ...]
) -> tuple[Network | NotMeasured, Table | NotMeasured]:
    def work() -> tuple[Network | NotMeasured, Table | NotMeasured]:
        here = _here(seen)
        found = network(here, ties)
        return found, found if isinstance(found, NotMeasured) else people_table(here)

    return _NETWORKS.get((*seen.key, ties), work, patience=reports.PATIENCE)


def _asked(request: HttpRequest) -> Asked:
    ties = tuple(one for one in TIES if one in request.GET.getlist("tie"))
    unknown = [one for one in request.GET.getlist("tie") if one not in TIES]
    if unknown:
        raise UsageError(
            f"There is no layer of ties “{unknown[0][:40]}”.", advice=f"Known: {', '.join(TIES)}."
        )
    return Asked(
        ties or USUAL,
        request.GET.get("focus", "").strip() or None,
        request.GET.get("left", "").strip() or None,
    )


def _focus(found: Network, asked: str | None) -> str | None:
    if asked is None:
        return None
    nodes = {one.id for one in found.nodes}
    node = found.node_of.get(asked, asked)
    if node not in nodes:
        raise UnknownPlaceError(
            f"No organisation “{asked[:40]}” stands in this network.",
            advice="Search for it by its name on the network's page.",
        )
    return node


@dataclass(frozen=True)
class Near:
    """An organisation with those that it is tied to: name, and how, in words."""

    id: str
    name: str
    kind: str
    neighbours: tuple[tuple[str, str, str], ...]


def _near(found: Network, focus: str) -> Near:
    names = {one.id: one for one in found.nodes}
    rows: dict[str, list[str]] = {}
    for one in found.ties:
        if focus not in (one.start, one.end):
            continue
        other = one.end if one.start == focus else one.start
        carried = sorted({found.persons.get(who, "") for who in one.carriers if who} - {""})
        words = ", ".join(kind_words(kind) for kind in one.kinds)
        words = words if one.start == focus else f"{words} (from there)"
        rows.setdefault(other, []).append(words + (f", by {', '.join(carried)}" if carried else ""))
    order = {one.id: number for number, one in enumerate(found.nodes)}
    return Near(
        focus,
        names[focus].name,
        kind_words(names[focus].kind),
        tuple(
            (other, names[other].name, "; ".join(words))
            for other, words in sorted(rows.items(), key=lambda row: order[row[0]])
        ),
    )


def _search(found: Network, here: LocalLandscape, words: str) -> Sequence[tuple[str, str]]:
    """Organisations whose name has all the words, by node."""
    wanted = folded(words).split()
    names = here.whole.names()
    hits = [
        (one, names.get(one, one))
        for node in found.nodes
        for one in node.members
        if wanted and all(f" {word}" in f" {folded(names.get(one, one))}" for word in wanted)
    ]
    return sorted(hits, key=lambda hit: hit[1])[:MOST_FOUND]
