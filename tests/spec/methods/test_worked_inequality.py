"""Access, inequality, effects, agreement and likeness worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hedgerow.methods.agreement import fleiss_kappa, krippendorff_alpha, masi_distance
from hedgerow.methods.association import cramers_v
from hedgerow.methods.catchment import (
    crowding_access,
    gaussian_weights,
    step_weights,
    three_step_access,
    two_step_access,
)
from hedgerow.methods.chao import chao_estimate
from hedgerow.methods.concentration import (
    concentration_index,
    erreygers_index,
    fractional_rank,
    wagstaff_index,
)
from hedgerow.methods.concordance import average_ranks, kendall_w, rank_biased_overlap
from hedgerow.methods.gini import gini_index
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.kolm_pollak import kolm_pollak_ede_at
from hedgerow.methods.median_odds import median_odds_ratio
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.similarity import likeness_gap, ruzicka_similarity
from hedgerow.methods.staggered import event_effects, group_time_effects, simple_effect
from hedgerow.methods.theil import theil_index, theil_split


def test_access_with_one_place_out_of_reach() -> None:
    # place 0 (10 places) serves 30 + 20, place 1 (6 places) serves 20; nobody serves origin 2
    found = two_step_access([30, 20, 40], [10, 6], [0, 1, 1], [0, 0, 1])
    assert found.tolist() == pytest.approx([10 / 50, 10 / 50 + 6 / 20, 0])


def test_three_steps_divide_the_choice() -> None:
    # origin 0 chooses place 0; origin 1 splits itself in halves: loads 30 + 10 and 10
    found = three_step_access([30, 20], [10, 6], [0, 1, 1], [0, 0, 1], [1, 1, 1])
    assert found.tolist() == pytest.approx([10 / 40, 0.5 * 10 / 40 + 0.5 * 6 / 10])


def test_crowding_drives_some_to_the_farther_place() -> None:
    # ten people and two places of 5 (rate 1); the second costs 1 more. Of x at the first,
    # x / 5 = (10 - x) / 5 + 1 gives x = 7.5 and the level 1.5
    links = [10], [5, 5], [0, 0], [0, 1]
    assert crowding_access(*links, [0, 1], tau=1).tolist() == pytest.approx([1.5])
    # if it costs 3 more nobody goes, and if two of tau weigh as one it is 1.5 again
    assert crowding_access(*links, [0, 3], tau=1).tolist() == pytest.approx([2])
    assert crowding_access(*links, [0, 2], tau=2).tolist() == pytest.approx([1.5])
    assert crowding_access([1, 1], [1], [0], [0], [0], tau=1)[1] == math.inf


def test_weights_of_a_trip() -> None:
    assert step_weights([5, 10, 11, 31], [10, 30], [1, 0.5]).tolist() == [1, 1, 0.5, 0]
    assert gaussian_weights([0, 10, 20], 10).tolist() == pytest.approx([1, 0, 0])
    half = (math.exp(-0.125) - math.exp(-0.5)) / (1 - math.exp(-0.5))
    assert gaussian_weights([5], 10).tolist() == pytest.approx([half])


def test_equal_level_of_two() -> None:
    # mean of e^0 and e^-ln 3 is 2/3
    assert kolm_pollak_ede_at([0, math.log(3)], 1) == pytest.approx(math.log(1.5))
    assert kolm_pollak_ede_at([1, 3], 0) == 2


def test_concentration_among_the_top_half() -> None:
    # ranks 1/8, 3/8, 5/8, 7/8; all is with the top two: 2 * cov / mean = 2 * (1/8) / (1/2)
    values = [0, 0, 1, 1]
    assert fractional_rank([10, 20, 30, 40]).tolist() == [0.125, 0.375, 0.625, 0.875]
    assert fractional_rank([5, 5, 9, 9]).tolist() == [0.25, 0.25, 0.75, 0.75]
    assert concentration_index(values, [1, 2, 3, 4]) == pytest.approx(0.5)
    assert erreygers_index(values, [1, 2, 3, 4]) == pytest.approx(1)
    assert wagstaff_index(values, [1, 2, 3, 4]) == pytest.approx(1)
    assert concentration_index(values, [4, 3, 2, 1]) == pytest.approx(-0.5)


def test_inequality_of_one_who_has_all() -> None:
    assert gini_index([0, 0, 0, 8]) == pytest.approx(0.75)
    assert theil_index([0, 0, 0, 8]) == pytest.approx(math.log(4))
    # 1 and 3: half the mean difference of pairs (2/2)/2 over 2
    assert gini_index([1, 3]) == pytest.approx(0.25)


def test_all_inequality_between_two_groups() -> None:
    split = theil_split([1, 1, 3, 3], ["a", "a", "b", "b"])
    assert split is not None
    assert (split.within, split.between_share) == (pytest.approx(0), pytest.approx(1))
    # shares 1/4 and 3/4 of the whole against halves of the people
    assert split.total == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    other = theil_split([1, 3, 1, 3], ["a", "a", "b", "b"])
    assert other is not None and other.between == pytest.approx(0)


def test_median_odds_ratio() -> None:
    assert median_odds_ratio(0) == 1
    # exp(1.4142 * 0.6745), with the upper quartile of the normal distribution
    assert median_odds_ratio(1) == pytest.approx(2.5958, abs=2e-4)


def test_effect_of_joining_for_one_joiner() -> None:
    # the joiner goes 5, 5, 9; the control 2, 3, 4: (9 - 5) - (4 - 3) = 3
    found = group_time_effects([[5, 5, 9], [2, 3, 4]], [1, 2, 3], [3, np.inf])
    assert found.effect.tolist() == [-1, 3]
    assert found.event.tolist() == [-1, 0]
    assert simple_effect(found) == 3
    assert event_effects(found) == {-1: -1, 0: 3}


def test_pooling_of_two_that_differ_by_chance() -> None:
    # errors of 1 and a gap of 1: no more than chance, so both take the mean
    found = partial_pooling([0, 1], [1, 1])
    assert found.between_sd == 0
    assert found.means.tolist() == [0.5, 0.5]
    assert found.sds.tolist() == pytest.approx([math.sqrt(0.5)] * 2)
    assert found.probability_below(0.5).tolist() == [0.5, 0.5]


def test_pooling_of_two_that_differ_by_more() -> None:
    # squared deviations 2 * 4 / (1 + v) = 1 at v = 7: each keeps 7/8 of its distance
    found = partial_pooling([0, 4], [1, 1])
    assert found.between_sd == pytest.approx(math.sqrt(7))
    assert found.means.tolist() == pytest.approx([0.25, 3.75])


def test_concordance_of_three_judges() -> None:
    # rank sums 4, 5, 9: deviations -2, -1, 3 squared are 14; 12 * 14 / (9 * 24)
    assert kendall_w([[1, 2, 3], [1, 2, 3], [2, 1, 3]]) == pytest.approx(14 / 18)
    assert average_ranks([[10, 20, 10]]).tolist() == [[1.5, 3, 1.5]]


def test_overlap_of_ranked_lists() -> None:
    assert rank_biased_overlap("abc", "abc") == pytest.approx(1)
    assert rank_biased_overlap("abc", "xyz") == 0
    # depth 1: nothing shared, depth 2: both; at p = 1/2: (1/2)(0 + 1/2) ... + 1/4 beyond
    assert rank_biased_overlap("ab", "ba", 0.5) == pytest.approx(0.5 * 0.5 + 0.25)


def test_likeness_counts_only_what_both_were_asked() -> None:
    nan = float("nan")
    found = ruzicka_similarity([[1, 1, 0, 1], [1, 0, 0, nan], [0, 0, 0, 0.5]])
    # first two: one of two; first and third: 0.5 of 3; the others share no item that either has
    assert found[0, 1] == 0.5
    assert found[0, 2] == pytest.approx(0.5 / 3)
    assert found[1, 2] == 0
    assert math.isnan(ruzicka_similarity([[0, 0], [0, 0]])[0, 1])


def test_likeness_within_two_pairs() -> None:
    similarity = np.kron(np.eye(2), np.ones((2, 2)))
    found = likeness_gap(similarity, ["a", "a", "b", "b"], np.random.default_rng(1), draws=500)
    assert found is not None
    assert (found.within, found.between, found.gap.observed) == (1, 0, 1)
    # one deal in three puts the labels back; the others give 0 within and 1/2 between
    assert found.gap.p_upper == pytest.approx(1 / 3, abs=0.06)
    assert found.gap.low == -0.5


def test_dissimilarity_of_mixed_kinds() -> None:
    found = gower_dissimilarity(
        [[0, 10, 5], ["x", "y", None], [1, 1, 0], [1, 0, 0]],
        ["numeric", "nominal", "symmetric", "asymmetric"],
    )
    # 0 and 1: 1, 1, 0 and a truth that one has; 1 and 2: half, unknown, 1 and a truth neither has
    assert found[0, 1] == pytest.approx((1 + 1 + 0 + 1) / 4)
    assert found[1, 2] == pytest.approx((0.5 + 1) / 2)
    ordered = gower_dissimilarity([[1, 2, 100]], ["ordinal"])
    assert ordered[0].tolist() == [0, 0.5, 1]


def test_two_groups_on_a_line() -> None:
    place = np.array([0.0, 1, 2, 10, 11, 12])
    apart = np.abs(place[:, None] - place)
    found = partition_around_medoids(apart, 2)
    assert found.medoids.tolist() == [1, 4]
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.cost == pytest.approx(4 / 6)
    # the first unit: own mean 1.5, other mean 11
    assert silhouette_widths(apart, found.labels)[0] == pytest.approx(9.5 / 11)
    assert silhouette_widths(apart[:3, :3], [0, 0, 1])[2] == 0


def test_unseen_of_six() -> None:
    # three seen once and two twice: 6 + 3 * 2 / (2 * 3); coverage 1 - 3/12
    found = chao_estimate([1, 1, 1, 2, 2, 5])
    assert (found.seen, found.total, found.coverage) == (6, 7, 0.75)
    # variance 1 + 3 * 25 / 36 + 9 * 2 * 4 / 324 = 3.3056; spread exp(1.96 sqrt(ln 4.3056)) = 10.68
    spread = math.exp(1.959964 * math.sqrt(math.log(1 + 1 + 75 / 36 + 72 / 324)))
    assert (found.low, found.high) == pytest.approx((6 + 1 / spread, 6 + spread), abs=1e-4)
    nothing_once = chao_estimate([2, 3])
    assert (nothing_once.total, nothing_once.low, nothing_once.high) == (2, 2, 2)


def test_alpha_of_two_coders() -> None:
    # aa, bb, ab: disagreeing values 2 of 6; by chance 2 * 3 * 3 / (6 * 5) = 0.6; 1 - (1/3) / 0.6
    assert krippendorff_alpha([["a", "b", "a"], ["a", "b", "b"]]) == pytest.approx(4 / 9)
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([["a", None], [None, "b"]]) is None


def test_distance_of_sets_of_codes() -> None:
    assert masi_distance(frozenset("ab"), frozenset("ab")) == 0
    assert masi_distance(frozenset(), frozenset()) == 0
    assert masi_distance(frozenset("a"), frozenset("ab")) == pytest.approx(1 - 0.5 * 2 / 3)
    assert masi_distance(frozenset("ab"), frozenset("bc")) == pytest.approx(1 - 1 / 9)
    assert masi_distance(frozenset("a"), frozenset("b")) == 1
    codings = [[frozenset("a"), frozenset("ab")], [frozenset("a"), frozenset("b")]]
    # observed: one unit of two at 2/3; by chance: the mean over the pairs of a, a, ab, b
    chance = (2 * (2 / 3) + 2 * 1 + 1 * (2 / 3)) / 6
    found = krippendorff_alpha(codings, masi_distance)
    assert found == pytest.approx(1 - (2 / 3 / 2) / chance)


def test_kappa_of_two_coders() -> None:
    # agreement on one of two units; each category half the time: (1/2 - 1/2) / (1/2)
    assert fleiss_kappa([[2, 0], [1, 1], [0, 2], [1, 1]]) == pytest.approx(0)
    assert fleiss_kappa([[2, 0], [2, 0]]) is None


def test_association_of_two_labels() -> None:
    same = ["a"] * 5 + ["b"] * 5
    assert cramers_v(same, same) == pytest.approx(1)
    assert cramers_v(["a", "a", "b", "b"] * 3, ["x", "y"] * 6) == 0
    # 3 of 4 on the diagonal: chi-square over n is (3/4 - 1/4)^2
    first, second = ["a"] * 4 + ["b"] * 4, ["x", "x", "x", "y", "x", "y", "y", "y"]
    assert cramers_v(first, second, bias_corrected=False) == pytest.approx(0.5)
    assert cramers_v(first, ["x"] * 8) is None
