"""Who turns to whom, who works together, who is named, and what is talked about where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.fieldbook.made_up.forums import Forums
from hedgerow.fieldbook.made_up.hubs import Body, Cluster
from hedgerow.fieldbook.made_up.learning import Learning
from hedgerow.fieldbook.made_up.naming import nominations
from hedgerow.fieldbook.made_up.people import Gathering, People
from hedgerow.fieldbook.made_up.plan import ASKED, AUTHORITIES, Mechanisms
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.ties import Ties
from hedgerow.fieldbook.made_up.trusts import Trust


@dataclass(frozen=True, eq=False)
class Talk:
    """All that is said and tied in the three localities."""

    ties: Ties
    forums: Forums
    nominations: list[dict[str, object]]


def talk(
    schools: list[School],
    trusts: list[Trust],
    bodies: list[Body],
    clusters: list[Cluster],
    people: People,
    learning: Learning,
    gathering: Gathering,
    mechanisms: Mechanisms,
    rng: np.random.Generator,
) -> Talk:
    """Let the three localities talk: first the schools, then one locality after the other."""
    primary = [
        s
        for s in schools
        if s.phase == "Primary" and s.authority in AUTHORITIES[:3] and s.is_open_on(ASKED)
    ]
    ties = Ties(primary, trusts, bodies, clusters, people, learning, gathering, mechanisms, rng)
    forums = Forums(primary, trusts, bodies, people, gathering, mechanisms, rng)
    named: list[dict[str, object]] = []
    ties.tie_schools()
    ties.tie_members()
    for authority in AUTHORITIES[:3]:
        ties.tie_system(authority)
        forums.meet(authority)
        named += nominations(
            authority, primary, people, gathering, rng, numbered_from=len(named) + 1
        )
    return Talk(ties, forums, named)
