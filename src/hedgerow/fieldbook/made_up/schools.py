"""The schools of the made-up region as they stand in 2010, and the land they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.names import CREATURES, PLANTS, shuffled_pairs
from hedgerow.fieldbook.made_up.plan import AUTHORITIES, ORIGIN, AuthorityPlan, DistrictPlan


@dataclass(eq=False)
class School:
    """A school through all its lives: maintained first, perhaps an academy under a new number
    later.

    Attributes
    ----------
    number : int
        Position in the list of schools.
    x, y : float
        British National Grid metres.
    quality : float
        Standing of the school's results against what its intake would lead one to expect; mean 0,
        standard deviation 1.
    outward : float
        How far its head and subject leads look outside; mean 0, standard deviation 1.
    converted : datetime.date, optional
        When it became an academy, if it did.
    trusts : list of (int, datetime.date)
        Numbers of the trusts that it joined, with the dates, in order.
    """

    number: int
    name: str
    authority: AuthorityPlan
    district: DistrictPlan
    phase: str
    x: float
    y: float
    pupils: int
    fsm: float
    eal: float
    faith: str
    rural: bool
    quality: float
    outward: float
    opened: date | None = None
    converted: date | None = None
    route: str | None = None
    closed: date | None = None
    trusts: list[tuple[int, date]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Identifier as of now: the academy's number where it has become one."""
        return f"urn:{self.academy_urn if self.converted else self.first_urn}"

    @property
    def first_urn(self) -> int:
        """Number under which it opened."""
        return 900_000 + self.number

    @property
    def academy_urn(self) -> int:
        """Number that it bears as an academy."""
        return 950_000 + self.number

    def id_on(self, day: date) -> str:
        """Identifier on a day."""
        is_academy = self.converted is not None and self.converted <= day
        return f"urn:{self.academy_urn if is_academy else self.first_urn}"

    def trust_on(self, day: date) -> int | None:
        """Number of the trust that governs it on a day, or None."""
        for trust, since in reversed(self.trusts):
            if since <= day:
                return trust
        return None

    def is_open_on(self, day: date) -> bool:
        """Whether it is open on a day."""
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or self.closed > day
        )

    def km_to(self, x: float, y: float) -> float:
        """Distance in kilometres to a point in metres."""
        return float(np.hypot(self.x - x, self.y - y) / 1000)


def found_schools(rng: np.random.Generator) -> list[School]:
    """Give every school of the region as it stands on 1 January 2010."""
    names = iter(shuffled_pairs(CREATURES, PLANTS, rng))
    schools: list[School] = []
    for authority in AUTHORITIES:
        for district in authority.districts:
            towns = _towns(district, rng)
            for phase, count in (
                ("Primary", district.primaries),
                ("Secondary", district.secondaries),
            ):
                for _ in range(count):
                    schools.append(
                        _school(len(schools), next(names), authority, district, phase, towns, rng)
                    )
    return schools


def _towns(district: DistrictPlan, rng: np.random.Generator) -> np.ndarray:
    low, high = (district.west + 2, district.south + 2), (district.east - 2, district.north - 2)
    return rng.uniform(low, high, size=(district.towns, 2))


def _school(
    number: int,
    name: str,
    authority: AuthorityPlan,
    district: DistrictPlan,
    phase: str,
    towns: np.ndarray,
    rng: np.random.Generator,
) -> School:
    is_village = phase == "Primary" and rng.random() < district.village_share
    if len(towns) and not is_village:
        place = towns[rng.integers(len(towns))] + rng.normal(0, 1.1, size=2)
    else:
        place = rng.uniform((district.west, district.south), (district.east, district.north))
    east, north = np.clip(
        place,
        (district.west + 0.1, district.south + 0.1),
        (district.east - 0.1, district.north - 0.1),
    )
    mean, spread = authority.pupils
    if phase == "Secondary":
        mean, spread = 980, 230
    elif is_village:
        mean, spread = 95, 45
    pupils = int(np.clip(rng.normal(mean, spread), 28 if is_village else 120, 1700))
    fsm = float(np.clip(rng.normal(*authority.fsm) * (0.7 if is_village else 1), 0.01, 0.75))
    eal = float(np.clip(rng.normal(*authority.eal) * (0.4 if is_village else 1), 0.0, 0.95))
    faiths = ("Does not apply", "Church of England", "Roman Catholic")
    faith = str(rng.choice(faiths, p=(0.45, 0.5, 0.05) if is_village else (0.72, 0.17, 0.11)))
    kind = "Primary School" if phase == "Primary" else "High School"
    return School(
        number=number,
        name=f"{name} {kind}",
        authority=authority,
        district=district,
        phase=phase,
        x=ORIGIN[0] + 1000 * float(east),
        y=ORIGIN[1] + 1000 * float(north),
        pupils=pupils,
        fsm=fsm,
        eal=eal,
        faith=faith,
        rural=is_village or (district.towns > 0 and rng.random() < 0.15),
        quality=float(rng.normal()),
        outward=float(rng.normal()),
    )
