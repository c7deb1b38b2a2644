"""Who takes part, by need, size, place and who governs: worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.methods.theil import theil_split
from tests.learning_records import offer, took_part
from tests.made_up import REGISTER_DAY, MadeUp

FAR = Lens.authority("la:002")


def region(schools: int = 12) -> MadeUp:
    """Schools of 100 pupils: of each four the first two maintained, the others in one trust of two
    each; a hub of la:001 and la:002."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    for number in range(schools):
        trust = None
        if number % 4 > 1:
            trust = f"uid:{90001 + number // 4}"
            if number % 4 == 2:
                place.trust(trust)
        place.school(
            900001 + number,
            authority="la:001",
            district="lad:N" if number < schools / 2 else "lad:S",
            trust=trust,
            pupils=100,
        )
    place.hub("mh:1", "maths_hub", covers=["la:001", "la:002"])
    place.organisation("co:1", "company")
    return place


def urn(number: int) -> str:
    return f"urn:{900000 + number}"


@pytest.mark.works("equity.dose_between_bodies", "equity.dose_between_districts")
def test_inequality_between_bodies_and_districts(measure):
    place = region()
    course = offer(place, "co:1")
    doses = [1, 1, 4, 4, 1, 1, 2, 2, 1, 1, 0, 0]
    for number, staff in enumerate(doses, start=1):
        if staff:
            took_part(place, urn(number), course, staff)
    bodies = ["la", "la", "a", "a", "la", "la", "b", "b", "la", "la", "c", "c"]
    split = theil_split(doses, bodies)
    found = measure(place, "equity.dose_between_bodies")
    # within each body all are alike
    assert split.within == pytest.approx(0)
    assert found.value == pytest.approx(1)
    assert found.chance.p < 0.05
    # 12 sessions in the one half of the schools and 6 in the other
    split = theil_split(doses, ["n"] * 6 + ["s"] * 6)
    assert measure(place, "equity.dose_between_districts").value == pytest.approx(
        split.between_share
    )
    one = measure(place, "equity.dose_between_districts", Lens.district("lad:N"))
    assert one.status == "not measured"


@pytest.mark.works("equity.maths_hub_median_odds_ratio")
def test_odds_from_body_to_body(measure):
    place = region(20)
    group = offer(place, "mh:1", "work group")
    # schools of trusts all take part, and none of the ten that the authority maintains
    for number in range(1, 21):
        if (number - 1) % 4 > 1:
            took_part(place, urn(number), group)
    found = measure(place, "equity.maths_hub_median_odds_ratio")
    assert found.n == 20
    assert found.value > 3
    assert found.interval.low <= found.value <= found.interval.high
    # with four of twenty it is not said
    place.rows["participation"] = place.rows["participation"][:4]
    assert measure(place, "equity.maths_hub_median_odds_ratio").status == "not measured"


@pytest.mark.works("equity.hub_reach_against_rest")
def test_take_up_here_against_the_rest_of_the_hub_s_area(measure):
    place = region(10)
    for number in range(10):
        place.school(900101 + number, authority="la:002", pupils=100)
    group = offer(place, "mh:1", "work group")
    course = offer(place, "co:1")
    for number in (1, 2, 3, 4, 5, 101, 102):
        took_part(place, urn(number), group)
        took_part(place, urn(number), course)
    took_part(place, urn(103), group, start=date(2019, 10, 1), end=date(2019, 12, 1))
    # five of ten here, two of ten there
    found = measure(place, "equity.hub_reach_against_rest")
    assert found.value == pytest.approx(2.5)
    assert found.n == 10
    assert "10 schools elsewhere" in found.caveat
    assert measure(place, "equity.hub_reach_against_rest", FAR).value == pytest.approx(0.4)
    assert measure(place, "equity.hub_reach_against_rest", Lens.everywhere()).status == (
        "not measured"
    )


@pytest.mark.works("equity.hub_reach_against_rest")
def test_a_second_hub_is_compared_within_its_own_area(measure):
    place = region(10)
    for number in range(10):
        place.school(900101 + number, authority="la:002", pupils=100)
    place.hub("eh:1", "english_hub", covers=["la:001", *(urn(101 + n) for n in range(5))])
    group, audit = offer(place, "mh:1"), offer(place, "eh:1")
    for number in (1, 2, 3, 4, 5, 101, 102):
        took_part(place, urn(number), group)
    for number in (1, 101, 102):
        took_part(place, urn(number), audit)
    # first hub 5/10 and 2/10, second 1/10 and 2/5: (5 * 10/20 + 1 * 5/15) / (2 * 10/20 + 2 * 10/15)
    found = measure(place, "equity.hub_reach_against_rest")
    assert found.value == pytest.approx((5 / 2 + 1 / 3) / (1 + 4 / 3))


def in_need() -> MadeUp:
    """Ten schools with 5, 10, ... 50 of 100 pupils on free school meals."""
    place = region(10)
    for number in range(1, 11):
        place.observe(urn(number), "fsm_eligible", 5 * number, REGISTER_DAY, denominator=100)
    return place


@pytest.mark.works("equity.dose_towards_disadvantaged")
def test_dose_towards_schools_in_need(measure):
    place = in_need()
    course = offer(place, "co:1")
    took_part(place, urn(10), course, 4)
    # all with the neediest, whose rank is 0.95: 2 * 0.95 - 1
    found = measure(place, "equity.dose_towards_disadvantaged")
    assert found.value == pytest.approx(0.9)
    assert found.n == 10
    took_part(place, urn(1), course, 4)
    assert measure(place, "equity.dose_towards_disadvantaged").value == pytest.approx(0)


@pytest.mark.works("equity.hub_reach_towards_disadvantaged")
def test_hub_reach_towards_schools_in_need(measure):
    place = in_need()
    group = offer(place, "mh:1")
    for number in range(1, 6):
        took_part(place, urn(number), group)
    # the five least needy alone: ranks 0.05 to 0.45, mean 0.25; 8 * (0.5 * 0.25 - 0.5 * 0.5)
    found = measure(place, "equity.hub_reach_towards_disadvantaged")
    assert found.value == pytest.approx(-1)
    assert found.interval is not None
    assert -1 <= found.interval.low <= found.interval.high <= 0


def test_of_one_trust_alone_there_is_nothing_to_draw_anew(measure):
    place = MadeUp()
    place.authority("la:001")
    place.trust("uid:90001")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    for number in range(1, 11):
        place.school(900000 + number, authority="la:001", trust="uid:90001", pupils=100)
        place.observe(urn(number), "fsm_eligible", 5 * number, REGISTER_DAY, denominator=100)
    took_part(place, urn(10), offer(place, "mh:1"), 4)
    # the neediest alone: 2 * 0.95 - 1, and 8 * (0.1 * 0.95 - 0.1 * 0.5)
    for name, value in (("dose", 0.9), ("hub_reach", 0.36)):
        found = measure(place, f"equity.{name}_towards_disadvantaged")
        assert found.value == pytest.approx(value)
        assert found.interval is None
        assert "nothing to draw anew" in found.caveat


def test_need_that_few_tell_of_says_nothing(measure):
    place = region(8)
    for number in range(1, 9):
        place.observe(urn(number), "fsm_eligible", 5, REGISTER_DAY, denominator=100)
    took_part(place, urn(1), offer(place, "co:1"))
    for name in ("dose_towards_disadvantaged", "hub_reach_towards_disadvantaged"):
        found = measure(place, f"equity.{name}")
        assert found.status == "not measured"
        assert "fewer than 10" in found.reason


@pytest.mark.works("equity.small_school_hub_ratio")
def test_small_schools_against_larger_ones(measure):
    place = region(10)
    for number in range(6):
        place.school(900101 + number, authority="la:001", pupils=300)
    place.school(900120, authority="la:001")
    group = offer(place, "mh:1")
    for number in (1, 2, 101, 102, 103):
        took_part(place, urn(number), group)
    # 2 of 10 small ones, 3 of 6 larger ones; of one the pupils are not known
    found = measure(place, "equity.small_school_hub_ratio")
    assert found.value == pytest.approx((2 / 10) / (3 / 6))
    assert (found.n, found.missing) == (16, 1)
    assert "10 are small" in found.caveat
    assert measure(region(4), "equity.small_school_hub_ratio").status == "not measured"


def scattered() -> MadeUp:
    """Two groups of twelve schools, far from one another; those in the west learn with others."""
    place = MadeUp()
    place.authority("la:001")
    place.organisation("co:1", "company")
    course = offer(place, "co:1")
    for number in range(24):
        east = 300_000 if number >= 12 else 100_000
        at = (east + 1000 * number, 0)
        place.school(900001 + number, authority="la:001", at=at, pupils=100)
        if number < 12:
            took_part(place, urn(number + 1), course, 2)
    return place


@pytest.mark.works("equity.engagement_cold_spots")
def test_cold_spots_of_taking_part(measure):
    # in the east nobody has any, nor have their five neighbours: among 23 others all of five are
    # of the eleven in the east in C(11, 5) / C(23, 5) = 1.4 per cent of draws, twelve times at once
    found = measure(scattered(), "equity.engagement_cold_spots")
    assert found.value == pytest.approx(12 / 24)
    # where every other school takes part, no neighbourhood is cold
    place = scattered()
    course = place.rows["activities"][0]["id"]
    place.rows["participation"] = []
    for number in range(1, 25, 2):
        took_part(place, urn(number), course, 2)
    assert measure(place, "equity.engagement_cold_spots").value == 0


def test_too_few_schools_have_no_cold_spots(measure):
    place = region(12)
    took_part(place, urn(1), offer(place, "co:1"))
    assert "20 schools" in measure(place, "equity.engagement_cold_spots").reason


def asked(place: MadeUp, *numbers: int) -> None:
    for number in numbers:
        place.observe(urn(number), "ties_asked", 1, date(2022, 3, 1))


@pytest.mark.works("equity.isolated_share")
def test_schools_on_their_own(measure):
    place = region(12)
    asked(place, *range(1, 11))
    place.tie(urn(1), urn(2), "turns_to")  # two maintained schools: in touch
    place.tie(urn(3), urn(4), "visits")  # within one trust: not across a border
    place.tie(urn(5), urn(7), "peer_review")
    took_part(place, urn(3), offer(place, "co:1"))
    place.organisation("cluster:1", "cluster")
    place.tie(urn(6), "cluster:1", "member_of", start=date(2019, 9, 1))
    place.tie(urn(8), "cluster:1", "member_of", start=date(2015, 9, 1), end=date(2021, 1, 1))
    # reached: 1, 2, 5, 7 by ties, 3 by a course, 6 by its cluster. 4, 8, 9 and 10 are not; 11 and
    # 12 were not asked
    found = measure(place, "equity.isolated_share")
    assert found.value == pytest.approx(4 / 10)
    assert (found.n, found.missing) == (10, 2)
    # with the two it would be six of twelve
    assert "it would be 50%" in found.caveat


def test_ties_that_nobody_asked_about_are_not_missing(measure):
    place = region(12)
    asked(place, 1, 2)
    took_part(place, urn(3), offer(place, "co:1"))
    assert measure(place, "equity.isolated_share").status == "not measured"
    alone = region(12)
    asked(alone, *range(1, 13))
    assert measure(alone, "equity.isolated_share").status == "not measured"


@pytest.mark.works("equity.net_trade")
def test_trade_between_trusts(measure):
    place = region(12)
    place.trust("uid:90009")
    place.school(900300, authority="la:002", trust="uid:90009")
    sold = offer(place, "uid:90001", "sold", cost_basis="charged")
    by_a_school = offer(place, urn(7), "sold too", cost_basis="charged")
    free = offer(place, "uid:90001", "given", cost_basis="free")
    unsaid = offer(place, "uid:90001", "unsaid")
    took_part(place, urn(7), sold, 12)  # of uid:90002
    took_part(place, urn(11), sold, 6)  # of uid:90003
    took_part(place, urn(3), by_a_school, 4)  # uid:90001 buys of uid:90002
    took_part(place, urn(4), sold, 50)  # its own school
    took_part(place, urn(1), sold, 50)  # maintained
    took_part(place, urn(7), free, 50)
    took_part(place, urn(7), unsaid, 50)
    took_part(place, "urn:900300", sold, 2)  # a trust from elsewhere
    # uid:90001 sells 20 and buys 4; uid:90002 sells 4 and buys 12; uid:90003 buys 6
    found = measure(place, "equity.net_trade")
    assert found.value == pytest.approx((16 + 8 + 6) / (24 + 16 + 6))
    assert (found.n, found.missing) == (46, 1)
    assert "2 trusts sold anything, and one of them 83% of it" in found.caveat
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1


@pytest.mark.works("equity.sales_inequality")
def test_few_trusts_sell(measure):
    place = region(12)
    sold = offer(place, "uid:90001", "sold", cost_basis="charged")
    too = offer(place, "uid:90002", "sold too", cost_basis="charged")
    took_part(place, urn(7), sold, 15)  # of uid:90002
    took_part(place, urn(11), too, 5)  # of uid:90003
    # 15, 5 and 0 sold: |15 - 5| + |15 - 0| + |5 - 0| = 30, over 3 trusts x 20 places
    found = measure(place, "equity.sales_inequality")
    assert found.value == pytest.approx(30 / 60)
    assert (found.n, found.missing) == (3, 0)


@pytest.mark.parametrize(
    "name",
    [
        "dose_between_bodies",
        "dose_between_districts",
        "maths_hub_median_odds_ratio",
        "hub_reach_against_rest",
        "dose_towards_disadvantaged",
        "hub_reach_towards_disadvantaged",
        "small_school_hub_ratio",
        "engagement_cold_spots",
        "isolated_share",
        "net_trade",
        "sales_inequality",
    ],
)
def test_without_records_nothing_is_known(measure, name):
    found = measure(region(12), f"equity.{name}")
    assert found.status == "not measured"
    assert found.would_tell
