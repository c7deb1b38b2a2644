"""Which cells of a table are withheld: the small ones, and what would give them back.

Counts of 1 to 4 are withheld (nought and unknown are said as they are), and with them whatever
would give them back by subtraction from a total or a margin. Whoever knows the rule, and that a
withheld count is at least 1, must find every withheld small count possibly as large as the
threshold: neither its value nor that it is small is certain [cox1995].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hedgerow.landscape.cell_bounds import UNKNOWN, UNLIMITED, Arc, Network

THRESHOLD = 5
"""The smallest count that is shown, nought apart."""


def withheld(
    counts: ArrayLike,
    *,
    total_row: bool = False,
    total_column: bool = False,
    is_partial: bool = False,
    threshold: int = THRESHOLD,
    before: ArrayLike | None = None,
) -> NDArray[np.bool_]:
    """Say which counts of a table are withheld.

    Parameters
    ----------
    counts : array of int, shape (rows, columns)
        `cell_bounds.UNKNOWN` where not known. With ``total_row`` the last row holds the sums of the
        rows above it, with ``total_column`` the last column those of the columns before it; with
        one of them only, the table is so many lists, each with its total.
    total_row, total_column : bool
    is_partial : bool
        Whether totals count more than what is listed, as in a list of the largest. The rest can be
        had by subtraction and is protected too.
    threshold : int
        Counts from 1 to one less are small.
    before : array of bool, same shape, optional
        Unknown counts that are known to have been withheld earlier, and so to be at least 1.

    Returns
    -------
    array of bool, same shape
        True where a known count is withheld.

    Raises
    ------
    ValueError
        If a count is negative, or a total does not agree with its parts.
    """
    table = np.asarray(counts, dtype=np.int64)
    if (table < UNKNOWN).any():
        raise ValueError("a count cannot be less than nought")
    known_before = np.zeros(table.shape, bool) if before is None else np.asarray(before, bool)
    small = (table >= 1) & (table < threshold)
    hidden = small.copy()
    for arcs, cells in _systems(table, small, known_before, total_row, total_column, is_partial):
        for number in _closed(arcs, threshold):
            hidden[cells[number]] = True
    return hidden


def bounds(
    counts: ArrayLike,
    hidden: ArrayLike,
    *,
    total_row: bool = False,
    total_column: bool = False,
    is_partial: bool = False,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the least and greatest count that each cell can have, for who sees only what is shown.

    Parameters
    ----------
    counts : array of int, shape (rows, columns)
        As in `withheld`.
    hidden : array of bool, same shape
        Which are withheld; each is taken to be known to be at least 1.
    total_row, total_column, is_partial : bool
        As in `withheld`.

    Returns
    -------
    low, high : arrays of float, same shape
        Infinite where nothing limits a count.
    """
    table, mask = np.asarray(counts, dtype=np.int64), np.asarray(hidden, bool)
    low = np.where(mask, 1.0, table.astype(float))
    high = np.where(mask, np.inf, table.astype(float))
    low[table == UNKNOWN], high[table == UNKNOWN] = 0.0, np.inf
    none = np.zeros(table.shape, bool)
    for arcs, cells in _systems(table, mask, none, total_row, total_column, is_partial):
        network = Network(arcs)
        for number, cell in cells.items():
            highest = network.highest(number)
            low[cell] = network.least(number)
            high[cell] = np.inf if highest >= UNLIMITED else highest
    return low, high


Cell = tuple[int, int]
System = tuple[list[Arc], dict[int, Cell]]


class _ArcMaker(Protocol):
    def __call__(self, cell: Cell, tail: int, head: int, *, is_total: bool) -> Arc: ...


def _systems(
    table: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    before: NDArray[np.bool_],
    total_row: bool,
    total_column: bool,
    is_partial: bool,
) -> list[System]:
    """The networks of a table: one for a table with both totals, else one for each list.

    Each with the cell that an arc stands for; what no cell shows has an arc alone.
    """
    if not (total_row or total_column):
        return []

    def arc(cell: Cell, tail: int, head: int, *, is_total: bool) -> Arc:
        value = int(table[cell])
        is_hidden = bool(hidden[cell]) or value == UNKNOWN
        lowest = int(hidden[cell] or before[cell])
        return Arc(tail, head, value, lowest, is_hidden, is_total)

    rows, columns = table.shape
    if total_row and total_column:
        return [_crossed(rows, columns, arc, is_partial)]
    lists: list[list[Cell]] = (
        [[(i, j) for i in range(rows)] for j in range(columns)]
        if total_row
        else [[(i, j) for j in range(columns)] for i in range(rows)]
    )
    systems = []
    for cells in lists:
        arcs = [arc(cell, 0, 1, is_total=False) for cell in cells[:-1]]
        arcs.append(arc(cells[-1], 1, 0, is_total=True))
        if is_partial:
            arcs.append(_unlisted(0, 1))
        systems.append((arcs, dict(enumerate(cells))))
    return systems


def _crossed(rows: int, columns: int, arc: _ArcMaker, is_partial: bool) -> System:
    """A table with totals both ways: rows run to columns, and back through the totals."""
    last_row, last_column = rows - 1, columns - 1
    row = list(range(rows))
    column = list(range(rows, rows + columns))
    arcs: list[Arc] = []
    cells: dict[int, Cell] = {}
    for i, j in np.ndindex(rows, columns):
        tail, head = row[i], column[j]
        if (i == last_row) != (j == last_column):
            tail, head = head, tail
        elif i == last_row:
            tail, head = row[last_row], column[last_column]
        cells[len(arcs)] = (i, j)
        arcs.append(arc((i, j), tail, head, is_total=i == last_row or j == last_column))
    further_row, further_column = rows + columns, rows + columns + 1
    if is_partial:
        arcs += [_unlisted(further_row, column[j]) for j in range(last_column)]
        arcs += [_unlisted(row[i], further_column) for i in range(last_row)]
        arcs.append(_unlisted(further_row, further_column))
        arcs.append(_unlisted(column[last_column], further_row))
        arcs.append(_unlisted(further_column, row[last_row]))
    return arcs, cells


def _unlisted(tail: int, head: int) -> Arc:
    """What a total counts beyond the cells that are listed."""
    return Arc(tail, head, UNKNOWN, 0, is_withheld=True)


def _closed(arcs: Sequence[Arc], threshold: int) -> list[int]:
    """Withhold until nothing withheld is certain to be small; give what was withheld besides."""
    network = Network(arcs)
    besides: list[int] = []
    while (exposed := _exposed(network, threshold)) is not None:
        further = network.companions(exposed, threshold)
        for number in further:
            arcs[number].is_withheld, arcs[number].lowest = True, 1
        besides += further
    for number in sorted(besides, key=lambda one: (arcs[one].is_total, arcs[one].value))[::-1]:
        arcs[number].is_withheld = False
        arcs[number].is_withheld = _exposed(network, threshold) is not None
    return [number for number in besides if arcs[number].is_withheld]


def _exposed(network: Network, threshold: int) -> int | None:
    """The first withheld count that is certain to be small, and not certain to be nought."""
    for number, arc in enumerate(network.arcs):
        if arc.is_withheld and 0 < network.highest(number, threshold) < threshold:
            return number
    return None
