"""Networks and tables that are refused, and measures that are undefined."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.methods.brokerage import brokerage
from hedgerow.methods.communities import find_communities, modularity
from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.core_periphery import core_fit, core_periphery
from hedgerow.methods.curveball import curveball_tables
from hedgerow.methods.fragmentation import (
    efficiency,
    key_players,
    reach_efficiency,
    removal_rises,
)
from hedgerow.methods.homophily import ei_index, ei_test, label_assortativity, unit_ei_index
from hedgerow.methods.interlock import (
    bipartite_configuration,
    expected_interlock_density,
    interlock,
)
from hedgerow.methods.network import adjacency_matrix, checked_adjacency
from hedgerow.methods.participation import (
    layer_overlap,
    layer_overlap_test,
    multiplex_participation,
    participation_coefficient,
)

PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])
ARROW = np.array([[0.0, 1.0], [0.0, 0.0]])
NONE = np.zeros((4, 4))


def rng() -> np.random.Generator:
    return np.random.default_rng(2)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "not square": (lambda: checked_adjacency(np.zeros((2, 3))), "square"),
    "negative tie": (lambda: checked_adjacency(-PAIR), "zero or more"),
    "tied to itself": (lambda: checked_adjacency(np.eye(2)), "diagonal"),
    "one way only": (lambda: modularity(ARROW, [0, 1]), "symmetric"),
    "unknown unit": (lambda: adjacency_matrix([(0, 2)], 2, directed=True), "rows 0 to 1"),
    "self pair": (lambda: adjacency_matrix([(1, 1)], 2, directed=True), "itself"),
    "negative weight": (
        lambda: adjacency_matrix([(0, 1)], 2, directed=True, weights=[-1]),
        "zero or more",
    ),
    "groups of another network": (lambda: brokerage(PAIR, ["a"]), "2 units and the groups 1"),
    "shares beyond one": (lambda: brokerage(PAIR, np.array([[1, 1], [1, 0]])), "add to 1"),
    "core of two": (lambda: core_periphery(PAIR, rng()), "three units"),
    "pairs of one": (lambda: efficiency(np.zeros((1, 1))), "two units"),
    "removal from two": (lambda: removal_rises(PAIR), "three units"),
    "all are key": (lambda: key_players(NONE, 3), "from 1 to 2"),
    "no source": (lambda: reach_efficiency(PAIR, [], [0]), "one source"),
    "one row": (lambda: curveball_tables([[1, 0]], rng()), "two rows"),
    "counts in a two-mode table": (lambda: interlock([[2, 0], [1, 1]]), "only 0 and 1"),
    "one organisation": (lambda: interlock([[1], [1]]), "two organisations"),
    "expected of one organisation": (lambda: expected_interlock_density([[1]]), "two organ"),
    "unequal margins": (lambda: bipartite_configuration([1, 1], [1]), "add up to 2 and 1"),
    "impossible margins": (
        lambda: bipartite_configuration([3, 3, 0], [3, 2, 1]),
        "no table",
    ),
    "too large to rewire": (lambda: rewired_networks(np.zeros((999, 999)), rng(), 9999), "fit"),
    "unlabelled unit": (lambda: modularity(PAIR, [0, None]), "needs a community"),
    "labels of another network": (lambda: modularity(PAIR, [0]), "2 units and the labels 1"),
    "layers of two sizes": (lambda: find_communities([PAIR, NONE], rng()), "same units"),
    "weightless layer": (lambda: find_communities([PAIR], rng(), weights=[0]), "above 0"),
    "overlap of two sizes": (lambda: layer_overlap(PAIR, NONE), "found 2 and 4"),
    "negative count": (lambda: participation_coefficient([[-1, 2]]), "zero or more"),
    "flat counts": (lambda: participation_coefficient([1, 2]), "table"),
    "single layer": (lambda: multiplex_participation([[1], [2]]), "two or more"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason(case: str) -> None:
    call, reason = REFUSED[case]
    with pytest.raises(ValueError, match=reason):
        call()


def test_undefined_is_none() -> None:
    assert ei_index(["a", "b"], []) is None
    assert ei_test(["a", None], [(0, 1)], rng()) is None
    assert label_assortativity(["a", "a"], [(0, 1)]) is None
    assert label_assortativity(["a", None], [(0, 1)]) is None
    assert core_periphery(NONE, rng()) is None
    assert core_periphery(1 - np.eye(4), rng()) is None
    assert core_fit(PAIR, [True, True]) is None
    assert modularity(NONE, [0] * 4) is None
    assert find_communities([NONE], rng()) is None
    assert layer_overlap_test(NONE, NONE, rng()) is None


def test_layers_without_ties_are_left_out() -> None:
    alone = find_communities([PAIR], rng())
    beside = find_communities([PAIR, np.zeros((2, 2))], rng())
    assert alone is not None and beside is not None
    assert alone.modularity == beside.modularity


def test_a_unit_of_unknown_group_has_no_ei_index() -> None:
    assert np.isnan(unit_ei_index(["a", None, "b"], [(0, 1), (0, 2)])).tolist() == [
        False,
        True,
        False,
    ]


def test_beyond_forty_thousand_sets_units_are_taken_one_by_one() -> None:
    ring = np.zeros((70, 70))
    for unit in range(70):
        ring[unit, (unit + 1) % 70] = ring[(unit + 1) % 70, unit] = 1
    found = key_players(ring, 3)
    assert not found.exhaustive
    assert len(found.units) == 3
    assert found.rise > 0
