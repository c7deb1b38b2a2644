"""Network measures on networks small enough to count by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hedgerow.methods.brokerage import brokerage
from hedgerow.methods.communities import find_communities, modularity
from hedgerow.methods.core_periphery import core_fit, core_periphery
from hedgerow.methods.fragmentation import (
    distance_weighted_fragmentation,
    efficiency,
    key_players,
    path_lengths,
    reach_efficiency,
    removal_rises,
)
from hedgerow.methods.homophily import (
    ei_index,
    expected_ei_index,
    label_assortativity,
    unit_ei_index,
)
from hedgerow.methods.interlock import bipartite_configuration, interlock
from hedgerow.methods.network import adjacency_matrix, undirected_pairs
from hedgerow.methods.participation import (
    layer_overlap,
    multiplex_participation,
    participation_coefficient,
)
from hedgerow.methods.structural_holes import constraint, effective_size


def net(pairs: list[tuple[int, int]], n: int, *, directed: bool = False) -> np.ndarray:
    return adjacency_matrix(pairs, n, directed=directed)


STAR = net([(0, 1), (0, 2), (0, 3)], 4)
PATH = net([(0, 1), (1, 2)], 3)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["A", "A", "A"], "coordinator"),
        (["A", "B", "A"], "itinerant"),
        (["A", "B", "B"], "in_gate"),
        (["A", "A", "B"], "out_gate"),
        (["A", "B", "C"], "liaison"),
    ],
)
def test_one_path_through_the_middle(groups: list[str], role: str) -> None:
    found = brokerage(net([(0, 1), (1, 2)], 3, directed=True), groups)
    assert getattr(found, role).tolist() == [0, 1, 0]
    assert found.total.tolist() == [0, 1, 0]
    assert found.table().sum() == 2


def test_a_direct_tie_leaves_nothing_to_broker() -> None:
    closed = net([(0, 1), (1, 2), (0, 2)], 3, directed=True)
    assert brokerage(closed, ["A", "B", "C"]).total.sum() == 0


def test_an_undirected_path_counts_from_both_ends() -> None:
    found = brokerage(PATH, ["A", "A", "B"])
    assert (found.in_gate[1], found.out_gate[1]) == (1, 1)


def test_brokerage_of_someone_in_two_groups() -> None:
    # the middle is half in A and half in B; the ends are in A and in B
    shares = np.array([[1, 0], [0.5, 0.5], [0, 1]])
    found = brokerage(net([(0, 1), (1, 2)], 3, directed=True), shares)
    assert (found.out_gate[1], found.in_gate[1], found.total[1]) == (0.5, 0.5, 1)


def test_paths_by_way_of_the_unknown_are_left_out() -> None:
    line = net([(0, 1), (1, 2), (2, 3)], 4, directed=True)
    assert brokerage(line, ["A", "A", "A", None]).total.tolist() == [0, 1, 0, 0]


def test_structural_holes_of_a_star_and_a_triangle() -> None:
    # hub: three contacts of one third each, none linked: 3 * (1/3)^2; leaves: all in one contact
    assert constraint(STAR).tolist() == pytest.approx([1 / 3, 1, 1, 1])
    assert effective_size(STAR).tolist() == pytest.approx([3, 1, 1, 1])
    # triangle: p = 1/2 each way, (1/2 + 1/4)^2 twice = 9/8; size 2 - 2 * 1 / 2 = 1
    triangle = net([(0, 1), (1, 2), (0, 2)], 3)
    assert constraint(triangle).tolist() == pytest.approx([1.125] * 3)
    assert effective_size(triangle).tolist() == pytest.approx([1] * 3)


def test_an_isolate_has_no_structural_holes_to_speak_of() -> None:
    alone = net([(0, 1)], 3)
    assert math.isnan(constraint(alone)[2])
    assert math.isnan(effective_size(alone)[2])


def test_ei_index_of_three_ties() -> None:
    # A A B B; ties A-A, A-B, B-B: one crosses, two do not: (1 - 2) / 3
    pairs = [(0, 1), (1, 2), (2, 3)]
    assert ei_index(list("AABB"), pairs) == pytest.approx(-1 / 3)
    # by chance: 1 - 2 * (2 + 2) / 12
    assert expected_ei_index(list("AABB")) == pytest.approx(1 / 3)
    assert unit_ei_index(list("AABB"), pairs).tolist() == [-1, 0, 0, -1]
    # mixing: AA 1/3, BB 1/3, the rest 1/3; margins 1/2: (2/3 - 1/2) / (1 - 1/2)
    assert label_assortativity(list("AABB"), pairs) == pytest.approx(1 / 3)


def test_participation_over_kinds() -> None:
    found = participation_coefficient([[4, 0], [2, 2], [3, 1], [0, 0]])
    # 1 - 1, 1 - 1/2, 1 - (9 + 1)/16
    assert found[:3].tolist() == pytest.approx([0, 0.5, 0.375])
    assert math.isnan(found[3])
    assert multiplex_participation([[4, 0], [2, 2], [3, 1]]).tolist() == pytest.approx([0, 1, 0.75])


def test_overlap_of_layers() -> None:
    # path 0-1-2 and the tie 0-1 alone: one pair in common of two
    assert layer_overlap(PATH, net([(0, 1)], 3)) == 0.5
    assert layer_overlap(PATH, PATH) == 1
    assert layer_overlap(np.zeros((3, 3)), np.zeros((3, 3))) is None


def test_a_star_is_a_perfect_core() -> None:
    found = core_periphery(STAR, np.random.default_rng(1))
    assert found is not None
    assert found.correlation == pytest.approx(1)
    assert found.core.tolist() == [True, False, False, False]
    assert core_fit(STAR, [False, True, False, False]) == pytest.approx(-1 / 3)


def test_distances_of_a_path() -> None:
    assert path_lengths(PATH).tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    # pairs at 1, 1 and 2: (1 + 1 + 1/2) / 3
    assert efficiency(PATH) == pytest.approx(5 / 6)
    assert distance_weighted_fragmentation(PATH) == pytest.approx(1 / 6)
    # without the middle nothing is left (1 - 1/6); without an end one tie is (0 - 1/6)
    assert removal_rises(PATH).tolist() == pytest.approx([-1 / 6, 5 / 6, -1 / 6])
    assert key_players(PATH, 1).units == (1,)


def test_reach_from_a_source() -> None:
    flow = net([(0, 1), (1, 2)], 4, directed=True)
    # targets at one step, two steps and not at all
    assert reach_efficiency(flow, [0], [1, 2, 3]) == pytest.approx((1 + 0.5 + 0) / 3)
    assert reach_efficiency(flow, [2], [0]) == 0


def test_one_chair_who_joins_all() -> None:
    # three organisations; one member sits in all three, another in one
    found = interlock([[1, 1, 1], [1, 0, 0]])
    assert (found.pairs, found.joined, found.density, found.depth) == (3, 3, 1, 1)
    assert (found.sole_concentration, found.carrier_concentration) == (1, 1)


def test_a_second_carrier_lowers_concentration() -> None:
    # pairs: 0-1 by both, 0-2 and 1-2 by the first alone
    found = interlock([[1, 1, 1], [1, 1, 0]])
    assert found.depth == pytest.approx(4 / 3)
    assert found.sole_concentration == pytest.approx((2 / 3) ** 2)
    # the first carries 2.5 of 3 pairs, the second 0.5
    assert found.carrier_concentration == pytest.approx((2.5 / 3) ** 2 + (0.5 / 3) ** 2)


def test_no_shared_member() -> None:
    found = interlock([[1, 0], [0, 1]])
    assert (found.density, found.depth, found.carrier_concentration) == (0, None, None)


def test_margins_that_leave_no_choice() -> None:
    assert bipartite_configuration([2, 1], [2, 1]).tolist() == [[1, 1], [1, 0]]
    assert bipartite_configuration([1, 1], [1, 1]).tolist() == pytest.approx(np.full((2, 2), 0.5))


def test_two_triangles_and_a_bridge() -> None:
    ties = net([(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)], 6)
    # 6 of 7 ties inside; degrees sum to 7 on each side: 6/7 - 2 * (7/14)^2
    assert modularity(ties, [0, 0, 0, 1, 1, 1]) == pytest.approx(6 / 7 - 1 / 2)
    found = find_communities([ties], np.random.default_rng(1))
    assert found is not None
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2)


def test_ties_listed_twice_and_weights() -> None:
    assert net([(0, 1), (1, 0)], 2).tolist() == [[0, 1], [1, 0]]
    weighted = adjacency_matrix([(0, 1), (0, 1)], 2, directed=True, weights=[2, 3])
    assert weighted.tolist() == [[0, 5], [0, 0]]
    assert undirected_pairs(weighted).tolist() == [[0, 1]]
