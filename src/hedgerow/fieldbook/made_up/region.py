"""The made-up region as one value: what open data would hold of it, and what people there know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from hedgerow.fieldbook.made_up.hubs import Body, Cluster, found_bodies, found_clusters
from hedgerow.fieldbook.made_up.interviews import Interviews, who_looks_across
from hedgerow.fieldbook.made_up.learning import SOURCE, Learning
from hedgerow.fieldbook.made_up.people import Gathering, People, authority_id, person_id
from hedgerow.fieldbook.made_up.plan import ASKED, AUTHORITIES, Mechanisms
from hedgerow.fieldbook.made_up.practices import stances, take_up
from hedgerow.fieldbook.made_up.schools import School, found_schools
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from hedgerow.fieldbook.made_up.talk import talk
from hedgerow.fieldbook.made_up.trade import sell
from hedgerow.fieldbook.made_up.trusts import Growth, Trust
from hedgerow.landscape.measures import OVERSIGHT_TASKS
from hedgerow.landscape.tables import TABLES


@dataclass(frozen=True, eq=False)
class Region:
    """Schools, trusts and bodies of the region, and its local evidence as landscape tables.

    Attributes
    ----------
    seed : int
    mechanisms : Mechanisms
    schools, trusts, bodies, clusters, people
        As the mechanisms left them on the register's day.
    evidence : dict of str to polars.DataFrame
        Tables that a fieldbook holds, by the names of `hedgerow.landscape.tables.TABLES`; persons
        still bear working identifiers, their invented names stand in ``people``.
    """

    seed: int
    mechanisms: Mechanisms
    schools: list[School]
    trusts: list[Trust]
    bodies: list[Body]
    clusters: list[Cluster]
    people: People
    evidence: dict[str, pl.DataFrame]


def make_region(seed: int = DEFAULT_SEED, mechanisms: Mechanisms | None = None) -> Region:
    """Make the region from a seed.

    Parameters
    ----------
    seed : int
        The same seed gives the same region.
    mechanisms : Mechanisms, optional
        Which of the study's mechanisms are at work; all unless said otherwise. Schools, trusts and
        hubs are the same whichever are: each part of the region has a stream of chance of its own.
    """
    at_work = mechanisms or Mechanisms()
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(9)]
    schools = found_schools(streams[0])
    trusts = Growth(schools, streams[1]).run()
    bodies = found_bodies(schools, trusts, streams[2])
    clusters = found_clusters(schools, trusts, streams[3])
    gathering = Gathering(schools, trusts, bodies, at_work, streams[4])
    people = gathering.gather()
    learning = Learning(schools, trusts, bodies, clusters, at_work, streams[5])
    learning.run()
    said = talk(schools, trusts, bodies, clusters, people, learning, gathering, at_work, streams[6])
    forums = said.forums
    sold, bought = sell(schools, trusts, at_work, streams[7])
    interviews = Interviews(
        schools, trusts, clusters, people, learning, gathering, at_work, streams[8]
    )
    interviews.run()
    rows: dict[str, list[dict[str, object]]] = {
        "organisations": _organisations(bodies, clusters),
        "persons": _persons(people, interviews.accounts),
        "roles": _roles(people),
        "ties": said.ties.rows,
        "activities": [*learning.activities.values(), *sold],
        "participation": [*learning.participation, *bought],
        "adoptions": take_up(schools, trusts, learning, streams[6]),
        "policies": stances(trusts, streams[6]),
        "meetings": forums.meetings,
        "attendance": forums.attendance,
        "concerns": forums.concerns,
        "priorities": forums.priorities,
        "actions": forums.actions,
        "oversight": who_looks_across(
            schools, forums.meetings, forums.concerns, streams[8], OVERSIGHT_TASKS
        ),
        "nominations": said.nominations,
        "accounts": interviews.accounts,
        "scores": interviews.scores,
        "observations": _asked(said.ties.asked),
    }
    evidence = {name: _table(name, found) for name, found in rows.items()}
    return Region(seed, at_work, schools, trusts, bodies, clusters, people, evidence)


def _table(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[name]
    types = {column: kind.dtype for column, kind in schema.columns().items()}
    table = pl.DataFrame(rows, schema=types)
    return table.unique(schema.primary_key(), keep="first", maintain_order=True)


def _organisations(bodies: list[Body], clusters: list[Cluster]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for body in bodies:
        place = body.host.authority if body.host else body.at
        rows.append(
            {
                "id": body.id,
                "kind": body.kind,
                "name": body.name,
                "easting": body.host.x if body.host else None,
                "northing": body.host.y if body.host else None,
                "position_from": "host" if body.host else None,
                "authority": authority_id(place) if place else None,
                "region": place.region if place else None,
                "opened": body.opened,
                "closed": body.closed,
                "source": SOURCE,
            }
        )
    for cluster in clusters:
        if cluster.authority in AUTHORITIES[:3]:
            rows.append(
                {
                    "id": cluster.id,
                    "kind": "cluster",
                    "name": cluster.name,
                    "authority": authority_id(cluster.authority),
                    "region": cluster.authority.region,
                    "source": SOURCE,
                }
            )
    return rows


def _persons(people: People, accounts: list[dict[str, object]]) -> list[dict[str, object]]:
    known = {person_id(hat.person) for hat in people.hats} | {row["person"] for row in accounts}
    return [
        {
            "id": person_id(person),
            "label": person.name,
            "is_named": False,
            "named_scope": None,
            "named_since": None,
            "source": SOURCE,
        }
        for person in people.persons
        if person_id(person) in known
    ]


def _roles(people: People) -> list[dict[str, object]]:
    return [
        {
            "id": f"role:{number:05d}",
            "person": person_id(hat.person),
            "organisation": hat.organisation,
            "role": hat.role,
            "is_seat": hat.is_seat,
            "days_a_week": hat.days,
            "start": hat.start,
            "end": hat.end,
            "source": SOURCE,
        }
        for number, hat in enumerate(people.hats, start=1)
    ]


def _asked(schools: list[str]) -> list[dict[str, object]]:
    return [
        {
            "organisation": school,
            "measure": "ties_asked",
            "date": ASKED,
            "source": SOURCE,
            "value": 1.0,
            "denominator": None,
            "status": "observed",
        }
        for school in schools
    ]
