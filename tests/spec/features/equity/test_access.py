"""Access and distance from open data alone, worked by hand on a line of schools and hubs."""

from __future__ import annotations

import math
from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, MadeUp

# weight of a hub 20 km away, of at most 40: what is left of the bell over its foot
AT_20 = (math.exp(-1 / 8) - math.exp(-1 / 2)) / (1 - math.exp(-1 / 2))
TSH = "teaching_school_hub"


def on_a_line(place: MadeUp, number: int, km: float, authority: str = "la:001", **values) -> str:
    return place.school(number, authority=authority, at=(100_000 + km * 1000, 0), **values)


def hub(place: MadeUp, identifier: str, km: float | None, covers=("la:001",), kind=TSH) -> str:
    at = {} if km is None else {"easting": 100_000 + km * 1000, "northing": 0.0}
    return place.hub(identifier, kind, covers=covers, position_from="given" if at else None, **at)


def country() -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    return place


@pytest.mark.works("equity.hub_access_*")
@pytest.mark.parametrize("kind", ["teaching_school_hub", "maths_hub"])
def test_access_is_shared_among_all_in_reach(measure, kind):
    place = country()
    hub(place, "hub:1", 0, kind=kind)
    on_a_line(place, 900001, 0)
    on_a_line(place, 900002, 20, "la:002")
    on_a_line(place, 900003, 100)
    # one hub for demand 1 + w: the near school has 1 / (1 + w) of it, the one at 100 km nothing;
    # an even share is a third of it
    near = 3 / (1 + AT_20)
    found = measure(place, f"equity.hub_access_{kind}")
    assert found.value == pytest.approx((near + 0) / 2)
    assert (found.n, found.missing) == (2, 0)
    assert "each counts alike" in found.caveat
    other = measure(place, f"equity.hub_access_{kind}", Lens.authority("la:002"))
    assert other.value == pytest.approx(AT_20 * near)
    # what all have adds up to what there is
    assert measure(place, f"equity.hub_access_{kind}", Lens.everywhere()).value == pytest.approx(1)


@pytest.mark.works("equity.hub_access_teaching_school_hub")
def test_hubs_count_by_their_places_where_all_are_known(measure):
    place = country()
    hub(place, "hub:1", 0)
    hub(place, "hub:2", 500, covers=["la:002"])
    on_a_line(place, 900001, 0)
    on_a_line(place, 900002, 500, "la:002")
    place.observe("hub:1", "hub_capacity", 30, REGISTER_DAY)
    assert measure(place, "equity.hub_access_teaching_school_hub").value == pytest.approx(1)
    place.observe("hub:2", "hub_capacity", 10, REGISTER_DAY)
    found = measure(place, "equity.hub_access_teaching_school_hub")
    # 30 of 40 places for one of two schools
    assert found.value == pytest.approx(1.5)
    assert "places that each hub offers" in found.caveat


def test_a_school_whose_hub_is_nowhere_is_not_one_without_access(measure):
    place = country()
    hub(place, "hub:1", 0, covers=["la:002"])
    hub(place, "hub:2", None, covers=["urn:900001"])
    on_a_line(place, 900001, 100)
    on_a_line(place, 900002, 0)
    on_a_line(place, 900003, 0, "la:002")
    found = measure(place, "equity.hub_access_teaching_school_hub")
    assert (found.n, found.missing) == (1, 1)
    assert "1 hub is hosted is not known" in found.caveat
    assert measure(place, "equity.hub_access_maths_hub").status == "not measured"


def crowd() -> MadeUp:
    """Thirty schools of la:002 around a hub; seven of la:001, six of them far from it."""
    place = country()
    hub(place, "hub:1", 0, covers=["la:001", "la:002"])
    hub(place, "hub:2", 1, covers=["la:001", "la:002"], kind="maths_hub")
    for number in range(30):
        on_a_line(place, 900001 + number, number / 10, "la:002")
    for number in range(6):
        on_a_line(place, 900101 + number, 200 + number)
    on_a_line(place, 900201, 3)
    return place


@pytest.mark.works("equity.access_cold_spots_*")
@pytest.mark.parametrize("kind", ["teaching_school_hub", "maths_hub"])
def test_cold_spots_are_low_among_low(measure, kind):
    identifier = f"equity.access_cold_spots_{kind}"
    # the six have no hub in reach, and so have their neighbours: of 36 others five have none, and
    # all five are drawn once in 376,992 times. The seventh lies among those who have much
    found = measure(crowd(), identifier)
    assert found.value == pytest.approx(6 / 7)
    assert measure(crowd(), identifier, Lens.authority("la:002")).value == 0
    assert measure(crowd(), identifier, Lens.everywhere()).status == "not measured"


@pytest.mark.works("equity.hub_distance_ede_*")
@pytest.mark.parametrize("kind", ["teaching_school_hub", "maths_hub"])
def test_the_farthest_weigh_most(measure, kind):
    place = country()
    hub(place, "hub:1", 0, covers=["la:001", "la:002"], kind=kind)
    for number, km in enumerate((10, 30)):
        on_a_line(place, 900001 + number, km)
    on_a_line(place, 900003, 20, "la:002")
    place.school(900004, authority="la:001")
    # the aversion is 1 over all three: mean 20, mean square (100 + 900 + 400) / 3
    kappa = 20 / (1400 / 3)
    expected = math.log((math.exp(10 * kappa) + math.exp(30 * kappa)) / 2) / kappa
    found = measure(place, f"equity.hub_distance_ede_{kind}")
    assert found.value == pytest.approx(expected)
    assert 20 < found.value < 30
    assert (found.n, found.missing) == (2, 1)
    # all alike: nothing is added to the mean
    alike = measure(place, f"equity.hub_distance_ede_{kind}", Lens.authority("la:002"))
    assert alike.value == pytest.approx(20)


def settings_of_schools() -> MadeUp:
    """Seven schools of la:001 and their hub at 0 km; a trust of two far apart."""
    place = country()
    place.trust("uid:90001")
    hub(place, "hub:1", 0)
    small, far = {"pupils": 150, "rural": True}, 25
    on_a_line(place, 900001, far, **small)
    on_a_line(place, 900002, 5, **small)
    on_a_line(place, 900003, far, pupils=250, rural=True)
    on_a_line(place, 900004, far, pupils=150, rural=False)
    on_a_line(place, 900005, far, **small, trust="uid:90001")
    on_a_line(place, 900006, 28, pupils=300, trust="uid:90001", rural=True)
    on_a_line(place, 900007, far, pupils=None, rural=True)
    return place


@pytest.mark.works("equity.small_rural_far_share")
def test_small_rural_and_far(measure):
    # 1 and 5 are all three; the pupils of 7 are not known, and all else fits
    found = measure(settings_of_schools(), "equity.small_rural_far_share")
    assert found.value == pytest.approx(2 / 6)
    assert (found.n, found.missing) == (6, 1)


@pytest.mark.works("equity.structurally_isolated_share")
def test_on_their_own_as_far_as_open_data_shows(measure):
    # far from the hub: all but 2. The two of the trust lie 3 km apart, so they have each other
    found = measure(settings_of_schools(), "equity.structurally_isolated_share")
    assert found.value == pytest.approx(4 / 7)
    assert found.n == 7


def test_without_hubs_nothing_is_said(measure):
    place = country()
    on_a_line(place, 900001, 0, pupils=100, rural=True)
    for name in (
        "hub_access_maths_hub",
        "access_cold_spots_maths_hub",
        "hub_distance_ede_maths_hub",
        "small_rural_far_share",
        "structurally_isolated_share",
    ):
        found = measure(place, f"equity.{name}")
        assert found.status == "not measured"
        assert found.would_tell


def test_a_place_without_schools_says_so(measure):
    for name in ("hub_access_maths_hub", "small_rural_far_share", "isolated_share", "net_trade"):
        found = measure(country(), f"equity.{name}", on=date(2022, 1, 1))
        assert "No primary schools" in found.reason


def test_a_hub_counts_up_to_forty_kilometres_away(measure):
    place = country()
    hub(place, "hub:1", 0)
    on_a_line(place, 900001, 39)
    on_a_line(place, 900002, 41, "la:002")
    # all that there is goes to the one of two schools that can get there
    found = measure(place, "equity.hub_access_teaching_school_hub")
    assert found.value == pytest.approx(2)
    beyond = measure(place, "equity.hub_access_teaching_school_hub", Lens.authority("la:002"))
    assert beyond.value == 0
