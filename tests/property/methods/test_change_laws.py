"""Laws of hazards, turns, changes that follow, and what hand-overs keep."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hedgerow.methods.change_points import (
    best_changes,
    poisson_cost,
    rate_change_test,
    squared_cost,
)
from hedgerow.methods.co_movement import follow_share, follow_test
from hedgerow.methods.dilution import kept_shares, measured_loss, share_lost
from hedgerow.methods.hazard_ratio import hazard_ratio, log_rank

units = st.lists(
    st.tuples(st.integers(1, 8), st.booleans(), st.booleans()), min_size=2, max_size=25
)
series = st.lists(st.integers(-20, 20), min_size=1, max_size=9)
tables = st.integers(2, 4).flatmap(
    lambda m: st.lists(st.lists(st.booleans(), min_size=9, max_size=9), min_size=m, max_size=m)
)


def slow_log_likelihood(rows, coefficient: float) -> float:
    """Efron's partial likelihood, event by event."""
    total = 0.0
    risk = [np.exp(coefficient * mine) for _, _, mine in rows]
    for time in {t for t, happened, _ in rows if happened}:
        at_risk = sum(w for w, (t, _, _) in zip(risk, rows, strict=True) if t >= time)
        tied = [w for w, (t, happened, _) in zip(risk, rows, strict=True) if t == time and happened]
        for taken, weight in enumerate(tied):
            total += np.log(weight) - np.log(at_risk - taken / len(tied) * sum(tied))
    return total


@given(units)
def test_the_hazard_ratio_is_where_the_likelihood_is_greatest(rows):
    columns = [list(column) for column in zip(*rows, strict=True)]
    found = hazard_ratio(*columns)
    assume(found is not None)
    best = slow_log_likelihood(rows, found.coefficient)
    for step in (-0.05, 0.05):
        assert slow_log_likelihood(rows, found.coefficient + step) <= best + 1e-9
    assert 0 < found.low < found.ratio < found.high


@given(units)
def test_the_other_group_has_the_inverse_ratio_and_the_clock_does_not_matter(rows):
    time, event, group = (list(column) for column in zip(*rows, strict=True))
    other = [not mine for mine in group]
    found, turned = hazard_ratio(time, event, group), hazard_ratio(time, event, other)
    assert (found is None) == (turned is None)
    if found is not None:
        assert found.ratio * turned.ratio == pytest.approx(1)
        slower = hazard_ratio([t**3 for t in time], event, group)
        assert slower.ratio == pytest.approx(found.ratio)
    test, back = log_rank(time, event, group), log_rank(time, event, other)
    assert (test is None) == (back is None)
    if test is not None:
        assert test.statistic == pytest.approx(back.statistic)
        assert test.observed + back.observed == sum(event)
        assert test.expected + back.expected == pytest.approx(sum(event))
        assert 0 <= test.p <= 1


@given(units)
def test_the_log_rank_test_is_the_score_of_the_hazard_without_ties(rows):
    time = np.arange(1, len(rows) + 1)
    _, event, group = (list(column) for column in zip(*rows, strict=True))
    test = log_rank(time, event, group)
    assume(test is not None)
    plain = [(t, e, g) for t, e, g in zip(time, event, group, strict=True)]
    step = 1e-5
    score = (slow_log_likelihood(plain, step) - slow_log_likelihood(plain, -step)) / (2 * step)
    assert score == pytest.approx(test.observed - test.expected, abs=1e-4)


@given(series, st.integers(0, 3), st.integers(1, 2))
def test_no_other_segmentation_costs_less(values, changes, shortest):
    n = len(values)
    assume(n >= (changes + 1) * shortest)
    cost = squared_cost(values)

    def of(firsts) -> float:
        ends = [0, *firsts, n]
        pieces = [values[a:b] for a, b in pairwise(ends)]
        return sum(np.var(piece) * len(piece) for piece in pieces)

    found = best_changes(cost, changes, shortest)
    every = [
        firsts
        for firsts in combinations(range(1, n), changes)
        if all(b - a >= shortest for a, b in zip([0, *firsts], [*firsts, n], strict=True))
    ]
    assert found in every
    assert of(found) == pytest.approx(min(of(one) for one in every), abs=1e-6)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=2, max_size=9),
    st.integers(0, 2**31),
)
def test_the_turn_of_a_rate_is_the_best_segmentation(years, seed):
    counts, exposures = zip(*years, strict=True)
    found = rate_change_test(counts, exposures, np.random.default_rng(seed), draws=19)
    assert (found is None) == (sum(counts) == 0)
    if found is None:
        return
    cost = poisson_cost(counts, exposures)
    n = len(years)
    least = min(cost[0, at] + cost[at, n] for at in range(1, n))
    assert cost[0, found.index] + cost[found.index, n] == pytest.approx(least, abs=1e-7)
    assert found.null.observed == pytest.approx(2 * (cost[0, n] - least), abs=1e-7)
    assert 1 / 20 <= found.null.p_upper <= 1


@given(tables, st.integers(1, 3), st.integers(0, 2**31))
def test_following_counted_one_by_one(rows, lags, seed):
    table = np.array(rows)
    steps = table.shape[1]
    hits, events = 0, 0
    for one, changed in enumerate(table):
        for step in range(steps - lags):
            if changed[step]:
                events += 1
                hits += sum(
                    table[other, step + 1 : step + 1 + lags].any()
                    for other in range(len(table))
                    if other != one
                )
    found = follow_share(table, lags)
    assert (found is None) == (events == 0)
    if found is None:
        return
    assert found == (pytest.approx(hits / events / (len(table) - 1)), events)
    null = follow_test(table, lags, np.random.default_rng(seed), period=3, draws=19)
    assert null is None or 0 <= null.low <= null.high <= 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4), st.integers(2, 6))
def test_scores_that_keep_a_share_lose_what_they_do_not(kept, schools):
    given_, received = [], []
    for school in range(schools):
        score = 5.0 + school
        row = [score * np.prod(kept[:level]) for level in range(len(kept) + 1)]
        given_.append(row[:-1])
        received.append(row[1:])
    found = measured_loss(given_, received, np.random.default_rng(0), draws=19)
    if min(kept[:-1], default=1) < 1e-6:  # what was never given cannot be kept
        return
    assert kept_shares(given_, received) == pytest.approx(kept, abs=1e-9)
    assert found.value == pytest.approx(share_lost(kept), abs=1e-9)
    assert found.low == pytest.approx(found.high, abs=1e-9)
