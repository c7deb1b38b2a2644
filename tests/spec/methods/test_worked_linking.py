"""Linking worked by hand: projections, tied groups, loss of units, communities, prototypes."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.communities import consensus_communities, find_communities
from hedgerow.methods.community_match import community_match
from hedgerow.methods.group_ties import tied_group_share, tied_group_test
from hedgerow.methods.network import adjacency_matrix
from hedgerow.methods.participation import mean_participation_test, multiplex_participation
from hedgerow.methods.projection import shared_counts, weighted_projection
from hedgerow.methods.prototypes import memberships, normalised_entropy
from hedgerow.methods.unit_loss import share_under_loss

# two fives, each tied throughout, with one tie between them: rows 0 to 4 and 5 to 9
TWO_FIVES = adjacency_matrix(
    [(a, b) for five in (range(5), range(5, 10)) for a in five for b in five if a < b] + [(4, 5)],
    10,
    directed=False,
)
FIVES = ["a"] * 5 + ["b"] * 5


def rng():
    return np.random.default_rng(11)


def test_a_large_group_ties_its_members_weakly():
    # a group of rows 0 and 1, one of rows 0, 1 and 2, one of row 2 alone
    table = [[1, 1, 0], [1, 1, 0], [0, 1, 1]]
    assert shared_counts(table).tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    # 1/(2-1) + 1/(3-1) between 0 and 1; 1/2 to 2; the group of one ties nobody
    assert weighted_projection(table) == pytest.approx(
        np.array([[0, 1.5, 0.5], [1.5, 0, 0.5], [0.5, 0.5, 0]])
    )


def test_tied_groups_are_counted_once_whatever_their_ties():
    labels = ["a", "a", "b", "c", None]
    # a-b twice, a-a within, c with an unlabelled unit: of a-b, a-c and b-c one is tied
    pairs = [(0, 2), (1, 2), (0, 1), (3, 4)]
    assert tied_group_share(labels, pairs) == pytest.approx(1 / 3)
    assert tied_group_share(labels, []) == 0
    assert tied_group_share(["a", "a", None], [(0, 1)]) is None
    # each of three groups has one unit, so however they are dealt two of three pairs are tied
    test = tied_group_test(["a", "b", "c"], [(0, 1), (1, 2)], rng(), draws=50)
    assert (test.observed, test.low, test.high) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    with pytest.raises(ValueError, match="rows 0 to 2"):
        tied_group_share(["a", "b", "c"], [(0, 3)])


def test_losing_a_unit_of_a_star_loses_one_tie_or_all():
    # a star of three ties, one of them marked: losing a leaf leaves shares of 0, 1/2 and 1/2
    marks, pairs = [True, False, False], [(0, 1), (0, 2), (0, 3)]
    low, high = share_under_loss(marks, pairs, 4, 0.25, rng(), draws=400, level=1.0)
    assert (low, high) == (0.0, 0.5)
    assert share_under_loss(marks, pairs, 4, 0.0, rng()) is None
    # losing three of four leaves no tie at all
    assert share_under_loss(marks, pairs, 4, 0.75, rng()) is None
    with pytest.raises(ValueError, match="one for each tie"):
        share_under_loss([True], pairs, 4, 0.25, rng())
    with pytest.raises(ValueError, match="below 1"):
        share_under_loss(marks, pairs, 4, 1.0, rng())


def test_searches_agree_where_the_communities_are_plain():
    found = consensus_communities([TWO_FIVES], rng())
    assert found.labels.tolist() == [0] * 5 + [1] * 5
    assert found.agreement == 1
    assert found.modularity == pytest.approx(found.best)
    # twenty of the 21 ties are within; both halves have half of the ends: 20/21 - 1/2
    assert found.modularity == pytest.approx(20 / 21 - 1 / 2)
    assert consensus_communities([np.zeros((3, 3))], rng()) is None


def test_the_consensus_is_no_better_than_the_best():
    noise = np.triu(rng().random((30, 30)) < 0.15, k=1)
    network = (noise | noise.T).astype(float)
    found = consensus_communities([network], rng())
    assert found.modularity <= found.best + 1e-12
    assert 0.5 < found.agreement < 1
    assert found.best == pytest.approx(find_communities([network], rng()).modularity, abs=0.02)


def test_communities_that_are_the_division_match_it():
    found = community_match([TWO_FIVES], [], FIVES, rng(), draws=19)
    assert found.agreement.observed == pytest.approx(1)
    assert found.ratio.observed == pytest.approx(1)
    assert found.agreement.p_upper == pytest.approx(1 / 20)
    # a table of two groups says the same as the ties
    table = np.array([[1, 0]] * 5 + [[0, 1]] * 5)
    assert community_match([], [table], FIVES, rng(), draws=9).agreement.observed == 1
    across = community_match([TWO_FIVES], [], ["a", "b"] * 5, rng(), draws=19)
    assert across.ratio.observed < 0.1
    assert community_match([TWO_FIVES], [], ["a"] * 10, rng(), draws=9).agreement is None
    assert community_match([np.zeros((3, 3))], [], list("abc"), rng()) is None


def test_units_active_everywhere_take_part_more_than_by_chance():
    degrees = np.array([[4, 4], [3, 3], [2, 2], [1, 1], [0, 0]])
    assert multiplex_participation(degrees[:4]).tolist() == [1, 1, 1, 1]
    found = mean_participation_test(degrees, rng())
    assert found.observed == 1
    assert found.mean < 0.8
    assert found.p_upper < 0.02
    assert mean_participation_test(np.zeros((3, 2)), rng()) is None


def test_membership_falls_with_the_square_of_the_distance():
    # at 0 and 1 from two prototypes, with a spread of 1: 1 against exp(-1/2)
    share = 1 / (1 + np.exp(-0.5))
    assert memberships([[0.0]], [[0.0], [1.0]], 1.0) == pytest.approx([share, 1 - share])
    # half of the draws at either: the same to each
    assert memberships([[0.0], [1.0]], [[0.0], [1.0]], 1.0) == pytest.approx([0.5, 0.5])
    # a free coordinate is never far away
    free = memberships([[0.0, 9.0]], [[0.0, np.nan], [0.0, 0.0]], 1.0)
    assert free[0] == pytest.approx(1)
    with pytest.raises(ValueError, match="dimensions"):
        memberships([[0.0]], [[0.0, 1.0]], 1.0)
    with pytest.raises(ValueError, match="finite"):
        memberships([[np.nan]], [[0.0]], 1.0)
    with pytest.raises(ValueError, match="above 0"):
        memberships([[0.0]], [[0.0]], 0.0)


def test_entropy_is_nought_in_one_and_one_in_all_alike():
    assert normalised_entropy([1.0, 0.0, 0.0]) == 0
    assert normalised_entropy([0.25] * 4) == pytest.approx(1)
    # (ln 2) / (ln 4)
    assert normalised_entropy([0.5, 0.5, 0.0, 0.0]) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="adding up to 1"):
        normalised_entropy([0.5, 0.4])
