"""The forms of figure 5.1 worked by hand, on the six schools.

Authority la:001, as on 25 April 2022. Every school has 100 pupils. Schools 1 to 3 are one trust, 4
is alone in its trust, 5 and 6 are maintained.
"""

from __future__ import annotations

import pytest

from hedgerow.features.professional_learning.modes import modes
from hedgerow.landscape.lens import Lens
from tests.made_up import MadeUp
from tests.spec.features.professional_learning.six_schools import (
    activity,
    schools_only,
    sent,
)


def quarters() -> MadeUp:
    """Outside places: 10 formal and collective, 10 on the line between formal and informal and
    individual, 20 informal and collective; inside, 8 formal and collective only."""
    place = schools_only()
    for name, provider, formality, collectivity, staff in (
        ("group", "mh:001", 0.9, 0.9, 10),
        ("line", "co:1", 0.5, 0.1, 10),
        ("talk", "mh:001", 0.1, 0.8, 20),
        ("nowhere", "co:1", None, None, 30),
        ("inside", "urn:900001", 0.8, 0.7, 8),
    ):
        activity(place, name, provider, name, formality=formality, collectivity=collectivity)
        sent(place, 900001, name, "class teacher", staff)
    sent(place, 900004, "group", "class teacher", None)
    return place


@pytest.mark.works(
    "professional_learning.external_formal_collective_share",
    "professional_learning.external_formal_individual_share",
    "professional_learning.external_informal_collective_share",
    "professional_learning.external_informal_individual_share",
)
@pytest.mark.parametrize(
    ("quadrant", "share"),
    [
        ("formal_collective", 10 / 40),
        ("formal_individual", 5 / 40),
        ("informal_collective", 20 / 40),
        ("informal_individual", 5 / 40),
    ],
)
def test_quarters_of_figure_5_1(measure, quadrant, share):
    found = measure(quarters(), f"professional_learning.external_{quadrant}_share")
    assert found.value == pytest.approx(share)
    # the activity that nobody placed, and the record without a number
    assert (found.n, found.missing) == (40, 2)


@pytest.mark.works(
    "professional_learning.external_mode_mix",
    "professional_learning.internal_mode_mix",
)
def test_mix_of_modes(measure):
    # -(1/4 ln 1/4 + 2 x 1/8 ln 1/8 + 1/2 ln 1/2) / ln 4 = (1/2 + 3/4 + 1/2) ln 2 / (2 ln 2)
    outside = measure(quarters(), "professional_learning.external_mode_mix")
    assert outside.value == pytest.approx(1.75 / 2)
    inside = measure(quarters(), "professional_learning.internal_mode_mix")
    assert inside.value == pytest.approx(0)


def test_modes_of_figure_5_1_with_small_counts_withheld():
    place = quarters()
    sent(place, 900005, "group", "maths lead", 2)
    activity(place, "visit", "co:1", "visit", formality=0.2, collectivity=0.3)
    sent(place, 900005, "visit", "maths lead", 3)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert found.select("mode", "is_external", "schools", "places").rows() == [
        ("group", True, 2, 12),
        ("inside", False, 1, 8),
        ("line", True, 1, 10),
        ("visit", True, 1, None),
        ("talk", True, 1, 20),
    ]
    assert found["formality"].to_list() == pytest.approx([0.9, 0.8, 0.5, 0.2, 0.1])
    assert found["places_withheld"].to_list() == [None, None, None, "fewer than 5", None]


def test_modes_stand_at_the_mean_of_the_places_taken():
    # 30 places at 0.9 and 10 at 0.5: 0.8
    place = schools_only()
    activity(place, "a", "co:1", "course", formality=0.9, collectivity=0.2)
    activity(place, "b", "mh:001", "course", formality=0.5, collectivity=0.6)
    sent(place, 900001, "a", "class teacher", 30)
    sent(place, 900005, "b", "class teacher", 10)
    found = modes(place.landscape().through(Lens.authority("la:001"), phase="primary"))
    assert found.select("formality", "collectivity").row(0) == pytest.approx((0.8, 0.3))
