"""Finding places and schools as one types."""

from __future__ import annotations

import pytest

from hedgerow.web.places.searching import search
from hedgerow.web.registers import register_on


@pytest.fixture
def landscape(home):
    return register_on()


def first(landscape, question, **wanted):
    return search(landscape, question, **wanted).best


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("City", "authority:981"),
        ("city", "authority:981"),
        ("  CITY ", "authority:981"),
        ("981", "authority:981"),
        ("E06990001", "authority:981"),
        ("City Inner", "district:E06990011"),
        ("inner ci", "district:E06990011"),
        ("Upper Marches", "region:Upper Marches"),
        ("region: upper", "region:Upper Marches"),
        ("90000", "trust:90000"),
        ("saffron kite", "trust:90000"),
        ("trust:saffron", "trust:90000"),
        ("Stillwater", "hub:stillwater"),
        ("MM1", "hub:MM1"),
        ("England", "country:England"),
        ("within 3 km of qx12lp", "radius:QX12LP,3"),
        ("QX1 2LP 3km", "radius:QX12LP,3"),
        ("2 miles from QX1 2LP", "radius:QX12LP,3.2"),
    ],
)
def test_the_best_answer_is_what_was_meant(landscape, question, place):
    assert first(landscape, question).place == place


def test_a_school_answers_to_its_name_number_and_postcode(landscape):
    row = landscape.schools.filter(landscape.schools["closed"].is_null()).row(0, named=True)
    for question in (row["name"], str(row["urn"]), f"urn {row['urn']}".removeprefix("urn ")):
        found = search(landscape, question, kind="school")
        assert row["urn"] in {one.urn for group in found.groups for one in group.entries}
    near = search(landscape, row["postcode"])
    assert near.groups[0].kind == "radius"
    assert row["urn"] in {one.urn for group in near.groups for one in group.entries}


def test_what_bears_one_name_is_told_apart(landscape):
    lines = [
        one.line
        for group in search(landscape, "Southreach").groups
        for one in group.entries
        if one.name == "Southreach"
    ]
    assert len(lines) == len(set(lines)) == 2
    assert any(line.startswith("Local authority in") for line in lines)
    assert any(line.startswith("District") for line in lines)


def test_a_trust_says_how_many_schools_it_has(landscape):
    found = first(landscape, "Saffron Kite")
    ties = landscape.on(landscape.as_of).ties
    many = ties.filter(ties["kind"] == "governs", ties["from_id"] == "uid:90000").height
    assert found.line == f"Trust of {many} schools"
    assert found.size == many > 1


def test_what_is_closed_comes_after_what_is_there(landscape):
    for group in search(landscape, "aspen", kind="school").groups:
        closed = [one.is_closed for one in group.entries]
        assert closed == sorted(closed)
        assert any(closed)
        assert all("closed on" in one.line for one in group.entries if one.is_closed)


def test_a_word_with_a_letter_wrong_is_put_right_and_said_to_be(landscape):
    found = search(landscape, "stilwater")
    assert found.meant == "stillwater"
    assert found.best.place == "hub:stillwater"


def test_nothing_found_says_why(landscape):
    assert "There is nothing with every word" in search(landscape, "zzzz").why_none
    assert "is not known to this register" in search(landscape, "ZZ9 9ZZ").why_none


def test_everything_that_is_offered_can_be_opened(landscape):
    from hedgerow.web.access.audience import PUBLIC
    from hedgerow.web.places.address import Address
    from hedgerow.web.places.searched import index_of

    day = landscape.on(landscape.as_of)
    for one in index_of(landscape).entries:
        if one.place and not one.is_closed:
            lens = Address(place=one.place).lens(landscape, PUBLIC)
            assert lens.label(day)


def test_the_page_works_without_a_script_and_with_one(get):
    whole = get("/search/?q=city")
    assert "<html" in whole
    assert 'href="/places/authority:981/"' in whole
    part = get("/search/?q=city", **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'href="/places/authority:981/"' in part
    assert "found." in part


def test_a_place_is_found_to_be_combined_with_another(get):
    page = get("/search/?q=shire&then=without&from=/places/authority:981/%3Fphase=all")
    assert 'href="/places/authority:981/?without=authority%3A983&amp;phase=all"' in page
    assert "/schools/" not in page


def test_a_place_is_found_to_be_compared(get):
    page = get("/search/?q=shire&then=compare&place=authority:981&phase=all")
    wanted = "/compare/?place=authority%3A981&amp;place=authority%3A983&amp;phase=all"
    assert f'href="{wanted}"' in page


@pytest.mark.parametrize(
    "query",
    ["then=also&from=//elsewhere.example/", "then=also&from=/account/", "then=fly", "kind=moon"],
)
def test_what_cannot_be_is_refused_in_words(get, query):
    assert "That cannot be shown" in get(f"/search/?q=x&{query}", 400)
