"""Who turns to whom, who works together, who is named, and what is talked about where."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from hedgerow.fieldbook.made_up.hubs import Body, Cluster
from hedgerow.fieldbook.made_up.learning import CLOSED, SOURCE, Learning
from hedgerow.fieldbook.made_up.people import Gathering, People, Person, authority_id
from hedgerow.fieldbook.made_up.plan import (
    AUTHORITIES,
    CITY,
    SHIRE,
    STUDY_DAY,
    TOWN,
    AuthorityPlan,
    Mechanisms,
)
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.trusts import Trust

ASKED = date(2022, 5, 1)
"""Day of the survey in which schools said whom they turn to."""
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


def person_id(person: Person) -> str:
    """Working identifier of a person before pseudonyms are given."""
    return f"person:{person.number:04d}"


class Talk:
    """All that is said and tied in the three localities; `run` fills the rows of each table."""

    def __init__(
        self,
        schools: list[School],
        trusts: list[Trust],
        bodies: list[Body],
        clusters: list[Cluster],
        people: People,
        learning: Learning,
        gathering: Gathering,
        mechanisms: Mechanisms,
        rng: np.random.Generator,
    ) -> None:
        self._schools = [
            s
            for s in schools
            if s.phase == "Primary" and s.authority in AUTHORITIES[:3] and s.is_open_on(ASKED)
        ]
        self._trusts, self._bodies, self._people, self._learning = trusts, bodies, people, learning
        self._gathering, self._mechanisms, self._rng = gathering, mechanisms, rng
        self._cluster_of = {s.number: c for c in clusters for s in c.members}
        self._times: Counter[tuple[str, str, str]] = Counter()
        self.ties: list[dict[str, object]] = []
        self.asked: list[str] = []
        self.meetings: list[dict[str, object]] = []
        self.attendance: list[dict[str, object]] = []
        self.concerns: list[dict[str, object]] = []
        self.priorities: list[dict[str, object]] = []
        self.actions: list[dict[str, object]] = []
        self.nominations: list[dict[str, object]] = []

    def run(self) -> None:
        """Fill every table."""
        self._school_ties()
        self._memberships()
        for authority in AUTHORITIES[:3]:
            self._system_ties(authority)
            self._meet(authority)
            self._interview(authority)

    def _tie(
        self,
        one: str,
        other: str,
        kind: str,
        start: date,
        end: date | None = None,
        carrier: Person | None = None,
        weight: float | None = None,
    ) -> None:
        same = (one, other, kind)
        self._times[same] += 1
        self.ties.append(
            {
                "from_id": one,
                "to_id": other,
                "kind": kind,
                "number": self._times[same] - 1,
                "start": start,
                "end": end,
                "start_censored": False,
                "end_censored": False,
                "weight": weight,
                "carrier": person_id(carrier) if carrier else None,
                "source": SOURCE,
            }
        )

    def _school_ties(self) -> None:
        """Let each school that answered name the schools that its maths lead turns to.

        A school is turned to the more often the nearer it is, if it is of the same trust, if they
        share a cluster or a work group of the hub, and if an association keeps their heads in
        touch; a closed trust keeps its own in.
        """
        by_authority = {
            a.code: [s for s in self._schools if s.authority is a] for a in AUTHORITIES[:3]
        }
        groups: dict[int, set[str]] = {s.number: set() for s in self._schools}
        for (number, term), providers in self._learning.engaged.items():
            if term < "2022-2" and any(p.startswith("mh:") for p in providers):
                groups.setdefault(number, set()).add(term)
        for school in self._schools:
            if self._rng.random() < 0.08:
                continue
            self.asked.append(school.id_on(ASKED))
            others = [s for s in by_authority[school.authority.code] if s is not school]
            pull = np.array([self._pull(school, other, groups) for other in others])
            count = min(len(others), int(self._rng.poisson(2.4 * np.exp(0.2 * school.outward)) + 1))
            chosen = self._rng.choice(len(others), size=count, replace=False, p=pull / pull.sum())
            lead = self._people.holder(self._people.lead, school, ASKED)
            for index in chosen:
                other = others[int(index)]
                since = date(int(self._rng.integers(2016, 2022)), 9, 1)
                self._tie(
                    school.id_on(ASKED),
                    other.id_on(ASKED),
                    "turns_to",
                    since,
                    carrier=lead,
                    weight=float(self._rng.integers(1, 5)),
                )
                if self._rng.random() < 0.25:
                    self._tie(
                        school.id_on(ASKED),
                        other.id_on(ASKED),
                        str(self._rng.choice(["visits", "peer_review"])),
                        since,
                        carrier=lead,
                    )

    def _pull(self, one: School, other: School, groups: dict[int, set[str]]) -> float:
        pull = np.exp(-one.km_to(other.x, other.y) / 5.0) + 0.004
        mine, theirs = one.trust_on(ASKED), other.trust_on(ASKED)
        if mine is not None and mine == theirs:
            return float((pull + 0.25) * 16)
        for trust in (mine, theirs):
            if (
                trust is not None
                and self._mechanisms.boundary_keeping
                and self._trusts[trust].boundary >= CLOSED
            ):
                pull *= 0.03
        cluster = self._cluster_of.get(one.number)
        if cluster and cluster is self._cluster_of.get(other.number):
            gone = [cluster.left.get(s.number, date.max) <= ASKED for s in (one, other)]
            pull *= 1.0 if any(gone) else 1.0 + 9 * one.authority.cluster_strength
        shared = len(groups[one.number] & groups[other.number])
        pull *= 1.0 + 0.9 * min(shared, 4)
        if one.authority is SHIRE and self._mechanisms.paid_chair:
            pull *= 2.0
        return float(pull)

    def _memberships(self) -> None:
        """Give memberships of clusters and of the heads' associations, with the weekly e-mail that
        a paid chair sends.
        """
        for school in self._schools:
            cluster = self._cluster_of.get(school.number)
            if cluster:
                self._tie(
                    school.id_on(ASKED),
                    cluster.id,
                    "member_of",
                    date(2009, 9, 1),
                    cluster.left.get(school.number),
                )
            if school.authority is SHIRE and self._rng.random() < (
                0.93 if self._mechanisms.paid_chair else 0.4
            ):
                joined = date(int(self._rng.integers(2012, 2016)), 9, 1)
                self._tie(school.id_on(ASKED), "assoc:shire-heads", "member_of", joined)
                if self._mechanisms.paid_chair:
                    chair = self._people.leaders["assoc:shire-heads"]
                    self._tie(
                        "assoc:shire-heads",
                        school.id_on(ASKED),
                        "signposts",
                        joined,
                        carrier=chair,
                        weight=38,
                    )
            if school.authority is TOWN and self._rng.random() < 0.5:
                self._tie(
                    school.id_on(ASKED),
                    "assoc:town-heads",
                    "member_of",
                    date(2006, 9, 1),
                    date(2019, 8, 31),
                )
                if self._rng.random() < 0.6:
                    anvil = self._people.leaders["tsa:anvil"]
                    end = date(2021, 8, 31) if self._mechanisms.leader_lost else None
                    self._tie(
                        "tsa:anvil",
                        school.id_on(ASKED),
                        "signposts",
                        date(2014, 9, 1),
                        end or date(2021, 8, 31),
                        carrier=anvil,
                    )

    def _open(self, organisation: str, day: date) -> bool:
        return all(b.is_open_on(day) for b in self._bodies if b.id == organisation)

    def _system_ties(self, authority: AuthorityPlan) -> None:
        """Tie the system-level organisations: bids and signposts where leaders plan together,
        little elsewhere.
        """
        around, leaders = self._gathering.system(authority), self._people.leaders
        closing = {b.id: b.closed for b in self._bodies}
        opening = {b.id: b.opened for b in self._bodies}
        together = authority is CITY and self._mechanisms.joint_bids
        for year in (2014, 2017, 2019, 2021, 2023):
            day = date(year, 10, 1)
            partners = [o for o in around if self._open(o, day)]
            if not together:
                partners = [o for o in partners if self._rng.random() < 0.12]
            partners = [o for o in partners if self._rng.random() < 0.8]
            for one, other in combinations(sorted(partners), 2):
                self._tie(
                    one, other, "joint_bid", day, date(year + 2, 7, 31), carrier=leaders.get(one)
                )
        for one in around:
            for other in around:
                if one == other or (one.startswith("uid:") and other.startswith("uid:")):
                    continue
                chance = 0.5 if together else 0.06
                if (
                    authority is SHIRE
                    and self._mechanisms.paid_chair
                    and "assoc:shire-heads" in (one, other)
                ):
                    chance = 0.85
                if self._rng.random() < chance:
                    begun = max(
                        date(2016, 9, 1),
                        opening.get(one) or date.min,
                        opening.get(other) or date.min,
                    )
                    ended = min(closing.get(one) or date.max, closing.get(other) or date.max)
                    carrier = leaders.get(
                        "assoc:shire-heads" if "assoc:shire-heads" in (one, other) else one
                    )
                    if begun < ended:
                        self._tie(
                            one,
                            other,
                            "signposts",
                            begun,
                            None if ended == date.max else ended,
                            carrier=carrier,
                        )

    def _meet(self, authority: AuthorityPlan) -> None:
        """Hold each forum's meetings: who convenes, how often, who comes, how far concerns get."""
        for forum in self._forums(authority):
            name, convenor, gap, first, last, guests, share, depth = forum
            day, turn = first, 0
            while day < last:
                turn += 1
                self._meeting(authority, f"{name}", convenor, day, guests, share, depth, turn)
                late = (
                    int(self._rng.integers(-5, 6))
                    if depth > 1.5
                    else int(self._rng.integers(-gap // 3, gap // 2))
                )
                day += timedelta(days=gap + late)

    def _forums(
        self, authority: AuthorityPlan
    ) -> list[tuple[str, str, int, date, date, list[str], float, float]]:
        """Name, convenor, days between meetings, first, last, system-level guests, share of heads
        who come, depth of talk.
        """
        around = self._gathering.system(authority)
        la, begin, end = authority_id(authority), date(2018, 9, 20), date(2026, 6, 1)
        hub = next(b.id for b in self._bodies if b.kind == "maths_hub" and authority in b.covers)
        forums = [
            (
                "Maths hub strategic group",
                hub,
                115,
                begin,
                end,
                [o for o in around if not o.startswith("uid:")],
                0.03,
                0.8,
            )
        ]
        if authority is CITY:
            forums.append(("City improvement partnership", la, 120, begin, end, around, 0.10, 1.0))
        if authority is TOWN:
            forums.append(("Town and hub liaison", la, 60, begin, end, [la, hub], 0.0, 0.5))
            forums.append(
                (
                    "Town primary heads",
                    "assoc:town-heads",
                    110,
                    begin,
                    date(2019, 7, 1),
                    [la],
                    0.22,
                    0.8,
                )
            )
        if authority is SHIRE:
            paid = self._mechanisms.paid_chair
            guests = (
                [la, hub, *(o for o in around if o.startswith(("rs:", "tsh:")))] if paid else [la]
            )
            forums.append(
                (
                    "Heads' association meeting",
                    "assoc:shire-heads",
                    55 if paid else 160,
                    begin,
                    end,
                    guests,
                    0.38 if paid else 0.1,
                    2.4 if paid else 0.7,
                )
            )
        return forums

    def _meeting(
        self,
        authority: AuthorityPlan,
        forum: str,
        convenor: str,
        day: date,
        guests: list[str],
        share: float,
        depth: float,
        turn: int,
    ) -> None:
        identifier = f"meet:{authority.code}-{len(self.meetings) + 1:04d}"
        self.meetings.append(
            {
                "id": identifier,
                "forum": f"{authority.name}: {forum}",
                "convenor": convenor,
                "date": day,
                "purpose": "shared priorities",
                "source": SOURCE,
            }
        )
        judges: list[tuple[str, str]] = []
        for guest in dict.fromkeys([convenor, *guests]):
            if self._open(guest, day) and self._rng.random() < 0.8:
                self._attend(identifier, guest, self._people.leaders.get(guest), "system leader")
                judges.append((guest, "system leader"))
        for school in (s for s in self._schools if s.authority is authority):
            number = school.trust_on(day)
            closed = (
                number is not None
                and self._trusts[number].boundary >= CLOSED
                and self._mechanisms.boundary_keeping
            )
            if self._rng.random() < share * np.exp(0.25 * school.outward) * (
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
            self._rank(identifier, authority, judges, depth)
            self._raise(authority, forum, day, depth)

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

    def _raise(self, authority: AuthorityPlan, forum: str, day: date, depth: float) -> None:
        """Take a concern from evidence to review as far as the forum's habits carry it."""
        stages = ("raised", "evidence examined", "cause discussed", "action agreed", "reviewed")
        carry = min(0.92, 0.22 + 0.27 * depth)
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
                "forum": f"{authority.name}: {forum}",
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

    def _interview(self, authority: AuthorityPlan) -> None:
        """Ask about thirty people in the locality who is influential; people name those with reach
        whom they meet.
        """
        known = [
            p for o, p in self._people.leaders.items() if o in self._gathering.system(authority)
        ]
        hats = {
            h.person.number: h
            for h in self._people.hats
            if h.role == "local leader of maths education"
        }
        numbers = {s.number for s in self._schools if s.authority is authority}
        known += [
            h[-1].person
            for n, h in self._people.lead.items()
            if n in numbers and h[-1].person.number in hats
        ]
        gone = self._people.leaders["tsa:anvil"]
        if authority is TOWN and gone not in known:
            known.append(gone)
        weight = np.exp(0.9 * np.array([p.reach for p in known]))
        heads = [
            self._people.holder(self._people.head, s, STUDY_DAY)
            for s in self._schools
            if s.authority is authority
        ]
        interviewees = [p for p in heads if p is not None]
        picked = [
            interviewees[int(i)]
            for i in self._rng.choice(
                len(interviewees), size=min(20, len(interviewees)), replace=False
            )
        ]
        for asker in [*known[:7], *picked]:
            names = self._rng.choice(
                len(known), size=min(3, len(known)), replace=False, p=weight / weight.sum()
            )
            for index in names:
                if known[int(index)] is not asker:
                    self.nominations.append(
                        {
                            "id": f"nom:{len(self.nominations) + 1:05d}",
                            "from_id": person_id(asker),
                            "to_id": person_id(known[int(index)]),
                            "context": "Who is influential in primary mathematics here?",
                            "date": ASKED if asker in picked else date(2022, 2, 1),
                            "source": SOURCE,
                        }
                    )
