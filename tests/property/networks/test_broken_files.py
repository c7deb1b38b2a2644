"""No file, however broken, makes a reader crash or lose a sound row."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.fieldbook.networks import FORMATS, Network, ReadNetwork, read_network
from hedgerow.landscape.errors import DataError
from tests.property.networks.strategies import networks

WRITTEN = [name for name, known in FORMATS.items() if known.write is not None]
STARTS = st.sampled_from(
    [
        b"",
        b"<graphml",
        b"<gexf><graph>",
        b"dl n=3 data:",
        b"PK\x03\x04",
        b'{"elements": [',
        b"a,b\n",
        b"source,target\n",
        b"\xff\xfe<\x00",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"dl nm=99999 n=99999 format=edgelist1 data:",
        b'"' * 7,
        b"[" * 5000,
        b"<a>" * 500,
    ]
)


def read_bytes(content: bytes, format_: str | None = None) -> ReadNetwork | None:
    """Read; None where the file was refused as a whole."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network"
        path.write_bytes(content)
        try:
            return read_network(path, format=format_)
        except DataError as fault:
            assert str(fault).strip()
            return None


def written(network: Network, name: str) -> bytes:
    writer = FORMATS[name].write
    assert writer is not None
    return writer(network)[0]


@settings(max_examples=150)
@given(start=STARTS, rest=st.binary(max_size=60), name=st.none() | st.sampled_from([*FORMATS]))
def test_any_bytes(start, rest, name):
    read_bytes(start + rest, name)


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=40)
@given(network=networks(), data=st.data())
def test_damage_anywhere(name, network, data):
    content = bytearray(written(network, name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        until = data.draw(st.integers(at, min(len(content), at + 20)))
        content[at:until] = data.draw(st.binary(max_size=6))
    read_bytes(bytes(content))
    read_bytes(bytes(content), name)


@settings(max_examples=60)
@given(network=networks(), junk=st.text(max_size=20), data=st.data())
def test_a_broken_line_of_a_table_costs_no_other(network, junk, data):
    broken = junk.replace("\n", " ").replace("\r", " ")
    lines = written(network, "edge-list").decode("utf-8-sig").split("\n")[:-1]
    if any(line.count('"') % 2 for line in lines):
        return  # a row over several lines: what comes between is part of it
    at = data.draw(st.integers(1, len(lines)))
    content = "\n".join([*lines[:at], broken, *lines[at:], ""]).encode()
    back = read_bytes(content, "edge-list")
    assert back is not None
    key = ["from_id", "to_id", "kind", "number", "start", "end", "weight", "carrier"]
    there = set(back.network.ties[key].iter_rows())
    assert set(network.ties[key].iter_rows()) <= there


@settings(max_examples=60)
@given(network=networks(), data=st.data())
def test_a_document_cut_short_keeps_what_stands_whole(network, data):
    content = written(network, "graphml")
    cut = data.draw(st.integers(content.find(b"<graph ") + 8, len(content)))
    back = read_bytes(content[:cut], "graphml")
    assert back is not None
    whole = [match.end() for match in re.finditer(rb"</edge>", content)]
    assert back.network.ties.height == sum(end <= cut for end in whole)
    if cut < content.rfind(b">") + 1:
        assert "broken XML" in list(back.faults.table()["kind"])


@settings(max_examples=40)
@given(network=networks(), junk=st.lists(st.none() | st.integers() | st.text(), max_size=3))
def test_strange_records_of_a_blueprint_cost_no_other(network, junk):
    document = json.loads(written(network, "kumu"))
    document["connections"] = [*junk, *document["connections"], *junk]
    document["elements"] = [*junk, *document["elements"]]
    back = read_bytes(json.dumps(document).encode())
    assert back is not None
    assert back.network == network
    assert back.set_aside.height == 3 * len(junk)
