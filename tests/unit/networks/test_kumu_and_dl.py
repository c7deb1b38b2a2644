"""Kumu's workbooks and blueprints, UCINET's DL, as their users write them."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from hedgerow.landscape.errors import DataError


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    made.close()
    return stream.getvalue()


def test_a_workbook_names_elements_by_label(read):
    found = read(
        book(
            {
                "Connections": [
                    ["From", "To", "Type", "Direction", "Strength"],
                    ["Bramble", "Hazel", "visits", "mutual", 2],
                    ["Bramble", "Nobody", "", "", ""],
                ],
                "Elements": [
                    ["Label", "Type", "Tags"],
                    ["Bramble", "school", "north|small"],
                    ["Hazel", "maths_hub", None],
                ],
                "Notes": [["x"], ["y"]],
            }
        )
    )
    assert found.format == "kumu-workbook"
    assert found.network.nodes.select("id", "kind", "Tags").rows() == [
        ("Bramble", "school", "north|small"),
        ("Hazel", "maths_hub", None),
        ("Nobody", None, None),
    ]
    assert found.network.ties.select("kind", "is_directed", "weight").rows() == [
        ("visits", False, 2.0),
        ("tie", True, None),
    ]
    assert [fault.kind for fault in found.faults] == ["end of a tie is no listed node"]
    assert found.network.told == ("Other sheets were not read: Notes.",)


def test_a_formula_that_was_never_calculated_is_told(read):
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = made.add_worksheet("Connections")
    sheet.write_row(0, 0, ["From", "To", "Strength"])
    sheet.write_row(1, 0, ["Bramble", "Hazel"])
    sheet.write_formula(1, 2, "=1+1", value="")
    made.close()
    found = read(stream.getvalue())
    assert found.network.ties["weight"].to_list() == [None]
    (fault,) = found.faults
    assert (fault.kind, fault.sheet, fault.row, fault.column) == (
        "cell without a value",
        "Connections",
        2,
        "Strength",
    )


def test_a_workbook_of_something_else_is_refused(read):
    with pytest.raises(DataError, match="no sheet of elements or connections"):
        read(book({"Sheet1": [["name", "age"], ["Ada", 7]]}))


def test_a_blueprint_joins_lists_and_unfolds_a_backups_attributes(read):
    found = read(
        '{"elements": [{"_id": "1", "attributes": {"label": "Bramble", "tags": ["a", "b"]}},'
        ' {"_id": "2", "label": "Bramble"}], "connections": [{"from": "1", "to": "Bramble"},'
        ' {"from": "2"}], "maps": []}'
    )
    assert found.network.nodes.select("id", "label", "tags").rows() == [
        ("1", "Bramble", "a|b"),
        ("2", "Bramble", None),
    ]
    assert found.network.ties.select("from_id", "to_id").rows() == [("1", "1")]
    assert {fault.kind for fault in found.faults} == {
        "two elements of one label",
        "tie without two ends",
    }
    assert found.network.told == ("Other parts of the Kumu project were not read: maps.",)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"a": 1}', '{"elements": ' + "9" * 5000])
def test_json_that_is_no_blueprint_is_refused(read, text):
    with pytest.raises(DataError):
        read(text, format="kumu")


MATRIX = """DL N = 3
Format = FullMatrix
Labels:
barry,"david x",lin
Data:
0 1 0
2 0 0
0 .5 0
"""


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        (MATRIX, {("barry", "david x", 1), ("david x", "barry", 2), ("lin", "david x", 0.5)}),
        (
            "dl n=3\nformat = edgelist1\nlabels:\na, b, c\ndata:\n1 2\n1 3 2.5\n3 3 0\n",
            {("a", "b", 1), ("a", "c", 2.5)},
        ),
        (
            'DL n=9\nformat=edgelist1\nlabels embedded:\ndata:\ngeorge sally\n"a b" jim 3\n',
            {("george", "sally", 1), ("a b", "jim", 3)},
        ),
        (
            "dl n=4 format=nodelist1 labels embedded data:\na b c\nd\n",
            {("a", "b", 1), ("a", "c", 1)},
        ),
        (
            "dl n=3, format = nodelist1b\nlabels:\na b c\ndata:\n2 2 3\n0\n",
            {("b", "c", 1)},
        ),
        (
            "dl nr=2 nc=3\nrow labels:\na b\ncolumn labels:\nx y z\ndata:\n1 0 1\n0 1 0\n",
            {("a", "x", 1), ("a", "z", 1), ("b", "y", 1)},
        ),
        (
            "dl n=3 format=lowerhalf diagonal=absent\nlabels:\na b c\ndata:\n1\n0 1\n",
            {("b", "a", 1), ("a", "b", 1), ("c", "b", 1), ("b", "c", 1)},
        ),
        (
            "dl\nn = 2\nlabels embedded\nformat = fullmatrix\ndata:\nBill Jan\nBill 0 1\nJan 0 0\n",
            {("Bill", "Jan", 1)},
        ),
    ],
)
def test_the_formats_of_dl(read, text, ties):
    found = read(text)
    assert found.format == "dl"
    assert set(found.network.ties.select("from_id", "to_id", "weight").iter_rows()) == ties


def test_several_matrices_are_kinds_of_ties(read):
    found = read(
        "dl n=2 nm=2\nlabels:\na b\nmatrix labels:\nadvice friendship\ndata:\n0 1\n0 0\n0 0\n1 0\n"
    )
    assert found.network.ties.select("from_id", "kind").rows() == [
        ("a", "advice"),
        ("b", "friendship"),
    ]
    lists = read(
        "dl n=2 nm=2 format=edgelist1\nlabels:\na b\ndata:\n1 2\n!\n2 1\n", name="lists.dl"
    )
    assert lists.network.ties.select("from_id", "kind").rows() == [
        ("a", "relation 1"),
        ("b", "relation 2"),
    ]


def test_dl_that_breaks_off_keeps_what_is_there(read):
    found = read("dl n=3\nlabels:\na b c\ndata:\n0 1 0\n1 x")
    assert found.network.nodes.height == 3
    assert found.network.ties.select("from_id", "to_id").rows() == [("a", "b"), ("b", "a")]
    assert [fault.kind for fault in found.faults] == ["not a number", "data break off"]


def test_an_isolate_stays(read):
    found = read("dl n=3 format=edgelist1\nlabels:\na b c\ndata:\n1 2\n")
    assert found.network.nodes["id"].to_list() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dl n=2 format=blockmatrix data:\n", "blockmatrix"),
        ("dl n=9999999 data:\n1", "n = 9999999"),
        ("dl n=2\n", "no part “data:”"),
    ],
)
def test_dl_that_cannot_be_read_is_refused(read, text, said):
    with pytest.raises(DataError, match=said):
        read(text, format="dl")
