"""Lenses: which organisations count as local, on a date.

"Local" is what a person chooses it to be: an authority, a trust, the footprint of a hub, whatever
lies within a few kilometres, a list, or any combination of these with ``&``, ``|`` and ``~``.
"""

# ruff: noqa: D102  # what key, members and label are, the class Lens says once for all kinds

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.footprints import footprints

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape


class Lens(ABC):
    """A choice of what is local. Equal lenses show the same; ``key`` is a stable text for it."""

    @property
    @abstractmethod
    def key(self) -> str:
        """A stable text that names the lens, for caches and addresses."""

    @abstractmethod
    def members(self, landscape: Landscape) -> frozenset[str]:
        """Give the identifiers of the organisations that count as local.

        Parameters
        ----------
        landscape : Landscape
            The whole landscape as on a date.

        Raises
        ------
        UnknownPlaceError
            If the lens names something that is not in the landscape.
        """

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        """Give the schools of which the lens cannot tell whether they are local.

        A school without a position may or may not lie within a radius; in a district that hubs
        share, the source does not say which of them it belongs to. `members` settles every case
        (without a position it is outside, in a shared district inside), so that a lens and its
        complement together are always the whole; this says where that was a choice. Ties are taken
        as they stand.
        """
        return frozenset()

    @abstractmethod
    def label(self, landscape: Landscape) -> str:
        """Give the lens in words for a reader."""

    def __and__(self, other: Lens) -> Lens:
        return Combined("and", self, other)

    def __or__(self, other: Lens) -> Lens:
        return Combined("or", self, other)

    def __invert__(self) -> Lens:
        return self.other if isinstance(self, Complement) else Complement(self)

    @staticmethod
    def everywhere() -> Lens:
        """All of England: every organisation of the landscape."""
        return Everywhere()

    @staticmethod
    def authority(identifier: str) -> Lens:
        """Everything whose local authority it is, by identifier (``la:330``)."""
        return Place("authority", identifier)

    @staticmethod
    def district(identifier: str) -> Lens:
        """Everything in a district, by identifier (``lad:E08000025``)."""
        return Place("district", identifier)

    @staticmethod
    def region(name: str) -> Lens:
        """Everything in one of the English regions, by name."""
        return Place("region", name)

    @staticmethod
    def trust(identifier: str) -> Lens:
        """A trust and the schools that it governs, wherever they are (``uid:2044``)."""
        return TiedTo(identifier, ("governs",))

    @staticmethod
    def hub(identifier: str) -> Lens:
        """A hub and the schools of its footprint, by identifier (``tsh:EE1``)."""
        return Footprint(identifier)

    @staticmethod
    def cluster(identifier: str) -> Lens:
        """A cluster, association or federation and its members, by identifier."""
        return TiedTo(identifier, ("federates",), incoming=("member_of",))

    @staticmethod
    def radius(easting: float, northing: float, km: float, centre: str = "") -> Lens:
        """Everything within ``km`` kilometres of a point, as the crow flies.

        The point is in British National Grid metres.
        """
        return Radius(float(easting), float(northing), float(km), centre)

    @staticmethod
    def polygon(corners: Iterable[tuple[float, float]], name: str = "") -> Lens:
        """Everything inside a polygon, its corners in British National Grid metres.

        The first corner need not be repeated at the end.
        """
        return Polygon(tuple((float(x), float(y)) for x, y in corners), name)

    @staticmethod
    def listed(identifiers: Iterable[str], name: str = "") -> Lens:
        """Exactly the organisations listed, by identifier (``urn:100000``)."""
        return Listed(tuple(sorted(set(identifiers))), name)


def _ids(frame: pl.DataFrame) -> frozenset[str]:
    return frozenset(frame["id"].to_list())


def _schools_without(landscape: Landscape, column: str) -> frozenset[str]:
    schools = landscape.organisations.filter(pl.col("kind") == "school")
    return _ids(schools.filter(pl.col(column).is_null()))


@dataclass(frozen=True)
class Everywhere(Lens):
    """All of England."""

    @property
    def key(self) -> str:
        return "country:England"

    def members(self, landscape: Landscape) -> frozenset[str]:
        return landscape.worked_out("all members", lambda: _ids(landscape.organisations))

    def label(self, landscape: Landscape) -> str:
        return "England"


@dataclass(frozen=True)
class Place(Lens):
    """An authority, district or region: a column of `Organisations` with one value."""

    column: str
    identifier: str

    @property
    def key(self) -> str:
        return f"{self.column}:{self.identifier}"

    def members(self, landscape: Landscape) -> frozenset[str]:
        inside = landscape.organisations.filter(
            (pl.col(self.column) == self.identifier) | (pl.col("id") == self.identifier)
        )
        if inside.is_empty():
            raise UnknownPlaceError(
                f"There is no {self.column} “{self.identifier}” in this landscape on that date."
            )
        return _ids(inside)

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        return _schools_without(landscape, self.column)

    def label(self, landscape: Landscape) -> str:
        return landscape.name_of(self.identifier)


@dataclass(frozen=True)
class TiedTo(Lens):
    """An organisation and what certain kinds of tie bind to it."""

    identifier: str
    outgoing: tuple[str, ...]
    incoming: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"tied:{self.identifier}:{'+'.join(self.outgoing + self.incoming)}"

    def members(self, landscape: Landscape) -> frozenset[str]:
        _must_exist(landscape, self.identifier)
        ties = landscape.ties
        out = ties.filter(
            pl.col("from_id") == self.identifier, pl.col("kind").is_in(self.outgoing)
        )["to_id"]
        into = ties.filter(pl.col("to_id") == self.identifier, pl.col("kind").is_in(self.incoming))[
            "from_id"
        ]
        return frozenset({self.identifier, *out, *into}) & Everywhere().members(landscape)

    def label(self, landscape: Landscape) -> str:
        return landscape.name_of(self.identifier)


@dataclass(frozen=True)
class Footprint(Lens):
    """A hub and the schools that it covers, directly or through the areas of its footprint."""

    identifier: str

    @property
    def key(self) -> str:
        return f"hub:{self.identifier}"

    def members(self, landscape: Landscape) -> frozenset[str]:
        _must_exist(landscape, self.identifier)
        return frozenset({self.identifier, *self._covered(landscape)["school"]})

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        return frozenset(self._covered(landscape).filter(~pl.col("is_certain"))["school"])

    def _covered(self, landscape: Landscape) -> pl.DataFrame:
        return footprints(landscape).filter(pl.col("hub") == self.identifier)

    def label(self, landscape: Landscape) -> str:
        return f"{landscape.name_of(self.identifier)} footprint"


@dataclass(frozen=True)
class Radius(Lens):
    """Everything with a known position within a distance of a point."""

    easting: float
    northing: float
    km: float
    centre: str = ""

    def __post_init__(self) -> None:
        if not (self.km > 0 and math.isfinite(self.easting + self.northing + self.km)):
            raise UsageError(
                f"A radius of {self.km:g} km around {self.easting:g}, {self.northing:g} is none.",
                advice="Give a point in metres and a number of kilometres above nought.",
            )

    @property
    def key(self) -> str:
        return f"radius:{_metres(self.easting)},{_metres(self.northing)},{self.km:.10g}km"

    def members(self, landscape: Landscape) -> frozenset[str]:
        squared = (pl.col("easting") - self.easting) ** 2 + (
            pl.col("northing") - self.northing
        ) ** 2
        return _ids(landscape.organisations.filter(squared <= (self.km * 1000) ** 2))

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        return _schools_without(landscape, "easting")

    def label(self, landscape: Landscape) -> str:
        centre = self.centre or f"{self.easting:.0f}, {self.northing:.0f}"
        return f"within {self.km:g} km of {centre}"


@dataclass(frozen=True)
class Polygon(Lens):
    """Everything with a known position inside a polygon; its border counts as inside."""

    corners: tuple[tuple[float, float], ...]
    name: str = ""

    def __post_init__(self) -> None:
        if len(set(self.corners)) < 3 or not all(math.isfinite(x + y) for x, y in self.corners):
            raise UsageError(
                f"A polygon of {len(set(self.corners))} different corners encloses nothing.",
                advice="Give at least three, each an easting and a northing in metres.",
            )

    @property
    def key(self) -> str:
        return "polygon:" + ";".join(f"{_metres(x)},{_metres(y)}" for x, y in self.corners)

    def members(self, landscape: Landscape) -> frozenset[str]:
        import shapely

        outline = shapely.Polygon(self.corners)
        if not outline.is_valid:
            raise UsageError(
                f"The polygon is not a plain outline: {shapely.is_valid_reason(outline)}.",
                advice="Give its corners in order, so that its sides do not cross.",
            )
        placed = landscape.organisations.filter(pl.col("easting").is_not_null())
        points = shapely.points(placed["easting"].to_numpy(), placed["northing"].to_numpy())
        return _ids(placed.filter(pl.Series(shapely.intersects(outline, points), dtype=pl.Boolean)))

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        return _schools_without(landscape, "easting")

    def label(self, landscape: Landscape) -> str:
        return self.name or "a drawn area"


@dataclass(frozen=True)
class Listed(Lens):
    """Exactly the organisations listed; those not open on the day are left out, see `absent`."""

    identifiers: tuple[str, ...]
    name: str = ""

    @property
    def key(self) -> str:
        return "listed:" + ",".join(self.identifiers)

    def members(self, landscape: Landscape) -> frozenset[str]:
        found = frozenset(self.identifiers) & Everywhere().members(landscape)
        if not found:
            raise UnknownPlaceError(
                "None of the listed organisations is in this landscape on that date."
            )
        return found

    def absent(self, landscape: Landscape) -> tuple[str, ...]:
        """Give what is listed but not in the landscape on that date, for the reader to be told."""
        known = Everywhere().members(landscape)
        return tuple(one for one in self.identifiers if one not in known)

    def label(self, landscape: Landscape) -> str:
        return self.name or f"a list of {len(self.identifiers)} organisations"


@dataclass(frozen=True)
class Combined(Lens):
    """What both, or either, of two lenses show."""

    operation: Literal["and", "or"]
    left: Lens
    right: Lens

    @property
    def key(self) -> str:
        return f"({self.left.key} {self.operation} {self.right.key})"

    def members(self, landscape: Landscape) -> frozenset[str]:
        return self._both(self.left.members(landscape), self.right.members(landscape))

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        sides = [
            (side.members(landscape), side.undecided(landscape)) for side in (self.left, self.right)
        ]
        surely = self._both(*(inside - unclear for inside, unclear in sides))
        perhaps = self._both(*(inside | unclear for inside, unclear in sides))
        return perhaps - surely

    def _both(self, left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
        return left & right if self.operation == "and" else left | right

    def label(self, landscape: Landscape) -> str:
        left, right = _bracketed(self.left, landscape), _bracketed(self.right, landscape)
        if self.operation == "or":
            return f"{left} or {right}"
        if isinstance(self.right, Complement):
            return f"{left} but not {_bracketed(self.right.other, landscape)}"
        return f"both {left} and {right}"


@dataclass(frozen=True)
class Complement(Lens):
    """Everything that a lens does not show."""

    other: Lens

    @property
    def key(self) -> str:
        return f"not {self.other.key}"

    def members(self, landscape: Landscape) -> frozenset[str]:
        return Everywhere().members(landscape) - self.other.members(landscape)

    def undecided(self, landscape: Landscape) -> frozenset[str]:
        return self.other.undecided(landscape)

    def label(self, landscape: Landscape) -> str:
        return f"all but {_bracketed(self.other, landscape)}"


def _bracketed(lens: Lens, landscape: Landscape) -> str:
    label = lens.label(landscape)
    return f"({label})" if isinstance(lens, Combined | Complement) else label


def _metres(coordinate: float) -> str:
    return f"{coordinate:.10g}"


def _must_exist(landscape: Landscape, identifier: str) -> None:
    if identifier not in Everywhere().members(landscape):
        raise UnknownPlaceError(f"There is no “{identifier}” in this landscape on that date.")
