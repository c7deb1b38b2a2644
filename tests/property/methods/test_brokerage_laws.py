"""Laws of brokerage, and plain counts that the fast ones must agree with."""

from __future__ import annotations

import itertools
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.brokerage import ROLES, brokerage, brokerage_null
from hedgerow.methods.structural_holes import constraint, effective_size
from tests.property.methods.drawn_networks import labels_for, networks


def rng() -> np.random.Generator:
    return np.random.default_rng(17)


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
    raw[raw.sum(axis=1) == 0, 0] = 1
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
