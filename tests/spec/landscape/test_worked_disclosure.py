"""Tables worked by hand: what is withheld, and why nothing less would do."""

from __future__ import annotations

import math

import polars as pl
import pytest

from hedgerow.landscape.cell_bounds import UNKNOWN
from hedgerow.landscape.disclosure import audit, beside_whole, protect, rounded, share
from hedgerow.landscape.suppression import bounds, withheld


def shown(counts, **totals):
    """The table as a reader sees it, None where withheld."""
    hidden = withheld(counts, **totals)
    return [
        [None if mask else count for count, mask in zip(row, masks, strict=True)]
        for row, masks in zip(counts, hidden, strict=True)
    ]


def listed(*counts):
    """A list with its total last."""
    return [row[0] for row in shown([[count] for count in counts], total_row=True)]


def test_small_counts_alone_are_withheld_where_there_is_no_total():
    assert shown([[0, 1, 4, 5]]) == [[0, None, None, 5]]


def test_one_small_count_takes_the_next_smallest_with_it():
    # 28 - 5 - 20 would give 3 back; the 5 is the smallest count that stops that
    assert listed(3, 5, 20, 28) == [None, None, 20, 28]


def test_two_small_counts_may_hide_each_other():
    # together 6: either may be 5, so neither is certain to be small
    assert listed(2, 4, 20, 26) == [None, None, 20, 26]


def test_two_small_counts_that_cannot_hide_each_other():
    # together 3: each is 1 or 2, certainly small, so the 10 goes too: together 13
    assert listed(1, 2, 10, 13) == [None, None, None, 13]


def test_a_nought_hides_nothing():
    # what is withheld is at least 1, so only the total is left to go
    assert listed(4, 0, 0, 4) == [None, 0, 0, None]
    assert listed(2, 3, 0, 5) == [None, None, 0, None]


def test_a_total_goes_only_where_nothing_else_helps():
    assert listed(1, 4, 5) == [None, None, None]
    assert listed(2, 4, 6) == [None, None, 6]


def test_nothing_small_nothing_withheld():
    assert listed(5, 0, 9, 14) == [5, 0, 9, 14]


def test_the_rest_of_an_incomplete_list_is_protected_too():
    # the two largest of a total of 53 leave 3, which no cell shows and subtraction would
    table = [[30], [20], [53]]
    assert withheld(table, total_row=True, is_partial=True)[:, 0].tolist() == [False, True, False]


def test_a_table_closes_a_square_around_its_small_count():
    # the 3 needs a second in its row, and both a second in their columns:
    # 10 and 3 in the first row, 6 and 9 in the last, which leaves 3 anything from 1 to 11
    table = [[10, 3, 20, 33], [30, 40, 50, 120], [6, 9, 8, 23], [46, 52, 78, 176]]
    both = {"total_row": True, "total_column": True}
    assert shown(table, **both) == [
        [None, None, 20, 33],
        [30, 40, 50, 120],
        [None, None, 8, 23],
        [46, 52, 78, 176],
    ]
    low, high = bounds(table, withheld(table, **both), **both)
    assert (low[0, 1], high[0, 1]) == (1, 11)


def test_a_table_with_one_way_round_uses_the_totals():
    # no second count in the row or column of the 3: its totals and the grand total go
    table = [[3, 0, 3], [0, 40, 40], [3, 40, 43]]
    both = {"total_row": True, "total_column": True}
    assert shown(table, **both) == [[None, 0, None], [0, 40, 40], [None, 40, None]]


def test_what_proves_not_to_be_needed_is_shown_again():
    # the 6 is withheld for the first row's sake, until the totals that the last 3 needs make it
    # needless
    table = [[3, 1, 4], [6, 3, 9], [9, 4, 13]]
    both = {"total_row": True, "total_column": True}
    assert shown(table, **both) == [[None, None, None], [6, None, None], [None, None, 13]]


def test_of_two_of_which_one_is_not_needed_the_total_is_shown():
    # beside the 2 either the 8 above it or their total 10 would do
    table = [[20, 1, 0, 8, 29], [1, 0, 8, 2, 11], [21, 1, 8, 10, 40]]
    both = {"total_row": True, "total_column": True}
    assert shown(table, **both) == [
        [None, None, 0, None, 29],
        [None, 0, None, None, 11],
        [21, None, None, 10, 40],
    ]


def test_what_was_withheld_earlier_is_at_least_one():
    # two withheld earlier leave the 3 of a total of 6 no more than 4
    table = [[UNKNOWN], [UNKNOWN], [3], [6]]
    earlier = [[True], [True], [False], [False]]
    assert withheld(table, total_row=True)[:, 0].tolist() == [False, False, True, False]
    assert withheld(table, total_row=True, before=earlier)[:, 0].tolist() == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (10, 30, (10, 30)),
        (10, 10, (10, 10)),  # the rest is nought, which is no secret
        (10, 12, (None, 12)),  # the rest is 2
        (3, 12, (None, 12)),
        (2, 3, (None, None)),
        (0, 3, (0, None)),
    ],
)
def test_a_place_beside_the_larger_place_around_it(part, whole, expected):
    assert beside_whole(part, whole) == expected


def test_protected_tables_say_why():
    table = pl.DataFrame(
        {
            "place": ["North", "South", "East", "all"],
            "staff": [12, 3, 20, 35],
            "is_total": [False, False, False, True],
        }
    )
    with_total = protect(table, ["staff"], total_row="is_total")
    assert with_total["staff"].to_list() == [None, None, 20, 35]
    assert with_total["staff_withheld"].to_list() == ["withheld", "withheld", None, None]
    without = protect(table.filter(~pl.col("is_total")), ["staff"])
    assert without["staff"].to_list() == [12, None, 20]
    assert without["staff_withheld"].to_list() == [None, "fewer than 5", None]


def test_shares_come_from_shown_counts():
    table = pl.DataFrame({"part": [3, 6, None, 0, 1], "whole": [12, 24, 20, 4, None]})
    shares = protect(table, ["part", "whole"]).select(share("part", "whole")).to_series()
    assert shares.to_list() == [None, 0.25, None, None, None]


def test_rounding_goes_to_the_nearest_multiple():
    table = pl.DataFrame({"n": [0, 5, 7, 8, 12, 13, None]})
    assert table.select(rounded("n"))["n"].to_list() == [0, 5, 5, 10, 10, 15, None]
    # halves go up
    assert pl.DataFrame({"n": [5, 15]}).select(rounded("n", 10))["n"].to_list() == [10, 20]


def test_two_releases_that_differ_by_one_cell_give_it_away():
    found = audit([[1, 1, 1], [1, 1, 0]], [10, 8])
    assert found.exposed == (2,)
    assert (found.low[2], found.high[2]) == (2, 2)


def test_three_releases_that_meet_give_every_cell_away():
    # a+b=7, b+c=9, a+c=8: a is half of 7+8-9
    found = audit([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [7, 9, 8])
    assert found.low.tolist() == found.high.tolist() == [3, 4, 5]
    assert found.exposed == (0, 1)


def test_a_small_release_tells_that_its_cells_are_small():
    found = audit([[1, 1, 0], [0, 1, 1]], [3, 1])
    assert found.high.tolist() == [3, 1, 1]
    assert found.exposed == (0, 1, 2)


def test_cells_known_to_be_at_least_one_leave_less_to_each_other():
    # three cells sum to 6: with two of at least 1, none is more than 4
    assert audit([[1, 1, 1]], [6], lowest=1).high.tolist() == [4, 4, 4]
    assert audit([[1, 1, 1]], [6], lowest=1).exposed == (0, 1, 2)
    assert audit([[1, 1, 1]], [7], lowest=1).exposed == ()
    assert audit([[1, 1, 1]], [7], lowest=1).low.tolist() == [1, 1, 1]


def test_only_whole_numbers_count():
    # twice a and d make 3, so a is at most 1; halves would allow 1.5
    found = audit([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]], [3, 3, 3])
    assert found.high.tolist() == [1, 3, 1, 3]
    assert found.low.tolist() == [0, 2, 0, 1]


def test_a_cell_in_no_release_is_free():
    found = audit([[1, 0]], [3])
    assert (found.low[1], found.high[1]) == (0, math.inf)
    assert found.exposed == (0,)
