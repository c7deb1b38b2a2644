"""The national facts about trusts, on a country small enough to count."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

LINKS_DAY = date(2022, 3, 29)


def country() -> MadeUp:
    """Trusts of 1, 2, 3, 4, 5 and 6 schools; the largest works in two regions, and of 20 in two."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    number = 900000
    for size in (1, 2, 3, 4, 5, 6, 20):
        uid = place.trust(f"uid:{90000 + size}")
        # the link records count one nursery more for every trust but the smallest
        place.observe(uid, "schools_in_link_records", size + (size > 1), LINKS_DAY)
        for school in range(size):
            number += 1
            is_far = school == 0 and size in (6, 20)
            place.school(
                number,
                trust=uid,
                phase="Secondary" if school == 1 else "Primary",
                authority="la:002" if is_far else "la:001",
                region="Far Hills" if is_far else "Middle Shires",
            )
    # a trust without a school that the register has: the link records know of one
    place.trust("uid:90099")
    place.observe("uid:90099", "schools_in_link_records", 1, LINKS_DAY)
    return place


@pytest.mark.works(
    "linked_systems.trusts_with_two_or_more_schools",
    "linked_systems.trusts_with_two_or_more_schools_in_link_records",
    "linked_systems.stand_alone_academies",
    "linked_systems.stand_alone_academies_in_link_records",
    "linked_systems.average_trust_size",
    "linked_systems.average_trust_size_in_link_records",
    "linked_systems.small_trusts_in_one_region_share",
    "linked_systems.authorities",
)
@pytest.mark.parametrize(
    ("identifier", "value", "n"),
    [
        # trusts of 2, 3, 4, 5, 6, 20, out of seven with a school in the register
        ("linked_systems.trusts_with_two_or_more_schools", 6, 7),
        ("linked_systems.stand_alone_academies", 1, 7),
        # 3, 4, 5, 6, 7, 21 in the link records, out of eight trusts there
        ("linked_systems.trusts_with_two_or_more_schools_in_link_records", 6, 8),
        ("linked_systems.stand_alone_academies_in_link_records", 2, 8),
        # (2 + 3 + 4 + 5 + 6 + 20) / 6 = 40 / 6, and one more for each in the link records
        ("linked_systems.average_trust_size", 40 / 6, 6),
        ("linked_systems.average_trust_size_in_link_records", 46 / 6, 6),
        # of trusts of 2, 3, 4, 5 and 6, all but the one of 6 lie in one region
        ("linked_systems.small_trusts_in_one_region_share", 4 / 5, 5),
        ("linked_systems.authorities", 2, 41),
    ],
)
def test_trusts_of_a_country(measure, identifier, value, n):
    found = measure(country(), identifier, Lens.everywhere())
    assert found.value == pytest.approx(value)
    assert found.n == n


def test_a_closed_trust_that_still_has_links_is_counted_and_said(measure):
    place = country()
    place.trust("uid:90098", closed=date(2016, 9, 1))
    place.observe("uid:90098", "schools_in_link_records", 2, LINKS_DAY)
    identifier = "linked_systems.trusts_with_two_or_more_schools_in_link_records"
    found = measure(place, identifier, Lens.everywhere())
    assert (found.value, found.n, found.as_of) == (7, 9, LINKS_DAY)
    assert "Counts 1 trust that the group records give as closed" in found.caveat


def test_seen_from_one_place_only_trusts_with_a_school_there_count(measure):
    # in la:002 lie one school of the trust of 6 and one of the trust of 20
    here = Lens.authority("la:002")
    assert measure(country(), "linked_systems.trusts_with_two_or_more_schools", here).value == 2
    assert measure(country(), "linked_systems.stand_alone_academies", here).value == 0
    assert measure(country(), "linked_systems.average_trust_size", here).value == 13


@pytest.mark.works(
    "linked_systems.large_trusts_in_two_or_three_regions_share",
    "linked_systems.large_trusts_in_two_or_more_regions_share",
)
@pytest.mark.parametrize(
    ("identifier", "share"),
    [
        # five trusts of 20: two in one region, one in two, one in three, one in four
        ("linked_systems.large_trusts_in_two_or_three_regions_share", 2 / 5),
        ("linked_systems.large_trusts_in_two_or_more_regions_share", 3 / 5),
    ],
)
def test_large_trusts_and_their_regions(measure, identifier, share):
    place = MadeUp()
    place.authority("la:001")
    number = 900000
    for trust, regions in enumerate((1, 1, 2, 3, 4)):
        uid = place.trust(f"uid:{90100 + trust}")
        for school in range(20):
            number += 1
            region = f"Region {min(school, regions - 1)}"
            place.school(number, trust=uid, authority="la:001", region=region)
    found = measure(place, identifier)
    assert found.value == pytest.approx(share)
    assert found.n == 5


def test_the_phase_does_not_change_what_trusts_are_here(measure):
    by_phase = [
        measure(country(), "linked_systems.average_trust_size", phase=phase).value
        for phase in ("primary", "secondary", "all")
    ]
    assert len(set(by_phase)) == 1
