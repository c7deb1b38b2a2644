"""Laws of diversity, neighbours, join counts, partitions, spread, intervals and incidence."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods import neighbours as neighbours_module
from hedgerow.methods.bootstrap import bootstrap_mean, bootstrap_median, bootstrap_ratio
from hedgerow.methods.compactness import (
    compactness_against_pool,
    draw_groups,
    median_pairwise_distance,
    standard_distance,
)
from hedgerow.methods.diversity import gini_simpson, hill_number, rarefied_hill
from hedgerow.methods.incidence import aalen_johansen, kaplan_meier
from hedgerow.methods.join_counts import (
    different_label_share,
    expected_different_share,
    join_count_test,
    neighbour_pairs,
)
from hedgerow.methods.neighbours import nearest_neighbours, nearest_target
from hedgerow.methods.partitions import (
    adjusted_mutual_information,
    conditional_entropy,
    entropy,
    nestedness,
)
from hedgerow.methods.permutation import permutation_test
from hedgerow.methods.proportion import wilson_interval

COUNTS = st.lists(st.integers(1, 30), min_size=1, max_size=8)
LABELS = st.lists(st.integers(0, 3), min_size=2, max_size=12)
# few distinct whole coordinates, so that ties and shared positions are common
GRID = st.integers(3, 25).flatmap(lambda n: arrays(np.int64, (n, 2), elements=st.integers(0, 4)))


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@given(COUNTS, st.floats(0, 4))
def test_hill_number_lies_between_one_and_the_number_of_types(counts: list[int], q: float) -> None:
    assert 1 - 1e-9 <= hill_number(counts, q) <= len(counts) + 1e-9
    assert hill_number([7] * len(counts), q) == pytest.approx(len(counts))


@given(COUNTS, st.floats(0, 3), st.floats(0, 3))
def test_hill_number_never_rises_with_its_order(counts: list[int], a: float, b: float) -> None:
    assert hill_number(counts, max(a, b)) <= hill_number(counts, min(a, b)) + 1e-9


@given(COUNTS, st.sampled_from([0, 1, 1.5, 2]), st.integers(2, 4))
def test_splitting_every_type_multiplies_diversity(counts: list[int], q: float, m: int) -> None:
    assert hill_number(counts * m, q) == pytest.approx(m * hill_number(counts, q))
    assert hill_number([*counts, 0], q) == pytest.approx(hill_number(counts, q))


@given(COUNTS)
def test_hill_number_is_continuous_at_one(counts: list[int]) -> None:
    assert hill_number(counts, 1) == pytest.approx(hill_number(counts, 1 + 1e-6), rel=1e-4)
    assert gini_simpson(counts) == pytest.approx(1 - 1 / hill_number(counts, 2))


@given(COUNTS, st.data())
def test_rarefied_richness_meets_its_closed_form(counts: list[int], data: st.DataObject) -> None:
    total = sum(counts)
    size = data.draw(st.integers(1, total))
    expected = sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts)
    found = rarefied_hill(counts, size, 0, 3000, rng())
    assert found == pytest.approx(expected, abs=0.15)
    assert rarefied_hill(counts, total, 1, 2, rng()) == pytest.approx(hill_number(counts, 1))


@given(st.integers(1, 400), st.data())
def test_wilson_interval_holds_the_share_and_mirrors(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    low, high = wilson_interval(x, n)
    assert 0 <= low <= x / n <= high <= 1
    assert wilson_interval(n - x, n) == pytest.approx((1 - high, 1 - low))
    wide = wilson_interval(x, n, 0.99)
    assert wide[0] <= low and high <= wide[1]
    larger = wilson_interval(4 * x, 4 * n)
    assert larger[1] - larger[0] < high - low


def slow_neighbours(xy: np.ndarray, k: int) -> list[list[int]]:
    def far(a: int, b: int) -> float:
        return float(((xy[a] - xy[b]) ** 2).sum())

    n = len(xy)
    return [
        sorted((j for j in range(n) if j != i), key=lambda j, i=i: (far(i, j), j))[:k]
        for i in range(n)
    ]


@given(GRID, st.integers(1, 2))
def test_neighbours_agree_with_the_plain_count(xy: np.ndarray, k: int) -> None:
    indices, distances = nearest_neighbours(xy, k)
    assert indices.tolist() == slow_neighbours(xy, k)
    assert np.all(np.diff(distances, axis=1) >= 0)


@given(GRID, st.integers(1, 2))
def test_tree_and_table_agree_to_the_last_tie(xy: np.ndarray, k: int) -> None:
    points = xy.astype(float)
    table = neighbours_module._by_table(points, np.arange(len(points)), k)
    tree = neighbours_module._by_tree(points, k)
    assert tree[0].tolist() == table[0].tolist()
    assert tree[1].tolist() == table[1].tolist()


def test_many_points_take_the_tree_and_give_the_same() -> None:
    xy = rng().integers(0, 500, (3100, 2)).astype(float)
    indices, distances = nearest_neighbours(xy, 3)
    some = np.arange(0, 3100, 50)
    expected = neighbours_module._by_table(xy, some, 3)
    assert indices[some].tolist() == expected[0].tolist()
    assert distances[some].tolist() == expected[1].tolist()


@given(GRID, GRID)
def test_nearest_target_is_nearest(origins: np.ndarray, targets: np.ndarray) -> None:
    index, distance = nearest_target(origins, targets)
    table = np.sqrt(((origins[:, None] - targets[None]) ** 2).sum(axis=2))
    assert distance.tolist() == table.min(axis=1).tolist()
    assert index.tolist() == table.argmin(axis=1).tolist()


@given(LABELS)
def test_expected_share_is_the_mean_over_all_deals(labels: list[int]) -> None:
    n = len(labels)
    assume(n <= 7)
    pairs = [(i, i + 1) for i in range(n - 1)] + [(0, n - 1)]
    deals = [
        np.mean([deal[a] != deal[b] for a, b in pairs]) for deal in itertools.permutations(labels)
    ]
    assert expected_different_share(labels) == pytest.approx(np.mean(deals))


@given(LABELS, st.permutations(["w", "x", "y", "z"]))
def test_names_of_labels_do_not_matter(labels: list[int], names: list[str]) -> None:
    pairs = [(i, j) for i in range(len(labels)) for j in range(i)]
    named = [names[label] for label in labels]
    assert different_label_share(named, pairs) == different_label_share(labels, pairs)
    assert different_label_share(labels, pairs) == pytest.approx(expected_different_share(labels))


def test_join_count_null_has_the_exact_mean_and_a_plain_test_agrees() -> None:
    generator = rng()
    xy = generator.random((60, 2))
    labels = np.where(xy[:, 0] < 0.5, "west", "east").tolist()
    labels[7] = None
    pairs = neighbour_pairs(nearest_neighbours(xy, 4)[0])
    found = join_count_test(labels, pairs, generator)
    assert found is not None
    assert found.p_lower == 1 / 1000
    assert found.low < found.mean < found.high
    kept = [(a, b) for a, b in pairs if labels[a] and labels[b]]
    spots = {unit: i for i, unit in enumerate(i for i in range(60) if labels[i])}

    def plain(dealt: np.ndarray) -> float:
        return float(np.mean([dealt[spots[a]] != dealt[spots[b]] for a, b in kept]))

    slow = permutation_test(plain, [x for x in labels if x], generator, draws=199)
    assert slow.observed == pytest.approx(found.observed)
    assert slow.mean == pytest.approx(found.mean, abs=0.01)
    assert slow.sd == pytest.approx(found.sd, rel=0.2)


def test_permutation_p_values_are_even_under_the_null() -> None:
    generator = rng()
    group = np.repeat([0, 1], 10)
    p_values = []
    for _ in range(200):
        x = generator.normal(size=20)

        def gap(labels: np.ndarray, x: np.ndarray = x) -> float:
            return float(x[labels == 1].mean() - x[labels == 0].mean())

        p_values.append(permutation_test(gap, group, generator, draws=39).p_two_sided)
    assert np.mean(np.array(p_values) <= 0.1) == pytest.approx(0.1, abs=0.06)
    assert min(p_values) >= 2 / 40


@given(LABELS, st.data())
def test_entropy_laws(first: list[int], data: st.DataObject) -> None:
    second = data.draw(st.lists(st.integers(0, 3), min_size=len(first), max_size=len(first)))
    joint = [f"{a}{b}" for a, b in zip(first, second, strict=True)]
    assert conditional_entropy(first, second) <= entropy(first) + 1e-12
    assert entropy(joint) == pytest.approx(entropy(second) + conditional_entropy(first, second))
    nested = nestedness(joint, second)
    assert nested is None or nested == pytest.approx(1)


def slow_expected_information(first: list[int], second: list[int]) -> float:
    """Mean mutual information over every deal of the second labels."""
    gaps = [
        entropy(first) - conditional_entropy(first, deal) for deal in itertools.permutations(second)
    ]
    return float(np.mean(gaps))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=3, max_size=6))
def test_adjusted_information_agrees_with_all_deals(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found = adjusted_mutual_information(first, second)
    chance = slow_expected_information(first, second)
    information = entropy(first) - conditional_entropy(first, second)
    room = (entropy(first) + entropy(second)) / 2 - chance
    if found is None:
        assert len(set(first)) == 1 or len(set(second)) == 1 or room < 1e-9
    else:
        assert found == pytest.approx((information - chance) / room, abs=1e-9)
        assert found == pytest.approx(adjusted_mutual_information(second, first))


def test_adjusted_information_of_itself_and_of_noise() -> None:
    labels = rng().integers(0, 6, 300)
    assert adjusted_mutual_information(labels, labels + 3) == pytest.approx(1)
    assert adjusted_mutual_information(labels, rng().permutation(labels)) == pytest.approx(
        0, abs=0.05
    )


@given(GRID, st.floats(0, 6.2), st.floats(0.5, 3))
def test_spread_turns_and_scales(xy: np.ndarray, angle: float, scale: float) -> None:
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    moved = scale * xy @ turn + 17
    assert median_pairwise_distance(moved) == pytest.approx(
        scale * median_pairwise_distance(xy), abs=1e-9
    )
    assert standard_distance(moved) == pytest.approx(scale * standard_distance(xy), abs=1e-9)


@given(GRID)
def test_standard_distance_is_root_mean_square_of_pairs(xy: np.ndarray) -> None:
    squares = ((xy[:, None] - xy[None]) ** 2).sum(axis=2)
    assert standard_distance(xy) ** 2 == pytest.approx(squares.mean() / 2, abs=1e-9)
    pairs = [math.dist(a, b) for a, b in itertools.combinations(xy.tolist(), 2)]
    assert median_pairwise_distance(xy) == pytest.approx(float(np.median(pairs)))


@pytest.mark.parametrize(("pool", "size"), [(6, 2), (60, 3), (6, 4), (5, 5)])
def test_groups_are_drawn_evenly_without_repeats(pool: int, size: int) -> None:
    groups = draw_groups(pool, size, 6000, rng())
    assert all(len(set(row)) == size for row in groups[:200].tolist())
    share = np.bincount(groups.ravel(), minlength=pool) / 6000
    assert share == pytest.approx(np.full(pool, size / pool), abs=0.03)


def test_compact_group_scores_below_one_and_the_pool_itself_scores_one() -> None:
    pool = rng().random((200, 2))
    near = np.argsort(((pool - 0.5) ** 2).sum(axis=1))[:10]
    found = compactness_against_pool(pool[near], pool, rng())
    assert found.ratio is not None and found.ratio < 0.5
    assert found.null.p_lower == 1 / 1000
    whole = compactness_against_pool(pool, pool, rng(), draws=19)
    assert whole.ratio == pytest.approx(1)


def test_bootstrap_of_a_mean_meets_its_standard_error() -> None:
    values = rng().normal(10, 2, 400)
    found = bootstrap_mean(values, rng(), draws=2000)
    half = 1.96 * values.std() / 20
    assert (found.low, found.high) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.03
    )


def test_clusters_of_copies_count_once() -> None:
    values = rng().normal(size=30)
    single = bootstrap_mean(values, rng(), draws=1500)
    copied = bootstrap_mean(np.repeat(values, 9), rng(), np.repeat(np.arange(30), 9), draws=1500)
    naive = bootstrap_mean(np.repeat(values, 9), rng(), draws=1500)
    assert copied.units == 30
    assert (copied.low, copied.high) == pytest.approx((single.low, single.high))
    assert naive.high - naive.low < 0.5 * (copied.high - copied.low)


@given(arrays(float, st.integers(2, 30), elements=st.integers(0, 9)))
def test_bootstrap_intervals_stay_within_the_data(values: np.ndarray) -> None:
    for found in (
        bootstrap_mean(values, rng(), draws=50),
        bootstrap_median(values, rng(), draws=50),
    ):
        assert values.min() <= found.low <= found.high <= values.max()
    ratio = bootstrap_ratio(2 * values + 2, values + 1, rng(), draws=50)
    assert (ratio.low, ratio.value, ratio.high) == pytest.approx((2, 2, 2))


def test_bootstrap_median_is_the_median_of_resampled_clusters() -> None:
    values = np.array([1.0, 5.0, 2.0, 8.0, 3.0])
    clusters = ["a", "a", "b", "c", "c"]
    found = bootstrap_median(values, rng(), clusters, draws=300)
    parts = {"a": [1.0, 5.0], "b": [2.0], "c": [8.0, 3.0]}
    names = rng().integers(0, 3, (300, 3))
    slow = [
        np.median(np.concatenate([parts["abc"[name]] for name in row])) for row in names.tolist()
    ]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(slow, [0.025, 0.975])))


HISTORY = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 2), st.integers(-3, 0)), min_size=1, max_size=20
)


def slow_incidence(rows: list[tuple[int, int, int]], cause: int) -> tuple[list[float], list[float]]:
    """Incidence and its variance, time by time, with the double sum written out."""
    times = sorted({t for t, c, _ in rows if c})
    before, survival, total = [], 1.0, 0.0
    every, mine, risk, values = [], [], [], []
    for t in times:
        n = sum(1 for time, _, entry in rows if entry < t <= time)
        d = sum(1 for time, c, _ in rows if time == t and c)
        d1 = sum(1 for time, c, _ in rows if time == t and c == cause)
        before.append(survival)
        total += survival * d1 / n
        survival *= 1 - d / n
        values.append(total)
        every.append(d), mine.append(d1), risk.append(n)
    variances = []
    for end in range(len(times)):
        variance = 0.0
        for j in range(end + 1):
            n, d, d1 = risk[j], every[j], mine[j]
            later = values[end] - values[j]
            ahead = 0.0 if n == d else later / (before[j] * (1 - d / n))
            a1, a2 = d1 / n, (d - d1) / n
            variance += before[j] ** 2 * (
                (1 - ahead) ** 2 * a1 * (1 - a1) / n
                + ahead**2 * a2 * (1 - a2) / n
                + 2 * ahead * (1 - ahead) * a1 * a2 / n
            )
        variances.append(variance)
    return values, variances


@given(HISTORY)
def test_incidence_agrees_with_the_plain_sum(rows: list[tuple[int, int, int]]) -> None:
    durations, causes, entry = map(list, zip(*rows, strict=True))
    found = aalen_johansen(durations, causes, 1, entry)
    values, variances = slow_incidence(rows, 1)
    assert found.values.tolist() == pytest.approx(values)
    assert found.variance.tolist() == pytest.approx(variances, abs=1e-12)


@given(HISTORY)
def test_causes_add_up_to_what_survival_lost(rows: list[tuple[int, int, int]]) -> None:
    durations, causes, entry = map(list, zip(*rows, strict=True))
    first = aalen_johansen(durations, causes, 1, entry)
    second = aalen_johansen(durations, causes, 2, entry)
    overall = kaplan_meier(durations, [c > 0 for c in causes], entry)
    assert (first.values + second.values + overall.values).tolist() == pytest.approx(
        [1.0] * overall.times.size
    )
    assert np.all(np.diff(first.values) >= 0)


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 2)), min_size=1, max_size=20))
def test_without_censoring_incidence_is_the_plain_share(rows: list[tuple[int, int]]) -> None:
    durations, causes = map(list, zip(*rows, strict=True))
    found = aalen_johansen(durations, causes, 1)
    for t in range(9):
        share = np.mean([time <= t and cause == 1 for time, cause in rows])
        assert found.at(t) == pytest.approx(share)
        if found.times.size and t == 8:
            assert found.variance[-1] == pytest.approx(share * (1 - share) / len(rows), abs=1e-12)
