"""Edge lists and tables of nodes and edges, as comma-separated text.

The two tables together hold everything; an edge list alone holds ties and the ids at their ends.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from hedgerow.fieldbook.networks.delimited import Delimited, read_delimited, written
from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.network import TIE_SPELLINGS, Network
from hedgerow.fieldbook.networks.values import folded
from hedgerow.landscape.errors import DataError

NODE_HEADINGS = {"id": "Id", "label": "Label", "kind": "Kind"}
TIE_HEADINGS = {
    "from_id": "Source",
    "to_id": "Target",
    "is_directed": "Type",
    "kind": "Kind",
    "number": "Number",
    "start": "Start",
    "end": "End",
    "start_censored": "Start censored",
    "end_censored": "End censored",
    "weight": "Weight",
    "carrier": "Carrier",
}
"""Headings as Gephi's import of spreadsheets knows them, where it knows them."""


def is_edge_list(table: Delimited) -> bool:
    """Say whether a table's headings name both ends of a tie."""
    spelled = {folded(heading) for heading in table.headings}
    return all(spelled & set(TIE_SPELLINGS[end]) for end in ("from_id", "to_id"))


def read_edge_list(content: bytes, file: str) -> ReadNetwork:
    """Read a table of ties with headings such as source, target, kind, start, end, carrier.

    Raises
    ------
    DataError
        If no two headings name the ends of a tie.
    """
    table = read_delimited(content)
    if not is_edge_list(table):
        found = ", ".join(table.headings[:12]) or "none"
        raise DataError(
            f"{file} has no headings for the two ends of a tie. Found: {found}; expected two such "
            "as source and target.",
            advice="Name the columns in the first row: source, target, and where known kind, "
            "start, end, weight, carrier.",
        )
    gathering = Gathering(file, lists_nodes=False)
    take_ties(gathering, table)
    gathering.tell("An edge list says nothing of nodes without a tie, nor of what a node is.")
    return gathering.finish("edge-list")


def read_tables(members: Mapping[str, bytes], file: str) -> ReadNetwork:
    """Read a table of nodes and a table of edges, whatever the files are called.

    Raises
    ------
    DataError
        If none of them is a table of edges.
    """
    gathering = Gathering(file)
    tables = {
        name: read_delimited(content)
        for name, content in sorted(members.items())
        if name.lower().endswith((".csv", ".tsv", ".txt"))
    }
    edges = {name: table for name, table in tables.items() if is_edge_list(table)}
    if not edges:
        raise DataError(
            f"{file} holds no table of edges. Found: {', '.join(sorted(members)[:12])}; expected "
            "a CSV file with headings such as source and target.",
            advice="Give one file of a network, or a folder with nodes.csv and edges.csv.",
        )
    for name, table in tables.items():
        if name not in edges:
            note_shape(gathering, table, sheet=name)
            for row, fields in table.rows:
                gathering.node(fields, sheet=name, row=row)
    for name, table in edges.items():
        take_ties(gathering, table, sheet=name)
    return gathering.finish("csv")


def take_ties(gathering: Gathering, table: Delimited, *, sheet: str | None = None) -> None:
    """Take up every row of a table of ties."""
    note_shape(gathering, table, sheet=sheet)
    for row, fields in table.rows:
        gathering.tie(fields, sheet=sheet, row=row)


def note_shape(gathering: Gathering, table: Delimited, *, sheet: str | None = None) -> None:
    """Record rows that do not fit the headings, and what had to be guessed of the encoding."""
    if table.note:
        gathering.fault(
            "encoding",
            table.note,
            "UTF-8",
            advice="Save the file as “CSV UTF-8” if accented letters look wrong.",
            sheet=sheet,
        )
    for row, cells in table.broken:
        gathering.set_aside(
            "row with too many cells",
            {str(place): cell for place, cell in enumerate(cells, start=1)},
            f"{len(table.headings)} cells",
            found=f"{len(cells)} cells",
            sheet=sheet,
            row=row,
            advice="Put text that contains the delimiter in quotation marks.",
        )


def write_edge_list(network: Network) -> tuple[bytes, list[str]]:
    """Write the ties of a network as one table.

    Returns
    -------
    bytes
        The table.
    list of str
        What it cannot hold.
    """
    lost = []
    ends = set(network.ties["from_id"]) | set(network.ties["to_id"])
    if alone := network.nodes.height - len(ends):
        lost.append(f"{alone} nodes without a tie: an edge list holds nodes by their ties alone.")
    said = [name for name in network.nodes.columns if name not in ("id", "label")]
    said = [name for name in said if network.nodes[name].count()]
    if said:
        lost.append(f"What is said of nodes: {', '.join(said)}.")
    if (network.nodes["label"] != network.nodes["id"]).any():
        lost.append("Labels of nodes: their ids stand for them.")
    return _edges(network), lost


def write_tables(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as a zip archive of ``nodes.csv`` and ``edges.csv``.

    Returns
    -------
    bytes
        The archive.
    list of str
        What it cannot hold: nothing.
    """
    names = [*NODE_HEADINGS, *network.node_attributes]
    headings = [NODE_HEADINGS.get(name, name) for name in names]
    nodes = written(headings, network.nodes[names].iter_rows())
    return zipped({"nodes.csv": nodes, "edges.csv": _edges(network)}), []


def _edges(network: Network) -> bytes:
    names = [*TIE_HEADINGS, *network.tie_attributes]
    headings = [TIE_HEADINGS.get(name, name) for name in names]
    direction = names.index("is_directed")
    rows = (
        [*row[:direction], "Directed" if row[direction] else "Undirected", *row[direction + 1 :]]
        for row in network.ties[names].iter_rows()
    )
    return written(headings, rows)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip archive that is the same whenever it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()
