"""What people said in interviews, worked by hand: what is local, and how far things hang together.

Four schools and a Maths Hub. On what is local, by number of passages:

======  ============  =========================================================================
Person  works in      says
======  ============  =========================================================================
1       school 1      town or district 2, trust 2
2       school 1      trust 3
3       school 2      town or district 4
4       school 2      own school, neighbouring schools, trust, hub network, 1 each
5       school 3      town or district 1 to coder A, trust 1 to coder B
6       school 3      authority area 2, own school 1
7       school 4      own school 1
8       the hub       hub network 1
9       not known     trust 1
10      elsewhere     trust 1
11      school 4      trust 1, in 2019
======  ============  =========================================================================
"""

from __future__ import annotations

import math
from datetime import date
from itertools import permutations, product

import pytest

from hedgerow.features.interviews import FEWEST
from tests.made_up import MadeUp

THIS_SPRING = date(2022, 3, 1)


def region() -> MadeUp:
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    for number in range(900001, 900005):
        place.school(number, authority="la:001")
    place.school(900005, authority="la:002")
    return place


def says(
    place: MadeUp,
    person: int,
    organisation: str | None,
    matter: str,
    said: str,
    passages: int | None = None,
    *,
    coder: str = "coder A",
    day: date = THIS_SPRING,
    group: str | None = None,
) -> None:
    place.add(
        "accounts",
        person=f"person:{person}",
        organisation=organisation,
        matter=matter,
        said=said,
        passages=passages,
        coder=coder,
        date=day,
        group=group,
    )


def locals_told() -> MadeUp:
    place = region()
    for person, organisation, said in (
        (1, "urn:900001", {"town or district": 2, "trust": 2}),
        (2, "urn:900001", {"trust": 3}),
        (3, "urn:900002", {"town or district": 4}),
        (4, "urn:900002", {"own school": 1, "neighbouring schools": 1, "trust": 1,
                           "hub network": 1}),
        (6, "urn:900003", {"authority area": 2, "own school": 1}),
        (7, "urn:900004", {"own school": None}),
        (8, "mh:1", {"hub network": 1}),
        (9, None, {"trust": 1}),
        (10, "urn:900005", {"trust": 1}),
    ):  # fmt: skip  # one person a line reads better
        for code, passages in said.items():
            says(place, person, organisation, "local", code, passages)
    says(place, 5, "urn:900003", "local", "town or district", 1)
    says(place, 5, "urn:900003", "local", "trust", 1, coder="coder B")
    says(place, 11, "urn:900004", "local", "trust", 1, day=date(2019, 3, 1))
    # an earlier interview of person 3 gives way to the later one
    says(place, 3, "urn:900002", "local", "trust", 9, day=date(2021, 3, 1))
    return place


@pytest.mark.works("local_lens.reported_locals")
def test_locals_that_people_live_in(measure):
    found = measure(locals_told(), "local_lens.reported_locals")
    # person 6 speaks of two, at 2/3 and 1/3
    sixth = math.exp(-(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3)))
    assert found.value == pytest.approx((2 + 1 + 1 + 4 + 2 + sixth + 1 + 1) / 8)
    assert (found.n, found.missing) == (8, 1)
    assert found.interval.low <= found.value <= found.interval.high


@pytest.mark.works("local_lens.reported_place_share")
def test_people_whose_local_is_a_place(measure):
    found = measure(locals_told(), "local_lens.reported_place_share")
    # the town is one of person 1's two, one of person 4's four is a place, and half of person 5's
    assert found.value == pytest.approx((1 / 2 + 0 + 1 + 1 / 4 + 1 / 2 + 1 + 0 + 0) / 8)
    assert found.n == 8


@pytest.mark.works(
    "local_lens.reported_ground_up",
    "local_lens.reported_middle_out",
    "local_lens.reported_top_down",
)
def test_from_where_local_is_made(measure):
    place = region()
    says(place, 1, "urn:900001", "scale", "ground-up", 1)
    says(place, 1, "urn:900001", "scale", "top-down", 3)
    for person in range(2, 9):
        says(place, person, f"urn:90000{1 + person % 4}", "scale", "middle-out", person)
    values = {
        scale: measure(place, f"local_lens.reported_{scale}").value
        for scale in ("ground_up", "middle_out", "top_down")
    }
    expected = {"ground_up": 0.25 / 8, "middle_out": 7 / 8, "top_down": 0.75 / 8}
    assert values == pytest.approx(expected)


COHERENT = {0: "fragmented", 1: "mostly fragmented", 2: "mostly coherent", 3: "coherent"}
FELT = {
    "headteacher": {"urn:900001": 3, "urn:900002": 2, "urn:900003": 2},
    "maths lead": {"urn:900001": 1, "urn:900002": 1, "urn:900003": 0},
    "class teacher": {"urn:900001": 0, "urn:900002": 0, "urn:900003": 1},
}
LEADERS = (("la:001", 3), ("mh:1", 2), ("mh:1", 3))


def felt(second_coder: dict[int, int] | None = None) -> MadeUp:
    """Twelve people, in steps of thirds; a second coder judges as the mapping says, or not."""
    place = region()
    people = [
        (group, organisation, step)
        for group, told in FELT.items()
        for organisation, step in told.items()
    ]
    people += [("system leader", organisation, step) for organisation, step in LEADERS]
    for person, (group, organisation, step) in enumerate(people):
        said = {"group": group, "matter": "coherence"}
        says(place, person, organisation, said=COHERENT[step], **said)
        if second_coder is not None:
            other = COHERENT[second_coder[step]]
            says(place, person, organisation, said=other, coder="coder B", **said)
    return place


ALIKE = {step: step for step in COHERENT}


@pytest.mark.works("coherence.experienced_coherence")
def test_coherence_as_people_tell_of_it(measure):
    found = measure(felt(ALIKE), "coherence.experienced_coherence")
    # heads 7 steps, maths leads 2, teachers 1, leaders 8: 18 of 36
    assert found.value == pytest.approx(18 / 36)
    assert (found.n, found.missing) == (12, 0)
    assert "alpha is 1.00" in found.caveat


def test_codes_that_nobody_shares_are_not_used(measure):
    found = measure(felt({0: 3, 1: 2, 2: 1, 3: 0}), "coherence.experienced_coherence")
    assert found.status == "not measured"
    assert "agree too little" in found.reason
    # of one coder it is said that nobody checked
    alone = measure(felt(), "coherence.experienced_coherence")
    assert alone.is_measured
    assert "not known" in alone.caveat


@pytest.mark.works("coherence.experienced_by_leaders_gap")
def test_leaders_see_more_of_it(measure):
    found = measure(felt(ALIKE), "coherence.experienced_by_leaders_gap")
    # leaders 8 of 9 steps, people in schools 10 of 27
    assert found.value == pytest.approx(8 / 9 - 10 / 27)
    # three schools and two organisations: of the ten ways to choose two of the five as leaders'
    # none gives as large a gap but the one observed
    assert abs(found.chance.expected) < 0.1
    assert found.chance.p < 0.3


@pytest.mark.works("coherence.experienced_gap")
def test_heads_and_teachers_differ(measure):
    found = measure(felt(ALIKE), "coherence.experienced_gap")
    # heads 7 of 9 steps, maths leads 2 of 9, teachers 1 of 9
    assert found.value == pytest.approx(7 / 9 - 1 / 9)
    assert found.n == 9
    # all 6 x 6 x 6 ways to deal the steps told in each school to its three people
    ways = [
        [sum(steps) for steps in zip(*dealt, strict=True)]
        for dealt in product(
            permutations((3, 1, 0)), permutations((2, 1, 0)), permutations((2, 0, 1))
        )
    ]
    spreads = [(max(way) - min(way)) / 9 for way in ways]
    assert found.chance.expected == pytest.approx(sum(spreads) / 216, abs=0.02)
    as_great = sum(spread >= 6 / 9 for spread in spreads) / 216
    assert found.chance.p == pytest.approx(2 * as_great, abs=0.06)


def test_too_few_interviews_say_nothing(measure):
    place = region()
    for person in range(FEWEST - 1):
        says(place, person, "urn:900001", "local", "trust")
        says(place, person, "urn:900001", "coherence", "coherent")
    for name in ("local_lens.reported_locals", "coherence.experienced_coherence"):
        found = measure(place, name)
        assert (found.status, found.n) == ("not measured", FEWEST - 1)
        assert "interviews" in found.would_tell
    for name in ("local_lens.reported_place_share", "coherence.experienced_gap"):
        found = measure(region(), name)
        assert "No interview" in found.reason
        assert "interviews" in found.would_tell


def test_an_interview_is_found_under_the_number_that_the_school_now_bears(measure):
    place = locals_told()
    converted = date(2022, 3, 15)
    place.school(900030, authority="la:001", closed=converted)
    place.school(900031, authority="la:001", opened=converted, status="academy")
    place.tie("urn:900031", "urn:900030", "succeeds", start=converted)
    says(place, 12, "urn:900030", "local", "trust", 1)
    assert measure(place, "local_lens.reported_locals").n == 9


def test_people_of_one_school_alone_leave_nothing_to_draw_anew(measure):
    place = region()
    for person in range(FEWEST):
        says(place, person, "urn:900001", "local", "trust")
        says(place, person, "urn:900001", "coherence", "coherent")
    for name in ("local_lens.reported_locals", "coherence.experienced_coherence"):
        found = measure(place, name)
        assert found.value == pytest.approx(1)
        assert found.interval is None
