"""What the disclosure rule refuses, and how it treats tables of tables."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.landscape.cell_bounds import UNKNOWN
from hedgerow.landscape.disclosure import audit, beside_whole, protect, rounded
from hedgerow.landscape.indicators import SMALLEST_DENOMINATOR
from hedgerow.landscape.suppression import THRESHOLD, bounds, withheld


@pytest.fixture
def table():
    return pl.DataFrame(
        {
            "phase": ["primary", "secondary", "primary", "secondary", "primary", "primary"],
            "place": ["a", "a", "b", "b", "all", "c"],
            "n": [3, 2, 20, 30, 30, 7],
            "is_total": [False, False, False, False, True, False],
        }
    )


def test_one_threshold_for_counts_and_for_rates():
    assert THRESHOLD == SMALLEST_DENOMINATOR


def test_each_group_is_a_table_of_its_own_and_rows_stay_in_order(table):
    safe = protect(table, ["n"], by=["phase"], total_row="is_total")
    assert safe["place"].equals(table["place"])
    assert safe["n"].to_list() == [None, None, 20, 30, 30, None]
    # only the primary schools have a total
    assert safe["n_withheld"].to_list() == [
        "withheld",
        "fewer than 5",
        None,
        None,
        None,
        "withheld",
    ]


def test_types_and_other_columns_stay(table):
    safe = protect(table.cast({"n": pl.Int16}), ["n"])
    assert safe.schema["n"] == pl.Int16
    assert safe.columns == [*table.columns, "n_withheld"]


def test_a_total_column_may_stand_anywhere():
    table = pl.DataFrame({"all": [12], "x": [3], "y": [9]})
    safe = protect(table, ["all", "x", "y"], total_column="all")
    assert safe.select("all", "x", "y").row(0) == (12, None, None)
    # which of the two is small is not told
    assert safe.select("x_withheld", "y_withheld").row(0) == ("withheld", "withheld")


def test_unknown_counts_stay_unknown():
    safe = protect(pl.DataFrame({"n": [None, 7]}, schema={"n": pl.Int64}), ["n"])
    assert safe["n"].to_list() == [None, 7]
    assert safe["n_withheld"].to_list() == [None, None]


def test_an_empty_table_is_safe():
    safe = protect(pl.DataFrame(schema={"n": pl.Int64}), ["n"])
    assert safe.is_empty()
    assert safe.columns == ["n", "n_withheld"]


def test_an_empty_table_with_totals_is_safe():
    empty = pl.DataFrame(schema={"n": pl.Int64, "is_total": pl.Boolean})
    assert protect(empty, ["n"], total_row="is_total").is_empty()


def test_another_threshold():
    safe = protect(pl.DataFrame({"n": [9, 10]}), ["n"], threshold=10)
    assert safe.row(0) == (None, "fewer than 10")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([1.0, 2.0], "not whole numbers"),
        ([-2, 3], "less than nought"),
    ],
)
def test_counts_that_are_none(counts, said):
    with pytest.raises(ValueError, match=said):
        protect(pl.DataFrame({"n": counts}), ["n"])


def test_a_total_less_than_its_parts(table):
    with pytest.raises(ValueError, match="does not agree"):
        protect(table.with_columns(n=pl.lit(6)), ["n"], by=["phase"], total_row="is_total")


def test_a_total_of_more_than_is_listed_is_said(table):
    rows = table.filter(pl.col("place") != "c", pl.col("phase") == "primary")
    with pytest.raises(ValueError, match="does not agree"):
        protect(rows, ["n"], total_row="is_total")
    safe = protect(rows, ["n"], total_row="is_total", is_partial=True)
    assert safe["n"].to_list() == [None, 20, 30]


def test_two_total_rows(table):
    with pytest.raises(ValueError, match="two rows of totals"):
        protect(table.with_columns(is_total=pl.lit(True)), ["n"], total_row="is_total")


def test_a_total_row_that_is_no_yes_or_no(table):
    with pytest.raises(ValueError, match="true or false"):
        protect(table, ["n"], total_row="place")


def test_a_total_column_that_is_no_count(table):
    with pytest.raises(ValueError, match="none of the counts"):
        protect(table, ["n"], total_column="m")


def test_a_part_larger_than_its_whole():
    with pytest.raises(ValueError, match="does not agree"):
        beside_whole(9, 8)


def test_rounding_to_nothing():
    with pytest.raises(ValueError, match="multiples of 0"):
        rounded("n", 0)


def test_bounds_without_totals():
    low, high = bounds([[3, 8, UNKNOWN]], [[True, False, False]])
    assert low.tolist() == [[1, 8, 0]]
    assert high.tolist() == [[float("inf"), 8, float("inf")]]


def test_lists_across():
    assert withheld([[3, 9, 12], [6, 8, 14]], total_column=True).tolist() == [
        [True, True, False],
        [False, False, False],
    ]


@pytest.mark.parametrize(
    ("sums", "totals", "said"),
    [
        ([[1, 2]], [3], "noughts and ones"),
        ([[1, 1]], [3, 4], "2 totals"),
        ([[1, 1], [1, 1]], [3, 4], "no counts of at least 0"),
    ],
)
def test_releases_that_make_no_sense(sums, totals, said):
    with pytest.raises(ValueError, match=said):
        audit(sums, totals)


def test_an_audit_of_many_cells_in_few_releases_is_quick():
    # two overlapping halves of 20,000 cells: three ways to overlap
    sums = [[1] * 12_000 + [0] * 8_000, [0] * 8_000 + [1] * 12_000]
    found = audit(sums, [60_000, 60_000], lowest=1)
    assert found.exposed == ()
    assert len(found.high) == 20_000
