"""Laws of neighbours and regions on any points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.methods.contiguity import gabriel_edges, pieces
from hedgerow.methods.grouped_resampling import resample_within, weighted_medians
from hedgerow.methods.regionalisation import number_of_regions, regions

SEEDS = st.integers(0, 2**32 - 1)
POINTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40)


def held_together(labels: np.ndarray, edges: np.ndarray) -> bool:
    inside = edges[labels[edges[:, 0]] == labels[edges[:, 1]]]
    return len(set(pieces(inside, len(labels)).tolist())) == len(set(labels.tolist()))


@given(POINTS)
def test_neighbours_leave_no_point_apart(points):
    edges = gabriel_edges(np.array(points, dtype=float))
    assert not pieces(edges, len(points)).any()
    assert all(one < other for one, other in edges.tolist())


@given(SEEDS, st.integers(5, 25))
def test_neighbours_are_those_of_the_slow_rule(seed, n):
    xy = np.random.default_rng(seed).random((n, 2))
    slow = [
        [i, j]
        for i in range(n)
        for j in range(i + 1, n)
        if all(
            np.sum((xy[k] - (xy[i] + xy[j]) / 2) ** 2) >= np.sum((xy[i] - xy[j]) ** 2) / 4
            for k in range(n)
            if k not in (i, j)
        )
    ]
    assert gabriel_edges(xy).tolist() == slow


@given(POINTS, st.integers(1, 8), st.integers(0, 8), SEEDS)
def test_every_point_lies_in_one_connected_region(points, floor, more, seed):
    xy, ceiling = np.array(points, dtype=float), floor + more
    edges = gabriel_edges(xy)
    found = regions(xy, edges, floor, ceiling, np.random.default_rng(seed))
    assert sorted(set(found.labels.tolist())) == list(range(found.sizes.size))
    assert found.sizes.sum() == len(points)
    assert found.sizes.size == number_of_regions(len(points), floor, ceiling)
    assert held_together(found.labels, edges)
    for size, is_within in zip(found.sizes, found.is_within, strict=True):
        assert is_within == (floor <= size <= ceiling)
    again = regions(xy, edges, floor, ceiling, np.random.default_rng(seed))
    assert again.labels.tolist() == found.labels.tolist()


@settings(max_examples=30)  # half a minute otherwise
@given(SEEDS, st.integers(30, 90))
def test_bounds_with_room_are_kept(seed, n):
    xy = np.random.default_rng(seed).random((n, 2))
    found = regions(xy, gabriel_edges(xy), 8, 14, np.random.default_rng(seed))
    assert found.is_within.all()


@settings(max_examples=15)  # each example parts the points twice
@given(SEEDS)
def test_moving_and_stretching_points_changes_no_region(seed):
    xy = np.random.default_rng(seed).integers(0, 1000, (40, 2)).astype(float)
    edges = gabriel_edges(xy)
    plain, moved = (
        regions(points, edges, 8, 14, np.random.default_rng(seed)).labels.tolist()
        for points in (xy, 4 * xy + 4096)
    )
    assert plain == moved


@given(st.integers(1, 400), st.integers(1, 30), st.integers(0, 30))
def test_the_number_of_regions_keeps_the_bounds_where_any_does(n, floor, more):
    ceiling = floor + more
    parts = number_of_regions(n, floor, ceiling)
    some = [k for k in range(1, n + 1) if k * floor <= n <= k * ceiling]
    assert parts in some if some else parts >= 1


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-9, 9)), min_size=1, max_size=30), SEEDS)
def test_drawn_medians_are_those_of_the_members_repeated(members, seed):
    members = sorted(members, key=lambda one: one[0])
    group, values = (np.array(one) for one in zip(*members, strict=True))
    times = resample_within(group, np.random.default_rng(seed))
    found = weighted_medians(values, times, group, 4)
    for one in range(4):
        repeated = np.repeat(values[group == one], times[group == one])
        if repeated.size:
            assert found[one] == pytest.approx(np.median(repeated))
        else:
            assert np.isnan(found[one])
