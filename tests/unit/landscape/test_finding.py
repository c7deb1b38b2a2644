"""Findings are never bare numbers, and never no numbers."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hedgerow.landscape.finding import Chance, Finding, Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import INDICATORS, Indicator, indicator
from hedgerow.landscape.lens import Lens
from tests.made_up import REGISTER_DAY, brambleford

KEYS = [
    "id", "label", "value", "unit", "low", "high", "level", "interval_method",
    "expected", "expected_low", "expected_high", "p", "null_method",
    "n", "units", "missing", "missing_rule", "tier", "grade", "status", "reason", "would_tell",
    "as_of", "sources", "caveat", "references",
]  # fmt: skip  # in the groups in which a reader meets them


def declared(calculation, **changed) -> Indicator:
    said = {
        "id": "tests.faith_share",
        "label": "Faith schools",
        "question": "How many of the schools have a religious character?",
        "why": "A test needs something to ask.",
        "unit": "share",
        "units": "schools",
        "direction": None,
        "tier": "O",
        "grade": "A",
        "missing_rule": "Left out.",
        "caveat": "It says nothing.",
        "references": ("greany2022",),
    }
    return Indicator(**(said | changed), calculation=calculation)


@pytest.fixture
def here():
    return brambleford().landscape().through(Lens.authority("la:001"), phase="primary")


def test_a_reading_becomes_a_finding(here):
    def calculation(place):
        n = place.schools.height
        return Reading(
            value=1 / n,
            n=n,
            missing=2,
            interval=Interval(low=0.02, high=0.4, method="Wilson"),
            chance=Chance(expected=0.3, low=0.1, high=0.5, p=0.04, method="labels", draws=999),
            caveat="Nor does this.",
        )

    finding = declared(calculation).measure(here)
    assert finding.is_measured
    assert finding.to_json() == {
        "id": "tests.faith_share",
        "label": "Faith schools",
        "value": 0.125,
        "unit": "share",
        "low": 0.02,
        "high": 0.4,
        "level": 0.95,
        "interval_method": "Wilson",
        "expected": 0.3,
        "expected_low": 0.1,
        "expected_high": 0.5,
        "p": 0.04,
        "null_method": "labels",
        "n": 8,
        "units": "schools",
        "missing": 2,
        "missing_rule": "Left out.",
        "tier": "O",
        "grade": "A",
        "status": "measured",
        "reason": None,
        "would_tell": None,
        "as_of": "2022-04-25",
        "sources": ["made-up"],
        "caveat": "It says nothing. Nor does this.",
        "references": ["greany2022"],
    }


def test_keys_are_a_contract(here):
    finding = declared(lambda _: NotMeasured(reason="Nobody asked.")).measure(here)
    assert list(finding.to_json()) == KEYS
    assert json.loads(json.dumps(finding.to_json(), allow_nan=False)) == finding.to_json()


def test_not_measured_says_why_and_what_would_tell(here):
    reading = NotMeasured(reason="Nobody asked.", would_tell="A survey.", n=8, missing=8)
    finding = declared(lambda _: reading).measure(here)
    assert not finding.is_measured
    told = finding.to_json()
    assert (told["status"], told["value"], told["reason"], told["would_tell"]) == (
        "not measured",
        None,
        "Nobody asked.",
        "A survey.",
    )
    assert (told["n"], told["missing"]) == (8, 8)


@pytest.mark.parametrize("unit", ["share", "score", "decile"])
def test_a_rate_on_fewer_than_five_is_suppressed(here, unit):
    few = declared(lambda _: Reading(value=0.5, n=4), unit=unit).measure(here)
    assert (few.status, few.value, few.interval) == ("suppressed", None, None)
    assert few.reason == "It would rest on fewer than 5 schools."
    assert few.would_tell
    enough = declared(lambda _: Reading(value=0.5, n=5), unit=unit).measure(here)
    assert (enough.status, enough.value) == ("measured", 0.5)


def test_a_count_is_no_rate(here):
    finding = declared(lambda _: Reading(value=2, n=2), unit="count").measure(here)
    assert (finding.status, finding.value) == ("measured", 2)


@pytest.mark.parametrize("units", ["pupils", "teachers", "staff", "people", "persons"])
def test_how_few_persons_a_suppressed_rate_rests_on_is_not_told(here, units):
    finding = declared(lambda _: Reading(value=0.5, n=3), units=units).measure(here)
    assert finding.shown_n is None
    assert finding.to_json()["n"] is None


def test_how_few_schools_it_rests_on_is_no_secret(here):
    assert declared(lambda _: Reading(value=0.5, n=3)).measure(here).to_json()["n"] == 3


def test_day_and_sources_of_the_facts_where_the_reading_says_so(here):
    reading = Reading(value=0.5, n=9, as_of=date(2019, 8, 31), sources=("ks2-2019",))
    finding = declared(lambda _: reading).measure(here)
    assert (finding.as_of, finding.on) == (date(2019, 8, 31), REGISTER_DAY)
    assert finding.sources == ("ks2-2019",)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_no_number_is_no_reading(value):
    with pytest.raises(ValueError, match="give NotMeasured"):
        Reading(value=value, n=9)
    with pytest.raises(ValueError, match="no interval"):
        Interval(low=0, high=value, method="Wilson")
    with pytest.raises(ValueError, match="no expectation"):
        Chance(expected=value, method="labels")


@pytest.mark.parametrize("counts", [{"n": -1}, {"n": 1, "missing": -1}])
def test_counts_below_nought_are_no_reading(counts):
    with pytest.raises(ValueError, match="cannot be"):
        Reading(value=1, **counts)


def test_an_interval_the_wrong_way_round():
    with pytest.raises(ValueError, match="from 2 to 1 is no interval"):
        Interval(low=2, high=1, method="Wilson")


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_a_p_value_that_is_none(p):
    with pytest.raises(ValueError, match="no p-value"):
        Chance(expected=0, method="labels", p=p)


def test_numbers_of_numpy_become_plain(here):
    import numpy as np

    reading = Reading(value=np.float32(0.5), n=np.int64(9), missing=np.int64(0))
    told = declared(lambda _: reading).measure(here).to_json()
    assert json.loads(json.dumps(told))["n"] == 9
    assert json.loads(json.dumps(told))["value"] == 0.5


def test_two_indicators_of_one_name():
    said = {
        "id": "tests.declared_twice",
        "label": "x",
        "question": "What?",
        "why": "x",
        "unit": "count",
        "missing_rule": "x",
        "caveat": "x",
    }
    try:
        once = indicator(**said)(lambda _: Reading(value=1, n=1))
        assert INDICATORS["tests.declared_twice"] is once
        assert (once.units, once.tier, once.grade, once.direction) == ("schools", "O", "A", None)
        with pytest.raises(ValueError, match=r"two indicators are called tests\.declared_twice"):
            indicator(**said)(lambda _: Reading(value=1, n=1))
    finally:
        del INDICATORS["tests.declared_twice"]


def test_feature_is_the_first_part_of_the_name():
    assert declared(lambda _: Reading(value=1, n=1)).feature == "tests"


def test_findings_cannot_be_changed(here):
    finding = declared(lambda _: Reading(value=0.5, n=9)).measure(here)
    assert isinstance(finding, Finding)
    with pytest.raises(AttributeError):
        finding.value = 0.6
