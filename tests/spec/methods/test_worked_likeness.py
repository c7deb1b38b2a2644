"""Likeness of groups and of tied units, and loss along hand-overs, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.dilution import expected_loss, share_lost
from hedgerow.methods.homophily import label_assortativity, label_assortativity_test
from hedgerow.methods.similarity import (
    group_likeness,
    likeness_gap,
    likeness_gap_interval,
    tied_mean_test,
)

NAN = float("nan")


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_what_a_chain_loses() -> None:
    # 1 - 0.5 x 0.8; with each hand-over twice 1 - 0.75 x 0.96
    assert share_lost([0.5, 0.8]) == pytest.approx(0.6)
    assert share_lost([0.5, 0.8], cycles=2) == pytest.approx(0.28)
    assert share_lost([]) == 0


def test_what_is_expected_to_be_lost_over_chains_of_two_lengths() -> None:
    # Beta(6, 4) keeps 0.6: a quarter of the chains with one hand-over, three quarters with two
    found = expected_loss([1, 3], 6, 4, rng())
    assert found.expected == pytest.approx(1 - (0.25 * 0.6 + 0.75 * 0.36))
    assert found.low < found.expected < found.high
    # twice over: what is kept is 1 - 4/10 x 5/11
    repeated = expected_loss([1], 6, 4, rng(), cycles=2)
    assert repeated.expected == pytest.approx(4 / 10 * 5 / 11)


def test_the_band_is_the_prior_itself_for_one_hand_over() -> None:
    # Beta(1, 1) is flat: nine in ten draws lie between 0.05 and 0.95
    found = expected_loss([2], 1, 1, rng(), draws=40_000)
    assert (found.low, found.high) == pytest.approx((0.05, 0.95), abs=0.01)


SIMILARITY = np.array(
    [
        [NAN, 0.8, 0.2, 0.4],
        [0.8, NAN, 0.2, 0.2],
        [0.2, 0.2, NAN, 0.6],
        [0.4, 0.2, 0.6, NAN],
    ]
)


def test_each_group_against_as_many_drawn_from_all() -> None:
    # the six pairs: 0.8, 0.2, 0.4, 0.2, 0.2, 0.6, on average 0.4
    first, second = group_likeness(SIMILARITY, ["a", "a", "b", "b"], rng())
    assert (first.label, first.units, first.within.observed) == ("a", 2, 0.8)
    assert first.within.mean == pytest.approx(0.4)
    # one pair in six is as alike as that
    assert first.within.p_upper == pytest.approx(1 / 6, abs=0.04)
    assert second.within.effect == pytest.approx(0.2)


def test_small_groups_and_undefined_ones_are_left_out() -> None:
    nothing = np.full((3, 3), NAN)
    assert group_likeness(nothing, ["a", "a", "b"], rng()) == []
    assert group_likeness(SIMILARITY, ["a", "a", "a", "b"], rng(), smallest=4) == []
    (only,) = group_likeness(SIMILARITY, ["a", "a", "a", None], rng(), smallest=3)
    assert only.within.observed == pytest.approx(0.4)  # all that is left is the group


def test_the_gap_has_an_interval_around_it() -> None:
    labels = [number // 4 for number in range(20)]
    same = np.equal.outer(labels, labels)
    noise = rng().normal(0, 0.05, (20, 20))
    alike = np.clip(0.3 + 0.2 * same + (noise + noise.T) / 2, 0, 1)
    ends = likeness_gap_interval(alike, labels, rng())
    gap = likeness_gap(alike, labels, rng())
    assert ends is not None and gap is not None
    assert ends[0] < gap.gap.observed < ends[1]
    assert ends[0] > 0.1 and ends[1] < 0.3
    # two levels and nothing else: every resample has the same gap
    exact = likeness_gap_interval(0.3 + 0.2 * same, labels, rng())
    assert exact == pytest.approx((0.2, 0.2))
    assert likeness_gap_interval(alike, [0] * 20, rng()) is None


def test_tied_pairs_against_units_in_other_places() -> None:
    found = tied_mean_test(SIMILARITY, [(0, 1), (2, 3)], rng())
    assert found is not None
    assert found.observed == pytest.approx(0.7)
    # three ways to pair four units off: means of 0.7, 0.2 and 0.3
    assert found.mean == pytest.approx(0.4, abs=0.03)
    assert found.p_upper == pytest.approx(1 / 3, abs=0.06)
    assert tied_mean_test(np.full((2, 2), NAN), [(0, 1)], rng()) is None
    assert tied_mean_test(SIMILARITY, np.empty((0, 2)), rng()) is None


def test_assortativity_against_labels_dealt_at_random() -> None:
    pairs = [(0, 1), (2, 3), (4, 5), (0, 5)]
    labels = ["a", "a", "b", "b", None, "a"]
    found = label_assortativity_test(labels, pairs, rng())
    assert found is not None
    # three ties have labels at both ends, all alike: r = 1
    assert found.observed == label_assortativity(labels, pairs) == pytest.approx(1)
    assert found.mean < 0.5
    assert label_assortativity_test(["a"] * 6, pairs, rng()) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_null_of_assortativity_is_that_of_the_measure_itself(seed: int) -> None:
    """Each draw of the fast null is what the plain measure gives for some dealing."""
    chance = np.random.default_rng(seed)
    labels = chance.integers(0, 3, 9)
    pairs = [(a, b) for a in range(9) for b in range(a) if chance.random() < 0.4]
    found = label_assortativity_test(labels, pairs, np.random.default_rng(seed), draws=400)
    plain = [label_assortativity(chance.permutation(labels), pairs) for _ in range(400)]
    assert found is not None
    assert found.mean == pytest.approx(np.mean([one for one in plain if one is not None]), abs=0.05)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: share_lost([1.2]),
        lambda: share_lost([0.5], cycles=0),
        lambda: expected_loss([], 6, 4, rng()),
        lambda: expected_loss([0, 0], 6, 4, rng()),
        lambda: expected_loss([-1], 6, 4, rng()),
        lambda: expected_loss([1], 0, 4, rng()),
        lambda: expected_loss([1], 6, 4, rng(), level=1),
        lambda: group_likeness(SIMILARITY, ["a"], rng()),
        lambda: group_likeness(SIMILARITY, ["a"] * 4, rng(), smallest=1),
        lambda: likeness_gap_interval(SIMILARITY, ["a"], rng()),
        lambda: tied_mean_test([[1, 2]], [(0, 0)], rng()),
    ],
)
def test_wrong_input_is_refused(wrong) -> None:
    with pytest.raises(ValueError):
        wrong()
