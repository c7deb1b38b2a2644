"""What counts in figures is not thereby listed: pages name only what is shared by name."""

from __future__ import annotations

import pytest

from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.lens import Lens
from hedgerow.web.places.address import Address
from hedgerow.web.places.changing import BY_NAME, changed
from hedgerow.web.places.looking import Look
from hedgerow.web.places.reports import told
from hedgerow.web.registers import register_on
from tests.web.conftest import TOWN


@pytest.fixture(scope="module")
def landscapes(home, region):
    register = register_on()
    return register, with_evidence(register, region.evidence)


def look_at(counted, named, version):
    return Look(
        address=Address(place=TOWN),
        lens=Lens.authority("la:982"),
        landscape=counted,
        named=named,
        on=named.as_of,
        version=version,
        notes=(),
        names={},
    )


def test_figures_count_what_lists_and_pictures_do_not_show(landscapes):
    register, counted = landscapes
    closed = told(look_at(counted, register, "aggregate"))
    reach = closed.profile.finding("professional_learning.external_reach")
    assert reach.is_measured
    drawn = {one.id for one in closed.report.pictures()}
    named = {one.id for one in told(look_at(counted, counted, "named")).report.pictures()}
    assert drawn < named
    activities = set(counted.table("activities")["name"])
    shown = [
        cell
        for picture in closed.report.pictures()
        for row in picture.table.cells()
        for cell in row
    ] + [cell for table in closed.report.tables for row in table.cells() for cell in row]
    assert not activities.intersection(shown)


def test_what_happened_is_told_by_name_and_says_so(landscapes):
    register, counted = landscapes
    since = changed(look_at(counted, register, "aggregate"))
    assert since.basis == BY_NAME
    people = set(counted.table("persons")["id"]) | set(counted.table("persons")["label"])
    told_of = " ".join(what for _, what in since.latest)
    assert not [one for one in people if one and one in told_of]
    assert changed(look_at(counted, counted, "named")).basis == ""
