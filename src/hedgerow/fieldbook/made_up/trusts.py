"""How trusts grow, year by year, from 2010: schools convert, stand alone, found trusts, join them,
move on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.names import STUFFS, THINGS, shuffled_pairs
from hedgerow.fieldbook.made_up.plan import AUTHORITIES, FIRST_YEAR, LAST_DAY, LOWER, AuthorityPlan
from hedgerow.fieldbook.made_up.schools import School

LARGE = 6
"""Trusts of this many schools or more take the schools that are placed with a sponsor."""
TYPICAL_TRIP_KM = 11.0
"""A trust twice this distance away is chosen e times less often."""


@dataclass(eq=False)
class Trust:
    """A trust, its home and its ways.

    Attributes
    ----------
    standardisation : float
        0 leaves practice to its schools, 1 prescribes it.
    boundary : float
        0 open, 1 closed: at 0.8 and more its schools are to learn inside the trust.
    members : list of School
        Schools that it governs now.
    """

    number: int
    name: str
    founded: date
    home: School
    standardisation: float
    boundary: float
    members: list[School] = field(default_factory=list)
    closed: date | None = None

    @property
    def id(self) -> str:
        """Identifier."""
        return f"uid:{90_000 + self.number}"

    @property
    def base(self) -> AuthorityPlan:
        """The authority in which it began."""
        return self.home.authority


class Growth:
    """The region's trusts as they grow; `run` takes them from 2010 to the register's day."""

    def __init__(self, schools: list[School], rng: np.random.Generator) -> None:
        self.schools = schools
        self.trusts: list[Trust] = []
        self._rng = rng
        self._names = iter(shuffled_pairs(STUFFS, THINGS, rng))
        self._owed: dict[tuple[str, str], float] = {}
        self._chains: list[Trust] = []

    def run(self) -> list[Trust]:
        """Let every year happen and give all trusts that ever were."""
        self._first_chains()
        for year in range(FIRST_YEAR, LAST_DAY.year):
            day = date(year, 9, 1)
            for authority in AUTHORITIES:
                self._convert(authority, day)
            self._move_on(date(year + 1, 4, 1))
        self._close_a_few()
        return self.trusts

    def _first_chains(self) -> None:
        """Begin with a chain of academies in each neighbouring authority: sponsors that
        standardise, some of them closed.
        """
        for authority, closed in zip(AUTHORITIES[3:], (True, False, False, True), strict=True):
            founder = self._pick([s for s in self._maintained(authority) if s.phase == "Secondary"])
            chain = self._found(founder, date(2010, 1, 1), "sponsored")
            for _ in range(2):
                self._admit(
                    chain, self._pick(self._maintained(authority)), date(2010, 1, 1), "sponsored"
                )
            chain.standardisation = float(self._rng.uniform(0.75, 0.95))
            chain.boundary = float(
                self._rng.uniform(0.85, 0.97) if closed else self._rng.uniform(0.2, 0.5)
            )
            self._chains.append(chain)

    def _convert(self, authority: AuthorityPlan, day: date) -> None:
        here = [s for s in self.schools if s.authority is authority]
        years = sorted(authority.academised)
        share = float(np.interp(day.year + 0.67, years, [authority.academised[y] for y in years]))
        due = round(share * len(here)) - sum(s.converted is not None for s in here)
        placed = round(due * authority.sponsored)
        for turn in range(max(due, 0)):
            waiting = self._maintained(authority)
            if not waiting:
                return
            if turn < placed:
                weakest = sorted(waiting, key=lambda s: s.quality + self._rng.normal(0, 0.7))[
                    : max(3, len(waiting) // 6)
                ]
                self._join(self._pick(weakest), day, "sponsored")
            else:
                eager = np.array(
                    [
                        (3.0 if s.phase == "Secondary" else 1.0) * np.exp(0.3 * s.outward)
                        for s in waiting
                    ]
                )
                self._choose(
                    waiting[int(self._rng.choice(len(waiting), p=eager / eager.sum()))], day
                )

    def _choose(self, school: School, day: date) -> None:
        plan = school.authority
        if self._falls_due(plan, "standalone", plan.standalone):
            self._found(school, day, "converter")
        elif self._falls_due(plan, "founding", plan.founding):
            alone = [
                t
                for t in self._open()
                if len(t.members) == 1 and t.base is plan and t.boundary < 0.8
            ]
            near = sorted(alone, key=lambda t: school.km_to(t.home.x, t.home.y))[:3]
            if near and self._rng.random() < 0.12:
                self._admit(near[int(self._rng.integers(len(near)))], school, day, "converter")
                return
            partners = sorted(
                (s for s in self._maintained(plan) if s is not school),
                key=lambda s: s.km_to(school.x, school.y),
            )[:6]
            trust = self._found(school, day, "converter")
            if partners:
                self._admit(trust, self._pick(partners), day, "converter")
        else:
            self._join(school, day, "converter")

    def _falls_due(self, plan: AuthorityPlan, what: str, share: float) -> bool:
        """Say yes to the given share of askings, evenly spread, so that small places keep to their
        plan.
        """
        key = (plan.code, what)
        self._owed[key] = self._owed.get(key, float(self._rng.random())) + share
        if self._owed[key] < 1:
            return False
        self._owed[key] -= 1
        return True

    def _join(self, school: School, day: date, route: str) -> None:
        plan = school.authority
        trusts = [t for t in self._open() if len(t.members) > 1 or t.base not in AUTHORITIES[:3]]
        chains = [t for t in self._chains if t.base.region == plan.region and t.closed is None]
        if day.year >= plan.placed_since and self._falls_due(plan, "placed", plan.placed):
            trusts = chains
        elif route == "sponsored":
            trusts = [t for t in trusts if len(t.members) >= LARGE] or trusts
        pull = np.array(
            [
                len(t.members) ** plan.size_pull
                * np.exp(-school.km_to(t.home.x, t.home.y) / TYPICAL_TRIP_KM)
                * (1.0 if t.base is plan else plan.outside_pull)
                + 1e-12
                for t in trusts
            ]
        )
        if not trusts:
            self._found(school, day, route)
            return
        self._admit(
            trusts[int(self._rng.choice(len(trusts), p=pull / pull.sum()))], school, day, route
        )

    def _move_on(self, day: date) -> None:
        """Let a few single-academy trusts join others, and move a few schools to another trust."""
        for trust in self._open():
            if len(trust.members) == 1 and (day.year - trust.founded.year) >= 3:
                school = trust.members[0]
                if self._rng.random() < 0.025:
                    trust.members.remove(school)
                    trust.closed = day
                    self._join(school, day, school.route or "converter")
        large = [t for t in self._open() if len(t.members) >= LARGE]
        for trust in large:
            if self._rng.random() < 0.04:
                school = self._pick(trust.members[1:])
                trust.members.remove(school)
                self._join(school, day, school.route or "sponsored")

    def _close_a_few(self) -> None:
        small = sorted(
            (s for s in self.schools if s.rural and s.converted is None), key=lambda s: s.pupils
        )[:5]
        for school, year in zip(small, (2013, 2016, 2018, 2020, 2024), strict=False):
            school.closed = date(year, 8, 31)

    def _found(self, school: School, day: date, route: str) -> Trust:
        number = len(self.trusts)
        trust = Trust(
            number=number,
            name=f"{next(self._names)} Learning Trust",
            founded=day,
            home=school,
            standardisation=float(self._rng.beta(2.2, 2.6)),
            boundary=float(self._rng.beta(1.4, 4.0))
            if school.authority.region == LOWER
            else float(self._rng.beta(1.6, 3.2)),
        )
        self.trusts.append(trust)
        self._admit(trust, school, day, route)
        return trust

    def _admit(self, trust: Trust, school: School, day: date, route: str) -> None:
        if school.converted is None:
            school.converted, school.route = day, route
        school.trusts.append((trust.number, day))
        trust.members.append(school)

    def _maintained(self, authority: AuthorityPlan) -> list[School]:
        return [s for s in self.schools if s.authority is authority and s.converted is None]

    def _open(self) -> list[Trust]:
        return [t for t in self.trusts if t.closed is None]

    def _pick(self, schools: list[School]) -> School:
        return schools[int(self._rng.integers(len(schools)))]
