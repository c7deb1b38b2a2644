"""Hubs: which serve the place, how far they are, and whether they are hosted in it."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp, brambleford

HERE = {"authority": "la:001", "district": "lad:N"}


def three_schools() -> MadeUp:
    """Schools at 0, 3 and 9 km east of a Maths Hub hosted by the first; a hub of each kind covers
    them, each with its own position 4 km north of the first school."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    for number, km in enumerate((0, 3, 9)):
        place.school(900001 + number, at=(400_000 + 1_000 * km, 300_000), **HERE)
    for number, kind in enumerate(HUB_NAMES):
        place.hub(
            f"hub:{number}",
            kind,
            covers=["la:001"],
            easting=400_000.0,
            northing=304_000.0,
            position_from="given",
            authority="la:002",
        )
    return place


@pytest.mark.works("linked_systems.hub_distance_*")
@pytest.mark.parametrize("kind", HUB_NAMES)
def test_distance_to_a_hub_of_each_kind(measure, kind):
    # 4 km, √(3² + 4²) = 5 km, √(9² + 4²) = √97 km: the median is 5
    found = measure(three_schools(), f"linked_systems.hub_distance_{kind}")
    assert (found.value, found.n, found.missing) == (pytest.approx(5), 3, 0)


@pytest.mark.works("linked_systems.hub_inside_*")
@pytest.mark.parametrize("kind", HUB_NAMES)
def test_a_hub_in_another_authority_is_not_inside(measure, kind):
    found = measure(three_schools(), f"linked_systems.hub_inside_{kind}")
    assert (found.value, found.n) == (0, 1)
    wider = Lens.authority("la:001") | Lens.authority("la:002")
    assert measure(three_schools(), f"linked_systems.hub_inside_{kind}", wider).value == 1


@pytest.mark.works("linked_systems.hub_distance_maths_hub", "linked_systems.hub_inside_maths_hub")
def test_a_hub_without_position_is_where_its_host_is(measure):
    place = three_schools()
    place.hub("mh:2", "maths_hub", covers=["urn:900003"])
    place.tie("urn:900003", "mh:2", "hosts")
    # the third school is now 0 km from its nearest Maths Hub: 4, 5 and 0
    assert measure(place, "linked_systems.hub_distance_maths_hub").value == pytest.approx(4)
    found = measure(place, "linked_systems.hub_inside_maths_hub")
    assert (found.value, found.n) == (1, 2)


def test_a_hub_of_unknown_place_is_missing_not_outside(measure):
    place = MadeUp()
    place.authority("la:001")
    place.school(900001, at=(400_000, 300_000), **HERE)
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    for identifier in ("hub_distance_maths_hub", "hub_inside_maths_hub", "hubs_hosted_inside"):
        found = measure(place, f"linked_systems.{identifier}")
        assert (found.status, found.missing) == ("not measured", 1), identifier


@pytest.mark.works(
    "linked_systems.hubs_serving",
    "linked_systems.hubs_hosted_inside",
    "linked_systems.hubs_hosted_inside_share",
    "linked_systems.hub_colocation_km",
    "local_lens.navigational_load",
)
@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        # seven kinds of hub, one each; none of them in the authority
        ("linked_systems.hubs_serving", 7),
        ("linked_systems.hubs_hosted_inside", 0),
        ("linked_systems.hubs_hosted_inside_share", 0),
        # all at one spot
        ("linked_systems.hub_colocation_km", 0),
        # the authority and seven hubs for every maintained school
        ("local_lens.navigational_load", 8),
    ],
)
def test_hubs_that_serve_the_place(measure, identifier, value):
    assert measure(three_schools(), identifier).value == value


@pytest.mark.works("linked_systems.hub_colocation_km")
def test_hubs_apart(measure):
    place = MadeUp()
    place.authority("la:001")
    place.school(900001, at=(400_000, 300_000), **HERE)
    for number, (x, y) in enumerate(((0, 0), (3_000, 0), (0, 4_000))):
        place.hub(
            f"hub:{number}",
            "maths_hub",
            covers=["la:001"],
            easting=400_000.0 + x,
            northing=300_000.0 + y,
            position_from="given",
        )
    # sides of a right triangle: (3 + 4 + 5) / 3
    assert measure(place, "linked_systems.hub_colocation_km").value == pytest.approx(4)


def test_a_shared_district_leaves_both_hubs_possible(measure):
    # Brambleford's 8 open primary schools: five in North (hub HH1), four in South, shared by both
    place = brambleford()
    found = measure(place, "linked_systems.hub_inside_teaching_school_hub")
    # HH1 is hosted by a school here; where HH2 is hosted is not known
    assert (found.value, found.n, found.missing) == (1, 1, 1)


@pytest.mark.works("local_lens.navigational_load", "local_lens.navigational_hosts")
def test_navigational_load_and_hosts(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    place.trust("uid:90002")
    place.school(900001, **HERE)
    place.school(900002, trust="uid:90001", **HERE)
    place.school(900003, trust="uid:90002", **HERE)
    place.school(900004, trust="uid:90002", authority="la:002")
    place.school(900005, status="academy", **HERE)
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.hub("eh:1", "english_hub", covers=["la:001"])
    place.hub("ch:1", "computing_hub", covers=["urn:900001"])
    # maintained: authority and three hubs, 4; alone in its trust: authority and two hubs, 3;
    # in a trust of two: 4; the fifth has no trust on record and is missing: 11 / 3
    found = measure(place, "local_lens.navigational_load")
    assert (found.value, found.n, found.missing) == (pytest.approx(11 / 3), 3, 1)
    assert measure(place, "local_lens.navigational_hosts").status == "not measured"
    for hub in ("mh:1", "eh:1"):
        place.tie("urn:900002", hub, "hosts")
    # the first school's computing hub has no host on record; the other three have one host of two
    found = measure(place, "local_lens.navigational_hosts")
    assert (found.value, found.n, found.missing) == (1, 3, 1)
    place.tie("urn:900003", "ch:1", "hosts")
    # two hosts for the first, one for the others: 5 / 4
    found = measure(place, "local_lens.navigational_hosts", on=date(2022, 4, 25))
    assert (found.value, found.n, found.missing) == (pytest.approx(5 / 4), 4, 0)
