"""Who turns to whom, who belongs to what, and how the organisations around schools are tied."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import numpy as np

from hedgerow.fieldbook.made_up.hubs import Body, Cluster, is_open
from hedgerow.fieldbook.made_up.learning import CLOSED, SOURCE, Learning
from hedgerow.fieldbook.made_up.people import Gathering, People, Person, person_id
from hedgerow.fieldbook.made_up.plan import (
    ASKED,
    AUTHORITIES,
    CITY,
    SHIRE,
    TOWN,
    AuthorityPlan,
    Mechanisms,
)
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.trusts import Trust


class Ties:
    """The ties of the three localities: `rows` fills as they are tied, `asked` with the schools
    that answered the survey.
    """

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
        self._schools, self._trusts, self._bodies = schools, trusts, bodies
        self._people, self._learning, self._gathering = people, learning, gathering
        self._mechanisms, self._rng = mechanisms, rng
        self._cluster_of = {s.number: c for c in clusters for s in c.members}
        self._times: Counter[tuple[str, str, str]] = Counter()
        self.rows: list[dict[str, object]] = []
        self.asked: list[str] = []

    def tie_schools(self) -> None:
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

    def tie_members(self) -> None:
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

    def tie_system(self, authority: AuthorityPlan) -> None:
        """Tie the system-level organisations: bids and signposts where leaders plan together,
        little elsewhere.
        """
        around, leaders = self._gathering.system(authority), self._people.leaders
        closing = {b.id: b.closed for b in self._bodies}
        opening = {b.id: b.opened for b in self._bodies}
        together = authority is CITY and self._mechanisms.joint_bids
        for year in (2014, 2017, 2019, 2021, 2023):
            day = date(year, 10, 1)
            partners = [o for o in around if is_open(self._bodies, o, day)]
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
        self.rows.append(
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
