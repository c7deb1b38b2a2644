"""What a format is said to hold comes back: import(export(x)) == x."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings

from hedgerow.fieldbook.networks import FORMATS, Network, ReadNetwork, read_network, write_network
from hedgerow.fieldbook.networks.holding import ALL, HOLDS
from hedgerow.fieldbook.networks.network import NODE_COLUMNS
from tests.property.networks.strategies import networks, plain_labels

LOSSLESS = [name for name, held in HOLDS.items() if held.parts == ALL]


def there_and_back(network: Network, name: str) -> tuple[ReadNetwork, list[str]]:
    """Write and read; the format is found out from the content, not from a name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network"
        lost = write_network(network, path, name)
        return read_network(path), lost


def test_what_is_held_is_said_of_every_format_that_is_written():
    assert set(HOLDS) == {name for name, known in FORMATS.items() if known.write is not None}


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=40)
@given(network=networks())
def test_lossless(name, network):
    back, _ = there_and_back(network, name)
    assert back.network == network
    assert back.format == name
    assert back.set_aside.is_empty()
    assert len(back.faults) == 0, back.faults.table().to_dicts()


@pytest.mark.parametrize("name", HOLDS)
@settings(max_examples=8)
@given(network=networks())
def test_the_same_network_gives_the_same_bytes(name, network):
    writer = FORMATS[name].write
    assert writer is not None
    assert writer(network) == writer(network)


@settings(max_examples=40)
@given(network=networks())
def test_an_edge_list_holds_ties_and_nothing_of_nodes(network):
    back, lost = there_and_back(network, "edge-list")
    ends = sorted({*network.ties["from_id"], *network.ties["to_id"]})
    assert back.network == Network(
        nodes=pl.DataFrame(
            {"id": ends, "kind": [None] * len(ends), "label": ends}, schema=NODE_COLUMNS
        ),
        ties=network.ties,
    )
    is_plain = network == back.network
    assert bool(lost) == (not is_plain)


def held_by_dl(network: Network) -> Network:
    """The slow, obvious account of what matrices hold: the largest weight of each cell."""
    cells: dict[tuple[str, str, str], float] = {}
    for tie in network.ties.iter_rows(named=True):
        ends = [(tie["from_id"], tie["to_id"])]
        if not tie["is_directed"]:
            ends.append((tie["to_id"], tie["from_id"]))
        weight = 1.0 if tie["weight"] is None else tie["weight"]
        for start, end in ends:
            cell = (start, end, tie["kind"])
            # a cell at nought is an empty one
            cells[cell] = weight if not cells.get(cell) else max(weight, cells[cell])
    return Network.of(
        [{"id": id_} for id_ in network.nodes["id"]],
        [
            {"from_id": start, "to_id": end, "kind": kind, "weight": weight}
            for (start, end, kind), weight in cells.items()
            if weight != 0
        ],
    )


@settings(max_examples=40)
@given(network=networks(labels=plain_labels))
def test_dl_holds_nodes_kinds_and_weights(network):
    back, lost = there_and_back(network, "dl")
    expected = held_by_dl(network)
    assert back.network == expected
    if network != expected:
        assert lost, "what does not come back is told"


@settings(max_examples=40)
@given(network=networks())
def test_dl_holds_every_node_whatever_it_is_called(network):
    back, _ = there_and_back(network, "dl")
    assert back.network.nodes.height == network.nodes.height
