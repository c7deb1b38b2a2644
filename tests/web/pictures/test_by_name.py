"""Pictures list: what only counts in figures stands in none of them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.lens import Lens
from hedgerow.reporting.pictures.network_data import TIES
from hedgerow.web.pictures import maps, networks, timelines
from hedgerow.web.places.address import Address
from hedgerow.web.places.changing import BY_NAME, by_name_alone
from hedgerow.web.places.looking import Look
from hedgerow.web.registers import register_on
from tests.web.conftest import TOWN


@pytest.fixture(scope="module")
def seen(home, region):
    """Build what an audience looks at: one that sees all by name, and one for whom it only
    counts."""
    register = register_on()
    counted = with_evidence(register, region.evidence)

    def look_at(version):
        named = counted if version == "pictures named" else register
        return Look(
            address=Address(place=TOWN),
            lens=Lens.authority("la:982"),
            landscape=counted,
            named=named,
            on=counted.as_of,
            version=version,
            notes=(),
            names={},
        )

    return look_at


def test_networks_hold_nobody_who_only_counts(seen):
    few, people = networks._network(seen("pictures counted"), tuple(TIES))
    all_of_it, _ = networks._network(seen("pictures named"), tuple(TIES))
    assert few.persons == {}
    assert isinstance(people, NotMeasured)
    assert len(few.ties) < len(all_of_it.ties)
    asked = networks.Asked(tuple(TIES), None, None)
    told = json.dumps(networks._as_json(few, {}, asked))
    assert not [who for who in all_of_it.persons.values() if who in told]
    assert "person" not in told.replace("shares a person with", "")


def test_timelines_tell_of_nobody_who_only_counts(seen):
    told = {}
    for version in ("pictures counted", "pictures named"):
        look = seen(version)
        days = timelines._days(look)[-3:]
        course = timelines._course(look, days)
        found = timelines._figures(look, days)
        told[version] = " ".join([*course.events["what"], *found.events["what"]])
        assert by_name_alone(look) == (BY_NAME if version == "pictures counted" else "")
    assert "erson" in told["pictures named"]
    assert "erson" not in told["pictures counted"]


def test_before_and_after_are_drawn_where_they_may_be_told_by_name(seen):
    at = date(2022, 7, 1)
    for version, drawn in (("pictures counted", set()), ("pictures named", set(timelines.STUDIED))):
        found = timelines._before_and_after(seen(version), at)
        assert {one.id for one, _ in found["studies"]} == drawn
        assert len(found["studies"]) + len(found["unstudied"]) == 2


def test_maps_show_no_learning_that_only_counts(seen):
    asked = maps.Asked("learning", None, False, None)
    assert maps._map(seen("pictures counted"), asked).why_none is not None
    assert maps._map(seen("pictures named"), asked).why_none is None
