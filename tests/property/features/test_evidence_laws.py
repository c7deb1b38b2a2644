"""Laws of the figures from local evidence, on evidence that hypothesis makes up."""

from __future__ import annotations

import math
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.landscape.indicators import INDICATORS, SMALLEST_DENOMINATOR
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.measures import MATTERS, OVERSIGHT_TASKS, SCORED_LEVELS
from hedgerow.landscape.tables.sense_making import CONCERN_STAGES
from hedgerow.localities.declared import load
from hedgerow.themes.equity.access import KINDS
from tests.made_up import REGISTER_DAY, MadeUp

FEATURES = ("local_lens", "sense_making", "coherence", "quality", "equity")
FIGURES = [
    one
    for one in load()
    if (one.feature in FEATURES and one.tier == "E")
    or one.id == "professional_learning.measured_dilution"
]
HERE = Lens.authority("la:001")
SCHOOLS = [f"urn:{900001 + number}" for number in range(12)]
OTHERS = ["la:001", "uid:90001", "mh:1", "co:1", "assoc:1", "nobody:1"]
ROLES = ["headteacher", "class teacher", "maths lead", "assistant head", "early career teacher"]
days = st.dates(date(2019, 1, 1), date(2022, 9, 1))


@st.composite
def places(draw: st.DrawFn) -> MadeUp:
    """Twelve schools of one authority, other organisations, and any evidence about them."""
    place = MadeUp()
    place.authority("la:001")
    for trust in ("uid:90001", "uid:90002"):
        place.trust(trust)
    for number, school in enumerate(SCHOOLS):
        place.school(
            int(school.removeprefix("urn:")),
            authority="la:001",
            district=draw(st.sampled_from(["lad:N", "lad:S", None])),
            at=draw(st.none() | st.just((400_000 + 1000 * number, 300_000))),
            trust=draw(st.sampled_from([None, "uid:90001", "uid:90002"])),
            pupils=draw(st.none() | st.integers(0, 400)),
            rural=draw(st.none() | st.booleans()),
        )
        eligible = draw(st.none() | st.integers(0, 50))
        place.observe(school, "fsm_eligible", eligible, REGISTER_DAY, denominator=100)
        if draw(st.integers(0, 4)):
            place.observe(school, "ties_asked", 1, date(2022, 3, 1))
    place.hub("mh:1", "maths_hub", covers=["la:001"], easting=400_000.0, northing=300_000.0)
    place.organisation("co:1", "company")
    place.organisation("assoc:1", "association")
    place.organisation("cluster:1", "cluster")
    _learning(draw, place)
    _talk(draw, place)
    _asked(draw, place)
    kinds = ["turns_to", "visits", "peer_review", "signposts"]
    ends = st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(SCHOOLS), st.sampled_from(kinds))
    for one, other, kind in draw(st.lists(ends, max_size=12, unique=True)):
        place.tie(one, other, kind)
    for school in draw(st.lists(st.sampled_from(SCHOOLS), unique=True)):
        start, end = draw(st.none() | days), draw(st.none() | days)
        if start is None or end is None or start <= end:
            place.tie(school, "cluster:1", "member_of", start=start, end=end)
    return place


def _learning(draw: st.DrawFn, place: MadeUp) -> None:
    offers = draw(st.integers(0, 8))
    for number in range(offers):
        place.add(
            "activities",
            id=f"act:{number}",
            provider=draw(st.sampled_from([*OTHERS, *SCHOOLS[:2]])),
            name=draw(st.sampled_from(["course", "work group", "NPQ"])),
            subject=draw(st.sampled_from([None, "mathematics", "reading"])),
            audience=draw(st.sampled_from([None, "maths leads", "class teachers"])),
            collectivity=draw(st.none() | st.floats(0, 1)),
            sessions=draw(st.none() | st.integers(1, 6)),
            has_intersession_tasks=draw(st.none() | st.booleans()),
            cost_basis=draw(st.sampled_from([None, "free", "charged"])),
        )
    for _ in range(draw(st.integers(0, 25)) if offers else 0):
        place.add(
            "participation",
            school=draw(st.sampled_from(SCHOOLS)),
            activity=f"act:{draw(st.integers(0, offers - 1))}",
            role=draw(st.none() | st.sampled_from(ROLES)),
            staff=draw(st.none() | st.integers(0, 20)),
            sessions_attended=draw(st.none() | st.integers(0, 5)),
            start=draw(days),
        )


def _talk(draw: st.DrawFn, place: MadeUp) -> None:
    meetings = draw(st.integers(0, 6))
    who = [*SCHOOLS[:5], *OTHERS]
    for number in range(meetings):
        forum = draw(st.sampled_from(["Round table", "Hub group"]))
        place.add("meetings", id=f"meet:{number}", forum=forum, date=draw(days))
        for organisation in draw(st.lists(st.sampled_from(who), max_size=5)):
            role = draw(st.none() | st.sampled_from(ROLES))
            place.add("attendance", meeting=f"meet:{number}", organisation=organisation, role=role)
        for judge in draw(st.lists(st.sampled_from(who), max_size=4, unique=True)):
            group = draw(st.sampled_from([None, "headteacher", "system leader"]))
            for priority in draw(st.lists(st.sampled_from("abc"), unique=True)):
                place.add(
                    "priorities",
                    meeting=f"meet:{number}",
                    judge=judge,
                    priority=priority,
                    rank=draw(st.integers(1, 3)),
                    group=group,
                )
    for number in range(draw(st.integers(0, 6))):
        place.add(
            "concerns",
            id=f"concern:{number}",
            forum=draw(st.sampled_from(["Round table", "Hub group"])),
            stage=draw(st.sampled_from(CONCERN_STAGES)),
            raised=draw(days),
            stage_since=draw(st.none() | days),
        )
        if draw(st.booleans()):
            agreed = draw(days)
            reviewed = draw(st.none() | days)
            place.add(
                "actions",
                concern=f"concern:{number}",
                agreed=agreed,
                due=draw(st.none() | days),
                reviewed=reviewed,
            )


def _asked(draw: st.DrawFn, place: MadeUp) -> None:
    codes = [(matter, said) for matter, codes in MATTERS.items() for said in codes]
    # drawn by chance rather than one by one, since it takes many to say anything
    chance = Random(draw(st.integers(0, 2**32)))
    # one coder is never at odds with another, two mostly are
    coders = draw(st.sampled_from([["coder A"], ["coder A", "coder B", None]]))
    for _ in range(draw(st.sampled_from([0, 10, 120]))):
        person = chance.randrange(13)
        organisation = chance.choice([*SCHOOLS[:4], "mh:1", "la:001", None])
        matter, said = chance.choice(codes)
        coder, passages = chance.choice(coders), chance.choice([None, 1, 4])
        place.add(
            "accounts",
            person=f"person:{person}",
            organisation=organisation,
            group=("headteacher", "maths lead", "class teacher", None)[person % 4],
            matter=matter,
            said=said,
            passages=passages,
            date=date(2022, 1 + person % 6, 1),
            coder=coder,
        )
    for task in draw(st.lists(st.sampled_from(OVERSIGHT_TASKS), max_size=8)):
        where = draw(st.sampled_from(["la:001", "lad:N"]))
        place.add("oversight", place=where, task=task, is_held=draw(st.booleans()), date=draw(days))
    for school in draw(st.lists(st.sampled_from(SCHOOLS), max_size=8, unique=True)):
        for level in SCORED_LEVELS:
            if draw(st.integers(0, 5)):
                place.add(
                    "scores",
                    activity="act:0",
                    organisation="mh:1" if level == "expert" else school,
                    level=level,
                    instrument="test",
                    score=draw(st.floats(0, 10)),
                    date=date(2022, 2, 1),
                )


@given(places(), st.sampled_from([HERE, Lens.everywhere(), Lens.district("lad:N")]))
@settings(max_examples=60)
def test_every_figure_keeps_its_bounds_on_any_evidence(place, lens):
    here = place.landscape().through(lens, phase="primary")
    for one in FIGURES:
        found = one.measure(here)
        assert found.missing >= 0
        if not found.is_measured:
            assert found.reason.endswith("."), one.id
            continue
        assert math.isfinite(found.value), one.id
        assert found.n > 0, one.id
        assert found.sources, one.id
        if one.unit == "share":
            assert -1e-12 <= found.value <= 1 + 1e-12, one.id
            assert found.n >= SMALLEST_DENOMINATOR, one.id
        if found.interval:
            slack = 1e-9 * max(1.0, abs(found.value))
            assert found.interval.low - slack <= found.value <= found.interval.high + slack, one.id


@given(places())
@settings(max_examples=20)
def test_the_same_place_gives_the_same_figures(place):
    first, second = (place.landscape().through(HERE, phase="primary") for _ in range(2))
    for one in FIGURES:
        assert one.measure(first) == one.measure(second), one.id


@given(places(), st.sampled_from(SCHOOLS))
@settings(max_examples=30)
def test_one_more_school_in_the_room_never_lowers_coverage(place, school):
    before = INDICATORS["sense_making.forum_coverage"].measure(
        place.landscape().through(HERE, phase="primary")
    )
    if not before.is_measured:
        return
    place.add("meetings", id="meet:more", forum="Round table", date=date(2022, 1, 1))
    place.add("attendance", meeting="meet:more", organisation=school)
    after = INDICATORS["sense_making.forum_coverage"].measure(
        place.landscape().through(HERE, phase="primary")
    )
    assert after.value >= before.value


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=15),
    st.integers(-500_000, 500_000),
)
@settings(max_examples=40)
def test_access_adds_up_to_what_is_in_reach(hubs, schools, moved):
    def built(east: int) -> MadeUp:
        place = MadeUp()
        place.authority("la:001")
        for number, (x, y) in enumerate(hubs):
            at = {"easting": 100_000.0 + x * 1000 + east, "northing": 100_000.0 + y * 1000}
            place.hub(f"hub:{number}", "teaching_school_hub", covers=["la:001"], **at)
        for number, (x, y) in enumerate(schools):
            at = (100_000 + x * 1000 + east, 100_000 + y * 1000)
            place.school(900001 + number, authority="la:001", at=at)
        return place

    everywhere = Lens.everywhere()
    figure = INDICATORS["equity.hub_access_teaching_school_hub"]
    found = figure.measure(built(0).landscape().through(everywhere, phase="primary"))
    reached = [
        any(math.dist(hub, school) < 40 for school in schools) for hub in hubs
    ]  # at exactly 40 the weight is nought
    assert found.value == pytest.approx(sum(reached) / len(hubs))
    east = max(0, min(moved, 500_000))
    again = figure.measure(built(east).landscape().through(everywhere, phase="primary"))
    assert again.value == pytest.approx(found.value)
    distance = INDICATORS["equity.hub_distance_ede_teaching_school_hub"]
    ede = distance.measure(built(0).landscape().through(everywhere, phase="primary")).value
    nearest = [min(math.dist(hub, school) for hub in hubs) for school in schools]
    assert min(nearest) - 1e-9 <= ede <= max(nearest) + 1e-9
    assert ede >= sum(nearest) / len(nearest) - 1e-9


def test_every_kind_of_hub_that_has_access_is_a_hub():
    assert set(KINDS) <= set(HUB_NAMES)
