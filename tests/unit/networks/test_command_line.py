"""``hedgerow fieldbook network``: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json

import pytest

from hedgerow.cli import main
from hedgerow.fieldbook.networks import Network, read_network, write_network
from hedgerow.fieldbook.store import read_store

NETWORK = Network.of(
    [
        {"id": "n1", "label": "Ada Invented", "kind": "person"},
        {"id": "n2", "label": "Ben Invented", "kind": "person"},
        {"id": "n3", "label": "Moss Forum", "kind": "association"},
    ],
    [
        {"from_id": "n1", "to_id": "n2", "kind": "turns_to"},
        {"from_id": "n1", "to_id": "n3", "kind": "belongs", "weight": 2.0},
    ],
)


@pytest.fixture
def given(tmp_path):
    write_network(NETWORK, tmp_path / "talk.graphml")
    return tmp_path / "talk.graphml"


def run(*arguments: object) -> int:
    return main(["fieldbook", "network", *map(str, arguments)])


def test_check_says_what_a_file_holds(given, capsys):
    assert run("check", given) == 0
    said = capsys.readouterr().out
    assert "talk.graphml: GraphML" in said
    assert "3 nodes (2 person, 1 association)" in said
    assert "2 ties (1 belongs, 1 turns_to)" in said


def test_check_gives_json(given, capsys):
    assert run("check", given, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["format"], report["nodes"], report["ties"]) == ("graphml", 3, 2)
    assert report["faults"] == []


def test_convert_says_what_is_lost(given, tmp_path, capsys):
    assert run("convert", given, tmp_path / "talk.dl") == 0
    said = capsys.readouterr().out
    assert "It cannot hold: What is said of nodes: kind." in said
    assert run("convert", given, tmp_path / "talk.gexf") == 0
    assert "cannot hold" not in capsys.readouterr().out
    assert read_network(tmp_path / "talk.gexf").network == NETWORK


def test_an_imported_network_becomes_evidence_without_names(given, tmp_path, capsys):
    key, sheets, folder = tmp_path / "key.json", tmp_path / "talk.xlsx", tmp_path / "evidence"
    code = run(
        "import",
        given,
        sheets,
        "--key",
        key,
        "--day",
        "2022-04-25",
        "--tie-kind",
        "belongs=member_of",
    )
    assert code == 0
    assert "2 ties" in capsys.readouterr().out
    assert "Ada Invented" in key.read_text("utf-8")
    code = main(["fieldbook", "import", str(sheets), "--into", str(folder), "--key", str(key)])
    assert code == 0, capsys.readouterr()
    tables = read_store(folder).tables
    assert sorted(tables["ties"]["kind"]) == ["member_of", "turns_to"]
    assert tables["persons"].height == 2
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Invented" not in held


def test_export_writes_evidence_as_a_network(given, tmp_path, capsys):
    test_an_imported_network_becomes_evidence_without_names(given, tmp_path, capsys)
    out = tmp_path / "out.graphml"
    assert run("export", out, "--fieldbook", tmp_path / "evidence") == 0
    assert "3 nodes, 2 ties" in capsys.readouterr().out
    network = read_network(out).network
    assert sorted(network.nodes["kind"]) == ["association", "person", "person"]
    assert "Invented" not in out.read_text("utf-8")


def test_the_protocol_is_written(tmp_path, capsys):
    assert run("protocol", tmp_path / "learning.netcanvas") == 0
    assert "schema version 7" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "missing.graphml"], 2),
        (["export", "out.graphml"], 2),
        (["export", "out.graphml", "--place", "radius:AB1,5km"], 2),
        (["protocol", "learning.zip"], 2),
        (["import", "talk.graphml", "out.xlsx", "--key", "k", "--node-kind", "person"], 2),
        (["import", "talk.graphml", "out.xlsx", "--key", "k", "--day", "soon"], 2),
    ],
)
def test_wrong_use_ends_with_2(given, arguments, code, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == code
    assert "Error" in capsys.readouterr().err


def test_bad_data_ends_with_3(tmp_path):
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert run("check", tmp_path / "bad.json") == 3
