"""Addresses of places: what is read from them, and that they say the same again."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.http import QueryDict
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.landscape.errors import HedgerowError, UnknownPlaceError, UsageError
from hedgerow.web.access.audience import PUBLIC
from hedgerow.web.places.address import Address
from hedgerow.web.registers import register_on

ODD = "hub:Up/Down 100% (“North, & 'South'”): ?one=#two; 5 %2F 6"
PLACES = st.sampled_from(
    ["authority:981", "district:E06990011", "trust:90000", "hub:MM1", "region:Upper Marches", ODD]
)
DAYS = st.none() | st.dates(date(2014, 7, 1), date(2026, 7, 1))
ADDRESSES = st.builds(
    Address,
    place=PLACES,
    within=st.lists(PLACES, max_size=2, unique=True).map(tuple),
    also=st.lists(PLACES, max_size=2, unique=True).map(tuple),
    without=st.lists(PLACES, max_size=2, unique=True).map(tuple),
    on=DAYS,
    phase=st.sampled_from(["primary", "secondary", "all"]),
    since=DAYS,
    beside=st.sampled_from(["all", "similar"]),
)


def read(place: str, query: str) -> Address:
    return Address._from(place, QueryDict(query), partnership=None, owner=None)


@given(ADDRESSES)
def test_an_address_says_the_same_again(address):
    parts = urlsplit(address.url())
    assert parts.path.startswith("/places/")
    # a server undoes the quoting of a path before it is looked up
    assert resolve(unquote(parts.path)).kwargs["place"] == address.place
    assert read(address.place, parts.query) == address


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_stands_in_an_address_is_read_or_refused_in_words(place, query):
    try:
        address = read(place, query)
    except UsageError as fault:
        assert fault.message
    else:
        assert read(address.place, urlsplit(f"/?{query}").query or query) is not None


def test_whatever_is_asked_for_is_a_lens_or_a_fault_in_words(home, db):
    landscape = register_on()

    @given(
        st.text(max_size=40)
        | st.builds(
            "{}:{}".format,
            st.sampled_from(
                ["authority", "radius", "list", "area", "urns", "polygon", "trust", "country", ""]
            ),
            st.text(max_size=20),
        )
    )
    def check(place):
        try:
            lens = Address(place=place).lens(landscape, PUBLIC)
        except HedgerowError as fault:
            assert fault.message
        else:
            assert lens.key

    check()


def test_places_are_combined_in_the_order_in_which_they_are_said(home, db):
    landscape = register_on()
    day = landscape.on(landscape.as_of)
    parts = {
        one: Address(place=one).lens(landscape, PUBLIC).members(day)
        for one in ("authority:981", "authority:983", "trust:90000", "district:E06990011")
    }
    address = Address(
        place="authority:981",
        within=("trust:90000",),
        also=("authority:983",),
        without=("district:E06990011",),
    )
    city, shire, trust, inner = parts.values()
    found = address.lens(landscape, PUBLIC).members(day)
    assert found == ((city & trust) | shire) - inner


def test_the_postcode_of_a_radius_is_shown_with_its_space(home, db):
    landscape = register_on()
    lens = Address(place="radius:qx12lp,2").lens(landscape, PUBLIC)
    assert lens.label(landscape) == "within 2 km of QX1 2LP"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("on=yesterday", "is no day"),
        ("on=2026-02-30", "is no day"),
        ("since=1", "is no day"),
        ("phase=nursery", "is no phase"),
        ("beside=none", "is no beside"),
        ("&".join(f"also=authority:{n}" for n in range(13)), "at most 12"),
    ],
)
def test_what_is_wrong_is_said(query, told):
    with pytest.raises(UsageError, match=told):
        read("authority:981", query)


def test_a_place_that_is_not_there_names_what_is(home, db, get):
    landscape = register_on()
    with pytest.raises(UnknownPlaceError) as caught:
        Address(place="authority:Cit").lens(landscape, PUBLIC)
    assert caught.value.candidates == ("authority:City",)
    assert 'href="/places/authority:City/"' in get("/places/authority:Cit/", 404)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/places/Nowhere at all, in none/", 404, "There is no place called"),
        ("/places/authority:981/?on=0001-01-01", 400, "Nothing is known of"),
    ],
)
def test_a_fault_leads_to_the_search_and_not_to_the_command_line(get, address, status, said):
    page = get(address, status)
    assert said in page
    assert "Search for a place, school or trust" in page
    assert "KIND:NAME" not in page
    assert "group link" not in page
    get("/places/authority:City/")


@pytest.mark.parametrize("name", ["authority:City /", "region:Upper Marches"])
def test_places_by_odd_names_have_all_their_pages(home, db, get, name):
    """Pages name a place in links as it was asked for, and so do forms that ask for more."""
    landscape = register_on()
    Address(place=name).lens(landscape, PUBLIC)
    address = Address(place=name).url("schools")
    assert address in get(address)
    assert Address(place=name).url() in get(f"/compare/?place={quote(name)}&place=authority:983")
    found = get(f"/search/?q=town&then=also&from={quote(Address(place=name).url())}")
    assert f"{Address(place=name).url()}?also=authority%3A982" in found


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/places/authority:999/", 404),
        ("/places/authority:/", 404),
        ("/places/Nowhere at all, in none/", 404),
        (f"/places/trust:{'very long ' * 25}/", 404),
        (f"/places/{'x' * 400}/", 404),
        ("/places/trust:%22Quoted%22 & 'Sons'/", 404),
        ("/places/hub:a%252Fb/", 404),
        ("/places/radius:QX12LP,-1/", 404),
        ("/places/radius:QX12LP,0/", 404),
        ("/places/radius:QX12LP,nan/", 404),
        ("/places/radius:QX12LP,1e9/", 404),
        ("/places/radius:QX12LP/", 404),
        ("/places/radius:ZZ999ZZ,5/", 404),
        ("/places/authority:981/?on=0001-01-01", 400),
        ("/places/authority:981/timeline/?at=9999-12-31", 400),
        ("/schools/99999999999999999999/", 404),
        ("/schools/950000/?on=2001-01-01", 400),
        ("/places/authority:981/figures/%20/", 404),
    ],
)
def test_what_is_not_there_is_a_page_in_words(get, address, status):
    page = get(address, status)
    assert "<main" in page
    assert "fault" not in page.lower()
    said = page.split("<main")[1].split("<p>")[1].split("</p>")[0]
    assert len(said.split()) > 3
