"""Which places are typed: authorities, and localities made of schools that lie together."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.lens import Lens
from hedgerow.localities.typology.units import (
    authorities,
    authorities_left_out,
    localities,
    localities_left_out,
)
from tests.made_up import MadeUp

ON = date(2022, 4, 25)


def two_villages() -> MadeUp:
    """One authority of six schools in the north and seven in the south, one of five, one of two."""
    place = MadeUp()
    for number, name in ((1, "Brambleford"), (2, "Sloe Vale"), (3, "Thornby")):
        place.authority(f"la:00{number}", name)
    place.area("lad:N", "North Bramble")
    place.area("lad:S", "South Bramble")
    where = [("la:001", "lad:N", 900)] * 6 + [("la:001", "lad:S", 100)] * 7
    where += [("la:002", None, 500)] * 5 + [("la:003", None, 700)] * 2
    for one, (authority, district, km) in enumerate(where):
        at = (400_000 + 1000 * (one % 3), 1000 * km + 1000 * (one // 3 % 3))
        place.school(900_001 + one, at=at, authority=authority, district=district)
    place.school(900_101, at=None, authority="la:001")
    place.school(900_102, at=(400_000, 899_000), authority="la:001", phase="Secondary")
    place.hub("tsh:1", "teaching_school_hub", "Hornbeam Hub", covers=["la:001"])
    place.tie("urn:900001", "tsh:1", "hosts")
    return place


def test_every_authority_with_five_schools_or_more():
    country = two_villages().landscape(is_checked=True)
    found = authorities(country, ON)
    assert [(one.id, one.name) for one in found] == [
        ("la:001", "Brambleford"),
        ("la:002", "Sloe Vale"),
    ]
    assert found[0].lens == Lens.authority("la:001")
    left = authorities_left_out(country, ON)
    assert [(one.id, one.name, one.schools) for one in left] == [("la:003", "Thornby", 2)]
    assert "fewer than 5" in left[0].reason
    # one secondary in all
    assert authorities(country, ON, "secondary") == ()


def test_an_authority_is_parted_where_its_schools_lie():
    country = two_villages().landscape(is_checked=True)
    north, south, whole = localities(country, ON, floor=5, ceiling=7, seed=1)
    assert north.id, north.parent == ("la:001:1", "la:001")
    assert north.name == "Brambleford, part 1 of 2 (North Bramble)"
    assert south.name == "Brambleford, part 2 of 2 (South Bramble)"
    assert north.schools == tuple(f"urn:{900_001 + one}" for one in range(6))
    assert len(south.schools) == 7
    # a secondary belongs to the nearest primary's locality, and so does a hub by its host
    members = north.lens.members(country.on(ON))
    assert {"urn:900102", "tsh:1"} <= members
    assert not {"urn:900101", "urn:900007"} & members
    assert (whole.id, whole.lens) == ("la:002", Lens.authority("la:002"))
    assert whole.schools == tuple(f"urn:{900_014 + one}" for one in range(5))
    assert north.is_within_bounds and south.is_within_bounds and whole.is_within_bounds
    left = localities_left_out(country, ON)
    assert [one.id for one in left] == ["la:003", "urn:900101"]
    assert left[1].reason == "Its position is not known."


def test_an_authority_too_small_stands_whole_and_is_marked():
    country = two_villages().landscape(is_checked=True)
    *_, whole = localities(country, ON, floor=6, ceiling=8)
    assert (whole.id, whole.is_within_bounds) == ("la:002", False)


def test_across_borders_every_placed_school_is_in_one_locality():
    country = two_villages().landscape(is_checked=True)
    found = localities(country, ON, floor=5, ceiling=9, across=True, seed=3)
    schools = [school for one in found for school in one.schools or ()]
    assert len(schools) == len(set(schools)) == 20
    assert all(one.parent is None for one in found)
    assert [one.id for one in found] == [f"across:{place + 1}" for place in range(len(found))]
    names = [one.name for one in found]
    assert names[:2] == ["Brambleford, locality 1", "Sloe Vale and Thornby, locality 2"]


def test_a_locality_is_the_same_on_another_day():
    country = two_villages()
    country.school(
        900_201, trust=country.trust("uid:1", "Elder Trust"), joined=date(2020, 9, 1),
        at=(402_500, 900_000), authority="la:001", district="lad:N", opened=date(2020, 9, 1),
    )  # fmt: skip  # one school
    country.school(900_200, at=(402_500, 900_000), authority="la:001", closed=date(2020, 9, 1))
    country.tie("urn:900201", "urn:900200", "succeeds", start=date(2020, 9, 1))
    country.earliest = date(2015, 1, 1)
    landscape = country.landscape(is_checked=True)
    north = localities(landscape, ON, floor=5, ceiling=7)[0]
    assert "urn:900201" in (north.schools or ())
    assert "urn:900200" not in (north.schools or ())
    then = north.lens.members(landscape.on(date(2019, 1, 1)))
    assert "urn:900200" in then and "urn:900201" not in then


def test_what_cannot_be_parted_is_refused():
    country = MadeUp()
    country.authority("la:001", "Brambleford")
    for number in range(6):
        country.school(900_001 + number, authority="la:001")
    landscape = country.landscape()
    with pytest.raises(UsageError, match="known position"):
        localities(landscape, ON)
    with pytest.raises(UsageError, match="from 70 to 60"):
        localities(landscape, ON, floor=70, ceiling=60)
    with pytest.raises(UsageError, match="from 3 to 60"):
        localities(landscape, ON, floor=3, ceiling=60)
