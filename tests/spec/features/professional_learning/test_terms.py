"""Learning over terms and years worked by hand, on the six schools.

Authority la:001, as on 25 April 2022. Every school has 100 pupils. Schools 1 to 3 are one trust, 4
is alone in its trust, 5 and 6 are maintained.
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.features.professional_learning.records import (
    falls_within,
    twelve_months,
)
from tests.made_up import MadeUp
from tests.spec.features.professional_learning.six_schools import (
    activity,
    schools_only,
    sent,
)


@pytest.mark.works("professional_learning.spaced_share")
def test_spaced_programmes(measure):
    # of six: one of three sessions with tasks in one go, one that has them over two terms; one
    # without tasks, one too short, one held once; one unknown is left out
    place = schools_only()
    for name, programme, sessions, tasks in (
        ("whole", "p1", 3, True),
        ("autumn", "p2", 2, True),
        ("spring", "p2", 2, True),
        ("no tasks", "p3", 5, False),
        ("short", "p4", 2, True),
        ("once", None, 1, False),
        ("unknown", "p5", None, True),
    ):
        values = {"programme": programme, "sessions": sessions, "has_intersession_tasks": tasks}
        activity(place, name, "mh:001", "course", **values)
        sent(place, 900001, name, "maths lead", 1)
    found = measure(place, "professional_learning.spaced_share")
    assert found.value == pytest.approx(2 / 5)
    assert (found.n, found.missing) == (5, 1)


def terms() -> MadeUp:
    """Outside learning by term, autumn 2020 to spring 2022 (summer 2022 is three weeks old):

    school 1: 1 1 1 1 0    school 2: 0 1 0 1 1    school 4: 0 0 1 1 1    the others: none
    """
    place = schools_only()
    activity(place, "group", "mh:001", "work group")
    starts = (
        (date(2020, 9, 10), date(2020, 12, 18)),
        (date(2021, 1, 10), date(2021, 3, 20)),
        (date(2021, 4, 20), date(2021, 7, 10)),
        (date(2021, 9, 10), date(2021, 12, 18)),
        (date(2022, 1, 10), date(2022, 3, 20)),
    )
    for number, when in ((900001, (0, 1, 2, 3)), (900002, (1, 3, 4)), (900004, (2, 3, 4))):
        for term in when:
            start, end = starts[term]
            sent(place, number, "group", "maths lead", 1, start=start, end=end)
    return place


@pytest.mark.works("professional_learning.sustained_share")
def test_terms_followed_by_another(measure):
    found = measure(terms(), "professional_learning.sustained_share")
    # school 1: 3 of 4 followed; school 2: 1 of 2 (the last term has none after it); 4: 2 of 2
    assert found.value == pytest.approx(6 / 8)
    assert found.n == 8
    # in another order each engaged term before the last is followed with chance (k - 1)/4:
    # sums of k(k - 1)/5 over sums of 4k/5 = (12 + 6 + 6)/5 over (16 + 12 + 12)/5
    assert found.chance.expected == pytest.approx(24 / 40, abs=0.03)


@pytest.mark.works("professional_learning.year_long_spells")
def test_spells_of_a_year(measure):
    found = measure(terms(), "professional_learning.year_long_spells")
    # school 1's began before the records: left out. Left: 2 (one term, ended), 2 (two terms, goes
    # on), 4 (three terms, goes on). One of three ends after one term; past two terms none ends.
    assert (found.n, found.missing) == (3, 1)
    assert found.value is None  # a share of three is not shown
    place = terms()
    for number in (900003, 900005):
        for start, end in ((date(2021, 9, 10), date(2021, 12, 18)),):
            sent(place, number, "group", "maths lead", 1, start=start, end=end)
    found = measure(place, "professional_learning.year_long_spells")
    # now three of five end after one term
    assert found.value == pytest.approx(2 / 5)


def test_a_long_course_counts_in_each_of_its_terms(measure):
    place = schools_only()
    activity(place, "long", "mh:001", "course")
    year_round = {"start": date(2020, 9, 10), "end": date(2022, 4, 1)}
    sent(place, 900001, "long", "maths lead", 1, **year_round)
    sent(place, 900002, "long", "maths lead", 1, start=date(2020, 9, 10), end=None)
    found = measure(place, "professional_learning.sustained_share")
    # school 1 in five terms, so four of four; school 2 on one day alone, none of one
    assert found.value == pytest.approx(4 / 5)


def test_what_counts_in_twelve_months():
    first, last = twelve_months(date(2022, 4, 25)), date(2022, 4, 25)
    assert first == date(2021, 4, 26)
    assert twelve_months(date(2024, 2, 29)) == date(2023, 3, 1)
    records = pl.DataFrame(
        {
            "start": [date(2021, 4, 26), date(2021, 4, 25), date(2021, 4, 1), date(2021, 4, 1)],
            "end": [None, None, date(2021, 5, 23), date(2021, 5, 24)],
        },
        schema={"start": pl.Date, "end": pl.Date},
    )
    # began on the first day; a day before, alone; 27 days in the period; 28 days
    counts = records.select(falls_within(first, last))[:, 0].to_list()
    assert counts == [True, False, False, True]
