"""Offers of professional learning, and who takes part, term by term.

Whether a school works with its hub in a term follows from how far away the hub is, whether it did
so the term before, how far its leads look outside, who signposts, whether it can release anybody,
and whether its trust keeps its boundary.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import numpy as np

from hedgerow.fieldbook.made_up.hubs import Body, Cluster
from hedgerow.fieldbook.made_up.people import authority_id
from hedgerow.fieldbook.made_up.plan import (
    AUTHORITIES,
    CITY,
    SHIRE,
    TOWN,
    AuthorityPlan,
    Mechanisms,
)
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.terms import Term, recorded_terms
from hedgerow.fieldbook.made_up.trusts import Trust

SOURCE = "made-up fieldbook"
CLOSED = 0.8
"""A trust whose boundary is at least this closed keeps its schools from working with the hub."""
ONE_FORM = 210
"""Pupils of a school with one class a year, from which on somebody can be released."""

TAKEN_UP = {
    "teaching_school_hub": 0.30,
    "teaching_school_alliance": 0.32,
    "research_school": 0.07,
    "english_hub": 0.10,
    "company": 0.08,
    "online_community": 0.18,
}
"""Chance that a school takes up something of such a body in a term; of an alliance far off, 0.1."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A kind of activity: form, place on figure 5.1, length, audience and price."""

    key: str
    name: str
    mode: str
    formality: float
    collectivity: float
    sessions: int
    tasks: bool
    audience: str
    delivery: str
    cost_basis: str
    cost: float
    kind: str
    role: str
    staff: tuple[int, int]


def _programmes() -> tuple[Programme, ...]:
    text = files("hedgerow.fieldbook.made_up").joinpath("programmes.csv").read_text("utf-8")
    return tuple(
        Programme(
            key=row["key"],
            name=row["name"],
            mode=row["mode"],
            formality=float(row["formality"]),
            collectivity=float(row["collectivity"]),
            sessions=int(row["sessions"]),
            tasks=row["tasks"] == "yes",
            audience=row["audience"],
            delivery=row["delivery"],
            cost_basis=row["cost_basis"],
            cost=float(row["cost"]),
            kind=row["kind"],
            role=row["role"],
            staff=(int(row["least_staff"]), int(row["most_staff"])),
        )
        for row in csv.DictReader(text.splitlines())
    )


PROGRAMMES = _programmes()
BY_KEY = {programme.key: programme for programme in PROGRAMMES}


def _is_near(body: Body, school: School) -> bool:
    return body.host is not None and body.host.km_to(school.x, school.y) < 25


def _cannot_release(school: School) -> float:
    """How far a school has nobody to take a class whose teacher is out: 0 from one class a year on,
    towards 1 for the smallest; its subject leads hold several subjects each (report, Shire).
    """
    return max(0.0, 1 - school.pupils / ONE_FORM)


class Learning:
    """Lets the terms go by and keeps the record; `run` gives the two tables as rows."""

    def __init__(
        self,
        schools: list[School],
        trusts: list[Trust],
        bodies: list[Body],
        clusters: list[Cluster],
        mechanisms: Mechanisms,
        rng: np.random.Generator,
    ) -> None:
        self._schools = [s for s in schools if s.phase == "Primary"]
        self._trusts, self._bodies, self._mechanisms, self._rng = trusts, bodies, mechanisms, rng
        self._cluster_of = {s.number: cluster for cluster in clusters for s in cluster.members}
        self._hub_of = {
            authority: body
            for body in bodies
            if body.kind == "maths_hub"
            for authority in body.covers
        }
        self.activities: dict[str, dict[str, object]] = {}
        self.participation: list[dict[str, object]] = []
        self.engaged: dict[tuple[int, str], set[str]] = {}
        """Schools (number) that worked with a provider in a term (label): provider identifiers."""
        self._trust_effect = {t.number: float(rng.normal(0, 0.4)) for t in trusts}

    def run(self) -> None:
        """Let every recorded term happen."""
        before: dict[int, bool] = {s.number: bool(self._rng.random() < 0.35) for s in self._schools}
        for term in recorded_terms():
            sizes: dict[int | None, int] = {}
            for school in self._schools:
                sizes[school.trust_on(term.start)] = sizes.get(school.trust_on(term.start), 0) + 1
            used: dict[str, int] = {}
            serving = {authority: self._serving(authority, term) for authority in AUTHORITIES}
            for index in self._rng.permutation(len(self._schools)):
                school = self._schools[int(index)]
                if school.is_open_on(term.start):
                    size = sizes[school.trust_on(term.start)]
                    before[school.number] = self._hub_term(
                        school, term, before[school.number], size, used
                    )
                    self._other_terms(school, term, size, serving[school.authority])

    def _serving(self, authority: AuthorityPlan, term: Term) -> list[Body]:
        """Give the bodies whose courses schools of an authority can take up in a term, other than
        its maths hub."""
        return [
            body
            for body in self._bodies
            if body.kind in TAKEN_UP
            and body.is_open_on(term.start)
            and (not body.covers or authority in body.covers)
        ]

    def _is_kept_in(self, school: School, day: date) -> bool:
        number = school.trust_on(day)
        return (
            self._mechanisms.boundary_keeping
            and number is not None
            and self._trusts[number].boundary >= CLOSED
        )

    def _signposted(self, school: School, day: date) -> float:
        if school.authority is SHIRE and self._mechanisms.paid_chair:
            return 1.4
        if school.authority is CITY and self._mechanisms.joint_bids:
            return 0.9
        if school.authority is TOWN:
            alliance_open = day < date(2021, 8, 31) or not self._mechanisms.leader_lost
            return 1.3 if alliance_open else 0.0
        return 0.5

    def _hub_term(
        self, school: School, term: Term, before: bool, size: int, used: dict[str, int]
    ) -> bool:
        hub = self._hub_of[school.authority]
        if self._is_kept_in(school, term.start):
            willing = self._rng.random() < 0.02
        else:
            assert hub.host is not None
            number = school.trust_on(term.start)
            trust = self._trusts[number] if number is not None else None
            score = (
                -1.75
                - 0.032 * school.km_to(hub.host.x, hub.host.y)
                + 0.55 * school.outward
                + 2.1 * before
                + 1.15 * self._signposted(school, term.start)
                - 1.8 * _cannot_release(school)
                - (1.6 * max(trust.standardisation - 0.45, 0) if trust and size >= 4 else 0.0)
                + (self._trust_effect[trust.number] if trust else 0.0)
            )
            willing = self._rng.random() < 1 / (1 + np.exp(-score))
        if not willing or used.get(hub.id, 0) >= (hub.capacity or 10**9):
            return False
        used[hub.id] = used.get(hub.id, 0) + 1
        key = str(self._rng.choice(["workgroup", "research", "knowledge"], p=[0.6, 0.22, 0.18]))
        self._record(school, hub.id, key, term)
        return True

    def _other_terms(self, school: School, term: Term, size: int, serving: list[Body]) -> None:
        day, draw = term.start, self._rng.random
        kept = self._is_kept_in(school, day)
        outward = 0.06 * school.outward
        number = school.trust_on(day)
        for body in serving:
            chance = TAKEN_UP[body.kind]
            if body.kind == "teaching_school_alliance" and not _is_near(body, school):
                chance = 0.1
            if kept and body.kind != "online_community" and draw() > 0.15:
                continue
            if body.kind != "online_community":
                chance *= 1 - 0.7 * _cannot_release(school)
            if draw() < max(0.01, chance + outward):
                keys = [p.key for p in PROGRAMMES if p.kind == body.kind]
                self._record(school, body.id, keys[int(self._rng.integers(len(keys)))], term)
        if school.authority not in AUTHORITIES[:3]:
            return
        if number is not None and size >= 2:
            trust = self._trusts[number]
            busy = min(0.9, 0.25 + 0.05 * size + 0.3 * trust.standardisation)
            if draw() < busy:
                self._record(
                    school, trust.id, "trustnet" if size >= 4 and draw() < 0.6 else "trustday", term
                )
        retreat = max(0.06, 0.5 - 0.045 * (term.year - 2012))
        reach = 1.6 if school.authority is SHIRE else 0.5 if number is not None else 1.0
        if not kept and draw() < retreat * reach:
            self._record(school, authority_id(school.authority), "authority", term)
        cluster = self._cluster_of.get(school.number)
        if (
            cluster
            and cluster.left.get(school.number, date.max) > day
            and draw() < 0.25 + 0.35 * school.authority.cluster_strength
        ):
            self._record(school, cluster.id, "cluster", term)
        if term.number > 1:
            return
        for key, chance in (
            ("inset", 0.85),
            ("coaching", 0.35 + 0.1 * (school.pupils > 250)),
            ("talk", 0.8),
        ):
            if draw() < chance:
                self._record(school, school.id_on(day), key, term)

    def _record(self, school: School, provider: str, key: str, term: Term) -> None:
        programme = BY_KEY[key]
        in_school = provider.startswith("urn:")
        identifier = f"act:{provider}/{key}" if in_school else f"act:{provider}/{key}/{term.label}"
        if identifier not in self.activities:
            self.activities[identifier] = {
                "id": identifier,
                "provider": provider,
                "name": programme.name,
                "programme": programme.key,
                "subject": "reading"
                if key == "phonics"
                else "mathematics"
                if key not in ("early", "npq", "evidence")
                else None,
                "formality": programme.formality,
                "collectivity": programme.collectivity,
                "mode": programme.mode,
                "delivery": programme.delivery,
                "sessions": programme.sessions,
                "has_intersession_tasks": programme.tasks,
                "audience": programme.audience,
                "eligibility": None,
                "cost_basis": programme.cost_basis,
                "cost": float(programme.cost),
                "places": None,
                "start": None if in_school else term.start,
                "end": None if in_school else term.end,
                "source": SOURCE,
            }
        low, high = programme.staff
        most = max(1, school.pupils // 14)
        self.participation.append(
            {
                "id": f"part:{len(self.participation) + 1:06d}",
                "school": school.id_on(term.start),
                "activity": identifier,
                "role": programme.role,
                "staff": min(most, int(self._rng.integers(low, high + 1))),
                "sessions_attended": float(max(1, self._rng.binomial(programme.sessions, 0.92))),
                "start": term.start,
                "end": date(term.year + 1, 7, 21) if in_school else term.end,
                "source": SOURCE,
            }
        )
        self.engaged.setdefault((school.number, term.label), set()).add(provider)
