"""Laws of a history made from snapshots, on generated ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.sources.register.history import Sighting, Snapshot, memberships

START = date(2010, 1, 1)


@st.composite
def snapshots(draw):
    """Up to four days on which one school is seen in one of three bodies, or in none."""
    days = sorted(draw(st.sets(st.integers(0, 40), min_size=1, max_size=4)))
    made = []
    for number, at in enumerate(days):
        day = START + timedelta(days=100 * at)
        body = draw(st.sampled_from(["a", "b", "c", None]))
        joined = draw(
            st.none() | st.integers(-500, 100 * at).map(lambda n: START + timedelta(days=n))
        )
        seen = [Sighting("s", body, joined)] if body else []
        made.append(Snapshot(day, f"source-{number}", seen))
    return made


def active(spells, day):
    return [
        spell.body
        for spell in spells
        if (spell.start is None or spell.start <= day) and (spell.end is None or spell.end > day)
    ]


@given(snapshots())
def test_each_day_shows_what_was_seen_on_it(taken):
    spells = memberships(taken, is_exclusive=True)
    for snapshot in taken:
        for sighting in snapshot.sightings:
            assert active(spells, snapshot.day) == [sighting.body]


@given(snapshots())
def test_never_in_two_at_once(taken):
    spells = memberships(taken, is_exclusive=True)
    marks = {spell.start for spell in spells} | {spell.end for spell in spells}
    for day in marks - {None}:
        assert len(active(spells, day)) <= 1


@given(snapshots())
def test_periods_are_whole_and_numbered(taken):
    spells = memberships(taken, is_exclusive=True)
    keys = [(spell.body, spell.number) for spell in spells]
    assert len(set(keys)) == len(keys)
    for spell in spells:
        assert spell.start is None or spell.end is None or spell.start <= spell.end
        assert spell.start is not None or spell.start_censored
        assert spell.end is not None or not spell.end_censored
        assert spell.number == 0 or (spell.body, spell.number - 1) in keys


@given(snapshots(), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(taken, random):
    shuffled = list(taken)
    random.shuffle(shuffled)
    assert memberships(shuffled, is_exclusive=True) == memberships(taken, is_exclusive=True)
