"""Sense making in the made-up region, where what happens is known because it was made."""

from __future__ import annotations

import pytest

from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load

PLACES = ("City", "Town", "Shire")
SENSE_MAKING = [one for one in load() if one.feature == "sense_making"]
# too few concerns or judges are on record for these, or none were due, or half are never reached
SCARCE = ("share_reaching", "actions_done", "days_to_review", "priority_gap")


def measured(region, place, name):
    here = region.through(find_place(region, f"authority:{place}"), on=STUDY_DAY, phase="primary")
    return INDICATORS[f"sense_making.{name}"].measure(here)


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured_or_says_why(made_up_region, place):
    assert len(SENSE_MAKING) > 15
    for one in SENSE_MAKING:
        name = one.id.partition(".")[2]
        found = measured(made_up_region, place, name)
        if name.startswith(SCARCE):
            assert found.is_measured or found.reason, one.id
        else:
            assert found.is_measured, (one.id, found.reason)
            assert "made-up fieldbook" in found.sources, one.id
            if found.interval:
                assert found.interval.low <= found.value <= found.interval.high, one.id


def test_shire_is_in_the_room_and_town_is_not(made_up_region):
    # a paid chair convenes all of Shire's heads every other month; Town's association has ended
    coverage = {place: measured(made_up_region, place, "forum_coverage").value for place in PLACES}
    assert coverage["Shire"] > 0.8
    assert coverage["Town"] < 0.2
    assert coverage["Town"] < coverage["City"] < coverage["Shire"]
    agreement = {
        place: measured(made_up_region, place, "priority_agreement").value for place in PLACES
    }
    assert agreement["Shire"] > max(agreement["City"], agreement["Town"])
    closure = {place: measured(made_up_region, place, "loop_closure").value for place in PLACES}
    assert closure["Shire"] > max(closure["City"], closure["Town"])


def test_a_place_without_forums_knows_nothing_of_them(made_up_region):
    for one in SENSE_MAKING:
        found = measured(made_up_region, "Northmarch", one.id.partition(".")[2])
        assert found.status == "not measured"
        assert found.would_tell
