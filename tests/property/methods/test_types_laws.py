"""Laws of finding groups, and slow references beside the fast paths."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.cluster_stability import jaccard_stability
from hedgerow.methods.coassignment import coassignment, matched_groups, membership_shares
from hedgerow.methods.components import components_beyond_noise, principal_components
from hedgerow.methods.copula_null import fit_continuum, single_peaked
from hedgerow.methods.group_count import count_groups
from hedgerow.methods.medoids import partition_around_medoids
from hedgerow.methods.mixture import best_mixture, fit_mixture
from hedgerow.methods.prediction_strength import prediction_strength
from hedgerow.methods.rand_index import adjusted_rand_index

LABELS = st.lists(st.integers(0, 3), min_size=4, max_size=12)


def euclid(points: np.ndarray) -> np.ndarray:
    return np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))


@given(LABELS, st.data())
def test_the_rand_index_counts_pairs(first, data) -> None:
    n = len(first)
    second = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    found = adjusted_rand_index(first, second)
    pairs = list(itertools.combinations(range(n), 2))
    a = [first[i] == first[j] for i, j in pairs]
    b = [second[i] == second[j] for i, j in pairs]
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found is None
        return
    chance = sum(a) * sum(b) / len(pairs)
    room = (sum(a) + sum(b)) / 2 - chance
    if room == pytest.approx(0):
        assert found is None
        return
    both = sum(x and y for x, y in zip(a, b, strict=True))
    assert found == pytest.approx((both - chance) / room)
    assert adjusted_rand_index(second, first) == pytest.approx(found)


@given(st.integers(0, 1000), st.integers(1, 4))
def test_prediction_strength_agrees_with_its_plain_definition(seed, k) -> None:
    points = np.random.default_rng(seed).normal(size=(12, 2))
    d = euclid(points)
    found = prediction_strength(d, k, np.random.default_rng(seed), splits=1)
    order = np.random.default_rng(seed).permutation(12)
    halves = [sorted(order[:6].tolist()), sorted(order[6:].tolist())]
    values = []
    for test, train in (halves, halves[::-1]):
        own = partition_around_medoids(d[np.ix_(test, test)], k).labels
        medoids = [train[m] for m in partition_around_medoids(d[np.ix_(train, train)], k).medoids]
        given_to = [min(range(k), key=lambda m, u=unit: d[u, medoids[m]]) for unit in test]
        least = 1.0
        for group in range(k) if k > 1 else []:
            inside = [place for place in range(6) if own[place] == group]
            pairs = list(itertools.permutations(inside, 2))
            kept = sum(given_to[i] == given_to[j] for i, j in pairs)
            least = min(least, kept / len(pairs) if pairs else 0.0)
        values.append(least)
    assert found.mean == pytest.approx(np.mean(values))
    assert 0 <= found.mean <= 1


@given(st.integers(0, 1000))
def test_stability_lies_between_nought_and_one_and_does_not_hang_on_the_order_of_groups(seed):
    d = euclid(np.random.default_rng(seed).normal(size=(15, 2)))
    labels = partition_around_medoids(d, 3).labels
    found = jaccard_stability(d, labels, np.random.default_rng(seed), draws=20)
    turned = jaccard_stability(d, 2 - labels, np.random.default_rng(seed), draws=20)
    assert np.all((found >= 0) & (found <= 1))
    assert turned[::-1].tolist() == pytest.approx(found.tolist())


@given(st.lists(st.lists(st.integers(-1, 2), min_size=5, max_size=5), min_size=1, max_size=6))
def test_coassignment_counts_partitions(partitions) -> None:
    found = coassignment(partitions)
    for i, j in itertools.product(range(5), range(5)):
        held = [row for row in partitions if row[i] >= 0 and row[j] >= 0]
        expected = np.mean([row[i] == row[j] for row in held]) if held else np.nan
        assert found[i, j] == pytest.approx(expected, nan_ok=True)


@given(LABELS, st.data())
def test_no_two_groups_come_back_as_one(first, data) -> None:
    n = len(first)
    second = data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    k = max(second) + 1
    found = [one for one in matched_groups(first, second) if one < k]
    assert len(found) == len(set(found))
    shares = membership_shares([first, second], second)
    assert shares.sum(axis=1) == pytest.approx(np.ones(n))


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30))
def test_the_nearest_single_peak_rises_once_and_falls_once(values) -> None:
    chances, knots = single_peaked(values)
    assert chances[0] == 0 and chances[-1] == pytest.approx(1)
    assert np.all(np.diff(chances) >= 0) and np.all(np.diff(knots) >= 0)
    assert knots[0] == min(values) and knots[-1] == max(values)
    wide = np.diff(knots)
    heights = np.divide(np.diff(chances), wide, out=np.full(wide.size, np.inf), where=wide > 0)
    peak = heights.argmax() if heights.size else 0
    assert np.all(np.diff(heights[: peak + 1][np.isfinite(heights[: peak + 1])]) >= -1e-9)
    assert np.all(np.diff(heights[peak:][np.isfinite(heights[peak:])]) <= 1e-9)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=25, unique=True))
def test_a_single_peak_is_no_further_away_than_an_even_spread(values) -> None:
    ordered = np.sort(values)
    chances, knots = single_peaked(values)
    fitted = np.interp(ordered, knots, chances)
    even = (ordered - ordered[0]) / (ordered[-1] - ordered[0])
    high = np.arange(1, len(ordered) + 1) / len(ordered)

    def strays(f: np.ndarray) -> float:
        return max(np.abs(f - high).max(), np.abs(f - high + 1 / len(ordered)).max())

    # the peak itself may jump, which interpolation sees from one side
    assert strays(fitted) <= strays(even) + 1 / len(ordered) + 1e-9


def test_a_continuum_keeps_ranks_gaps_of_knowledge_and_range() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 3)) @ np.array([[1, 0.8, 0], [0, 0.6, 0], [0, 0, 1]])
    x[:, 2] = np.exp(x[:, 2])
    x[:50, 2] = np.nan
    drawn = fit_continuum(x).draw(rng)
    assert np.array_equal(np.isnan(drawn), np.isnan(x))
    assert np.nanmin(drawn[:, 2]) >= np.nanmin(x[:, 2])
    assert np.nanmax(drawn[:, 2]) <= np.nanmax(x[:, 2])
    assert np.corrcoef(drawn[:, 0], drawn[:, 1])[0, 1] == pytest.approx(0.8, abs=0.08)
    assert np.nanmedian(drawn[:, 2]) == pytest.approx(np.nanmedian(x[:, 2]), rel=0.2)


@given(st.integers(0, 1000))
def test_more_steps_never_lower_the_likelihood(seed) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, 2)) * 3
    start = rng.integers(0, 2, 40)
    start[:2] = [0, 1]
    for shape in ("full", "tied", "diag", "spherical"):
        last = -np.inf
        for steps in (1, 2, 4, 8, 16):
            found = fit_mixture(x, start, shape, tolerance=0.0, steps=steps)
            assert found.log_likelihood >= last - 1e-3
            assert found.shares.sum(axis=1) == pytest.approx(np.ones(40))
            last = found.log_likelihood


def test_bic_finds_the_clouds_that_are_there() -> None:
    rng = np.random.default_rng(4)
    centres = np.array([[0, 0], [8, 0], [0, 8]])
    truth = np.repeat([0, 1, 2], 40)
    x = centres[truth] + rng.normal(size=(120, 2))
    starts = [partition_around_medoids(euclid(x), k).labels for k in range(1, 6)]
    found = best_mixture(x, starts)
    assert len(found.weights) == 3
    assert adjusted_rand_index(found.labels, truth) > 0.95
    one = best_mixture(rng.normal(size=(120, 2)), [np.zeros(120, int), truth])
    assert len(one.weights) == 1


@given(st.integers(0, 1000))
def test_components_hold_all_the_variance_and_turn_back_into_the_table(seed) -> None:
    x = np.random.default_rng(seed).normal(size=(12, 4))
    found = principal_components(x)
    assert found.shares.sum() == pytest.approx(1)
    z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    spread = found.scores.std(axis=0, ddof=1)
    assert (found.scores / spread) @ found.loadings == pytest.approx(z)
    assert (found.loadings**2).sum(axis=0) == pytest.approx(np.ones(4))


def test_parallel_analysis_finds_two_directions_and_none_in_noise() -> None:
    rng = np.random.default_rng(5)
    two = rng.normal(size=(200, 2)) @ rng.normal(size=(2, 8)) + rng.normal(size=(200, 8)) / 2
    assert components_beyond_noise(two, rng) == 2
    assert components_beyond_noise(rng.normal(size=(200, 8)), rng, level=0.999) == 0


@pytest.mark.slow
def test_groups_are_found_where_they_are_and_not_where_they_are_not() -> None:
    found = {}
    for seed in range(6):
        rng = np.random.default_rng(seed)
        cloud = np.exp(rng.normal(size=(60, 6)) @ (np.eye(6) + 0.5) / 3)
        found[seed] = count_groups(
            cloud, euclid, range(2, 6), rng, nulls=59, splits=8, draws=30
        ).verdict
        truth = np.repeat([0, 1, 2], 20)
        heaps = count_groups(
            cloud + 4 * np.eye(6)[truth], euclid, range(2, 6), rng, nulls=59, splits=8, draws=30
        )
        assert heaps.verdict == "types" and heaps.chosen is not None
        assert adjusted_rand_index(heaps.chosen.partition.labels, truth) > 0.9
    assert list(found.values()).count("continuum") >= 5
