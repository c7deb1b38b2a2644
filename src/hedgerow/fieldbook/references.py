"""What a cell points at that names an organisation, a person, an activity, a meeting, a concern.

An identifier, a URN, a UID, an authority's number, a code of the fieldbook's own or a name that
only one thing bears is taken. Anything else is a fault with suggestions: nothing is matched because
it is nearly right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from hedgerow.fieldbook.cells import UNKNOWN, Problem, Reading
from hedgerow.fieldbook.days import read_day
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.matching import NameIndex, Suggestion
from hedgerow.fieldbook.sheets import Target
from hedgerow.landscape.landscape import Landscape

PERSON = "person:"
IDENTIFIER = re.compile(r"[a-z][a-z_\-]*:\S(?:.*\S)?")
_IN_BRACKETS = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<id>[a-z][a-z_\-]*:[^\s()\[\]]+)[)\]]")
_PREFIXED = re.compile(r"(urn|uid|la)\s*[:\-]?\s*(\d+)")
_FIGURES = re.compile(r"\d{1,8}")
VERY_NEAR = 0.75
MOST_PLACES = 3
"""Authorities that suggestions favour."""
_WORDS: dict[Target, str] = {
    "organisation": "an organisation",
    "person": "a person",
    "area": "an area",
    "activity": "an activity",
    "meeting": "a meeting",
    "concern": "a concern",
}
_HOW: dict[Target, str] = {
    "organisation": "its name as the register has it, its URN or UID, or its code in Organisations",
    "person": "the name or code used elsewhere in the fieldbook",
    "area": "its identifier, such as lad:E07000070",
    "activity": "its title or code in Activities",
    "meeting": "its code in Meetings, or “forum, day”",
    "concern": "its code or its sentence in Concerns",
}


@dataclass
class Directory:
    """Everything of one kind that a cell may point at.

    Attributes
    ----------
    ids : set of str
    names : dict of str to list of str
        Identifiers by folded name.
    codes : dict of str to str
        Identifiers by folded code of the fieldbook's own.
    shown : dict of str to str
        What to call each.
    """

    ids: set[str] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, identifier: str, name: str, code: str | None = None) -> None:
        """Take up one thing under its identifier, its name and its code."""
        if code:
            self.codes.setdefault(fold(code), identifier)
        bearers = self.names.setdefault(fold(name), [])
        if identifier not in bearers:
            bearers.append(identifier)
        self.ids.add(identifier)
        self.shown.setdefault(identifier, name)

    def find(self, text: str) -> list[str]:
        """Give all that an identifier, a code or a name may mean; a code goes before a name."""
        if text in self.ids:
            return [text]
        plain = fold(text)
        if plain in self.codes:
            return [self.codes[plain]]
        return self.names.get(plain, [])


class References:
    """Finds what cells point at, and says what is wrong where they point at nothing.

    Parameters
    ----------
    register : Landscape, optional
        Where schools, trusts, authorities and areas are looked up. Without one, identifiers are
        taken on trust.
    known : mapping of str to polars.DataFrame
        Tables of the fieldbook that this one is added to.
    """

    def __init__(
        self, register: Landscape | None, known: Mapping[str, pl.DataFrame] | None = None
    ) -> None:
        self._register = register
        self._directories: dict[Target, Directory] = {
            "organisation": Directory(),
            "area": Directory(),
            "activity": Directory(),
            "meeting": Directory(),
            "concern": Directory(),
        }
        self._persons: set[str] = set()
        self._places = ""
        self._spoilt: dict[tuple[Target, str], str] = {}
        self._index: NameIndex | None = None
        self._schools: set[str] = set()
        if register is not None:
            self._take_register(register)
        self._take_known(known or {})

    def _take_register(self, register: Landscape) -> None:
        organisations = self._directories["organisation"]
        for identifier, name, kind in register.organisations.select(
            "id", "name", "kind"
        ).iter_rows():
            organisations.add(identifier, name)
            if kind == "school":
                self._schools.add(identifier)
        for identifier, name in register.table("areas").select("id", "name").iter_rows():
            self._directories["area"].add(identifier, name)

    def _take_known(self, known: Mapping[str, pl.DataFrame]) -> None:
        for target, table, name in (
            ("organisation", "organisations", "name"),
            ("activity", "activities", "name"),
            ("concern", "concerns", "text"),
        ):
            if table in known:
                for identifier, said in known[table].select("id", name).iter_rows():
                    self.add(target, identifier, said)  # type: ignore[arg-type]  # of the tuple's
        if "meetings" in known:
            for row in known["meetings"].select("id", "forum", "date").iter_rows():
                self.add("meeting", row[0], f"{row[1]}, {row[2]}")

    def add(self, target: Target, identifier: str, name: str, code: str | None = None) -> None:
        """Take up something that the fieldbook itself tells of."""
        self._directories[target].add(identifier, name, code)
        if target == "organisation":
            self._index = None

    def add_spoilt(self, target: Target, text: str, where: str) -> None:
        """Remember where something stands that was set aside, for those that point at it."""
        self._spoilt.setdefault((target, fold(text)), where)

    def learn_places(self, texts: Iterable[str]) -> None:
        """Learn from the organisations that are named soundly in which authorities a fieldbook is.

        Suggestions for other names then favour those.
        """
        if self._register is None:
            return
        authorities = dict(self._register.organisations.select("id", "authority").iter_rows())
        names = self._register.names()
        counted: Counter[str] = Counter()
        for text in texts:
            found = self._among(" ".join(text.split()), ("organisation",), is_school=False)
            authority = authorities.get(found[0]) if len(found) == 1 else None
            if authority in names:
                counted[names[authority]] += 1
        self._places = " ".join(name for name, _ in counted.most_common(MOST_PLACES))

    def add_persons(self, names: Iterable[str]) -> None:
        """Take up what persons are called, for cells that may name a person or an organisation."""
        self._persons.update(fold(name) for name in names)

    def nearly(self, name: str) -> list[str]:
        """Give the organisations that a name comes very near to, in words."""
        suggestions = self._names().suggest(name, most=3)
        return [f"{one}, {one.reason}" for one in suggestions if one.score >= VERY_NEAR]

    def is_known(self, target: Target, text: str) -> bool:
        """Whether anything bears a name, code or identifier."""
        return bool(self._directories[target].find(text.strip()))

    def find(self, text: str, targets: tuple[Target, ...], *, is_school: bool = False) -> Reading:
        """Find what a cell points at.

        Parameters
        ----------
        text : str
            The cell.
        targets : tuple of str
            What it may point at.
        is_school : bool
            Whether only a school will do.

        Returns
        -------
        Reading
            The identifier; for a person, what the person is called, marked by ``Called``.
        """
        plain = " ".join(text.split())
        if plain.casefold() in UNKNOWN and fold(plain) not in self._persons:
            return Reading(
                None,
                Problem("words for unknown", "an empty cell where it is not known", is_note=True),
            )
        if targets == ("person",):
            return Reading(plain if plain.startswith(PERSON) else Called(plain))
        if "person" in targets and plain.startswith(PERSON):
            return Reading(plain)
        found = self._among(plain, targets, is_school=is_school)
        if len(found) == 1:
            if is_school and self._schools and found[0] not in self._schools:
                return self._unknown(plain, targets, is_school=is_school, what="a school")
            return Reading(found[0])
        if "person" in targets and not found and fold(plain) in self._persons:
            return Reading(Called(plain))
        if found:
            return self._ambiguous(found, targets)
        if self._register is None and self._is_trusted(plain, targets):
            return Reading(_identifier(plain))
        return self._unknown(plain, targets, is_school=is_school)

    def _among(self, text: str, targets: tuple[Target, ...], *, is_school: bool) -> list[str]:
        found: list[str] = []
        for target in targets:
            if target == "person":
                continue
            directory = self._directories[target]
            for written in _ways(text, target):
                found += [one for one in directory.find(written) if one not in found]
                if found:
                    break
        if is_school and len(found) > 1:
            found = [one for one in found if one in self._schools] or found
        return found

    def _is_trusted(self, text: str, targets: tuple[Target, ...]) -> bool:
        if not {"organisation", "area"} & set(targets):
            return False
        return bool(IDENTIFIER.fullmatch(_identifier(text)))

    def _ambiguous(self, found: list[str], targets: tuple[Target, ...]) -> Reading:
        what = " or ".join(_WORDS[target] for target in targets)
        listed = "; ".join(self._described(one, targets) for one in found[:8])
        more = f"; and {len(found) - 8} more" if len(found) > 8 else ""
        return Reading(
            None,
            Problem(
                "several of that name",
                f"{what} that only one thing answers to",
                f"It may be {listed}{more}. Write the one that is meant, with what is in brackets.",
            ),
        )

    def _described(self, identifier: str, targets: tuple[Target, ...]) -> str:
        for target in targets:
            if target != "person" and identifier in self._directories[target].ids:
                if target == "organisation" and self._register is not None:
                    return str(self._suggestion(identifier))
                return f"{self._directories[target].shown[identifier]} ({identifier})"
        return identifier

    def _suggestion(self, identifier: str) -> Suggestion:
        held = self._candidates().filter(pl.col("id") == identifier).row(0, named=True)
        return Suggestion(
            id=identifier,
            name=held["name"],
            score=1.0,
            reason="the same name",
            postcode=held["postcode"],
            place=held["place"],
        )

    def _unknown(
        self, text: str, targets: tuple[Target, ...], *, is_school: bool, what: str = ""
    ) -> Reading:
        what = what or " or ".join(_WORDS[target] for target in targets)
        how = "; ".join(_HOW[target] for target in targets)
        for target in targets:
            if where := self._spoilt.get((target, fold(text))):
                return Reading(
                    None,
                    Problem(
                        f"{what} that was set aside",
                        f"{what} whose own row is sound",
                        f"It stands in {where}, which could not be used: mend that first.",
                    ),
                )
        near = self._near(text, targets, is_school=is_school)
        advice = f"Write {how}."
        if near:
            advice = f"Did you mean {' or '.join(near)}? {advice}"
        return Reading(None, Problem(f"{what} that is not known", f"{what}: {how}", advice))

    def _near(self, text: str, targets: tuple[Target, ...], *, is_school: bool) -> list[str]:
        if "organisation" in targets:
            name, _, after = text.partition(",")
            suggestions = self._names().suggest(
                name,
                postcode=after.rpartition(",")[2] or None,
                place=after.strip() or self._places or None,
            )
            if is_school and self._schools:
                suggestions = [one for one in suggestions if one.id in self._schools]
            return [f"{one}, {one.reason}" for one in suggestions[:3]]
        directory = self._directories[targets[0]]
        frame = pl.DataFrame(
            {"id": list(directory.shown), "name": list(directory.shown.values())},
            schema={"id": pl.String, "name": pl.String},
        )
        return [f"{one}" for one in NameIndex(frame).suggest(text, most=3)]

    def _names(self) -> NameIndex:
        if self._index is None:
            self._index = NameIndex(self._candidates())
        return self._index

    def _candidates(self) -> pl.DataFrame:
        shown = self._directories["organisation"].shown
        own = pl.DataFrame(
            {"id": list(shown), "name": list(shown.values())},
            schema={"id": pl.String, "name": pl.String},
        )
        if self._register is None:
            nothing = pl.lit(None, pl.String)
            return own.with_columns(nothing.alias("postcode"), nothing.alias("place"))
        names = self._register.names()
        where = self._register.organisations.select(
            "id", "postcode", pl.col("authority").replace_strict(names, default=None).alias("place")
        )
        return own.join(where, on="id", how="left", maintain_order="left")


class Called(str):
    """What a person is called in the fieldbook: never kept, but turned into a pseudonym."""

    __slots__ = ()


def _identifier(text: str) -> str:
    """Write a URN, a UID or an authority's number as an identifier, where that is what it is."""
    found = _PREFIXED.fullmatch(text.casefold())
    if found:
        return f"{found[1]}:{found[2]}"
    if re.fullmatch(r"\d{6}", text):
        return f"urn:{text}"
    return text


def _ways(text: str, target: Target) -> list[str]:
    """Give the ways in which a cell may be meant, the surest first."""
    ways = [text]
    if found := _IN_BRACKETS.fullmatch(text):
        ways.append(found["id"])
    if target == "organisation":
        if found := _PREFIXED.fullmatch(text.casefold()):
            ways.append(f"{found[1]}:{found[2]}")
        if _FIGURES.fullmatch(text):
            ways += [f"urn:{text}", f"uid:{text}", f"la:{text.zfill(3)}"]
    if target == "area":
        ways.append(f"lad:{text.upper()}")
    if target == "meeting":
        forum, _, day = text.rpartition(",")
        if forum and (read := read_day(day).day):
            ways.append(f"{forum}, {read}")
    return ways
