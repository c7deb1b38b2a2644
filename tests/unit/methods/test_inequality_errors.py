"""What access, inequality, effects, agreement and samples refuse, and where they are undefined."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.methods.agreement import (
    fleiss_kappa,
    krippendorff_alpha,
    krippendorff_alpha_interval,
)
from hedgerow.methods.association import cramers_v, cramers_v_test
from hedgerow.methods.balanced_sampling import balanced_sample
from hedgerow.methods.bootstrap import percentile_interval
from hedgerow.methods.catchment import (
    crowding_access,
    gaussian_weights,
    step_weights,
    two_step_access,
)
from hedgerow.methods.chao import chao_estimate
from hedgerow.methods.concentration import (
    concentration_index,
    concentration_interval,
    erreygers_index,
    wagstaff_index,
)
from hedgerow.methods.concordance import kendall_w, kendall_w_test, rank_biased_overlap
from hedgerow.methods.gini import gini_index
from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.kolm_pollak import kolm_pollak_ede
from hedgerow.methods.median_odds import fit_random_intercepts, median_odds_ratio
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.mrqap import network_regression
from hedgerow.methods.partial_pooling import partial_pooling
from hedgerow.methods.similarity import likeness_gap, ruzicka_similarity
from hedgerow.methods.staggered import (
    cohort_effect,
    dynamic_effect,
    group_time_effects,
    simple_effect,
    simple_effect_interval,
)
from hedgerow.methods.theil import between_share_test, theil_index, theil_split

NEVER = np.inf


def rng() -> np.random.Generator:
    return np.random.default_rng(8)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "negative demand": (lambda: two_step_access([-1], [1], [0], [0]), "demand must be finite"),
    "unknown place": (lambda: two_step_access([1], [1], [0], [1]), "destinations 0-0"),
    "links of two lengths": (lambda: two_step_access([1], [1], [0, 0], [0]), "differ in length"),
    "no tau": (lambda: crowding_access([1], [1], [0], [0], [1], tau=0), "tau"),
    "unsettled": (
        lambda: crowding_access(
            [9, 9], [1, 1], [0, 0, 1, 1], [0, 1] * 2, [0, 0, 1, 0], 1, rounds=1
        ),
        "did not settle in 1",
    ),
    "falling limits": (lambda: step_weights([1], [3, 2], [1, 1]), "must rise"),
    "no limit": (lambda: gaussian_weights([1], 0), "above 0"),
    "no aversion": (lambda: kolm_pollak_ede([1, 2], 0), "epsilon"),
    "no values": (lambda: gini_index([]), "one or more"),
    "missing value": (lambda: theil_index([1, np.nan]), "finite"),
    "negative value": (lambda: theil_index([1, -1]), "zero or more"),
    "negative gini": (lambda: gini_index([1, -1]), "zero or more"),
    "weightless": (lambda: gini_index([1, 2], [0, 0]), "not all zero"),
    "weights of another length": (lambda: gini_index([1, 2], [1]), "2 values and 1 weights"),
    "group missing": (lambda: theil_split([1, 2], ["a", None]), "group is missing"),
    "groups of another length": (lambda: theil_split([1, 2], ["a"]), "2 values and 1 groups"),
    "beyond the bounds": (lambda: erreygers_index([0, 2], [1, 2]), "within 0.0 to 1.0"),
    "bounds that fall": (lambda: wagstaff_index([0, 1], [1, 2], (1, 0)), "must rise"),
    "ranking of another length": (lambda: concentration_index([1, 2], [1]), "2 values and 1 to"),
    "negative variance": (lambda: median_odds_ratio(-1), "zero or more"),
    "outcome of two": (lambda: fit_random_intercepts([0, 2], ["a", "b"]), "0 or 1"),
    "outcomes alike": (lambda: fit_random_intercepts([1, 1], ["a", "b"]), "all alike"),
    "one group": (lambda: fit_random_intercepts([0, 1], ["a", "a"]), "two groups"),
    "unknown group": (lambda: fit_random_intercepts([0, 1], ["a", None]), "missing"),
    "group of another length": (lambda: fit_random_intercepts([0, 1], ["a"]), "2 outcomes"),
    "short covariates": (
        lambda: fit_random_intercepts([0, 1], ["a", "b"], [[1.0]]),
        "row for each",
    ),
    "outcomes that do not fit": (lambda: group_time_effects([[1, 2]], [1], [2]), r"\(1, 1\)"),
    "periods that fall": (lambda: group_time_effects([[1, 2]], [2, 1], [2]), "must rise"),
    "cohort missing": (lambda: group_time_effects([[1, 2]], [1, 2], [np.nan]), "never"),
    "nobody to compare with": (lambda: group_time_effects([[1, 2]], [1, 2], [2]), "no cohort"),
    "negative unit": (
        lambda: group_time_effects([[1, 2]], [1, 2], [2], weights=[-1]),
        "zero or more",
    ),
    "one estimate": (lambda: partial_pooling([1], [1]), "two estimates"),
    "no error": (lambda: partial_pooling([1, 2], [0, 1]), "above 0"),
    "one judge": (lambda: kendall_w([[1, 2]]), "found 1 and 2"),
    "item not ranked": (lambda: kendall_w([[1, np.nan], [1, 2]]), "every item"),
    "empty list": (lambda: rank_biased_overlap("", "a"), "one item or more"),
    "named twice": (lambda: rank_biased_overlap("aa", "a"), "none twice"),
    "endless patience": (lambda: rank_biased_overlap("a", "a", 1), "between 0 and 1"),
    "no predictor": (lambda: network_regression(np.eye(4), [], rng()), "one predictor"),
    "predictor twice": (
        lambda: network_regression(np.eye(4), [ARC, ARC], rng()),
        "settled by the others",
    ),
    "tie missing": (lambda: network_regression(np.full((4, 4), np.nan), [ARC], rng()), "finite"),
    "too few units": (lambda: network_regression(np.eye(2), [np.eye(2)], rng()), "too few"),
    "unknown kind": (lambda: gower_dissimilarity([[1, 2]], ["odd"]), "unknown kind"),  # type: ignore[list-item]  # the fault that is tested
    "truth of two": (lambda: gower_dissimilarity([[1, 2]], ["symmetric"]), "only 0 and 1"),
    "variables of two lengths": (
        lambda: gower_dissimilarity([[1], [1, 2]], ["numeric"] * 2),
        "differ in length",
    ),
    "kinds of another length": (lambda: gower_dissimilarity([[1]], []), "1 variables and 0"),
    "negative importance": (lambda: gower_dissimilarity([[1]], ["numeric"], [-1]), "weights"),
    "too many medoids": (lambda: partition_around_medoids(np.zeros((2, 2)), 3), "from 1 to 2"),
    "lopsided": (lambda: partition_around_medoids([[0, 1], [2, 0]], 1), "symmetric"),
    "far from itself": (lambda: partition_around_medoids([[1]], 1), "diagonal"),
    "flat dissimilarity": (lambda: partition_around_medoids([1, 2], 1), "square"),
    "silhouette of one group": (lambda: silhouette_widths(np.zeros((2, 2)), [0, 0]), "two groups"),
    "more than certain": (lambda: balanced_sample([2], [[1]], rng()), "within 0 to 1"),
    "balance of another length": (lambda: balanced_sample([0.5], [[1], [2]], rng()), "each unit"),
    "half a sighting": (lambda: chao_estimate([0.5]), "whole numbers"),
    "nothing seen": (lambda: chao_estimate([0]), "nothing was seen"),
    "coders of two lengths": (lambda: krippendorff_alpha([[1], [1, 2]]), "differ in units"),
    "words on a scale": (
        lambda: krippendorff_alpha([["a", "b"], ["b", "b"]], "interval"),
        "needs numbers",
    ),
    "negative ratio": (lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"), "found -1"),
    "unknown metric": (
        lambda: krippendorff_alpha([[1, 2], [1, 2]], "odd"),  # type: ignore[arg-type]  # the fault that is tested
        "unknown metric",
    ),
    "coders that vary": (lambda: fleiss_kappa([[2, 0], [1, 0]]), "same number of coders"),
    "flat counts": (lambda: fleiss_kappa([1, 2]), "table"),
    "negative item": (lambda: ruzicka_similarity([[-1]]), "zero or more"),
    "flat items": (lambda: ruzicka_similarity([1]), "table"),
    "labels that do not fit": (lambda: likeness_gap(np.eye(2), ["a"], rng()), "1 labels"),
    "lopsided likeness": (lambda: likeness_gap([[1, 0], [1, 1]], ["a", "b"], rng()), "symmetric"),
    "never defined": (lambda: percentile_interval(1.0, np.array([np.nan]), 0.95, 2), "every"),
}
ARC = np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]], dtype=float)


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason(case: str) -> None:
    call, reason = REFUSED[case]
    with pytest.raises(ValueError, match=reason):
        call()


def test_undefined_is_none() -> None:
    assert gini_index([0, 0]) is None
    assert theil_index([0, 0]) is None
    assert theil_split([0, 0], ["a", "b"]) is None
    equal = theil_split([3, 3], ["a", "b"])
    assert equal is not None and equal.between_share is None
    assert between_share_test([3, 3], ["a", "b"], rng()) is None
    assert concentration_index([0, 0], [1, 2]) is None
    assert concentration_interval([0, 0], [1, 2], rng()) is None
    assert wagstaff_index([1, 1], [1, 2]) is None
    assert kendall_w([[1, 1], [2, 2]]) is None
    assert kendall_w_test([[1, 1], [2, 2]], rng()) is None
    assert cramers_v([None], ["a"]) is None
    assert cramers_v(["a", "b"], ["x", "y"]) is None
    assert cramers_v_test(["a", "a"], ["x", "y"], rng()) is None
    assert krippendorff_alpha_interval([["a"], ["a"]], rng()) is None
    assert krippendorff_alpha([[None], [None]]) is None
    assert likeness_gap(np.ones((2, 2)), ["a", "b"], rng()) is None
    assert kolm_pollak_ede([0, 0], 1) == 0


def test_before_the_beginning_there_is_no_effect_to_average() -> None:
    found = group_time_effects([[5, 5, 9], [2, 3, 4]], [1, 2, 3], [4, NEVER])
    assert simple_effect(found) is None
    assert dynamic_effect(found) is None
    assert cohort_effect(found) is None
    with pytest.raises(ValueError, match="after its beginning"):
        simple_effect_interval([[5, 5, 9], [2, 3, 4]], [1, 2, 3], [4, NEVER], rng())


def test_a_cohort_without_a_base_is_left_out() -> None:
    found = group_time_effects([[1, 2, 3]] * 3, [1, 2, 3], [1, 3, NEVER])
    assert set(found.cohort) == {3}
    early = group_time_effects([[1, 2, 3]] * 3, [1, 2, 3], [2, 3, NEVER], anticipation=1)
    assert set(early.cohort) == {3}


def test_certain_and_excluded_units_stay_so() -> None:
    drawn = balanced_sample([1, 0, 0.5, 0.5], [[1.0], [2], [3], [4]], rng())
    assert drawn[:2].tolist() == [True, False]
    assert drawn.sum() == 2


def test_a_pair_with_nothing_to_compare() -> None:
    assert np.isnan(gower_dissimilarity([[None, 1]], ["numeric"])[0, 1])
    assert gower_dissimilarity([[2, 2]], ["numeric"])[0, 1] == 0
