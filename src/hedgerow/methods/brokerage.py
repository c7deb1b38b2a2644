"""Who stands between whom, and between which groups: Gould and Fernandez's brokerage roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import checked_ties
from hedgerow.methods.permutation import NullDistribution, null_distribution


@dataclass(frozen=True)
class Brokerage:
    """Open two-step paths through each unit, by role; each array has shape (n,).

    A path a -> v -> b is open when there is no tie a -> b. The names say the direction,
    because published labels for the two gates contradict one another.

    Attributes
    ----------
    coordinator
        All three in one group.
    itinerant
        The ends share a group that v is not in (also called consultant).
    in_gate
        From outside to v, and on to v's own group (also called gatekeeper).
    out_gate
        From v's own group to v, and on to outside (also called representative).
    liaison
        Three different groups.
    total
        Sum of the five.
    """

    coordinator: NDArray[np.float64]
    itinerant: NDArray[np.float64]
    in_gate: NDArray[np.float64]
    out_gate: NDArray[np.float64]
    liaison: NDArray[np.float64]
    total: NDArray[np.float64]

    def table(self) -> NDArray[np.float64]:
        """The six arrays as columns, in the order of :data:`ROLES`."""
        return np.column_stack([getattr(self, role) for role in ROLES])


ROLES = tuple(field.name for field in fields(Brokerage))
"""Names of the roles, ``total`` last."""


@dataclass(frozen=True)
class BrokerageNull:
    """Brokerage expected when group labels are dealt to units at random.

    Attributes
    ----------
    mean, sd
        For each unit and role, the mean and standard deviation over the deals.
    totals
        For each role, the sum over units set against its null.
    """

    mean: Brokerage
    sd: Brokerage
    totals: dict[str, NullDistribution]


def brokerage(adjacency: ArrayLike, groups: Sequence[Any] | ArrayLike) -> Brokerage:
    """Brokerage roles of every unit.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Entry (i, j) above 0 is a tie from i to j. For undirected ties pass a symmetric array:
        every path then counts from both ends, and ``in_gate`` equals ``out_gate``.
    groups : sequence of length n, or array of shape (n, g)
        The group of each unit (``None`` or NaN is missing), or each unit's shares in g groups.
        With shares, a path counts towards a role with the chance that the three would be in
        that role if each acted for one group, drawn by its shares. A row of zeros is missing.

    Returns
    -------
    Brokerage
        Counts of paths, zero or more.

    Raises
    ------
    ValueError
        If the network or the groups are malformed or differ in size, or shares do not add to 1.

    Notes
    -----
    Laws: the five roles add up to the total; renumbering units or renaming groups changes
    nothing; reversing every tie swaps the two gates; one group for all leaves coordinators
    only, a group for each leaves liaisons only. Paths that touch a unit of unknown group are
    left out. Counts rise steeply with the number of ties, so compare units and places against
    :func:`brokerage_null`, never raw.

    References
    ----------
    [gould1989]
    """
    matrix = checked_ties(adjacency)
    groups_of, known = _groups(groups, len(matrix))
    return _named(_counter(matrix, groups_of, known)(groups_of))


def brokerage_null(
    adjacency: ArrayLike,
    groups: Sequence[Any] | ArrayLike,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
) -> BrokerageNull:
    """Brokerage when the group labels are dealt at random to the same network.

    Parameters
    ----------
    adjacency, groups
        As in :func:`brokerage`. Units of unknown group keep it.
    rng
        Source of randomness.
    draws
        Number of deals, each keeping the size of every group.
    level
        Of the central null intervals.

    Returns
    -------
    BrokerageNull

    Notes
    -----
    The total of a unit does not depend on labels, so its null has no spread.

    References
    ----------
    [gould1989]
    """
    matrix = checked_ties(adjacency)
    groups_of, known = _groups(groups, len(matrix))
    count = _counter(matrix, groups_of, known)
    whole = _with_total(count(groups_of)).sum(axis=0)
    first, second = np.zeros((len(matrix), 6)), np.zeros((len(matrix), 6))
    sums = np.empty((draws, 6))
    for draw in range(draws):
        dealt = groups_of.copy()
        dealt[known] = groups_of[rng.permutation(known)]
        six = _with_total(count(dealt))
        first += six
        second += six**2
        sums[draw] = six.sum(axis=0)
    mean = first / draws
    spread = np.sqrt(np.maximum(second / draws - mean**2, 0) * draws / max(draws - 1, 1))
    totals = {
        role: null_distribution(float(whole[i]), sums[:, i], level=level)
        for i, role in enumerate(ROLES)
    }
    return BrokerageNull(Brokerage(*mean.T), Brokerage(*spread.T), totals)


def _groups(groups: Sequence[Any] | ArrayLike, n: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Codes, shape (n,), or shares, shape (n, g), and the rows whose groups are known."""
    if np.ndim(groups) == 2 and not isinstance(groups, (list, tuple)):
        table = np.asarray(groups, dtype=float)
        sums = table.sum(axis=1)
        if np.any(table < 0) or not np.all(np.isclose(sums, 1) | (sums == 0)):
            raise ValueError("shares in groups must be zero or more and add to 1 (0 if unknown)")
        known = np.flatnonzero(sums > 0)
    else:
        table = encode(groups)[0]
        known = np.flatnonzero(table != MISSING)
    if len(table) != n:
        raise ValueError(f"the network has {n} units and the groups {len(table)}")
    return table, known


def _counter(
    matrix: NDArray[np.bool_], groups_of: NDArray[Any], known: NDArray[np.int64]
) -> Callable[[NDArray[Any]], NDArray[np.float64]]:
    """A function from groups to counts, shape (n, 5), with what it needs of the network ready."""
    inner = matrix[np.ix_(known, known)] if known.size < len(matrix) else matrix
    count_known = _shared_counter(inner) if groups_of.ndim == 2 else _code_counter(inner)

    def count(groups_of: NDArray[Any]) -> NDArray[np.float64]:
        counts = np.zeros((len(matrix), 5))
        counts[known] = count_known(groups_of[known])
        return counts

    return count


def _code_counter(
    matrix: NDArray[np.bool_],
) -> Callable[[NDArray[np.int64]], NDArray[np.float64]]:
    """Counter for one group a unit: all paths, less the closed, less there-and-back."""
    from scipy.sparse import csr_array  # a tenth of a second to load, and most runs need none

    n = len(matrix)
    v, b = np.divmod(np.flatnonzero(matrix), max(n, 1))
    mutual = matrix[b, v]
    closed = _common_senders(matrix, v, b)
    ties = matrix.astype(np.float32)

    def count(codes: NDArray[np.int64]) -> NDArray[np.float64]:
        groups = int(codes.max()) + 1 if n else 0
        same = codes[v] == codes[b]
        # of two units, how many of the one's own group send to both: few ties are within groups
        within = csr_array((np.ones(same.sum(), np.float32), (b[same], v[same])), shape=(n, n))
        own = within @ ties
        side = 2 * v + same

        def by_unit(values: NDArray[Any]) -> NDArray[np.float64]:
            """Sums over arcs that cross groups, and over those within one."""
            sums = np.bincount(side, values, minlength=2 * n).astype(float)
            return sums.reshape(n, 2).T

        (back_across, back_within), (all_across, all_within) = by_unit(mutual), by_unit(closed)
        (own_across, own_within), (ends_across, _) = by_unit(own[v, b]), by_unit(own[b, v])
        received = np.bincount(b * groups + codes[v], minlength=n * groups).reshape(n, groups)
        sent = np.bincount(v * groups + codes[b], minlength=n * groups).reshape(n, groups)
        rows = np.arange(n)
        in_own, out_own = received[rows, codes], sent[rows, codes]
        in_other, out_other = received.sum(axis=1) - in_own, sent.sum(axis=1) - out_own
        alike = np.einsum("ng,ng->n", received, sent) - in_own * out_own
        roles: NDArray[np.float64] = np.column_stack(
            [
                in_own * out_own - own_within - back_within,
                alike - ends_across - back_across,
                in_other * out_own - all_within + own_within,
                in_own * out_other - own_across,
                in_other * out_other - alike - all_across + own_across + ends_across,
            ]
        )
        return roles

    return count


def _common_senders(
    matrix: NDArray[np.bool_], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int32]:
    """How many units send to both of each pair; senders are bits, 64 to a word."""
    packed = np.packbits(np.ascontiguousarray(matrix.T), axis=1)
    words = np.zeros((len(matrix), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
    words[:, : packed.shape[1]] = packed
    found = np.zeros(left.size, dtype=np.int32)
    for word in np.ascontiguousarray(words.view(np.uint64).T):
        found += np.bitwise_count(word[left] & word[right])
    return found


def _shared_counter(
    matrix: NDArray[np.bool_],
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Counter for shares in groups: every open path listed, and its chance of each role."""
    n = len(matrix)
    a, v, b = _open_paths(matrix)

    def count(shares: NDArray[np.float64]) -> NDArray[np.float64]:
        # most units act for one group alone: there is one term of each sum to look up for them
        main = shares.argmax(axis=1)
        several = shares[np.arange(n), main] < 1

        def alike(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.float64]:
            found = np.where(several[y], shares[y, main[x]], shares[x, main[y]])
            rest = np.flatnonzero(several[x] & several[y])
            found[rest] = np.einsum("pg,pg->p", shares[x[rest]], shares[y[rest]])
            return found

        av, vb, ab = alike(a, v), alike(v, b), alike(a, b)
        through = main[v]
        three = shares[a, through] * shares[b, through]
        rest = np.flatnonzero(several[v])
        some = rest[(av[rest] > 0) & (vb[rest] > 0) & (ab[rest] > 0)]
        three[rest] = 0.0
        three[some] = np.einsum("pg,pg,pg->p", shares[a[some]], shares[v[some]], shares[b[some]])
        roles = (three, ab - three, vb - three, av - three, 1 - av - vb - ab + 2 * three)
        return np.column_stack([np.bincount(v, role, minlength=n) for role in roles])

    return count


def _open_paths(
    matrix: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every open two-step path: from, through, to."""
    senders, receivers = np.nonzero(matrix)
    out_degree = matrix.sum(axis=1)
    out_start = np.cumsum(out_degree) - out_degree
    # each arc a -> v continues along every arc v -> b
    onward = out_degree[receivers]
    a, v = np.repeat(senders, onward), np.repeat(receivers, onward)
    first_of_arc = np.repeat(np.cumsum(onward) - onward, onward)
    b = receivers[out_start[v] + np.arange(v.size) - first_of_arc]
    is_open = (a != b) & ~matrix[a, b]
    return a[is_open], v[is_open], b[is_open]


def _with_total(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([counts, counts.sum(axis=1)])


def _named(counts: NDArray[np.float64]) -> Brokerage:
    return Brokerage(*_with_total(counts).T)
