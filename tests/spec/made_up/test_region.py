"""The made-up region: the same from the same seed, sound, and changed by its mechanisms alone."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.fieldbook.made_up.plan import AUTHORITIES, STUDY_DAY, TOWN, Mechanisms
from hedgerow.fieldbook.made_up.region import Region, make_region
from hedgerow.landscape.checking import checked


@pytest.fixture(scope="module")
def region() -> Region:
    return make_region(5)


@pytest.fixture(scope="module")
def without() -> Region:
    return make_region(
        5,
        Mechanisms(boundary_keeping=False, leader_lost=False, joint_bids=False, paid_chair=False),
    )


def test_the_same_seed_makes_the_same_region(region):
    again = make_region(5)
    for name, table in region.evidence.items():
        assert table.equals(again.evidence[name]), name


def test_another_seed_makes_another(region):
    assert [s.name for s in region.schools] != [s.name for s in make_region(6).schools]


def test_evidence_keeps_the_rules_of_its_tables(region):
    assert set(checked(region.evidence)) == set(region.evidence)


def test_what_people_know_names_only_what_there_is(region):
    schools = {
        school.id_on(day)
        for school in region.schools
        for day in (date(2010, 1, 1), date(2026, 7, 1))
    }
    known = schools | set(region.evidence["organisations"]["id"]) | {t.id for t in region.trusts}
    known |= {f"la:{authority.code}" for authority in AUTHORITIES}
    persons = set(region.evidence["persons"]["id"])
    assert set(region.evidence["roles"]["organisation"]) <= known
    assert set(region.evidence["roles"]["person"]) <= persons
    assert set(region.evidence["participation"]["school"]) <= schools
    assert set(region.evidence["ties"]["carrier"].drop_nulls()) <= persons
    ends = pl.concat([region.evidence["ties"]["from_id"], region.evidence["ties"]["to_id"]])
    assert set(ends) <= known


def test_switching_mechanisms_off_leaves_schools_and_trusts_as_they_are(region, without):
    assert [(s.name, s.converted, s.trusts) for s in region.schools] == [
        (s.name, s.converted, s.trusts) for s in without.schools
    ]


def _with_the_hub(region: Region, *, kept_in: bool) -> float:
    """Share of Town's primaries in closed, or other, trusts that worked with the hub in a year.

    The year is one in which the alliance still pointed schools to the hub.
    """
    begin, end = date(2020, 9, 1), date(2021, 7, 1)
    hub = region.evidence["participation"].filter(
        pl.col("activity").str.starts_with("act:mh:"), pl.col("start").is_between(begin, end)
    )
    engaged = set(hub["school"])
    schools = [
        school
        for school in region.schools
        if school.authority is TOWN
        and school.phase == "Primary"
        and (trust := school.trust_on(begin)) is not None
        and (region.trusts[trust].boundary >= 0.8) == kept_in
    ]
    return sum(school.id_on(begin) in engaged for school in schools) / len(schools)


def test_closed_trusts_keep_their_schools_from_the_hub_only_where_that_is_at_work(region, without):
    assert _with_the_hub(region, kept_in=True) < 0.15 < _with_the_hub(region, kept_in=False)
    assert _with_the_hub(without, kept_in=True) > 0.2


def test_the_leader_of_towns_alliance_leaves_only_where_that_is_at_work(region, without):
    for made, is_there in ((region, False), (without, True)):
        leader = made.people.leaders["tsa:anvil"]
        assert (
            any(h.person is leader and h.holds_on(STUDY_DAY) for h in made.people.hats) == is_there
        )
