"""The index in which places and schools are searched as somebody types: built once a register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.periods import in_words
from hedgerow.landscape.places import CLUSTER_KINDS, NamedPlace, folded, named_places
from hedgerow.landscape.shown_names import shown_name

KIND_HEADINGS = {
    "radius": "Around a postcode",
    "authority": "Local authorities",
    "district": "Districts",
    "region": "Regions",
    "country": "Country",
    "trust": "Trusts",
    "hub": "Hubs",
    "cluster": "Clusters and associations",
    "school": "Schools",
}
"""Kinds of place in the order in which they are listed where nothing else tells them apart."""

_ALLIANCE = {"teaching_school_alliance": "Teaching School Alliance"}
_CLUSTERS = {"cluster": "Cluster", "association": "Association", "federation": "Federation"}


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes
    ----------
    kind : str
        One of `KIND_HEADINGS`.
    name : str
    line : str
        What tells it from others of its name.
    place : str
        What stands for it in an address; empty for a school.
    urn : int or None
        Of a school.
    size : int
        Schools in it; pupils are not counted.
    is_closed : bool
        Whether it is there no longer.
    """

    kind: str
    name: str
    line: str
    place: str
    urn: int | None = None
    size: int = 0
    is_closed: bool = False


@dataclass(frozen=True, eq=False)
class Index:
    """Everything that can be found, with the texts in which it is looked for.

    Attributes
    ----------
    entries : tuple of Entry
    names : tuple of str
        Their names, folded.
    texts : tuple of str
        A space, then name, codes and surroundings, folded: whatever begins a word can be found.
    codes : dict of str to list of int
        Positions of the entries that a code or number stands for.
    order : tuple of int
        Where each entry stands among those that answer as well: what is there before what was, the
        larger before the smaller.
    words : dict of str to tuple of str
        All words of the names, by their first letter.
    """

    entries: tuple[Entry, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    codes: dict[str, list[int]]
    order: tuple[int, ...]
    words: dict[str, tuple[str, ...]]


def index_of(landscape: Landscape) -> Index:
    """Give the index of a landscape, built at the first search."""
    return landscape.worked_out(("site", "search index"), lambda: _built(landscape))


def short_references(landscape: Landscape) -> dict[tuple[str, str], str]:
    """Give what stands for each named place in an address, by kind and identifier.

    The code alone where no other place of its kind shares it, else the whole identifier.
    """

    def work() -> dict[tuple[str, str], str]:
        places = named_places(landscape)
        bearing: dict[tuple[str, str], int] = {}
        for place in places:
            key = (place.kind, folded(_code(place)))
            bearing[key] = bearing.get(key, 0) + 1
        return {
            (place.kind, place.identifier): f"{place.kind}:{_code(place)}"
            if bearing[place.kind, folded(_code(place))] == 1
            else f"{place.kind}:{place.identifier}"
            for place in places
        }

    return landscape.worked_out(("site", "short references"), work)


def _code(place: NamedPlace) -> str:
    """The part of an identifier after its scheme; a region is its own name."""
    return place.identifier.partition(":")[2] or place.identifier


def _built(landscape: Landscape) -> Index:
    day = landscape.as_of or date.today()
    today = landscape.on(day)
    counts = _counts(today)
    references = short_references(landscape)
    facts = {
        identifier: (kind, region, closed)
        for identifier, kind, region, closed in landscape.organisations.filter(
            pl.col("kind") != "school"
        )
        .select("id", "kind", "region", "closed")
        .iter_rows()
    }
    there = frozenset(today.organisations["id"])
    entries: list[Entry] = []
    texts: list[str] = []
    codes: dict[str, list[int]] = {}
    for place in named_places(landscape):
        kind, region, closed = facts.get(place.identifier, ("", None, None))
        is_closed = kind != "" and place.identifier not in there
        size = counts.get(place.identifier, 0)
        line = _line(place, kind, region, size, counts)
        if is_closed:
            line += f", closed on {in_words(closed)}" if closed else ", not there now"
        for code in {folded(one) for one in place.also}:
            codes.setdefault(code, []).append(len(entries))
        texts.append(" ".join([folded(place.name), *map(folded, place.also)]))
        entries.append(
            Entry(
                kind=place.kind,
                name=shown_name(place.name),
                line=line,
                place=references[place.kind, place.identifier],
                size=size,
                is_closed=is_closed,
            )
        )
    for entry, text, urn, postcode in _schools(landscape, there):
        for code in (str(urn), postcode):
            if code:
                codes.setdefault(code, []).append(len(entries))
        texts.append(text)
        entries.append(entry)
    names = tuple(folded(entry.name) for entry in entries)
    return Index(
        entries=tuple(entries),
        names=names,
        texts=tuple(f" {text}" for text in texts),
        codes=codes,
        order=_order(entries),
        words=_by_first_letter(names),
    )


def _order(entries: Sequence[Entry]) -> tuple[int, ...]:
    sorted_places = sorted(
        range(len(entries)),
        key=lambda place: (entries[place].is_closed, -entries[place].size, entries[place].name),
    )
    order = [0] * len(entries)
    for number, place in enumerate(sorted_places):
        order[place] = number
    return tuple(order)


def _by_first_letter(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    words: dict[str, set[str]] = {}
    for name in names:
        for word in name.split():
            words.setdefault(word[0], set()).add(word)
    return {letter: tuple(sorted(held)) for letter, held in words.items()}


def _counts(today: Landscape) -> dict[str, int]:
    """Schools in each authority, district, region, trust, footprint and cluster of a day."""
    bodies = governing_bodies(today)
    schools = today.schools.select("id", "authority", "district", "region").join(bodies, on="id")
    members = today.ties.filter(pl.col("kind").is_in(["member_of", "federates"]))
    joined = pl.concat(
        [
            members.filter(pl.col("kind") == "member_of").select(body="to_id"),
            members.filter(pl.col("kind") == "federates").select(body="from_id"),
        ]
    )
    frames = [
        *(schools.select(body=column) for column in ("authority", "district", "region")),
        schools.filter(pl.col("trust_size").is_not_null()).select("body"),
        footprints(today).select(body="hub"),
        joined,
    ]
    counted = pl.concat(frames).drop_nulls().group_by("body").len()
    return {"country:England": schools.height, **dict(counted.iter_rows())}


def _line(
    place: NamedPlace, kind: str, region: str | None, size: int, counts: dict[str, int]
) -> str:
    """Say in one line what a named place is."""
    many = f"{size:,} school{'s' * (size != 1)}"
    where = f" in {region}" if region else ""
    if place.kind == "authority":
        return f"Local authority{where}, {many}"
    if place.kind in ("district", "region", "country"):
        return f"{place.kind.capitalize()}, {many}"
    if place.kind == "trust":
        return f"Trust of {many}" if size else "Trust without a school now"
    if place.kind == "hub":
        what = (HUB_NAMES | _ALLIANCE).get(kind, "Hub")
        return f"{what}{where}, {many} in its footprint" if size else f"{what}{where}"
    what = _CLUSTERS.get(kind, "Cluster") if kind in CLUSTER_KINDS else "Cluster"
    return f"{what} of {many}" if size else f"{what} without a member on record"


def _schools(landscape: Landscape, there: frozenset[str]) -> Iterator[tuple[Entry, str, int, str]]:
    """Yield every school with the text it is looked for in, its number and its postcode."""
    names = landscape.names()
    rows = landscape.schools.select(
        "id", "urn", "name", "phase", "postcode", "authority", "district", "closed"
    )
    for identifier, urn, name, phase, postcode, authority, district, closed in rows.iter_rows():
        is_closed = identifier not in there
        where = names.get(authority or "", "")
        parts = [_phase_words(phase), where, postcode or ""]
        if is_closed:
            parts.append(f"closed on {in_words(closed)}" if closed else "not open now")
        area = names.get(district or "", "")
        plain = folded(postcode or "")
        text = " ".join(
            [folded(name), str(urn), plain, plain.replace(" ", ""), folded(where), folded(area)]
        )
        entry = Entry(
            kind="school",
            name=shown_name(name),
            line=", ".join(part for part in parts if part),
            place="",
            urn=urn,
            is_closed=is_closed,
        )
        yield entry, text, urn, plain.replace(" ", "")


def _phase_words(phase: str) -> str:
    return phase if phase and phase != "Not applicable" else "School"
