"""Laws of agreement of many, regularity, adjusted p-values, local clusters, ratios and overlap."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.concordance import group_rank_gap_test, mean_overlap_test, rank_biased_overlap
from hedgerow.methods.diversity import hill_number, hill_numbers
from hedgerow.methods.explained import explained_share
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.local_clusters import local_clusters
from hedgerow.methods.pooled_ratio import pooled_rate_ratio, pooled_rate_ratio_interval
from hedgerow.methods.profile_overlap import mean_cosine, profile_overlap_test
from hedgerow.methods.regularity import longest_gap, regularity

seeds = st.integers(0, 2**31)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(arrays(int, (3, 4), elements=st.integers(0, 9)), st.sampled_from([0, 0.5, 1, 2]))
def test_diversity_by_row_is_that_of_each(counts, q):
    counts[:, 0] += 1
    assert hill_numbers(counts, q).tolist() == pytest.approx(
        [hill_number(row, q) for row in counts]
    )


@given(st.integers(2, 7), st.integers(1, 6), st.sampled_from([0.3, 0.9]), seeds)
def test_mean_overlap_is_the_mean_over_pairs(m, k, p, seed):
    orders = np.array([rng(seed + judge).permutation(k) for judge in range(m)])
    ranks = np.argsort(orders, axis=1) + 1
    pairs = [rank_biased_overlap(list(a), list(b), p) for a, b in itertools.combinations(orders, 2)]
    found = mean_overlap_test(ranks, rng(), p=p, draws=19)
    assert found.observed == pytest.approx(np.mean(pairs))
    assert -1e-12 <= found.low <= found.high <= 1 + 1e-12


@given(seeds)
def test_overlap_by_chance_is_what_slow_deals_give(seed):
    # of lists of k items at random, depth d shares d/k: the mean needs no draws
    k, p = 5, 0.8
    ranks = np.array([rng(seed + judge).permutation(k) + 1 for judge in range(4)])
    depth = np.arange(1, k + 1)
    expected = (1 - p) / p * np.sum(depth / k * p**depth) + p**k
    assert mean_overlap_test(ranks, rng(seed), p=p).mean == pytest.approx(expected, abs=0.02)


@given(st.lists(st.sampled_from("ab"), min_size=4, max_size=8), seeds)
def test_groups_apart_are_found_by_a_slow_count(groups, seed):
    groups[:2] = "ab"
    ranks = np.array([rng(seed + judge).permutation(4) + 1 for judge in range(len(groups))])
    is_a = np.array(groups) == "a"
    slow = np.abs(ranks[is_a].mean(axis=0) - ranks[~is_a].mean(axis=0)).mean()
    assert group_rank_gap_test(ranks, groups, rng(), draws=9).observed == pytest.approx(slow)


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=12), st.integers(1, 9))
def test_regularity_knows_no_unit_and_no_beginning(times, unit):
    found = regularity(times)
    again = regularity([7 - unit * time for time in times])
    assert found == (None if again is None else pytest.approx(again))
    assert found is None or 0 <= found <= 1


@given(st.lists(st.integers(0, 100), max_size=12))
def test_an_event_more_never_lengthens_the_gap(times):
    assert longest_gap(times, -1, 101) <= longest_gap(times[1:], -1, 101)


@given(arrays(float, st.integers(1, 12), elements=st.floats(0, 1)), st.floats(0, 1))
def test_adjusting_is_the_step_up_procedure(p_values, level):
    found = adjusted_p_values(p_values)
    assert np.all(found >= p_values - 1e-15)
    ordered = np.sort(p_values)
    passes = [i for i, p in enumerate(ordered, 1) if p * len(ordered) / i <= level]
    assert np.sum(found <= level) == (max(passes) if passes else 0)


@given(arrays(int, 8, elements=st.integers(-3, 3)), st.integers(1, 6), seeds)
def test_p_values_of_clusters_are_those_of_all_draws(values, k, seed):
    draw = rng(seed)
    others = [[other for other in range(8) if other != unit] for unit in range(8)]
    near = np.array([draw.permutation(row)[:k] for row in others])
    found = local_clusters(values, near, draw, draws=4000)
    for unit, row in enumerate(others):
        means = np.array([np.mean(values[list(c)]) for c in itertools.combinations(row, k)])
        low = np.mean(means <= found.neighbour_mean[unit] + 1e-9)
        assert found.p_low[unit] == pytest.approx(low, abs=0.05)
    moved = local_clusters(5 + 2 * values, near, rng(3), draws=99)
    assert moved.p_low.tolist() == local_clusters(values, near, rng(3), draws=99).p_low.tolist()


@given(arrays(int, (12, 2), elements=st.integers(0, 1)), arrays(bool, 12))
def test_exchanging_the_groups_turns_the_ratio_over(outcomes, exposed):
    exposed[:2] = [True, False]
    one, other = pooled_rate_ratio(outcomes, exposed), pooled_rate_ratio(outcomes, ~exposed)
    if one and other:
        assert one * other == pytest.approx(1)
    padded = np.column_stack([outcomes, np.where(exposed, 1.0, np.nan)])
    assert pooled_rate_ratio(padded, exposed) == (None if one is None else pytest.approx(one))
    interval = pooled_rate_ratio_interval(outcomes, exposed, rng(), draws=99)
    if interval is not None:
        assert interval.value == pytest.approx(one)


@given(
    arrays(float, (9, 3), elements=st.floats(-5, 5)), arrays(float, 9, elements=st.floats(-5, 5))
)
def test_explained_share_is_that_of_least_squares(predictors, response):
    predictors, response = np.round(predictors, 2), np.round(response, 2)
    found = explained_share(response, predictors, rng(), draws=49)
    if found is None:
        assert np.ptp(response) == 0
        return
    design = np.column_stack([np.ones(9), predictors])
    fitted = design @ np.linalg.lstsq(design, response)[0]
    total = np.sum((response - response.mean()) ** 2)
    slow = 1 - np.sum((response - fitted) ** 2) / total
    assert found.interval.value == pytest.approx(slow, abs=1e-6)
    fewer = explained_share(response, predictors[:, :2], rng(), draws=9)
    assert fewer is not None
    assert fewer.interval.value <= found.interval.value + 1e-6


def test_noise_explains_what_is_said_of_chance():
    draw = rng(4)
    found = explained_share(draw.normal(size=41), draw.normal(size=(41, 4)), draw)
    assert found is not None
    assert found.null.mean == pytest.approx(4 / 40, abs=0.01)


@given(arrays(int, (4, 3), elements=st.integers(0, 4)))
def test_overlap_is_the_cosine_of_each_pair(counts):
    weights = np.arange(16).reshape(4, 4)
    weights = weights + weights.T
    pairs = [
        (
            weights[a, b],
            counts[a] @ counts[b] / np.sqrt((counts[a] @ counts[a]) * (counts[b] @ counts[b])),
        )
        for a, b in itertools.combinations(range(4), 2)
        if counts[a].any() and counts[b].any()
    ]
    found = mean_cosine(counts, weights)
    if not pairs:
        assert found is None
        return
    assert found == pytest.approx(sum(w * c for w, c in pairs) / sum(w for w, _ in pairs))
    units, cells = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    test = profile_overlap_test(units, cells, weights, rng(), draws=9)
    assert test is not None
    assert test.observed == pytest.approx(found)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: hill_numbers([[0, 0]], 1), "all zero"),
        (lambda: hill_numbers([1, 2], 1), "must be a table"),
        (lambda: mean_overlap_test([[1, 2]], rng()), "two judges"),
        (lambda: mean_overlap_test([[1, 2], [np.nan, np.nan]], rng()), "ranked nothing"),
        (lambda: mean_overlap_test([[1], [1]], rng(), p=1), "between 0 and 1"),
        (lambda: group_rank_gap_test([[1, 2], [2, 1]], ["a", "a"], rng()), "two groups"),
        (lambda: group_rank_gap_test([[1, 2], [2, 1]], ["a"], rng()), "lengths differ"),
        (lambda: regularity([np.nan]), "finite"),
        (lambda: longest_gap([5], 0, 4), "must lie from"),
        (lambda: longest_gap([], 4, 4), "does not last"),
        (lambda: adjusted_p_values([1.2]), "from 0 to 1"),
        (lambda: local_clusters([1, np.inf], [[1]], rng(), rows=[0]), "finite"),
        (lambda: local_clusters([1, 2, 3], [[0]], rng(), rows=[0]), "its own neighbour"),
        (lambda: local_clusters([1, 2], [[1, 1]], rng(), rows=[0]), "too few"),
        (lambda: local_clusters([1, 2], [[1]], rng()), "2 rows"),
        (lambda: local_clusters([1, 2], [[5]], rng(), rows=[0]), "0 to 1"),
        (lambda: pooled_rate_ratio([[2]], [True]), "0 or 1"),
        (lambda: pooled_rate_ratio([[1]], [True, False]), "do not fit"),
        (lambda: explained_share([1], [[1]], rng()), "do not fit"),
        (lambda: explained_share([1, np.nan], [[1], [2]], rng()), "finite"),
        (lambda: mean_cosine([[1]], [[1, 2]]), "do not fit"),
        (lambda: mean_cosine([[1], [-1]], np.ones((2, 2))), "zero or more"),
        (lambda: mean_cosine([[1], [1]], [[1, 2], [3, 1]]), "symmetric"),
        (lambda: profile_overlap_test([0], [0, 1], [[1]], rng()), "differ in shape"),
        (lambda: profile_overlap_test([2], [0], [[1]], rng()), "must belong"),
    ],
)
def test_wrong_input_is_refused(call, match):
    with pytest.raises(ValueError, match=match):
        call()
