"""What a page looks at: an address, its lens, and the landscape that its audience may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.web.places.address import Address
from hedgerow.web.registers import register_on


@dataclass(frozen=True, eq=False)
class Sight:
    """The landscapes of an audience.

    Attributes
    ----------
    counted : Landscape
        What figures may rest on, for places of any kind.
    named : Landscape
        What may be listed by name.
    version : str
        Changes with whatever changes what is seen.
    notes : tuple of str
        What was left out.
    """

    counted: Landscape
    named: Landscape
    version: str
    notes: tuple[str, ...] = ()


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
    """

    address: Address
    lens: Lens
    landscape: Landscape
    named: Landscape
    on: date
    version: str
    notes: tuple[str, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What profiles and pages made from it are kept under."""
        label = self.lens.label(self.named.on(self.on))
        return (self.version, self.lens.key, label, self.on, self.address.phase)


def sight(request: HttpRequest, on: date | None) -> Sight:
    """Give what the audience of a request may see."""
    landscape = register_on(on)
    return Sight(landscape, landscape, landscape.label)


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
    seen = sight(request, address.on)
    lens = address.lens(seen.named, request.audience)
    day = address.on or seen.named.as_of or date.today()
    # a place that is not there on the day is refused before anything is measured
    lens.members(seen.named.on(day))
    return Look(
        address=address,
        lens=lens,
        landscape=seen.counted,
        named=seen.named,
        on=day,
        version=seen.version,
        notes=seen.notes,
    )
