"""The disclosure rule, for tables of counts of persons on their way to a page, a sheet or a file.

Counts of 1 to 4 are withheld, and with them whatever would give them back by subtraction: from a
total, from the margins of a table, or from a larger place of which this one is part. Nought and
unknown are said as they are. Shares come from shown counts alone (`share`), and rounding, where it
is wanted, comes after (`rounded`).

The assumption most likely to mislead: that all that is published of the same persons passes through
one call. Sums that overlap in other ways are looked at with `audit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from hedgerow.landscape.cell_bounds import UNKNOWN
from hedgerow.landscape.suppression import THRESHOLD, withheld

WITHHELD = "withheld"
"""Mark of a count withheld from a table with totals; it does not say whether the count is small."""

MARK = "_withheld"
"""What is added to the name of a column of counts for the column that says why one is withheld."""


def fewer_than(threshold: int = THRESHOLD) -> str:
    """Give the mark of a count withheld from a table without totals: "fewer than 5"."""
    return f"fewer than {threshold}"


def protect(
    table: pl.DataFrame,
    counts: Sequence[str],
    *,
    by: Sequence[str] = (),
    total_row: str | None = None,
    total_column: str | None = None,
    is_partial: bool = False,
    threshold: int = THRESHOLD,
) -> pl.DataFrame:
    """Withhold what must not be shown of a table of counts.

    Parameters
    ----------
    table : polars.DataFrame
    counts : sequence of str
        Columns of whole numbers; empty where unknown.
    by : sequence of str
        Columns whose values split the table into tables of their own, each with its own total row.
    total_row : str, optional
        A Boolean column, true in the row that holds the sums of the others.
    total_column : str, optional
        One of ``counts`` that holds the sums of the others.
    is_partial : bool
        Whether totals count more than what is listed, as in a list of the largest trusts with the
        total of all, or of places with the larger place that they lie in. The rest can be had by
        subtraction and is protected too.
    threshold : int
        Counts from 1 to one less are small.

    Returns
    -------
    polars.DataFrame
        The same rows in the same order, with empty cells for withheld counts, and for each column
        of counts another, named ``..._withheld``, that says why: "fewer than 5" where there are no
        totals, "withheld" where there are, since there a count may be withheld for another's sake
        and which is which must not be told. It is empty where the count is shown or unknown.
        Protecting a protected table changes nothing.

    Raises
    ------
    ValueError
        If counts are no whole numbers or negative, a total does not agree with its parts,
        ``total_column`` is none of ``counts``, or a table has two total rows.
    """
    wanted = list(dict.fromkeys(counts))
    _check(table, wanted, total_row, total_column)
    if total_column is not None:
        wanted = [*(name for name in wanted if name != total_column), total_column]
    groups = table.with_row_index("_row").select("_row", *by)
    rows_of = (
        groups.group_by(*by, maintain_order=True).agg("_row")["_row"].to_list()
        if by
        else [groups["_row"].to_list()]
    )
    values = table.select(pl.col(wanted).cast(pl.Int64).fill_null(UNKNOWN)).to_numpy()
    marks = np.full(values.shape, None, dtype=object)
    for number, name in enumerate(wanted):
        if name + MARK in table.columns:
            marks[:, number] = table[name + MARK].to_list()
    is_total = (
        np.zeros(table.height, bool)
        if total_row is None
        else table[total_row].fill_null(False).to_numpy().astype(bool)
    )
    for rows in rows_of:
        _mark(
            values,
            marks,
            np.array(rows, dtype=int),
            is_total,
            total_column=total_column is not None,
            is_partial=is_partial,
            threshold=threshold,
        )
    columns = []
    for number, name in enumerate(wanted):
        mark = pl.Series(name + MARK, list(marks[:, number]), dtype=pl.String)
        columns += [pl.when(mark.is_null()).then(pl.col(name)).alias(name), mark]
    return table.with_columns(columns)


def _check(
    table: pl.DataFrame, counts: list[str], total_row: str | None, total_column: str | None
) -> None:
    for name in counts:
        if not table.schema[name].is_integer():
            raise ValueError(f"“{name}” holds {table.schema[name]}, not whole numbers")
    if total_column is not None and total_column not in counts:
        raise ValueError(f"the column of totals “{total_column}” is none of the counts: {counts}")
    if total_row is not None and table.schema[total_row] != pl.Boolean:
        raise ValueError(f"“{total_row}” must be true or false: true in the row of totals")


def _mark(
    values: NDArray[np.int64],
    marks: NDArray[np.object_],
    rows: NDArray[np.int64],
    is_total: NDArray[np.bool_],
    *,
    total_column: bool,
    is_partial: bool,
    threshold: int,
) -> None:
    """Write the marks of the rows that make one table."""
    if is_total[rows].sum() > 1:
        raise ValueError("a table has two rows of totals: name the columns that part it in `by`")
    rows = rows[np.argsort(is_total[rows], kind="stable")]
    total_row = bool(is_total[rows].any())
    hidden = withheld(
        values[rows],
        total_row=total_row,
        total_column=total_column,
        is_partial=is_partial,
        threshold=threshold,
        before=marks[rows] != np.array(None),
    )
    word = WITHHELD if total_row or total_column else fewer_than(threshold)
    marks[rows] = np.where(hidden, word, marks[rows])


def beside_whole(
    part: int, whole: int, *, threshold: int = THRESHOLD
) -> tuple[int | None, int | None]:
    """Give the count of a place and of the larger place around it as they may be shown together.

    The part is withheld where it is small, or where what the whole counts besides is small and
    would be had by subtraction; the whole only where it is small itself.

    Parameters
    ----------
    part, whole : int
    threshold : int

    Returns
    -------
    part, whole : int or None
        None where withheld.

    Raises
    ------
    ValueError
        If the part is more than the whole.
    """
    hidden = withheld([[part], [whole]], total_row=True, is_partial=True, threshold=threshold)[:, 0]
    return (None if hidden[0] else part), (None if hidden[1] else whole)


def share(part: str, whole: str, *, threshold: int = THRESHOLD) -> pl.Expr:
    """Give a share, as a fraction of 1, from counts as they are shown.

    Empty where either count is withheld or unknown, or where the whole is below the threshold.

    Parameters
    ----------
    part, whole : str
        Columns of a table that `protect` gave.
    threshold : int
    """
    return pl.when(pl.col(whole) >= threshold).then(pl.col(part) / pl.col(whole))


def rounded(counts: str, base: int = 5) -> pl.Expr:
    """Round shown counts to the nearest multiple of a base, halves up; empty stays empty.

    Always the same way, not at random: random rounding drawn anew on every page averages out over
    many looks, and drawn once it must be kept secret and stored. What is rounded has been through
    `protect` first, so nothing rests on the rounding. Rounded totals are rounded by themselves and
    need not be the sum of rounded parts.

    Parameters
    ----------
    counts : str
        Column of whole numbers, not negative.
    base : int
        At least 1.
    """
    if base < 1:
        raise ValueError(f"counts cannot be rounded to multiples of {base}")
    return (pl.col(counts) + base // 2) // base * base


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What can be worked out from sums that were released over the same cells.

    Parameters
    ----------
    low, high : array of float, one a cell
        Least and greatest count of each cell; `high` is infinite where nothing limits it.
    exposed : tuple of int
        Cells that are certain to be below the threshold and not certain to be nought.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    exposed: tuple[int, ...]


def audit(
    sums: ArrayLike, totals: ArrayLike, *, lowest: int = 0, threshold: int = THRESHOLD
) -> Audit:
    """Work out what a set of released sums tells of the cells that they are sums of.

    Each cell's least and greatest whole number that agrees with all releases is found by integer
    programming; cells that stand in the same releases are taken together, so that the work grows
    with the number of ways in which releases overlap and not with the number of cells.

    Parameters
    ----------
    sums : array of 0 and 1, shape (releases, cells)
        Which cells each release sums; a cell shown by itself is a release of one cell.
    totals : array of int, one a release
    lowest : int
        The least that someone outside knows every cell to be: 0, or 1 where noughts are shown.
    threshold : int

    Returns
    -------
    Audit

    Raises
    ------
    ValueError
        If shapes do not fit, or no counts agree with the sums.
    """
    matrix, released = np.asarray(sums, dtype=np.int64), np.asarray(totals, dtype=np.int64)
    if matrix.ndim != 2 or released.shape != matrix.shape[:1] or not np.isin(matrix, (0, 1)).all():
        raise ValueError(
            f"expected noughts and ones with a row for each of {released.size} totals,"
            f" found an array of shape {matrix.shape}"
        )
    blocks, block_of, sizes = np.unique(matrix, axis=1, return_inverse=True, return_counts=True)
    block_of = block_of.reshape(-1)
    least, most = _block_bounds(blocks, released, sizes * lowest)
    low = np.where(sizes == 1, least, np.maximum(lowest, 0.0))
    high = most - (sizes - 1) * lowest
    low, high = low[block_of], high[block_of]
    exposed = np.flatnonzero((high > 0) & (high < threshold))
    return Audit(low=low, high=high, exposed=tuple(int(cell) for cell in exposed))


def _block_bounds(
    blocks: NDArray[np.int64], totals: NDArray[np.int64], lowest: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest sum of each block of cells that stand in the same releases."""
    from scipy.optimize import linprog

    least, most = lowest.astype(float), np.full(lowest.shape, np.inf)
    limits = [(int(bound), None) for bound in lowest]
    for block in np.flatnonzero(blocks.any(axis=0)):
        for sign, found in ((1, least), (-1, most)):
            cost = np.zeros(lowest.size)
            cost[block] = sign
            answer = linprog(cost, A_eq=blocks, b_eq=totals, bounds=limits, integrality=1)
            if not answer.success:
                raise ValueError(f"no counts of at least {lowest.min()} give these sums")
            found[block] = round(sign * answer.fun)
    return least, most
