"""Evidence laid over a register: the register stands, its gaps are filled, the rest is added."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.evidence import with_evidence
from tests.made_up import MadeUp


def _register() -> MadeUp:
    made = MadeUp()
    made.authority("la:001", "Brambleford")
    made.school(900001, authority="la:001")
    made.hub("mh:plover", "maths_hub", name="Plover Maths Hub")
    return made


def test_registers_row_stands_and_its_gaps_are_filled() -> None:
    evidence = MadeUp()
    evidence.organisation("mh:plover", "maths_hub", "What people call it", authority="la:001")
    evidence.organisation("assoc:heads", "association", "Heads of Brambleford")

    joined = with_evidence(_register().landscape(), evidence.tables())

    [hub] = joined.organisations.filter(pl.col("id") == "mh:plover").to_dicts()
    assert hub["name"] == "Plover Maths Hub"
    assert hub["authority"] == "la:001"
    assert "assoc:heads" in joined.organisations["id"].to_list()
    assert joined.schools.height == 1


def test_tables_only_in_the_evidence_are_there() -> None:
    evidence = MadeUp()
    evidence.add("meetings", id="m1", forum="Heads", date=evidence.as_of)
    joined = with_evidence(_register().landscape(), evidence.tables())
    assert joined.table("meetings")["forum"].to_list() == ["Heads"]
    assert joined.as_of == _register().landscape().as_of


def test_laying_the_same_evidence_twice_changes_nothing() -> None:
    evidence = MadeUp()
    evidence.organisation("assoc:heads", "association", "Heads of Brambleford")
    once = with_evidence(_register().landscape(), evidence.tables())
    twice = with_evidence(once, evidence.tables())
    assert once.organisations.equals(twice.organisations)


def test_evidence_brings_no_schools() -> None:
    with pytest.raises(DataError, match="come from the register"):
        with_evidence(_register().landscape(), _register().tables())
