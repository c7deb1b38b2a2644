"""Laws of the distance between localities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.localities.typology.distance import (
    DistanceChoices,
    block_distance,
    scaled,
    shared_weights,
)

BLOCKS = ["a", "a", "a", "b", "b", "c"]
SEEDS = st.integers(0, 10_000)
CHOICES = st.builds(
    DistanceChoices,
    metric=st.sampled_from(["euclidean", "manhattan"]),
    scale=st.sampled_from(["robust", "deviation"]),
    is_less_for_duplicates=st.booleans(),
)


def table(seed: int, holes: float = 0.1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(14, 6))
    values[rng.random(values.shape) < holes] = np.nan
    values[:, 5] = rng.normal(size=14)
    return values


@given(SEEDS, CHOICES)
def test_a_distance_is_symmetric_and_nought_to_itself(seed, choices) -> None:
    d = block_distance(table(seed), BLOCKS, choices)
    assert d == pytest.approx(d.T)
    assert np.all(np.diagonal(d) == 0) and np.all(d >= 0) and np.isfinite(d).all()


@given(SEEDS, CHOICES, st.floats(-5, 5), st.floats(0.1, 10))
def test_units_of_measurement_change_nothing(seed, choices, shift, factor) -> None:
    values = table(seed)
    moved = values.copy()
    moved[:, 2] = moved[:, 2] * factor + shift
    moved[:, 5] *= -1
    assert block_distance(moved, BLOCKS, choices) == pytest.approx(
        block_distance(values, BLOCKS, choices), abs=1e-6
    )


@given(SEEDS, CHOICES)
def test_the_order_of_places_and_features_changes_nothing(seed, choices) -> None:
    values = table(seed)
    rows = np.random.default_rng(seed).permutation(14)
    d = block_distance(values, BLOCKS, choices)
    assert block_distance(values[rows], BLOCKS, choices) == pytest.approx(d[np.ix_(rows, rows)])
    columns = [4, 0, 5, 2, 1, 3]
    again = block_distance(values[:, columns], [BLOCKS[one] for one in columns], choices)
    assert again == pytest.approx(d)


@given(SEEDS, st.integers(2, 5))
def test_copies_of_a_feature_say_no_more_than_one(seed, copies) -> None:
    values = table(seed, holes=0.0)
    copied = np.column_stack([values[:, [3]]] * copies + [values[:, 5]])
    blocks = ["b"] * copies + ["c"]
    once = block_distance(values[:, [3, 5]], ["b", "c"])
    assert block_distance(copied, blocks) == pytest.approx(once)
    assert shared_weights(scaled(copied), blocks)[:copies] == pytest.approx(
        np.full(copies, 1 / copies)
    )


@given(SEEDS)
def test_blocks_are_averaged(seed) -> None:
    values = table(seed, holes=0.0)
    parts = []
    for block in "abc":
        own = [place for place, one in enumerate(BLOCKS) if one == block]
        parts.append(block_distance(values[:, own], [block] * len(own)))
    assert block_distance(values, BLOCKS) == pytest.approx(np.mean(parts, axis=0))
    for part in parts:
        assert part[np.triu_indices(14, 1)].mean() == pytest.approx(1)


@given(SEEDS)
def test_one_block_agrees_with_its_plain_definition(seed) -> None:
    values = table(seed, holes=0.2)[:, :4]
    known = ~np.isnan(values)
    if not (known.astype(int) @ known.T.astype(int)).all():
        return
    z = scaled(values)
    weights = shared_weights(z, ["a"] * 4)
    plain = np.zeros((14, 14))
    for i in range(14):
        for j in range(14):
            both = known[i] & known[j]
            away = (weights[both] * (z[i, both] - z[j, both]) ** 2).sum() / weights[both].sum()
            plain[i, j] = np.sqrt(away) if i != j else 0.0
    plain /= plain[np.triu_indices(14, 1)].mean()
    assert block_distance(values, ["a"] * 4) == pytest.approx(plain, abs=1e-6)


def test_a_pair_with_nothing_in_common_is_refused() -> None:
    with pytest.raises(ValueError, match="no feature"):
        block_distance(np.array([[1.0, np.nan], [np.nan, 2.0], [1.0, 1.0]]), ["a", "b"])


def test_a_feature_that_most_share_is_scaled_by_its_mean_deviation() -> None:
    z = scaled(np.array([[0.0], [0.0], [0.0], [0.0], [1.0]]))
    # mean deviation 1/5, times 1.2533
    assert z[4, 0] == pytest.approx(3.0)
    assert scaled(np.array([[0.0]] * 4 + [[1.0]] * 3))[6, 0] == pytest.approx(7 / 3 / 1.2533)
    assert scaled(np.ones((5, 1))).tolist() == [[0.0]] * 5
