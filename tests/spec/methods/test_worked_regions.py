"""Neighbours, regions, members drawn anew and intervals as prototypes, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.contiguity import gabriel_edges, pieces
from hedgerow.methods.grouped_resampling import (
    resample_within,
    weighted_group_means,
    weighted_medians,
)
from hedgerow.methods.interval_prototypes import (
    conformal_p_values,
    distances_among_alike,
    hinge_distances,
)
from hedgerow.methods.regionalisation import number_of_regions, regions

NAN, INF = float("nan"), float("inf")


def test_a_third_point_in_the_circle_parts_two():
    # the circle on (0,0)-(4,0) has radius 2 around (2,0) and holds (2,1); both others do not
    assert gabriel_edges([[0, 0], [4, 0], [2, 1], [2, 9]]).tolist() == [[0, 2], [1, 2], [2, 3]]


def test_points_on_a_line_are_joined_each_to_the_next():
    assert gabriel_edges([[3, 3], [0, 0], [9, 9], [1, 1], [5, 5]]).tolist() == [
        [0, 3],
        [0, 4],
        [1, 3],
        [2, 4],
    ]


def test_points_at_one_place_are_joined():
    edges = gabriel_edges([[0, 0], [5, 5], [0, 0], [0, 0]])
    assert pieces(edges, 4).tolist() == [0, 0, 0, 0]
    assert edges.tolist() == [[0, 1], [0, 2], [0, 3]]
    assert gabriel_edges([[1, 1]]).shape == (0, 2)


@pytest.mark.parametrize(
    ("n", "parts"),
    [
        (12, 1),  # too few for one
        (60, 1),
        (100, 1),
        (101, 1),  # one of 101 is 1 per cent too large, two of 50.5 are 16 per cent too small
        (118, 2),  # two of 59 are nearer than one of 118
        (120, 2),
        (310, 4),  # the middle is sqrt(60 * 100) = 77.5
        (480, 6),
    ],
)
def test_how_many_regions(n, parts):
    assert number_of_regions(n, 60, 100) == parts


def test_two_clumps_are_parted_between_them():
    clump = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    xy = np.vstack([clump, clump + 100])
    found = regions(xy, gabriel_edges(xy), 3, 5, np.random.default_rng(0))
    assert found.labels.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.sizes.tolist() == [4, 4]
    assert found.is_within.all()


def test_bounds_that_cannot_be_kept_are_widened_and_said():
    # a star has no cut but its rays: of 9 points no two regions of 4 or 5
    xy = np.vstack([[0.0, 0.0], [[np.cos(t), np.sin(t)] for t in np.arange(8)]])
    star = np.array([[0, ray] for ray in range(1, 9)])
    found = regions(xy, star, 4, 5, np.random.default_rng(0))
    assert sorted(found.sizes.tolist()) == [1, 8]
    assert not found.is_within.any()


def test_too_few_points_are_one_region():
    found = regions([[0, 0], [1, 1]], [[0, 1]], 5, 9, np.random.default_rng(0))
    assert found.labels.tolist() == [0, 0]
    assert found.is_within.tolist() == [False]


def test_pieces_are_refused():
    with pytest.raises(ValueError, match="in pieces"):
        regions([[0, 0], [1, 1]], np.empty((0, 2)), 1, 1, np.random.default_rng(0))
    with pytest.raises(ValueError, match="from 5 to 4"):
        regions([[0, 0]], np.empty((0, 2)), 5, 4, np.random.default_rng(0))


def test_means_and_medians_of_what_was_drawn():
    values, group = [1.0, 5.0, NAN, 2.0, 4.0, 9.0], [0, 0, 0, 1, 1, 1]
    once, drawn = [1] * 6, [2, 1, 0, 0, 3, 1]
    # (1 + 5) / 2, (2 + 4 + 9) / 3; then (1 + 1 + 5) / 3, (4 + 4 + 4 + 9) / 4
    assert weighted_group_means(values, once, group, 2).tolist() == pytest.approx([3, 5])
    assert weighted_group_means(values, drawn, group, 2).tolist() == pytest.approx([7 / 3, 5.25])
    # 1 5 and 2 4 9; then 1 1 5 and 4 4 4 9
    assert weighted_medians(values, once, group, 2).tolist() == [3, 4]
    assert weighted_medians(values, drawn, group, 2).tolist() == [1, 4]
    assert np.isnan(weighted_medians([NAN], [1], [1], 2)).all()
    assert np.isnan(weighted_group_means([3.0], [0], [0], 1)).all()


def test_every_group_keeps_its_size():
    group = np.repeat([0, 1, 3], [4, 1, 6])
    times = resample_within(group, np.random.default_rng(2))
    assert np.bincount(group, times).tolist() == [4, 1, 0, 6]
    with pytest.raises(ValueError, match="rise"):
        resample_within([1, 0], np.random.default_rng(2))


def test_distance_outside_intervals():
    # inside, 1 below and 2 above, and with one unknown
    found = hinge_distances([[1, 5], [-1, 7], [NAN, 9], [NAN, NAN]], low=[0, -INF], high=[2, 5])
    assert found[:3].tolist() == [0, (1 + 2) / 2, 4]
    assert np.isnan(found[3])
    with pytest.raises(ValueError, match="low end"):
        hinge_distances([[1]], low=[2], high=[1])


def test_the_yardstick_puts_the_intervals_around_the_nearest():
    # nearest: 0 to 1, 1 to 0, 4 to 1; half width 0.5: 1 - 0.5, 1 - 0.5 and 3 - 0.5 outside
    found = distances_among_alike([[0.0], [1.0], [4.0]], low=[10], high=[11])
    assert found.tolist() == [0.5, 0.5, 2.5]
    # open above: what lies above its nearest is inside
    assert distances_among_alike([[0.0], [1.0], [4.0]], [10], [INF]).tolist() == [1, 0, 0]


def test_share_of_the_yardstick_that_is_as_large():
    found = conformal_p_values([0, 1, 2.5, NAN], [1, 2, 3, NAN])
    assert found[:3].tolist() == [1, 1, 0.5]
    assert np.isnan(found[3])
    with pytest.raises(ValueError, match="nothing"):
        conformal_p_values([1], [NAN])
