"""Random samples whose totals match the population's: the cube method."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_CLOSE = 1e-9


def balanced_sample(
    chances: ArrayLike, balance: ArrayLike, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """A random sample with given chances of inclusion, balanced on given variables.

    A sample is balanced when ``sum_s x_i / pi_i`` over the sample is the population total of x.
    The flight moves the chances at random along directions that keep all those sums until at
    most p chances are undecided; the landing decides these, giving up the variables one by
    one, from the last.

    Parameters
    ----------
    chances : array of shape (n,)
        Chance of each unit to be drawn, 0 to 1. If they add up to a whole number, the sample
        has that size exactly.
    balance : array of shape (n, p)
        Variables to balance on, the most important first. The fixed size is kept before all of
        them and need not be listed.
    rng
        Source of randomness.

    Returns
    -------
    array of bool, shape (n,)

    Raises
    ------
    ValueError
        If chances are outside 0 to 1, or shapes differ or values are not finite.

    Notes
    -----
    Laws: each unit is drawn with exactly its chance; certain and excluded units stay so.
    Balance is exact only if the numbers allow, and looser the more variables there are for
    the size of the sample.

    References
    ----------
    [deville2004]
    """
    pi = np.array(chances, dtype=float)
    x = np.asarray(balance, dtype=float)
    if pi.ndim != 1 or np.any(~np.isfinite(pi)) or np.any((pi < 0) | (pi > 1)):
        raise ValueError("chances must lie within 0 to 1")
    if x.ndim != 2 or len(x) != pi.size or not np.all(np.isfinite(x)):
        raise ValueError("balance must be a finite table with a row for each unit")
    drawn = pi > 0
    # in units of the sample: x / pi; the first row keeps the size
    constraints = np.zeros((x.shape[1] + 1, pi.size))
    constraints[0] = 1.0
    constraints[1:, drawn] = (x[drawn] / pi[drawn, None]).T
    _scale(constraints)
    _fly(pi, constraints, rng)
    for kept in range(len(constraints), -1, -1):
        if not _undecided(pi).size:
            break
        _fly(pi, constraints[:kept], rng)
    return pi > 0.5


def _scale(constraints: NDArray[np.float64]) -> None:
    """Bring every constraint to unit length, so that one tolerance fits all."""
    length = np.sqrt((constraints**2).sum(axis=1, keepdims=True))
    np.divide(constraints, length, out=constraints, where=length > 0)


def _undecided(pi: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.flatnonzero((pi > _CLOSE) & (pi < 1 - _CLOSE))


def _fly(
    pi: NDArray[np.float64], constraints: NDArray[np.float64], rng: np.random.Generator
) -> None:
    """Move undecided chances, p + 1 units at a time, until the constraints forbid more."""
    window = len(constraints) + 1
    queue = list(rng.permutation(_undecided(pi)))
    active: list[int] = []
    while True:
        active = [unit for unit in active if _CLOSE < pi[unit] < 1 - _CLOSE]
        while queue and len(active) < window:
            active.append(int(queue.pop()))
        if not active:
            return
        units = np.array(active)
        direction = _free_direction(constraints[:, units])
        if direction is None:
            return
        _step(pi, units, direction, rng)


def _free_direction(constraints: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """A direction that changes no constrained sum; ``None`` when there is none."""
    if not len(constraints):
        direction = np.zeros(constraints.shape[1])
        direction[0] = 1.0
        return direction
    _, sizes, rows = np.linalg.svd(constraints, full_matrices=True)
    rank = int(np.sum(sizes > 1e-10 * max(float(sizes.max(initial=0.0)), 1e-300)))
    return None if rank == constraints.shape[1] else np.asarray(rows[-1])


def _step(
    pi: NDArray[np.float64],
    units: NDArray[np.int64],
    direction: NDArray[np.float64],
    rng: np.random.Generator,
) -> None:
    """Go as far as one way or the other allows, with chances that keep the mean in place."""
    moving = np.abs(direction) > 1e-12
    now, way = pi[units[moving]], direction[moving]
    room_up = np.where(way > 0, (1 - now) / way, -now / way).min()
    room_down = np.where(way > 0, now / way, (now - 1) / way).min()
    up = rng.random() < room_down / (room_up + room_down)
    new = now + (room_up if up else -room_down) * way
    new[new < _CLOSE] = 0.0
    new[new > 1 - _CLOSE] = 1.0
    pi[units[moving]] = new
