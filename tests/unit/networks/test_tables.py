"""Edge lists, pairs of tables, and matrices as people keep them."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.landscape.errors import DataError

TIES = ["from_id", "to_id", "kind", "start", "end", "weight", "carrier"]


@pytest.mark.parametrize(
    "text",
    [
        "Source,Target,Kind,Start,End,Weight,Carrier\nA,B,visits,2021-09-01,2022-09-01,2,Ada\n",
        "from;to;relation;start date;end date;strength;carried by\n"
        "A;B;visits;01/09/2021;1.9.2022;2;Ada\n",
        "\n\nFROM\tTO\tTie type\tSince\tUntil\tValue\tCarrier\n"
        'A\t"B"\tvisits\t2021-09-01T00:00:00Z\t2022-09-01\t"2.0"\tAda\n',
        "source,target,type,start,end,weight,carrier\r\nA,B,visits,2021-09-01,2022-09-01,2,Ada\r\n",
    ],
)
def test_headings_are_known_in_many_spellings(read, text):
    found = read(text)
    assert found.format == "edge-list"
    assert found.network.ties.select(TIES).rows() == [
        ("A", "B", "visits", date(2021, 9, 1), date(2022, 9, 1), 2.0, "Ada")
    ]
    assert len(found.faults) == 0


def test_a_type_that_says_a_direction_is_one(read):
    found = read("source,target,type\nA,B,Undirected\nB,C,Directed\nC,D,advises\n")
    ties = found.network.ties.select("kind", "is_directed").rows()
    assert ties == [("tie", False), ("tie", True), ("advises", True)]


def test_values_that_cannot_be_read_are_left_out_and_the_row_is_kept(read):
    found = read("source,target,start,end,weight\nA,B,2019,soon,much\nA,,,,\nC,D,2022-02-30,,1\n")
    assert found.network.ties.select("from_id", "start", "end", "weight").rows() == [
        ("A", None, None, None),
        ("C", None, None, 1.0),
    ]
    kinds = {(fault.row, fault.column, fault.kind) for fault in found.faults}
    assert kinds == {
        (2, "start", "day not understood"),
        (2, "end", "day not understood"),
        (2, "weight", "not a number"),
        (3, None, "tie without two ends"),
        (4, "start", "day not understood"),
    }
    assert found.set_aside["row"].to_list() == [3]


def test_a_tie_that_ends_before_it_starts_keeps_its_start(read):
    found = read("source,target,start,end\nA,B,2022-01-01,2021-01-01\n")
    assert found.network.ties.select("start", "end").rows() == [(date(2022, 1, 1), None)]


def test_a_stray_quotation_mark_swallows_no_row(read):
    found = read('source,target,note\nA,B,"oh\nC,D,"a, b"\nE,F,\n')
    assert ("C", "D") in found.network.ties.select("from_id", "to_id").rows()
    assert ("E", "F") in found.network.ties.select("from_id", "to_id").rows()


def test_a_text_over_several_lines_is_one(read):
    found = read('source,target,note\nA,B,"one\ntwo"\nC,D,\n')
    assert found.network.ties["note"].to_list() == ["one\ntwo", None]
    assert found.set_aside.is_empty()


def test_the_same_tie_several_times_is_numbered(read):
    found = read(
        "source,target,kind,number\nA,B,visits,\nA,B,visits,\nA,B,visits,0\nA,B,visits,0\n"
    )
    assert sorted(found.network.ties["number"]) == [0, 1, 2, 3]
    assert [fault.kind for fault in found.faults] == ["the same tie twice"]


def test_windows_text_is_read_and_told(read):
    found = read("source,target\nÉcole,B\n".encode("cp1252"))
    assert found.network.ties["from_id"].to_list() == ["École"]
    assert [fault.kind for fault in found.faults] == ["encoding"]


def test_a_formula_stays_text(read, tmp_path):
    found = read("source,target\n=1+1,'=2\n")
    assert found.network.ties.select("from_id", "to_id").rows() == [("=1+1", "=2")]


def test_two_tables_give_nodes_and_ties(read):
    found = read(
        {
            "people.csv": "Id,Label,Type,URN\n1,Ada,person,\n2,Bramble,school,100000\n",
            "links.csv": "Source,Target,Kind\n1,2,visits\n1,9,visits\n",
        }
    )
    assert found.format == "csv"
    assert found.network.nodes.select("id", "kind", "label", "URN").rows() == [
        ("1", "person", "Ada", None),
        ("2", "school", "Bramble", "100000"),
        ("9", None, "9", None),
    ]
    (fault,) = found.faults
    assert (fault.kind, fault.found, fault.sheet) == (
        "end of a tie is no listed node",
        "9",
        "links.csv",
    )


def test_a_node_given_twice_keeps_its_first_row_and_its_gaps_filled(read):
    found = read({"n.csv": "id,label,a,b\n1,Ada,x,\n1,Ada,y,z\n", "e.csv": "source,target\n1,1\n"})
    assert found.network.nodes.select("a", "b").rows() == [("x", "z")]
    assert found.set_aside.height == 1


@pytest.mark.parametrize(
    "text",
    [
        ",A,B\nA,0,2\nB,1,0\n",
        "A,B\n0,2\n1,0\n",
        '"","A","B"\n"A","0","2"\n"B","1","0"\n',
    ],
)
def test_a_matrix_is_known_with_and_without_labels_of_rows(read, text):
    found = read(text)
    assert found.format == "matrix"
    assert found.network.ties.select("from_id", "to_id", "weight").rows() == [
        ("A", "B", 2.0),
        ("B", "A", 1.0),
    ]


def test_a_matrix_of_two_modes_keeps_both(read):
    found = read(",Hub,Trust\nAda,1,0\nBen,0,1\nCleo,,1\n")
    assert found.network.nodes["id"].to_list() == ["Ada", "Ben", "Cleo", "Hub", "Trust"]
    assert found.network.ties.height == 3
    assert any("1 cells of the matrix are empty" in told for told in found.network.told)


def test_a_matrix_whose_rows_nobody_names_is_refused(read):
    with pytest.raises(DataError, match="no labels of rows"):
        read("A,B,C\n0,1,0\n1,0,0\n", format="matrix")


@pytest.mark.parametrize(
    "text", ["name,age\nAda,7\nBen,x\n", "just words", "<p>a page</p>", "[1, 2]"]
)
def test_what_is_no_network_is_refused_in_words(read, text):
    with pytest.raises(DataError) as refused:
        read(text)
    assert refused.value.advice
