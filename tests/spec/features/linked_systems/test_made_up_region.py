"""Links in the made-up region, where what happens is known because it was made."""

from __future__ import annotations

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load

PLACES = ("City", "Town", "Shire")
LINKS = [one for one in load() if one.feature == "linked_systems" and one.tier == "E"]
# nobody in City was ever in an association; in Town hardly any organisations are linked, so that
# there may be no link to be carried and no core, and trusts from elsewhere leave few of its own
NOTHING_TO_FIND = {
    "City": ("association_coverage",),
    "Town": (
        "interlock_depth",
        "carrier_concentration",
        "sole_concentration",
        "core_fit",
        "trusts_joining_in_share",
    ),
}


@pytest.fixture(scope="module")
def figures(made_up_region):
    def of(place):
        here = made_up_region.through(
            find_place(made_up_region, f"authority:{place}"), on=STUDY_DAY, phase="primary"
        )
        return {one.id.partition(".")[2]: one.measure(here) for one in LINKS}

    return {place: of(place) for place in PLACES}


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured(figures, place):
    assert len(LINKS) > 20
    for name, found in figures[place].items():
        if not found.is_measured and name in NOTHING_TO_FIND.get(place, ()):
            assert found.reason, name
            continue
        assert found.is_measured, (name, found.reason)
        assert "made-up fieldbook" in found.sources, name
        if found.interval:
            assert found.interval.low <= found.value <= found.interval.high, name


def test_leaders_in_city_bid_together_and_nobody_does_elsewhere(figures):
    value = {place: figures[place]["collaboration_density"].value for place in PLACES}
    assert value["City"] > max(value["Town"], value["Shire"]) + 0.05
    joining = {
        place: figures[place]["trusts_joining_in_share"].value for place in ("City", "Shire")
    }
    assert joining["City"] > joining["Shire"]


def test_one_chair_carries_shire_and_several_leaders_carry_city(figures):
    density = {place: figures[place]["interlock_density"].value for place in PLACES}
    assert density["Town"] < min(density["City"], density["Shire"])
    carriers = {place: figures[place]["carrier_concentration"].value for place in PLACES}
    assert carriers["Shire"] > carriers["City"] + 0.1
    assert carriers["City"] < 0.4
    assert figures["Shire"]["association_coverage"].value > 0.85


def test_ties_stay_within_trusts_in_town_most(figures):
    def beside_chance(name, place):
        found = figures[place][name]
        return found.value - found.chance.expected

    for name in ("cross_trust_index", "cross_trust_index_each_maintained"):
        assert beside_chance(name, "Town") < beside_chance(name, "City") - 0.1, name
        assert beside_chance(name, "Town") < beside_chance(name, "Shire") - 0.1, name
    for name in ("communities_follow_trusts", "overlap_learning_trusts", "overlap_ties_trusts"):
        assert beside_chance(name, "Town") > beside_chance(name, "City") + 0.05, name
        assert beside_chance(name, "Town") > beside_chance(name, "Shire") + 0.05, name


def test_authorities_without_evidence_measure_little_and_fail_at_nothing(made_up_region):
    for name in ("Northmarch", "Southreach", "Westholt"):
        here = made_up_region.through(
            find_place(made_up_region, f"authority:{name}"), on=STUDY_DAY, phase="secondary"
        )
        for one in LINKS:
            found = one.measure(here)
            assert found.is_measured or found.reason, one.id
        assert not INDICATORS["linked_systems.cross_trust_index"].measure(here).is_measured
