"""The sentences about a place: what they say, what they rest on, and what they never say."""

from __future__ import annotations

import re

import pytest

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile
from hedgerow.localities.saying import counted, in_per_cent, kilometres, listed
from tests.made_up import REGISTER_DAY, MadeUp, brambleford

JUDGING = re.compile(
    r"\b(best|worst|better|worse|good|bad|poor|strong|weak|success\w*|fail\w*|top|bottom|rank\w*)\b"
)


def town() -> MadeUp:
    """Forty schools: 30 maintained, 8 in a trust of 8, 2 with no trust on record; Elsewhere has 20,
    all maintained."""
    place = MadeUp()
    place.authority("la:001", "Thistle")
    place.authority("la:002", "Elsewhere")
    place.trust("uid:90008", "Nettle Trust")
    where = {"authority": "la:001", "region": "Middle Shires"}
    for number in range(40):
        values = {"trust": "uid:90008"} if number < 8 else {}
        if number in (8, 9):
            values = {"status": "academy"}
        school = place.school(
            900001 + number,
            at=(400_000 + 1_000 * number, 300_000),
            pupils=None if number == 39 else 100,
            rural=number < 10,
            **where,
            **values,
        )
        place.observe(school, "fsm_eligible", 20, REGISTER_DAY, denominator=100)
    for number in range(20):
        place.school(900101 + number, authority="la:002", pupils=100, rural=False)
    place.hub("mh:1", "maths_hub", "Moss Hub", covers=["la:001"])
    place.tie("urn:900001", "mh:1", "hosts")
    return place


@pytest.fixture(scope="module")
def country() -> Landscape:
    return town().landscape()


@pytest.fixture(scope="module")
def sentences(country) -> list[str]:
    return [one.text for one in profile(country, Lens.authority("la:001")).overview]


def test_size(sentences):
    # 39 schools with 100 pupils each; each a kilometre from the next; 10 of 40 rural, 10 of 60 in
    # England, which lies within the interval, 14 to 40, but 8 points away
    assert sentences[0] == (
        "As on 25 April 2022 there are 40 primary schools in Thistle, with 3,900 pupils on roll at "
        "the 39 of which that is known; half of them lie within 1.0 km of another, and 25 per cent "
        "are in rural areas, which so few cannot tell from England's (17 per cent)."
    )


def test_governance(sentences):
    # 30 of 40 maintained, England 50 of 60; 8 of 40 in a trust of 8, England 8 of 60
    assert sentences[1] == (
        "The local authority maintains 75 per cent of them, which so few cannot tell from "
        "England's (83 per cent); one trust with several schools runs the others whose trust is on "
        "record, and 20 per cent are in trusts of six schools or more, which so few cannot tell "
        "from England's (13 per cent)."
    )


def test_hubs_and_what_is_missing(sentences):
    # from 0 to 39 km: the middle one 19.5
    said = "The schools are designated to the Maths Hub (20 km from a typical school), hosted here."
    assert said in sentences
    assert any(one.startswith("Two academies have no trust on record") for one in sentences)
    assert any(one.startswith("The register does not tell how many speak") for one in sentences)
    assert sentences[-1].endswith("takes local evidence.")


def test_hubs_here_and_hubs_elsewhere():
    place = town()
    elsewhere = {"authority": "la:002", "easting": 400_000.0, "northing": 300_000.0}
    place.hub("eh:1", "english_hub", covers=["la:001"], position_from="given", **elsewhere)
    place.hub("tsh:1", "teaching_school_hub", covers=["la:001"])
    place.hub("tsh:2", "teaching_school_hub", covers=["urn:900001"], authority="la:001")
    found = profile(place.landscape(), Lens.authority("la:001"))
    hubs = next(one.text for one in found.overview if "designated" in one.text)
    assert hubs == (
        "The schools are designated to two Teaching School Hubs, one of them hosted here; to the "
        "Maths Hub (20 km from a typical school), hosted here; to the English Hub (20 km), hosted "
        "elsewhere."
    )


def test_every_sentence_names_the_findings_that_it_rests_on(country):
    for lens in (Lens.authority("la:001"), Lens.everywhere(), Lens.trust("uid:90008")):
        found = profile(country, lens)
        ids = {one.id for one in found.findings}
        for statement in found.overview[:-1]:
            assert statement.findings, statement.text
            assert set(statement.findings) <= ids
        assert found.overview[-1].findings == ()


@pytest.mark.parametrize("phase", ["primary", "secondary", "all"])
def test_nothing_is_judged_or_left_dangling(country, phase):
    for landscape in (country, brambleford().landscape()):
        for lens in (Lens.everywhere(), Lens.authority("la:001"), Lens.authority("la:002")):
            for statement in profile(landscape, lens, phase=phase).overview:
                assert not JUDGING.search(statement.text), statement.text
                assert statement.text[0].isupper() or statement.text[0].isdigit()
                assert statement.text.endswith(".")
                assert not re.search(r"\s[;,.]|\s\s|None|nan", statement.text), statement.text


def test_a_figure_held_back_is_not_said(country):
    # three schools: shares would rest on too few
    lens = Lens.listed(["urn:900001", "urn:900011", "urn:900012"])
    found = profile(country, lens)
    assert found.finding("linked_systems.maintained_share").status == "suppressed"
    text = " ".join(one.text for one in found.overview)
    assert "maintains" not in text
    assert "held back for resting on too few" in text
    assert "Two bodies govern them." in text


def test_seen_through_its_trust_the_governing_body_goes_without_saying(country):
    text = " ".join(one.text for one in profile(country, Lens.trust("uid:90008")).overview)
    assert "governed by" not in text
    assert "different governing bodies" not in text


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "none"), (0.004, "less than 1 per cent"), (0.466, "47 per cent"), (1, "all")],
)
def test_shares_in_words(share, words):
    assert in_per_cent(share) == words


def test_counts_lists_and_distances_in_words():
    assert counted(1, "trust") == "one trust"
    assert counted(22, "trust") == "22 trusts"
    assert counted(2, "academy has", "academies have") == "two academies have"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"], "or") == "a"
    assert (kilometres(0.04), kilometres(0.52), kilometres(12.3)) == ("100 m", "0.5 km", "12 km")
