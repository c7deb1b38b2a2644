"""Professional learning of the made-up region, where what happens is known because it was made."""

from __future__ import annotations

import pytest

from hedgerow.features.professional_learning.modes import FIGURE_COLUMNS, modes
from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from tools.made_up_facts import region_landscape

PLACES = ("City", "Town", "Shire")
LEARNING = [one for one in load() if one.feature == "professional_learning"]


def here_of(region, place, day=STUDY_DAY):
    return region.through(find_place(region, f"authority:{place}"), on=day, phase="primary")


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured(made_up_region, place):
    here = here_of(made_up_region, place)
    assert len(LEARNING) > 20
    for one in LEARNING:
        found = one.measure(here)
        assert found.is_measured, (one.id, found.reason)
        assert "made-up fieldbook" in found.sources, one.id
        if found.interval:
            assert found.interval.low <= found.value <= found.interval.high, one.id


def test_town_learns_least_with_its_maths_hub(made_up_region):
    # trusts there keep their boundaries, and the leader who pointed to the hub has gone
    reach = {
        place: next(one for one in LEARNING if one.id.endswith("maths_hub_reach"))
        .measure(here_of(made_up_region, place))
        .value
        for place in PLACES
    }
    assert reach["Town"] < reach["Shire"]
    assert reach["Town"] < reach["City"]
    assert reach["City"] > 0.5


def test_without_its_paid_chair_shire_works_less_with_the_hub(made_up_region, tmp_path):
    one = next(one for one in LEARNING if one.id.endswith("maths_hub_reach"))
    without = region_landscape(tmp_path, mechanisms=Mechanisms(paid_chair=False))
    fall = {
        place: one.measure(here_of(made_up_region, place)).value
        - one.measure(here_of(without, place)).value
        for place in PLACES
    }
    # by more than what one drawing of the region differs from another
    assert fall["Shire"] > 0.15
    assert fall["Shire"] > fall["City"] + 0.1
    assert fall["Shire"] > fall["Town"] + 0.1


def test_authorities_of_which_only_hubs_tell_give_what_those_tell(made_up_region):
    authorities = made_up_region.organisations.filter(kind="authority")["name"]
    others = [name for name in authorities if name not in PLACES]
    assert others
    for name in others:
        here = here_of(made_up_region, name)
        found = {one.id.partition(".")[2]: one.measure(here) for one in LEARNING}
        assert found["external_reach"].is_measured
        # nobody recorded what schools there do among themselves: not known, and not nought
        assert not found["internal_mode_mix"].is_measured


def test_figure_5_1_has_a_place_for_every_mode(made_up_region):
    found = modes(here_of(made_up_region, "City"))
    assert found.columns == list(FIGURE_COLUMNS)
    assert found["formality"].is_between(0, 1).all()
    assert found["collectivity"].is_between(0, 1).all()
    assert {"work group", "conversation", "INSET session"} <= set(found["mode"])
    shown = found["places"].drop_nulls()
    assert ((shown == 0) | (shown >= 5)).all()
