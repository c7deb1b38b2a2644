"""What is refused, what is undefined, and what missing values do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.methods.bootstrap import bootstrap_mean, bootstrap_median, bootstrap_ratio
from hedgerow.methods.compactness import (
    compactness_against_pool,
    draw_groups,
    median_pairwise_distance,
)
from hedgerow.methods.diversity import hill_number, rarefied_hill
from hedgerow.methods.incidence import aalen_johansen, kaplan_meier
from hedgerow.methods.join_counts import (
    different_label_share,
    expected_different_share,
    join_count_test,
)
from hedgerow.methods.labelling import encode, paired_codes
from hedgerow.methods.neighbours import nearest_distance, nearest_neighbours
from hedgerow.methods.partitions import adjusted_mutual_information, entropy, nestedness
from hedgerow.methods.permutation import null_distribution, permutation_test
from hedgerow.methods.proportion import wilson_interval


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "diversity of nothing": (lambda: hill_number([0, 0], 1), "every count is zero"),
    "negative count": (lambda: hill_number([1, -1], 1), "zero or more"),
    "negative order": (lambda: hill_number([1, 1], -1), "order q"),
    "sample too large": (lambda: rarefied_hill([2, 3], 6, 1, 9, rng()), "from 1 to 5, found 6"),
    "part counts": (lambda: rarefied_hill([2.5, 3], 2, 1, 9, rng()), "whole numbers"),
    "share of nothing": (lambda: wilson_interval(0, 0), "n = 0"),
    "too many successes": (lambda: wilson_interval(4, 3), "from 0 to 3, found 4"),
    "level in per cent": (lambda: wilson_interval(1, 3, 95), "between 0 and 1"),
    "as many neighbours as points": (lambda: nearest_neighbours([[0, 0], [1, 1]], 2), "found 2"),
    "position missing": (lambda: nearest_neighbours([[0, np.nan], [1, 1]], 1), "row 0"),
    "nowhere to go": (lambda: nearest_distance([[0, 0]], np.empty((0, 2))), "no targets"),
    "no draws": (lambda: permutation_test(np.mean, [1, 2], rng(), draws=0), "draws"),
    "undefined draw": (lambda: null_distribution(1.0, [np.nan]), "not finite"),
    "paired with itself": (lambda: different_label_share(["a", "b"], [(1, 1)]), "itself"),
    "pair beyond": (lambda: different_label_share(["a", "b"], [(0, 2)]), "rows 0 to 1"),
    "entropy of nothing": (lambda: entropy([None]), "no unit is labelled"),
    "unequal lengths": (lambda: paired_codes(["a"], ["a", "b"]), "found 1 and 2"),
    "table of labels": (lambda: encode(np.zeros((2, 2))), "one-dimensional"),
    "lone point": (lambda: median_pairwise_distance([[0, 0]]), "2 points or more"),
    "small pool": (
        lambda: compactness_against_pool([[0, 0], [1, 1], [2, 2]], [[0, 0], [1, 1]], rng()),
        "fewer than the group's 3",
    ),
    "draw of too many": (lambda: draw_groups(2, 3, 1, rng()), "3 of 2"),
    "missing value": (lambda: bootstrap_mean([1, np.nan], rng()), "must be finite"),
    "one cluster": (lambda: bootstrap_mean([1, 2], rng(), ["a", "a"]), "two clusters"),
    "cluster missing": (lambda: bootstrap_median([1, 2], rng(), ["a", None]), "missing"),
    "ratio over nothing": (lambda: bootstrap_ratio([1, 1], [0, 0], rng()), "sums to zero"),
    "entry after leaving": (lambda: kaplan_meier([1, 2], [1, 1], entry=[0, 2]), "before its"),
    "event that is neither": (lambda: kaplan_meier([1, 2], [1, 2]), "true or false"),
    "cause missing": (lambda: aalen_johansen([1, 2], [1, -1]), "whole numbers"),
    "endless wait": (lambda: aalen_johansen([1, np.inf], [1, 0]), "censored, not missing"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason(case: str) -> None:
    call, reason = REFUSED[case]
    with pytest.raises(ValueError, match=reason):
        call()


def test_undefined_is_none_and_not_a_number() -> None:
    assert nestedness(["a", "b"], ["x", "x"]) is None
    assert nestedness([None], ["x"]) is None
    assert adjusted_mutual_information(["a", "a"], ["x", "x"]) is None
    assert adjusted_mutual_information(["a", "b", "c"], ["x", "y", "z"]) is None
    assert different_label_share(["a", None], [(0, 1)]) is None
    assert join_count_test(["a", None], [(0, 1)], rng()) is None
    assert expected_different_share(["a", None]) is None


def test_missing_labels_of_every_kind() -> None:
    for labels in (
        ["b", None, "a", "b"],
        ["b", float("nan"), "a", "b"],
        np.array([2.0, np.nan, 1.0, 2.0]),
        np.array(["b", None, "a", "b"], dtype=object),
    ):
        codes, classes = encode(labels)
        assert codes[1] == -1
        assert codes[0] == codes[3] != codes[2]
        assert len(classes) == 2


def test_one_label_leaves_no_spread() -> None:
    test = join_count_test(["a"] * 4, [(0, 1), (2, 3)], rng(), draws=19)
    assert test is not None
    assert (test.observed, test.mean, test.sd, test.p_two_sided) == (0, 0, 0, 1)
    assert test.z is None


def test_group_of_points_in_one_place_has_no_ratio() -> None:
    found = compactness_against_pool([[1, 1], [1, 1]], [[1, 1]] * 5, rng(), draws=9)
    assert found.ratio is None


def test_a_ratio_that_some_resamples_cannot_give_is_counted() -> None:
    interval = bootstrap_ratio([1, 0], [1, 0], rng(), draws=200)
    # both resampled units are the second one in a quarter of draws
    assert 20 < interval.undefined < 80
    assert (interval.low, interval.high) == (1, 1)


def test_interval_of_survival_stays_within_bounds() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 1, 1])
    low, high = curve.interval_at(1)
    assert 0 < low < 2 / 3 < high < 1
    assert curve.interval_at(0) == (1, 1)
    assert curve.interval_at(3) == (0, 0)
    incidence = aalen_johansen([1, 2, 3], [1, 1, 1])
    assert incidence.interval_at(1) == pytest.approx((1 - high, 1 - low))


def test_nobody_had_an_event() -> None:
    curve = kaplan_meier([1, 2], [0, 0])
    assert (curve.times.size, curve.at(5), curve.time_to(0.5)) == (0, 1, None)
