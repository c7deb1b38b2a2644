"""Laws of bridging and leadership, on places that hypothesis peoples."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from tests.made_up import MadeUp

FIGURES = [one for one in load() if one.feature in ("bridging", "leadership")]
ROLES = ("coordinator", "itinerant", "in_gate", "out_gate", "liaison")
SCHOOLS = [f"urn:{900000 + number}" for number in range(1, 9)]
ABOVE = ["la:001", "mh:1", "mh:2", "uid:90001", "uid:90002"]
PERSONS = [f"person:{number}" for number in range(1, 9)]
KINDS = ("turns_to", "visits", "peer_review", "advises", "signposts", "joint_bid")

hats = st.tuples(st.sampled_from(PERSONS), st.sampled_from(SCHOOLS + ABOVE), st.booleans())


def ties_among(organisations: list[str], kinds: tuple[str, ...]) -> st.SearchStrategy[tuple]:
    ends = st.lists(st.sampled_from(organisations), min_size=2, max_size=2, unique=True)
    carriers = st.sampled_from([None, *PERSONS])
    return st.tuples(ends, st.sampled_from(kinds), carriers).map(lambda one: (*one[0], *one[1:]))


ties = ties_among(SCHOOLS, KINDS[:3]) | ties_among(SCHOOLS + ABOVE, KINDS)
namings = st.tuples(st.sampled_from(PERSONS), st.sampled_from(PERSONS))


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, list]:
    """Draw a place with little on record or, mostly, with enough to measure."""
    least = draw(st.sampled_from([0, 6, 10]))
    return {
        "hats": draw(st.lists(hats, min_size=least, max_size=20, unique_by=lambda hat: hat[:2])),
        "ties": draw(st.lists(ties, min_size=least, max_size=24, unique_by=lambda tie: tie[:3])),
        "namings": draw(st.lists(namings, min_size=least, max_size=15)),
        "asked": draw(st.lists(st.sampled_from(SCHOOLS), unique=True, min_size=4))
        if least == 0
        else SCHOOLS,
        "trusts": draw(
            st.lists(st.sampled_from([None, "uid:90001", "uid:90002"]), min_size=8, max_size=8)
        ),
    }


def peopled(found: dict[str, list], renamed: dict[str, str] | None = None) -> MadeUp:
    names = renamed or {}
    place = MadeUp()
    place.authority("la:001")
    for trust in ("uid:90001", "uid:90002"):
        place.trust(trust)
    for hub in ("mh:1", "mh:2"):
        place.hub(hub, "maths_hub", covers=["la:001"])
    for school, trust in zip(SCHOOLS, found["trusts"], strict=True):
        place.school(int(school[4:]), authority="la:001", trust=trust)
        if trust is None:
            place.tie("la:001", school, "maintains")
    for school in found["asked"]:
        place.observe(school, "ties_asked", 1, date(2022, 3, 1))
    for person in PERSONS:
        place.add("persons", id=names.get(person, person), label=person)
    for person, organisation, is_seat in found["hats"]:
        place.add(
            "roles",
            person=names.get(person, person),
            organisation=organisation,
            role="some",
            is_seat=is_seat,
        )
    for one, other, kind, carrier in found["ties"]:
        place.tie(one, other, kind, carrier=names.get(carrier, carrier) if carrier else None)
    for asker, named in found["namings"]:
        place.add(
            "nominations",
            from_id=names.get(asker, asker),
            to_id=names.get(named, named),
            date=date(2022, 3, 1),
        )
    return place


def here_of(place: MadeUp):
    return place.landscape().through(Lens.authority("la:001"), phase="primary")


@given(evidence())
@settings(max_examples=25)  # every figure of a place, so fewer places
def test_every_figure_keeps_its_bounds(found: dict[str, list]) -> None:
    here = here_of(peopled(found))
    for indicator in FIGURES:
        measured = indicator.measure(here)
        if not measured.is_measured:
            assert measured.reason, indicator.id
            continue
        assert math.isfinite(measured.value), indicator.id
        if indicator.unit == "share":
            assert -1e-9 <= measured.value <= 1 + 1e-9, indicator.id
        if measured.interval:
            low, high = measured.interval.low, measured.interval.high
            assert low - 1e-9 <= measured.value <= high + 1e-9, indicator.id


@given(evidence())
@settings(max_examples=25)  # as above
def test_the_five_roles_add_up(found: dict[str, list]) -> None:
    here = here_of(peopled(found))
    for network in ("school", "person"):
        parts = [INDICATORS[f"bridging.{network}_{role}_share"].measure(here) for role in ROLES]
        if all(one.is_measured for one in parts):
            assert sum(one.value for one in parts) == pytest.approx(1)
        else:
            assert not any(one.is_measured for one in parts)


@given(evidence(), hats)
@settings(max_examples=25)  # as above
def test_a_further_role_never_makes_schools_more_distant(found: dict[str, list], hat) -> None:
    nearness = INDICATORS["bridging.closeness_to_providers"]
    before = nearness.measure(here_of(peopled(found)))
    if hat[:2] in [one[:2] for one in found["hats"]]:
        return
    after = nearness.measure(here_of(peopled(found | {"hats": [*found["hats"], hat]})))
    if before.is_measured:
        assert after.value >= before.value - 1e-12


@given(evidence(), st.permutations(PERSONS))
@settings(max_examples=25)  # as above
def test_what_people_are_called_makes_no_difference(found: dict[str, list], order) -> None:
    plain = here_of(peopled(found))
    renamed = here_of(peopled(found, dict(zip(PERSONS, order, strict=True))))
    for name in (
        "bridging.fragility",
        "bridging.reach_lost",
        "bridging.interlock_loss",
        "bridging.many_hats_share",
        "bridging.loss_inequality",
        "bridging.exclusive_interlock_share",
        "bridging.person_liaison_share",
        "leadership.gardeners_per_100_schools",
        "leadership.succession_cover",
        "leadership.spanners_unseen",
        "leadership.named_but_gone",
    ):
        one, other = (INDICATORS[name].measure(here) for here in (plain, renamed))
        assert (one.status, one.n) == (other.status, other.n), name
        if one.is_measured:
            assert one.value == pytest.approx(other.value), name
