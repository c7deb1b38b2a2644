"""Laws of agreement and association, with plain references."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.agreement import (
    fleiss_kappa,
    krippendorff_alpha,
    krippendorff_alpha_interval,
)
from hedgerow.methods.association import cramers_v, cramers_v_test
from hedgerow.methods.concordance import (
    average_ranks,
    kendall_w,
    kendall_w_test,
    rank_biased_overlap,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


@given(arrays(float, (3, 5), elements=st.integers(0, 4)))
def test_concordance_agrees_with_the_textbook_form(scores: np.ndarray) -> None:
    from scipy.stats import rankdata

    ranks = rankdata(scores, axis=1)
    assert average_ranks(scores).tolist() == ranks.tolist()
    found = kendall_w(scores)
    m, k = scores.shape
    ties = sum((t**3 - t) for row in scores for t in np.unique(row, return_counts=True)[1].tolist())
    below = m**2 * (k**3 - k) - m * ties
    if found is None:
        assert below == 0
    else:
        s = np.sum((ranks.sum(axis=0) - m * (k + 1) / 2) ** 2)
        assert found == pytest.approx(12 * s / below)
        assert -1e-12 <= found <= 1 + 1e-12


def test_concordance_null() -> None:
    orders = [[1, 2, 3, 4, 5, 6]] * 4
    test = kendall_w_test(orders, rng(), draws=400)
    assert test is not None
    assert test.observed == pytest.approx(1) and test.p_upper == 1 / 401
    # judges who agree by chance alone have a mean W of 1/m
    assert test.mean == pytest.approx(1 / 4, abs=0.03)


@given(st.permutations("abcdef"), st.permutations("abcdef"), st.integers(1, 6), st.integers(1, 6))
def test_ranked_overlap_agrees_with_the_sum_by_depth(first, second, s: int, t: int) -> None:
    a, b = first[:s], second[:t]
    p = 0.8
    found = rank_biased_overlap(a, b, p)
    assert -1e-12 <= found <= 1 + 1e-12
    assert found == pytest.approx(rank_biased_overlap(b, a, p))
    if s == t:
        agreement = [len(set(a[:d]) & set(b[:d])) / d for d in range(1, s + 1)]
        # agreement goes on as at the end for ever
        agreement += [agreement[-1]] * 400
        plain = (1 - p) * sum(x * p**d for d, x in enumerate(agreement))
        assert found == pytest.approx(plain)


def plain_alpha(codings: list[list], distance) -> float | None:
    """Disagreement within units over disagreement of all pairable values, pair by pair."""
    units = [[v for v in unit if v is not None] for unit in zip(*codings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [v for unit in units for v in unit]
    n = len(everything)
    if len(set(everything)) < 2:
        return None
    observed = sum(
        sum(distance(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    chance = sum(distance(a, b) for a, b in itertools.permutations(everything, 2)) / (n - 1)
    return 1 - observed / chance


CODINGS = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([1, 2, 3, None]), min_size=n, max_size=n), min_size=2, max_size=4
    )
)


@given(CODINGS)
def test_alpha_agrees_with_the_count_pair_by_pair(codings: list[list]) -> None:
    expected = {
        "nominal": plain_alpha(codings, lambda a, b: a != b),
        "interval": plain_alpha(codings, lambda a, b: (a - b) ** 2),
        "ratio": plain_alpha(codings, lambda a, b: ((a - b) / (a + b)) ** 2),
    }
    for metric, value in expected.items():
        found = krippendorff_alpha(codings, metric)
        assert found == (None if value is None else pytest.approx(value)), metric
    by_function = krippendorff_alpha(codings, lambda a, b: (a - b) ** 2)
    assert by_function == krippendorff_alpha(codings, "interval")
    renamed = [[v and "xyz"[v - 1] for v in row] for row in codings]
    assert krippendorff_alpha(renamed) == krippendorff_alpha(codings)


def test_alpha_interval_is_that_of_resampled_units() -> None:
    generator = rng()
    truth = generator.integers(0, 3, 40)
    second = np.where(generator.random(40) < 0.8, truth, generator.integers(0, 3, 40))
    for metric in ("nominal", "ordinal"):
        found = krippendorff_alpha_interval([truth, second], rng(), metric, draws=150)
        assert found is not None
        plain = []
        for row in rng().integers(0, 40, (150, 40)):
            plain.append(krippendorff_alpha([truth[row], second[row]], metric))
        assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain, [0.025, 0.975])))


@given(arrays(np.int64, (5, 4), elements=st.integers(0, 2)))
def test_kappa_is_nearly_alpha_when_all_code_all(codings: np.ndarray) -> None:
    counts = np.stack([(codings == value).sum(axis=1) for value in range(3)], axis=1)
    kappa, alpha = fleiss_kappa(counts), krippendorff_alpha(codings.T)
    assert (kappa is None) == (alpha is None)
    if kappa is not None and alpha is not None:
        # they differ only in that alpha draws pairs without replacement
        assert 1 - alpha == pytest.approx((1 - kappa) * (1 - 1 / codings.size))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=6, max_size=30))
def test_cramers_v_agrees_with_chi_square(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    table = np.array(
        [[pairs.count((a, b)) for b in sorted(set(second))] for a in sorted(set(first))]
    )
    found = cramers_v(first, second, bias_corrected=False)
    if min(table.shape) < 2:
        assert found is None
        return
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / len(pairs)
    chi2 = np.sum((table - expected) ** 2 / expected)
    assert found == pytest.approx(math.sqrt(chi2 / len(pairs) / (min(table.shape) - 1)), abs=1e-9)
    corrected = cramers_v(first, second)
    assert corrected is None or 0 <= corrected <= 1


def test_corrected_v_of_unrelated_labels_is_near_nought() -> None:
    generator = rng()
    first, second = generator.integers(0, 5, 200), generator.integers(0, 20, 200)
    plain = cramers_v(first, second, bias_corrected=False)
    assert plain is not None and plain > 0.25
    test = cramers_v_test(first, second, generator, draws=199)
    assert test is not None
    assert test.observed == cramers_v(first, second)
    assert test.mean < 0.08 and test.p_upper > 0.01
    same = cramers_v_test(first, first, generator, draws=99)
    assert same is not None and same.p_upper == 1 / 100
