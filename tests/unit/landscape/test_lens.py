"""Each kind of lens on the made-up country."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.landscape.lens import Lens, Listed
from tests.made_up import MadeUp, brambleford

DAY = date(2022, 4, 25)


@pytest.fixture(scope="module")
def country():
    return brambleford().landscape()


def schools(country, lens, day=DAY):
    """Last two figures of the URNs that a lens shows."""
    return [urn - 900_000 for urn in country.through(lens, on=day).schools["urn"]]


def test_everywhere(country):
    assert schools(country, Lens.everywhere()) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14]
    assert Lens.everywhere().label(country) == "England"


def test_authority(country):
    lens = Lens.authority("la:002")
    assert schools(country, lens) == [11, 12, 13, 14]
    assert {"la:002", "uid:90002"} <= lens.members(country.on(DAY))
    assert lens.label(country) == "Sloe Vale"


def test_district(country):
    assert schools(country, Lens.district("lad:N")) == [1, 2, 3, 4, 5]
    assert Lens.district("lad:N").label(country) == "Brambleford North"


def test_region(country):
    assert schools(country, Lens.region("Far Hills")) == [11, 12, 13, 14]
    assert Lens.region("Far Hills").label(country) == "Far Hills"


def test_trust_takes_its_schools_wherever_they_are(country):
    lens = Lens.trust("uid:90002")
    assert schools(country, lens) == [9, 11, 12]
    assert "uid:90002" in lens.members(country.on(DAY))
    assert lens.label(country) == "Sloe Trust"


def test_trust_before_and_after_a_school_moved(country):
    assert schools(country, Lens.trust("uid:90001"), date(2020, 8, 31)) == [4, 5, 6, 9]
    assert schools(country, Lens.trust("uid:90001"), date(2020, 9, 1)) == [4, 5, 6]


def test_hub_of_an_authority(country):
    assert schools(country, Lens.hub("mh:001")) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert Lens.hub("mh:001").label(country) == "Hawthorn Maths Hub footprint"


def test_hub_through_districts_with_a_shared_one_in_both(country):
    assert schools(country, Lens.hub("tsh:HH1")) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert schools(country, Lens.hub("tsh:HH2")) == [6, 7, 8, 9, 11, 12, 13, 14]
    shared = {f"urn:90000{number}" for number in (6, 7, 8, 9)}
    assert Lens.hub("tsh:HH1").undecided(country.on(DAY)) == shared


def test_cluster_takes_members_of_the_day(country):
    assert schools(country, Lens.cluster("cluster:1")) == [1, 4, 11]
    assert schools(country, Lens.cluster("cluster:1"), date(2019, 8, 30)) == [1, 2, 4, 11]
    assert schools(country, Lens.cluster("cluster:1"), date(2019, 8, 31)) == [1, 4, 11]


def test_federation_takes_the_schools_that_it_federates():
    place = MadeUp()
    place.organisation("uid:90009", "federation", "Two Brooks")
    place.school(900001)
    place.school(900002)
    place.tie("uid:90009", "urn:900001", "federates")
    assert schools(place.landscape(), Lens.cluster("uid:90009")) == [1]


def test_radius_takes_its_boundary(country):
    # schools stand a kilometre apart on a line
    assert schools(country, Lens.radius(400_000, 300_000, 2)) == [1, 2, 3]
    assert schools(country, Lens.radius(400_000, 300_000, 1.999)) == [1, 2]
    assert schools(country, Lens.radius(402_000, 304_000, 4)) == [3]
    assert schools(country, Lens.radius(403_000, 304_000, 5)) == [1, 2, 3, 4, 5, 6, 7]


def test_a_school_without_a_position_is_outside_and_undecided(country):
    lens = Lens.radius(400_000, 300_000, 500)
    here = country.through(lens, on=DAY)
    assert "urn:900013" not in here.members
    assert here.undecided == {"urn:900013"}
    assert "urn:900013" in country.through(~lens, on=DAY).members
    assert country.through(~lens, on=DAY).undecided == {"urn:900013"}
    # an authority that it is surely not in settles the matter
    assert not (lens & Lens.authority("la:001")).undecided(country.on(DAY))


def test_polygon_takes_its_border_and_its_first_corner_once_or_twice(country):
    corners = [(400_000, 299_000), (402_000, 299_000), (402_000, 301_000), (400_000, 301_000)]
    assert schools(country, Lens.polygon(corners)) == [1, 2, 3]
    assert schools(country, Lens.polygon([*corners, corners[0]])) == [1, 2, 3]
    assert Lens.polygon(corners).undecided(country.on(DAY)) == {"urn:900013"}
    assert Lens.polygon(corners, "Old Town").label(country) == "Old Town"
    assert Lens.polygon(corners).label(country) == "a drawn area"


def test_polygon_where_nothing_has_a_position():
    place = MadeUp()
    place.school(900001)
    assert schools(place.landscape(), Lens.polygon([(0, 0), (1, 0), (1, 1)])) == []


def test_list_leaves_out_and_tells_what_is_not_there(country):
    lens = Listed(("urn:900001", "urn:900010", "urn:900099"))
    assert schools(country, lens) == [1]
    assert lens.absent(country.on(DAY)) == ("urn:900010", "urn:900099")
    assert lens.label(country) == "a list of 3 organisations"
    assert Lens.listed(["urn:900002", "urn:900001", "urn:900001"], "Ours").label(country) == "Ours"


def test_combinations(country):
    authority, trust = Lens.authority("la:001"), Lens.trust("uid:90002")
    assert schools(country, authority & trust) == [9]
    assert schools(country, trust & ~authority) == [11, 12]
    assert schools(country, authority | trust) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12]
    assert schools(country, ~authority) == [11, 12, 13, 14]


def test_combinations_in_words(country):
    authority, trust = Lens.authority("la:001"), Lens.trust("uid:90002")
    assert (authority & trust).label(country) == "both Brambleford and Sloe Trust"
    assert (authority | trust).label(country) == "Brambleford or Sloe Trust"
    assert (authority & ~trust).label(country) == "Brambleford but not Sloe Trust"
    assert (~authority).label(country) == "all but Brambleford"
    assert (~(authority | trust)).label(country) == "all but (Brambleford or Sloe Trust)"


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        (Lens.authority("la:009"), "no authority “la:009”"),
        (Lens.district("lad:Z"), "no district"),
        (Lens.region("Nowhere"), "no region"),
        (Lens.trust("uid:1"), "no “uid:1”"),
        (Lens.hub("tsh:ZZ"), "no “tsh:ZZ”"),
        (Lens.hub("hubarea:HH1"), "no “hubarea:HH1”"),
        (Lens.cluster("cluster:9"), "no “cluster:9”"),
        (Lens.listed(["urn:900099"]), "None of the listed"),
    ],
)
def test_what_is_not_there(country, lens, said):
    with pytest.raises(UnknownPlaceError, match=said):
        country.through(lens, on=DAY)


@pytest.mark.parametrize("km", [0, -1, float("nan"), float("inf")])
def test_a_radius_that_is_none(km):
    with pytest.raises(UsageError, match="is none"):
        Lens.radius(400_000, 300_000, km)


def test_a_polygon_without_three_corners():
    with pytest.raises(UsageError, match="2 different corners"):
        Lens.polygon([(0, 0), (1, 1), (0, 0)])


def test_a_polygon_whose_sides_cross(country):
    with pytest.raises(UsageError, match="Self-intersection"):
        country.through(Lens.polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), on=DAY)


def test_equal_lenses_have_equal_keys_and_unequal_ones_do_not():
    lenses = [
        Lens.everywhere(),
        Lens.authority("la:001"),
        Lens.district("la:001"),
        Lens.trust("uid:90001"),
        Lens.cluster("uid:90001"),
        Lens.hub("uid:90001"),
        Lens.radius(1, 2, 3),
        Lens.radius(1, 2.4, 3),
        Lens.polygon([(0, 0), (1, 0), (1, 1)]),
        Lens.polygon([(0, 0), (1, 0), (1, 1.4)]),
        Lens.listed(["urn:1"]),
        ~Lens.authority("la:001"),
        Lens.authority("la:001") & Lens.trust("uid:90001"),
        Lens.authority("la:001") | Lens.trust("uid:90001"),
    ]
    assert len({lens.key for lens in lenses}) == len(lenses)
    assert Lens.listed(["b", "a"]) == Lens.listed(["a", "b", "a"])
    assert Lens.radius(1, 2, 3).key == Lens.radius(1.0, 2.0, 3.0, centre="AB1 2CD").key
