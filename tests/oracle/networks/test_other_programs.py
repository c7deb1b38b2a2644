"""networkx reads what we write, and we read what networkx and R's users have."""

from __future__ import annotations

import csv
from datetime import date

import networkx as nx
import pytest

from hedgerow.fieldbook.networks import Network, read_network, write_network
from hedgerow.fieldbook.networks.holding import HOLDS

NETWORK = Network.of(
    [
        {
            "id": "a",
            "label": "Bramble “Lane”",
            "kind": "school",
            "pupils": "210",
            "x": "1.5",
            "y": "2",
        },
        {"id": "b", "label": "Hazel & Hub", "kind": "maths_hub"},
        {"id": "c", "label": "Alone"},
    ],
    [
        {
            "from_id": "a",
            "to_id": "b",
            "kind": "member_of",
            "start": date(2021, 9, 1),
            "end": date(2022, 9, 1),
            "weight": 2.5,
            "carrier": "person:1",
        },
        {"from_id": "a", "to_id": "b", "kind": "turns_to", "note": "in “code”"},
        {"from_id": "b", "to_id": "b", "kind": "turns_to"},
    ],
)
UNDIRECTED = Network.of(
    NETWORK.nodes.to_dicts(),
    [{**tie, "is_directed": False} for tie in NETWORK.ties.to_dicts()],
)
MIXED = Network.of(
    NETWORK.nodes.to_dicts(),
    [{**tie, "is_directed": tie["kind"] == "turns_to"} for tie in NETWORK.ties.to_dicts()],
)


@pytest.mark.parametrize(
    ("network", "is_directed"), [(NETWORK, True), (UNDIRECTED, False), (MIXED, True)]
)
def test_networkx_reads_our_graphml(network, is_directed, tmp_path):
    write_network(network, tmp_path / "n.graphml")
    graph = nx.read_graphml(tmp_path / "n.graphml")
    assert graph.is_directed() == is_directed and graph.is_multigraph()
    assert set(graph) == {"a", "b", "c"}
    assert graph.nodes["a"] == {
        "label": "Bramble “Lane”",
        "kind": "school",
        "pupils": 210,
        "x": 1.5,
        "y": 2,
    }
    ties = {data["kind"]: data for start, end, data in graph.edges(data=True) if start != end}
    assert ties["member_of"]["start"] == "2021-09-01"
    assert ties["member_of"]["end"] == "2022-09-01"
    assert ties["member_of"]["weight"] == 2.5
    assert ties["member_of"]["carrier"] == "person:1"
    assert ties["turns_to"]["note"] == "in “code”"


@pytest.mark.parametrize(
    ("network", "is_directed"), [(NETWORK, True), (UNDIRECTED, False), (MIXED, True)]
)
def test_networkx_reads_our_gexf(network, is_directed, tmp_path):
    write_network(network, tmp_path / "n.gexf")
    graph = nx.read_gexf(tmp_path / "n.gexf")
    assert graph.is_directed() == is_directed and graph.is_multigraph()
    assert graph.graph["mode"] == "dynamic"
    assert graph.nodes["a"]["label"] == "Bramble “Lane”"
    assert graph.nodes["a"]["pupils"] == 210
    assert graph.nodes["a"]["viz"]["position"] == {"x": 1.5, "y": 2.0, "z": 0.0}
    dated = [data for *_, data in graph.edges(data=True) if data.get("start")]
    assert [(data["start"], data["end"], data["weight"]) for data in dated] == [
        ("2021-09-01", "2022-08-31", 2.5)
    ]
    assert dated[0]["carrier"] == "person:1"


@pytest.mark.parametrize("version", ["1.1draft", "1.2draft", "1.3"])
def test_we_read_the_gexf_of_networkx(version, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="Bramble", kind="school", pupils=210)
    graph.add_edge("a", "b", kind="visits", weight=2.0)
    graph.add_edge("a", "b", kind="advises")
    nx.write_gexf(graph, tmp_path / "n.gexf", version=version)
    read = read_network(tmp_path / "n.gexf")
    assert read.format == "gexf"
    assert read.network.nodes.filter(id="a")["pupils"].to_list() == ["210"]
    ties = read.network.ties.select("from_id", "to_id", "kind", "weight").sort("kind").rows()
    assert ties == [("a", "b", "advises", None), ("a", "b", "visits", 2.0)]


def test_we_read_the_graphml_of_networkx(tmp_path):
    graph = nx.karate_club_graph()
    nx.write_graphml(graph, tmp_path / "n.graphml")
    read = read_network(tmp_path / "n.graphml")
    assert len(read.faults) == 0
    assert read.network.nodes.height == 34
    ours = {
        frozenset(ends): weight
        for *ends, weight in read.network.ties.select("from_id", "to_id", "weight").iter_rows()
    }
    assert ours == {
        frozenset((str(a), str(b))): data["weight"] for a, b, data in graph.edges(data=True)
    }
    assert not read.network.ties["is_directed"].any()
    assert read.network.nodes["club"].value_counts().height == 2


def test_a_published_matrix_is_read_cell_by_cell(oracle_data):
    """Freeman's EIES network of 32 people, as a matrix without labels of rows."""
    path = oracle_data / "brokerage" / "eies_adjacency.csv"
    read = read_network(path)
    assert read.format == "matrix"
    with path.open(encoding="utf-8") as stream:
        headings, *rows = csv.reader(stream)
    expected = {
        (headings[i], headings[j], float(cell))
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        if float(cell)
    }
    ties = set(read.network.ties.select("from_id", "to_id", "weight").iter_rows())
    assert read.network.nodes.height == 32
    assert ties == expected
    assert len(read.faults) == 0


@pytest.mark.parametrize("name", HOLDS)
def test_a_published_matrix_goes_there_and_back(name, oracle_data, tmp_path):
    network = read_network(oracle_data / "brokerage" / "eies_adjacency.csv").network
    write_network(network, tmp_path / "n", name)
    assert read_network(tmp_path / "n").network == network
