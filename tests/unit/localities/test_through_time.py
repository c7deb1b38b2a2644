"""A made-up place through time: days, figures, changes and what could explain them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.lens import Lens
from hedgerow.localities.days_of_history import regular_days
from hedgerow.localities.through_time import USUAL, chosen, history
from tests.made_up import MadeUp

CHANGED = date(2019, 9, 1)
DAYS = (date(2018, 9, 2), date(2019, 9, 2), date(2020, 9, 2))
SHARE = "linked_systems.maintained_share"


@pytest.fixture(scope="module")
def country():
    """Forty schools, all maintained until thirty become academies on one day, under new numbers
    that have taken over old ones that the register does not list."""
    made = MadeUp()
    made.authority("la:001", "Brambleford")
    made.trust("uid:90001", "Oak Trust")
    for one in range(40):
        at = (400_000 + one * 700, 300_000)
        if one < 10:
            made.school(900_001 + one, authority="la:001", at=at, region="North")
        else:
            new = made.school(
                900_001 + one,
                authority="la:001",
                at=at,
                region="North",
                trust="uid:90001",
                opened=CHANGED,
                joined=CHANGED,
            )
            made.tie(new, f"urn:{900_501 + one}", "succeeds")
    return made.landscape()


@pytest.fixture(scope="module")
def found(country):
    return history(country, Lens.authority("la:001"), DAYS)


def test_figures_on_each_day(found):
    assert [one.value for one in found.series[SHARE]] == [1.0, 0.25, 0.25]
    assert [one.n for one in found.series[SHARE]] == [40, 40, 40]
    assert [one.on for one in found.series[SHARE]] == list(DAYS)
    assert list(found.series) == list(USUAL)


def test_a_change_is_marked_with_what_could_explain_it_and_stillness_is_not(found):
    marked = [(one.before.on, one.after.on) for one in found.changes if one.indicator.id == SHARE]
    assert marked == [(DAYS[0], DAYS[1]), (DAYS[0], DAYS[2])]
    first = next(one for one in found.changes if one.indicator.id == SHARE)
    assert first.why_marked == "the intervals do not overlap"
    assert first.explanations == ("30 schools became academies",)
    assert first.could_explain.height == 30


def test_what_is_not_measured_is_no_change(found):
    assert all(one.before.is_measured and one.after.is_measured for one in found.changes)
    assert {one.status for one in found.series["professional_learning.external_reach"]} == {
        "not measured"
    }


def test_what_was_put_back_is_told(found):
    assert found.notes[0].endswith("in the same place: 30 on 2 September 2018.")
    assert "nothing here says" in found.notes[-1]
    assert not any("caused" in note for note in found.notes)


def test_noise_is_no_change():
    made = MadeUp()
    made.authority("la:001")
    made.trust("uid:90001")
    for one in range(30):
        made.school(
            900_001 + one,
            authority="la:001",
            trust="uid:90001" if one < 12 else None,
            joined=CHANGED if one == 0 else date(2016, 9, 1),
            opened=None if one else CHANGED,
        )
    still = history(made.landscape(), Lens.authority("la:001"), DAYS, indicators=[SHARE])
    assert [one.value for one in still.series[SHARE]] == pytest.approx([18 / 29, 18 / 30, 18 / 30])
    assert still.changes == ()


def test_an_exact_figure_is_marked_from_a_tenth_on():
    made = MadeUp()
    made.authority("la:001")
    for one in range(21):
        opened = {19: date(2019, 1, 1), 20: date(2020, 1, 1)}.get(one)
        made.school(900_001 + one, authority="la:001", opened=opened)
    found = history(
        made.landscape(), Lens.authority("la:001"), DAYS, indicators=["context.schools"]
    )
    assert [one.value for one in found.series["context.schools"]] == [19, 20, 21]
    assert found.changes == ()
    for one in range(21, 25):
        made.school(900_001 + one, authority="la:001", opened=date(2020, 1, 1))
    found = history(
        made.landscape(), Lens.authority("la:001"), DAYS, indicators=["context.schools"]
    )
    assert [(one.before.value, one.after.value) for one in found.changes] == [(20, 25), (19, 25)]
    assert found.changes[0].explanations == ("5 schools opened",)


def test_days_that_nothing_is_known_of(country):
    lens = Lens.authority("la:001")
    with pytest.raises(UsageError, match=r"the register begins on 1 January 2015"):
        history(country, lens, [date(2010, 1, 1), date(2019, 1, 1)])
    with pytest.raises(UsageError, match=r"the register describes 25 April 2022"):
        history(country, lens, [date(2019, 1, 1), date(2023, 1, 1)])


@pytest.mark.parametrize("days", [[DAYS[0]], [DAYS[1], DAYS[0]], [DAYS[0], DAYS[0]]])
def test_what_is_no_series_of_days(country, days):
    with pytest.raises(UsageError, match="each later than the one before"):
        history(country, Lens.authority("la:001"), days)


def test_a_figure_that_is_not_there():
    with pytest.raises(UsageError, match=r"There is no figure “context.happiness”"):
        chosen(["context.happiness"])


def test_days_of_years_and_terms():
    first = date(2020, 2, 29)
    assert regular_days(first, date(2022, 3, 1), "year") == (
        first,
        date(2021, 2, 28),
        date(2022, 2, 28),
        date(2022, 3, 1),
    )
    assert regular_days(date(2020, 6, 1), date(2021, 4, 1), "term") == (
        date(2020, 6, 1),
        date(2020, 9, 1),
        date(2021, 1, 1),
        date(2021, 4, 1),
    )


@pytest.mark.parametrize(
    ("last", "every", "said"),
    [
        (date(2019, 1, 1), "year", "is no period"),
        (date(2000, 1, 1), "year", "is no period"),
        (date(2060, 1, 1), "term", "40 are the most"),
    ],
)
def test_periods_that_are_none_or_too_long(last, every, said):
    with pytest.raises(UsageError, match=said):
        regular_days(date(2019, 1, 1), last, every)


def test_table_and_json_hold_the_same(found):
    said = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert said["days"] == [day.isoformat() for day in DAYS]
    assert len(said["events"]) == 30
    series = next(one for one in said["series"] if one["id"] == SHARE)
    frame = found.to_frame()
    rows = frame.filter(frame["id"] == SHARE)
    assert [one["value"] for one in series["findings"]] == rows["value"].to_list()
    assert [one["on"] for one in series["findings"]] == said["days"]
    assert said["before_and_after"] == []
