"""Laws of networks and tables drawn anew: what they keep, and that all are equally likely."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.curveball import curveball_tables
from hedgerow.methods.interlock import (
    bipartite_configuration,
    expected_interlock_density,
    interlock,
    interlock_test,
)
from hedgerow.methods.network import undirected_pairs
from tests.property.methods.drawn_networks import networks


def rng() -> np.random.Generator:
    return np.random.default_rng(17)


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
