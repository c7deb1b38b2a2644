"""Laws of standing out: a further one like the others is seldom out, and size is allowed for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.standing_out import spread_without_error, standing

VALUES = st.lists(st.integers(-50, 50), min_size=20, max_size=60)
ERRORS = st.floats(0.1, 5)


@given(VALUES, ERRORS, st.integers(-60, 60), st.floats(-100, 100), st.floats(0.1, 10))
def test_moving_and_stretching_all_changes_nothing(values, error, value, shift, factor) -> None:
    errors = [error] * len(values)
    one = standing(value, error, values, errors)
    moved = standing(
        value * factor + shift,
        error * factor,
        np.array(values) * factor + shift,
        np.array(errors) * factor,
    )
    assert moved.p == pytest.approx(one.p, abs=1e-6)


@given(VALUES, ERRORS, ERRORS, st.integers(-60, 60))
def test_a_larger_error_never_lowers_p(values, one, other, value) -> None:
    errors = [1.0] * len(values)
    small, large = sorted((one, other))
    assert standing(value, large, values, errors).p >= standing(value, small, values, errors).p


@given(VALUES, ERRORS)
def test_taking_the_error_out_never_spreads_values(values, error) -> None:
    left = spread_without_error(values, [error] * len(values))
    assert np.ptp(left) <= np.ptp(values) + 1e-9
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(left[order]) >= -1e-9)


@given(VALUES)
def test_of_exact_values_at_most_a_fifth_lies_outside_the_range_of_the_others(values) -> None:
    out = [
        standing(value, 0.0, values[:place] + values[place + 1 :], [0.0] * (len(values) - 1)).p
        == 0.0
        for place, value in enumerate(values)
    ]
    # 2 r of k + 1, where r is a tenth of k + 1 rounded down
    assert sum(out) <= 2 * (len(values) // 10)


def test_noise_alone_calls_out_hardly_any_place() -> None:
    """Places that are truly alike and differ by their size: one in a hundred is called out."""
    rng = np.random.default_rng(5)
    called, places, figures = 0, 60, 20
    for _ in range(5):
        sizes = rng.integers(10, 300, places)
        errors = np.sqrt(0.25 / sizes)
        seen = 0.5 + rng.standard_normal((figures, places)) * errors
        for place in range(places):
            rest = np.arange(places) != place
            p = [standing(row[place], errors[place], row[rest], errors[rest]).p for row in seen]
            called += int(np.sum(adjusted_p_values(p) <= 0.1))
    assert called <= 0.01 * 5 * places * figures


def test_one_that_is_truly_out_is_found_when_it_is_large_and_not_when_it_is_small() -> None:
    rng = np.random.default_rng(6)
    others = rng.normal(0.5, 0.05, 100)
    errors = np.full(100, 0.03)
    assert standing(0.75, 0.02, others, errors).p < 0.001
    assert standing(0.75, 0.15, others, errors).p > 0.1
