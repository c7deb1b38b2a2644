"""Equity in the made-up region, where what happens is known because it was made."""

from __future__ import annotations

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load

PLACES = ("City", "Town", "Shire")
EQUITY = [one for one in load() if one.feature == "equity"]
# Town is one district
NOT_THERE = {"equity.dose_between_districts": {"Town"}}


def measured(region, place, identifier):
    here = region.through(find_place(region, f"authority:{place}"), on=STUDY_DAY, phase="primary")
    return INDICATORS[identifier].measure(here)


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured(made_up_region, place):
    assert len(EQUITY) > 15
    for one in EQUITY:
        found = measured(made_up_region, place, one.id)
        if place in NOT_THERE.get(one.id, ()):
            assert found.status == "not measured"
            continue
        assert found.is_measured, (one.id, found.reason)
        assert ("made-up fieldbook" in found.sources) == (one.tier == "E"), one.id
        if found.interval:
            assert found.interval.low <= found.value <= found.interval.high, one.id


def test_hubs_are_far_in_shire_and_taken_up_less_in_town_than_in_city(made_up_region):
    far = {
        place: measured(made_up_region, place, "equity.small_rural_far_share").value
        for place in PLACES
    }
    assert far["Shire"] > 0.3 > far["Town"]
    rest = {
        place: measured(made_up_region, place, "equity.hub_reach_against_rest").value
        for place in PLACES
    }
    # trusts there keep their boundaries, and the leader who pointed to the hub has gone
    assert rest["Town"] < min(rest["City"], 1)
    distance = {
        place: measured(made_up_region, place, "equity.hub_distance_ede_maths_hub").value
        for place in PLACES
    }
    assert distance["City"] < min(distance["Town"], distance["Shire"])
