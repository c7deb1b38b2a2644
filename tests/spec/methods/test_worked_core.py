"""Cases small enough to work by hand, with the arithmetic beside them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hedgerow.methods.compactness import median_pairwise_distance, standard_distance
from hedgerow.methods.diversity import gini_simpson, hill_number
from hedgerow.methods.incidence import aalen_johansen, kaplan_meier
from hedgerow.methods.join_counts import different_label_share, expected_different_share
from hedgerow.methods.neighbours import nearest_distance, nearest_neighbours
from hedgerow.methods.partitions import conditional_entropy, entropy, nestedness
from hedgerow.methods.proportion import wilson_interval

UNIT_SQUARE = [[0, 0], [1, 0], [0, 1], [1, 1]]


def test_diversity_of_two_two_and_four() -> None:
    # shares 1/4, 1/4, 1/2: sum of squares 1/16 + 1/16 + 1/4 = 3/8
    assert hill_number([2, 2, 4], 0) == 3
    assert hill_number([2, 2, 4], 2) == pytest.approx(8 / 3)
    assert gini_simpson([2, 2, 4]) == pytest.approx(5 / 8)
    # entropy 2 * 1/4 * ln 4 + 1/2 * ln 2 = 3/2 ln 2, so 2^(3/2)
    assert hill_number([2, 2, 4], 1) == pytest.approx(2**1.5)
    assert hill_number([2, 2, 4], math.inf) == 2


def test_wilson_interval_of_none_in_ten() -> None:
    # with no successes the upper end is z^2 / (n + z^2)
    z2 = 1.959963984540054**2
    assert wilson_interval(0, 10) == pytest.approx((0, z2 / (10 + z2)))


def test_neighbours_on_a_line() -> None:
    # at 0, 1, 3, 3: the two at 3 share a position; 1 is as far as 2 from both of them
    indices, distances = nearest_neighbours([[0.0], [1.0], [3.0], [3.0]], 2)
    assert indices.tolist() == [[1, 2], [0, 2], [3, 1], [2, 1]]
    assert distances.tolist() == [[1, 3], [1, 2], [0, 2], [0, 2]]


def test_neighbours_equally_far_go_by_row_number() -> None:
    indices, distances = nearest_neighbours(UNIT_SQUARE, 1)
    assert indices.ravel().tolist() == [1, 0, 0, 1]
    assert distances.ravel().tolist() == [1, 1, 1, 1]


def test_nearest_distance_is_three_four_five() -> None:
    assert nearest_distance([[0, 0]], [[3, 4], [30, 40]]).tolist() == [5]


def test_join_counts_of_two_and_two() -> None:
    # a b a b in a row: every neighbour differs. At random: 1 - (2 + 2) / 12 = 2/3
    row = [(0, 1), (1, 2), (2, 3)]
    assert different_label_share(["a", "b", "a", "b"], row) == 1
    assert expected_different_share(["a", "b", "a", "b"]) == pytest.approx(2 / 3)


def test_join_counts_leave_out_what_is_missing() -> None:
    # the pair (1, 2) is unknown; of the two others one differs
    labels = ["a", "b", None, "b", "b"]
    assert different_label_share(labels, [(0, 1), (1, 2), (3, 4)]) == 0.5
    assert expected_different_share(labels) == pytest.approx(1 - 3 * 2 / (4 * 3))


def test_districts_nest_in_counties_and_not_the_other_way() -> None:
    county = ["N", "N", "N", "N", "S", "S", "S", "S"]
    district = ["n1", "n1", "n2", "n2", "s1", "s1", "s2", "s2"]
    assert nestedness(district, county) == 1
    # H(district) = ln 4, H(district | county) = ln 2
    assert entropy(district) == pytest.approx(math.log(4))
    assert conditional_entropy(district, county) == pytest.approx(math.log(2))
    assert nestedness(county, district) == pytest.approx(0.5)


def test_nestedness_of_independent_halves_is_nought() -> None:
    assert nestedness(["a", "a", "b", "b"], ["x", "y", "x", "y"]) == pytest.approx(0)


def test_spread_of_the_unit_square() -> None:
    # four sides of 1 and two diagonals of root 2; every corner is root 1/2 from the centre
    assert median_pairwise_distance(UNIT_SQUARE) == 1
    assert standard_distance(UNIT_SQUARE) == pytest.approx(math.sqrt(0.5))


def test_survival_of_four() -> None:
    # events at 1 and 3, censored at 2 and 4: S(1) = 3/4, S(3) = 3/4 * 1/2
    curve = kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0])
    assert curve.values.tolist() == pytest.approx([0.75, 0.375])
    assert curve.at_risk.tolist() == [4, 2]
    assert (curve.at(0.5), curve.at(1), curve.at(2.9)) == (1, 0.75, 0.75)
    assert curve.time_to(0.5) == 3
    assert curve.time_to(0.9) is None
    # Greenwood: (3/4)^2 * 1 / (4 * 3)
    assert curve.variance[0] == pytest.approx(0.75**2 / 12)


def test_survival_with_late_entry() -> None:
    # the second unit is seen only after time 1, so one unit alone was at risk there ... and lost
    curve = kaplan_meier([2, 3, 3], [1, 1, 0], entry=[0, 2, 1])
    # at 2: units 0 and 2 at risk (unit 1 enters at 2); at 3: units 1 and 2
    assert curve.at_risk.tolist() == [2, 2]
    assert curve.values.tolist() == pytest.approx([0.5, 0.25])


def test_two_causes_share_out_what_happens() -> None:
    # cause 1 at times 1 and 3, cause 2 at 2, one censored at 2 (still at risk there)
    curve = aalen_johansen([1, 2, 2, 3], [1, 2, 0, 1], cause=1)
    # 1/4 at 1; then survival 3/4 * 2/3 = 1/2, and the last one has cause 1
    assert curve.values.tolist() == pytest.approx([0.25, 0.25, 0.75])
    other = aalen_johansen([1, 2, 2, 3], [1, 2, 0, 1], cause=2)
    assert other.values.tolist() == pytest.approx([0, 0.25, 0.25])


def test_label_kinds_do_not_mix() -> None:
    assert different_label_share(np.array([1.0, 1.0, np.nan]), [(0, 1), (1, 2)]) == 0
