"""Laws of carried paths, sole joins and stacked effects, and plain counts beside the fast ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.beta_share import posterior_share
from hedgerow.methods.carried_paths import reach
from hedgerow.methods.fragmentation import reach_efficiency
from hedgerow.methods.interlock import sole_joins
from hedgerow.methods.rate_interval import rate_interval
from hedgerow.methods.stacked import Window, mean_effect_draws, stacked_effects
from hedgerow.methods.staggered import group_time_effects, simple_effect

networks = st.integers(2, 9).flatmap(
    lambda n: arrays(np.int8, (n, n), elements=st.integers(0, 1)).map(
        lambda table: table * (1 - np.eye(n, dtype=np.int8))
    )
)


@given(networks, st.data())
def test_reach_agrees_with_path_lengths(ties: np.ndarray, data: st.DataObject) -> None:
    n = len(ties)
    some = st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True)
    sources, targets = data.draw(some), data.draw(some)
    found = reach(np.argwhere(ties), n, sources, targets)
    assert found.closeness[0] == pytest.approx(reach_efficiency(ties, sources, targets))


@given(networks, st.data())
def test_losing_arcs_never_brings_anything_nearer(ties: np.ndarray, data: st.DataObject) -> None:
    arcs = np.argwhere(ties)
    kept = data.draw(arrays(bool, (3, len(arcs))))
    fewer = kept & data.draw(arrays(bool, (3, len(arcs))))
    every = list(range(len(ties)))
    more, less = (reach(arcs, len(ties), every, every, one) for one in (kept, fewer))
    assert (less.closeness <= more.closeness + 1e-12).all()
    assert (less.nearest >= more.nearest).all()
    # a case is what its arcs alone would give
    for case, row in enumerate(kept):
        alone = reach(arcs[row], len(ties), every, every)
        assert more.closeness[case] == pytest.approx(alone.closeness[0])


def test_more_sources_than_a_word_has_bits() -> None:
    rng = np.random.default_rng(3)
    ties = (rng.random((150, 150)) < 0.02) & ~np.eye(150, dtype=bool)
    sources, targets = np.arange(140), np.arange(100, 150)
    found = reach(np.argwhere(ties), 150, sources, targets)
    assert found.closeness[0] == pytest.approx(reach_efficiency(ties, sources, targets))


@given(arrays(np.int8, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.integers(0, 1)))
def test_sole_joins_agree_with_the_plain_count(table: np.ndarray) -> None:
    alone = [0] * len(table)
    joined = 0
    for one, other in itertools.combinations(range(table.shape[1]), 2):
        both = [row for row in range(len(table)) if table[row, one] and table[row, other]]
        joined += bool(both)
        if len(both) == 1:
            alone[both[0]] += 1
    found = sole_joins(table)
    assert (found.joined, found.sole, found.alone.tolist()) == (joined, sum(alone), alone)


panels = st.tuples(st.integers(3, 12), st.integers(4, 9)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=st.sampled_from([0.0, 1.0])),
        st.lists(
            st.sampled_from([np.inf, np.inf, *range(1, shape[1])]),
            min_size=shape[0],
            max_size=shape[0],
        ),
    )
)


@given(panels, st.data())
def test_what_befalls_everybody_changes_no_effect(panel, data: st.DataObject) -> None:
    outcomes, begins = panel
    window = Window(3, 3, 1, 0.0)
    shift = data.draw(arrays(float, outcomes.shape[1], elements=st.integers(0, 5).map(float)))
    plain, moved = (stacked_effects(one, begins, window) for one in (outcomes, outcomes + shift))
    assert moved.units.tolist() == plain.units.tolist()
    assert moved.effects == pytest.approx(plain.effects)
    assert moved.paths == pytest.approx(plain.paths, nan_ok=True)


@given(panels)
def test_unit_and_period_alone_give_no_effect(panel) -> None:
    outcomes, begins = panel
    made = outcomes[:, :1] + outcomes[:1]
    assert stacked_effects(made, begins, Window(3, 3, 0, 0.0)).effects == pytest.approx(0)


@given(panels)
def test_weights_of_one_give_the_mean(panel) -> None:
    outcomes, begins = panel
    effects = stacked_effects(outcomes, begins).effects
    ones = np.ones((1, len(outcomes)), dtype=np.int64)
    drawn = mean_effect_draws(outcomes, begins, ones)
    assert drawn == pytest.approx([effects.mean() if effects.size else np.nan], nan_ok=True)


@given(panels, st.integers(1, 3))
def test_one_cohort_agrees_with_staggered_effects(panel, column: int) -> None:
    """With one period before, all after and never-beginners alone it is the simple effect."""
    outcomes, begins = panel
    one = np.array([float(column) if np.isfinite(begin) else np.inf for begin in begins])
    if not np.isfinite(one).any() or np.isfinite(one).all():
        return
    stacked = stacked_effects(outcomes, one, Window(1, outcomes.shape[1], 0, 0.0))
    periods = np.arange(outcomes.shape[1], dtype=float)
    effects = group_time_effects(outcomes, periods, one)
    assert stacked.effects.mean() == pytest.approx(simple_effect(effects))


def test_a_drop_is_found_and_none_is_not() -> None:
    """Twelve joiners and sixty others, half of all terms: means over 200 drawings."""
    rng = np.random.default_rng(23)
    dropped, nothing = [], []
    for _ in range(200):
        level = rng.beta(2, 2, size=72)
        outcomes = (rng.random((72, 12)) < level[:, None]).astype(float)
        begins = np.where(np.arange(72) < 12, 6.0, np.inf)
        nothing.append(stacked_effects(outcomes, begins).effects.mean())
        outcomes[:12, 6:] *= rng.random((12, 6)) < 0.5
        dropped.append(stacked_effects(outcomes, begins).effects.mean())
    assert np.mean(nothing) == pytest.approx(0, abs=0.02)
    # those active before have a level of some 0.55 on the whole, of which a half goes
    assert np.mean(dropped) == pytest.approx(-0.28, abs=0.05)


@given(st.integers(0, 40), st.integers(0, 40))
def test_posterior_mirrors(successes: int, failures: int) -> None:
    one, other = posterior_share(successes, failures), posterior_share(failures, successes)
    assert one.low <= one.mean <= one.high
    assert one.low == pytest.approx(1 - other.high)
    wider = posterior_share(10 * successes, 10 * failures)
    assert wider.high - wider.low <= one.high - one.low + 1e-12


@given(st.integers(0, 60), st.floats(0.1, 50))
def test_rate_scales_with_exposure(count: int, exposure: float) -> None:
    low, high = rate_interval(count, exposure)
    assert low <= count / exposure <= high
    assert (low, high) == pytest.approx([end * 2 for end in rate_interval(count, 2 * exposure)])
