"""Many tests, local clusters, pooled ratios, explained shares and overlap, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.methods.explained import explained_share
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.local_clusters import local_clusters
from hedgerow.methods.pooled_ratio import pooled_rate_ratio, pooled_rate_ratio_interval
from hedgerow.methods.profile_overlap import mean_cosine, profile_overlap_test

NAN = float("nan")


def test_adjusted_p_values():
    # times 4/1, 4/2, 4/3 and 4/4: 0.04, 0.06, 0.04 and 0.5; from above, none above the next
    found = adjusted_p_values([0.03, 0.01, 0.5, 0.03])
    assert found.tolist() == pytest.approx([0.04, 0.04, 0.5, 0.04])
    assert adjusted_p_values([]).tolist() == []


def test_low_among_low():
    # units 0 to 2 have nothing, 3 to 5 have one; each looks at two others
    near = [[1, 2], [0, 2], [0, 1], [4, 5], [3, 5], [0, 4]]
    found = local_clusters([0, 0, 0, 1, 1, 1], near, np.random.default_rng(1), draws=20_000)
    assert found.neighbour_mean.tolist() == [0, 0, 0, 1, 1, 0.5]
    # of the ten pairs among the five others of unit 0, one has no one in it
    assert found.p_low[0] == pytest.approx(1 / 10, abs=0.01)
    assert found.p_high[0] == 1
    assert found.p_high[3] == pytest.approx(1 / 10, abs=0.01)
    # unit 5: among three with nothing and two with one, all but the pair of ones is as low
    assert found.p_low[5] == pytest.approx(9 / 10, abs=0.01)
    assert found.is_below.tolist() == [True] * 3 + [False] * 3


def test_a_part_is_set_against_the_whole():
    found = local_clusters(
        [0, 0, 1, 1, 1, 1], [[1]], np.random.default_rng(1), rows=[0], draws=20_000
    )
    assert found.p_low.tolist() == pytest.approx([1 / 5], abs=0.01)


def test_one_stratum_gives_the_plain_ratio():
    outcomes, exposed = [[1], [1], [0], [0], [1], [0], [0], [0]], [True] * 4 + [False] * 4
    assert pooled_rate_ratio(outcomes, exposed) == pytest.approx((2 / 4) / (1 / 4))


def test_two_strata_are_put_together():
    # first: 1 of 2 exposed, 1 of 2 others; second: 2 of 2 exposed, 1 of 4 others
    outcomes = [[1, NAN], [0, NAN], [1, NAN], [0, NAN]]
    exposed = [True, True, False, False]
    outcomes += [[NAN, 1], [NAN, 1], [NAN, 1], [NAN, 0], [NAN, 0], [NAN, 0]]
    exposed += [True, True, False, False, False, False]
    # (1 * 2/4 + 2 * 4/6) / (1 * 2/4 + 1 * 2/6)
    assert pooled_rate_ratio(outcomes, exposed) == pytest.approx((11 / 6) / (5 / 6))
    found = pooled_rate_ratio_interval(outcomes, exposed, np.random.default_rng(1))
    assert found is not None
    assert found.low < 11 / 5 < found.high


def test_a_ratio_over_nothing_is_none():
    assert pooled_rate_ratio([[1], [0]], [True, False]) is None
    assert pooled_rate_ratio([[1, NAN], [NAN, 1]], [True, False]) is None


def test_explained_share_of_a_line_with_a_bend():
    # least squares of 0, 1, 5 on 0, 1, 2: slope 5/2; residuals 1/2, -1, 1/2 and 3/2 of 14 left
    found = explained_share([0, 1, 5], [[0], [1], [2]], np.random.default_rng(1), draws=99)
    assert found is not None
    assert found.interval.value == pytest.approx(1 - 1.5 / 14)
    assert explained_share([2, 2], [[0], [1]], np.random.default_rng(1)) is None


def test_cosine_of_three_profiles():
    counts = [[3, 4], [6, 8], [0, 1]]
    # 1 and 4/5 twice; weights 1, 2 and 0
    weights = [[9, 1, 2], [1, 0, 0], [2, 0, 9]]
    assert mean_cosine(counts, weights) == pytest.approx((1 + 2 * 4 / 5) / 3)
    assert mean_cosine([[1, 0], [0, 0]], np.ones((2, 2))) is None


def test_overlap_of_two_who_offer_two_things_each():
    ones = np.ones((2, 2))
    found = profile_overlap_test([0, 0, 1, 1], [0, 1, 0, 1], ones, np.random.default_rng(1), 600)
    # dealt anew, two thirds of the deals give each one of both (cosine 1), a third nothing shared
    assert found is not None
    assert found.observed == pytest.approx(1)
    assert found.mean == pytest.approx(2 / 3, abs=0.07)
