"""Laws of lenses on small made-up landscapes: they are an algebra of sets."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp, brambleford

DAY = date(2022, 4, 25)
AUTHORITIES = ("la:001", "la:002")
DISTRICTS = ("lad:A", "lad:B", "lad:C")
TRUSTS = ("uid:90001", "uid:90002")


@st.composite
def landscapes(draw: st.DrawFn) -> Landscape:
    """Two authorities, two trusts, a hub of one district and part of another, up to eight schools.

    Places may be unknown, schools may be in no authority or trust.
    """
    place = MadeUp()
    for authority in AUTHORITIES:
        place.authority(authority, region="Middle Shires")
    for trust in TRUSTS:
        place.trust(trust)
    place.area("hubarea:1", kind="hub_area")
    place.add("area_parts", area="hubarea:1", part="lad:A")
    place.add("area_parts", area="hubarea:1", part="lad:B", is_whole=False)
    place.hub("tsh:1", "teaching_school_hub", covers=["hubarea:1"])
    point = st.tuples(st.integers(0, 9), st.integers(0, 9))
    for number in range(draw(st.integers(1, 8))):
        at = draw(st.none() | point)
        place.school(
            900_001 + number,
            authority=draw(st.none() | st.sampled_from(AUTHORITIES)),
            district=draw(st.none() | st.sampled_from(DISTRICTS)),
            trust=draw(st.none() | st.sampled_from(TRUSTS)),
            at=None if at is None else (1_000 * at[0], 1_000 * at[1]),
            region="Middle Shires",
        )
    return place.landscape(is_checked=True).on(DAY)


SIMPLE = st.one_of(
    st.sampled_from(
        [
            Lens.everywhere(),
            Lens.region("Middle Shires"),
            Lens.hub("tsh:1"),
            Lens.listed(["urn:900001"]),
            *map(Lens.authority, AUTHORITIES),
            *map(Lens.trust, TRUSTS),
        ]
    ),
    st.builds(
        Lens.radius,
        st.sampled_from([0, 4_000]),
        st.sampled_from([0, 4_000]),
        st.sampled_from([1, 3, 5]),
    ),
    st.just(Lens.polygon([(0, 0), (5_000, 0), (5_000, 5_000), (0, 5_000)])),
)
LENSES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.tuples(inner, inner).map(lambda two: two[0] & two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
    ),
    max_leaves=4,
)


def same(landscape: Landscape, one: Lens, other: Lens) -> bool:
    return one.members(landscape) == other.members(landscape) and one.undecided(
        landscape
    ) == other.undecided(landscape)


@given(landscapes(), LENSES, LENSES)
def test_de_morgan(landscape, a, b):
    assert same(landscape, ~(a & b), ~a | ~b)
    assert same(landscape, ~(a | b), ~a & ~b)


@given(landscapes(), LENSES, LENSES, LENSES)
def test_order_and_brackets_do_not_matter(landscape, a, b, c):
    assert same(landscape, a & b, b & a)
    assert same(landscape, a | b, b | a)
    assert same(landscape, (a & b) & c, a & (b & c))
    assert same(landscape, a & (b | c), (a & b) | (a & c))


@given(landscapes(), LENSES)
def test_a_lens_with_itself_is_itself(landscape, a):
    assert same(landscape, a & a, a)
    assert same(landscape, a | a, a)
    assert ~~a == a


@given(landscapes(), LENSES)
def test_a_lens_and_its_complement_part_the_whole(landscape, a):
    everything = Lens.everywhere().members(landscape)
    assert a.members(landscape) | (~a).members(landscape) == everything
    assert not a.members(landscape) & (~a).members(landscape)


@given(landscapes(), LENSES, LENSES)
def test_members_are_organisations_of_the_landscape(landscape, a, b):
    known = set(landscape.organisations["id"])
    assert (a | b).members(landscape) <= known
    assert (a | b).undecided(landscape) <= known


@given(landscapes(), LENSES, LENSES)
def test_what_is_undecided_in_neither_is_undecided_in_no_combination(landscape, a, b):
    either = a.undecided(landscape) | b.undecided(landscape)
    assert (a & b).undecided(landscape) <= either
    assert (a | b).undecided(landscape) <= either


@given(landscapes(), LENSES)
def test_schools_of_a_view_are_its_members(landscape, a):
    here = landscape.through(a)
    assert set(here.schools["id"]) == here.members & set(landscape.schools["id"])
    assert here.schools["id"].is_sorted()


@given(landscapes(), LENSES)
def test_ties_of_a_view_have_a_local_end_and_say_whether_they_reach_out(landscape, a):
    here = landscape.through(a)
    kept = {(row["from_id"], row["to_id"], row["kind"]) for row in here.ties.to_dicts()}
    for tie in landscape.ties.to_dicts():
        ends = {tie["from_id"], tie["to_id"]}
        assert ((tie["from_id"], tie["to_id"], tie["kind"]) in kept) == bool(ends & here.members)
    for tie in here.ties.to_dicts():
        assert tie["reaches_out"] == (not {tie["from_id"], tie["to_id"]} <= here.members)


@given(st.floats(0.1, 20), st.floats(0.1, 20))
def test_a_wider_radius_never_shows_less(a, b):
    landscape = brambleford().landscape().on(DAY)
    near, far = (Lens.radius(400_000, 300_000, km) for km in sorted((a, b)))
    assert near.members(landscape) <= far.members(landscape)


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2019, 1, 1), date(2022, 4, 25)])
def test_a_day_after_a_day_is_that_day(day):
    landscape = brambleford().landscape()
    for name in ("organisations", "schools", "ties"):
        direct = landscape.on(day).table(name)
        assert landscape.on(DAY).on(day).table(name).equals(direct)
        assert landscape.on(date(2017, 6, 1)).on(day).table(name).equals(direct)
