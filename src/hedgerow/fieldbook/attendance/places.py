"""Which school, or provider, a row means: by URN, by name, or by likeness with a person's word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import polars as pl

from hedgerow.fieldbook.attendance.mapping import NO_SCHOOL, AttendanceMapping, decided_urn
from hedgerow.fieldbook.attendance.spelling import Speller
from hedgerow.fieldbook.folding import fold, written_postcode
from hedgerow.fieldbook.matching import NameIndex, Suggestion
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.landscape import Landscape

HIGH = 0.85
"""Score from which a name is taken to be a school's, if no other comes near it."""
MARGIN = 0.05
"""How far behind the next school must be.

Both limits were tried on the names of all schools in the area of one Teaching School Hub,
shortened by the usual abbreviations and with letters lost, swapped or mistyped: of 1,464 such
names 844 were taken, 98.5 % of them for the right school, and the others were left to a person.
The margin was chosen on the same names, and no second area was tried: expect somewhat less
elsewhere."""
DISAGREES = 0.35
"""Score of a name against the school of its URN below which one of the two is wrong."""
FOOTPRINT_LIFT = 0.15
MOST = 3
INITIALS = {
    "ps": "primary school",
    "js": "junior school",
    "hs": "high school",
    "cps": "community primary school",
    "jmi": "junior mixed and infant",
}
"""What stands for several words of a school's name."""
_ASKED = 12

How = Literal["urn", "name", "likeness", "decided", "open"]
"""How a school was found; open where nobody knows yet."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a row says of its school.

    Attributes
    ----------
    text, urn, postcode, town : str
        As written.
    day : datetime.date or None
        On which it must have been open.
    """

    text: str
    urn: str = ""
    postcode: str = ""
    town: str = ""
    day: date | None = None

    @property
    def key(self) -> str:
        """Under which a decision is kept: what is written, one after the other."""
        return " | ".join(part for part in (self.text, self.urn, self.postcode, self.town) if part)


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Which school a row means.

    Attributes
    ----------
    id : str or None
        None while nobody knows.
    how : str
    suggestions : tuple of Suggestion
        Best first.
    reason : str
        In words.
    """

    id: str | None
    how: How
    suggestions: tuple[Suggestion, ...] = ()
    reason: str = ""


class SchoolMatcher:
    """Finds schools of a register by what people write.

    Parameters
    ----------
    register : Landscape
        Of all days.
    mapping : AttendanceMapping
        With what was decided before.
    providers : sequence of str
        Whose footprints are looked through first.
    """

    def __init__(
        self, register: Landscape, mapping: AttendanceMapping, providers: Sequence[str] = ()
    ) -> None:
        self._mapping = mapping
        names = register.names()
        organisations = register.organisations.filter(pl.col("kind") == "school")
        self._schools = organisations.select(
            "id",
            "name",
            "postcode",
            "opened",
            "closed",
            *(
                pl.col(where).replace_strict(names, default=None, return_dtype=pl.String).alias(to)
                for where, to in (("district", "district name"), ("authority", "authority name"))
            ),
        ).with_columns(
            pl.concat_str("district name", "authority name", separator=" ", ignore_nulls=True)
            .replace("", None)
            .alias("place")
        )
        self._open = {
            identifier: (opened, closed)
            for identifier, opened, closed in self._schools.select(
                "id", "opened", "closed"
            ).iter_rows()
        }
        self._by_name: dict[str, list[str]] = {}
        for identifier, name in self._schools.select("id", "name").iter_rows():
            self._by_name.setdefault(fold(name), []).append(identifier)
        covered = footprints(register).filter(pl.col("hub").is_in(list(providers)))
        self._near = frozenset(covered["school"].to_list())
        self._all = self._indexed(None)
        self._local = self._indexed(self._near) if self._near else None
        self._known: dict[str, list[Suggestion]] = {}
        self._speller = Speller(self._schools["name"].to_list())
        self._shown_places = {
            identifier: authority if district in (None, authority) else f"{district}, {authority}"
            for identifier, district, authority in self._schools.select(
                "id", "district name", "authority name"
            ).iter_rows()
        }

    def _indexed(self, among: frozenset[str] | None) -> NameIndex:
        kept = self._schools
        if among is not None:
            kept = kept.filter(pl.col("id").is_in(sorted(among)))
        return NameIndex(kept.select("id", "name", "postcode", "place"))

    def find(self, asked: Asked) -> Matched:
        """Find a school.

        A decision made before goes first, then a URN whose school is not called otherwise, then a
        name that one open school bears, then likeness: of `HIGH` or more, and `MARGIN` more than
        the next.
        """
        if (decided := self._mapping.alias("schools", asked.key)) is not None:
            return self._decided(decided, asked)
        suggestions = self._suggestions(asked)
        urn = decided_urn(asked.urn.removesuffix(".0")) or self._urn_in(asked.text)
        if urn is not None and urn in self._open:
            return self._by_urn(urn, asked, suggestions)
        wrong = "the register has no school of that URN" if asked.urn else ""
        exact = self._named(asked)
        is_rivalled = (
            len(exact) == 1
            and bool(self._near)
            and exact[0] not in self._near
            and any(one.id in self._near and one.score >= HIGH for one in suggestions)
        )
        if len(exact) == 1 and not wrong and not is_rivalled:
            return Matched(id=exact[0], how="name", reason="the same name")
        shown = tuple(suggestions[:MOST])
        if not suggestions:
            return Matched(id=None, how="open", reason=wrong or "no school is like it")
        best = suggestions[0]
        behind = suggestions[1].score if len(suggestions) > 1 else 0.0
        if wrong:
            return Matched(id=None, how="open", suggestions=shown, reason=wrong)
        if best.score >= HIGH and best.score - behind >= MARGIN and not is_rivalled:
            return Matched(id=best.id, how="likeness", suggestions=shown, reason=best.reason)
        reason = "several schools are like it" if best.score >= HIGH else "no school is like enough"
        return Matched(id=None, how="open", suggestions=shown, reason=reason)

    def _decided(self, decided: str, asked: Asked) -> Matched:
        if decided == NO_SCHOOL:
            return Matched(id=None, how="decided", reason="decided to be no school of the register")
        identifier = decided_urn(decided) or decided
        if identifier in self._open:
            return Matched(id=identifier, how="decided", reason="decided before")
        return Matched(
            id=None,
            how="open",
            suggestions=tuple(self._suggestions(asked)[:MOST]),
            reason=f"decided to be {identifier}, which the register does not have",
        )

    def _urn_in(self, text: str) -> str | None:
        """Give a URN that stands in place of the name, or in brackets after it."""
        found = re.fullmatch(r"(?:.*[(\[ ]|)(?:urn[:\s]*)?([1-9]\d{5})[)\]]?", text.strip().lower())
        return f"urn:{found[1]}" if found else None

    def _by_urn(self, urn: str, asked: Asked, suggestions: Sequence[Suggestion]) -> Matched:
        # a name of figures alone, or none, cannot disagree
        if re.search(r"[^\W\d_]{3}", asked.text.lower().replace("urn", "")):
            row = self._schools.filter(pl.col("id") == urn).select(
                "id", "name", "postcode", "place"
            )
            alike = NameIndex(row).suggest(asked.text, postcode=asked.postcode or None)
            likest = suggestions[0] if suggestions else None
            disagrees = not alike or alike[0].score < DISAGREES
            if disagrees and likest is not None and likest.score >= HIGH and likest.id != urn:
                shown = (*suggestions[: MOST - 1], *_suggested(row))
                return Matched(
                    id=None, how="open", suggestions=shown, reason="URN and name disagree"
                )
        return Matched(id=urn, how="urn", reason="the URN")

    def _named(self, asked: Asked) -> list[str]:
        """Give the schools of exactly that name: those open on the day, the near ones first."""
        found = self._by_name.get(fold(asked.text), [])
        found = [one for one in found if self._is_open(one, asked.day)] or found
        code = written_postcode(asked.postcode)
        if code is not None and found:
            held = (
                dict(self._schools.select("id", "postcode").iter_rows()) if len(found) > 1 else {}
            )
            found = [one for one in found if written_postcode(held.get(one)) == code] or found
        if len(found) > 1 and self._near:
            found = [one for one in found if one in self._near] or found
        return found

    def _is_open(self, identifier: str, day: date | None) -> bool:
        opened, closed = self._open[identifier]
        if day is None:
            return closed is None
        return (opened is None or opened <= day) and (closed is None or closed > day)

    def _suggestions(self, asked: Asked) -> list[Suggestion]:
        """Give schools that are alike, those in the provider's footprint lifted, the open ones."""
        if asked.key not in self._known:
            self._known[asked.key] = self._alike(asked)
        found = self._known[asked.key]
        return [one for one in found if self._is_open(one.id, asked.day)] or found

    def _alike(self, asked: Asked) -> list[Suggestion]:
        if not re.search(r"\w", asked.text):
            return []
        best: dict[str, Suggestion] = {}
        name, _, rest = asked.text.partition(",")
        town = asked.town or rest.strip()
        code = asked.postcode or rest.rpartition(",")[2].strip() or None
        name = re.sub(r"[\w]+", lambda word: INITIALS.get(word[0].lower(), word[0]), name)
        for written, likeness in [(name, 1.0), *self._speller.ways(name)]:
            for index in (self._all, self._local):
                if index is None:
                    continue
                for one in index.suggest(written, postcode=code, place=town or None, most=_ASKED):
                    score = round(one.score * likeness, 3)
                    if one.id not in best or score > best[one.id].score:
                        reason = one.reason if likeness == 1 else "a name spelt nearly so"
                        best[one.id] = replace(
                            one, score=score, reason=reason, place=self._shown_places[one.id]
                        )
        lifted = [
            replace(
                one,
                score=round(one.score + (1 - one.score) * FOOTPRINT_LIFT, 3),
                reason=f"{one.reason}, in the provider's footprint",
            )
            if one.id in self._near
            else one
            for one in best.values()
        ]
        return sorted(lifted, key=lambda one: (-one.score, one.id))


def _suggested(row: pl.DataFrame) -> list[Suggestion]:
    return [
        Suggestion(
            id=one["id"],
            name=one["name"],
            score=0.0,
            reason="the school of that URN",
            postcode=one["postcode"],
            place=one["place"],
        )
        for one in row.iter_rows(named=True)
    ]


class ProviderMatcher:
    """Finds who provides: an organisation by identifier or name, never by likeness alone.

    Parameters
    ----------
    organisations : polars.DataFrame
        Columns ``id``, ``name``, ``kind``, of the register and of the fieldbook.
    mapping : AttendanceMapping
    """

    def __init__(self, organisations: pl.DataFrame, mapping: AttendanceMapping) -> None:
        self._mapping = mapping
        self._others = organisations.filter(pl.col("kind") != "school")
        self._ids = set(organisations["id"].to_list())
        self._names: dict[str, list[str]] = {}
        for identifier, name in organisations.select("id", "name").iter_rows():
            self._names.setdefault(fold(name), []).append(identifier)
        self._index: NameIndex | None = None

    def find(self, text: str) -> Matched:
        """Find a provider."""
        decided = self._mapping.alias("providers", text)
        if decided == NO_SCHOOL:
            return Matched(id=None, how="decided", reason="decided to be none that is known")
        for written in (decided, text):
            if written is None:
                continue
            if written in self._ids:
                return Matched(id=written, how="decided" if decided else "urn")
            bearers = self._names.get(fold(written), [])
            if len(bearers) == 1:
                return Matched(id=bearers[0], how="name", reason="the same name")
        if self._index is None:
            self._index = NameIndex(self._others.select("id", "name"))
        found = tuple(self._index.suggest(text, most=MOST))
        return Matched(
            id=None,
            how="open",
            suggestions=found,
            reason="several bear the name"
            if self._names.get(fold(text))
            else "no provider known here",
        )
