"""Trusts with a team of their own sell courses to schools outside them: haves and have-nots."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.learning import CLOSED, SOURCE
from hedgerow.fieldbook.made_up.plan import AUTHORITIES, Mechanisms
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.terms import recorded_terms
from hedgerow.fieldbook.made_up.trusts import Trust

SELLING = 7
"""Schools that it takes to pay for people who give courses to others."""
TRIP_KM = 9.0
"""A course twice this far away is bought e times less often."""
BOUGHT = 0.06
"""Chance that a school next door buys a place in a term."""


def sell(
    schools: list[School],
    trusts: list[Trust],
    mechanisms: Mechanisms,
    rng: np.random.Generator,
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Give the courses that trusts sold and the places that other schools bought, as rows.

    Schools buy from what is near, the more the further their heads look outside; those of closed
    trusts do not. Small trusts have nothing to sell.
    """
    activities: list[dict[str, object]] = []
    participation: list[dict[str, object]] = []
    buyers = [s for s in schools if s.phase == "Primary" and s.authority in AUTHORITIES[:3]]
    for term in recorded_terms():
        sizes = _sizes(schools, term.start)
        for trust in trusts:
            if sizes.get(trust.number, 0) < SELLING:
                continue
            identifier = f"act:{trust.id}/sold/{term.label}"
            sold = [s for s in buyers if _buys(s, trust, trusts, term.start, mechanisms, rng)]
            if not sold:
                continue
            activities.append(
                {
                    "id": identifier,
                    "provider": trust.id,
                    "name": "Subject leadership for schools outside the trust",
                    "programme": "sold",
                    "subject": "mathematics",
                    "formality": 0.85,
                    "collectivity": 0.3,
                    "mode": "course",
                    "delivery": "in person",
                    "sessions": 1,
                    "has_intersession_tasks": False,
                    "audience": "maths leads",
                    "cost_basis": "charged",
                    "cost": 120.0,
                    "start": term.start,
                    "end": term.end,
                    "source": SOURCE,
                }
            )
            for school in sold:
                participation.append(
                    {
                        "id": f"sale:{len(participation) + 1:05d}",
                        "school": school.id_on(term.start),
                        "activity": identifier,
                        "role": "maths lead",
                        "staff": int(rng.integers(1, 3)),
                        "sessions_attended": 1.0,
                        "start": term.start,
                        "end": term.end,
                        "source": SOURCE,
                    }
                )
    return activities, participation


def _sizes(schools: list[School], day: date) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for school in schools:
        number = school.trust_on(day)
        if number is not None and school.is_open_on(day):
            sizes[number] = sizes.get(number, 0) + 1
    return sizes


def _buys(
    school: School,
    trust: Trust,
    trusts: list[Trust],
    day: date,
    mechanisms: Mechanisms,
    rng: np.random.Generator,
) -> bool:
    number = school.trust_on(day)
    if number == trust.number or not school.is_open_on(day):
        return False
    if number is not None and mechanisms.boundary_keeping and trusts[number].boundary >= CLOSED:
        return False
    near = np.exp(-school.km_to(trust.home.x, trust.home.y) / TRIP_KM)
    return bool(rng.random() < BOUGHT * near * np.exp(0.3 * school.outward))
