"""From what a person writes for a place to the lens that they mean.

What is unknown or ambiguous lists candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.lens import Lens

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape

HUB_KINDS = (
    "maths_hub",
    "english_hub",
    "computing_hub",
    "behaviour_hub",
    "science_hub",
    "teaching_school_hub",
    "research_school",
    "teaching_school_alliance",
)
CLUSTER_KINDS = ("cluster", "association", "federation")


@dataclass(frozen=True)
class NamedPlace:
    """Something that can be asked for by name.

    Parameters
    ----------
    kind : str
        The word before the colon: authority, district, region, trust, hub, cluster, country.
    identifier : str
        As in `Organisations` or `Areas`.
    name : str
    also : tuple of str
        Other things it answers to, such as official codes.
    """

    kind: str
    identifier: str
    name: str
    also: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What to write to ask for it."""
        return f"{self.kind}:{self.name}"


LENSES: dict[str, Callable[[str], Lens]] = {
    "authority": Lens.authority,
    "district": Lens.district,
    "region": Lens.region,
    "trust": Lens.trust,
    "hub": Lens.hub,
    "cluster": Lens.cluster,
    "country": lambda _: Lens.everywhere(),
}


def find_place(landscape: Landscape, text: str) -> Lens:
    """Give the lens for a place as a person writes it.

    Parameters
    ----------
    landscape : Landscape
        Dated or not; names are looked up in all of it.
    text : str
        ``KIND:NAME-OR-CODE``, ``radius:POSTCODE,KM``, or a plain name that only one thing bears.
        Capitals, punctuation and double spaces do not matter.

    Raises
    ------
    UnknownPlaceError
        If nothing, or more than one thing, answers to it.
    """
    kind, colon, rest = text.partition(":")
    kind = kind.strip().lower()
    if kind == "radius":
        return _radius(landscape, rest)
    if colon and kind in LENSES:
        return _named(
            landscape,
            rest,
            text,
            [place for place in named_places(landscape) if place.kind == kind],
        )
    if colon and kind in ("urns", "polygon"):
        raise UnknownPlaceError(
            f"“{text}” names a file, which can only be read from the command line."
        )
    return _named(landscape, text, text, named_places(landscape))


def named_places(landscape: Landscape) -> list[NamedPlace]:
    """Give everything that can be asked for by name, in the order in which it is kept."""
    return landscape.worked_out("named places", lambda: _named_places(landscape))


def _named_places(landscape: Landscape) -> list[NamedPlace]:
    organisations = landscape.organisations
    places = [NamedPlace("country", "country:England", "England")]
    regions = organisations["region"].drop_nulls().unique().sort()
    places += [NamedPlace("region", region, region) for region in regions]
    kinds = {"authority": "authority", "trust": "trust"}
    kinds |= dict.fromkeys(HUB_KINDS, "hub") | dict.fromkeys(CLUSTER_KINDS, "cluster")
    wanted = organisations.filter(pl.col("kind").is_in(list(kinds))).select(
        "id", "kind", "name", "code"
    )
    for identifier, kind, name, code in wanted.iter_rows():
        also = (identifier, identifier.partition(":")[2], *((code,) if code else ()))
        places.append(NamedPlace(kinds[kind], identifier, name, also))
    districts = landscape.table("areas").filter(pl.col("kind") == "district").select("id", "name")
    for identifier, name in districts.iter_rows():
        places.append(
            NamedPlace("district", identifier, name, (identifier, identifier.partition(":")[2]))
        )
    return places


def _folded(text: str) -> str:
    return re.sub(
        r"[^a-z0-9]+", " ", text.casefold().replace("&", " and ").replace("'", "")
    ).strip()


def _named(landscape: Landscape, wanted: str, text: str, places: list[NamedPlace]) -> Lens:
    target = _folded(wanted)
    matches = [
        place
        for place in places
        if target in (_folded(place.name), *(_folded(other) for other in place.also))
    ]
    if len(matches) == 1:
        return LENSES[matches[0].kind](matches[0].identifier)
    if matches:
        raise UnknownPlaceError(
            f"“{text.strip()}” could mean {len(matches)} things.",
            candidates=[
                f"{place.kind}:{place.also[1] if place.also else place.name}   ({place.name})"
                for place in matches[:10]
            ],
        )
    raise UnknownPlaceError(
        f"There is no place called “{text.strip()}”.", candidates=_near(target, places)
    )


def _near(target: str, places: list[NamedPlace], most: int = 6) -> list[str]:
    names: dict[str, list[NamedPlace]] = {}
    for place in places:
        names.setdefault(_folded(place.name), []).append(place)
    containing = sorted((name for name in names if target and target in name), key=len)
    close = get_close_matches(target, list(names), n=most, cutoff=0.6)
    ordered = list(dict.fromkeys([*containing[:most], *close]))[:most]
    return [place.reference for name in ordered for place in names[name]][:most]


def _radius(landscape: Landscape, rest: str) -> Lens:
    parts = re.fullmatch(r"\s*([A-Za-z0-9 ]+?)\s*,\s*([0-9]+(?:\.[0-9]+)?)\s*(?:km)?\s*", rest)
    if parts is None or float(parts[2]) <= 0:
        raise UnknownPlaceError(
            f"“radius:{rest}” is no radius.",
            candidates=["radius:AB1 2CD,5km   (a postcode, a comma, kilometres)"],
        )
    postcode = re.sub(r"\s+", "", parts[1]).upper()
    found = landscape.table("postcodes").filter(pl.col("postcode") == postcode)
    if found.is_empty():
        found = landscape.organisations.filter(
            pl.col("postcode").str.replace_all(r"\s+", "").str.to_uppercase() == postcode,
            pl.col("easting").is_not_null(),
        )
    if found.is_empty():
        raise UnknownPlaceError(
            f"The postcode “{parts[1]}” is not known to this register.",
            candidates=["any postcode of a school, or build the register with --postcodes"],
        )
    return Lens.radius(
        found["easting"][0], found["northing"][0], float(parts[2]), centre=parts[1].upper()
    )
