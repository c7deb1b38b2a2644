"""Practices of the made-up region, where trusts press their likings as far as they standardise."""

from __future__ import annotations

import pytest

from hedgerow.features.practices.inventory import inventory
from hedgerow.features.practices.trust_ways import trust_ways
from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load

PLACES = ("City", "Town", "Shire")
PRACTICES = {one.id.partition(".")[2]: one for one in load() if one.feature == "practices"}


def here_of(region, place):
    return region.through(find_place(region, f"authority:{place}"), on=STUDY_DAY, phase="primary")


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_is_measured(made_up_region, place):
    here = here_of(made_up_region, place)
    for name, one in PRACTICES.items():
        found = one.measure(here)
        assert found.is_measured, (name, found.reason)
        assert "made-up fieldbook" in found.sources, name


@pytest.mark.parametrize("place", PLACES)
def test_schools_of_one_trust_are_more_alike_than_chance_allows(made_up_region, place):
    found = PRACTICES["likeness_gap"].measure(here_of(made_up_region, place))
    assert found.value > found.chance.high
    assert found.chance.p < 0.01
    schemes = PRACTICES["scheme_by_trust"].measure(here_of(made_up_region, place))
    assert schemes.value > schemes.chance.high


@pytest.mark.parametrize("place", PLACES)
def test_the_inventory_tells_of_no_few_schools(made_up_region, place):
    found = inventory(here_of(made_up_region, place))
    for column in ("adopted", "adapted", "blended", "form_not_known", "not_in_use"):
        shown = found[column].drop_nulls()
        assert ((shown == 0) | (shown >= 5)).all(), column
    assert found.filter("is_scheme").height == 4
    assert found["share_using"].drop_nulls().is_between(0, 1).all()


def test_tight_trusts_are_those_with_likeness_beyond_what_is_expected(made_up_region):
    found = trust_ways(here_of(made_up_region, "Town")).drop_nulls("tightness")
    assert found.height >= 3
    assert (found["schools_asked"] >= 4).all()
    assert (found["tightness"] - (found["likeness"] - found["expected"])).abs().max() < 1e-12
