"""Laws of linking, on networks of any shape."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hedgerow.methods.communities import consensus_communities, modularity
from hedgerow.methods.group_ties import tied_group_share, tied_group_test
from hedgerow.methods.projection import shared_counts, weighted_projection
from hedgerow.methods.prototypes import memberships, normalised_entropy
from hedgerow.methods.unit_loss import share_under_loss

tables = arrays.arrays(
    bool, st.tuples(st.integers(2, 9), st.integers(1, 7)), elements=st.booleans()
)


@st.composite
def grouped_networks(draw):
    n = draw(st.integers(2, 12))
    labels = draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=n, max_size=n))
    every = list(combinations(range(n), 2))
    return labels, draw(st.lists(st.sampled_from(every), unique=True))


@given(tables)
def test_a_projection_gives_each_row_one_from_each_group_it_shares(table):
    found = weighted_projection(table)
    assert np.array_equal(found, found.T)
    shared = table[:, table.sum(axis=0) >= 2]
    assert np.allclose(found.sum(axis=1), shared.sum(axis=1))
    assert np.array_equal(found > 0, shared_counts(table) > 0)


@given(grouped_networks())
def test_tied_groups_agree_with_a_plain_count(network):
    labels, pairs = network
    groups = sorted({one for one in labels if one is not None})
    found = tied_group_share(labels, pairs)
    if len(groups) < 2:
        assert found is None
        return
    ends = [{labels[a], labels[b]} for a, b in pairs]
    plain = [set(pair) in ends for pair in combinations(groups, 2)]
    assert found == sum(plain) / len(plain)


@given(grouped_networks())
@settings(max_examples=30)
def test_chance_keeps_within_what_can_be(network):
    labels, pairs = network
    found = tied_group_test(labels, pairs, np.random.default_rng(3), draws=20)
    if found is not None:
        assert 0 <= found.low <= found.mean <= found.high + 1e-12 <= 1 + 1e-12


@given(grouped_networks(), st.floats(0, 0.9))
def test_a_share_of_all_or_of_none_does_not_move_with_loss(network, lost):
    labels, pairs = network
    for mark in (False, True):
        marks = [mark] * len(pairs)
        rng = np.random.default_rng(3)
        found = share_under_loss(marks, pairs, len(labels), lost, rng, draws=20)
        assert found in (None, (float(mark), float(mark)))


@given(
    arrays.arrays(float, (5, 2), elements=st.floats(-2, 2)),
    arrays.arrays(float, (3, 2), elements=st.floats(-2, 2)),
    st.floats(0.1, 2),
)
def test_memberships_add_up_and_follow_their_prototypes(draws, prototypes, spread):
    found = memberships(draws, prototypes, spread)
    assert np.isclose(found.sum(), 1)
    assert (found >= 0).all()
    assert 0 <= normalised_entropy(found) <= 1 + 1e-9
    turned = memberships(draws, prototypes[::-1], spread)
    assert np.allclose(turned[::-1], found)


@given(tables)
@settings(max_examples=30)
def test_a_consensus_is_a_division_with_its_own_modularity(table):
    network = weighted_projection(table)
    found = consensus_communities([network], np.random.default_rng(3), starts=5)
    if found is None:
        assert not network.any()
        return
    assert set(found.labels) == set(range(found.labels.max() + 1))
    assert np.isclose(found.modularity, modularity(network, found.labels))
    assert found.modularity <= found.best + 1e-9
    assert 0 <= found.agreement <= 1
