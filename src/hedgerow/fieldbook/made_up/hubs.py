"""Hubs, alliances, associations and the other organisations around the schools, with their
footprints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.plan import AUTHORITIES, CITY, SHIRE, TOWN, AuthorityPlan
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.trusts import Trust

NORTHMARCH, EASTWOLD, SOUTHREACH, WESTHOLT = AUTHORITIES[3:]


@dataclass(eq=False)
class Body:
    """An organisation that is neither school, trust nor authority.

    Attributes
    ----------
    host : School, optional
        The school that hosts it and gives it its place.
    covers : tuple of AuthorityPlan
        Its footprint; empty where it has none.
    """

    id: str
    kind: str
    name: str
    host: School | None = None
    covers: tuple[AuthorityPlan, ...] = ()
    opened: date | None = None
    closed: date | None = None
    capacity: int | None = None
    at: AuthorityPlan | None = None
    """The authority that it works in, where it has neither host nor footprint."""

    def is_open_on(self, day: date) -> bool:
        """Whether it exists on a day."""
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or self.closed > day
        )


def is_open(bodies: list[Body], organisation: str, day: date) -> bool:
    """Whether an organisation is there on a day; what is none of the bodies always is."""
    return all(body.is_open_on(day) for body in bodies if body.id == organisation)


def _host(
    schools: list[School],
    place: AuthorityPlan,
    day: date,
    rng: np.random.Generator,
    *,
    taken: set[int],
) -> School:
    """Give a school of the authority's first district to host something, of a trust with several
    schools if there is one.
    """
    here = [
        s
        for s in schools
        if s.district is place.districts[0]
        and s.is_open_on(day)
        and s.pupils >= 180
        and s.number not in taken
    ]
    size: dict[int | None, int] = {}
    for school in schools:
        size[school.trust_on(day)] = size.get(school.trust_on(day), 0) + 1
    fit = [
        s
        for s in here
        if s.trust_on(day) is not None and size[s.trust_on(day)] > 2 and s.phase == "Primary"
    ]
    fit = sorted(fit or here, key=lambda s: -s.quality)[:6]
    chosen = fit[int(rng.integers(len(fit)))]
    taken.add(chosen.number)
    return chosen


def found_bodies(
    schools: list[School], trusts: list[Trust], rng: np.random.Generator
) -> list[Body]:
    """Give hubs of every kind, teaching school alliances, the heads' association, and providers
    without a place.
    """
    taken: set[int] = set()
    bodies: list[Body] = []

    def hub(
        kind: str,
        slug: str,
        name: str,
        place: AuthorityPlan,
        covers: tuple[AuthorityPlan, ...],
        opened: date,
        capacity: int,
    ) -> None:
        host = _host(schools, place, opened, rng, taken=taken)
        bodies.append(
            Body(
                id=slug,
                kind=kind,
                name=name,
                host=host,
                covers=covers,
                opened=opened,
                capacity=capacity,
            )
        )

    west, middle, east = (TOWN, WESTHOLT, NORTHMARCH), (CITY, SOUTHREACH), (SHIRE, EASTWOLD)
    maths = date(2014, 9, 1)
    hub("maths_hub", "mh:larksong", "Larksong Maths Hub", CITY, middle, maths, 260)
    hub("maths_hub", "mh:westering", "Westering Maths Hub", WESTHOLT, west, maths, 260)
    hub("maths_hub", "mh:easting", "Easting Maths Hub", EASTWOLD, east, maths, 240)
    teaching = date(2021, 9, 1)
    hub(
        "teaching_school_hub",
        "tsh:MM1",
        "Lamplight Teaching School Hub",
        CITY,
        middle,
        teaching,
        300,
    )
    hub(
        "teaching_school_hub",
        "tsh:MM2",
        "Weathervane Teaching School Hub",
        NORTHMARCH,
        west,
        teaching,
        300,
    )
    hub(
        "teaching_school_hub",
        "tsh:MM3",
        "Sundial Teaching School Hub",
        EASTWOLD,
        east,
        teaching,
        300,
    )
    hub(
        "english_hub",
        "eh:inkwell",
        "Inkwell English Hub",
        CITY,
        (*middle, EASTWOLD),
        date(2018, 9, 1),
        120,
    )
    hub(
        "english_hub",
        "eh:bookend",
        "Bookend English Hub",
        WESTHOLT,
        (*west, SHIRE),
        date(2018, 9, 1),
        120,
    )
    hub(
        "computing_hub",
        "ch:abacus",
        "Abacus Computing Hub",
        SOUTHREACH,
        (*middle, *east),
        date(2019, 9, 1),
        90,
    )
    hub("computing_hub", "ch:loom", "Loom Computing Hub", NORTHMARCH, west, date(2019, 9, 1), 90)
    hub(
        "behaviour_hub",
        "bh:stillwater",
        "Stillwater Behaviour Hub",
        EASTWOLD,
        AUTHORITIES,
        date(2020, 9, 1),
        40,
    )
    hub(
        "research_school",
        "rs:footnote",
        "Footnote Research School",
        SOUTHREACH,
        (*middle, *east),
        date(2016, 9, 1),
        80,
    )
    hub(
        "research_school",
        "rs:margin",
        "Margin Research School",
        NORTHMARCH,
        west,
        date(2017, 9, 1),
        80,
    )
    hub(
        "science_hub",
        "sh:retort",
        "Retort Science Partnership",
        WESTHOLT,
        AUTHORITIES,
        date(2015, 9, 1),
        60,
    )
    closing = date(2021, 8, 31)
    alliances = (
        (CITY, "tsa:bellows", "Bellows Teaching School Alliance", 2011),
        (CITY, "tsa:kiln", "Kiln Teaching School Alliance", 2013),
        (TOWN, "tsa:anvil", "Anvil Teaching School Alliance", 2012),
        (SHIRE, "tsa:stile", "Stile Teaching School Alliance", 2012),
        (SHIRE, "tsa:orchard", "Orchard Teaching School Alliance", 2014),
        (EASTWOLD, "tsa:groyne", "Groyne Teaching School Alliance", 2013),
        (WESTHOLT, "tsa:quarry", "Quarry Teaching School Alliance", 2013),
    )
    for place, slug, name, year in alliances:
        host = _host(schools, place, date(year, 9, 1), rng, taken=taken)
        bodies.append(
            Body(
                slug,
                "teaching_school_alliance",
                name,
                host,
                (place,),
                date(year, 9, 1),
                closing,
                capacity=150,
            )
        )
    bodies.append(
        Body(
            "assoc:shire-heads",
            "association",
            "Shire Association of Primary Heads",
            None,
            (SHIRE,),
            date(2012, 9, 1),
            at=SHIRE,
        )
    )
    bodies.append(
        Body(
            "assoc:town-heads",
            "association",
            "Town Primary Heads Group",
            None,
            (TOWN,),
            date(2006, 9, 1),
            date(2019, 8, 31),
            at=TOWN,
        )
    )
    for slug, kind, name in (
        ("co:brightsteps", "company", "Bright Steps Mathematics"),
        ("co:ladder", "company", "Ladder Resources"),
        ("uni:marches", "university", "University of the Marches"),
        ("online:chalkdust", "online_community", "Chalkdust Primary Maths Group"),
        ("charity:lodestar", "charity", "Lodestar Learning Charity"),
    ):
        bodies.append(Body(slug, kind, name))
    return bodies


@dataclass(eq=False)
class Cluster:
    """Neighbouring schools that have worked together since before 2010, and when each left."""

    id: str
    name: str
    authority: AuthorityPlan
    members: list[School]
    left: dict[int, date] = field(default_factory=dict)


def found_clusters(
    schools: list[School], trusts: list[Trust], rng: np.random.Generator
) -> list[Cluster]:
    """Group the primaries of each authority with their neighbours, and let them leave as they join
    trusts.

    A school that joins a trust of several schools leaves its cluster within the year with a chance
    that rises with how far the trust prescribes its rhythm and falls with the strength of the
    cluster's own relations.
    """
    clusters: list[Cluster] = []
    for authority in AUTHORITIES:
        waiting = [s for s in schools if s.authority is authority and s.phase == "Primary"]
        waiting.sort(key=lambda s: (s.x, s.y))
        while waiting:
            first = waiting[0]
            near = sorted(waiting, key=lambda s: s.km_to(first.x, first.y))[
                : int(rng.integers(6, 9))
            ]
            waiting = [s for s in waiting if s not in near]
            number = len(clusters) + 1
            clusters.append(
                Cluster(f"cluster:{number}", f"{authority.name} Cluster {number}", authority, near)
            )
    for cluster in clusters:
        for school in cluster.members:
            for number, joined in school.trusts:
                trust = trusts[number]
                pull = (
                    0.45
                    + 0.7 * max(trust.standardisation, trust.boundary)
                    - 0.75 * cluster.authority.cluster_strength
                )
                if trust.home is not school and rng.random() < np.clip(pull, 0.03, 0.97):
                    cluster.left.setdefault(school.number, date(joined.year + 1, joined.month, 1))
    return clusters
