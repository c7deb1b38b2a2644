"""How organisations are joined by members they share, and how few members carry the joins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.curveball import curveball_tables, two_mode_table
from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class Interlock:
    """Pairs of organisations that share members.

    Attributes
    ----------
    pairs
        Number of pairs of organisations, ``k (k - 1) / 2``.
    joined
        How many of them share a member.
    density
        ``joined / pairs``, 0 to 1.
    depth
        Mean number of shared members of a joined pair, 1 or more; ``None`` without any.
    sole_concentration
        Sum over members of the squared share of joined pairs that the member alone joins: 1
        when one member is the only join of every joined pair, 0 when every pair has a second.
        ``None`` without joined pairs.
    carrier_concentration
        Herfindahl index of members' shares in the joins, each pair split evenly among those
        who join it: 1 for a single carrier, 1/c for c equal ones. ``None`` without joined pairs.
    """

    pairs: int
    joined: int
    density: float
    depth: float | None
    sole_concentration: float | None
    carrier_concentration: float | None


def interlock(table: ArrayLike) -> Interlock:
    """Interlock of the organisations of a membership table.

    Parameters
    ----------
    table : array of bool, shape (members, organisations)
        Two organisations or more. Organisations whose members are unknown do not belong here:
        bound the answer by calling once without and once with all they could have.

    Raises
    ------
    ValueError
        With fewer than two organisations, or entries other than 0 and 1.

    Notes
    -----
    Laws: density never falls when a member joins another organisation; swapping rows or columns
    changes nothing; a member of one organisation only changes nothing.

    References
    ----------
    [mizruchi1996]
    """
    members = two_mode_table(table)
    k = members.shape[1]
    if k < 2:
        raise ValueError(f"an interlock needs two organisations or more, found {k}")
    first, second = np.triu_indices(k, k=1)
    # one row a member, one column a pair of organisations
    joins = members[:, first] & members[:, second]
    carriers = joins.sum(axis=0)
    joined = int(np.count_nonzero(carriers))
    pairs = first.size
    if not joined:
        return Interlock(pairs, 0, 0.0, None, None, None)
    alone = joins[:, carriers == 1].sum(axis=1) / joined
    shared = (joins[:, carriers > 0] / carriers[carriers > 0]).sum(axis=1) / joined
    return Interlock(
        pairs,
        joined,
        joined / pairs,
        float(carriers[carriers > 0].mean()),
        float(np.sum(alone**2)),
        float(np.sum(shared**2)),
    )


@dataclass(frozen=True)
class SoleJoins:
    """Pairs of organisations that a single member joins.

    Attributes
    ----------
    joined, sole
        Pairs that share a member, and of those the ones that share only one.
    alone : array of int, shape (members,)
        How many pairs each member alone joins.
    """

    joined: int
    sole: int
    alone: NDArray[np.int64]


def sole_joins(table: ArrayLike) -> SoleJoins:
    """Count the pairs of organisations that hang on one member.

    Parameters
    ----------
    table : array of bool, shape (members, organisations)

    Notes
    -----
    Laws: the members' numbers add up to ``sole``; a second member in both organisations of a pair
    takes it from the first.

    References
    ----------
    [jasny2015]
    """
    members = two_mode_table(table)
    wide = members.astype(np.int64)
    shared = np.triu(wide.T @ wide, k=1)
    alone = np.zeros(len(members), dtype=np.int64)
    several = np.flatnonzero(wide.sum(axis=1) > 1)
    for member in several:
        own = np.flatnonzero(members[member])
        alone[member] = int(np.count_nonzero(shared[np.ix_(own, own)] == 1))
    return SoleJoins(int(np.count_nonzero(shared)), int(np.count_nonzero(shared == 1)), alone)


def interlock_test(
    table: ArrayLike, rng: np.random.Generator, draws: int = 999, level: float = 0.95
) -> NullDistribution:
    """Interlock density against random tables with the same margins.

    Each member keeps the number of organisations, each organisation the number of members.

    Parameters
    ----------
    table : array of bool, shape (members, organisations)
        Two members and two organisations or more.
    rng
        Source of randomness.
    draws
        Number of random tables.
    level
        Of the central null interval.

    References
    ----------
    [strona2014]
    """
    observed = interlock(table).density
    random = curveball_tables(table, rng, draws).astype(np.float32)
    shared = np.swapaxes(random, 1, 2) @ random > 0
    k = shared.shape[1]
    first, second = np.triu_indices(k, k=1)
    null = shared[:, first, second].sum(axis=1) / first.size
    return null_distribution(observed, null, level=level)


def expected_interlock_density(table: ArrayLike) -> float:
    """Interlock density expected under the bipartite configuration model.

    ``mean over pairs (j, k) of 1 - prod_i (1 - p_ij p_ik)``, with p the chances of
    :func:`bipartite_configuration`: margins hold on average, not in every table.

    Notes
    -----
    Where most members belong to one organisation or two, letting their number vary makes many
    more joins than :func:`interlock_test` allows (0.93 against 0.85 in a table of 80 by 9).
    Use this for margins that are themselves uncertain, the test otherwise.

    References
    ----------
    [saracco2015]
    """
    members = two_mode_table(table)
    chances = bipartite_configuration(members.sum(axis=1), members.sum(axis=0))
    first, second = np.triu_indices(members.shape[1], k=1)
    if not first.size:
        raise ValueError("an interlock needs two organisations or more")
    unshared = np.prod(1 - chances[:, first] * chances[:, second], axis=0)
    return float(np.mean(1 - unshared))


def bipartite_configuration(
    row_sums: ArrayLike, column_sums: ArrayLike, tolerance: float = 1e-10
) -> NDArray[np.float64]:
    """Chance of each entry in the most random table with given expected margins.

    ``p_ij = x_i y_j / (1 + x_i y_j)``, with x and y such that rows and columns of p add up to
    the margins. Found by Newton's method on the logarithms of x and y.

    Parameters
    ----------
    row_sums : array of int, shape (n,)
    column_sums : array of int, shape (m,)
        Margins of some table of zeros and ones.
    tolerance
        Largest fault allowed in a margin.

    Returns
    -------
    array of shape (n, m)
        Chances, 0 to 1; exactly 0 or 1 where the margins leave no choice.

    Raises
    ------
    ValueError
        If the margins do not add up to the same total, or no table has them.

    References
    ----------
    [saracco2015]
    """
    rows, columns = np.asarray(row_sums, dtype=float), np.asarray(column_sums, dtype=float)
    if rows.sum() != columns.sum():
        raise ValueError(f"margins add up to {rows.sum():g} and {columns.sum():g}")
    chances = np.zeros((rows.size, columns.size))
    free_rows, free_columns = np.ones(rows.size, bool), np.ones(columns.size, bool)
    left_rows, left_columns = rows.copy(), columns.copy()
    # empty and full rows and columns are settled, and settling them can empty or fill others
    while True:
        n, m = free_rows.sum(), free_columns.sum()
        settled_rows = free_rows & ((left_rows <= 0) | (left_rows >= m))
        if settled_rows.any():
            row = int(np.flatnonzero(settled_rows)[0])
            chances[row, free_columns] = float(left_rows[row] > 0)
            left_columns[free_columns] -= float(left_rows[row] > 0)
            free_rows[row] = False
            continue
        settled_columns = free_columns & ((left_columns <= 0) | (left_columns >= n))
        if not settled_columns.any():
            break
        column = int(np.flatnonzero(settled_columns)[0])
        chances[free_rows, column] = float(left_columns[column] > 0)
        left_rows[free_rows] -= float(left_columns[column] > 0)
        free_columns[column] = False
    if free_rows.any() and free_columns.any():
        inner = np.ix_(free_rows, free_columns)
        chances[inner] = _fit_margins(left_rows[free_rows], left_columns[free_columns], tolerance)
    fault = max(
        np.abs(chances.sum(axis=1) - rows).max(initial=0),
        np.abs(chances.sum(axis=0) - columns).max(initial=0),
    )
    if fault > max(tolerance, 1e-9) * 100:
        raise ValueError("no table of zeros and ones has these margins")
    return chances


def _fit_margins(
    rows: NDArray[np.float64], columns: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    n = rows.size
    total = rows.sum()
    x = np.concatenate([np.log(rows / np.sqrt(total)), np.log(columns / np.sqrt(total))])

    def chances_at(point: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1 / (1 + np.exp(-(point[:n, None] + point[None, n:]))))

    def objective(point: NDArray[np.float64]) -> float:
        sums = point[:n, None] + point[None, n:]
        return float(np.logaddexp(0, sums).sum() - point[:n] @ rows - point[n:] @ columns)

    for _ in range(200):
        p = chances_at(x)
        gradient = np.concatenate([p.sum(axis=1) - rows, p.sum(axis=0) - columns])
        if np.abs(gradient).max() < tolerance:
            break
        w = p * (1 - p)
        hessian = np.block([[np.diag(w.sum(axis=1)), w], [w.T, np.diag(w.sum(axis=0))]])
        # x and y can trade a factor, so the system is short of one rank: least squares
        step = np.linalg.lstsq(hessian, -gradient, rcond=1e-12)[0]
        size, here = 1.0, objective(x)
        while objective(x + size * step) > here + 1e-4 * size * (gradient @ step) + 1e-12:
            size /= 2
            if size < 1e-8:
                break
        x = x + size * step
    return chances_at(x)
