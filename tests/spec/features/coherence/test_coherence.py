"""Coherence worked by hand: inside trusts, overlap and gaps of offers, signposts, rungs."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from tests.learning_records import offer, took_part
from tests.made_up import MadeUp

LONG_AGO = {"start": date(2017, 10, 1), "end": date(2017, 12, 1)}


def urn(number: int) -> str:
    return f"urn:{900000 + number}"


def region() -> MadeUp:
    """Eight schools: 1 to 3 in one trust, 4 and 5 in another, 6 in a third with a school elsewhere,
    7 and 8 maintained; a Maths Hub for the authority, an English Hub for 7 alone, a company."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    for trust in ("uid:90001", "uid:90002", "uid:90003"):
        place.trust(trust)
    governed = ["uid:90001"] * 3 + ["uid:90002"] * 2 + ["uid:90003", None, None]
    for number, trust in enumerate(governed, start=1):
        place.school(900000 + number, authority="la:001", trust=trust, pupils=100)
    place.school(900020, authority="la:002", trust="uid:90003")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.hub("eh:1", "english_hub", covers=[urn(7)])
    place.organisation("co:1", "company")
    return place


@pytest.mark.works("coherence.internal_share")
def test_learning_inside_the_own_trust(measure):
    place = region()
    own, other = offer(place, "uid:90001", "day"), offer(place, "uid:90002", "day")
    group, course = offer(place, "mh:1", "group"), offer(place, "co:1", "course")
    for school, activities in {
        1: [own, group, course],
        2: [own],
        3: [group],
        4: [other, other, group],  # a second record of the same activity is no second entry
        6: [course],  # its trust gave no record of any school here
        7: [group],  # maintained
    }.items():
        for activity in activities:
            took_part(place, urn(school), activity)
    took_part(place, urn(5), offer(place, urn(5), "staff meeting"))
    # 1/3, 1 and 0; 1/2. Schools 5 (nothing beyond its walls) and 6 are left out
    found = measure(place, "coherence.internal_share")
    # four schools are too few to show a share of
    assert (found.status, found.n) == ("suppressed", 4)
    took_part(place, urn(5), other)
    found = measure(place, "coherence.internal_share")
    assert found.value == pytest.approx((1 / 3 + 1 + 0 + 1 / 2 + 1) / 5)
    assert (found.n, found.missing) == (5, 1)


def test_silent_trusts_are_not_without_learning(measure):
    place = region()
    took_part(place, urn(1), offer(place, "mh:1", "group"))
    found = measure(place, "coherence.internal_share")
    assert found.status == "not measured"
    assert "Fewer than two trusts gave records" in found.reason


def offers() -> MadeUp:
    place = region()
    for subject, audience in [("Mathematics", "maths leads"), ("mathematics ", "Class teachers")]:
        offer(place, "mh:1", f"group for {audience}", subject=subject, audience=audience)
    offer(place, "co:1", "course", subject="mathematics", audience="class teachers")
    offer(place, "uid:90001", "day", subject="mathematics", audience="class teachers")
    offer(place, "eh:1", "audit", subject="reading", audience="reading leads")
    offer(place, "la:002", "briefing", subject="science", audience="maths leads")
    offer(place, "mh:1", "anything", subject="mathematics")  # for whom?
    offer(place, urn(1), "staff meeting", subject="mathematics", audience="all staff")
    offer(place, "mh:1", "old", subject="history", audience="all staff", **LONG_AGO)
    return place


@pytest.mark.works("coherence.offer_duplication")
def test_overlap_of_offers(measure):
    place = offers()
    took_part(place, urn(8), "co:1/course")
    # hub and company share 8 schools, cosine 1 / sqrt(2); hub and trust 3 schools, the same;
    # company and trust 3 schools, 1; English Hub with hub and company 1 school each, 0
    found = measure(place, "coherence.offer_duplication")
    half = 0.5**0.5
    assert found.value == pytest.approx((8 * half + 3 * half + 3 * 1) / (8 + 3 + 3 + 1 + 1))
    assert found.n == 4
    assert "1 offer that names no audience" in found.caveat


def test_a_company_that_nobody_here_went_to_serves_nobody(measure):
    # hub and trust share 3 schools, hub and English Hub 1
    found = measure(offers(), "coherence.offer_duplication")
    assert found.value == pytest.approx(3 * 0.5**0.5 / 4)
    assert found.n == 3


@pytest.mark.works("coherence.offer_gaps")
def test_gaps_in_what_is_offered(measure):
    place = offers()
    # anywhere: mathematics for leads and for class teachers, reading, science. The hub gives all
    # eight the first two; the English Hub gives reading to 7; science is elsewhere
    found = measure(place, "coherence.offer_gaps")
    assert found.value == pytest.approx((7 * 2 / 4 + 1 / 4) / 8)
    assert found.n == 8


@pytest.mark.works("coherence.signposted_schools_share")
def test_schools_that_somebody_points_to_offers(measure):
    place = region()
    assert measure(place, "coherence.signposted_schools_share").status == "not measured"
    place.organisation("assoc:1", "association")
    day = date(2020, 9, 1)
    place.tie("assoc:1", urn(1), "signposts", start=date(2015, 9, 1), end=day)
    # one was pointed to offers once, none is now: that is known
    assert measure(place, "coherence.signposted_schools_share").value == 0
    for number in (2, 3, 3):
        place.tie("assoc:1", urn(number), "signposts", start=day)
    found = measure(place, "coherence.signposted_schools_share")
    assert (found.value, found.n) == (2 / 8, 8)


@pytest.mark.works(
    "coherence.career_strand_share",
    "coherence.career_new_teachers_share",
    "coherence.career_qualifications_share",
    "coherence.career_subject_leads_share",
)
def test_rungs_of_a_career(measure):
    place = region()
    new = offer(place, "mh:1", "seminar", audience="early career teachers")
    npq = offer(place, "co:1", "National Professional Qualification for leaders")
    group = offer(place, "mh:1", "group")
    for number in (1, 2, 3):
        took_part(place, urn(number), new)
    took_part(place, urn(4), group, role="ECT")
    took_part(place, urn(1), npq)
    took_part(place, urn(2), npq, **LONG_AGO)
    took_part(place, urn(1), group, role="Maths lead")
    took_part(place, urn(5), group, role="mathematics co-ordinator")
    took_part(place, urn(6), group, role="leader")
    took_part(
        place, urn(7), group, start=date(2019, 10, 1), end=date(2019, 12, 1), role="maths lead"
    )
    assert measure(place, "coherence.career_new_teachers_share").value == 4 / 8
    # more than three years ago does not count
    assert measure(place, "coherence.career_qualifications_share").value == 1 / 8
    assert measure(place, "coherence.career_subject_leads_share").value == 3 / 8
    # the first alone has all three
    assert measure(place, "coherence.career_strand_share").value == 1 / 8


def test_a_rung_that_nobody_is_on_record_for_is_not_known(measure):
    place = region()
    took_part(place, urn(1), offer(place, "mh:1", "group"), role="class teacher")
    for name in ("new_teachers_share", "qualifications_share", "subject_leads_share"):
        assert measure(place, f"coherence.career_{name}").status == "not measured"


def test_without_records_nothing_is_known(measure):
    for one in load():
        if one.feature == "coherence":
            found = measure(region(), one.id)
            assert found.status == "not measured", one.id
            assert found.would_tell, one.id


def test_coherence_of_the_made_up_region(made_up_region):
    found = {}
    for place in ("City", "Town", "Shire"):
        lens = find_place(made_up_region, f"authority:{place}")
        here = made_up_region.through(lens, on=STUDY_DAY, phase="primary")
        for one in load():
            if one.feature == "coherence":
                found[place, one.id] = INDICATORS[one.id].measure(here)
                # in City leaders signpost one another; nobody writes to schools
                is_said = (place, one.id) == ("City", "coherence.signposted_schools_share")
                assert found[place, one.id].is_measured != is_said, (place, one.id)
    felt = {
        place: found[place, "coherence.experienced_coherence"].value
        for place in ("City", "Town", "Shire")
    }
    # most find it fragmented everywhere, least where an association keeps heads in touch
    assert felt["Town"] < felt["Shire"] < 0.6
    assert felt["City"] < 0.5
    inside = {place: found[place, "coherence.internal_share"].value for place in ("City", "Town")}
    assert inside["Town"] > inside["City"]
    assert found["Shire", "coherence.signposted_schools_share"].value > 0.8
    assert found["Town", "coherence.signposted_schools_share"].value < 0.1
