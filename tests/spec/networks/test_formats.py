"""What each format looks like, and what is read of it: one small network, written out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.fieldbook.networks import FORMATS, Network, read_network, write_network

NETWORK = Network.of(
    [
        {"id": "a", "label": "Bramble Lane", "kind": "school", "pupils": "210"},
        {"id": "b", "label": "Hazel Hub", "kind": "maths_hub"},
    ],
    [
        {
            "from_id": "a",
            "to_id": "b",
            "kind": "member_of",
            "start": date(2021, 9, 1),
            "end": date(2022, 9, 1),
            "weight": 2.0,
            "carrier": "person:1",
        },
        {"from_id": "a", "to_id": "b", "kind": "member_of", "number": 1, "start": date(2023, 9, 1)},
        {"from_id": "b", "to_id": "b", "kind": "visits"},
    ],
)

GRAPHML = """<?xml version='1.0' encoding='UTF-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="n0" for="node" attr.name="label" attr.type="string"/>
  <key id="n1" for="node" attr.name="kind" attr.type="string"/>
  <key id="n2" for="node" attr.name="pupils" attr.type="long"/>
"""

# the last day on which the first tie held is 31 August, the day before its end
GEXF_EDGE = (
    '<edge id="0" source="a" target="b" kind="member_of" weight="2.0" '
    'start="2021-09-01" end="2022-08-31">'
)

DL = """dl
n=2 nm=2
format=fullmatrix
labels:
"a"
"b"
matrix labels:
"member_of"
"visits"
data:
0 2
0 0
0 0
0 1
"""

EDGES = (
    "\ufeffSource,Target,Type,Kind,Number,Start,End,Start censored,End censored,Weight,Carrier\n"
    "a,b,Directed,member_of,0,2021-09-01,2022-09-01,false,false,2.0,person:1\n"
    "a,b,Directed,member_of,1,2023-09-01,,false,false,,\n"
    "b,b,Directed,visits,0,,,false,false,,\n"
)

BLUEPRINT = """{
 "elements": [
  {
   "id": "a",
   "type": "school",
   "label": "Bramble Lane",
   "pupils": "210"
  },
"""


def text_of(name: str) -> str:
    writer = FORMATS[name].write
    assert writer is not None
    return writer(NETWORK)[0].decode()


def test_graphml_declares_typed_keys():
    assert text_of("graphml").startswith(GRAPHML)


def test_gexf_has_intervals_whose_last_day_is_inside():
    text = text_of("gexf")
    assert GEXF_EDGE in text
    assert 'mode="dynamic" defaultedgetype="directed" timeformat="date"' in text
    assert 'kind="member_of" start="2023-09-01"' in text


def test_dl_has_a_matrix_for_each_kind():
    assert text_of("dl") == DL


def test_an_edge_list_is_a_table_that_gephi_knows():
    assert text_of("edge-list") == EDGES


def test_a_blueprint_has_elements_and_connections():
    assert text_of("kumu").startswith(BLUEPRINT)
    assert '"from": "a",\n   "to": "b",\n   "type": "member_of"' in text_of("kumu")


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("graphml", []),
        ("gexf", []),
        ("kumu", []),
        ("kumu-workbook", []),
        ("csv", []),
        ("edge-list", ["What is said of nodes: kind, pupils.", "Labels of nodes"]),
        (
            "dl",
            [
                "What is said of nodes: kind, pupils.",
                "Labels of nodes",
                "What is said of ties: start, end, carrier.",
                "2 ties that share ends and kind",
                "That a tie has no weight",
            ],
        ),
    ],
)
def test_what_a_format_cannot_hold_is_told(name, lost, tmp_path):
    told = write_network(NETWORK, tmp_path / "network", name)
    assert len(told) == len(lost)
    assert all(found.startswith(start) for found, start in zip(told, lost, strict=True))


def test_the_format_is_known_from_the_ending_or_from_the_content(tmp_path):
    for name in ("network.graphml", "network.gexf", "network.json", "network.xlsx", "network.zip"):
        write_network(NETWORK, tmp_path / name)
        (tmp_path / name).rename(tmp_path / "no-ending")
        assert read_network(tmp_path / "no-ending").network == NETWORK
