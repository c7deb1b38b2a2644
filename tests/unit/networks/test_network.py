"""A network cannot be built wrong."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hedgerow.fieldbook.networks import Network
from hedgerow.landscape.errors import DataError

TIE = {"from_id": "a", "to_id": "b"}


def test_rows_come_to_their_normal_form():
    network = Network.of(
        [{"id": " a ", "label": "", "note": " \r\nnone "}, {"id": "b", "empty": " "}],
        [{**TIE, "weight": 1.0}],
    )
    assert network.nodes.to_dicts() == [
        {"id": "a", "kind": None, "label": "a", "note": "none"},
        {"id": "b", "kind": None, "label": "b", "note": None},
    ]
    tie = network.ties.to_dicts()[0]
    assert (tie["kind"], tie["number"], tie["is_directed"], tie["end"]) == ("tie", 0, True, None)


@pytest.mark.parametrize(
    ("nodes", "ties", "said"),
    [
        ([{"id": "a"}, {"id": "a"}], [], "an id that another has"),
        ([{"label": None}], [], "without an id"),
        ([{"id": "a"}], [TIE], "whose to_id is no node"),
        ([{"id": "a"}, {"id": "b"}], [TIE, TIE], "equals in both ends"),
        (
            [{"id": "a"}, {"id": "b"}],
            [{**TIE, "start": date(2022, 1, 1), "end": date(2021, 1, 1)}],
            "end before they start",
        ),
        ([{"id": "a"}, {"id": "b"}], [{**TIE, "number": -1}], "negative number"),
        ([{"id": "a"}, {"id": "b"}], [{**TIE, "weight": float("inf")}], "weight is no number"),
        ([{"id": "a", "Name": "x"}], [], "cannot be the name of an attribute"),
        ([{"id": "a\x00b"}], [], "cannot be printed"),
    ],
)
def test_what_is_wrong_is_refused(nodes, ties, said):
    with pytest.raises(DataError, match=said):
        Network.of(nodes, ties)


def test_a_table_of_other_columns_is_refused():
    with pytest.raises(DataError, match="need a column “id”"):
        Network(nodes=pl.DataFrame({"name": ["a"]}), ties=pl.DataFrame())


def test_equality_knows_no_order():
    nodes = [{"id": "a", "x": "1"}, {"id": "b", "y": "2"}]
    assert Network.of(nodes, []) == Network.of(nodes[::-1], [])
    assert Network.of(nodes, []) != Network.of(nodes[:1], [])
    assert Network.of(nodes, []) != "a network"
