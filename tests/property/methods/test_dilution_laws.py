"""Laws of loss along hand-overs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.methods.dilution import expected_loss, share_lost

shares = st.lists(st.floats(0, 1), max_size=6)


@given(shares, st.integers(1, 5))
def test_loss_is_a_share_and_falls_with_repetition(kept, cycles):
    once, often = share_lost(kept), share_lost(kept, cycles)
    assert 0 <= often <= once + 1e-12 <= 1 + 1e-12
    assert share_lost(kept, 1) == once


@given(shares, st.floats(0, 1))
def test_a_further_hand_over_never_loses_less(kept, another):
    assert share_lost([*kept, another]) >= share_lost(kept) - 1e-12


@given(st.integers(0, 6))
def test_nothing_is_lost_where_all_is_kept(levels):
    assert share_lost([1.0] * levels) == 0


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=4).filter(any),
    st.floats(0.5, 20),
    st.floats(0.5, 20),
    st.integers(1, 4),
)
def test_expected_loss_is_within_the_prior_and_falls_with_repetition(weights, a, b, cycles):
    rng = np.random.default_rng(3)
    found = expected_loss(weights, a, b, rng, cycles=cycles, draws=200)
    assert 0 <= found.low <= found.high <= 1
    again = expected_loss(weights, a, b, rng, cycles=cycles + 1, draws=200)
    assert again.expected <= found.expected + 1e-12
    # longer chains lose more
    longer = expected_loss([0, *weights], a, b, rng, cycles=cycles, draws=200)
    assert longer.expected >= found.expected - 1e-12
    assert longer.expected == pytest.approx(
        1 - (1 - found.expected) * (1 - expected_loss([1], a, b, rng, cycles=cycles).expected)
    )
