"""Lists and areas that people keep: who may look through them, and what is refused."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hedgerow.web.access.audience import Role
from hedgerow.web.places.models import OwnPlace
from hedgerow.web.registers import register_on
from tests.web.places.conftest import CITY

SQUARE = {
    "type": "Feature",
    "properties": {},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[-3, 51], [1, 51], [1, 55], [-3, 55], [-3, 51]]],
    },
}


@pytest.fixture
def urns(home):
    landscape = register_on()
    there = landscape.on(landscape.as_of).schools
    return there.filter(there["authority"] == "la:981")["urn"].to_list()[:7]


@pytest.fixture
def mine(people, signed_in) -> Client:
    return signed_in(people[Role.PUBLIC])


def listed(urns):
    return {"name": "Our seven", "schools": "\n".join(map(str, urns))}


def test_a_list_is_kept_and_looked_through(mine, urns):
    answer = mine.post("/own/", listed(urns))
    assert answer.status_code == 302
    assert answer["Location"] == "/places/list:our-seven/"
    page = mine.get("/places/list:our-seven/?phase=all")
    assert page.status_code == 200
    assert "Our seven: schools" in page.text
    assert "there are seven schools" in page.text


def test_another_persons_list_is_not_there(mine, urns, people, signed_in):
    mine.post("/own/", listed(urns))
    for client in (Client(), signed_in(people[Role.STEWARD])):
        answer = client.get("/places/list:our-seven/")
        assert answer.status_code == 404
        assert "that is yours" in answer.text


def test_two_of_one_name_are_told_apart(mine, urns):
    mine.post("/own/", listed(urns))
    assert mine.post("/own/", listed(urns[:5]))["Location"] == "/places/list:our-seven-2/"


def test_a_list_may_name_schools_and_come_as_a_file(mine, urns):
    landscape = register_on()
    name = landscape.schools.filter(landscape.schools["urn"] == urns[0])["name"][0]
    answer = mine.post("/own/", {"name": "By name", "schools": f"{name}\n{urns[1]}\n"})
    assert answer.status_code in (302, 400)  # a name that two schools bear is refused
    held = SimpleUploadedFile("list.csv", f"School,URN\nA,{urns[0]}\nB,{urns[1]}\n".encode())
    assert mine.post("/own/", {"name": "A file", "file": held}).status_code == 302
    kept = OwnPlace.objects.get(slug="a-file")
    assert kept.content == {"schools": sorted(f"urn:{urn}" for urn in urns[:2])}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "", "schools": "900000"}, "needs a name"),
        ({"name": "x", "schools": ""}, "lists no URN"),
        ({"name": "x", "schools": "123456"}, "the register does not have"),
        ({"name": "x", "schools": "No such school"}, "is the name of no school"),
        ({"name": "x", "drawn": "{"}, "is no GeoJSON"),
        ({"name": "x", "drawn": '{"type": "Point"}'}, "holds no polygon"),
        ({"name": "x", "drawn": '{"type": "Polygon", "coordinates": [[]]}'}, "corners"),
        ({"name": "x", "drawn": '{"type": "Polygon", "coordinates": [[[99, 99]]]}'}, "corner"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(mine, given, told):
    answer = mine.post("/own/", given)
    assert answer.status_code == 400
    assert told in answer.text
    assert not OwnPlace.objects.exists()


def test_a_drawn_area_is_kept(mine):
    answer = mine.post("/own/", {"name": "My valley", "drawn": json.dumps(SQUARE)})
    assert answer["Location"] == "/places/area:my-valley/"
    assert mine.get("/places/area:my-valley/").status_code == 200
    assert mine.get("/places/area:my-valley/?without=authority:981").status_code == 200


def test_the_schools_of_a_place_are_kept_as_a_list(mine):
    answer = mine.post(f"/places/{CITY}/keep/", {"name": "City now"})
    assert answer["Location"] == "/places/list:city-now/"
    assert len(OwnPlace.objects.get().content["schools"]) == 120
    assert mine.get(f"/places/{CITY}/keep/").status_code == 405


def test_whoever_has_not_signed_in_is_asked_to(home, db):
    for answer in (Client().get("/own/"), Client().post(f"/places/{CITY}/keep/")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/")


def test_a_place_is_forgotten_by_its_keeper_alone(mine, urns, people, signed_in):
    mine.post("/own/", listed(urns))
    number = OwnPlace.objects.get().pk
    assert signed_in(people[Role.MEMBER]).post(f"/own/{number}/forget/").status_code == 404
    assert mine.get(f"/own/{number}/forget/").status_code == 405
    assert mine.post(f"/own/{number}/forget/").status_code == 302
    assert not OwnPlace.objects.exists()


def test_a_partnerships_list_is_seen_by_its_members_and_kept_by_those_who_edit(
    partnership, people, signed_in, urns
):
    own = f"/partnerships/{partnership.slug}/own/"
    shared = {**listed(urns), "for": "partnership"}
    assert signed_in(people[Role.MEMBER]).post(own, shared).status_code == 403
    assert signed_in(people[Role.STEWARD]).post(own, shared).status_code == 302
    address = f"/partnerships/{partnership.slug}/places/list:our-seven/"
    assert signed_in(people[Role.MEMBER]).get(address).status_code == 200
    assert signed_in(people[Role.MEMBER]).get("/places/list:our-seven/").status_code == 404
    assert signed_in(people[Role.PUBLIC]).get(address).status_code == 404
    assert partnership.audit_entries.filter(action="kept a place").count() == 1
    number = OwnPlace.objects.get().pk
    assert signed_in(people[Role.MEMBER]).post(f"{own}{number}/forget/").status_code == 403
    assert signed_in(people[Role.STEWARD]).post(f"{own}{number}/forget/").status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [('"Our\\u0000valley"', "NUL"), ('"\\ud800"', "no GeoJSON"), ("1e999", "no GeoJSON")],
)
def test_a_drawing_says_nothing_that_cannot_be_kept(mine, said, words):
    drawn = json.dumps(SQUARE).replace('"properties": {}', f'"properties": {{"note": {said}}}')
    answer = mine.post("/own/", {"name": "My valley", "drawn": drawn})
    assert answer.status_code == 400
    assert words in answer.text
    held = SimpleUploadedFile("valley.json", drawn.encode())
    assert mine.post("/own/", {"name": "My valley", "file": held}).status_code == 400
    assert not OwnPlace.objects.exists()


def test_a_name_with_a_sign_that_no_text_has_is_refused(mine, urns):
    for given in (
        {**listed(urns), "name": "Our\x00seven"},
        {**listed(urns), "schools": f"{urns[0]}\x00"},
        {**listed(urns), "for": "partner\x00ship"},
    ):
        answer = mine.post("/own/", given)
        assert answer.status_code == 400
        assert "NUL character" in answer.text
    assert mine.post(f"/places/{CITY}/keep/", {"name": "\x00"}).status_code == 400
    assert not OwnPlace.objects.exists()
