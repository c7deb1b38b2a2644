"""UCINET's DL, written: a full matrix for each kind of tie, labels above the data [ucinet2002]."""

from __future__ import annotations

import re

from hedgerow.fieldbook.networks.network import UNNAMED_KIND, Network
from hedgerow.landscape.errors import UsageError

MOST_CELLS = 25_000_000
LONGEST_LABEL = 18
"""Characters of a label that older releases of UCINET keep."""


def write_dl(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as DL, a cell holding a tie's weight, 1 where it has none.

    Returns
    -------
    bytes
        The file, UTF-8.
    list of str
        What it cannot hold.

    Raises
    ------
    UsageError
        If the matrices would have more than `MOST_CELLS` cells.
    """
    ids = network.nodes["id"].to_list()
    kinds = sorted(network.ties["kind"].unique()) or [UNNAMED_KIND]
    if len(ids) ** 2 * len(kinds) > MOST_CELLS:
        raise UsageError(
            f"As matrices, this network has {len(ids)} times {len(ids)} cells for each of "
            f"{len(kinds)} kinds of tie: too many for UCINET.",
            advice="Write it as GraphML, or choose fewer kinds of tie.",
        )
    labels = _labels(ids)
    names = _labels(kinds)
    place = {id_: number for number, id_ in enumerate(ids)}
    cells = [[["0"] * len(ids) for _ in ids] for _ in kinds]
    for row in network.ties.iter_rows(named=True):
        matrix = cells[kinds.index(row["kind"])]
        weight = 1.0 if row["weight"] is None else row["weight"]
        ends = [(row["from_id"], row["to_id"])]
        if not row["is_directed"]:
            ends.append((row["to_id"], row["from_id"]))
        for start, end in ends:
            _put(matrix[place[start]], place[end], weight)
    lines = [
        "dl",
        f"n={len(ids)} nm={len(kinds)}",
        "format=fullmatrix",
        "labels:",
        *(f'"{label}"' for label in labels),
        "matrix labels:",
        *(f'"{name}"' for name in names),
        "data:",
        *(" ".join(row) for matrix in cells for row in matrix),
    ]
    return ("\n".join(lines) + "\n").encode(), _lost(network, labels, names, ids, kinds)


def _put(row: list[str], place: int, weight: float) -> None:
    """Put a weight into a cell; parallel ties leave the largest."""
    if float(row[place]) == 0 or weight > float(row[place]):
        row[place] = (
            str(int(weight)) if weight.is_integer() and abs(weight) < 1e15 else repr(weight)
        )


def _labels(texts: list[str]) -> list[str]:
    """Give labels that the language can hold, each its own: no quotation marks, one line."""
    labels: list[str] = []
    seen: set[str] = set()
    for text in texts:
        label = re.sub(r"[\t\n]", " ", text.replace('"', "'"))
        while label in seen:
            label += "'"
        seen.add(label)
        labels.append(label)
    return labels


def _lost(
    network: Network, labels: list[str], names: list[str], ids: list[str], kinds: list[str]
) -> list[str]:
    lost = []
    said = [name for name in network.nodes.columns if name not in ("id", "label")]
    said = [name for name in said if network.nodes[name].count()]
    if said:
        lost.append(f"What is said of nodes: {', '.join(said)}.")
    if (network.nodes["label"] != network.nodes["id"]).any():
        lost.append("Labels of nodes: their ids stand for them.")
    ties = network.ties
    held = ("from_id", "to_id", "kind", "number", "weight", "is_directed")
    flags = ("start_censored", "end_censored")
    dropped = [
        name
        for name in ties.columns
        if name not in held and (ties[name].any() if name in flags else ties[name].count())
    ]
    if dropped:
        lost.append(f"What is said of ties: {', '.join(dropped)}.")
    if parallel := int(ties.select("from_id", "to_id", "kind").is_duplicated().sum()):
        lost.append(f"{parallel} ties that share ends and kind: a cell holds the largest weight.")
    if ties["weight"].null_count():
        lost.append("That a tie has no weight: its cell holds 1.")
    if noughts := ties.filter(ties["weight"] == 0).height:
        lost.append(f"{noughts} ties of weight 0: a nought is no tie.")
    if not ties["is_directed"].all():
        lost.append("That a tie is undirected: its cells on both sides are filled.")
    if labels != ids or names != kinds:
        lost.append("Quotation marks and line ends in labels: apostrophes and blanks stand there.")
    if any(len(label) > LONGEST_LABEL for label in [*labels, *names]):
        lost.append(f"Older releases of UCINET cut labels to {LONGEST_LABEL} characters.")
    return lost
