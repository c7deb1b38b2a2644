"""Laws of inequality and concentration, with plain references."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hedgerow.methods.concentration import (
    concentration_index,
    concentration_interval,
    erreygers_index,
    erreygers_interval,
    fractional_rank,
    wagstaff_index,
)
from hedgerow.methods.gini import gini_index
from hedgerow.methods.kolm_pollak import kolm_pollak_ede, kolm_pollak_ede_at, kolm_pollak_gap
from hedgerow.methods.theil import between_share_test, theil_index, theil_split

AMOUNTS = st.lists(st.integers(0, 9), min_size=2, max_size=9).filter(any)


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


def with_weights(amounts: list[int], data: st.DataObject) -> np.ndarray:
    n = len(amounts)
    return np.array(data.draw(st.lists(st.integers(1, 4), min_size=n, max_size=n)))


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
    top = float(values.max()) + 1
    corrected = erreygers_interval(values, ranking, rng(), (0, top), weights, clusters, draws=300)
    again = []
    for row in draws:
        units = np.concatenate([np.flatnonzero(clusters == c) for c in row])
        again.append(erreygers_index(values[units], ranking[units], (0, top), weights[units]))
    ends = tuple(np.quantile(again, [0.025, 0.975]))
    assert (corrected.low, corrected.high) == pytest.approx(ends)
