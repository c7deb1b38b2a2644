"""The profile of a made-up place: what it holds, and that no place and no lens upsets it."""

from __future__ import annotations

import json
import math
from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.localities.profile import profile
from tests.made_up import MadeUp, brambleford


@pytest.fixture(scope="module")
def country() -> Landscape:
    return brambleford().landscape()


def test_a_profile_says_what_it_is_about(country):
    found = profile(country, Lens.authority("la:001"))
    assert (found.place, found.phase, found.on) == ("Brambleford", "primary", date(2022, 4, 25))
    assert found.register == "made-up"
    assert [one.id for one in found.findings] == [one.id for one in load()]
    assert found.finding("context.schools").value == 8


def test_a_finding_that_is_not_there_is_a_key_error(country):
    with pytest.raises(KeyError, match="nothing"):
        profile(country, Lens.authority("la:001")).finding("nothing")


def test_england_stands_beside_what_is_compared_and_nothing_else(country):
    found = profile(country, Lens.authority("la:001"))
    assert set(found.england) == {one.id for one in load() if one.is_compared}
    # of 11 open state primary schools in the country, 3 + 1 are maintained
    assert found.england["linked_systems.maintained_share"].value == pytest.approx(4 / 11)
    assert profile(country, Lens.everywhere()).england == {}


def test_england_is_worked_out_once(country):
    one = profile(country, Lens.authority("la:001"))
    other = profile(country, Lens.authority("la:002"))
    assert one.england is other.england
    assert one.england is not profile(country, Lens.authority("la:002"), phase="all").england


def test_json_keeps_the_public_shape(country):
    found = profile(country, Lens.authority("la:001"))
    said = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert {"place", "on", "register", "phase", "findings"} <= set(said)
    share = next(one for one in said["findings"] if one["id"] == "linked_systems.maintained_share")
    assert share["value"] == pytest.approx(3 / 8)
    assert share["england"]["value"] == pytest.approx(4 / 11)
    assert said["findings"][0]["england"] is None
    assert [one["id"] for one in said["sources"]] == ["made-up"]


@pytest.mark.parametrize("phase", ["primary", "secondary", "all"])
@pytest.mark.parametrize(
    "lens",
    [
        Lens.everywhere(),
        Lens.authority("la:002"),
        Lens.district("lad:S"),
        Lens.region("Far Hills"),
        Lens.trust("uid:90001"),
        Lens.hub("tsh:HH2"),
        Lens.cluster("cluster:1"),
        Lens.radius(400_000, 300_000, 2.5),
        Lens.radius(0, 0, 1),
        Lens.polygon([(399_000, 299_000), (405_000, 299_000), (405_000, 301_000)]),
        Lens.listed(["urn:900013"]),
        Lens.listed(["urn:900014"]),
        Lens.authority("la:001") & Lens.authority("la:002"),
        ~Lens.authority("la:001"),
    ],
    ids=lambda lens: lens.key,
)
def test_no_lens_upsets_a_profile(country, lens, phase):
    found = profile(country, lens, phase=phase)
    assert found.overview
    assert set(found.tables) >= {"governance", "schools", "trusts", "hubs", "conversions"}
    json.dumps(found.to_json(), allow_nan=False)
    for one in found.findings:
        assert one.value is None or math.isfinite(one.value)


def test_a_country_without_anything_is_still_a_place():
    place = MadeUp()
    place.authority("la:001", "Nowhere")
    found = profile(place.landscape(), Lens.authority("la:001"))
    assert not any(one.is_measured for one in found.findings)
    assert [one.text for one in found.overview] == [
        "As on 25 April 2022 there are no primary schools in Nowhere."
    ]


def test_an_earlier_day(country):
    found = profile(country, Lens.authority("la:001"), on=date(2018, 3, 1))
    # the ninth school is still open, and a trust lost nobody yet
    assert found.finding("context.schools").value == 9
    assert found.on == date(2018, 3, 1)
    with pytest.raises(UsageError, match="Nothing is known of 1 January 2001"):
        profile(country, Lens.authority("la:001"), on=date(2001, 1, 1))


def test_tables_of_brambleford(country):
    tables = profile(country, Lens.authority("la:001")).tables
    governance = dict(tables["governance"].select("arrangement", "schools").iter_rows())
    # 1 to 3 maintained; 4 and 5 in a trust of 3 with the high school; 7 alone; 8 without a trust;
    # 9 in a trust of 3 with two schools elsewhere
    assert governance == {
        "maintained by the authority": 3,
        "single-academy trust": 1,
        "trust of 2 to 5 schools": 3,
        "trust of 6 to 15 schools": 0,
        "trust of 16 or more schools": 0,
        "academy, trust not on record": 1,
    }
    assert tables["governance"]["share"].sum() == pytest.approx(1)
    trusts = tables["trusts"]
    assert trusts.select("trust", "schools_here", "schools_in_all").rows() == [
        ("Thorn Trust", 2, 3),
        ("Sloe Trust", 1, 3),
        ("Single Stem Trust", 1, 1),
    ]
    assert trusts["local_share"].to_list() == pytest.approx([1, 1 / 3, 1])
    hubs = tables["hubs"]
    assert hubs["hub"].to_list() == ["Hornbeam Hub", "Hollow Hub", "Hawthorn Maths Hub"]
    assert hubs["hosted_here"].to_list() == [True, None, None]
    assert hubs["schools_uncertain"].to_list() == [3, 3, 0]
    schools = tables["schools"]
    assert schools["school"].to_list()[:2] == ["Ash Primary School", "Beech Primary School"]
    assert schools.height == 8
    damson = schools.row(by_predicate=pl.col("school") == "Damson Primary School", named=True)
    assert damson["governing_body"] == "Thorn Trust"
    assert damson["nearest_in_trust_km"] == 1


def test_conversions_are_told_by_academic_year():
    place = MadeUp()
    place.authority("la:001")
    for number, (day, route) in enumerate(
        [
            (date(2012, 8, 31), "converter"),
            (date(2012, 9, 1), "sponsored"),
            (date(2014, 1, 1), "converter"),
            (None, "converter"),
        ]
    ):
        place.school(900001 + number, status="academy", opened=day, route=route, authority="la:001")
    table = profile(place.landscape(), Lens.authority("la:001")).tables["conversions"]
    assert table.rows() == [
        ("2011/12", 1, 0, 1),
        ("2012/13", 0, 1, 2),
        ("2013/14", 1, 0, 3),
    ]


def test_few_pupils_are_withheld_and_with_them_what_would_give_them_back():
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number, pupils in ((900001, 120), (900002, 80)):
        place.school(number, authority="la:001", pupils=pupils)
    place.school(900003, authority="la:001", trust="uid:90001", pupils=3)
    table = profile(place.landscape(), Lens.authority("la:001")).tables["governance"]
    shown = dict(table.select("arrangement", "pupils").iter_rows())
    assert shown["single-academy trust"] is None
    assert shown["maintained by the authority"] is None
    assert table["pupils_withheld"].drop_nulls().to_list() == ["withheld", "withheld"]


def test_what_is_not_known_comes_with_how_to_learn_it(country):
    table = profile(country, Lens.authority("la:001")).tables["not_known"]
    assert table["not_known"][0].startswith("Which schools take part in professional learning")
    assert all(table["why"])
    labels = set(table["not_known"])
    assert "Pupils with English as an additional language" in labels


def test_local_evidence_that_is_held_is_no_gap():
    place = brambleford()
    place.add("activities", id="act:1", provider="mh:001", name="Work group")
    place.add(
        "participation",
        id="part:1",
        school="urn:900001",
        activity="act:1",
        start=date(2021, 9, 1),
    )
    held = place.landscape()
    ours = profile(held, Lens.authority("la:001")).tables["not_known"]["not_known"].to_list()
    theirs = profile(held, Lens.authority("la:002")).tables["not_known"]["not_known"].to_list()
    question = "Which schools take part in professional learning"
    assert not any(one.startswith(question) for one in ours)
    assert any(one.startswith(question) for one in theirs)
