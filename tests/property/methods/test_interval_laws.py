"""Laws of the intervals of ratios and medians, on generated data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.median_interval import median_interval
from hedgerow.methods.neighbours import nearest_neighbours, nearest_of
from hedgerow.methods.proportion import wilson_interval
from hedgerow.methods.ratio_interval import clustered_share_interval

clusters = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=20,
)


@given(clusters)
def test_clusters_never_narrow_a_share(rows) -> None:
    some, every = np.array(rows).T
    low, high = clustered_share_interval(some, every)
    plain_low, plain_high = wilson_interval(int(some.sum()), int(every.sum()))
    share = some.sum() / every.sum()
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert low <= plain_low + 1e-9
    assert plain_high - 1e-9 <= high


@given(clusters)
def test_failures_mirror_successes(rows) -> None:
    some, every = np.array(rows).T
    low, high = clustered_share_interval(some, every)
    mirrored = clustered_share_interval(every - some, every)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60))
def test_median_interval_goes_along_with_any_rising_scale(values) -> None:
    low, high = median_interval(values)
    assert low <= np.median(values) <= high
    stretched = median_interval([value**3 + 7 for value in values])
    assert stretched == (low**3 + 7, high**3 + 7)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=25),
    st.data(),
)
def test_some_rows_of_neighbours_are_rows_of_all(points, data) -> None:
    k = data.draw(st.integers(1, len(points) - 1))
    rows = data.draw(st.lists(st.integers(0, len(points) - 1), max_size=6))
    some, distance = nearest_of(points, rows, k)
    every, every_distance = nearest_neighbours(points, k)
    assert np.array_equal(some, every[np.array(rows, dtype=int)])
    assert np.array_equal(distance, every_distance[np.array(rows, dtype=int)])
