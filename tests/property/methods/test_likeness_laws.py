"""Laws of likeness and of groups of like things, with plain references."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.gower import gower_dissimilarity
from hedgerow.methods.medoids import partition_around_medoids, silhouette_widths
from hedgerow.methods.similarity import likeness_gap, ruzicka_similarity


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


@given(arrays(float, (6, 3), elements=st.sampled_from([0, 1, 2, float("nan")])))
def test_dissimilarity_agrees_with_the_plain_sum(items: np.ndarray) -> None:
    kinds = ["numeric", "nominal", "ordinal"]
    found = gower_dissimilarity(list(items.T), kinds)
    for i, j in itertools.combinations(range(6), 2):
        parts = []
        for v, kind in enumerate(kinds):
            column = items[:, v]
            a, b = column[i], column[j]
            if np.isnan(a) or np.isnan(b):
                continue
            if kind == "nominal":
                parts.append(float(a != b))
                continue
            known = sorted({c for c in column if not np.isnan(c)})
            if kind == "ordinal":
                a, b, top = known.index(a), known.index(b), len(known) - 1
            else:
                top = known[-1] - known[0]
            parts.append(abs(a - b) / top if top else 0.0)
        expected = np.mean(parts) if parts else np.nan
        assert found[i, j] == pytest.approx(expected, nan_ok=True)
        assert found[j, i] == pytest.approx(found[i, j], nan_ok=True)


@given(arrays(float, (7, 2), elements=st.integers(0, 9)), st.integers(1, 3))
def test_no_single_swap_betters_the_medoids(points: np.ndarray, k: int) -> None:
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    found = partition_around_medoids(apart, k)

    def cost(medoids: tuple[int, ...]) -> float:
        return float(apart[:, list(medoids)].min(axis=1).mean())

    chosen = tuple(found.medoids.tolist())
    assert found.cost == pytest.approx(cost(chosen))
    assert len(set(chosen)) == k
    for position in range(k):
        for unit in set(range(7)) - set(chosen):
            trial = (*chosen[:position], unit, *chosen[position + 1 :])
            assert cost(trial) >= found.cost - 1e-9


def test_swaps_go_on_until_none_betters() -> None:
    generator = rng()
    for _ in range(25):
        points = generator.random((24, 2))
        apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
        found = partition_around_medoids(apart, 5)
        for position, unit in itertools.product(range(5), range(24)):
            trial = found.medoids.copy()
            trial[position] = unit
            assert apart[:, trial].min(axis=1).mean() >= found.cost - 1e-12


@given(arrays(float, (6, 2), elements=st.integers(0, 9)), st.data())
def test_silhouettes_agree_with_the_plain_means(points: np.ndarray, data) -> None:
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    labels = np.array(data.draw(st.lists(st.integers(0, 2), min_size=6, max_size=6)))
    assume(len(set(labels)) > 1)
    found = silhouette_widths(apart, labels)
    for i in range(6):
        own = [apart[i, j] for j in range(6) if j != i and labels[j] == labels[i]]
        other = min(
            np.mean(apart[i, labels == label]) for label in set(labels) if label != labels[i]
        )
        a = np.mean(own) if own else 0.0
        expected = 0.0 if not own or max(a, other) == 0 else (other - a) / max(a, other)
        assert found[i] == pytest.approx(expected)


@given(arrays(float, (5, 6), elements=st.sampled_from([0, 0.5, 1, float("nan")])))
def test_likeness_agrees_with_the_plain_count(items: np.ndarray) -> None:
    found = ruzicka_similarity(items)
    for i, j in itertools.product(range(5), repeat=2):
        asked = [v for v in range(6) if not np.isnan(items[[i, j], v]).any()]
        either = sum(max(items[i, v], items[j, v]) for v in asked)
        both = sum(min(items[i, v], items[j, v]) for v in asked)
        expected = both / either if either else np.nan
        assert found[i, j] == pytest.approx(expected, nan_ok=True)


def test_likeness_gap_agrees_with_a_plain_permutation() -> None:
    generator = rng()
    items = (generator.random((14, 8)) < 0.4).astype(float)
    items[3, :] = np.nan
    labels: list = [*"aaaabbbbcccc", None, "c"]
    similarity = ruzicka_similarity(items)

    def gap(dealt: list) -> tuple[float, float]:
        pairs = [
            (similarity[i, j], dealt[i] == dealt[j])
            for i, j in itertools.combinations(range(14), 2)
            if dealt[i] is not None and dealt[j] is not None and not np.isnan(similarity[i, j])
        ]
        within = np.mean([s for s, same in pairs if same])
        return float(within), float(np.mean([s for s, same in pairs if not same]))

    found = likeness_gap(similarity, labels, generator, draws=400)
    assert found is not None
    assert (found.within, found.between) == pytest.approx(gap(labels))
    known = [label for label in labels if label]
    plain = []
    for _ in range(400):
        dealt = generator.permutation(known).tolist()
        dealt.insert(12, None)
        within, between = gap(dealt)
        plain.append(within - between)
    assert found.gap.mean == pytest.approx(np.mean(plain), abs=0.01)
    assert found.gap.sd == pytest.approx(np.std(plain), rel=0.2)
