"""Where evidence may only be counted, no words made of it name anybody."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.lens import Lens
from hedgerow.localities.declared import load
from hedgerow.localities.events import events_between
from hedgerow.web.registers import register_on

DAYS = (date(2021, 7, 1), date(2022, 7, 1))


@pytest.fixture(params=[True, False], ids=["by name", "counted"])
def town(request, home, region):
    landscape = with_evidence(register_on(), region.evidence, may_name=request.param)
    return [landscape.through(Lens.authority("la:982"), on=day) for day in DAYS]


def test_caveats_name_only_where_they_may(town):
    load()
    here = town[1]
    ours = set(pl.concat([here.organisations["name"], here.whole.table("persons")["label"]]))
    caveats = {one.id: one.measure(here).caveat for one in INDICATORS.values() if one.tier == "E"}
    naming = {
        indicator
        for indicator, caveat in caveats.items()
        if any(name in caveat for name in ours if len(name) > 6)
    }
    if here.whole.may_name:
        assert "linked_systems.core_fit" in naming
    else:
        assert naming == set()


def test_people_who_leave_are_events_only_where_they_may_be_named(town):
    kinds = set(events_between(town)["kind"])
    assert ("person_left" in kinds) == town[0].whole.may_name
    assert "joined_trust" in kinds or "became_academy" in kinds
