"""People, and the hats they wear: heads, maths leads, system leaders, and the seats they hold on
each other's boards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.hubs import Body
from hedgerow.fieldbook.made_up.names import FIRST, LAST, shuffled_pairs
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

BEGIN = date(2017, 9, 1)
"""People are known from here on."""
END_OF_ALLIANCES = date(2021, 8, 31)


@dataclass(eq=False)
class Person:
    """A person with a name that nobody bears, and how widely connected they are."""

    number: int
    name: str
    reach: float


@dataclass(frozen=True)
class Hat:
    """A dated role of a person in an organisation; a seat is a place on its board or steering
    group.
    """

    person: Person
    organisation: str
    role: str
    start: date | None
    end: date | None = None
    is_seat: bool = False
    days: float | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or self.end > day)


@dataclass(eq=False)
class People:
    """Everyone in the region, with their hats, and the few whom the story needs by function."""

    persons: list[Person] = field(default_factory=list)
    hats: list[Hat] = field(default_factory=list)
    head: dict[int, list[Hat]] = field(default_factory=dict)
    lead: dict[int, list[Hat]] = field(default_factory=dict)
    leaders: dict[str, Person] = field(default_factory=dict)
    """Who leads each system-level organisation, by its identifier."""

    def holder(self, roles: dict[int, list[Hat]], school: School, day: date) -> Person | None:
        """Give who holds a school role on a day."""
        return next((hat.person for hat in roles.get(school.number, []) if hat.holds_on(day)), None)


def person_id(person: Person) -> str:
    """Working identifier of a person before pseudonyms are given."""
    return f"person:{person.number:04d}"


def authority_id(authority: AuthorityPlan) -> str:
    """Identifier of an authority."""
    return f"la:{authority.code}"


class Gathering:
    """Brings the people together; `gather` does all of it."""

    def __init__(
        self,
        schools: list[School],
        trusts: list[Trust],
        bodies: list[Body],
        mechanisms: Mechanisms,
        rng: np.random.Generator,
    ) -> None:
        self._schools, self._trusts, self._bodies = schools, trusts, bodies
        self._mechanisms, self._rng = mechanisms, rng
        self._names = iter(shuffled_pairs(FIRST, LAST, rng))
        self.people = People()

    def gather(self) -> People:
        """Fill schools, then lead organisations, then boards."""
        for school in self._schools:
            if school.authority in AUTHORITIES[:3] and school.phase == "Primary":
                self._staff(school)
        self._lead_organisations()
        self._fill_boards()
        self._portfolio_leaders()
        return self.people

    def teacher(self) -> Person:
        """Give somebody met in a school who has no role by name and is connected like most."""
        return self._person(reach=0.0)

    def _person(self, *, reach: float | None = None) -> Person:
        number = len(self.people.persons)
        name = next(self._names, None) or f"Person {number}"
        person = Person(number, name, float(self._rng.normal() if reach is None else reach))
        self.people.persons.append(person)
        return person

    def _wear(self, hat: Hat) -> Hat:
        self.people.hats.append(hat)
        return hat

    def _staff(self, school: School) -> None:
        for roles, title, years in (
            (self.people.head, "headteacher", 7.0),
            (self.people.lead, "maths lead", 4.0),
        ):
            start: date | None = None
            while start is None or start < date(2026, 7, 1):
                stay = 1 + int(self._rng.exponential(years))
                begun = start or date(int(self._rng.integers(2008, 2018)), 9, 1)
                end = date(begun.year + stay, 8, 31)
                if end > BEGIN:
                    person = self._person(reach=school.outward + float(self._rng.normal(0, 0.7)))
                    hat = Hat(
                        person, school.id, title, begun, None if end > date(2026, 7, 1) else end
                    )
                    roles.setdefault(school.number, []).append(self._wear(hat))
                start = end

    def _lead_organisations(self) -> None:
        for authority in AUTHORITIES:
            self._leads(authority_id(authority), "education lead", 2011)
        for trust in self._trusts:
            if len(trust.members) >= 3 and trust.closed is None:
                self._leads(trust.id, "chief executive", trust.founded.year)
        for body in self._bodies:
            if body.host is not None:
                first = body.opened.year if body.opened else 2014
                is_anvil = body.id == "tsa:anvil"
                person = self._leads(
                    body.id, "lead", first, end=body.closed, reach=2.4 if is_anvil else None
                )
                if is_anvil and not self._mechanisms.leader_lost:
                    self._wear(
                        Hat(
                            person,
                            authority_id(TOWN),
                            "school improvement partner",
                            END_OF_ALLIANCES,
                            days=3,
                        )
                    )
        if self._mechanisms.paid_chair:
            chair = self._leads("assoc:shire-heads", "paid chair", 2014, reach=2.6)
            self.people.leaders["assoc:shire-heads"] = chair
        else:
            self._leads("assoc:shire-heads", "honorary chair", 2014, reach=0.0)
        self._leads("assoc:town-heads", "honorary chair", 2010, end=date(2019, 8, 31), reach=0.0)

    def _leads(
        self,
        organisation: str,
        role: str,
        year: int,
        *,
        end: date | None = None,
        reach: float | None = None,
    ) -> Person:
        person = self._person(
            reach=reach if reach is not None else 0.8 + 0.5 * float(self._rng.normal())
        )
        self.people.leaders[organisation] = person
        self._wear(
            Hat(
                person,
                organisation,
                role,
                date(year, 9, 1),
                end,
                days=float(self._rng.choice([3, 4, 5])),
            )
        )
        return person

    def _seat(
        self, person: Person, organisation: str, start: date, end: date | None = None
    ) -> None:
        held = any(h.person is person and h.organisation == organisation for h in self.people.hats)
        if not held and (end is None or start < end):
            self._wear(Hat(person, organisation, "board member", start, end, is_seat=True))

    def system(self, authority: AuthorityPlan) -> list[str]:
        """Give the system-level organisations that serve an authority: itself, its hubs and
        alliances, its main trusts.
        """
        own = [
            t
            for t in self._trusts
            if t.closed is None and t.base is authority and len(t.members) >= 3
        ]
        own.sort(key=lambda t: -len(t.members))
        kinds = [
            "maths_hub",
            "teaching_school_hub",
            "research_school",
            "teaching_school_alliance",
            "association",
        ]
        if authority is CITY and self._mechanisms.joint_bids:
            # City's leaders plan with the other curriculum hub there too (report, City overview)
            kinds.append("english_hub")
        serving = [b.id for b in self._bodies if authority in b.covers and b.kind in kinds]
        return [authority_id(authority), *serving, *(t.id for t in own[:3])]

    def _fill_boards(self) -> None:
        leaders = self.people.leaders
        closing = {b.id: b.closed for b in self._bodies}
        for authority in AUTHORITIES[:3]:
            around = self.system(authority)
            together = authority is CITY and self._mechanisms.joint_bids
            for one in around:
                for other in around:
                    if one == other or one not in leaders:
                        continue
                    chance = 0.42 if together and not other.startswith("uid:") else 0.03
                    if self._rng.random() < chance:
                        since = date(int(self._rng.integers(2015, 2020)), 9, 1)
                        ends = [closing.get(side) for side in (one, other)]
                        until = min((end for end in ends if end is not None), default=None)
                        if until is None or since < until:
                            self._seat(leaders[one], other, since, until)
        if self._mechanisms.paid_chair:
            for board in (b for b in self.system(SHIRE) if not b.startswith(("uid:", "assoc:"))):
                self._seat(
                    leaders["assoc:shire-heads"], board, date(2016, 9, 1), closing.get(board)
                )
            self._seat(leaders[authority_id(SHIRE)], "assoc:shire-heads", date(2014, 9, 1))
        anvil = leaders["tsa:anvil"]
        left = END_OF_ALLIANCES if self._mechanisms.leader_lost else None
        for board in (authority_id(TOWN), "mh:westering", "rs:margin", "assoc:town-heads"):
            self._seat(anvil, board, date(2016, 9, 1), left or closing.get(board))

    def _portfolio_leaders(self) -> None:
        """Give strong maths leads a part-time hat in the hub and, in trusts, across the trust."""
        hubs = {a.code: b.id for b in self._bodies if b.kind == "maths_hub" for a in b.covers}
        for authority in AUTHORITIES[:3]:
            leads = [
                (hats[-1], self._schools[number])
                for number, hats in self.people.lead.items()
                if self._schools[number].authority is authority
            ]
            leads.sort(key=lambda pair: -pair[0].person.reach)
            for hat, school in leads[:8]:
                trust = school.trust_on(date(2021, 9, 1))
                if trust is not None and self._trusts[trust].boundary >= 0.8:
                    continue
                since = max(date(2018, 9, 1), hat.start or date(2018, 9, 1))
                self._wear(
                    Hat(
                        hat.person,
                        hubs[authority.code],
                        "local leader of maths education",
                        since,
                        hat.end,
                        days=1,
                    )
                )
                if trust is not None and len(self._trusts[trust].members) >= 4:
                    self._wear(
                        Hat(
                            hat.person,
                            self._trusts[trust].id,
                            "trust maths specialist",
                            since,
                            hat.end,
                            days=1,
                        )
                    )
