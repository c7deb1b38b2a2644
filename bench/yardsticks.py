"""Ours against what one would use or write instead, on the same made-up data in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from logging import ERROR, getLogger
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.timing import Absent, Timing, ratio
from hedgerow.methods.brokerage import brokerage
from hedgerow.methods.catchment import step_weights, two_step_access

SEED = 20221201
"""Of the random networks and places."""

UNITS, ARCS, GROUPS = 1_500, 90_000, 60

SCHOOLS, HUBS, REACH_KM = 16_800, 130, 40.0
"""The primaries of England and, nearly, its hubs of every kind."""
SQUARE_KM = 361.0
"""Side of a square as large as England."""
ZONES = {10.0: 1.0, 20.0: 0.68, 40.0: 0.22}
"""Weight of a trip by the distance up to which it counts, in kilometres."""


def network() -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Give a random directed network as a table, and the group of each unit."""
    rng = np.random.default_rng(SEED)
    places = rng.choice(UNITS * (UNITS - 1), size=ARCS, replace=False)
    rows, columns = np.divmod(places, UNITS - 1)
    columns = columns + (columns >= rows)
    table = np.zeros((UNITS, UNITS), dtype=bool)
    table[rows, columns] = True
    return table, rng.integers(0, GROUPS, size=UNITS)


def plain_brokerage(table: NDArray[np.bool_], groups: list[int]) -> list[list[int]]:
    """Count brokerage as one would write it down: every open path of two steps, one at a time.

    Returns
    -------
    list of lists
        For each unit: coordinator, itinerant, in gate, out gate, liaison.
    """
    sends = [set(np.flatnonzero(row).tolist()) for row in table]
    receives = [np.flatnonzero(column).tolist() for column in table.T]
    counts = []
    for unit, senders in enumerate(receives):
        mine = groups[unit]
        coordinator = itinerant = in_gate = out_gate = liaison = 0
        for sender in senders:
            known = sends[sender]
            theirs = groups[sender]
            for receiver in sends[unit]:
                if receiver == sender or receiver in known:
                    continue
                last = groups[receiver]
                if theirs == mine:
                    if last == mine:
                        coordinator += 1
                    else:
                        out_gate += 1
                elif last == mine:
                    in_gate += 1
                elif last == theirs:
                    itinerant += 1
                else:
                    liaison += 1
        counts.append([coordinator, itinerant, in_gate, out_gate, liaison])
    return counts


def brokerage_timing() -> Timing:
    """Time brokerage against the plain count; stops the bench where they do not agree."""
    table, groups = network()
    listed = groups.tolist()
    if not np.array_equal(brokerage(table, groups).table()[:, :5], plain_brokerage(table, listed)):
        raise AssertionError("brokerage and its plain count do not agree")
    return Timing(
        "brokerage, times as quick as a plain count in Python",
        1 / ratio(partial(brokerage, table, groups), partial(plain_brokerage, table, listed)),
        20,
        "times",
        is_least=True,
    )


@dataclass(frozen=True, eq=False)
class Trips:
    """Schools and hubs strewn over a square, and every trip of a school to a hub in reach."""

    pupils: NDArray[np.float64]
    places: NDArray[np.float64]
    school: NDArray[np.int64]
    hub: NDArray[np.int64]
    km: NDArray[np.float64]


def trips() -> Trips:
    """Give the schools and hubs."""
    rng = np.random.default_rng(SEED)
    schools = rng.uniform(0, SQUARE_KM, size=(SCHOOLS, 2))
    hubs = rng.uniform(0, SQUARE_KM, size=(HUBS, 2))
    km = np.linalg.norm(schools[:, None] - hubs[None], axis=2)
    school, hub = np.nonzero(km <= REACH_KM)
    return Trips(
        pupils=rng.integers(40, 700, size=SCHOOLS).astype(float),
        places=rng.integers(50, 400, size=HUBS).astype(float),
        school=school,
        hub=hub,
        km=km[school, hub],
    )


def our_access(made: Trips) -> NDArray[np.float64]:
    """Give access by Hedgerow's own floating catchments, from distances to figures."""
    weight = step_weights(made.km, list(ZONES), list(ZONES.values()))
    return two_step_access(made.pupils, made.places, made.school, made.hub, weight)


def pysal_access(made: Trips) -> Any:
    """Give PySAL's table of access of the same trips, ready to be asked for figures."""
    import pandas as pd

    return import_module("access").Access(
        demand_df=pd.DataFrame({"school": np.arange(SCHOOLS), "pupils": made.pupils}),
        demand_index="school",
        demand_value="pupils",
        supply_df=pd.DataFrame({"hub": np.arange(HUBS), "places": made.places}),
        supply_index="hub",
        supply_value="places",
        cost_df=pd.DataFrame({"school": made.school, "hub": made.hub, "km": made.km}),
        cost_origin="school",
        cost_dest="hub",
        cost_name="km",
    )


def access_timing() -> Timing | Absent:
    """Time floating catchments against PySAL's; stops the bench where they do not agree."""
    what = "floating catchments, times as quick as PySAL access"
    if find_spec("access") is None:
        return Absent(what, "PySAL's access (BSD) is not there: .venv/bin/pip install access")
    made = trips()
    theirs = pysal_access(made)
    # it says at every call that it writes its column anew
    getLogger("access").setLevel(ERROR)
    weigh = import_module("access.weights").step_fn(ZONES)
    ask = partial(theirs.enhanced_two_stage_fca, name="fca", weight_fn=weigh, max_cost=REACH_KM)
    found = ask()["fca_places"].reindex(range(SCHOOLS)).fillna(0.0).to_numpy()
    if not np.allclose(our_access(made), found, rtol=1e-9, atol=1e-12):
        raise AssertionError("our floating catchments and PySAL's do not agree")
    return Timing(what, 1 / ratio(partial(our_access, made), ask), 4, "times", is_least=True)


def yardstick_timings() -> Iterator[Timing | Absent]:
    """Take each in turn."""
    yield brokerage_timing()
    yield access_timing()
