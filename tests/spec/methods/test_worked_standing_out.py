"""Standing out, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.standing_out import spread_without_error, standing

# 1 to 39: of 40 with the one looked at, a tenth on each side is 4, so 4 to 36 is the range
OTHERS = list(range(1, 40))
EXACT = [0.0] * 39


def test_the_range_leaves_a_tenth_on_each_side() -> None:
    found = standing(20, 1.0, OTHERS, EXACT)
    assert (found.low, found.high, found.others) == (4.0, 36.0, 39)
    assert (found.side, found.distance, found.p) == (0, 0.0, 1.0)


def test_two_errors_beyond_the_edge() -> None:
    # 40 lies 4 beyond 36, twice its error of 2: 2 (1 - Phi(2)) = 0.0455
    found = standing(40, 2.0, OTHERS, EXACT)
    assert (found.side, found.distance) == (1, 2.0)
    assert found.p == pytest.approx(0.0455, abs=5e-5)
    # the same on the other side: 4 - 0 = 4
    assert standing(0, 2.0, OTHERS, EXACT).p == pytest.approx(found.p)


def test_far_from_the_middle_is_not_outside_the_range() -> None:
    assert standing(36, 0.01, OTHERS, EXACT).p == 1.0


def test_a_value_without_error_is_out_or_in() -> None:
    assert standing(36.1, 0.0, OTHERS, EXACT).p == 0.0
    assert math.isinf(standing(36.1, 0.0, OTHERS, EXACT).distance)
    assert standing(36.0, 0.0, OTHERS, EXACT).p == 1.0


def test_others_that_differ_by_their_error_alone_are_all_the_same() -> None:
    values = [-1.0, 1.0] * 20
    assert spread_without_error(values, [1.5] * 40) == pytest.approx([0.0] * 40)
    found = standing(3.0, 1.5, values, [1.5] * 40)
    assert (found.low, found.high, found.distance) == (0.0, 0.0, 2.0)


def test_what_is_left_spreads_as_the_true_values() -> None:
    # with one error for all, the pooled spread is the variance less the squared error
    values = np.array(OTHERS, dtype=float)
    left = spread_without_error(values, [5.0] * 39)
    assert left.var(ddof=1) == pytest.approx(values.var(ddof=1) - 25)
    assert left.std(ddof=1) == pytest.approx(partial_pooling(values, [5.0] * 39).between_sd)


@pytest.mark.parametrize(
    ("value", "error", "others", "errors"),
    [
        (1.0, -1.0, OTHERS, EXACT),
        (math.nan, 1.0, OTHERS, EXACT),
        (1.0, 1.0, [1, 2, 3], [0, 0, 0]),
        (1.0, 1.0, OTHERS, [0.0] * 38),
        (1.0, 1.0, OTHERS, [-1.0] * 39),
        (1.0, 1.0, [math.inf] * 39, EXACT),
    ],
)
def test_what_cannot_be_compared(value, error, others, errors) -> None:
    with pytest.raises(ValueError, match=r"few|finite|needed"):
        standing(value, error, others, errors)
