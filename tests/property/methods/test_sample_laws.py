"""Laws of samples: drawn in balance, and what they leave unseen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.balanced_sampling import balanced_sample
from hedgerow.methods.chao import chao_estimate


def rng() -> np.random.Generator:
    return np.random.default_rng(23)


def test_balanced_samples_keep_chances_size_and_balance() -> None:
    generator = rng()
    x = generator.normal(size=(40, 3))
    chances = np.clip(generator.random(40), 0.05, 0.6)
    chances *= 10 / chances.sum()
    draws = np.array([balanced_sample(chances, x, generator) for _ in range(600)])
    assert (draws.sum(axis=1) == 10).all()
    fault = (draws.mean(axis=0) - chances) / np.sqrt(chances * (1 - chances) / 600)
    assert np.abs(fault).max() < 3.7
    totals = draws @ (x / chances[:, None])
    spread = np.sqrt(np.mean((totals - x.sum(axis=0)) ** 2, axis=0))
    assert np.all(np.abs(totals.mean(axis=0) - x.sum(axis=0)) < 5 * spread / np.sqrt(600))


@pytest.mark.parametrize(("size", "units", "at_most"), [(6, 90, 0.65), (20, 100, 0.35)])
def test_balanced_samples_are_nearer_the_population_than_random_ones(
    size: int, units: int, at_most: float
) -> None:
    generator = rng()
    x = generator.normal(size=(units, 3))
    chances = np.full(units, size / units)

    def fault(balance: np.ndarray) -> np.ndarray:
        means = [x[balanced_sample(chances, balance, generator)].mean(axis=0) for _ in range(120)]
        return np.sqrt(np.mean((np.array(means) - x.mean(axis=0)) ** 2, axis=0))

    assert np.all(fault(x) < at_most * fault(np.empty((units, 0))))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12).filter(any))
def test_unseen_is_never_below_seen(counts: list[int]) -> None:
    found = chao_estimate(counts)
    assert found.seen <= found.low <= found.total <= found.high
    assert 0 <= found.coverage <= 1
    once, twice = counts.count(1), counts.count(2)
    assert found.total == pytest.approx(found.seen + once * (once - 1) / 2 / (twice + 1))
