"""Who tends the landscape: cases reckoned by hand, on the ring of six schools."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.themes.leadership.gardeners import gardeners_here
from hedgerow.themes.leadership.naming import independent_namings
from hedgerow.themes.leadership.rootedness import carriers_of_pairs
from tests.made_up import MadeUp
from tests.spec.features.bridging.places import ring, role, school

NAMED = date(2022, 2, 1)


def here_of(place: MadeUp, **options):
    return place.landscape().through(Lens.authority("la:001"), phase="primary", **options)


def name(place: MadeUp, asker: int, *named: int, day: date = NAMED) -> None:
    for number in named:
        place.add("nominations", from_id=f"person:{asker}", to_id=f"person:{number}", date=day)


def named_ring() -> MadeUp:
    """Named 1 by 2, 3, 4 and by 9, who sits in the same hub; 7 by 4, 5 and 6; 9 by 2 and 5; 10,
    who has left, by 6: ten namings."""
    place = ring()
    place.add("persons", id="person:10", label="Name 10")
    role(place, 10, "mh:1", "lead", date(2014, 9, 1), end=date(2020, 8, 31))
    name(place, 2, 1, 9)
    name(place, 3, 1)
    name(place, 4, 1, 7)
    name(place, 5, 7, 9)
    name(place, 6, 7, 10)
    name(place, 9, 1, 9)  # naming oneself counts for nothing
    return place


def test_who_is_named_from_several_sides():
    here = here_of(named_ring())
    assert independent_namings(here) == {
        "person:1": 3, "person:7": 3, "person:9": 2, "person:10": 1,
    }  # fmt: skip  # one count a person


def test_a_naming_from_ones_own_organisation_is_not_independent():
    place = named_ring()
    name(place, 7, 1)
    # 7 and 1 are both of the hub
    assert independent_namings(here_of(place))["person:1"] == 3


@pytest.mark.works("leadership.gardeners_per_100_schools")
def test_gardeners(measure):
    # 1 alone joins school 1 and the hub, 9 authority and hub; 7 is named from three schools
    place = named_ring()
    assert gardeners_here(here_of(place)).persons == ("person:1", "person:7", "person:9")
    found = measure(place, "leadership.gardeners_per_100_schools")
    assert (found.value, found.n) == (pytest.approx(300 / 6), 6)
    # Jeffreys' interval of 3 in 6 schools: chi-squared quantiles of 7 degrees, 1.6899 and 16.0128,
    # over 2 x 6, times 100
    assert found.interval.low == pytest.approx(14.082, abs=0.01)
    assert found.interval.high == pytest.approx(133.44, abs=0.01)


def test_gardeners_without_namings(measure):
    found = measure(ring(), "leadership.gardeners_per_100_schools")
    assert found.value == pytest.approx(200 / 6)
    assert "boards alone" in found.caveat


@pytest.mark.works("leadership.named_but_gone")
def test_somebody_who_left_is_named_but_no_gardener(measure):
    place = named_ring()
    name(place, 2, 10)
    name(place, 3, 10)
    assert "person:10" not in gardeners_here(here_of(place)).persons
    # twelve namings, three of them of 10
    found = measure(place, "leadership.named_but_gone")
    assert (found.value, found.n) == (pytest.approx(3 / 12), 12)


def test_namings_stand_for_three_years(measure):
    place = ring()
    for asker in (2, 3, 4):
        name(place, asker, 1, day=date(2018, 5, 1))
    found = measure(place, "leadership.snowball_coverage")
    assert found.status == "not measured"


@pytest.mark.works("leadership.spanners_unseen")
def test_who_has_not_been_named(measure):
    # 1 is named four times, 7 three times, 9 twice, 10 once: f1 = 1, f2 = 1, nobody unseen
    found = measure(named_ring(), "leadership.spanners_unseen")
    assert (found.value, found.n) == (0, 4)
    place = named_ring()
    name(place, 3, 8)
    # f1 = 2 (8 and 10), f2 = 1: 2 x 1 / (2 x 2)
    found = measure(place, "leadership.spanners_unseen")
    assert (found.value, found.n) == (pytest.approx(0.5), 5)
    assert found.interval.low <= found.value <= found.interval.high


@pytest.mark.works("leadership.snowball_coverage")
def test_namings_of_people_already_known(measure):
    # ten namings, of which one names 10 for the only time
    found = measure(named_ring(), "leadership.snowball_coverage")
    assert (found.value, found.n) == (pytest.approx(0.9), 10)


@pytest.mark.works("leadership.rootedness_years")
def test_years_here(measure):
    # 1 since 25 April 2012, 7 since 1 September 2014, 9 since 25 April 2010: the middle one
    found = measure(named_ring(), "leadership.rootedness_years")
    assert (found.value, found.n) == (pytest.approx(10, abs=0.01), 3)
    place = named_ring()
    role(place, 9, "la:001", "adviser", None)
    found = measure(place, "leadership.rootedness_years")
    assert (found.n, found.missing) == (2, 1)


@pytest.mark.works("leadership.succession_cover")
def test_second_carriers(measure):
    place = named_ring()
    # person 1 carries: school 1 and hub (roles), schools 1 and 3 (tie); 7 nothing; 9: authority
    # and hub. Three more pairs, of which 2 carries one too.
    for number in (2, 4, 5):
        place.tie("mh:1", school(number), "signposts", carrier="person:1")
    place.tie(school(2), "mh:1", "turns_to", carrier="person:2")
    pairs = carriers_of_pairs(here_of(place))
    assert pairs["mh:1", school(2)] == {"person:1", "person:2"}
    found = measure(place, "leadership.succession_cover")
    assert (found.value, found.n) == (pytest.approx(1 / 6), 6)


@pytest.mark.works("leadership.lost_with_three")
def test_three_people_together(measure):
    # without 1 and 9 no path leads from the hub to any school
    found = measure(ring(), "leadership.lost_with_three")
    assert (found.value, found.n) == (pytest.approx(1), 9)
    assert found.chance.expected < 1


@pytest.mark.works("leadership.visibility_gap")
def test_posts_and_namings(measure):
    place = named_ring()
    name(place, 1, 9)  # of the same hub
    name(place, 3, 9)
    # named from three organisations: 1, 7 and 9 each; from one: 10; 8, a chief executive, from none
    # posts: 8 five days, 7 four, 9 three, 1 one, 10 none any more
    # shares of the other four below, ties half: by naming 1, 7 and 9: (2 + 2/2)/4
    # by posts 7: 3/4, 9: 2/4, 1: 1/4
    found = measure(place, "leadership.visibility_gap")
    expected = ((0.75 - 0.25) + (0.75 - 0.75) + (0.75 - 0.5)) / 3
    assert (found.value, found.n) == (pytest.approx(expected), 3)
    assert found.chance.draws > 0
    assert not measure(named_ring(), "leadership.visibility_gap").is_measured


@pytest.mark.works("leadership.outward_facing_share")
def test_schools_that_face_outwards(measure):
    # 1, 4 and 5 turn to another body, 2 and 3 to their own; 6 named nobody
    found = measure(ring(), "leadership.outward_facing_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(0.6), 5, 1)
    assert found.chance.expected == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize(
    "identifier", ["named_but_gone", "visibility_gap", "spanners_unseen", "snowball_coverage"]
)
def test_two_interviews_say_nothing(measure, identifier):
    place = ring()
    name(place, 2, 1)
    name(place, 3, 1)
    found = measure(place, f"leadership.{identifier}")
    assert (found.status, found.n) == ("not measured", 2)
    assert "below 3" in found.reason
