"""Answers to what somebody typed: the best first, in groups of one kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.places import folded
from hedgerow.web.places.searched import KIND_HEADINGS, Entry, Index, index_of

MOST_IN_A_GROUP = 6
"""How many of a kind are shown before "and more"."""
MOST_ALTOGETHER = 300
OWN_HEADING = "Your own places"
LONGEST = 120
"""Characters of a question that are read."""
KILOMETRES_IN_A_MILE = 1.609344
RADII = (2, 5, 10)
"""Kilometres around a postcode that are offered where none are named."""

_POSTCODE = r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}"
_WITHIN = re.compile(
    rf"(?:within\s+)?(?P<far>\d+(?:\.\d+)?)\s*(?P<unit>km|kilomet(?:re|er)s?|miles?|mi)?\s*"
    rf"(?:of|from|around|round)?\s*(?P<postcode>{_POSTCODE})",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"(?:radius:\s*)?(?P<postcode>{_POSTCODE})\s*,?\s*"
    rf"(?:(?P<far>\d+(?:\.\d+)?)\s*(?P<unit>km|kilomet(?:re|er)s?|miles?|mi)?)?",
    re.IGNORECASE,
)
_KIND = re.compile(rf"({'|'.join(KIND_HEADINGS)})\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """What was found of one kind.

    Attributes
    ----------
    kind, heading : str
    entries : tuple of Entry
        The best first.
    many : int
        How many there are in all.
    """

    kind: str
    heading: str
    entries: tuple[Entry, ...]
    many: int


@dataclass(frozen=True)
class Answer:
    """What a question found.

    Attributes
    ----------
    question : str
    groups : tuple of Group
        The group with the best answer first.
    many : int
        How many were found in all.
    meant : str
        The question with words corrected, where as it stood it found nothing; else empty.
    why_none : str
        Why nothing was found, where nothing was.
    """

    question: str
    groups: tuple[Group, ...]
    many: int
    meant: str = ""
    why_none: str = ""

    @property
    def best(self) -> Entry | None:
        """The best answer."""
        return self.groups[0].entries[0] if self.groups else None


def search(
    landscape: Landscape, question: str, *, kind: str | None = None, own: Sequence[Entry] = ()
) -> Answer:
    """Search places and schools.

    Parameters
    ----------
    landscape : Landscape
        Of all days.
    question : str
        As typed: a name or part of one, a number or code, a postcode, "within 5 km of AB1 2CD".
    kind : str, optional
        The one kind that is wanted; then all of it are given, up to a limit.
    own : sequence of Entry
        Places that the person keeps, which are found by their names as well.
    """
    asked = " ".join(question[:LONGEST].split())
    if not asked:
        return Answer("", (), 0)
    index = index_of(landscape)
    around = _around(landscape, asked)
    told = _KIND.match(asked)
    if told:
        kind, asked = told[1].lower(), asked[told.end() :]
    ranked = _ranked(index, folded(asked))
    meant = ""
    if not ranked and not around:
        meant = _corrected(index, folded(asked))
        ranked = _ranked(index, meant) if meant else []
    added = [*around, *(one for one in own if _is_in(one, folded(asked)))]
    groups = _grouped(index, ranked, added, kind)
    many = sum(group.many for group in groups)
    return Answer(
        question=question.strip()[:LONGEST],
        groups=groups,
        many=many,
        meant=meant if many else "",
        why_none="" if many else _why_none(asked, kind),
    )


def _is_in(one: Entry, asked: str) -> bool:
    return all(f" {word}" in f" {folded(one.name)}" for word in asked.split())


def _ranked(index: Index, asked: str) -> list[tuple[int, int]]:
    """Give rank and position of every entry that answers; the lower the rank, the better."""
    words = asked.split()
    if not words:
        return []
    if len(asked) == 1:
        places = (place for place, name in enumerate(index.names) if name.startswith(asked))
        return [(1, place) for place in places]
    first, *others = sorted((f" {word}" for word in words), key=len, reverse=True)
    found = [place for place, text in enumerate(index.texts) if first in text]
    for word in others:
        found = [place for place in found if word in index.texts[place]]
    exact = set(index.codes.get(asked, ())) | set(index.codes.get(asked.replace(" ", ""), ()))
    return [(_rank(index, place, asked, words, exact), place) for place in {*found, *exact}]


def _rank(index: Index, place: int, asked: str, words: Sequence[str], exact: set[int]) -> int:
    name = index.names[place]
    if name == asked or place in exact:
        return 0
    if name.startswith(asked):
        return 1
    spaced = f" {name}"
    return 2 if all(f" {word}" in spaced for word in words) else 3


def _grouped(
    index: Index, ranked: Sequence[tuple[int, int]], added: Sequence[Entry], kind: str | None
) -> tuple[Group, ...]:
    """Put what was found into groups; circles and a person's own places come before all others."""
    order = {name: place for place, name in enumerate(KIND_HEADINGS)}
    most = MOST_IN_A_GROUP if kind is None else MOST_ALTOGETHER
    kinds: dict[str, list[tuple[bool, int, int, int]]] = {}
    for rank, place in ranked:
        one = index.entries[place]
        if kind in (None, one.kind):
            key = (one.is_closed, rank, index.order[place], place)
            kinds.setdefault(one.kind, []).append(key)
    groups = []
    for name, held in kinds.items():
        best = nsmallest(most, held)
        shown = tuple(index.entries[place] for *_, place in best)
        group = Group(name, KIND_HEADINGS[name], shown, len(held))
        groups.append((best[0][0], best[0][1], order[name], group))
    groups.sort(key=lambda one: one[:3])
    first: dict[str, list[Entry]] = {}
    for one in added:
        if kind in (None, one.kind):
            first.setdefault(one.kind, []).append(one)
    return (
        *(
            Group(name, KIND_HEADINGS.get(name, OWN_HEADING), tuple(held[:most]), len(held))
            for name, held in first.items()
        ),
        *(group for *_, group in groups),
    )


def _around(landscape: Landscape, asked: str) -> list[Entry]:
    """Offer circles around a postcode whose position is known."""
    found = _WITHIN.fullmatch(asked) or _AROUND.fullmatch(asked)
    if found is None:
        return []
    plain = found["postcode"].replace(" ", "").upper()
    if not _is_placed(landscape, plain):
        return []
    if found["far"]:
        far = float(found["far"])
        if (found["unit"] or "").lower().startswith("mi"):
            far = round(far * KILOMETRES_IN_A_MILE, 1)
        distances: tuple[float, ...] = (far,) if far > 0 else ()
    else:
        distances = RADII
    shown = f"{plain[:-3]} {plain[-3:]}"
    return [
        Entry(
            kind="radius",
            name=f"Within {km:g} km of {shown}",
            line="All schools whose position is known to lie that near, as the crow flies",
            place=f"radius:{plain},{km:g}",
        )
        for km in distances
    ]


def _is_placed(landscape: Landscape, plain: str) -> bool:
    def work() -> frozenset[str]:
        schools = landscape.organisations.drop_nulls(["postcode", "easting"])["postcode"]
        of_schools = schools.str.replace_all(r"\s+", "").str.to_uppercase()
        return frozenset([*landscape.table("postcodes")["postcode"], *of_schools])

    return plain in landscape.worked_out(("site", "placed postcodes"), work)


def _corrected(index: Index, asked: str) -> str:
    """Give the question with each unknown word put right, where there is one much like it."""
    words = []
    for word in asked.split():
        near = index.words.get(word[0], ())
        alike = [one for one in near if abs(len(one) - len(word)) <= 2]
        if len(word) < 4 or any(one.startswith(word) for one in near):
            words.append(word)
            continue
        best = get_close_matches(word, alike, n=1, cutoff=0.75)
        if not best:
            return ""
        words.append(best[0])
    meant = " ".join(words)
    return "" if meant == asked else meant


def _why_none(asked: str, kind: str | None) -> str:
    found = _WITHIN.fullmatch(asked) or _AROUND.fullmatch(asked)
    if found is not None:
        return (
            f"The postcode {found['postcode'].upper()} is not known to this register. It knows the "
            "postcodes of schools: try that of a school nearby."
        )
    what = f"no {KIND_HEADINGS[kind].lower()}" if kind in KIND_HEADINGS else "nothing"
    return (
        f"There is {what} with every word of “{asked}” in its name, number or postcode. Try fewer "
        "letters, or one word of it."
    )
