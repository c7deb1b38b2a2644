"""What intervals of ratios and medians, and neighbours of some points, refuse."""

from __future__ import annotations

import pytest

from hedgerow.methods.median_interval import median_interval
from hedgerow.methods.neighbours import nearest_of
from hedgerow.methods.ratio_interval import clustered_share_interval, ratio_interval


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        ([1], [2], "two units"),
        ([1, 2], [1, 2, 3], "lengths differ"),
        ([1, 2], [0, 0], "not all zero"),
        ([1, 2], [1, -1], "zero or more"),
        ([1, float("nan")], [1, 1], "finite"),
    ],
)
def test_ratio(numerator, denominator, words) -> None:
    with pytest.raises(ValueError, match=words):
        ratio_interval(numerator, denominator)


def test_more_successes_than_members() -> None:
    with pytest.raises(ValueError, match="from 0 to the total"):
        clustered_share_interval([3, 1], [2, 2])


@pytest.mark.parametrize("values", [[], [float("inf")], [[1.0, 2.0]]])
def test_median(values) -> None:
    with pytest.raises(ValueError, match="finite values"):
        median_interval(values)


def test_neighbours_of_rows_that_are_not_there() -> None:
    with pytest.raises(ValueError, match="rows must be from 0 to 2"):
        nearest_of([[0, 0], [1, 1], [2, 2]], [3], 1)
    with pytest.raises(ValueError, match="k must be from 1 to 2"):
        nearest_of([[0, 0], [1, 1], [2, 2]], [0], 3)
