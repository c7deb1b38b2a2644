"""Changes worked by hand: hazards of two groups, turns in a series, changes that follow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hedgerow.methods.change_points import (
    best_changes,
    poisson_cost,
    rate_change_test,
    squared_cost,
)
from hedgerow.methods.co_movement import follow_share, follow_test
from hedgerow.methods.dilution import kept_shares, measured_loss
from hedgerow.methods.hazard_ratio import hazard_ratio, log_rank


def test_log_rank_of_four_units():
    # in the group: events at 1 and 3; outside: an event at 2, and one censored at 4
    found = log_rank([1, 3, 2, 4], [1, 1, 1, 0], [1, 1, 0, 0])
    # at risk 2 of 4, 1 of 3, 1 of 2
    assert found.observed == 2
    assert found.expected == pytest.approx(2 / 4 + 1 / 3 + 1 / 2)
    assert found.variance == pytest.approx(1 / 4 + 2 / 9 + 1 / 4)
    assert found.statistic == pytest.approx((2 / 3) ** 2 / (13 / 18))


def test_hazard_ratio_of_four_units_solves_its_equation():
    found = hazard_ratio([1, 3, 2, 4], [1, 1, 1, 0], [1, 1, 0, 0])
    # 2 = 2r / (2r + 2) + r / (r + 2) + r / (r + 1), that is 2 / (r + 1) = r / (r + 2): r r - r = 4
    assert found.ratio == pytest.approx((1 + math.sqrt(17)) / 2)
    share = [found.ratio / (found.ratio + other) for other in (1, 2, 1)]
    assert found.se == pytest.approx(sum(p * (1 - p) for p in share) ** -0.5)
    assert found.low == pytest.approx(found.ratio * math.exp(-1.959964 * found.se), rel=1e-6)


def test_ties_after_efron():
    # two of three in the group and none of one outside have the event at once: the first is drawn
    # of 3r + 1, the second of 2r + 1 (3 less half of the two)
    found = hazard_ratio([1, 1, 2, 2], [1, 1, 0, 1], [1, 1, 1, 0])
    # then the one outside of r + 1: 2 = 3r / (3r + 1) + 2r / (2r + 1) + r / (r + 1)
    r = found.ratio
    assert 3 * r / (3 * r + 1) + 2 * r / (2 * r + 1) + r / (r + 1) == pytest.approx(2)


def test_nothing_to_compare():
    assert hazard_ratio([1, 2, 3], [1, 1, 1], [1, 1, 1]) is None
    assert log_rank([1, 2, 3], [1, 1, 1], [0, 0, 0]) is None
    # the group's events all come first: no finite ratio, yet a log-rank test
    apart = ([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0])
    assert hazard_ratio(*apart) is None
    assert log_rank(*apart).observed == 2


def test_costs_of_segments():
    cost = squared_cost([1.0, 3.0, 8.0])
    # means 2, 5.5 and 4
    assert cost[0, 2] == pytest.approx(2)
    assert cost[1, 3] == pytest.approx(12.5)
    assert cost[0, 3] == pytest.approx(26)
    assert cost[0, 1] == pytest.approx(0)
    assert np.isinf(cost[2, 1])
    assert np.isinf(cost[1, 1])
    rates = poisson_cost([2, 4], [1, 1])
    assert rates[0, 2] == pytest.approx(6 - 6 * math.log(3))
    assert poisson_cost([0, 4], [1, 1])[0, 1] == 0


def test_two_levels_part_at_the_step():
    assert best_changes(squared_cost([1, 1, 1, 9, 9]), 1) == (3,)
    assert best_changes(squared_cost([1, 1, 5, 5, 9, 9]), 2) == (2, 4)
    assert best_changes(squared_cost([1, 1, 1, 9]), 1, shortest=2) == (2,)
    assert best_changes(squared_cost([4, 2]), 0) == ()


def test_a_rate_that_trebles():
    found = rate_change_test([2, 2, 6, 6], [1, 1, 1, 1], np.random.default_rng(1))
    assert (found.index, found.before, found.after) == (2, 2, 6)
    # twice 4 ln 2 + 12 ln 6 - 16 ln 4
    gain = 2 * (4 * math.log(2) + 12 * math.log(6) - 16 * math.log(4))
    assert found.null.observed == pytest.approx(gain)
    assert rate_change_test([0, 0], [1, 1], np.random.default_rng(1)) is None
    # more is to be expected of more exposure
    even = rate_change_test([2, 2, 6, 6], [1, 1, 3, 3], np.random.default_rng(1))
    assert even.null.observed == pytest.approx(0, abs=1e-9)


def test_what_follows_within_two_steps():
    changes = np.array([[1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]], dtype=bool)
    # the last two steps cannot be followed: events at 0 of the first, 1 of the second, 3 of the
    # third; the second follows the first, nobody the second (the third comes at 3: in 2 or 3), the
    # first the third
    found = follow_share(changes, 2)
    assert found == (pytest.approx(3 / 6), 3)
    assert follow_share(np.zeros((2, 4), dtype=bool), 1) is None
    null = follow_test(changes, 2, np.random.default_rng(1), period=3)
    assert null.observed == found[0]
    assert follow_test(changes[:, :3], 2, np.random.default_rng(1), period=3) is None


def test_what_hand_overs_keep():
    given = [[10, 8], [10, 4], [10, np.nan]]
    received = [[8, 4], [4, 4], [np.nan, 3]]
    # (80 + 40) / 200, and (32 + 16) / (64 + 16)
    assert kept_shares(given, received).tolist() == pytest.approx([0.6, 0.6])
    found = measured_loss(given, received, np.random.default_rng(1))
    assert found.value == pytest.approx(1 - 0.36)
    assert measured_loss([[0.0], [0.0]], [[1.0], [1.0]], np.random.default_rng(1)) is None
