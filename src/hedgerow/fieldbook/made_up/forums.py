"""Forums: when they meet, who is in the room, what is ranked, and how far a concern gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hedgerow.fieldbook.made_up.hubs import Body, is_open
from hedgerow.fieldbook.made_up.learning import CLOSED, SOURCE
from hedgerow.fieldbook.made_up.people import (
    Gathering,
    People,
    Person,
    authority_id,
    person_id,
)
from hedgerow.fieldbook.made_up.plan import CITY, SHIRE, TOWN, AuthorityPlan, Mechanisms
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.trusts import Trust

PRIORITIES = (
    "reasoning in mathematics",
    "early language",
    "reading for the lowest fifth",
    "release of subject leads",
    "new teachers staying",
    "behaviour after the pandemic",
    "attendance",
    "mixed-age classes",
)


BEGIN = date(2018, 9, 20)
"""Forums meet from here on."""


@dataclass(frozen=True, kw_only=True)
class _Forum:
    """A forum: who convenes it, days between its meetings, the system-level guests, the share of
    heads who come and the depth of its talk.
    """

    name: str
    convenor: str
    gap: int
    guests: Sequence[str]
    share: float
    depth: float
    last: date = date(2026, 6, 1)


class Forums:
    """The forums of the three localities; `meet` fills the rows of each table."""

    def __init__(
        self,
        schools: list[School],
        trusts: list[Trust],
        bodies: list[Body],
        people: People,
        gathering: Gathering,
        mechanisms: Mechanisms,
        rng: np.random.Generator,
    ) -> None:
        self._schools, self._trusts, self._bodies = schools, trusts, bodies
        self._people, self._gathering, self._mechanisms = people, gathering, mechanisms
        self._rng = rng
        self.meetings: list[dict[str, object]] = []
        self.attendance: list[dict[str, object]] = []
        self.concerns: list[dict[str, object]] = []
        self.priorities: list[dict[str, object]] = []
        self.actions: list[dict[str, object]] = []

    def meet(self, authority: AuthorityPlan) -> None:
        """Hold each forum's meetings: who convenes, how often, who comes, how far concerns get."""
        for forum in self._forums(authority):
            day, turn = BEGIN, 0
            while day < forum.last:
                turn += 1
                self._meeting(authority, forum, day, turn)
                late = (
                    int(self._rng.integers(-5, 6))
                    if forum.depth > 1.5
                    else int(self._rng.integers(-forum.gap // 3, forum.gap // 2))
                )
                day += timedelta(days=forum.gap + late)

    def _forums(self, authority: AuthorityPlan) -> list[_Forum]:
        around, la = self._gathering.system(authority), authority_id(authority)
        hub = next(b.id for b in self._bodies if b.kind == "maths_hub" and authority in b.covers)
        forums = [
            _Forum(
                name="Maths hub strategic group",
                convenor=hub,
                gap=115,
                guests=[o for o in around if not o.startswith("uid:")],
                share=0.03,
                depth=0.8,
            )
        ]
        if authority is CITY:
            forums.append(
                _Forum(
                    name="City improvement partnership",
                    convenor=la,
                    gap=120,
                    guests=around,
                    share=0.10,
                    depth=1.0,
                )
            )
        if authority is TOWN:
            forums += [
                _Forum(
                    name="Town and hub liaison",
                    convenor=la,
                    gap=60,
                    guests=[la, hub],
                    share=0.0,
                    depth=0.5,
                ),
                _Forum(
                    name="Town primary heads",
                    convenor="assoc:town-heads",
                    gap=110,
                    guests=[la],
                    share=0.22,
                    depth=0.8,
                    last=date(2019, 7, 1),
                ),
            ]
        if authority is SHIRE:
            paid = self._mechanisms.paid_chair
            improvers = [o for o in around if o.startswith(("rs:", "tsh:"))]
            forums.append(
                _Forum(
                    name="Heads' association meeting",
                    convenor="assoc:shire-heads",
                    gap=55 if paid else 160,
                    guests=[la, hub, *improvers] if paid else [la],
                    share=0.38 if paid else 0.1,
                    depth=2.4 if paid else 0.7,
                )
            )
        return forums

    def _meeting(self, authority: AuthorityPlan, forum: _Forum, day: date, turn: int) -> None:
        identifier = f"meet:{authority.code}-{len(self.meetings) + 1:04d}"
        self.meetings.append(
            {
                "id": identifier,
                "forum": f"{authority.name}: {forum.name}",
                "convenor": forum.convenor,
                "date": day,
                "purpose": "shared priorities",
                "source": SOURCE,
            }
        )
        judges: list[tuple[str, str]] = []
        for guest in dict.fromkeys([forum.convenor, *forum.guests]):
            if is_open(self._bodies, guest, day) and self._rng.random() < 0.8:
                self._attend(identifier, guest, self._people.leaders.get(guest), "system leader")
                judges.append((guest, "system leader"))
        for school in (s for s in self._schools if s.authority is authority):
            number = school.trust_on(day)
            closed = (
                number is not None
                and self._trusts[number].boundary >= CLOSED
                and self._mechanisms.boundary_keeping
            )
            if self._rng.random() < forum.share * np.exp(0.25 * school.outward) * (
                0.15 if closed else 1.0
            ):
                self._attend(
                    identifier,
                    school.id_on(day),
                    self._people.holder(self._people.head, school, day),
                    "headteacher",
                )
                judges.append((school.id_on(day), "headteacher"))
                if self._rng.random() < 0.03:
                    self._attend(identifier, school.id_on(day), None, "class teacher")
        if turn % 3 == 1 and len(judges) >= 3:
            self._rank(identifier, authority, judges, forum.depth)
            self._raise(authority, forum, day)

    def _attend(self, meeting: str, organisation: str, person: Person | None, role: str) -> None:
        self.attendance.append(
            {
                "id": f"att:{len(self.attendance) + 1:06d}",
                "meeting": meeting,
                "organisation": organisation,
                "person": person_id(person) if person else None,
                "role": role,
                "source": SOURCE,
            }
        )

    def _rank(
        self, meeting: str, authority: AuthorityPlan, judges: list[tuple[str, str]], depth: float
    ) -> None:
        shared = np.random.default_rng(int(authority.code)).normal(0, 1, size=len(PRIORITIES))
        for judge, group in judges:
            own = shared * 0.6 * depth + self._rng.normal(0, 1, size=len(PRIORITIES))
            for rank, index in enumerate(np.argsort(-own), start=1):
                self.priorities.append(
                    {
                        "id": f"prio:{len(self.priorities) + 1:06d}",
                        "meeting": meeting,
                        "judge": judge,
                        "group": group,
                        "priority": PRIORITIES[int(index)],
                        "rank": float(rank),
                        "source": SOURCE,
                    }
                )

    def _raise(self, authority: AuthorityPlan, forum: _Forum, day: date) -> None:
        """Take a concern from evidence to review as far as the forum's habits carry it."""
        stages = ("raised", "evidence examined", "cause discussed", "action agreed", "reviewed")
        carry = min(0.92, 0.22 + 0.27 * forum.depth)
        reached = 0
        while reached < 4 and self._rng.random() < carry:
            reached += 1
        stage = (
            stages[reached]
            if reached
            else str(self._rng.choice(["raised", "dropped"], p=(0.5, 0.5)))
        )
        since = day + timedelta(days=70 * reached)
        identifier = f"concern:{len(self.concerns) + 1:04d}"
        self.concerns.append(
            {
                "id": identifier,
                "forum": f"{authority.name}: {forum.name}",
                "text": str(self._rng.choice(PRIORITIES)),
                "stage": stage,
                "raised": day,
                "stage_since": since,
                "evidence": "key stage 2 results and attendance at courses"
                if reached >= 1
                else None,
                "cause": "subject leads are not released" if reached >= 2 else None,
                "source": SOURCE,
            }
        )
        if reached >= 3:
            agreed = day + timedelta(days=210)
            self.actions.append(
                {
                    "id": f"action:{len(self.actions) + 1:04d}",
                    "concern": identifier,
                    "text": "share cover so that subject leads can visit each other",
                    "owner": authority_id(authority),
                    "agreed": agreed,
                    "due": agreed + timedelta(days=180),
                    "done": agreed + timedelta(days=200) if reached == 4 else None,
                    "reviewed": agreed + timedelta(days=260) if reached == 4 else None,
                    "source": SOURCE,
                }
            )
