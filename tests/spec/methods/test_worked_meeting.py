"""Diversity by row, agreement of many, and regularity, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.concordance import group_rank_gap_test, mean_overlap_test
from hedgerow.methods.diversity import hill_numbers
from hedgerow.methods.regularity import longest_gap, regularity

NAN = float("nan")


def test_diversity_of_each_row():
    assert hill_numbers([[2, 2, 4], [3, 0, 0]], 2).tolist() == pytest.approx([8 / 3, 1])


def test_mean_overlap_of_three_short_lists():
    # abc, abc and acb, two of them ranked by the third: followed to depth two at p = 1/2.
    # depth 1: all share a. depth 2: one pair shares two, two pairs one of two: (1 + 1/2 + 1/2) / 3.
    # (1/2)(1) + (1/4)(2/3), and beyond as at depth two: (1/4)(2/3)
    ranks = [[1, 2, 3], [1, 2, 3], [1, NAN, 2]]
    found = mean_overlap_test(ranks, np.random.default_rng(1), p=0.5, draws=99)
    assert found.observed == pytest.approx(1 / 2 + 1 / 4 * 2 / 3 + 1 / 4 * 2 / 3)


def test_ties_count_by_the_share_that_fits():
    # the first ties all three items: at depth 1 a third of each, at depth 2 two thirds, then all.
    # shared with abc: 1/3, then (2/3 + 2/3) / 2, then 1
    found = mean_overlap_test([[2, 2, 2], [1, 2, 3]], np.random.default_rng(1), p=0.5, draws=9)
    assert found.observed == pytest.approx(1 / 2 * 1 / 3 + 1 / 4 * 2 / 3 + 1 / 8 + 1 / 8)


def test_two_groups_that_turn_the_order_round():
    ranks = [[1, 2, 3], [1, 2, 3], [3, 2, 1], [3, 2, 1]]
    found = group_rank_gap_test(ranks, list("aabb"), np.random.default_rng(1), draws=500)
    # differences 2, 0, 2; of the six ways to deal, two part them so and four mix them evenly
    assert found.observed == pytest.approx(4 / 3)
    assert found.mean == pytest.approx(4 / 3 / 3, abs=0.1)


def test_three_groups_are_compared_in_pairs():
    # mean ranks 1, 1 and 2 of the first item: differences 0, 1 and 1; of the second the same
    found = group_rank_gap_test(
        [[1, 2], [1, 2], [2, 1]], list("abc"), np.random.default_rng(1), draws=9
    )
    assert found.observed == pytest.approx(2 / 3)


def test_regularity_of_gaps():
    assert regularity([0, 7, 14, 21]) == 1
    # gaps 1, 1 and 4: mean 2, sd sqrt((1 + 1 + 4) / 2) = 1.732
    assert regularity([1, 0, 2, 6]) == pytest.approx(1 - 3**0.5 / 2)
    # gaps 0, 0 and 3: sd 1.732 over a mean of 1
    assert regularity([5, 5, 5, 8]) == 0
    assert regularity([1, 2, 3]) is None
    assert regularity([4, 4, 4, 4]) is None


def test_longest_gap_counts_both_ends():
    assert longest_gap([3, 5], 0, 6) == 3
    assert longest_gap([1, 2], 0, 6) == 4
    assert longest_gap([], 0, 6) == 6
