"""A network in the files that Network Canvas exports, for programs that read those.

Programs such as the R packages ideanet and egor read exports of Network Canvas. The one interview
of such an export has an ego that is no person; its protocol is named `OWN_PROTOCOL`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from hedgerow.fieldbook.networks.delimited import written
from hedgerow.fieldbook.networks.interviews import OWN_PROTOCOL
from hedgerow.fieldbook.networks.network import TIE_COLUMNS, Network
from hedgerow.fieldbook.networks.tables import zipped

SESSION = "00000000-0000-4000-8000-000000000001"
EGO = "00000000-0000-4000-8000-000000000002"
CASE = "network"
_TIE_VARIABLES = [name for name in TIE_COLUMNS if name not in ("from_id", "to_id")]


def write_export(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as a zip archive of the files that Network Canvas exports.

    Kind, days, weight and carrier of ties, and the kind of nodes, are variables of the interview.

    Returns
    -------
    bytes
        The archive.
    list of str
        What it cannot hold: that Network Canvas itself takes in no export.
    """
    prefix = f"{CASE}_{SESSION}"
    ego = ("networkCanvasEgoUUID", "networkCanvasCaseID", "networkCanvasSessionID")
    members = {
        f"{prefix}_ego.csv": written(
            [*ego, "networkCanvasProtocolName"], [[EGO, CASE, SESSION, OWN_PROTOCOL]]
        )
    }
    places = {id_: place for place, id_ in enumerate(network.nodes["id"], start=1)}
    for type_, nodes in _parted(network.nodes, "Node"):
        names = ["label", "kind", *network.node_attributes]
        rows = [
            [places[row["id"]], EGO, row["id"], *(row[name] for name in names)]
            for row in nodes.iter_rows(named=True)
        ]
        headings = ["nodeID", "networkCanvasEgoUUID", "networkCanvasUUID", *names]
        members[f"{prefix}_attributeList_{type_}.csv"] = written(headings, rows)
    count = 0
    for type_, ties in _parted(network.ties, "Tie"):
        names = [*_TIE_VARIABLES, *network.tie_attributes]
        rows = []
        for row in ties.iter_rows(named=True):
            count += 1
            ends = [row["from_id"], row["to_id"]]
            rows.append(
                [count, *(places[end] for end in ends), EGO, f"tie-{count}", *ends]
                + [row[name] for name in names]
            )
        headings = [
            "edgeID",
            "from",
            "to",
            "networkCanvasEgoUUID",
            "networkCanvasUUID",
            "networkCanvasSourceUUID",
            "networkCanvasTargetUUID",
            *names,
        ]
        members[f"{prefix}_edgeList_{type_}.csv"] = written(headings, rows)
    return zipped(members), ["Network Canvas itself takes in no exports; other programs do."]


def _parted(table: pl.DataFrame, unnamed: str) -> Sequence[tuple[str, pl.DataFrame]]:
    """Part a table by kind, each part under a name that a file can have."""
    parts: dict[str, pl.DataFrame] = {}
    for (kind,), part in table.group_by("kind", maintain_order=True):
        name = re.sub(r"[^\w-]", "", str(kind or ""), flags=re.ASCII)[:60] or unnamed
        folded = {given.casefold() for given in parts}
        free = name
        number = 2
        while free.casefold() in folded:
            free = f"{name}-{number}"
            number += 1
        parts[free] = part
    return list(parts.items())
