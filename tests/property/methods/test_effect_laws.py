"""Laws of effects, variance between groups and regression on ties, with plain references."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.median_odds import fit_random_intercepts
from hedgerow.methods.mrqap import network_regression
from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.staggered import (
    group_time_effects,
    simple_effect,
    simple_effect_interval,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


def test_random_intercepts_have_the_likelihood_that_integration_gives() -> None:
    from scipy.integrate import quad

    generator = rng()
    groups = np.repeat(np.arange(12), 15)
    x = generator.normal(size=(180, 1))
    level = generator.normal(0, 0.9, 12)[groups]
    y = generator.random(180) < 1 / (1 + np.exp(-(0.3 + level + 0.8 * x[:, 0])))
    fit = fit_random_intercepts(y, groups, x)

    def likelihood(beta: np.ndarray, sd: float) -> float:
        total = 0.0
        for group in range(12):
            mine = groups == group
            fixed = beta[0] + beta[1] * x[mine, 0]

            def density(u: float, fixed=fixed, mine=mine) -> float:
                eta = fixed + sd * u
                log = np.sum(y[mine] * eta - np.logaddexp(0, eta)) - u * u / 2
                return float(np.exp(log) / math.sqrt(2 * math.pi))

            total += math.log(quad(density, -9, 9, epsabs=0, limit=200)[0])
        return total

    best = likelihood(fit.coefficients, fit.sd)
    assert fit.log_likelihood == pytest.approx(best, abs=1e-4)
    for step in (-0.05, 0.05):
        assert likelihood(fit.coefficients, fit.sd + step) < best
        assert likelihood(np.add(fit.coefficients, [0, step]), fit.sd) < best
    assert fit.sd_low < fit.sd < fit.sd_high
    # at the ends of the interval the likelihood, maximised again, is 1.92 lower: at least that
    # when the coefficients stay as they are
    for end in (fit.sd_low, fit.sd_high):
        assert best - likelihood(fit.coefficients, end) == pytest.approx(1.92, abs=0.25)


def test_groups_that_do_not_differ_give_a_ratio_of_about_one() -> None:
    y = np.tile([0, 1], 100)
    fit = fit_random_intercepts(y, np.repeat(np.arange(10), 20))
    assert fit.sd == pytest.approx(0, abs=1e-3)
    assert fit.median_odds_ratio == pytest.approx(1, abs=1e-3)
    assert fit.sd_low == 0
    assert fit.latent_share == pytest.approx(0, abs=1e-6)


def test_units_that_differ_by_unit_and_period_alone_show_no_effect() -> None:
    generator = rng()
    outcomes = generator.normal(size=(20, 1)) + generator.normal(size=(1, 6))
    cohorts = generator.choice([3.0, 5.0, np.inf], 20)
    for controls in ("never", "not_yet"):
        found = group_time_effects(outcomes, np.arange(1, 7), cohorts, controls=controls)
        assert found.effect == pytest.approx(0, abs=1e-12)
    outcomes[cohorts == 3, 2:] -= 2
    outcomes[cohorts == 5, 4:] -= 2
    found = group_time_effects(outcomes, np.arange(1, 7), cohorts)
    assert simple_effect(found) == pytest.approx(-2)
    assert found.effect[found.event < 0] == pytest.approx(0, abs=1e-12)


def test_effects_agree_with_plain_means_when_some_are_missing() -> None:
    generator = rng()
    outcomes = generator.normal(size=(15, 5))
    outcomes[generator.random((15, 5)) < 0.15] = np.nan
    cohorts = np.array([3.0] * 5 + [4.0] * 5 + [np.inf] * 5)
    found = group_time_effects(outcomes, np.arange(1, 6), cohorts, controls="not_yet")
    for g, t, effect in zip(found.cohort, found.period, found.effect, strict=True):
        base = g - 1 if t >= g else t - 1
        change = outcomes[:, int(t) - 1] - outcomes[:, int(base) - 1]
        later = cohorts > max(t, base)
        plain = np.nanmean(change[cohorts == g]) - np.nanmean(change[later & (cohorts != g)])
        assert effect == pytest.approx(plain)


def test_effect_interval_is_that_of_resampled_units() -> None:
    generator = rng()
    outcomes = generator.normal(size=(30, 4))
    cohorts = np.array([3.0] * 12 + [np.inf] * 18)
    found = simple_effect_interval(outcomes, [1, 2, 3, 4], cohorts, rng(), draws=200)
    plain = []
    for row in rng().integers(0, 30, (200, 30)):
        effects = group_time_effects(outcomes[row], [1, 2, 3, 4], cohorts[row])
        plain.append(simple_effect(effects))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain, [0.025, 0.975])))


@given(arrays(float, 5, elements=st.integers(-5, 5)), arrays(float, 5, elements=st.integers(1, 4)))
def test_pooling_shrinks(estimates: np.ndarray, errors: np.ndarray) -> None:
    found = partial_pooling(estimates, errors)
    low, high = np.minimum(estimates, found.mean), np.maximum(estimates, found.mean)
    assert np.all((found.means >= low - 1e-9) & (found.means <= high + 1e-9))
    assert np.all(found.sds <= np.hypot(errors, found.mean_sd) + 1e-9)
    if found.between_sd > 0:
        weight = 1 / (errors**2 + found.between_sd**2)
        assert weight @ (estimates - found.mean) ** 2 == pytest.approx(4)
    below = found.probability_below(0.3)
    assert np.all(found.probability_below(0.5) >= below)
    assert np.all((below >= 0) & (below <= 1))


def test_network_regression_has_the_coefficients_of_least_squares() -> None:
    generator = rng()
    x, z = generator.normal(size=(2, 15, 15))
    y = 2 + 0.7 * x + 0.1 * generator.normal(size=(15, 15))
    found = network_regression(y, [x, z], generator, draws=199)
    off = ~np.eye(15, dtype=bool)
    design = np.column_stack([np.ones(210), x[off], z[off]])
    plain = np.linalg.lstsq(design, y[off])[0]
    assert [found.constant, *found.coefficients] == pytest.approx(plain.tolist())
    residual = y[off] - design @ plain
    spread = residual @ residual / 207 * np.linalg.inv(design.T @ design)
    t = plain / np.sqrt(np.diagonal(spread))
    assert [test.observed for test in found.tests] == pytest.approx(t[1:].tolist())
    assert found.tests[0].p_two_sided == 2 / 200
    assert found.pairs == 210
    assert found.r_squared == pytest.approx(1 - residual @ residual / (210 * y[off].var()))


def test_network_regression_null_is_double_semi_partialling_step_by_step() -> None:
    generator = rng()
    x, z = generator.normal(size=(2, 9, 9))
    x = x + z
    y = x - z + generator.normal(size=(9, 9))
    found = network_regression(y, [x, z], rng(), draws=40)
    off = ~np.eye(9, dtype=bool)
    ones = np.ones(72)
    orders = rng()
    for test, own, other in zip(found.tests, (x, z), (z, x), strict=True):
        others = np.column_stack([ones, other[off]])
        left = np.zeros((9, 9))
        left[off] = own[off] - others @ np.linalg.lstsq(others, own[off])[0]
        plain = []
        for _ in range(40):
            order = orders.permutation(9)
            moved = left[order][:, order][off]
            design = np.column_stack([moved, others])
            solution = np.linalg.lstsq(design, y[off])[0]
            residual = y[off] - design @ solution
            variance = residual @ residual / 69 * np.linalg.inv(design.T @ design)[0, 0]
            plain.append(solution[0] / np.sqrt(variance))
        assert test.mean == pytest.approx(np.mean(plain))
        assert test.sd == pytest.approx(np.std(plain, ddof=1))


def test_network_regression_null_holds_its_level_where_units_differ() -> None:
    # senders and receivers differ in activity: pairs are far from independent
    generator = rng()
    p_values, naive = [], []
    for _ in range(60):
        parts = generator.normal(size=(4, 12))
        y = parts[0][:, None] + parts[1] + 0.3 * generator.normal(size=(12, 12))
        x = parts[2][:, None] + parts[3] + 0.3 * generator.normal(size=(12, 12))
        test = network_regression(y, [x], generator, draws=59).tests[0]
        p_values.append(test.p_two_sided)
        naive.append(abs(test.observed) > 1.96)
    assert np.mean(np.array(p_values) <= 0.1) < 0.25
    assert np.mean(naive) > 0.4
