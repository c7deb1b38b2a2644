"""Laws of access, with a plain reference."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.methods.catchment import crowding_access, three_step_access, two_step_access

PLACES = st.tuples(st.integers(1, 6), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape[0], elements=st.integers(1, 9)),
        arrays(float, shape[1], elements=st.integers(0, 9)),
        arrays(float, shape, elements=st.sampled_from([0, 0.25, 1])),
    )
)


def plain_access(demand: np.ndarray, supply: np.ndarray, weight: np.ndarray) -> list[float]:
    found = []
    for i in range(len(demand)):
        total = 0.0
        for j in range(len(supply)):
            competing = sum(weight[k, j] * demand[k] for k in range(len(demand)))
            if competing > 0:
                total += weight[i, j] * supply[j] / competing
        found.append(total)
    return found


@given(PLACES)
def test_access_agrees_with_the_plain_sum_and_gives_out_what_there_is(places) -> None:
    demand, supply, weight = places
    i, j = np.nonzero(weight)
    found = two_step_access(demand, supply, i, j, weight[i, j])
    assert found.tolist() == pytest.approx(plain_access(demand, supply, weight))
    reached = weight.any(axis=0)
    assert found @ demand == pytest.approx(supply[reached].sum())
    assert found[~weight.any(axis=1)].tolist() == [0] * int((~weight.any(axis=1)).sum())
    choice = three_step_access(demand, supply, i, j, weight[i, j])
    assert choice @ demand == pytest.approx(supply[reached].sum())
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
    assert choice.tolist() == pytest.approx(plain_access(demand, supply, weight * share))


@given(PLACES)
def test_access_without_limits_is_total_supply_over_total_demand(places) -> None:
    demand, supply, weight = places
    i, j = np.nonzero(np.ones_like(weight))
    found = two_step_access(demand, supply, i, j)
    assert found.tolist() == pytest.approx([supply.sum() / demand.sum()] * demand.size)


@given(PLACES)
def test_crowding_agrees_with_a_slow_search(places) -> None:
    demand, supply, weight = places
    supply = supply + 1
    i, j = np.nonzero(np.ones_like(weight))
    cost = weight[i, j]
    found = crowding_access(demand, supply, i, j, cost, tau=2, tolerance=1e-10)
    # demand in many small parcels, each moved in turn to the place that is cheapest just then
    rate = demand.sum() / supply.sum()
    parcels = 150
    load = np.zeros(supply.size)
    where = np.full((demand.size, parcels), -1)
    for _ in range(6):
        for parcel, unit in itertools.product(range(parcels), range(demand.size)):
            size = demand[unit] / parcels
            if where[unit, parcel] >= 0:
                load[where[unit, parcel]] -= size
            best = int(np.argmin((load + size) / (rate * supply) + weight[unit] / 2))
            where[unit, parcel] = best
            load[best] += size
    plain = [(load / (rate * supply) + weight[unit] / 2).min() for unit in range(demand.size)]
    assert found.tolist() == pytest.approx(plain, abs=0.04)
