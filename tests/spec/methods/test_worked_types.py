"""Groups of units worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.cluster_stability import jaccard_stability
from hedgerow.methods.coassignment import coassignment, matched_groups, membership_shares
from hedgerow.methods.components import principal_components
from hedgerow.methods.copula_null import single_peaked
from hedgerow.methods.mixture import fit_mixture
from hedgerow.methods.prediction_strength import prediction_strength
from hedgerow.methods.rand_index import adjusted_rand_index


def test_pairs_that_two_partitions_agree_on() -> None:
    # of 6 pairs the first puts 2 together, the second 1, both 1: chance 2 x 1 / 6 = 1/3
    first = ["a", "a", "b", "b"]
    assert adjusted_rand_index(first, [0, 0, 1, 2]) == pytest.approx((1 - 1 / 3) / (1.5 - 1 / 3))
    assert adjusted_rand_index(first, ["y", "y", "x", "x"]) == 1
    # crossed: nothing in common, chance 2 x 2 / 6 = 2/3, (0 - 2/3) / (2 - 2/3)
    assert adjusted_rand_index(first, [0, 1, 0, 1]) == pytest.approx(-0.5)
    assert adjusted_rand_index([0, 0, 0, 0], first) is None


def test_two_far_heaps_foretell_each_other() -> None:
    place = np.concatenate([np.arange(12), 1000 + np.arange(12)]).astype(float)
    apart = np.abs(place[:, None] - place)
    rng = np.random.default_rng(1)
    assert prediction_strength(apart, 1, rng).mean == 1
    assert prediction_strength(apart, 2, rng).mean == 1
    assert prediction_strength(apart, 4, rng).mean < 0.6


def test_a_group_of_one_is_foretold_by_nobody() -> None:
    # whichever half holds the far unit, its group has no pair: 0 there, and in the other half two
    # groups of one heap; never 1
    place = np.array([0.0, 1, 2, 3, 4, 5, 6, 1000])
    apart = np.abs(place[:, None] - place)
    found = prediction_strength(apart, 2, np.random.default_rng(1))
    assert found.values.max() <= 0.5


def test_far_heaps_come_back_and_halves_of_one_heap_do_not_always() -> None:
    place = np.concatenate([np.arange(16), 1000 + np.arange(16)]).astype(float)
    apart = np.abs(place[:, None] - place)
    found = jaccard_stability(apart, np.repeat([0, 1], 16), np.random.default_rng(2))
    assert found.tolist() == [1.0, 1.0]
    # one heap in two: at times it is the other that is parted
    found = jaccard_stability(apart, np.repeat([0, 1, 2], [16, 8, 8]), np.random.default_rng(2))
    assert found.max() < 0.9


def test_together_in_two_of_three() -> None:
    partitions = [[0, 0, 1], [0, 0, 0], [0, 1, -1]]
    found = coassignment(partitions)
    assert found[0].tolist() == pytest.approx([1, 2 / 3, 1 / 2])
    assert found[2, 2] == 1


def test_a_group_comes_back_when_more_than_half_is_shared() -> None:
    reference = [0, 0, 0, 1, 1, 1]
    # group 0 shares 3 of 4 with the first; group 1 shares 2 of 3 with the second
    assert matched_groups([0, 0, 0, 0, 1, 1], reference).tolist() == [0, 1]
    # halves: each shares half of what either has, which is not more than half
    assert matched_groups([0, 0, 1, 1, 2, 2], reference).tolist() == [0, 2, 1]
    assert matched_groups([0, 1, 0, 1, 0, 1], reference).tolist() == [2, 2]
    shares = membership_shares([[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]], reference)
    assert shares[3].tolist() == [0.5, 0.5, 0]


def test_the_nearest_single_peak_of_two_heaps_fills_the_gap() -> None:
    chances, values = single_peaked([0, 0, 0, 0, 1, 2, 3])
    # four of seven at the peak stay there; the rest is spread evenly
    assert values.tolist() == [0, 0, 1, 3]
    assert chances.tolist() == pytest.approx([0, 4 / 7, 5 / 7, 1])
    # the nearest peak of two pairs lies at one of them; the rest is spread from there
    chances, values = single_peaked([0, 1, 9, 10])
    assert values.tolist() == [0, 1, 1, 10]
    assert chances.tolist() == [0, 0.25, 0.5, 1]


def test_one_direction_of_two_columns_that_run_together() -> None:
    found = principal_components([[1, 2], [2, 4], [3, 6], [4, 8]])
    assert found.shares.tolist() == pytest.approx([1.0])
    assert found.loadings.ravel().tolist() == pytest.approx([1, 1])


def test_one_cloud_is_the_mean_and_the_variance() -> None:
    x = np.array([[0.0], [2.0], [4.0]])
    found = fit_mixture(x, [0, 0, 0])
    assert found.means[0, 0] == pytest.approx(2)
    assert found.covariances[0, 0, 0] == pytest.approx(8 / 3, abs=1e-5)
    # log likelihood -3/2 (ln 2 pi v + 1), two numbers fitted
    expected = -1.5 * (np.log(2 * np.pi * 8 / 3) + 1)
    assert found.log_likelihood == pytest.approx(expected, abs=1e-5)
    assert found.bic == pytest.approx(2 * np.log(3) - 2 * expected, abs=1e-5)
