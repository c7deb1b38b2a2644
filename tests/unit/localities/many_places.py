"""A made-up country of thirty authorities that are much alike, and one that is not."""

from __future__ import annotations

import random

from tests.made_up import MadeUp

ALIKE = 30
ODD = "la:031"


def many_places(alike: int = ALIKE, schools: int = 40) -> MadeUp:
    """Thirty authorities with about two in five schools in small trusts, and one where all are in
    one large trust."""
    country = MadeUp()
    chosen = random.Random(3)
    number = 900_001
    for place in range(1, alike + 2):
        authority = country.authority(f"la:{place:03}", f"Place {place}")
        is_odd = authority == ODD
        trusts = [
            country.trust(f"uid:{90_000 + place * 10 + one}", f"Trust {place} {one}")
            for one in range(1 if is_odd else 8)
        ]
        for one in range(schools):
            in_trust = is_odd or chosen.random() < 0.4
            identifier = country.school(
                number,
                at=(400_000 + place * 20_000 + (one % 7) * 1000, 300_000 + (one // 7) * 1000),
                trust=chosen.choice(trusts) if in_trust else None,
                authority=authority,
                region="North",
                rural=chosen.random() < 0.3,
            )
            country.observe(identifier, "pupils", chosen.randint(80, 400), country.as_of)
            number += 1
    return country
