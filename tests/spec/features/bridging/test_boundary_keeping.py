"""Whether schools that join a trust go on working with the hub: cases reckoned by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.features.bridging.boundary_evidence import trusts_and_boundaries, verdict
from hedgerow.features.bridging.boundary_keeping import event_study
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp

TERMS = [
    (date(year, month, day), date(end_year, end_month, 1))
    for start in (2018, 2019, 2020, 2021)
    for year, month, day, end_year, end_month in (
        (start, 9, 1, start, 12),
        (start + 1, 1, 5, start + 1, 4),
        (start + 1, 4, 20, start + 1, 7),
    )
][:11]
"""Autumn 2018 to spring 2022: eleven terms; summer 2022 has only begun on the register's day."""

JOINED = date(2020, 9, 1)
JOINED_IN = 6
"""The term of joining, by number in `TERMS`; the one before is left out."""


def hub_and_trust(joiners: int, controls: int, *, stance: float | None = None) -> MadeUp:
    """Schools 1 to ``joiners`` join a trust from elsewhere in autumn 2020, the others never do."""
    place = MadeUp()
    place.authority("la:001")
    place.authority("la:002")
    place.hub("mh:1", "maths_hub", covers=["la:001"])
    place.trust("uid:90001")
    place.add("activities", id="work group", provider="mh:1", name="Work group")
    for number in (900101, 900102):
        place.school(number, authority="la:002", trust="uid:90001", joined=date(2012, 9, 1))
    for number in range(1, joiners + 1):
        place.school(900000 + number, authority="la:001", trust="uid:90001", joined=JOINED)
    for number in range(joiners + 1, joiners + controls + 1):
        place.school(900000 + number, authority="la:001")
    if stance is not None:
        for coder, level in (("A", stance - 0.05), ("B", stance + 0.05)):
            place.add(
                "policies", organisation="uid:90001", dimension="boundary", level=level,
                date=date(2022, 1, 1), coder=coder,
            )  # fmt: skip  # one judgement a line reads better
    return place


def takes_part(place: MadeUp, number: int, terms: range | list[int]) -> None:
    for term in terms:
        start, end = TERMS[term]
        place.add(
            "participation", school=f"urn:{900000 + number}", activity="work group", start=start,
            end=end,
        )  # fmt: skip  # one record a line reads better


def here_of(place: MadeUp):
    return place.landscape().through(Lens.authority("la:001"), phase="primary")


@pytest.mark.works(
    "bridging.joining_effect",
    "bridging.joining_closed_effect",
    "bridging.closed_trusts_gap",
    "bridging.boundary_keeping_trusts",
)
def test_schools_that_stop_when_they_join(measure):
    place = hub_and_trust(6, 8, stance=0.9)
    for number in range(1, 7):
        takes_part(place, number, range(JOINED_IN))
    for number in range(7, 15):
        takes_part(place, number, range(11))
    # joiners: 5 of 5 terms before (the sixth is left out), 0 of 5 after; the others all throughout
    found = measure(place, "bridging.joining_effect")
    assert (found.value, found.n, found.missing) == (pytest.approx(-1), 6, 0)
    assert found.interval.low <= found.value <= found.interval.high
    assert found.chance.p < 0.01
    assert "moved by +0.00 a year" in found.caveat
    assert measure(place, "bridging.joining_closed_effect").value == pytest.approx(-1)
    # closed: 6 of 6 schools in none of the last... five of the last six terms; others in all six
    found = measure(place, "bridging.closed_trusts_gap")
    assert (found.value, found.n) == (pytest.approx(1 / 6 - 1), 6)
    table = trusts_and_boundaries(here_of(place)).row(0, named=True)
    assert (table["trust"], table["joiners"]) == ("uid:90001", 6)
    assert table["stance"] == pytest.approx(0.9)
    assert table["probability_of_drop"] > 0.9
    assert table["verdict"] == "keeps its boundary, by records and stance"
    assert measure(place, "bridging.boundary_keeping_trusts").value == 1
    events = event_study(here_of(place))
    assert events["term"].to_list() == [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4]
    assert events["effect"].to_list() == pytest.approx([0] * 6 + [-1] * 5)
    assert events.filter("is_anticipation")["term"].to_list() == [-1]


def test_what_befalls_everybody_is_no_effect_of_joining(measure):
    place = hub_and_trust(6, 8, stance=0.1)
    for number in range(1, 15):
        takes_part(place, number, [0, 2, 4, 7])
    # 3 of 5 terms before, 1 of 5 after, for joiners and the others alike
    found = measure(place, "bridging.joining_effect")
    assert found.value == pytest.approx(0)
    assert not measure(place, "bridging.joining_closed_effect").is_measured
    assert trusts_and_boundaries(here_of(place))["verdict"].to_list() == ["no sign of it"]
    assert measure(place, "bridging.boundary_keeping_trusts").value == 0


@pytest.mark.works("bridging.joining_effect")
def test_who_had_no_link_cannot_sever_one(measure):
    place = hub_and_trust(7, 8)
    for number in range(1, 7):
        takes_part(place, number, [0, 1, 6, 7])
    takes_part(place, 7, [0])
    for number in range(8, 15):
        takes_part(place, number, [0, 1, 6])
    takes_part(place, 15, [6, 7, 8, 9, 10])
    # 7 was there in one of five terms, 15 in none: neither takes part. Joiners went from 2/5 to
    # 2/5, the seven others from 2/5 to 1/5.
    found = measure(place, "bridging.joining_effect")
    assert (found.value, found.n, found.missing) == (pytest.approx(0.2), 6, 1)


def test_of_few_joiners_nothing_is_said(measure):
    place = hub_and_trust(5, 8, stance=0.9)
    for number in range(1, 6):
        takes_part(place, number, range(JOINED_IN))
    for number in range(6, 14):
        takes_part(place, number, range(11))
    for name in ("joining_effect", "joining_closed_effect", "boundary_keeping_trusts"):
        found = measure(place, f"bridging.{name}")
        assert found.status == "not measured", name
        assert "6" in found.reason
    table = trusts_and_boundaries(here_of(place)).row(0, named=True)
    assert table["verdict"] == "too few joiners to say"
    # with so few, a figure would be taken for a verdict
    assert table["effect"] is None
    assert table["probability_of_drop"] is None


def test_who_was_in_a_trust_before_the_records_begin_takes_no_part(measure):
    place = hub_and_trust(6, 8)
    for number in range(1, 7):
        takes_part(place, number, range(JOINED_IN))
    for number in range(7, 15):
        takes_part(place, number, range(11))
    place.school(900015, authority="la:001", trust="uid:90001", joined=date(2016, 9, 1))
    takes_part(place, 15, range(11))
    place.school(900016, authority="la:001", trust="uid:90001", joined=None)
    found = measure(place, "bridging.joining_effect")
    assert (found.value, found.n) == (pytest.approx(-1), 6)


def test_founding_a_trust_alone_is_no_joining(measure):
    place = hub_and_trust(6, 8)
    place.trust("uid:90002")
    place.school(900015, authority="la:001", trust="uid:90002", joined=JOINED)
    for number in range(1, 7):
        takes_part(place, number, range(JOINED_IN))
    for number in range(7, 16):
        takes_part(place, number, range(11))
    found = measure(place, "bridging.joining_effect")
    assert (found.n, found.missing) == (6, 0)


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ((5, 0.99, 0.9, 5, 0), "too few joiners to say"),
        ((6, None, 0.9, 5, 0), "too few joiners to say"),
        ((6, 0.95, 0.9, 5, 0), "keeps its boundary, by records and stance and accounts"),
        ((6, 0.95, 0.9, 2, 0), "keeps its boundary, by records and stance"),
        ((6, 0.95, None, 3, 0), "keeps its boundary, by records and accounts"),
        ((6, 0.55, 0.8, 10, 1), "keeps its boundary, by stance and accounts"),
        ((6, 0.20, 0.8, 10, 1), "possible, against the records"),
        ((6, 0.95, 0.5, 0, 0), "possible"),
        ((6, 0.60, 0.5, 9, 1), "possible"),
        ((6, 0.10, 0.9, 9, 9), "possible"),
        ((6, 0.50, 0.79, 9, 1), "no sign of it"),
    ],
)
def test_two_of_three_kinds_of_evidence(evidence, words):
    assert verdict(*evidence) == words


@pytest.mark.works("bridging.closed_stance_share")
def test_academies_in_trusts_that_say_they_are_closed(measure):
    place = hub_and_trust(6, 3, stance=0.8)
    place.trust("uid:90002")
    for number in range(900020, 900024):
        place.school(number, authority="la:001", trust="uid:90002")
    # six of a trust whose coders say 0.75 and 0.85; the stance of the other four's is not known
    found = measure(place, "bridging.closed_stance_share")
    assert (found.value, found.n, found.missing) == (6 / 6, 6, 4)
    judged = {"dimension": "boundary", "coder": "A", "date": date(2022, 1, 1)}
    place.add("policies", organisation="uid:90002", level=0.79, **judged)
    found = measure(place, "bridging.closed_stance_share")
    assert (found.value, found.n, found.missing) == (6 / 10, 10, 0)
    place.trust("uid:90003")
    for number in range(900030, 900038):
        place.school(number, authority="la:001", trust="uid:90003")
    # known for ten of eighteen, fewer than three fifths
    assert measure(place, "bridging.closed_stance_share").status == "not measured"
