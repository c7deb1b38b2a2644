"""Phases of schooling."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.phases import OFFICIAL, is_of_phase

SCHOOLS = pl.DataFrame(
    {
        "phase": [
            "Primary",
            "Middle deemed primary",
            "Secondary",
            "Middle deemed secondary",
            "All-through",
            "Nursery",
        ]
    }
)


def test_middle_schools_go_where_the_register_deems_them():
    assert SCHOOLS.filter(is_of_phase("primary"))["phase"].to_list() == [
        "Primary",
        "Middle deemed primary",
    ]
    assert SCHOOLS.filter(is_of_phase("secondary"))["phase"].to_list() == [
        "Secondary",
        "Middle deemed secondary",
    ]


def test_all_is_every_school():
    assert SCHOOLS.filter(is_of_phase("all")).height == SCHOOLS.height


def test_no_phase_is_in_two_groups():
    assert not OFFICIAL["primary"] & OFFICIAL["secondary"]


def test_an_unknown_phase_lists_the_known():
    with pytest.raises(UsageError, match="no phase “nursery”") as caught:
        is_of_phase("nursery")
    assert "primary, secondary, all" in caught.value.advice
