"""Bridging and locality leadership in the made-up region, where what happens is known because it
was made."""

from __future__ import annotations

import pytest

from hedgerow.features.bridging.boundary_evidence import trusts_and_boundaries
from hedgerow.features.bridging.boundary_keeping import event_study
from hedgerow.features.bridging.fragility import succession_curve
from hedgerow.features.bridging.leavers import closeness_by_term
from hedgerow.features.bridging.williams_roles import spanner_profiles
from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from tools.made_up_facts import region_landscape

PLACES = ("City", "Town", "Shire")
FIGURES = [one for one in load() if one.feature in ("bridging", "leadership")]

# What may rest on too few to be said, and why.
MAY_BE_UNSAID = {
    # few schools joined trusts after working with the hub, fewest those coded as closed; nothing is
    # said of fewer than six
    "bridging.joining_effect",
    "bridging.joining_closed_effect",
    "bridging.boundary_keeping_trusts",
    "bridging.closed_trusts_gap",
}
MAY_BE_UNSAID_IN_TOWN = {
    # fewer than five pairs of organisations share anybody
    "bridging.exclusive_interlock_share",
    "bridging.interlock_loss",
    "leadership.succession_cover",
}


def here_of(region, place):
    return region.through(find_place(region, f"authority:{place}"), on=STUDY_DAY, phase="primary")


def value(region, place, identifier):
    return INDICATORS[identifier].measure(here_of(region, place)).value


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured(made_up_region, place):
    here = here_of(made_up_region, place)
    assert len(FIGURES) > 40
    unsaid = MAY_BE_UNSAID | (MAY_BE_UNSAID_IN_TOWN if place == "Town" else set())
    for one in FIGURES:
        found = one.measure(here)
        if not found.is_measured:
            assert one.id in unsaid, (one.id, found.reason)
            assert found.reason
            continue
        assert "made-up fieldbook" in found.sources, one.id
        if found.interval:
            assert found.interval.low <= found.value <= found.interval.high, one.id


@pytest.mark.parametrize("place", PLACES)
def test_frames_are_there(made_up_region, place):
    here = here_of(made_up_region, place)
    profiles = spanner_profiles(here)
    # nobody in the made-up region agreed to be named
    assert (profiles["label"] == profiles["person"]).all()
    assert profiles.height > 50
    assert succession_curve(here)["lost"].is_sorted(descending=True)
    assert closeness_by_term(here)["closeness"].is_between(0, 1).all()
    assert trusts_and_boundaries(here)["verdict"].str.contains("keeps").sum() == 0


def test_shire_hangs_on_its_paid_chair(made_up_region, tmp_path):
    without = region_landscape(tmp_path, mechanisms=Mechanisms(paid_chair=False))
    # one chair joins most of the organisations that are joined; without, hardly any are
    assert value(made_up_region, "Shire", "bridging.interlock_loss") > 0.5
    assert value(without, "Shire", "bridging.interlock_loss") is None
    assert value(made_up_region, "Shire", "bridging.fragility") > 0.2
    nearer = value(made_up_region, "Shire", "bridging.closeness_to_providers")
    assert nearer > 1.2 * value(without, "Shire", "bridging.closeness_to_providers")
    # what the chair carries nobody else does
    cover = value(made_up_region, "Shire", "leadership.succession_cover")
    assert cover < 0.12
    assert cover < value(without, "Shire", "leadership.succession_cover")


def test_city_s_leaders_stand_in_for_one_another(made_up_region, tmp_path):
    without = region_landscape(tmp_path, mechanisms=Mechanisms(joint_bids=False))
    assert value(made_up_region, "City", "leadership.succession_cover") > 0.35
    assert value(without, "City", "leadership.succession_cover") < 0.3
    assert value(made_up_region, "City", "bridging.fragility") < 0.2
    assert value(made_up_region, "City", "bridging.fragility") < value(
        without, "City", "bridging.fragility"
    )
    for place in ("Town", "Shire"):
        assert value(made_up_region, "City", "bridging.fragility") < value(
            made_up_region, place, "bridging.fragility"
        )


def test_town_lost_its_alliance_leader(made_up_region, tmp_path):
    without = region_landscape(tmp_path, mechanisms=Mechanisms(leader_lost=False))
    lost = {place: value(made_up_region, place, "bridging.lost_with_a_leaver") for place in PLACES}
    assert lost["Town"] > 0.25
    assert max(lost["City"], lost["Shire"]) < 0.15
    assert value(without, "Town", "bridging.lost_with_a_leaver") < 0.1
    # people still name who has left
    gone = value(made_up_region, "Town", "leadership.named_but_gone")
    assert value(without, "Town", "leadership.named_but_gone") < gone / 2
    terms = closeness_by_term(here_of(made_up_region, "Town"))["closeness"]
    # the last term of 2020/21 beside the second of 2021/22
    assert terms[-1] < 0.75 * terms[-3]


def test_town_s_schools_look_inwards_most(made_up_region):
    below_chance = {}
    for place in PLACES:
        found = INDICATORS["bridging.outward_index"].measure(here_of(made_up_region, place))
        below_chance[place] = found.chance.expected - found.value
    assert below_chance["Town"] > below_chance["City"] > below_chance["Shire"]


def test_schools_of_closed_trusts_keep_from_the_hub(made_up_region, tmp_path):
    found = INDICATORS["bridging.closed_trusts_gap"].measure(here_of(made_up_region, "Town"))
    assert found.value < found.chance.expected - 0.1
    effect = "bridging.joining_closed_effect"
    joined = INDICATORS[effect].measure(here_of(made_up_region, "Town"))
    # two chains from over the border take most of those who join in the years on record
    assert joined.n >= 10
    assert joined.interval.high < 0
    assert joined.value < joined.chance.low
    without = region_landscape(tmp_path, mechanisms=Mechanisms(boundary_keeping=False))
    assert joined.value < value(without, "Town", effect) - 0.1
    assert value(without, "Town", "bridging.boundary_keeping_trusts") == 0


def test_joiners_are_seen_before_and_after(made_up_region):
    events = event_study(here_of(made_up_region, "Town"))
    assert events["term"].is_sorted()
    assert events["joiners"].min() >= 5
