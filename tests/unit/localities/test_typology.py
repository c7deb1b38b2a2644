"""Types of places of which the kinds are known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from hedgerow.localities.typology.answer import CANNOT_SAY, Answer
from hedgerow.localities.typology.describing import FeatureTable
from hedgerow.localities.typology.distance import DistanceChoices, block_distance
from hedgerow.localities.typology.draws import (
    draw,
    draw_all,
    draw_inputs,
    missing_draws,
    sureness,
)
from hedgerow.localities.typology.entering import entering
from hedgerow.localities.typology.kept import KeptTypology
from hedgerow.localities.typology.multiverse import multiverse, outcome
from hedgerow.localities.typology.place_rows import how_sure
from hedgerow.localities.typology.portraits import portraits
from hedgerow.localities.typology.transitions import transitions
from hedgerow.localities.typology.types import Effort, SearchChoices, Typology, find_types
from hedgerow.localities.typology.variations import variations
from hedgerow.localities.typology.words import phrase
from hedgerow.methods.group_count import CountRule, chosen_by
from hedgerow.methods.rand_index import adjusted_rand_index
from tests.typed_tables import ON, no_kinds, table_of, three_kinds

QUICK = Effort(nulls=59, splits=6, draws=20)


@pytest.fixture(scope="module")
def table() -> FeatureTable:
    return three_kinds()


@pytest.fixture(scope="module")
def found(table: FeatureTable) -> Typology:
    return find_types(table, effort=QUICK)


@pytest.fixture(scope="module")
def drawn(found: Typology) -> pl.DataFrame:
    return draw_all(draw_inputs(found), 5, range(30))


def answer_of(found: Typology, drawn: pl.DataFrame, **given) -> Answer:
    held = {
        "unit": "authority",
        "typology": found,
        "sure": sureness(found, drawn),
        "near": (),
        "resemblance": None,
        "why_no_resemblance": "Not asked.",
        "transitions": (),
        "trajectories": (),
        "multiverse": None,
        "left_out": (),
        "notes": (),
        "register": "made up",
        "seed": 5,
    }
    return Answer(**(held | given))


def test_planted_kinds_are_found_the_largest_first(found: Typology) -> None:
    assert found.verdict == "types"
    truth = np.repeat([0, 1, 2], [30, 20, 10])
    assert adjusted_rand_index(found.labels, truth) > 0.95
    assert [one.letter for one in found.types] == ["A", "B", "C"]
    shares = [one.localities for one in found.types]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert sum(one.pupils for one in found.types) == pytest.approx(1)
    assert found.second.clouds == 3


def test_what_sets_a_type_apart_is_what_was_planted(found: Typology) -> None:
    first = {one.feature for one in found.types[0].apart}
    assert first <= {f"feature_{one}" for one in range(12)}
    assert all(one.deviations > 0 for one in found.types[2].apart)
    assert {one.feature for one in found.types[2].apart} <= {
        f"feature_{one}" for one in range(8, 12)
    }


def test_places_without_kinds_are_a_continuum() -> None:
    found = find_types(no_kinds(), effort=QUICK)
    assert found.verdict == "continuum"
    assert found.types == ()
    assert (found.labels == -1).all()
    assert found.directions >= 1
    answer = answer_of(found, draw_all(draw_inputs(found), 1, range(3)))
    assert "no discrete types" in answer.verdict_in_words
    assert answer.types().is_empty()
    assert answer.places()["type"].null_count() == 60
    assert answer.places()["neighbours"].list.len().to_list() == [5] * 60


def test_few_places_are_described_and_not_typed() -> None:
    found = find_types(table_of(np.random.default_rng(0).normal(size=(7, 12))))
    assert found.verdict == "too few"
    answer = answer_of(found, draw_all(draw_inputs(found), 1, ()))
    assert answer.verdict_in_words.startswith("7 places are too few")
    assert answer.places().height == 7
    assert json.loads(json.dumps(answer.to_json(), allow_nan=False))["types"] == []
    with pytest.raises(ValueError, match="none can be set beside"):
        find_types(table_of(np.ones((2, 12))))


def test_what_is_hardly_measured_stays_out_and_is_named() -> None:
    values = three_kinds().values.copy()
    values[:, 0] = np.nan
    values[3, 1:8] = np.nan
    found = entering(table_of(values), without=("place",))
    assert "feature_0" in found.unused and "feature_3" in found.unused
    assert [one.id for one in found.left_out] == ["la:003"]
    assert set(found.blocks) == {"structure", "localness", "trajectory"}
    with pytest.raises(ValueError, match="no feature"):
        entering(table_of(np.full((5, 4), np.nan)))


def test_a_draw_depends_on_seed_and_number_alone(found: Typology) -> None:
    inputs = draw_inputs(found)
    assert draw(inputs, 5, 17) == draw(inputs, 5, 17)
    assert draw(inputs, 5, 17) != draw(inputs, 5, 18)
    assert draw(inputs, 5, 17) != draw(inputs, 6, 17)
    whole = draw_all(inputs, 5, range(12))
    late = draw_all(inputs, 5, range(6, 12))
    early = draw_all(inputs, 5, range(5, -1, -1))
    assert pl.concat([late, early]).sort("draw").equals(whole)


def test_draws_that_are_missing_are_those_to_be_made(drawn: pl.DataFrame) -> None:
    assert missing_draws(None, 3) == (0, 1, 2)
    assert missing_draws(drawn.filter(pl.col("draw") != 4), 32) == (4, 30, 31)


def test_draws_vary_what_they_say_they_vary(found: Typology, drawn: pl.DataFrame) -> None:
    near = replace(found.table, on=ON.replace(year=2021))
    both = draw_all(draw_inputs(found, [near]), 5, range(30))
    assert both["on"].n_unique() == 2
    assert drawn["on"].n_unique() == 1
    assert set(drawn["k"]) <= {2, 3, 4} and drawn["k"].n_unique() > 1
    assert drawn["left_out"].n_unique() > 5
    weights = np.array(drawn["weights"].to_list())
    assert weights.sum(axis=1) == pytest.approx(np.ones(30))
    with pytest.raises(ValueError, match="other units"):
        draw_inputs(found, [replace(near, units=near.units[:-1])])


def test_sureness_adds_up_and_is_great_where_kinds_are_far_apart(
    found: Typology, drawn: pl.DataFrame
) -> None:
    sure = sureness(found, drawn)
    assert sure.shares.sum(axis=1) == pytest.approx(np.ones(60))
    of_three = sureness(found, drawn.filter(pl.col("k") == 3))
    assert np.median(of_three.own(found)) > 0.8
    low, high = of_three.type_shares(np.ones(60))
    assert np.all(low <= high) and np.all(high <= 1)
    with pytest.raises(ValueError, match="other localities"):
        sureness(found, drawn.with_columns(pl.col("labels").list.head(5)))


def test_words_of_sureness() -> None:
    assert [how_sure(one) for one in (0.9, 0.8, 0.5, 0.2)] == [
        "surely", "surely", "likely", "between types",
    ]  # fmt: skip  # one list
    assert phrase("rural", "Schools in rural areas", True) == "rural"
    assert phrase("other", "Something else", False) == "less than in most: Something else"


def test_places_know_their_neighbours_by_name_not_by_nearness(
    found: Typology, drawn: pl.DataFrame
) -> None:
    places = answer_of(found, drawn).places()
    own = dict(places.select("name", "type").iter_rows())
    for name, kind, neighbours in places.select("name", "type", "neighbours").iter_rows():
        assert name not in neighbours
        assert neighbours == sorted(neighbours)
        assert {own[one] for one in neighbours} == {kind}


def test_nobody_moves_between_one_day_and_itself(found: Typology) -> None:
    earlier = replace(found.table, on=ON.replace(year=2018))
    moves = transitions(found, earlier, draws=10)
    assert moves is not None
    assert moves.moved == 0
    assert np.diagonal(moves.counts).sum() == moves.counts.sum() == 60
    assert moves.kept_type == pytest.approx(1)
    assert np.all(moves.low <= moves.counts) and np.all(moves.counts <= moves.high)


def test_moves_are_counted_from_the_earlier_day_to_the_last(found: Typology) -> None:
    values = found.table.values.copy()
    values[:5] = found.table.values[30:35]
    earlier = table_of(values, on=ON.replace(year=2018))
    gone = replace(earlier, units=(replace(earlier.units[0], id="la:999"), *earlier.units[1:]))
    moves = transitions(found, gone, draws=5)
    assert moves is not None
    assert moves.not_compared == 1
    assert moves.counts[1, 0] == 4
    assert moves.moved == pytest.approx(4 / 59)


def test_every_choice_is_in_the_multiverse(found: Typology) -> None:
    light = replace(found.table, findings=())
    wanted = variations(found, {("Unit", "others"): light}, seed=1)
    choices = {one.choice for one in wanted}
    assert {
        "Block left out", "Block counted twice", "Feature left out", "Scale of features",
        "Differences within a block", "Features that say the same", "Unit",
        "Chance in resampling and halving", "How far one feature counts", "What a continuum is",
        "Numbers of types tried", "What is not measured",
    } <= choices  # fmt: skip  # one set
    assert sum(one.choice == "Feature left out" for one in wanted) == 12
    few = [replace(one, effort=QUICK) for one in wanted[:2]]
    rows = multiverse(found, {}, each=lambda all_of_them: [outcome(one) for one in few])
    assert rows["choice"][0] == "Main analysis" and rows["agreement"][0] == 1
    assert rows.filter(pl.col("choice").str.starts_with("Chance"))["agreement"][0] > 0.9
    assert rows.filter(pl.col("choice") == "Another method")["k"].to_list() == [3]
    # the same evidence, of which more or less is asked
    said = rows.filter(pl.col("choice").str.starts_with("How"))
    assert said["k"].to_list() == [3] * 4 and set(said["verdict"]) == {"types"}
    assert rows["choice"].str.starts_with("Chance from which").sum() == 3


def test_what_is_asked_of_groups_decides_what_they_are_called(found: Typology) -> None:
    count = found.count
    assert chosen_by(CountRule(), count.evidence, count.p) == ("types", count.chosen)
    assert chosen_by(CountRule(level=count.p / 2), count.evidence, count.p)[0] == "continuum"
    assert chosen_by(CountRule(foretold=1.01), count.evidence, 0.001)[0] == "patterns"
    assert chosen_by(CountRule(comes_back=1.01), count.evidence, 0.001)[0] == "continuum"


@pytest.mark.parametrize(
    ("choices", "search"),
    [
        (DistanceChoices(furthest=1.0), None),
        (DistanceChoices(), SearchChoices(margins="as they are")),
        (DistanceChoices(), SearchChoices(most_types=2)),
    ],
)
def test_choices_reach_what_they_are_about(found: Typology, choices, search) -> None:
    other = find_types(found.table, choices=choices, search=search, effort=QUICK)
    assert [one.null_silhouette for one in other.count.evidence] != [
        one.null_silhouette for one in found.count.evidence
    ]


def test_features_and_places_that_are_hardly_measured_can_be_left_out() -> None:
    values = three_kinds().values.copy()
    values[:15, 0] = np.nan
    table = table_of(values)
    assert "feature_0" not in entering(table).unused
    assert "feature_0" in entering(table, least_measured=0.9).unused


def test_portraits_hold_every_feature_of_every_type_and_the_context(found: Typology) -> None:
    rows = portraits(found)
    assert rows.height == 3 * 13
    assert rows.filter(pl.col("block") == "context").height == 3
    assert portraits(found, with_context=False).height == 36


def test_the_answer_says_beside_it_what_open_data_cannot(
    found: Typology, drawn: pl.DataFrame
) -> None:
    held = json.loads(json.dumps(answer_of(found, drawn).to_json(), allow_nan=False))
    assert held["cannot_say"] == list(CANNOT_SAY)
    said = " ".join(CANNOT_SAY)
    assert all(word in said for word in ("coherent", "engagement", "sense"))
    for one in held["types"]:
        assert one["localities_low"] <= one["share_of_localities"] <= one["localities_high"]
    assert not {"rank", "score"} & set(json.dumps(held).replace('"', " ").split())


def test_a_kept_typology_comes_back_as_it_was(found: Typology, drawn: pl.DataFrame) -> None:
    answer = answer_of(found, drawn)
    kept = KeptTypology(answer.on, answer.verdict_in_words, 30, answer.word, answer.places())
    again = KeptTypology.from_said(json.loads(json.dumps(kept.said())), kept.places)
    assert again.said() == kept.said()


def test_leaving_a_block_out_is_giving_it_no_weight(table: FeatureTable) -> None:
    blocks = table.blocks
    kept = [place for place, block in enumerate(blocks) if block != "place"]
    without = block_distance(table.values[:, kept], [blocks[place] for place in kept])
    weightless = block_distance(table.values, blocks, DistanceChoices(weights=(("place", 0.0),)))
    assert weightless == pytest.approx(without)
