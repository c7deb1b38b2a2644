"""What open data says of the dynamics of trusts, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.made_up import MadeUp

GRADED = date(2019, 5, 1)


@pytest.mark.works("linked_systems.performance_pressure_share")
def test_pressure_of_performance(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    for number in range(900001, 900007):
        place.school(number, authority="la:001")
    sponsored = {"authority": "la:001", "trust": "uid:90001", "route": "sponsored"}
    place.school(900007, joined=date(2020, 9, 1), **sponsored)
    place.school(900008, joined=date(2012, 9, 1), **sponsored)
    found = measure(place, "linked_systems.performance_pressure_share")
    # one school placed with a sponsor lately is known, the grades of none
    assert (found.status, found.missing) == ("not measured", 7)
    for number, grade in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 2)):
        place.observe(f"urn:90000{number}", "inspection_grade", grade, GRADED)
    place.observe("urn:900004", "inspection_grade", 2, date(2021, 5, 1))
    place.observe("urn:900005", "inspection_grade", 4, date(2023, 5, 1))
    # known: five graded and the one lately sponsored; below good: 3 and the sponsored one, since 4
    # has got better and the grade of 5 is yet to come
    found = measure(place, "linked_systems.performance_pressure_share")
    assert (found.value, found.n, found.missing) == (pytest.approx(2 / 6), 6, 2)


@pytest.mark.works("linked_systems.hubs_run_by_growing_trusts")
def test_hubs_run_by_trusts_that_grow(measure):
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    assert measure(place, "linked_systems.hubs_run_by_growing_trusts").status == "not measured"
    for trust in ("uid:90001", "uid:90002", "uid:90003"):
        place.trust(trust)
    # the first trust took on a school here in 2020, the second in 2015 and one elsewhere in 2021
    place.school(900001, authority="la:001", trust="uid:90001", joined=date(2020, 9, 1))
    place.school(900002, authority="la:002", trust="uid:90001", joined=date(2014, 9, 1))
    place.school(900003, authority="la:001", trust="uid:90002", joined=date(2015, 9, 1))
    place.school(900004, authority="la:002", trust="uid:90002", joined=date(2021, 9, 1))
    place.school(900005, authority="la:001")
    place.school(900006, authority="la:002", trust="uid:90003", joined=date(2021, 9, 1))
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.hub("eh:1", "english_hub", covers=["la:001"])
    place.hub("ch:1", "computing_hub", covers=["la:001"])
    place.hub("tsh:1", "teaching_school_hub", covers=["la:001"])
    found = measure(place, "linked_systems.hubs_run_by_growing_trusts")
    assert (found.status, found.missing) == ("not measured", 4)
    place.tie("urn:900002", "mh:1", "hosts")
    place.tie("uid:90001", "eh:1", "hosts")
    place.tie("urn:900004", "ch:1", "hosts")
    # through its school elsewhere and by itself; of the fourth nobody knows the host
    found = measure(place, "linked_systems.hubs_run_by_growing_trusts")
    assert (found.value, found.n, found.missing) == (2, 3, 1)
    assert "took on 1 school here" in found.caveat
