"""What is unusual about a made-up place: what is said, and when nothing is."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from hedgerow.landscape.lens import Lens
from hedgerow.localities.beside import FEWEST_PLACES
from hedgerow.localities.declared import load
from hedgerow.localities.figures_of_places import FIGURES, authorities, figures_of
from hedgerow.localities.judged import ALIKE_BY, JUDGED
from hedgerow.localities.profile import profile
from hedgerow.localities.unusual import COMPARED
from tests.unit.localities.many_places import ALIKE, ODD, many_places


@pytest.fixture(scope="module")
def country():
    return many_places().landscape(is_checked=True)


@pytest.fixture(scope="module")
def figures(country):
    return figures_of(
        country, authorities(country, on=None, phase="primary"), on=None, phase="primary"
    )


def test_figures_are_of_every_authority_and_only_what_is_measured(country, figures):
    assert figures.schema == pl.Schema(FIGURES)
    assert figures["place"].n_unique() == ALIKE + 1
    assert figures["value"].null_count() == 0
    share = figures.filter(pl.col("indicator") == "linked_systems.maintained_share")
    mine = profile(country, Lens.authority("la:007")).finding("linked_systems.maintained_share")
    assert share.filter(pl.col("place") == "la:007")["value"].item() == mine.value


def test_what_is_compared_is_declared():
    declared = {one.id for one in load()}
    assert {one.id for one in JUDGED} <= declared
    assert set(ALIKE_BY) <= declared
    assert len({one.id for one in JUDGED}) == len(JUDGED)


def test_the_odd_one_out_is_said_in_words(country, figures):
    found = profile(country, Lens.authority(ODD), figures=figures).unusual
    assert found is not None
    said = {one.findings[0]: one.text for one in found.statements}
    text = said["linked_systems.maintained_share"]
    assert text.startswith(
        "Fewer of the schools are maintained by the local authority than in most authorities: "
        "0 per cent (0 to 9), where half of them lie between "
    )
    assert "linked_systems.share_in_trusts_16_plus" in said
    assert "context.small_schools_share" not in said
    assert found.basis[0].endswith(f"compared with those of {ALIKE} other authorities.")


def test_nothing_is_ranked_or_judged(country, figures):
    for place in (ODD, "la:004"):
        found = profile(country, Lens.authority(place), figures=figures).unusual
        for text in [*(one.text for one in found.statements), *found.basis]:
            words = text.replace("neither better nor worse", "")
            judging = r"\b(rank\w*|worst|worse|best|better|highest|lowest|top|bottom|only)\b"
            assert not re.search(judging, words.replace("good or better", "")), text


def test_places_like_the_others_have_hardly_anything(country, figures):
    said = [
        len(profile(country, Lens.authority(f"la:{one:03}"), figures=figures).unusual.statements)
        for one in range(1, 9)
    ]
    assert sum(said) <= 4


def test_the_place_itself_is_not_among_those_it_is_compared_with(country, figures):
    rows = figures.filter(pl.col("place") != ODD)
    with_itself = profile(country, Lens.authority(ODD), figures=figures).unusual
    without = profile(country, Lens.authority(ODD), figures=rows).unusual
    assert with_itself.table.equals(without.table)


def test_a_place_within_one_authority_is_not_compared_with_it(country, figures):
    part = Lens.authority(ODD) & Lens.radius(400_000 + 31 * 20_000, 300_000, 4.0)
    found = profile(country, part, figures=figures).unusual
    assert found.table["places"].max() == ALIKE
    assert "whatever its own kind" in found.basis[0]


def test_with_too_few_places_nothing_is_said():
    few = many_places(alike=FEWEST_PLACES - 1).landscape(is_checked=True)
    some = figures_of(few, authorities(few, on=None, phase="all"), on=None, phase="all")
    found = profile(few, Lens.authority("la:003"), phase="all", figures=some).unusual
    assert found.statements == ()
    assert found.table.is_empty()
    assert "19 comparable places; with fewer than 20 nothing can be said" in found.basis[0]


def test_a_figure_on_few_units_is_left_out_with_its_reason(country, figures):
    # twelve schools of an ordinary place, of which no more than nine are academies
    dozen = Lens.listed([f"urn:{900_001 + one}" for one in range(12)])
    place = profile(country, dozen, figures=figures)
    academies = place.finding("local_lens.cross_regional_share")
    assert 5 <= academies.n < 10
    why = dict(place.unusual.table.select("id", "why_not_compared").iter_rows())
    said = f"it rests on {academies.n} academies: too few to say"
    assert why["local_lens.cross_regional_share"] == said


def test_of_a_place_of_few_schools_nothing_is_said(country, figures):
    nine = Lens.listed([f"urn:{900_001 + 40 * 30 + one}" for one in range(9)])
    found = profile(country, nine, figures=figures).unusual
    assert found.basis == ("Too few to say: of nine schools nothing can be called unusual.",)
    assert found.statements == ()


def test_of_a_trust_who_governs_is_no_finding(country, figures):
    found = profile(country, Lens.trust("uid:90310"), figures=figures).unusual
    assert not [one for one in found.statements if "trust" in one.text]
    why = dict(found.table.select("id", "why_not_compared").iter_rows())
    assert why["linked_systems.maintained_share"] == "the schools are chosen by who governs them"


def test_of_several_authorities_what_means_something_else_is_left_out(country, figures):
    two = Lens.authority(ODD) | Lens.authority("la:002")
    found = profile(country, two, figures=figures).unusual
    why = dict(found.table.select("id", "why_not_compared").iter_rows())
    assert why["local_lens.neighbour_fragmentation"] == "the place lies in several authorities"


def test_england_has_nothing_beside_it(country, figures):
    found = profile(country, Lens.everywhere(), figures=figures).unusual
    assert found.statements == ()
    assert "nothing beside it" in found.basis[0]


def test_similar_places_are_said_and_what_makes_them_so_is_not_compared(country, figures):
    found = profile(country, Lens.authority(ODD), figures=figures, beside="similar").unusual
    assert found.basis[0] == (
        "Compared with the 30 authorities most alike in number of schools, size of a typical "
        "school and share of schools in rural areas."
    )
    assert not set(found.table["id"]) & set(ALIKE_BY) - {"context.share_in_most_deprived_fifth"}


def test_json_and_table_are_plain(country, figures):
    found = profile(country, Lens.authority(ODD), figures=figures)
    said = json.loads(json.dumps(found.to_json(), allow_nan=False))["unusual"]
    assert said["statements"][0].keys() == {"text", "findings"}
    assert list(said["compared"][0]) == list(COMPARED)
    assert profile(country, Lens.authority(ODD)).to_json()["unusual"] is None
