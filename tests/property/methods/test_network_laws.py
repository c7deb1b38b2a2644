"""Laws of network measures, and plain counts that the fast ones must agree with."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.communities import find_communities, modularity
from hedgerow.methods.core_periphery import core_fit, core_periphery
from hedgerow.methods.fragmentation import (
    distance_weighted_fragmentation,
    efficiency,
    key_players,
    path_lengths,
    removal_rises,
)
from hedgerow.methods.homophily import ei_test, expected_ei_index, label_assortativity
from hedgerow.methods.network import undirected_pairs
from hedgerow.methods.participation import (
    layer_overlap,
    layer_overlap_test,
    multiplex_participation,
    participation_coefficient,
)
from tests.property.methods.drawn_networks import labels_for, networks


def rng() -> np.random.Generator:
    return np.random.default_rng(17)


@given(networks(2, 9, symmetric=True), st.data())
def test_assortativity_agrees_with_networkx(ties: np.ndarray, data: st.DataObject) -> None:
    labels = labels_for(ties, data)
    pairs = undirected_pairs(ties)
    found = label_assortativity(labels, pairs)
    ends = {labels[unit] for unit in pairs.ravel()}
    if len(ends) < 2:
        assert found is None
        return
    graph = nx.from_numpy_array(ties)
    nx.set_node_attributes(graph, dict(enumerate(labels)), "label")
    assert found == pytest.approx(nx.attribute_assortativity_coefficient(graph, "label"))


def test_ei_null_has_its_closed_form_and_scale() -> None:
    labels = ["a"] * 6 + ["b"] * 4 + [None]
    pairs = [(i, j) for i in range(11) for j in range(i) if (i + j) % 3]
    test = ei_test(labels, pairs, rng())
    assert test is not None
    assert test.mean == expected_ei_index(labels)
    assert test.low <= test.mean <= test.high
    assert test.sd > 0


@given(arrays(float, (4, 3), elements=st.integers(0, 5)))
def test_participation_bounds(counts: np.ndarray) -> None:
    found = participation_coefficient(counts)
    busy = counts.sum(axis=1) > 0
    assert np.all((found[busy] >= -1e-12) & (found[busy] <= 1 - 1 / 3 + 1e-12))
    assert np.isnan(found[~busy]).all()
    assert participation_coefficient(counts * 7) == pytest.approx(found, nan_ok=True)
    assert multiplex_participation(np.ones((2, 5))).tolist() == pytest.approx([1, 1])


@given(st.integers(3, 8).flatmap(lambda n: st.tuples(networks(n, n), networks(n, n))))
def test_overlap_is_symmetric(pair: tuple[np.ndarray, np.ndarray]) -> None:
    first, second = pair
    assert layer_overlap(first, second) == layer_overlap(second, first)


def test_overlap_null() -> None:
    generator = rng()
    ties = np.triu(generator.random((20, 20)) < 0.2, 1)
    ties = (ties | ties.T).astype(float)
    same = layer_overlap_test(ties, ties, rng(), draws=199)
    assert same is not None
    assert same.observed == 1 and same.p_upper == 1 / 200
    places = rng()
    plain = []
    for _ in range(199):
        back = np.argsort(places.permutation(20))
        plain.append(layer_overlap(ties, ties[np.ix_(back, back)]))
    assert same.mean == pytest.approx(np.mean(plain))
    assert same.sd == pytest.approx(np.std(plain, ddof=1))


@given(networks(3, 7))
def test_core_is_the_best_of_all(ties: np.ndarray) -> None:
    found = core_periphery(ties, rng(), starts=20)
    fits = [core_fit(ties, core) for core in itertools.product([False, True], repeat=len(ties))]
    known = [fit for fit in fits if fit is not None]
    if found is None:
        assert not known
    else:
        assert found.correlation == pytest.approx(max(known))
        assert core_fit(ties, found.core) == pytest.approx(found.correlation)


@given(networks(3, 8))
def test_paths_agree_with_networkx(ties: np.ndarray) -> None:
    graph = nx.from_numpy_array(ties, create_using=nx.DiGraph)
    expected = np.full(ties.shape, np.inf)
    for start, lengths in nx.all_pairs_shortest_path_length(graph):
        for end, steps in lengths.items():
            expected[start, end] = steps
    assert path_lengths(ties).tolist() == expected.tolist()


@given(networks(4, 8, symmetric=True))
def test_key_players_are_the_worst_loss(ties: np.ndarray) -> None:
    assert efficiency(ties) == pytest.approx(nx.global_efficiency(nx.from_numpy_array(ties)))
    whole = distance_weighted_fragmentation(ties)

    def without(units: tuple[int, ...]) -> float:
        kept = [unit for unit in range(len(ties)) if unit not in units]
        return distance_weighted_fragmentation(ties[np.ix_(kept, kept)])

    assert removal_rises(ties).tolist() == pytest.approx(
        [without((unit,)) - whole for unit in range(len(ties))]
    )
    found = key_players(ties, 2)
    losses = [without(pair) for pair in itertools.combinations(range(len(ties)), 2)]
    assert found.fragmentation == pytest.approx(max(losses))
    assert without(found.units) == pytest.approx(found.fragmentation)
    assert found.rise == pytest.approx(found.fragmentation - whole)


def partitions(n: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()]
    for _ in range(n):
        found = [(*p, k) for p in found for k in range(max(p, default=-1) + 2)]
    return found


@given(networks(4, 6, symmetric=True), st.data())
def test_modularity_agrees_with_networkx(ties: np.ndarray, data: st.DataObject) -> None:
    assume(ties.any())
    labels = labels_for(ties, data)
    groups = [{i for i, x in enumerate(labels) if x == label} for label in set(labels)]
    expected = nx.community.modularity(nx.from_numpy_array(ties), groups, resolution=1.3)
    assert modularity(ties, labels, 1.3) == pytest.approx(expected)


@given(networks(4, 6, symmetric=True))
def test_communities_are_the_best_division(ties: np.ndarray) -> None:
    assume(ties.any())
    found = find_communities([ties], rng())
    assert found is not None
    best = max(modularity(ties, labels) for labels in partitions(len(ties)))
    assert found.modularity == pytest.approx(best)
    assert modularity(ties, found.labels) == pytest.approx(found.modularity)


def test_communities_are_connected_and_beat_the_planted_ones() -> None:
    graph = nx.planted_partition_graph(6, 12, 0.5, 0.05, seed=4)
    ties = nx.to_numpy_array(graph, nodelist=range(len(graph)))
    found = find_communities([ties], rng())
    assert found is not None
    assert found.modularity >= modularity(ties, np.repeat(np.arange(6), 12))
    for label in set(found.labels):
        assert nx.is_connected(graph.subgraph(np.flatnonzero(found.labels == label).tolist()))


def test_layers_that_agree_find_what_one_finds() -> None:
    first = nx.to_numpy_array(
        nx.planted_partition_graph(3, 8, 0.8, 0.05, seed=1), nodelist=range(24)
    )
    second = nx.to_numpy_array(
        nx.planted_partition_graph(3, 8, 0.8, 0.05, seed=2), nodelist=range(24)
    )
    found = find_communities([first, second], rng(), weights=[1, 3])
    assert found is not None
    assert found.labels.tolist() == np.repeat([0, 1, 2], 8).tolist()
    mean = (modularity(first, found.labels) + 3 * modularity(second, found.labels)) / 4
    assert found.modularity == pytest.approx(mean)
