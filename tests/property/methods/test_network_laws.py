"""Laws of network measures, and plain counts that the fast ones must agree with."""

from __future__ import annotations

import itertools
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.brokerage import ROLES, brokerage, brokerage_null
from hedgerow.methods.communities import find_communities, modularity
from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.core_periphery import core_fit, core_periphery
from hedgerow.methods.curveball import curveball_tables
from hedgerow.methods.fragmentation import (
    distance_weighted_fragmentation,
    efficiency,
    key_players,
    path_lengths,
    removal_rises,
)
from hedgerow.methods.homophily import ei_test, expected_ei_index, label_assortativity
from hedgerow.methods.interlock import (
    bipartite_configuration,
    expected_interlock_density,
    interlock,
    interlock_test,
)
from hedgerow.methods.network import undirected_pairs
from hedgerow.methods.participation import (
    layer_overlap,
    layer_overlap_test,
    multiplex_participation,
    participation_coefficient,
)
from hedgerow.methods.structural_holes import constraint, effective_size


def rng() -> np.random.Generator:
    return np.random.default_rng(17)


def networks(low: int, high: int, *, symmetric: bool = False) -> st.SearchStrategy[np.ndarray]:
    def build(table: np.ndarray) -> np.ndarray:
        ties = table.astype(float) * (1 - np.eye(len(table)))
        return np.triu(ties) + np.triu(ties).T if symmetric else ties

    return st.integers(low, high).flatmap(
        lambda n: arrays(np.int8, (n, n), elements=st.integers(0, 1)).map(build)
    )


def labels_for(ties: np.ndarray, data: st.DataObject, kinds: int = 3) -> list[int]:
    n = len(ties)
    return data.draw(st.lists(st.integers(0, kinds - 1), min_size=n, max_size=n))


def plain_brokerage(ties: np.ndarray, groups: list) -> list[dict[str, int]]:
    counts: list[Counter] = [Counter() for _ in groups]
    for a, v, b in itertools.permutations(range(len(groups)), 3):
        if ties[a, v] and ties[v, b] and not ties[a, b]:
            ends = groups[a], groups[v], groups[b]
            if None in ends:
                continue
            if ends[0] == ends[1] == ends[2]:
                role = "coordinator"
            elif ends[0] == ends[2]:
                role = "itinerant"
            elif ends[1] == ends[2]:
                role = "in_gate"
            elif ends[0] == ends[1]:
                role = "out_gate"
            else:
                role = "liaison"
            counts[v].update([role, "total"])
    return [{role: count[role] for role in ROLES} for count in counts]


@given(networks(1, 9), st.data())
def test_brokerage_agrees_with_the_plain_count(ties: np.ndarray, data: st.DataObject) -> None:
    n = len(ties)
    groups = data.draw(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=n, max_size=n))
    found = brokerage(ties, groups)
    plain = plain_brokerage(ties, groups)
    for role in ROLES:
        assert getattr(found, role).tolist() == [count[role] for count in plain], role
    shares = np.array([[float(group == each) for each in "ABC"] for group in groups])
    assert brokerage(ties, shares).table() == pytest.approx(found.table())


def test_brokerage_agrees_on_a_network_wider_than_a_word() -> None:
    generator = rng()
    ties = (generator.random((70, 70)) < 0.06) * (1 - np.eye(70))
    groups = generator.integers(0, 5, 70).tolist()
    plain = plain_brokerage(ties, groups)
    assert brokerage(ties, groups).total.tolist() == [count["total"] for count in plain]
    assert brokerage(ties, groups).itinerant.tolist() == [count["itinerant"] for count in plain]


@given(networks(3, 8), st.data())
def test_reversing_ties_swaps_the_gates(ties: np.ndarray, data: st.DataObject) -> None:
    groups = labels_for(ties, data)
    forward, back = brokerage(ties, groups), brokerage(ties.T, groups)
    assert forward.in_gate.tolist() == back.out_gate.tolist()
    assert forward.liaison.tolist() == back.liaison.tolist()
    assert brokerage(ties, ["one"] * len(ties)).coordinator.tolist() == forward.total.tolist()
    assert brokerage(ties, list(range(len(ties)))).liaison.tolist() == forward.total.tolist()


@given(networks(3, 7), st.data())
def test_roles_of_split_loyalties_still_add_up(ties: np.ndarray, data: st.DataObject) -> None:
    raw = data.draw(arrays(float, (len(ties), 3), elements=st.integers(0, 4)))
    assume(np.all(raw.sum(axis=1) > 0))
    shares = raw / raw.sum(axis=1, keepdims=True)
    found = brokerage(ties, shares)
    assert found.total == pytest.approx(brokerage(ties, [0] * len(ties)).total)
    assert np.all(found.table() >= -1e-12)
    # the mean over every way of choosing one group for each unit, by its shares
    if len(ties) <= 4:
        expected = np.zeros((len(ties), 6))
        for choice in itertools.product(range(3), repeat=len(ties)):
            chance = np.prod([shares[unit, group] for unit, group in enumerate(choice)])
            expected += chance * brokerage(ties, list(choice)).table()
        assert found.table() == pytest.approx(expected)


def test_brokerage_null_is_the_mean_over_deals() -> None:
    generator = rng()
    ties = (generator.random((12, 12)) < 0.3) * (1 - np.eye(12))
    groups: list = [0] * 5 + [1] * 4 + [2] * 2 + [None]
    null = brokerage_null(ties, groups, generator, draws=400)
    deals = []
    for _ in range(400):
        dealt = [*generator.permutation(groups[:11]).tolist(), None]
        deals.append(brokerage(ties, dealt).table())
    assert null.mean.table() == pytest.approx(np.mean(deals, axis=0), abs=0.6)
    assert null.sd.table() == pytest.approx(np.std(deals, axis=0), abs=0.6)
    assert null.totals["total"].sd == 0


@given(networks(3, 8))
def test_structural_holes_agree_with_networkx(ties: np.ndarray) -> None:
    weighted = ties * np.arange(1, 1 + ties.size).reshape(ties.shape)
    graph = nx.from_numpy_array(weighted, create_using=nx.DiGraph)
    expected = nx.constraint(graph, weight="weight")
    found = constraint(weighted)
    tied = (ties + ties.T).any(axis=1)
    assert found[tied].tolist() == pytest.approx([expected[unit] for unit in np.flatnonzero(tied)])
    assert np.isnan(found[~tied]).all()
    both = np.minimum(ties + ties.T, 1)
    simple = nx.from_numpy_array(both)
    sizes = nx.effective_size(simple)
    assert effective_size(both)[tied].tolist() == pytest.approx(
        [sizes[unit] for unit in np.flatnonzero(tied)]
    )


def plain_effective_size(ties: np.ndarray) -> list[float]:
    z = ties + ties.T
    sizes = []
    for i in range(len(z)):
        size = 0.0
        for j in np.flatnonzero(z[i]):
            redundant = sum(
                z[i, q] / z[i].sum() * z[j, q] / z[j].max()
                for q in range(len(z))
                if q not in (i, j)
            )
            size += 1 - redundant
        sizes.append(size if z[i].any() else float("nan"))
    return sizes


@given(networks(3, 7))
def test_weighted_effective_size_agrees_with_the_plain_sum(ties: np.ndarray) -> None:
    weighted = ties * (1 + np.arange(ties.size).reshape(ties.shape) % 5)
    assert effective_size(weighted).tolist() == pytest.approx(
        plain_effective_size(weighted), nan_ok=True
    )
    assert constraint(3 * weighted).tolist() == pytest.approx(
        constraint(weighted).tolist(), nan_ok=True
    )


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


@given(networks(3, 8), networks(3, 8))
def test_overlap_is_symmetric(first: np.ndarray, second: np.ndarray) -> None:
    assume(len(first) == len(second))
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


TABLES = st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(0, 1))
)


@given(TABLES)
def test_interlock_agrees_with_the_plain_count(table: np.ndarray) -> None:
    found = interlock(table)
    sole: Counter = Counter()
    shared: Counter = Counter()
    carriers = []
    for a, b in itertools.combinations(range(table.shape[1]), 2):
        who = [row for row in range(len(table)) if table[row, a] and table[row, b]]
        if who:
            carriers.append(len(who))
            shared.update({row: 1 / len(who) for row in who})
        if len(who) == 1:
            sole[who[0]] += 1
    joined = len(carriers)
    assert found.joined == joined
    if joined:
        assert found.depth == pytest.approx(np.mean(carriers))
        assert found.sole_concentration == pytest.approx(
            sum((n / joined) ** 2 for n in sole.values())
        )
        assert found.carrier_concentration == pytest.approx(
            sum((n / joined) ** 2 for n in shared.values())
        )
        assert sum(shared.values()) == pytest.approx(joined)


@given(TABLES)
def test_random_tables_keep_their_margins(table: np.ndarray) -> None:
    found = curveball_tables(table, rng(), draws=7)
    assert (found.sum(axis=1) == table.sum(axis=0)).all()
    assert (found.sum(axis=2) == table.sum(axis=1)).all()


def test_all_tables_with_the_margins_are_equally_likely() -> None:
    table = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0]])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    every = [
        cells
        for cells in itertools.product([0, 1], repeat=12)
        if (np.reshape(cells, (3, 4)).sum(axis=0) == columns).all()
        and (np.reshape(cells, (3, 4)).sum(axis=1) == rows).all()
    ]
    draws = curveball_tables(table, rng(), draws=8000).reshape(8000, 12).astype(int)
    seen = Counter(map(tuple, draws.tolist()))
    assert set(seen) == set(every)
    shares = np.array([seen[cells] / 8000 for cells in every])
    assert shares == pytest.approx(np.full(len(every), 1 / len(every)), abs=0.02)


@given(TABLES)
def test_configuration_meets_its_margins(table: np.ndarray) -> None:
    found = bipartite_configuration(table.sum(axis=1), table.sum(axis=0))
    assert found.sum(axis=1) == pytest.approx(table.sum(axis=1), abs=1e-7)
    assert found.sum(axis=0) == pytest.approx(table.sum(axis=0), abs=1e-7)
    assert np.all((found >= 0) & (found <= 1))


def test_configuration_chances_have_the_form_of_greatest_entropy() -> None:
    table = rng().random((12, 7)) < 0.4
    chances = bipartite_configuration(table.sum(axis=1), table.sum(axis=0))
    inner = chances[(chances.min(axis=1) > 0) & (chances.max(axis=1) < 1)]
    odds = np.log(inner / (1 - inner))
    # log odds are a row part plus a column part, so double differences vanish
    assert odds[1:, 1:] - odds[1:, :1] - odds[:1, 1:] + odds[:1, :1] == pytest.approx(0, abs=1e-8)


def test_expected_density_is_the_mean_of_tables_with_those_chances() -> None:
    table = rng().random((80, 9)) < 0.15
    chances = bipartite_configuration(table.sum(axis=1), table.sum(axis=0))
    drawn = rng().random((400, 80, 9)) < chances
    densities = [interlock(each).density for each in drawn]
    assert expected_interlock_density(table) == pytest.approx(np.mean(densities), abs=0.01)


def test_interlock_null_holds_margins_that_the_expected_density_lets_vary() -> None:
    table = rng().random((80, 9)) < 0.15
    test = interlock_test(table, rng(), draws=199)
    assert test.low <= test.mean <= test.high
    drawn = curveball_tables(table, rng(), draws=199)
    assert test.mean == pytest.approx(np.mean([interlock(each).density for each in drawn]))
    # members of few organisations join more of them when their number may vary
    assert expected_interlock_density(table) > test.mean


@given(networks(4, 8, symmetric=True))
def test_rewired_networks_keep_degrees(ties: np.ndarray) -> None:
    found = rewired_networks(ties, rng(), draws=5)
    assert (found.sum(axis=2) == ties.sum(axis=1)).all()
    assert (found == found.transpose(0, 2, 1)).all()
    assert not found[:, np.arange(len(ties)), np.arange(len(ties))].any()


def test_all_networks_with_the_degrees_are_equally_likely() -> None:
    # five ties among five units
    ties = np.zeros((5, 5))
    for a, b in [(0, 1), (1, 2), (2, 3), (3, 4), (1, 3)]:
        ties[a, b] = ties[b, a] = 1
    pairs = list(itertools.combinations(range(5), 2))
    every = set()
    for chosen in itertools.combinations(pairs, 5):
        degrees = Counter(itertools.chain.from_iterable(chosen))
        if [degrees[unit] for unit in range(5)] == ties.sum(axis=1).tolist():
            every.add(chosen)
    draws = rewired_networks(ties, rng(), draws=6000, swaps=150)
    seen = Counter(tuple(map(tuple, undirected_pairs(draw).tolist())) for draw in draws)
    assert set(seen) == every
    shares = np.array([seen[each] / 6000 for each in every])
    assert shares == pytest.approx(np.full(len(every), 1 / len(every)), abs=0.025)


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
