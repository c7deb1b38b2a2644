from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.faults import Faults
from hedgerow.sources.successors.read import COLUMNS, read

HEADINGS = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]
NAME = "links_edubasealldata20230421.csv"


def kinds(faults: Faults) -> dict[str, int]:
    return dict(faults.table().group_by("kind").len().iter_rows())


@pytest.mark.parametrize(
    ("written", "link", "manner"),
    [
        ("Predecessor", "predecessor", "succeeded"),
        ("Predecessor - merged", "predecessor", "merged"),
        ("Successor - amalgamated", "successor", "amalgamated"),
        ("Successor - Split School", "successor", "split"),
    ],
)
def test_a_link_says_who_the_other_is_and_how(table, written, link, manner):
    row = ["100002", "100001", "Bramble Lane", written, "01-09-2016"]
    found = read(table(NAME, HEADINGS, [row]), Faults())
    assert found.rows.columns == list(COLUMNS)
    assert found.rows.row(0) == (2, 100002, 100001, "Bramble Lane", link, manner, date(2016, 9, 1))


def test_links_that_are_no_succession_are_set_aside(table):
    rows = [
        ["100002", "100001", "", "Sixth Form Centre Link", ""],
        ["100002", "100001", "", "Result of Amalgamation", ""],
        ["100002", "100002", "", "Successor", ""],
        ["100002", "", "", "Successor", ""],
        ["100002", "100003", "", "Successor", ""],
        ["100002", "100003", "", "Successor", "01-09-2016"],
    ]
    faults = Faults()
    found = read(table(NAME, HEADINGS, rows), faults)
    assert found.rows["row"].to_list() == [6]
    assert found.rows["established"].to_list() == [None]
    assert found.set_aside["row"].to_list() == [2, 3, 4, 5, 7]
    assert kinds(faults) == {
        "link that is no succession": 2,
        "establishment linked to itself": 1,
        "no valid URN": 1,
        "duplicate link": 1,
    }


def test_a_planned_succession_keeps_its_day_and_is_noted(table):
    faults = Faults()
    row = ["100002", "100001", "", "Predecessor", "01-09-2023"]
    found = read(table(NAME, HEADINGS, [row]), faults)
    assert found.rows["established"].to_list() == [date(2023, 9, 1)]
    assert kinds(faults) == {"link to come": 1}
