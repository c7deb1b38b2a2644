"""What a page looks at: an address, its lens, and the landscape that its audience may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.web.access.audience import Role
from hedgerow.web.access.seeing import Seen, counted_for, seen
from hedgerow.web.places.address import Address


@dataclass(frozen=True, eq=False)
class Look:
    """What a page of a place looks at.

    Attributes
    ----------
    address : Address
    lens : Lens
    landscape : Landscape
        What its figures may rest on.
    named : Landscape
        What it may list by name.
    on : datetime.date
        The day.
    version : str
        With the address, the key of whatever is kept.
    notes : tuple of str
        What was left out, in words.
    names : dict of str to str
        What to call each of the places that the address combines.
    """

    address: Address
    lens: Lens
    landscape: Landscape
    named: Landscape
    on: date
    version: str
    notes: tuple[str, ...]
    names: dict[str, str]

    @property
    def key(self) -> tuple[object, ...]:
        """What profiles and pages made from it are kept under."""
        label = self.lens.label(self.named.on(self.on))
        return (self.version, self.lens.key, label, self.on, self.address.phase)


def sight(request: HttpRequest, on: date | None = None) -> Seen:
    """Give what the audience of a request sees.

    A partnership that has not published is not there for those who are no part of it.
    """
    match = request.resolver_match
    is_inside = match is not None and "partnership" in match.kwargs
    partnership = request.partnership
    if is_inside and (
        partnership is None
        or (request.audience.role is Role.PUBLIC and not partnership.is_published)
    ):
        raise Http404
    return seen(request.audience, on=on)


def look(request: HttpRequest, place: str) -> Look:
    """Give what the address of a page looks at.

    Raises
    ------
    UsageError
        If a part of the address is none, or the day lies before anything is known.
    UnknownPlaceError
        If a place is unknown or ambiguous; with candidates.
    """
    return look_at(request, Address.parse(request, place))


def look_at(request: HttpRequest, address: Address) -> Look:
    """Give what an address looks at; faults as `look`."""
    held = sight(request, address.on)
    lens = address.lens(held.named, request.audience)
    day = address.on or settings.SITE.usual_day or held.named.as_of or date.today()
    # a place that is not there on the day is refused before anything is measured
    lens.members(held.named.on(day))
    return Look(
        address=address,
        lens=lens,
        landscape=counted_for(held, lens),
        named=held.named,
        on=day,
        version=held.version,
        notes=held.notes,
        names=address.names(held.named, request.audience),
    )
