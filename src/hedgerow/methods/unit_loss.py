"""How far a figure of ties could move if as many units again had not been heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hedgerow.methods.network import checked_pairs

_CHUNK_CELLS = 2_000_000


def share_under_loss(
    marks: ArrayLike,
    pairs: ArrayLike,
    n: int,
    lost: float,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> tuple[float, float] | None:
    """Range of the share of marked ties when a share of units is lost with all its ties.

    Parameters
    ----------
    marks : array of bool, shape (m,)
        Which ties are marked (such as: they cross between groups).
    pairs : array of int, shape (m, 2)
        The ties, by row numbers.
    n
        Number of units.
    lost
        Share of units lost in each draw, 0 to below 1.
    rng
        Source of randomness.
    draws
        Number of losses drawn; those that leave no tie are left out.
    level
        Of the central interval.

    Returns
    -------
    (low, high) or None
        ``None`` when nothing is lost, or no draw leaves a tie.

    Notes
    -----
    What is already missing is taken to be like what is here: the interval says how much a figure
    depends on who was heard, not what those not heard would have said.

    References
    ----------
    [borgatti2006robustness]
    """
    flags = np.asarray(marks, dtype=bool)
    table = checked_pairs(pairs, n)
    if len(table) != flags.size:
        raise ValueError(f"marks must be one for each tie, found {flags.size} for {len(table)}")
    if not 0 <= lost < 1:
        raise ValueError(f"lost must be a share from 0 to below 1, found {lost}")
    count = round(lost * n)
    if not count:
        return None
    shares = []
    step = max(1, _CHUNK_CELLS // max(n, flags.size))
    for start in range(0, draws, step):
        order = rng.random((min(step, draws - start), n)).argsort(axis=1)
        stays = order >= count
        kept = stays[:, table[:, 0]] & stays[:, table[:, 1]]
        ties = kept.sum(axis=1)
        marked = (kept & flags).sum(axis=1)
        shares.append(marked[ties > 0] / ties[ties > 0])
    values = np.concatenate(shares)
    if not values.size:
        return None
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
