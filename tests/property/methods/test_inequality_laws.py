"""Laws of access, inequality, effects, agreement and samples, with plain references."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.agreement import (
    fleiss_kappa,
    krippendorff_alpha,
    krippendorff_alpha_interval,
)
from hedgerow.methods.association import cramers_v, cramers_v_test
from hedgerow.methods.balanced_sampling import balanced_sample
from hedgerow.methods.catchment import crowding_access, three_step_access, two_step_access
from hedgerow.methods.chao import chao_estimate
from hedgerow.methods.concentration import (
    concentration_index,
    concentration_interval,
    erreygers_index,
    fractional_rank,
    wagstaff_index,
)
from hedgerow.methods.concordance import (
    average_ranks,
    kendall_w,
    kendall_w_test,
    rank_biased_overlap,
)
from hedgerow.methods.gini import gini_index
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.kolm_pollak import kolm_pollak_ede, kolm_pollak_ede_at, kolm_pollak_gap
from hedgerow.methods.median_odds import fit_random_intercepts
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.mrqap import network_regression
from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.similarity import likeness_gap, ruzicka_similarity
from hedgerow.methods.staggered import (
    group_time_effects,
    simple_effect,
    simple_effect_interval,
)
from hedgerow.methods.theil import between_share_test, theil_index, theil_split

AMOUNTS = st.lists(st.integers(0, 9), min_size=2, max_size=9).filter(any)


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


def with_weights(amounts: list[int], data: st.DataObject) -> np.ndarray:
    n = len(amounts)
    return np.array(data.draw(st.lists(st.integers(1, 4), min_size=n, max_size=n)))


PLACES = st.tuples(st.integers(1, 6), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape[0], elements=st.integers(1, 9)),
        arrays(float, shape[1], elements=st.integers(0, 9)),
        arrays(float, shape, elements=st.sampled_from([0, 0.25, 1])),
    )
)


def plain_access(demand: np.ndarray, supply: np.ndarray, weight: np.ndarray) -> list[float]:
    found = []
    for i in range(len(demand)):
        total = 0.0
        for j in range(len(supply)):
            competing = sum(weight[k, j] * demand[k] for k in range(len(demand)))
            if competing > 0:
                total += weight[i, j] * supply[j] / competing
        found.append(total)
    return found


@given(PLACES)
def test_access_agrees_with_the_plain_sum_and_gives_out_what_there_is(places) -> None:
    demand, supply, weight = places
    i, j = np.nonzero(weight)
    found = two_step_access(demand, supply, i, j, weight[i, j])
    assert found.tolist() == pytest.approx(plain_access(demand, supply, weight))
    reached = weight.any(axis=0)
    assert found @ demand == pytest.approx(supply[reached].sum())
    assert found[~weight.any(axis=1)].tolist() == [0] * int((~weight.any(axis=1)).sum())
    choice = three_step_access(demand, supply, i, j, weight[i, j])
    assert choice @ demand == pytest.approx(supply[reached].sum())
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    assert choice.tolist() == pytest.approx(plain_access(demand, supply, weight * share))


@given(PLACES)
def test_access_without_limits_is_total_supply_over_total_demand(places) -> None:
    demand, supply, weight = places
    i, j = np.nonzero(np.ones_like(weight))
    found = two_step_access(demand, supply, i, j)
    assert found.tolist() == pytest.approx([supply.sum() / demand.sum()] * demand.size)


@given(PLACES)
def test_crowding_agrees_with_a_slow_search(places) -> None:
    demand, supply, weight = places
    supply = supply + 1
    i, j = np.nonzero(np.ones_like(weight))
    cost = weight[i, j]
    found = crowding_access(demand, supply, i, j, cost, tau=2, tolerance=1e-10)
    # demand in many small parcels, each moved in turn to the place that is cheapest just then
    rate = demand.sum() / supply.sum()
    parcels = 150
    load = np.zeros(supply.size)
    where = np.full((demand.size, parcels), -1)
    for _ in range(6):
        for parcel, unit in itertools.product(range(parcels), range(demand.size)):
            size = demand[unit] / parcels
            if where[unit, parcel] >= 0:
                load[where[unit, parcel]] -= size
            best = int(np.argmin((load + size) / (rate * supply) + weight[unit] / 2))
            where[unit, parcel] = best
            load[best] += size
    plain = [(load / (rate * supply) + weight[unit] / 2).min() for unit in range(demand.size)]
    assert found.tolist() == pytest.approx(plain, abs=0.04)


@given(AMOUNTS, st.sampled_from([-2.0, -0.5, 0.5, 2.0]), st.data())
def test_equal_level_lies_within_and_leans_the_right_way(
    amounts: list[int], epsilon: float, data: st.DataObject
) -> None:
    weights = with_weights(amounts, data)
    found = kolm_pollak_ede(amounts, epsilon, weights)
    assert min(amounts) - 1e-9 <= found <= max(amounts) + 1e-9
    assert kolm_pollak_gap(amounts, epsilon, weights) * epsilon <= 1e-9
    repeated = np.repeat(amounts, weights)
    assert kolm_pollak_ede(repeated, epsilon) == pytest.approx(found)
    plain = -np.log(np.mean(np.exp(-0.3 * repeated))) / 0.3
    assert kolm_pollak_ede_at(amounts, 0.3, weights) == pytest.approx(plain)
    assert kolm_pollak_ede_at(np.add(amounts, 7), 0.3, weights) == pytest.approx(plain + 7)


@given(AMOUNTS, st.data())
def test_giving_to_the_worse_off_lowers_inequality(amounts: list[int], data: st.DataObject) -> None:
    x = np.array(amounts, dtype=float)
    assume(x.max() - x.min() > 0)
    after = x.copy()
    gift = (x.max() - x.min()) / 3
    after[x.argmax()] -= gift
    after[x.argmin()] += gift
    for measure in (gini_index, theil_index):
        assert measure(after) < measure(x)
        assert measure(5 * x) == pytest.approx(measure(x))
    assert kolm_pollak_ede_at(after, 0.4) > kolm_pollak_ede_at(x, 0.4)


@given(AMOUNTS, st.data())
def test_inequality_agrees_with_plain_sums(amounts: list[int], data: st.DataObject) -> None:
    weights = with_weights(amounts, data)
    x = np.repeat(np.array(amounts, dtype=float), weights)
    pairs = [abs(a - b) for a in x for b in x]
    assert gini_index(amounts, weights) == pytest.approx(np.mean(pairs) / 2 / x.mean())
    plain = np.mean([v / x.mean() * math.log(v / x.mean()) if v else 0.0 for v in x])
    assert theil_index(amounts, weights) == pytest.approx(plain, abs=1e-12)
    # everybody's own rank is their amount: the concentration index is Gini's
    assert concentration_index(amounts, amounts, weights) == pytest.approx(
        gini_index(amounts, weights), abs=1e-12
    )


@given(AMOUNTS, st.data())
def test_theil_splits_into_parts(amounts: list[int], data: st.DataObject) -> None:
    weights = with_weights(amounts, data)
    n = len(amounts)
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=n, max_size=n))
    split = theil_split(amounts, groups, weights)
    assert split is not None
    x, w = np.array(amounts, dtype=float), weights / weights.sum()
    within = 0.0
    for group in set(groups):
        mine = np.array([each == group for each in groups])
        inside = theil_index(x[mine], w[mine])
        within += (w[mine] @ x[mine]) / (w @ x) * (inside or 0.0)
    assert split.within == pytest.approx(within, abs=1e-12)
    assert split.total == pytest.approx(split.between + split.within)


def test_between_share_of_groups_dealt_at_random() -> None:
    values = rng().gamma(2, size=120)
    groups = np.repeat(np.arange(12), 10)
    test = between_share_test(values, groups, rng(), draws=300)
    assert test is not None
    generator = rng()
    plain = []
    for _ in range(300):
        split = theil_split(values, generator.permutation(groups))
        assert split is not None and split.between_share is not None
        plain.append(split.between_share)
    assert test.mean == pytest.approx(np.mean(plain), abs=0.01)


@given(AMOUNTS, st.data())
def test_concentration_laws(amounts: list[int], data: st.DataObject) -> None:
    weights = with_weights(amounts, data)
    n = len(amounts)
    ranking = np.array(data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    found = concentration_index(amounts, ranking, weights)
    rank = fractional_rank(ranking, weights)
    share = weights / weights.sum()
    assert share @ rank == pytest.approx(0.5)
    assert concentration_index(amounts, -ranking, weights) == pytest.approx(-found, abs=1e-12)
    # the plain form, by the area under the concentration curve of the ranked groups
    people = np.array([share[ranking == r].sum() for r in np.unique(ranking)])
    x = np.array(amounts, dtype=float) * share
    held = np.array([x[ranking == r].sum() for r in np.unique(ranking)]) / x.sum()
    before = np.concatenate([[0.0], np.cumsum(held)[:-1]])
    assert found == pytest.approx(1 - 2 * np.sum(people * (before + held / 2)), abs=1e-12)
    top = float(max(amounts))
    corrected = erreygers_index(amounts, ranking, (0, top), weights)
    mean = float(share @ np.array(amounts))
    assert corrected == pytest.approx(4 * mean / top * found, abs=1e-12)
    shortfall = [top - a for a in amounts]
    assert erreygers_index(shortfall, ranking, (0, top), weights) == pytest.approx(
        -corrected, abs=1e-12
    )
    normalised = wagstaff_index(amounts, ranking, (0, top), weights)
    if normalised is not None:
        assert normalised == pytest.approx(found / (1 - mean / top), abs=1e-9)


def test_concentration_interval_resamples_ranks_too() -> None:
    generator = rng()
    values, ranking = generator.gamma(2, size=40), generator.integers(0, 9, 40)
    weights = generator.integers(1, 5, 40)
    clusters = np.repeat(np.arange(10), 4)
    found = concentration_interval(values, ranking, rng(), weights, clusters, draws=300)
    assert found is not None and found.units == 10
    draws = rng().integers(0, 10, (300, 10))
    plain = []
    for row in draws:
        units = np.concatenate([np.flatnonzero(clusters == c) for c in row])
        plain.append(concentration_index(values[units], ranking[units], weights[units]))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain, [0.025, 0.975])))


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


@given(arrays(float, (3, 5), elements=st.integers(0, 4)))
def test_concordance_agrees_with_the_textbook_form(scores: np.ndarray) -> None:
    from scipy.stats import rankdata

    ranks = rankdata(scores, axis=1)
    assert average_ranks(scores).tolist() == ranks.tolist()
    found = kendall_w(scores)
    m, k = scores.shape
    ties = sum((t**3 - t) for row in scores for t in np.unique(row, return_counts=True)[1].tolist())
    below = m**2 * (k**3 - k) - m * ties
    if found is None:
        assert below == 0
    else:
        s = np.sum((ranks.sum(axis=0) - m * (k + 1) / 2) ** 2)
        assert found == pytest.approx(12 * s / below)
        assert -1e-12 <= found <= 1 + 1e-12


def test_concordance_null() -> None:
    orders = [[1, 2, 3, 4, 5, 6]] * 4
    test = kendall_w_test(orders, rng(), draws=400)
    assert test is not None
    assert test.observed == pytest.approx(1) and test.p_upper == 1 / 401
    # judges who agree by chance alone have a mean W of 1/m
    assert test.mean == pytest.approx(1 / 4, abs=0.03)


@given(st.permutations("abcdef"), st.permutations("abcdef"), st.integers(1, 6), st.integers(1, 6))
def test_ranked_overlap_agrees_with_the_sum_by_depth(first, second, s: int, t: int) -> None:
    a, b = first[:s], second[:t]
    p = 0.8
    found = rank_biased_overlap(a, b, p)
    assert -1e-12 <= found <= 1 + 1e-12
    assert found == pytest.approx(rank_biased_overlap(b, a, p))
    if s == t:
        agreement = [len(set(a[:d]) & set(b[:d])) / d for d in range(1, s + 1)]
        # agreement goes on as at the end for ever
        agreement += [agreement[-1]] * 400
        plain = (1 - p) * sum(x * p**d for d, x in enumerate(agreement))
        assert found == pytest.approx(plain)


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


@given(arrays(float, (6, 3), elements=st.sampled_from([0, 1, 2, float("nan")])))
def test_dissimilarity_agrees_with_the_plain_sum(items: np.ndarray) -> None:
    kinds = ["numeric", "nominal", "ordinal"]
    found = gower_dissimilarity(list(items.T), kinds)
    for i, j in itertools.combinations(range(6), 2):
        parts = []
        for v, kind in enumerate(kinds):
            column = items[:, v]
            a, b = column[i], column[j]
            if np.isnan(a) or np.isnan(b):
                continue
            if kind == "nominal":
                parts.append(float(a != b))
                continue
            known = sorted({c for c in column if not np.isnan(c)})
            if kind == "ordinal":
                a, b, top = known.index(a), known.index(b), len(known) - 1
            else:
                top = known[-1] - known[0]
            parts.append(abs(a - b) / top if top else 0.0)
        expected = np.mean(parts) if parts else np.nan
        assert found[i, j] == pytest.approx(expected, nan_ok=True)
        assert found[j, i] == pytest.approx(found[i, j], nan_ok=True)


@given(arrays(float, (7, 2), elements=st.integers(0, 9)), st.integers(1, 3))
def test_no_single_swap_betters_the_medoids(points: np.ndarray, k: int) -> None:
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    found = partition_around_medoids(apart, k)

    def cost(medoids: tuple[int, ...]) -> float:
        return float(apart[:, list(medoids)].min(axis=1).mean())

    chosen = tuple(found.medoids.tolist())
    assert found.cost == pytest.approx(cost(chosen))
    assert len(set(chosen)) == k
    for position in range(k):
        for unit in set(range(7)) - set(chosen):
            trial = (*chosen[:position], unit, *chosen[position + 1 :])
            assert cost(trial) >= found.cost - 1e-9


def test_swaps_go_on_until_none_betters() -> None:
    generator = rng()
    for _ in range(25):
        points = generator.random((24, 2))
        apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
        found = partition_around_medoids(apart, 5)
        for position, unit in itertools.product(range(5), range(24)):
            trial = found.medoids.copy()
            trial[position] = unit
            assert apart[:, trial].min(axis=1).mean() >= found.cost - 1e-12


@given(arrays(float, (6, 2), elements=st.integers(0, 9)), st.data())
def test_silhouettes_agree_with_the_plain_means(points: np.ndarray, data) -> None:
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    labels = np.array(data.draw(st.lists(st.integers(0, 2), min_size=6, max_size=6)))
    assume(len(set(labels)) > 1)
    found = silhouette_widths(apart, labels)
    for i in range(6):
        own = [apart[i, j] for j in range(6) if j != i and labels[j] == labels[i]]
        other = min(
            np.mean(apart[i, labels == label]) for label in set(labels) if label != labels[i]
        )
        a = np.mean(own) if own else 0.0
        expected = 0.0 if not own or max(a, other) == 0 else (other - a) / max(a, other)
        assert found[i] == pytest.approx(expected)


def test_balanced_samples_keep_chances_size_and_balance() -> None:
    generator = rng()
    x = generator.normal(size=(40, 3))
    chances = np.clip(generator.random(40), 0.05, 0.6)
    chances *= 10 / chances.sum()
    draws = np.array([balanced_sample(chances, x, generator) for _ in range(600)])
    assert (draws.sum(axis=1) == 10).all()
    fault = (draws.mean(axis=0) - chances) / np.sqrt(chances * (1 - chances) / 600)
    assert np.abs(fault).max() < 3.7
    totals = draws @ (x / chances[:, None])
    spread = np.sqrt(np.mean((totals - x.sum(axis=0)) ** 2, axis=0))
    assert np.all(np.abs(totals.mean(axis=0) - x.sum(axis=0)) < 5 * spread / np.sqrt(600))


@pytest.mark.parametrize(("size", "units", "at_most"), [(6, 90, 0.65), (20, 100, 0.35)])
def test_balanced_samples_are_nearer_the_population_than_random_ones(
    size: int, units: int, at_most: float
) -> None:
    generator = rng()
    x = generator.normal(size=(units, 3))
    chances = np.full(units, size / units)

    def fault(balance: np.ndarray) -> np.ndarray:
        means = [x[balanced_sample(chances, balance, generator)].mean(axis=0) for _ in range(120)]
        return np.sqrt(np.mean((np.array(means) - x.mean(axis=0)) ** 2, axis=0))

    assert np.all(fault(x) < at_most * fault(np.empty((units, 0))))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12).filter(any))
def test_unseen_is_never_below_seen(counts: list[int]) -> None:
    found = chao_estimate(counts)
    assert found.seen <= found.low <= found.total <= found.high
    assert 0 <= found.coverage <= 1
    once, twice = counts.count(1), counts.count(2)
    assert found.total == pytest.approx(found.seen + once * (once - 1) / 2 / (twice + 1))


def plain_alpha(codings: list[list], distance) -> float | None:
    """Disagreement within units over disagreement of all pairable values, pair by pair."""
    units = [[v for v in unit if v is not None] for unit in zip(*codings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [v for unit in units for v in unit]
    n = len(everything)
    if len(set(everything)) < 2:
        return None
    observed = sum(
        sum(distance(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    chance = sum(distance(a, b) for a, b in itertools.permutations(everything, 2)) / (n - 1)
    return 1 - observed / chance


CODINGS = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([1, 2, 3, None]), min_size=n, max_size=n), min_size=2, max_size=4
    )
)


@given(CODINGS)
def test_alpha_agrees_with_the_count_pair_by_pair(codings: list[list]) -> None:
    expected = {
        "nominal": plain_alpha(codings, lambda a, b: a != b),
        "interval": plain_alpha(codings, lambda a, b: (a - b) ** 2),
        "ratio": plain_alpha(codings, lambda a, b: ((a - b) / (a + b)) ** 2),
    }
    for metric, value in expected.items():
        found = krippendorff_alpha(codings, metric)
        assert found == (None if value is None else pytest.approx(value)), metric
    by_function = krippendorff_alpha(codings, lambda a, b: (a - b) ** 2)
    assert by_function == krippendorff_alpha(codings, "interval")
    renamed = [[v and "xyz"[v - 1] for v in row] for row in codings]
    assert krippendorff_alpha(renamed) == krippendorff_alpha(codings)


def test_alpha_interval_is_that_of_resampled_units() -> None:
    generator = rng()
    truth = generator.integers(0, 3, 40)
    second = np.where(generator.random(40) < 0.8, truth, generator.integers(0, 3, 40))
    for metric in ("nominal", "ordinal"):
        found = krippendorff_alpha_interval([truth, second], rng(), metric, draws=150)
        assert found is not None
        plain = []
        for row in rng().integers(0, 40, (150, 40)):
            plain.append(krippendorff_alpha([truth[row], second[row]], metric))
        assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain, [0.025, 0.975])))


@given(arrays(np.int64, (5, 4), elements=st.integers(0, 2)))
def test_kappa_is_nearly_alpha_when_all_code_all(codings: np.ndarray) -> None:
    counts = np.stack([(codings == value).sum(axis=1) for value in range(3)], axis=1)
    kappa, alpha = fleiss_kappa(counts), krippendorff_alpha(codings.T)
    assert (kappa is None) == (alpha is None)
    if kappa is not None and alpha is not None:
        # they differ only in that alpha draws pairs without replacement
        assert 1 - alpha == pytest.approx((1 - kappa) * (1 - 1 / codings.size))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=6, max_size=30))
def test_cramers_v_agrees_with_chi_square(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    table = np.array(
        [[pairs.count((a, b)) for b in sorted(set(second))] for a in sorted(set(first))]
    )
    found = cramers_v(first, second, bias_corrected=False)
    if min(table.shape) < 2:
        assert found is None
        return
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / len(pairs)
    chi2 = np.sum((table - expected) ** 2 / expected)
    assert found == pytest.approx(math.sqrt(chi2 / len(pairs) / (min(table.shape) - 1)), abs=1e-9)
    corrected = cramers_v(first, second)
    assert corrected is None or 0 <= corrected <= 1


def test_corrected_v_of_unrelated_labels_is_near_nought() -> None:
    generator = rng()
    first, second = generator.integers(0, 5, 200), generator.integers(0, 20, 200)
    plain = cramers_v(first, second, bias_corrected=False)
    assert plain is not None and plain > 0.25
    test = cramers_v_test(first, second, generator, draws=199)
    assert test is not None
    assert test.observed == cramers_v(first, second)
    assert test.mean < 0.08 and test.p_upper > 0.01
    same = cramers_v_test(first, first, generator, draws=99)
    assert same is not None and same.p_upper == 1 / 100


@given(arrays(float, (5, 6), elements=st.sampled_from([0, 0.5, 1, float("nan")])))
def test_likeness_agrees_with_the_plain_count(items: np.ndarray) -> None:
    found = ruzicka_similarity(items)
    for i, j in itertools.product(range(5), repeat=2):
        asked = [v for v in range(6) if not np.isnan(items[[i, j], v]).any()]
        either = sum(max(items[i, v], items[j, v]) for v in asked)
        both = sum(min(items[i, v], items[j, v]) for v in asked)
        expected = both / either if either else np.nan
        assert found[i, j] == pytest.approx(expected, nan_ok=True)


def test_likeness_gap_agrees_with_a_plain_permutation() -> None:
    generator = rng()
    items = (generator.random((14, 8)) < 0.4).astype(float)
    items[3, :] = np.nan
    labels: list = [*"aaaabbbbcccc", None, "c"]
    similarity = ruzicka_similarity(items)

    def gap(dealt: list) -> tuple[float, float]:
        pairs = [
            (similarity[i, j], dealt[i] == dealt[j])
            for i, j in itertools.combinations(range(14), 2)
            if dealt[i] is not None and dealt[j] is not None and not np.isnan(similarity[i, j])
        ]
        within = np.mean([s for s, same in pairs if same])
        return float(within), float(np.mean([s for s, same in pairs if not same]))

    found = likeness_gap(similarity, labels, generator, draws=400)
    assert found is not None
    assert (found.within, found.between) == pytest.approx(gap(labels))
    known = [label for label in labels if label]
    plain = []
    for _ in range(400):
        dealt = generator.permutation(known).tolist()
        dealt.insert(12, None)
        within, between = gap(dealt)
        plain.append(within - between)
    assert found.gap.mean == pytest.approx(np.mean(plain), abs=0.01)
    assert found.gap.sd == pytest.approx(np.std(plain), rel=0.2)
