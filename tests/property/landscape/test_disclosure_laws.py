"""Laws of the disclosure rule, against an attacker who tries every table that fits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.landscape.cell_bounds import UNKNOWN
from hedgerow.landscape.disclosure import THRESHOLD, audit, beside_whole, protect, rounded
from hedgerow.landscape.suppression import bounds, withheld

COUNTS = st.integers(0, 9)
LISTS = st.lists(COUNTS, min_size=1, max_size=4)
TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(
        np.int64, shape, elements=st.sampled_from([0, 1, 2, 3, 4, 5, 6, 8, 12, 40])
    )
)
BOTH = {"total_row": True, "total_column": True}


def with_total(counts: list[int]) -> np.ndarray:
    return np.array([*counts, sum(counts)])[:, None]


def with_margins(cells: np.ndarray) -> np.ndarray:
    wide = np.hstack([cells, cells.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def lists_that_fit(column: np.ndarray, hidden: np.ndarray, limit: int) -> Iterator[tuple[int, ...]]:
    """Every list, with its total, that shows the same and has at least 1 where it is withheld."""
    cells = [
        range(1, limit) if mask else [value]
        for value, mask in zip(column[:-1], hidden[:-1], strict=True)
    ]
    for guess in itertools.product(*cells):
        if sum(guess) == column[-1] if not hidden[-1] else sum(guess) >= 1:
            yield (*guess, sum(guess))


@given(LISTS)
def test_no_list_that_fits_settles_a_withheld_count(counts):
    table = with_total(counts)
    hidden = withheld(table, total_row=True)
    fitting = np.array(list(lists_that_fit(table[:, 0], hidden[:, 0], limit=14)))
    for place in np.flatnonzero(hidden[:, 0]):
        assert fitting[:, place].max() >= THRESHOLD
        assert len(set(fitting[:, place])) > 1


@given(LISTS, st.data())
def test_bounds_of_a_list_are_those_of_every_list_that_fits(counts, data):
    table = with_total(counts)
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=len(table), max_size=len(table))))
    hidden &= table[:, 0] > 0
    assume(not hidden[-1])
    fitting = np.array(list(lists_that_fit(table[:, 0], hidden, limit=37)))
    low, high = bounds(table, hidden[:, None], total_row=True)
    assert (low[:, 0] == fitting.min(axis=0)).all()
    assert (high[:, 0] == fitting.max(axis=0)).all()


def solved_bounds(
    table: np.ndarray, hidden: np.ndarray, lowest: int | np.ndarray = 1
) -> tuple[np.ndarray, np.ndarray]:
    """The same bounds by a general solver that knows nothing of networks."""
    from scipy.optimize import linprog

    rows, columns = table.shape
    equations = []
    for i in range(rows):
        equation = np.zeros(table.shape)
        equation[i, :-1], equation[i, -1] = 1, -1
        equations.append(equation.ravel())
    for j in range(columns):
        equation = np.zeros(table.shape)
        equation[:-1, j], equation[-1, j] = 1, -1
        equations.append(equation.ravel())
    limits = [
        (least, None) if mask else (value, value)
        for value, mask, least in np.broadcast(table.ravel(), hidden.ravel(), np.ravel(lowest))
    ]
    low, high = np.zeros(table.size), np.zeros(table.size)
    for cell in range(table.size):
        cost = np.zeros(table.size)
        for sign, found in ((1, low), (-1, high)):
            cost[cell] = sign
            answer = linprog(
                cost, A_eq=np.array(equations), b_eq=np.zeros(rows + columns), bounds=limits
            )
            found[cell] = np.inf if answer.status == 3 else sign * answer.fun
    return low.reshape(table.shape), high.reshape(table.shape)


@given(TABLES, st.data())
def test_bounds_of_a_table_are_those_of_a_linear_program(cells, data):
    table = with_margins(cells)
    hidden = data.draw(arrays(bool, table.shape)) & (table > 0)
    low, high = bounds(table, hidden, **BOTH)
    expected_low, expected_high = solved_bounds(table, hidden)
    assert low == pytest.approx(expected_low)
    assert high == pytest.approx(expected_high)


@given(TABLES)
def test_a_linear_program_cannot_tell_that_a_withheld_count_is_small(cells):
    table = with_margins(cells)
    hidden = withheld(table, **BOTH)
    _, high = solved_bounds(table, hidden)
    assert (high[hidden] >= THRESHOLD).all()


@given(TABLES)
def test_nor_with_a_row_and_a_column_that_are_not_listed(cells):
    whole = with_margins(cells)
    listed = np.ix_([*range(1, cells.shape[0]), -1], [*range(1, cells.shape[1]), -1])
    assume(min(cells.shape) > 1)
    hidden, lowest = np.ones(whole.shape, bool), np.zeros(whole.shape, int)
    hidden[listed] = withheld(whole[listed], is_partial=True, **BOTH)
    lowest[listed] = 1
    low, high = solved_bounds(whole, hidden, lowest)
    assert not ((high > 0) & (high < THRESHOLD) & hidden).any()
    found_low, found_high = bounds(whole[listed], hidden[listed], is_partial=True, **BOTH)
    assert found_low == pytest.approx(low[listed])
    assert found_high == pytest.approx(high[listed])


@given(TABLES)
def test_every_small_count_is_withheld_and_no_nought(cells):
    table = with_margins(cells)
    hidden = withheld(table, **BOTH)
    assert hidden[(table > 0) & (table < THRESHOLD)].all()
    assert not hidden[table == 0].any()


@given(TABLES)
def test_nothing_is_withheld_where_nothing_is_small(cells):
    table = with_margins(cells)
    assume(not ((table > 0) & (table < THRESHOLD)).any())
    assert not withheld(table, **BOTH).any()


@given(TABLES)
def test_nothing_more_is_withheld_than_needs_be(cells):
    table = with_margins(cells)
    hidden = withheld(table, **BOTH)
    for cell in zip(*np.nonzero(hidden & (table >= THRESHOLD)), strict=True):
        without = hidden.copy()
        without[cell] = False
        _, high = bounds(table, without, **BOTH)
        assert (high[without] < THRESHOLD).any()


@given(TABLES, st.randoms(use_true_random=False))
def test_order_does_not_decide_how_many_small_counts_are_withheld(cells, random):
    order = list(range(cells.shape[0]))
    random.shuffle(order)
    small = (cells > 0) & (cells < THRESHOLD)
    hidden = withheld(with_margins(cells[order]), **BOTH)
    assert (hidden[:-1, :-1] & small[order]).sum() == small.sum()


COLUMN = st.lists(st.one_of(st.none(), st.integers(0, 25)), min_size=3, max_size=3)


@given(COLUMN, COLUMN, st.integers(0, 12), st.booleans(), st.booleans())
def test_protecting_twice_changes_nothing(a, b, further, total_row, total_column):
    table = pl.DataFrame({"a": a, "b": b}, schema={"a": pl.Int64, "b": pl.Int64}).with_columns(
        is_total=False
    )
    sums = table.select(pl.col("a", "b").sum() + further, is_total=True)
    # the total of a row with something unknown is unknown too
    table = pl.concat([table, sums]).with_columns(both=pl.col("a") + pl.col("b"))
    rule = partial(
        protect,
        counts=["a", "b", "both"],
        total_row="is_total" if total_row else None,
        total_column="both" if total_column else None,
        is_partial=True,
    )
    once = rule(table)
    twice = rule(once)
    assert twice.equals(once)
    for name in ("a", "b", "both"):
        shown = once[name]
        assert ((shown == 0) | (shown >= THRESHOLD) | shown.is_null()).all()
        assert (
            shown.is_null() == (once[f"{name}_withheld"].is_not_null() | table[name].is_null())
        ).all()


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_place_and_the_rest_of_the_larger_place_are_never_small(part, rest):
    shown_part, shown_whole = beside_whole(part, part + rest)
    if shown_part is not None and shown_whole is not None:
        for count in (shown_part, shown_whole - shown_part):
            assert count == 0 or count >= THRESHOLD
    if part >= THRESHOLD and (rest == 0 or rest >= THRESHOLD):
        assert (shown_part, shown_whole) == (part, part + rest)


@given(
    arrays(np.int64, (3, 4), elements=st.integers(0, 1)),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
)
def test_audit_agrees_with_trying_every_count(sums, cells):
    totals = sums @ cells
    limit = int(totals.max(initial=0)) + 1
    seen = sums.any(axis=0)
    every = np.indices([limit if one else 1 for one in seen]).reshape(4, -1).T
    fitting = every[(every @ sums.T == totals).all(axis=1)]
    found = audit(sums, totals)
    assert (found.low == fitting.min(axis=0)).all()
    assert (found.high == np.where(seen, fitting.max(axis=0), np.inf)).all()


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_rounding_twice_changes_nothing_and_moves_by_half_a_base_at_most(count, base):
    once = pl.DataFrame({"n": [count]}).select(rounded("n", base))
    assert once.select(rounded("n", base)).equals(once)
    assert abs(once["n"][0] - count) * 2 <= base
    assert once["n"][0] % base == 0


def test_an_unknown_count_stands_for_anything_its_total_allows():
    low, high = bounds([[7], [UNKNOWN], [10]], np.zeros((3, 1), bool), total_row=True)
    assert (low[1, 0], high[1, 0]) == (3, 3)
    assert withheld([[7], [UNKNOWN], [10]], total_row=True)[:, 0].tolist() == [True, False, False]
