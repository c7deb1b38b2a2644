"""Addresses of places: what is local, on which day, of which schools, as a page's address holds it,
so that it can be shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote, urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.phases import Phase
from hedgerow.landscape.places import find_place
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.unusual import Beside
from hedgerow.web.places.own import OWN_KINDS, own_lens

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.lens import Lens
    from hedgerow.web.access.audience import Audience

USUAL_PHASE: Phase = "primary"
MOST_COMBINED = 12
"""Places that one address may combine."""
LONGEST = 300
"""Characters of one place in an address."""
_RADIUS = re.compile(r"radius:\s*([A-Za-z0-9 ]+?)\s*,(.*)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Address:
    """What a page is about.

    Attributes
    ----------
    place : str
        ``KIND:CODE``, ``radius:POSTCODE,KM``, ``list:SLUG`` or ``area:SLUG``.
    within, also, without : tuple of str
        Places that it is narrowed to, widened by, and then stripped of, in that order.
    on : datetime.date or None
        The day; the register's own where there is none.
    phase : {"primary", "secondary", "all"}
    since : datetime.date or None
        The day from which changes are told; a year before where there is none.
    beside : {"all", "similar"}
        Which authorities the place is compared with.
    partnership : str or None
        The partnership under whose address the page stands.
    owner : int or None
        The person whose own places may be meant; no part of the address itself.
    """

    place: str
    within: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    on: date | None = None
    phase: Phase = USUAL_PHASE
    since: date | None = None
    beside: Beside = "all"
    partnership: str | None = None
    owner: int | None = None

    @classmethod
    def parse(cls, request: HttpRequest, place: str) -> Address:
        """Read the address of a page.

        Raises
        ------
        UsageError
            If a day, a phase or the comparison is none, or too many places are combined.
        """
        partnership = request.partnership
        return cls._from(
            place,
            request.GET,
            partnership=None if partnership is None else partnership.slug,
            owner=request.user.pk if request.user.is_authenticated else None,
        )

    @classmethod
    def read(cls, text: str, request: HttpRequest) -> Address:
        """Read the address of a place's page as it stands in a link, such as a form sends along.

        Raises
        ------
        UsageError
            If it is no address of a place on this site.
        """
        parts = urlsplit(text)
        try:
            found = resolve(unquote(parts.path))
        except Resolver404 as fault:
            raise UsageError(f"“{text[:LONGEST]}” is no page of a place.") from fault
        if parts.netloc or "place" not in found.kwargs:
            raise UsageError(f"“{text[:LONGEST]}” is no page of a place.")
        return cls._from(
            found.kwargs["place"],
            QueryDict(parts.query),
            partnership=found.kwargs.get("partnership"),
            owner=request.user.pk if request.user.is_authenticated else None,
        )

    @classmethod
    def _from(
        cls, place: str, query: QueryDict, *, partnership: str | None, owner: int | None
    ) -> Address:
        combined = {name: _places(query, name) for name in ("within", "also", "without")}
        if sum(map(len, combined.values())) > MOST_COMBINED:
            raise UsageError(
                f"One address combines at most {MOST_COMBINED} places.",
                advice="Keep some of them as a list of your own, and combine that.",
            )
        return cls(
            place=place.strip(),
            within=combined["within"],
            also=combined["also"],
            without=combined["without"],
            on=day_in(query, "on"),
            phase=_one_of(query, "phase", get_args(Phase), USUAL_PHASE),
            since=day_in(query, "since"),
            beside=_one_of(query, "beside", get_args(Beside), "all"),
            partnership=partnership,
            owner=owner,
        )

    def combined(self, name: str, places: Iterable[str]) -> Address:
        """Give the address with other places in ``within``, ``also`` or ``without``."""
        changes: dict[str, Any] = {name: tuple(dict.fromkeys(places))}
        return replace(self, **changes)

    def lens(self, landscape: Landscape, audience: Audience) -> Lens:
        """Give the lens that it means.

        Raises
        ------
        UnknownPlaceError
            If one of its places is unknown or ambiguous; with candidates.
        """
        lens = self._one(self.place, landscape, audience)
        for narrower in self.within:
            lens = lens & self._one(narrower, landscape, audience)
        for more in self.also:
            lens = lens | self._one(more, landscape, audience)
        for less in self.without:
            lens = lens & ~self._one(less, landscape, audience)
        return lens

    def names(self, landscape: Landscape, audience: Audience) -> dict[str, str]:
        """Give what to call each of the places that it combines; faults as `lens`."""
        others = (*self.within, *self.also, *self.without)
        return {
            one: shown_name(self._one(one, landscape, audience).label(landscape)) for one in others
        }

    def _one(self, text: str, landscape: Landscape, audience: Audience) -> Lens:
        if len(text) > LONGEST or not text:
            raise UnknownPlaceError(f"“{text[:40]}” is the name of no place.")
        kind, _, rest = text.partition(":")
        if kind in OWN_KINDS:
            return own_lens(kind, rest, audience=audience, owner=self.owner)
        return find_place(landscape, spaced(text))

    def query(self) -> list[tuple[str, str]]:
        """Give the part after the question mark, leaving out what is as usual."""
        said = [
            (name, one) for name in ("within", "also", "without") for one in getattr(self, name)
        ]
        for name in ("on", "since"):
            day = getattr(self, name)
            said += [(name, day.isoformat())] if day else []
        said += [("phase", self.phase)] if self.phase != USUAL_PHASE else []
        said += [("beside", self.beside)] if self.beside != "all" else []
        return said

    def url(
        self,
        name: str = "place",
        *,
        query: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        anchor: str = "",
        **changes: Any,
    ) -> str:
        """Give the address of a page of this place.

        Parameters
        ----------
        name : str
            Name of the page: ``place``, ``section``, ``figure``, ``schools``, ``map`` ...
        query : mapping or sequence of pairs
            What stands after the question mark besides.
        anchor : str
        **changes
            Parts of the address that are otherwise; and what the page's own pattern takes, such as
            ``section``.
        """
        known = {one.name for one in fields(self)}
        changed = replace(self, **{key: one for key, one in changes.items() if key in known})
        parts = {key: one for key, one in changes.items() if key not in known}
        if changed.partnership:
            parts["partnership"] = changed.partnership
        path = reverse(name, kwargs={"place": changed.place, **parts})
        more = query.items() if isinstance(query, Mapping) else query
        said = urlencode([*changed.query(), *more])
        return path + (f"?{said}" if said else "") + (f"#{anchor}" if anchor else "")


def spaced(text: str) -> str:
    """Write the postcode of a radius with its space, as a reader knows it."""
    found = _RADIUS.fullmatch(text)
    if found is None:
        return text
    plain = found[1].replace(" ", "").upper()
    return f"radius:{plain[:-3]} {plain[-3:]},{found[2]}"


def day_in(query: QueryDict, name: str) -> date | None:
    """Read a day from an address; None where there is none.

    Raises
    ------
    UsageError
        If it is no day.
    """
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(
            f"“{text[:40]}” is no day.", advice="Write it as year-month-day, such as 2022-04-25."
        ) from fault


def _places(query: QueryDict, name: str) -> tuple[str, ...]:
    given = (one.strip() for one in query.getlist(name))
    return tuple(dict.fromkeys(one for one in given if one))


def _one_of(query: QueryDict, name: str, allowed: Sequence[str], usual: str) -> Any:
    text = query.get(name, "").strip() or usual
    if text not in allowed:
        raise UsageError(
            f"“{text[:40]}” is no {name} that is known.", advice=f"Known: {', '.join(allowed)}."
        )
    return text
