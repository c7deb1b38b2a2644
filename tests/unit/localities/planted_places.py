"""A made-up country of two sorts of places: those for which all the published facts of one case
hold, and those where most schools are maintained."""

from __future__ import annotations

from datetime import date

from tests.made_up import MadeUp

EARLY, LATE = date(2012, 4, 1), date(2020, 9, 1)


def planted_places(planted: int = 8, others: int = 16) -> MadeUp:
    """Places of 30 primary schools. In the planted ones two fifths are maintained, 4 of 11 trusts
    hold a single school, conversions are early and schools lie 300 metres apart; in the others 24
    are maintained, six joined one trust late, and schools lie 2 km apart."""
    country = MadeUp()
    number, trust_number = 900_001, 90_001
    for place in range(planted + others):
        is_planted = place < planted
        authority = country.authority(f"la:{place + 1:03}", f"Place {place + 1}")
        sizes = [1] * 4 + [2] * 7 if is_planted else [6]
        step = 300 if is_planted else 2000
        owners = [one for one, size in enumerate(sizes) for _ in range(size)]
        trusts = {}
        for one in range(len(sizes)):
            trusts[one] = country.trust(f"uid:{trust_number}", f"Trust {trust_number}")
            trust_number += 1
        day = EARLY if is_planted else LATE
        for one in range(30):
            owner = trusts[owners[one]] if one < len(owners) else None
            country.school(
                number,
                at=(20_000 + place * 24_000 + (one % 6) * step, 300_000 + (one // 6) * step),
                trust=owner,
                joined=day,
                authority=authority,
                region="North",
                rural=False,
                opened=day if owner else date(1990, 9, 1),
                pupils=200,
            )
            number += 1
    return country
