"""What people in the region said to an interviewer, and how much of a course reached classrooms."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hedgerow.fieldbook.made_up.hubs import Cluster
from hedgerow.fieldbook.made_up.learning import CLOSED, SOURCE, Learning
from hedgerow.fieldbook.made_up.people import Gathering, People, Person, authority_id, person_id
from hedgerow.fieldbook.made_up.plan import (
    AUTHORITIES,
    CITY,
    SHIRE,
    TOWN,
    AuthorityPlan,
    Mechanisms,
)
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.trusts import Trust
from hedgerow.landscape.measures import MATTERS

VISITED = date(2022, 2, 1)
"""When schools were visited."""
SCHOOLS, LEADERS, TESTED = 7, 7, 16
"""Schools visited, system leaders met, and schools in which a course was followed, in each
authority."""
CUTS = (-0.35, 0.55, 1.35)
"""Where a person's feeling passes from one code of coherence to the next."""
INSTRUMENT = "reasoning test"
COURSES = (date(2021, 9, 1), date(2022, 1, 1))
"""First days of the terms whose courses were followed into classrooms."""


class Interviews:
    """Visits schools and system leaders; `run` fills the rows of each table."""

    def __init__(
        self,
        schools: list[School],
        trusts: list[Trust],
        clusters: list[Cluster],
        people: People,
        learning: Learning,
        gathering: Gathering,
        mechanisms: Mechanisms,
        rng: np.random.Generator,
    ) -> None:
        self._schools = [s for s in schools if s.phase == "Primary" and s.is_open_on(VISITED)]
        self._by_number = {s.number: s for s in schools}
        self._trusts, self._people, self._learning = trusts, people, learning
        self._gathering, self._mechanisms, self._rng = gathering, mechanisms, rng
        self._cluster_of = {s.number: c for c in clusters for s in c.members}
        self.accounts: list[dict[str, object]] = []
        self.scores: list[dict[str, object]] = []

    def run(self) -> None:
        """Fill every table."""
        for authority in AUTHORITIES[:3]:
            schools = [s for s in self._schools if s.authority is authority]
            chosen = self._rng.choice(len(schools), size=SCHOOLS, replace=False)
            for index in chosen:
                self._visit(schools[int(index)])
            self._meet_leaders(authority)
            self._follow_a_course(schools)

    def _visit(self, school: School) -> None:
        people = (
            ("headteacher", self._people.holder(self._people.head, school, VISITED)),
            ("maths lead", self._people.holder(self._people.lead, school, VISITED)),
            ("class teacher", self._gathering.teacher()),
        )
        for group, person in people:
            if person is not None:
                self._ask(person, group, school, school.authority)

    def _meet_leaders(self, authority: AuthorityPlan) -> None:
        around = [o for o in self._gathering.system(authority) if o in self._people.leaders]
        for organisation in around[:LEADERS]:
            person = self._people.leaders[organisation]
            self._ask(person, "system leader", organisation, authority)

    def _ask(
        self,
        person: Person,
        group: str,
        at: School | str,
        authority: AuthorityPlan,
    ) -> None:
        """Code one interview: the first coder all of it, the second coherence, and all of every
        third."""
        school = at if isinstance(at, School) else None
        day = VISITED + timedelta(days=int(self._rng.integers(0, 60)))
        coders = ("coder A", "coder B") if self._rng.random() < 1 / 3 else ("coder A",)
        weights = {
            "local": self._locals(school, authority),
            "scale": self._scales(school, authority),
        }
        for matter, weight in weights.items():
            said = self._rng.multinomial(5 + int(self._rng.poisson(3)), weight / weight.sum())
            for coder in coders:
                heard = said if coder == "coder A" else self._rng.binomial(said, 0.9)
                for code, passages in zip(MATTERS[matter], heard, strict=True):
                    if passages:
                        self._write(person, group, at, matter, code, int(passages), day, coder)
        felt = self._coherence(school, authority) + 0.25 * person.reach
        felt += float(self._rng.normal(0, 0.8))
        for coder in ("coder A", "coder B"):
            judged = felt + float(self._rng.normal(0, 0.12))
            code = MATTERS["coherence"][int(np.searchsorted(CUTS, judged))]
            self._write(person, group, at, "coherence", code, 1, day, coder)

    def _trust(self, school: School | None) -> Trust | None:
        number = school.trust_on(VISITED) if school else None
        return None if number is None else self._trusts[number]

    def _is_in_cluster(self, school: School | None) -> bool:
        cluster = self._cluster_of.get(school.number) if school else None
        return (
            school is not None
            and cluster is not None
            and cluster.left.get(school.number, date.max) > VISITED
        )

    def _has_association(self, authority: AuthorityPlan) -> bool:
        return authority is SHIRE and self._mechanisms.paid_chair

    def _hub_terms(self, school: School) -> int:
        return sum(
            any(provider.startswith("mh:") for provider in providers)
            for (number, _), providers in self._learning.engaged.items()
            if number == school.number
        )

    def _locals(self, school: School | None, authority: AuthorityPlan) -> NDArray[np.float64]:
        """Give how strongly each local presses on a person: their school, those around it while
        the cluster holds, the town where it is one with challenges of its own (report, Town), the
        county where an association keeps it in talk, the trust the more it prescribes and closes.
        """
        trust = self._trust(school)
        pressing = 0.0
        if trust is not None and len(trust.members) > 1:
            pressing = 0.5 + 1.2 * trust.standardisation + 0.8 * (trust.boundary >= CLOSED)
        together = 1.0 if self._has_association(authority) else 0.0
        is_one_town = len(authority.districts) == 1
        return np.array(
            [
                0.2 if school is None else 1.5,
                0.2 + 2.2 * authority.cluster_strength**2 * self._is_in_cluster(school),
                (3.2 if is_one_town else 0.5) + 0.9 * together,
                0.2 + 0.6 * together + 0.3 * (trust is None),
                pressing,
                1.2 if school is None else 0.2 + 0.05 * self._hub_terms(school),
                0.3,
            ]
        )

    def _scales(self, school: School | None, authority: AuthorityPlan) -> NDArray[np.float64]:
        """Give how far people see what is local as made from below, between, or from above."""
        trust = self._trust(school)
        together = self._has_association(authority) or (
            authority is CITY and self._mechanisms.joint_bids
        )
        return np.array(
            [
                0.8 + self._is_in_cluster(school) * authority.cluster_strength,
                0.5 + 0.8 * together,
                0.6 + (0.0 if trust is None else trust.standardisation),
            ]
        )

    def _coherence(self, school: School | None, authority: AuthorityPlan) -> float:
        """Give how far things hang together for a person: better with whoever signposts, worse
        where the one who did has left, or the trust keeps to itself."""
        felt = -0.25
        if self._has_association(authority):
            felt += 0.6
        if authority is CITY and self._mechanisms.joint_bids:
            felt += 0.6 if school is None else 0.1
        if authority is TOWN and self._mechanisms.leader_lost:
            felt -= 0.2
        trust = self._trust(school)
        if trust is not None and trust.boundary >= CLOSED and self._mechanisms.boundary_keeping:
            felt -= 0.2
        return felt

    def _write(
        self,
        person: Person,
        group: str,
        at: School | str,
        matter: str,
        said: str,
        passages: int,
        day: date,
        coder: str,
    ) -> None:
        self.accounts.append(
            {
                "id": f"account:{len(self.accounts) + 1:05d}",
                "person": person_id(person),
                "organisation": at.id_on(VISITED) if isinstance(at, School) else at,
                "group": group,
                "matter": matter,
                "said": said,
                "passages": passages,
                "date": day,
                "coder": coder,
                "source": SOURCE,
            }
        )

    def _follow_a_course(self, schools: list[School]) -> None:
        """Give scores of one hub course at each hand-over; more is kept where leads coach than
        where they tell a staff meeting, less in schools that prescribe what teachers say."""
        ids = {s.id_on(day) for s in schools for day in COURSES}
        went: dict[str, str] = {}
        coached: set[str] = set()
        for row in self._learning.participation:
            school, activity = str(row["school"]), str(row["activity"])
            if school in ids and row["start"] in COURSES:
                if "/workgroup/" in activity:
                    went.setdefault(school, activity)
                if activity.endswith("/coaching"):
                    coached.add(school)
        if not went:
            return
        picked = self._rng.choice(sorted(went), size=min(TESTED, len(went)), replace=False)
        for activity in sorted({went[str(one)] for one in picked}):
            provider = activity.removeprefix("act:").partition("/")[0]
            self._score(activity, provider, "expert", 10.0, 2)
        for one in map(str, picked):
            score = 10.0
            by_telling = 0.72 if one in coached else 0.58
            for level, kept, people in (
                ("maths lead", 0.78, 1),
                ("staff", by_telling, 6),
                ("classroom", 0.66, 6),
            ):
                score *= float(self._rng.beta(12 * kept, 12 * (1 - kept)))
                self._score(went[one], one, level, score, people)

    def _score(
        self, activity: str, organisation: str, level: str, score: float, people: int
    ) -> None:
        self.scores.append(
            {
                "id": f"score:{len(self.scores) + 1:05d}",
                "activity": activity,
                "organisation": organisation,
                "level": level,
                "instrument": INSTRUMENT,
                "score": round(score, 2),
                "people": people,
                "date": date(2022, 5, 20),
                "source": SOURCE,
            }
        )


def who_looks_across(
    schools: list[School],
    meetings: list[dict[str, object]],
    concerns: list[dict[str, object]],
    rng: np.random.Generator,
    tasks: tuple[str, ...],
) -> list[dict[str, object]]:
    """Give who has each task of oversight: convenors of forums that carry concerns to action, and
    authorities that still have schools of their own to look at."""
    rows: list[dict[str, object]] = []
    for authority in AUTHORITIES[:3]:
        here = [s for s in schools if s.authority is authority and s.is_open_on(VISITED)]
        maintained = sum(s.trust_on(VISITED) is None for s in here) / len(here)
        convenors = _convenors(authority, meetings, concerns)
        for number, task in enumerate(tasks):
            holders = [c for c, chance in sorted(convenors.items()) if rng.random() < chance]
            if number == 0 and rng.random() < maintained:
                holders.append(authority_id(authority))
            rows.append(
                {
                    "id": f"task:{len(rows) + 1:04d}",
                    "place": authority_id(authority),
                    "task": task,
                    "is_held": bool(holders),
                    "holder": holders[0] if holders else None,
                    "date": VISITED,
                    "source": SOURCE,
                }
            )
    return rows


def _convenors(
    authority: AuthorityPlan,
    meetings: list[dict[str, object]],
    concerns: list[dict[str, object]],
) -> dict[str, float]:
    """Give the convenors of forums that met in the year before, with the chance that each has a
    task: a third of the share of its concerns on which something was agreed."""
    lately: dict[str, str] = {}
    for meeting in meetings:
        forum, day = str(meeting["forum"]), meeting["date"]
        assert isinstance(day, date)
        if forum.startswith(f"{authority.name}: ") and VISITED - timedelta(365) < day <= VISITED:
            lately[forum] = str(meeting["convenor"])
    found: dict[str, float] = {}
    for forum, convenor in sorted(lately.items()):
        stages = [c["stage"] for c in concerns if c["forum"] == forum]
        acted = sum(stage in ("action agreed", "reviewed") for stage in stages)
        found[convenor] = max(found.get(convenor, 0.0), 0.35 * acted / max(1, len(stages)))
    return found
