"""Access to places of limited supply: floating catchments, and a rational choice with crowding."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def step_weights(
    cost: ArrayLike, limits: Sequence[float], weights: Sequence[float]
) -> NDArray[np.float64]:
    """Weight of a trip by zones of cost: the weight of the first limit not exceeded, else 0.

    Parameters
    ----------
    cost : array
        Distances or times.
    limits
        Upper ends of the zones, rising; a cost equal to a limit lies within it.
    weights
        Weight of each zone, zero or more.

    Raises
    ------
    ValueError
        If limits do not rise, or differ in number from the weights; if a weight is below 0; or if a
        cost is below 0 or unknown.
    """
    edges, values = np.asarray(limits, dtype=float), np.asarray(weights, dtype=float)
    if edges.shape != values.shape or not np.all(np.diff(edges) > 0):
        raise ValueError("limits must rise, with a weight for each")
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError("weights must be finite and zero or more")
    zone = np.searchsorted(edges, _costs(cost), side="left")
    return np.append(values, 0.0)[zone]


def gaussian_weights(cost: ArrayLike, limit: float) -> NDArray[np.float64]:
    """Weight of a trip that falls smoothly from 1 at no cost to 0 at the limit and beyond.

    ``(exp(-(c / limit)^2 / 2) - exp(-1/2)) / (1 - exp(-1/2))``

    Raises
    ------
    ValueError
        If the limit is not above 0 and finite, or a cost is below 0 or unknown.

    References
    ----------
    [dai2010]
    """
    if not 0 < limit < np.inf:
        raise ValueError(f"limit must be finite and above 0, found {limit}")
    ratio = np.minimum(_costs(cost), limit) / limit
    floor = np.exp(-0.5)
    return np.maximum((np.exp(-(ratio**2) / 2) - floor) / (1 - floor), 0.0)


def two_step_access(
    demand: ArrayLike,
    supply: ArrayLike,
    origin: ArrayLike,
    destination: ArrayLike,
    weight: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Two-step floating catchment access of every origin.

    ``A_i = sum_j w_ij S_j / sum_k w_kj D_k``: supply within reach, each place shared among the
    demand within its own reach.

    Parameters
    ----------
    demand : array of shape (n,)
        People, say, at each origin, zero or more.
    supply : array of shape (m,)
        Places at each destination, zero or more.
    origin, destination : arrays of int, shape (links,)
        Pairs within reach; a pair that is not listed is out of reach.
    weight : array of shape (links,), optional
        Zero or more; all 1 (the plain 2SFCA) unless given. Weights that fall with cost give
        the enhanced form (E2SFCA): see :func:`step_weights` and :func:`gaussian_weights`.

    Returns
    -------
    array of shape (n,)
        Supply for each unit of demand. An origin with nothing in reach gets 0, not a missing
        value: cold spots must survive every mean and map. A destination that no demand
        reaches gives nothing to anybody.

    Raises
    ------
    ValueError
        If lengths differ, a link names a row that does not exist or a value is negative.

    Notes
    -----
    Laws: ``sum_i D_i A_i`` is the total supply that some demand reaches; with every pair in
    reach all get total supply over total demand; doubling supply doubles access. Everybody in
    reach is assumed to compete equally, used or not.

    References
    ----------
    [luo2003], [luo2009]
    """
    d, s, i, j, w = _checked(demand, supply, origin, destination, weight)
    return _shared_out(d, s, i, j, w, w)


def three_step_access(
    demand: ArrayLike,
    supply: ArrayLike,
    origin: ArrayLike,
    destination: ArrayLike,
    weight: ArrayLike,
) -> NDArray[np.float64]:
    """Three-step floating catchment access, in which origins divide themselves over places.

    As :func:`two_step_access`, with ``w_ij g_ij`` in place of ``w_ij``, where
    ``g_ij = w_ij / sum_l w_il`` is the share of i's choice that falls on j. It does not let
    demand count in full at every place in reach.

    References
    ----------
    [wan2012]
    """
    d, s, i, j, w = _checked(demand, supply, origin, destination, weight)
    total = np.bincount(i, w, minlength=d.size)[i]
    chosen = w * np.divide(w, total, out=np.zeros_like(w), where=total > 0)
    return _shared_out(d, s, i, j, chosen, chosen)


def crowding_access(
    demand: ArrayLike,
    supply: ArrayLike,
    origin: ArrayLike,
    destination: ArrayLike,
    cost: ArrayLike,
    tau: float,
    rho: float | None = None,
    tolerance: float = 1e-5,
    rounds: int = 2000,
) -> NDArray[np.float64]:
    """Cost of access when all choose the place that is cheapest in travel and crowding.

    The rational agent access model: a place costs ``load_j / (rho S_j) + cost_ij / tau``; demand
    moves until nobody gains by changing place (the unique equilibrium loads). Solved by filling
    each origin's cheapest places in turn until loads stand still.

    Parameters
    ----------
    demand, supply, origin, destination
        As in :func:`two_step_access`.
    cost : array of shape (links,)
        Travel cost, zero or more.
    tau
        Travel cost that weighs as much as crowding at the rate ``rho``, above 0.
    rho
        Demand per supply that counts as 1; total demand over total supply unless given.
    tolerance
        Share of the total cost that could still be saved by moving when the search stops.
    rounds
        Most passes over the origins.

    Returns
    -------
    array of shape (n,)
        Cost, 0 or more, *lower is better*; infinite for an origin with no supply in reach.

    Raises
    ------
    ValueError
        As :func:`two_step_access`; if ``tau`` is not above 0, or loads do not settle.

    References
    ----------
    [saxon2020]
    """
    d, s, i, j, c = _checked(demand, supply, origin, destination, cost)
    if not tau > 0:
        raise ValueError(f"tau must be above 0, found {tau}")
    if not s.any():
        return np.full(d.size, np.inf)
    rate = d.sum() / s.sum() if rho is None else rho
    usable = s[j] > 0
    i, j, c = i[usable], j[usable], c[usable] / tau
    order = np.argsort(i, kind="stable")
    i, j, c = i[order], j[order], c[order]
    starts = np.searchsorted(i, np.arange(d.size + 1))
    room = rate * s
    load = np.zeros(s.size)
    flow = np.zeros(j.size)
    reached = np.flatnonzero(np.diff(starts))
    for _ in range(rounds):
        for unit in reached:
            part = slice(starts[unit], starts[unit + 1])
            places = j[part]
            others = load[places] - flow[part]
            new = _fill(d[unit], others / room[places] + c[part], room[places])
            np.add.at(load, places, new - flow[part])
            flow[part] = new
        price = load[j] / room[j] + c
        level = np.full(d.size, np.inf)
        np.minimum.at(level, i, price)
        # what all would save if each could move alone to the cheapest place, against what they pay
        if flow @ (price - level[i]) <= tolerance * (flow @ price):
            return level
    raise ValueError(f"loads did not settle in {rounds} rounds")


def _costs(cost: ArrayLike) -> NDArray[np.float64]:
    """Costs as an array; infinite where a place cannot be reached."""
    costs = np.asarray(cost, dtype=float)
    if not np.all(costs >= 0):
        raise ValueError("costs must be zero or more: leave out trips whose cost is not known")
    return costs


def _fill(
    amount: float, price: NDArray[np.float64], room: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Pour an amount into vessels with floors at ``price`` and width ``room``; what each holds."""
    order = np.argsort(price, kind="stable")
    floor, width = price[order], np.cumsum(room[order])
    # level if the first k vessels are used
    levels = (amount + np.cumsum(room[order] * floor)) / width
    used = int(np.argmax(np.append(levels[:-1] <= floor[1:], True)))
    return np.maximum(levels[used] - price, 0.0) * room


def _shared_out(
    demand: NDArray[np.float64],
    supply: NDArray[np.float64],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    asked: NDArray[np.float64],
    got: NDArray[np.float64],
) -> NDArray[np.float64]:
    competing = np.bincount(j, asked * demand[i], minlength=supply.size)
    ratio = np.divide(supply, competing, out=np.zeros_like(supply), where=competing > 0)
    return np.bincount(i, got * ratio[j], minlength=demand.size).astype(float)


def _checked(
    demand: ArrayLike,
    supply: ArrayLike,
    origin: ArrayLike,
    destination: ArrayLike,
    weight: ArrayLike | None,
) -> tuple[
    NDArray[np.float64],
    NDArray[np.float64],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.float64],
]:
    d, s = np.asarray(demand, dtype=float), np.asarray(supply, dtype=float)
    i, j = np.asarray(origin, dtype=np.int64), np.asarray(destination, dtype=np.int64)
    w = np.ones(i.size) if weight is None else np.asarray(weight, dtype=float)
    if not i.shape == j.shape == w.shape or i.ndim != 1:
        raise ValueError(f"links differ in length: {i.size}, {j.size} and {w.size}")
    if i.size and (min(i.min(), j.min()) < 0 or i.max() >= d.size or j.max() >= s.size):
        raise ValueError(f"links must name origins 0-{d.size - 1}, destinations 0-{s.size - 1}")
    for name, values in (("demand", d), ("supply", s), ("weight or cost", w)):
        if not np.all(np.isfinite(values)) or np.any(values < 0):
            raise ValueError(f"{name} must be finite and zero or more")
    return d, s, i, j, w
