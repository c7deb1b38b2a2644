"""What a person writes for a place, and what they are told when it is not understood."""

from __future__ import annotations

import pytest

from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.places import find_place, named_places
from tests.made_up import MadeUp, brambleford


@pytest.fixture(scope="module")
def country():
    return brambleford().landscape()


@pytest.mark.parametrize(
    ("text", "lens"),
    [
        ("authority:Brambleford", Lens.authority("la:001")),
        ("Brambleford", Lens.authority("la:001")),
        ("  AUTHORITY : brambleford ", Lens.authority("la:001")),
        ("authority:001", Lens.authority("la:001")),
        ("la:001", Lens.authority("la:001")),
        ("authority:E00000001", Lens.authority("la:001")),
        ("district:Sloe Vale", Lens.district("lad:V")),
        ("brambleford  north", Lens.district("lad:N")),
        ("region:Far Hills", Lens.region("Far Hills")),
        ("far-hills", Lens.region("Far Hills")),
        ("trust:Thorn Trust", Lens.trust("uid:90001")),
        ("trust:90001", Lens.trust("uid:90001")),
        ("uid:90001", Lens.trust("uid:90001")),
        ("hub:HH1", Lens.hub("tsh:HH1")),
        ("Hawthorn Maths Hub", Lens.hub("mh:001")),
        ("cluster:Hedge Lane Cluster", Lens.cluster("cluster:1")),
        ("England", Lens.everywhere()),
        ("country:England", Lens.everywhere()),
    ],
)
def test_names_and_codes(country, text, lens):
    assert find_place(country, text) == lens


@pytest.fixture
def oddly_named():
    place = MadeUp()
    place.authority("la:001", "St. Osyth's & Clere")
    place.authority("la:002", "Xton, City of")
    place.authority("la:003", "Ynys Môr")
    place.trust("uid:90001", "Together: a Trust")
    place.trust("uid:90002", "The Same Trust")
    place.trust("uid:90003", "THE SAME TRUST")
    return place.landscape()


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("authority:St Osyths and Clere", "la:001"),
        ("authority:ST OSYTH’S & CLERE", "la:001"),
        ("Xton, City of", "la:002"),
        ("Xton", "la:002"),
        ("ynys mor", "la:003"),
    ],
)
def test_punctuation_accents_and_inverted_names(oddly_named, text, identifier):
    assert find_place(oddly_named, text) == Lens.authority(identifier)


def test_a_colon_may_be_part_of_a_name(oddly_named):
    assert find_place(oddly_named, "Together: a Trust") == Lens.trust("uid:90001")


def told(landscape, text):
    with pytest.raises(UnknownPlaceError) as caught:
        find_place(landscape, text)
    return caught.value


def test_an_authority_and_its_one_district_are_the_same_place(country):
    assert find_place(country, "Sloe Vale") == Lens.authority("la:002")


def test_a_name_borne_by_two_places_lists_both():
    place = MadeUp()
    place.authority("la:001", "Sloe Vale")
    place.area("lad:V", "Sloe Vale")
    place.school(900001, authority="la:001", district="lad:V")
    place.school(900002, authority="la:001", district="lad:W")
    fault = told(place.landscape(), "Sloe Vale")
    assert "could mean 2 things" in fault.message
    assert fault.candidates == ("authority:Sloe Vale", "district:Sloe Vale")


def test_a_name_borne_twice_in_one_kind_lists_codes(oddly_named):
    fault = told(oddly_named, "trust:The Same Trust")
    assert fault.candidates == ("trust:90002", "trust:90003")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("authority:Bramblefrod", "authority:Brambleford"),
        ("bramble", "authority:Brambleford"),
        ("authority:Sloe", "authority:Sloe Vale"),
        ("county:Sloe Vale", "authority:Sloe Vale"),
        ("trust:Thorne Trust", "trust:Thorn Trust"),
    ],
)
def test_an_unknown_name_lists_the_nearest(country, text, first):
    fault = told(country, text)
    assert "no place called" in fault.message
    assert fault.candidates[0] == first
    assert first in str(fault)


@pytest.mark.parametrize("text", ["bramble", "authority:Sloe", "trust:thorn"])
def test_every_candidate_is_understood(country, text):
    for candidate in told(country, text).candidates:
        assert find_place(country, candidate)


@pytest.mark.parametrize("text", ["", ":", "qqqq", "trust:qqqq", "authority:"])
def test_where_nothing_is_near_the_form_is_told(country, text):
    fault = told(country, text)
    assert fault.candidates == ()
    assert "KIND:NAME" in fault.advice


def test_every_named_place_is_found_by_its_code(country):
    for place in named_places(country):
        for code in place.also:
            found = find_place(country, f"{place.kind}:{code}")
            assert found == find_place(country, f"{place.kind}:{place.name}")


def test_radius_around_a_known_postcode(country):
    lens = find_place(country, "radius:zz99zz, 2 km")
    assert lens == Lens.radius(402_000, 300_000, 2, centre="ZZ99ZZ")
    assert lens.label(country) == "within 2 km of ZZ99ZZ"


def test_radius_around_the_postcode_of_a_school(country):
    assert find_place(country, "Radius: zz1  1aa,2.5") == Lens.radius(
        400_000, 300_000, 2.5, centre="ZZ1 1AA"
    )


@pytest.mark.parametrize("rest", ["ZZ1 1AA", "ZZ1 1AA,", ",5km", "ZZ1 1AA,0km", "ZZ1 1AA,-1", ""])
def test_a_radius_that_is_none_shows_how_to_write_one(country, rest):
    fault = told(country, f"radius:{rest}")
    assert "is no radius" in fault.message
    assert "radius:AB1 2CD,5km" in fault.advice


def test_an_unknown_postcode(country):
    fault = told(country, "radius:ZZ9 9XX,5km")
    assert "“ZZ9 9XX” is not known" in fault.message
    assert "--postcodes" in fault.advice


@pytest.mark.parametrize("text", ["urns:ours.csv", "polygon:ours.geojson"])
def test_files_are_for_the_command_line(country, text):
    assert "names a file" in told(country, text).message
