"""From what a person writes for a place to the lens that they mean.

What is unknown or ambiguous lists candidates.
"""

from __future__ import annotations

import re
import unicodedata
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
MOST_AMBIGUOUS = 10
MOST_NEAR = 6
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]+")
INVERTED = re.compile(r"(.+), (?:City|County|Borough|Royal Borough) of")


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
    word, colon, rest = text.partition(":")
    kind = word.strip().lower()
    if colon and kind == "radius":
        return _radius(landscape, rest.strip())
    if colon and kind in ("urns", "polygon"):
        raise UnknownPlaceError(
            f"“{text}” names a file, which can only be read from the command line."
        )
    if colon and kind in LENSES:
        return _named(landscape, rest.strip(), kind)
    return _named(landscape, text.strip(), None)


def named_places(landscape: Landscape) -> list[NamedPlace]:
    """Give everything that can be asked for by name, in the order in which it is kept."""
    return landscape.worked_out(("places", "named"), lambda: _named_places(landscape))


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


def folded(text: str) -> str:
    """Give a text as names are compared: without capitals, accents, punctuation or double
    spaces."""
    plain = text.casefold().replace("&", " and ").replace("'", "")
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if not unicodedata.combining(c) and c not in "’‘`")
    return NEITHER_LETTER_NOR_DIGIT.sub(" ", plain).strip()


def _names(place: NamedPlace) -> list[str]:
    """Give what a place is called, folded; what is officially "Xton, City of" is Xton as well."""
    inverted = INVERTED.fullmatch(place.name)
    names = [place.name] if inverted is None else [place.name, inverted[1]]
    return [folded(name) for name in names]


def _answering(landscape: Landscape, kind: str | None) -> dict[str, list[NamedPlace]]:
    """Give the places of a kind, or of all, that answer to each folded name or code."""

    def work() -> dict[str, list[NamedPlace]]:
        answering: dict[str, list[NamedPlace]] = {}
        for place in named_places(landscape):
            if kind in (None, place.kind):
                for text in dict.fromkeys([*_names(place), *map(folded, place.also)]):
                    answering.setdefault(text, []).append(place)
        return answering

    return landscape.worked_out(("places", "answering", kind), work)


def _named(landscape: Landscape, wanted: str, kind: str | None) -> Lens:
    asked = f"{kind}:{wanted}" if kind else wanted
    found = _answering(landscape, kind).get(folded(wanted), [])
    lenses = [LENSES[place.kind](place.identifier) for place in found]
    shown = {_schools(landscape, lens) for lens in lenses}
    if len(found) == 1 or (len(shown) == 1 and all(shown)):
        # an authority and the one district that it covers: whichever is meant, it is the same place
        return lenses[0]
    if found:
        raise UnknownPlaceError(
            f"“{asked}” could mean {len(found)} things.",
            candidates=[_plainest(landscape, place) for place in found[:MOST_AMBIGUOUS]],
        )
    near = _near(landscape, wanted, kind)
    form = "" if near else f"Write KIND:NAME, where KIND is one of {', '.join(LENSES)}."
    raise UnknownPlaceError(
        f"There is no place called “{asked}”.",
        candidates=[_plainest(landscape, place) for place in near],
        for_commands=form,
    )


def _schools(landscape: Landscape, lens: Lens) -> frozenset[str]:
    return frozenset(one for one in lens.members(landscape) if one.startswith("urn:"))


def _plainest(landscape: Landscape, place: NamedPlace) -> str:
    """Give what to write for a place: its kind and name, or its code where it shares the name."""
    sharing = _answering(landscape, place.kind).get(folded(place.name), [])
    if len(sharing) == 1 or not place.also:
        return place.reference
    return f"{place.kind}:{place.also[0].partition(':')[2]}"


def _near(landscape: Landscape, wanted: str, kind: str | None) -> list[NamedPlace]:
    target = folded(wanted if kind else wanted.rpartition(":")[2])
    names: dict[str, list[NamedPlace]] = {}
    for place in named_places(landscape):
        if kind in (None, place.kind):
            for name in _names(place):
                names.setdefault(name, []).append(place)
    containing = sorted((name for name in names if target and target in name), key=len)
    close = get_close_matches(target, list(names), n=MOST_NEAR, cutoff=0.6)
    ordered = [*containing[:MOST_NEAR], *close]
    return list(dict.fromkeys(place for name in ordered for place in names[name]))[:MOST_NEAR]


def _radius(landscape: Landscape, rest: str) -> Lens:
    parts = re.fullmatch(r"([A-Za-z0-9 ]+?)\s*,\s*([0-9]+(?:\.[0-9]+)?)\s*(?:km)?", rest)
    if parts is None or float(parts[2]) <= 0:
        raise UnknownPlaceError(
            f"“radius:{rest}” is no radius.",
            advice="Write a postcode, a comma and kilometres, as in radius:AB1 2CD,5km.",
        )
    written = " ".join(parts[1].upper().split())
    position = _position(landscape, written.replace(" ", ""))
    if position is None:
        raise UnknownPlaceError(
            f"The postcode “{written}” is not known to this register.",
            advice="Write the postcode of a school. Whoever looks after the register can add all "
            "postcodes to it (--postcodes).",
        )
    return Lens.radius(*position, float(parts[2]), centre=written)


def _position(landscape: Landscape, postcode: str) -> tuple[float, float] | None:
    known = landscape.table("postcodes").filter(pl.col("postcode") == postcode)
    if known.is_empty():
        known = landscape.organisations.filter(
            pl.col("postcode").str.replace_all(r"\s+", "").str.to_uppercase() == postcode,
            pl.col("easting").is_not_null(),
        )
    return None if known.is_empty() else (known["easting"][0], known["northing"][0])
