"""Paths that somebody carries, joins that hang on one, shares of few cases, and beginnings at
different times: cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.beta_share import posterior_share
from hedgerow.methods.carried_paths import losses, reach
from hedgerow.methods.interlock import sole_joins
from hedgerow.methods.rate_interval import rate_interval
from hedgerow.methods.stacked import (
    StackedEffects,
    Window,
    group_means,
    mean_effect_draws,
    mean_effect_null,
    stacked_effects,
)

NEVER = np.inf


def test_closeness_along_arcs_that_are_kept():
    # 0 -> 1 -> 2 and 0 -> 2 by another link; 3 cannot be reached
    arcs = [[0, 1], [1, 2], [0, 2]]
    found = reach(arcs, 4, [0], [1, 2, 3], [[True, True, True], [True, True, False]])
    # all: 1, 1 and nothing; without the direct link 2 is two steps away
    assert found.closeness == pytest.approx([2 / 3, 1.5 / 3])
    assert found.nearest.tolist() == [[1, 1, np.inf], [1, 2, np.inf]]
    assert losses(found.closeness[0], found.closeness) == pytest.approx([0, 0.25])


def test_nothing_is_lost_of_nothing():
    assert list(losses(0.0, [0.0, 0.0])) == [0, 0]


def test_the_nearest_of_several_sources():
    # 2 is one step from 1 and two from 0
    found = reach([[0, 1], [1, 2]], 3, [0, 1], [2])
    assert found.closeness == pytest.approx([(1 / 2 + 1) / 2])
    assert found.nearest.tolist() == [[1]]


def test_joins_that_hang_on_one():
    # the first joins A-B, A-C and B-C, the second A-B too, the third nothing
    found = sole_joins([[1, 1, 1], [1, 1, 0], [0, 0, 1]])
    assert (found.joined, found.sole, found.alone.tolist()) == (3, 2, [2, 0, 0])


def test_posterior_of_a_share():
    # Beta(1, 1) is even: the middle 95 per cent of 0 to 1. Beta(2, 1) has the distribution x^2.
    assert posterior_share(0, 0).low == pytest.approx(0.025)
    found = posterior_share(1, 0)
    assert found.mean == pytest.approx(2 / 3)
    assert (found.low, found.high) == (
        pytest.approx(0.025**0.5), pytest.approx(0.975**0.5),
    )  # fmt: skip  # one pair


def test_rate_of_a_few():
    # half of chi-squared with 7 degrees of freedom: 1.68987 and 16.01276, over 2
    assert rate_interval(3, 2) == pytest.approx((1.68987 / 4, 16.01276 / 4), abs=1e-5)
    assert rate_interval(0, 1)[0] == 0


# Six periods; unit 0 begins in the fourth (column 3), 1 and 2 never, 3 was never active before.
OUTCOMES = np.array(
    [
        [1, 1, 1, 0, 0, 1],
        [1, 1, 0, 1, 0, 0],
        [1, 0, 0, 1, 1, 1],
        [0, 0, 0, 1, 1, 1],
    ],
    dtype=float,
)
BEGINS = np.array([3, NEVER, NEVER, NEVER])
PLAIN = Window(before=3, after=3, anticipation=0, least_active=1 / 3)


def test_one_beginner_beside_two_that_did_not_begin():
    # 0: 3/3 before, 1/3 after: -2/3. 1: 2/3 before, 1/3 after. 2: 1/3 before, 3/3 after.
    found = stacked_effects(OUTCOMES, BEGINS, PLAIN)
    assert found.effects == pytest.approx([-2 / 3 - (-1 / 3 + 2 / 3) / 2])
    assert (found.units.tolist(), found.controls.tolist()) == ([0], [2])
    # at the beginning: 0 - 1, less the mean of 1 - 2/3 and 1 - 1/3
    assert found.events.tolist() == [-3, -2, -1, 0, 1, 2]
    assert found.paths[0, 3] == pytest.approx(-1 - 0.5)


def test_who_begins_within_the_window_is_no_control():
    begins = np.array([3, 5, NEVER, NEVER])
    assert stacked_effects(OUTCOMES, begins, PLAIN).controls[0] == 1


def test_the_anticipation_is_left_out():
    # with one period of it, columns 0 and 1 come before: 0: 1, 1: 1, 2: 1/2
    found = stacked_effects(OUTCOMES, BEGINS, Window(3, 3, 1, 1 / 3))
    assert found.effects == pytest.approx([(1 / 3 - 1) - ((1 / 3 - 1) + (1 - 1 / 2)) / 2])


def test_controls_come_from_the_same_stratum():
    found = stacked_effects(OUTCOMES, BEGINS, PLAIN, ["a", "a", "b", "a"])
    assert found.effects == pytest.approx([-2 / 3 + 1 / 3])
    assert stacked_effects(OUTCOMES, BEGINS, PLAIN, ["a", "b", "b", "b"]).effects.size == 0


def test_who_takes_no_part_is_neither_beginner_nor_control():
    begins = np.array([3, np.nan, NEVER, NEVER])
    assert stacked_effects(OUTCOMES, begins, PLAIN).controls[0] == 1


def test_resamples_weigh_units():
    # once as they are, once with unit 2 left out, once without the beginner
    weights = np.array([[1, 1, 1, 1], [1, 2, 0, 1], [0, 2, 1, 1]])
    draws = mean_effect_draws(OUTCOMES, BEGINS, weights, PLAIN)
    assert draws[:2] == pytest.approx([-5 / 6, -1 / 3])
    assert np.isnan(draws[2])


def test_beginnings_dealt_anew():
    rng = np.random.default_rng(5)
    outcomes = np.ones((20, 8))
    outcomes[:5, 4:] = 0
    begins = np.array([4.0] * 5 + [NEVER] * 15)
    found = mean_effect_null(outcomes, begins, rng, Window(4, 4, 0, 1 / 3))
    assert found.observed == -1
    assert found.p_lower < 0.01
    assert found.mean == pytest.approx(0, abs=0.05)
    assert mean_effect_null(outcomes, np.full(20, NEVER), rng) is None


def _effects(values: list[float], controls: list[int]) -> StackedEffects:
    k = len(values)
    return StackedEffects(
        np.arange(k), np.array(values), np.array(controls), np.arange(1), np.zeros((k, 1))
    )


def test_means_of_groups_and_their_errors():
    # about the means -0.5 and 0: squares 0.02 over 4 - 2; errors with 1/2 or 1/2 + 1/4 of it
    found = group_means(_effects([-0.6, -0.4, 0, 0], [10, 10, 4, 4]), ["a", "a", "b", "b"])
    assert found.means == pytest.approx([-0.5, 0])
    assert found.errors == pytest.approx(np.sqrt([0.01 * 0.6, 0.01 * 0.75]))
    # seen beforehand: squares 0.02 + 0.25 over 2 + 1
    found = group_means(_effects([-0.6, -0.4, 0, 0], [10, 10, 4, 4]), list("aabb"), 0.25)
    assert found.errors[0] == pytest.approx(np.sqrt(0.09 * 0.6))


def test_agreement_of_a_few_is_not_certainty():
    few = _effects([-1, -1, -1], [5, 5, 5])
    assert group_means(few, ["a", "a", "a"]) is None
    found = group_means(few, ["a", "a", "a"], 0.25)
    assert found.errors == pytest.approx(np.sqrt([0.25 / 3 * (1 / 3 + 1 / 5)]))
    assert group_means(_effects([], []), []) is None
