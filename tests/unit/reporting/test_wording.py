"""Numbers, dates and states of evidence in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hedgerow.landscape.finding import Chance, Finding, Interval
from hedgerow.localities.declared import load
from hedgerow.reporting.wording import (
    against_chance,
    age_text,
    chance_text,
    count_text,
    day_text,
    feature_heading,
    interval_text,
    is_old,
    number_text,
    sources_text,
    value_text,
    why_none,
)

DAY = date(2022, 4, 25)


def finding(unit: str = "share", **given) -> Finding:
    declared = replace(load()[0], unit=unit, units="academies")
    standard = {"status": "measured", "value": 0.4, "n": 100, "missing": 0}
    return Finding(indicator=declared, on=DAY, as_of=DAY, grade="A", **(standard | given))


@pytest.mark.parametrize(
    ("value", "unit", "n", "said"),
    [
        (0.394, "share", 60, "39%"),
        (0.3914, "share", 16_781, "39.1%"),
        (1_349, "count", 0, "1,349"),
        (2.5, "count", 0, "2.5"),
        (-0.19, "score", 0, "−0.19"),
        (-0.0001, "index", 0, "0.00"),
        (7.06, "km", 0, "7.1 km"),
        (158.2, "km", 0, "158 km"),
        (2_017, "date", 0, "2017"),
        (0.361, "per km2", 0, "0.36 per km²"),
        (None, "share", 0, "–"),
        (float("nan"), "share", 0, "–"),
    ],
)
def test_numbers(value, unit, n, said):
    assert number_text(value, unit, n=n) == said


def test_a_value_is_rounded_to_what_its_interval_bears():
    wide = finding(value=0.3914, interval=Interval(low=0.30, high=0.49, method="Wilson"))
    narrow = finding(value=0.3914, interval=Interval(low=0.384, high=0.399, method="Wilson"))
    assert (value_text(wide), interval_text(wide)) == ("39%", "30 to 49%")
    assert (value_text(narrow), interval_text(narrow)) == ("39.1%", "38.4 to 39.9%")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.8, "more than chance would give"),
        (0.1, "less than chance would give"),
        (0.75, "no more and no less than chance would give"),
    ],
)
def test_beside_chance(value, said):
    chance = Chance(expected=0.7, low=0.66, high=0.75, method="shuffled")
    assert against_chance(finding(value=value, chance=chance)) == said
    assert chance_text(finding(value=value, chance=chance)) == "70% (66 to 75%)"


def test_without_a_band_nothing_is_said_of_chance():
    assert against_chance(finding(chance=Chance(expected=0.7, method="closed form"))) == ""
    assert chance_text(finding()) == ""


def test_not_known_is_written_out_with_what_would_tell():
    one = finding(
        status="not measured", value=None, reason="No file.", would_tell="A school census file."
    )
    assert value_text(one) == "not known"
    assert why_none(one) == "We do not know. No file. What would tell: a school census file."


def test_too_few_is_not_the_same_as_not_known():
    one = finding(status="suppressed", value=None, reason="It would rest on fewer than 5 schools.")
    assert value_text(one) == "too few to say"
    assert why_none(one) == "Too few to say. It would rest on fewer than 5 schools."


def test_counts_say_what_they_count():
    assert count_text(finding(n=1)) == "1 academy"
    assert count_text(finding(n=1_200, missing=3)) == "1,200 academies, 3 unknown"


@pytest.mark.parametrize(
    ("today", "said", "old"),
    [
        (date(2022, 5, 20), "", False),
        (date(2022, 5, 25), "1 month old", False),
        (date(2023, 4, 24), "11 months old", False),
        (date(2024, 4, 25), "2 years old", True),
        (date(2026, 11, 21), "4 years old", True),
    ],
)
def test_ages(today, said, old):
    assert age_text(DAY, today) == said
    assert is_old(DAY, today) is old


def test_days_and_headings():
    assert day_text(date(2022, 4, 5)) == "5 April 2022"
    assert feature_heading("local_lens") == "What counts as local"
    assert feature_heading("new_thing") == "New thing"


def test_many_sources_are_named_in_part():
    assert sources_text([]) == ""
    assert sources_text(["A"]) == "Source: A."
    assert sources_text(["A", "B", "C"]) == "Sources: A; B; C."
    assert sources_text(["A", "B", "C", "D"]) == "Sources: A; B; and 2 more, listed under Sources."
