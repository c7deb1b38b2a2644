"""Faults are gathered in order, counted by kind, and none is lost."""

from __future__ import annotations

import polars as pl
import pytest

from hedgerow.landscape.errors import DataError, HedgerowError, UnknownPlaceError, UsageError
from hedgerow.landscape.faults import SCHEMA, Fault, Faults

TWICE = Fault(
    kind="duplicate URN",
    file="schools.xlsx",
    sheet="Schools",
    row=7,
    column="URN",
    found="900001",
    expected="each URN once",
    advice="Delete one of the rows.",
    consequence="set aside",
)


@pytest.fixture
def faults():
    faults = Faults()
    faults.add(TWICE)
    rows = pl.DataFrame({"row": [3, 4, 5, 9], "found": ["x", None, "-1", "many"]})
    faults.add_rows(
        rows,
        kind="no number",
        file="schools.csv",
        column="Pupils",
        expected="a whole number",
        consequence="value left out",
    )
    faults.add(Fault(kind="no date", file="schools.csv", found="nothing", expected="a date"))
    return faults


def test_a_fault_says_where_what_and_what_to_do():
    assert str(TWICE) == (
        "schools.xlsx, sheet Schools, row 7, column URN: duplicate URN. Found 900001; expected "
        "each URN once. Delete one of the rows."
    )
    bare = Fault(kind="empty file", file="x.csv", found="nothing", expected="a table")
    assert str(bare) == "x.csv: empty file. Found nothing; expected a table."


def test_faults_stand_in_the_order_in_which_they_were_found(faults):
    assert len(faults) == 6
    table = faults.table()
    assert dict(table.schema) == SCHEMA
    assert table["kind"].to_list() == ["duplicate URN", *["no number"] * 4, "no date"]
    assert table["row"].to_list() == [7, 3, 4, 5, 9, None]
    assert next(iter(faults)) == TWICE
    assert [fault.found for fault in faults][2] == "nothing"


def test_no_faults():
    assert len(Faults()) == 0
    assert Faults().table().is_empty()
    assert dict(Faults().table().schema) == SCHEMA
    assert Faults().summary().is_empty()
    assert list(Faults()) == []


def test_no_rows_are_no_fault():
    faults = Faults()
    faults.add_rows(
        pl.DataFrame(schema={"row": pl.Int64, "found": pl.String}), kind="x", file="y", expected="z"
    )
    assert len(faults) == 0


def test_faults_of_a_kind_are_counted_with_the_first_few(faults):
    rows = faults.summary(examples=2).to_dicts()
    assert rows[0] == {
        "file": "schools.xlsx",
        "kind": "duplicate URN",
        "consequence": "set aside",
        "count": 1,
        "examples": ["sheet Schools row 7: 900001"],
        "expected": "each URN once",
        "advice": "Delete one of the rows.",
    }
    assert (rows[1]["count"], rows[1]["examples"]) == (4, ["row 3: x", "row 4: nothing"])
    assert rows[2]["examples"] == ["nothing"]


def test_summary_counts_every_fault(faults):
    assert faults.summary()["count"].sum() == len(faults)


def test_reports_are_joined(faults):
    other = Faults()
    other.add(TWICE)
    other.extend(faults)
    assert len(other) == 7
    assert len(faults) == 6


def test_a_kept_table_is_taken_up_again(faults):
    assert Faults.of(faults.table()).table().equals(faults.table())


@pytest.mark.parametrize(
    ("kind", "code"),
    [(HedgerowError, 1), (UsageError, 2), (UnknownPlaceError, 2), (DataError, 3)],
)
def test_errors_know_their_exit_code_and_end_with_advice(kind, code):
    assert kind("It is so.").exit_code == code
    assert str(kind("It is so.")) == "It is so."
    assert str(kind("It is so.", advice="Do this.")) == "It is so.\nDo this."


def test_candidates_are_listed():
    fault = UnknownPlaceError("No such place.", candidates=["authority:A", "trust:B"])
    assert str(fault) == "No such place.\nDid you mean:\n  authority:A\n  trust:B"
    assert fault.candidates == ("authority:A", "trust:B")
