"""Who is named: the people whom those interviewed call influential."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import numpy as np

from hedgerow.fieldbook.made_up.learning import SOURCE
from hedgerow.fieldbook.made_up.people import Gathering, People, person_id
from hedgerow.fieldbook.made_up.plan import ASKED, STUDY_DAY, TOWN, AuthorityPlan
from hedgerow.fieldbook.made_up.schools import School


def nominations(
    authority: AuthorityPlan,
    schools: list[School],
    people: People,
    gathering: Gathering,
    rng: np.random.Generator,
    *,
    numbered_from: int,
) -> Iterator[dict[str, object]]:
    """Ask about thirty people in the locality who is influential; people name those with reach
    whom they meet.
    """
    known = [p for o, p in people.leaders.items() if o in gathering.system(authority)]
    hats = {h.person.number: h for h in people.hats if h.role == "local leader of maths education"}
    here = [s for s in schools if s.authority is authority]
    led = {s.number for s in here}
    known += [
        h[-1].person for n, h in people.lead.items() if n in led and h[-1].person.number in hats
    ]
    gone = people.leaders["tsa:anvil"]
    if authority is TOWN and gone not in known:
        known.append(gone)
    weight = np.exp(0.9 * np.array([p.reach for p in known]))
    heads = [people.holder(people.head, s, STUDY_DAY) for s in here]
    interviewees = [p for p in heads if p is not None]
    picked = [
        interviewees[int(i)]
        for i in rng.choice(len(interviewees), size=min(20, len(interviewees)), replace=False)
    ]
    numbers = count(numbered_from)
    for asker in [*known[:7], *picked]:
        names = rng.choice(
            len(known), size=min(3, len(known)), replace=False, p=weight / weight.sum()
        )
        for index in names:
            if known[int(index)] is not asker:
                yield {
                    "id": f"nom:{next(numbers):05d}",
                    "from_id": person_id(asker),
                    "to_id": person_id(known[int(index)]),
                    "context": "Who is influential in primary mathematics here?",
                    "date": ASKED if asker in picked else date(2022, 2, 1),
                    "source": SOURCE,
                }
