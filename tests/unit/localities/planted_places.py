"""A made-up country of two sorts of places: those for which all the published facts of one case
hold, and those where most schools are maintained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.made_up import MadeUp

EARLY, LATE = date(2012, 4, 1), date(2020, 9, 1)
SCHOOLS = 30


@dataclass(frozen=True)
class Sort:
    """Sizes of the trusts, schools in one trust with the next place, metres between schools, and
    the day on which academies opened."""

    trusts: tuple[int, ...]
    step: int
    opened: date
    shared: int = 0


SORTS = {
    # 12 of 30 maintained, 4 of 11 trusts single, early, dense
    "City": Sort((1,) * 4 + (2,) * 7, 300, EARLY),
    # 9 of 30 maintained, 2 of 6 trusts single, 13 of 30 in a large trust that is not local, recent
    "Town": Sort((1,) * 2 + (2,) * 3, 1000, LATE, shared=13),
    # 11 of 30 maintained, 5 of 12 trusts single, none large, all local, sparse
    "Shire": Sort((1,) * 5 + (2,) * 7, 3000, EARLY),
}
OTHER = Sort((6,), 2000, LATE)
"""24 of 30 maintained."""


def planted_places(planted: int = 8, others: int = 16, case: str = "City") -> MadeUp:
    """Places of 30 primary schools: of the sort of a case, an even number, and of the other."""
    country = MadeUp()
    number, trusts = 900_001, 0
    shared = ""
    for place in range(planted + others):
        sort = SORTS[case] if place < planted else OTHER
        authority = country.authority(f"la:{place + 1:03}", f"Place {place + 1}")
        owners: list[str] = []
        for size in sort.trusts:
            trusts += 1
            owners += [country.trust(f"uid:{90_000 + trusts}", f"Trust {trusts}")] * size
        if sort.shared:
            if place % 2 == 0:
                shared = country.trust(f"uid:{80_000 + place}", f"Shared trust {place}")
            owners += [shared] * sort.shared
        for one in range(SCHOOLS):
            owner = owners[one] if one < len(owners) else None
            country.school(
                number,
                at=(20_000 + place * 26_000 + (one % 6) * sort.step, 3e5 + one // 6 * sort.step),
                trust=owner,
                joined=sort.opened,
                authority=authority,
                region="North",
                rural=False,
                opened=sort.opened if owner else date(1990, 9, 1),
                pupils=200,
            )
            number += 1
    return country
