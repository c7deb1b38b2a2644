"""Intervals of ratios and medians, and neighbours of some points, worked by hand."""

from __future__ import annotations

import math

import pytest

from hedgerow.methods.median_interval import median_interval
from hedgerow.methods.neighbours import nearest_neighbours, nearest_of
from hedgerow.methods.ratio_interval import clustered_share_interval, ratio_interval


def test_ratio_of_two_and_two() -> None:
    # R = (1 + 3) / (2 + 2) = 1; residuals -1 and 1: variance 2/1 * 2 / 16 = 1/4, so 1 +- 1.96 / 2
    low, high = ratio_interval([1, 3], [2, 2])
    assert (low, high) == pytest.approx((1 - 0.97998, 1 + 0.97998), abs=1e-5)


def test_clusters_that_differ_tell_as_much_as_few_members() -> None:
    # all of one cluster of 50, none of another: R = 1/2, variance 2 * (625 + 625) / 100^2 = 1/4
    # against 1/4 / 100, so 100 members tell as much as one: z^2 / (1 + z^2) spread about 1/2
    low, high = clustered_share_interval([50, 0], [50, 50])
    z = 1.959963984540054
    half = math.sqrt(z * z / 4 + z**4 / 4) / (1 + z * z)
    assert (low, high) == pytest.approx((0.5 - half, 0.5 + half))


def test_none_of_any_cluster_counts_clusters() -> None:
    # the upper end of none in three
    z2 = 1.959963984540054**2
    assert clustered_share_interval([0, 0, 0], [10, 20, 30]) == pytest.approx((0, z2 / (3 + z2)))


def test_median_of_a_hundred() -> None:
    # ranks 50 - 9.8 rounded down and 51 + 9.8 rounded up
    assert median_interval(range(1, 101)) == (40, 61)
    assert median_interval([7.0]) == (7, 7)


def test_neighbours_of_some_are_those_of_all() -> None:
    points = [[0, 0], [1, 0], [3, 0], [3, 0], [10, 5]]
    some, distances = nearest_of(points, [4, 2], 2)
    every, every_distance = nearest_neighbours(points, 2)
    assert some.tolist() == every[[4, 2]].tolist()
    assert distances.tolist() == every_distance[[4, 2]].tolist()
