"""Kumu: workbooks with the sheets Elements and Connections, and JSON blueprints [kumu2026].

A value of several parts is parted by ``|`` in a workbook and is a list in a blueprint.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.values import folded, plain
from hedgerow.landscape.errors import DataError

ELEMENT_NAMES = {"id": "ID", "label": "Label", "kind": "Type"}
CONNECTION_NAMES = {
    "from_id": "From",
    "to_id": "To",
    "kind": "Type",
    "is_directed": "Direction",
    "number": "Number",
    "start": "Start",
    "end": "End",
    "start_censored": "Start censored",
    "end_censored": "End censored",
    "weight": "Strength",
    "carrier": "Carrier",
}
PARTS = "|"


def read_blueprint(content: bytes, file: str) -> ReadNetwork:
    """Read a JSON blueprint, or a whole project as Kumu backs it up.

    Raises
    ------
    DataError
        If it is no JSON, or has neither elements nor connections.
    """
    try:
        document = json.loads(content, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as fault:
        raise DataError(
            f"{file} is no JSON that can be read: {fault}.", advice="Export it from Kumu again."
        ) from fault
    if not isinstance(document, dict) or not {"elements", "connections"} & set(document):
        raise DataError(
            f"{file} is JSON without elements or connections; a Kumu blueprint was expected.",
            advice="In Kumu, export the project as JSON.",
        )
    gathering = Gathering(file, type_is_kind=True, lists_nodes="elements" in document)
    elements = _records(gathering, document.get("elements"), "elements")
    connections = _records(gathering, document.get("connections"), "connections")
    take_kumu(gathering, elements, connections, sheets=("elements", "connections"))
    rest = sorted(set(document) - {"elements", "connections"})
    if rest:
        gathering.tell(f"Other parts of the Kumu project were not read: {', '.join(rest)}.")
    return gathering.finish("kumu")


def take_kumu(
    gathering: Gathering,
    elements: Iterable[tuple[int, Mapping[str, object]]],
    connections: Iterable[tuple[int, Mapping[str, object]]],
    *,
    sheets: tuple[str, str],
) -> None:
    """Take up elements and connections, these naming elements by id or by label."""
    by_label: dict[str, str] = {}
    double = set()
    for row, fields in elements:
        id_ = gathering.node(fields, sheet=sheets[0], row=row)
        label = next((plain(v) for k, v in fields.items() if folded(k) == "label"), None)
        if id_ is not None and label is not None and by_label.setdefault(label, id_) != id_:
            double.add(label)
    for row, fields in connections:
        ends = {}
        for heading, value in fields.items():
            name = folded(heading)
            if name in ("from", "to"):
                said = gathering.text(value, column=heading, sheet=sheets[1], row=row)
                ends[name] = _end(gathering, said, by_label, double, sheets[1], row)
        others = {k: v for k, v in fields.items() if folded(k) not in ("from", "to")}
        gathering.tie(
            {**others, "from": ends.get("from"), "to": ends.get("to")}, sheet=sheets[1], row=row
        )


def _end(
    gathering: Gathering,
    said: str | None,
    by_label: Mapping[str, str],
    double: set[str],
    sheet: str,
    row: int,
) -> str | None:
    """Give the id of the element that a connection names."""
    if said is None or gathering.has_node(said):
        return said
    if said in double:
        gathering.fault(
            "two elements of one label",
            said,
            "a label that one element alone bears, or an ID",
            advice="The first of them was taken.",
            sheet=sheet,
            row=row,
        )
    return by_label.get(said, said)


def _records(gathering: Gathering, given: object, what: str) -> list[tuple[int, dict[str, object]]]:
    """Give the records of a part of a blueprint with their place in it, the first being 1."""
    if given is None:
        return []
    if not isinstance(given, list):
        gathering.fault("not a list", type(given).__name__, f"a list of {what}", sheet=what)
        return []
    records = []
    for place, record in enumerate(given, start=1):
        if isinstance(record, dict):
            records.append((place, _flat(record)))
        else:
            gathering.set_aside(
                "not a record", {"given": record}, "names with values", sheet=what, row=place
            )
    return records


def _flat(record: Mapping[str, Any]) -> dict[str, object]:
    """Give a record with lists as one text, and with a backup's own ``attributes`` unfolded."""
    flat: dict[str, object] = {}
    inner = record.get("attributes")
    if isinstance(inner, dict):
        flat.update({str(name): _joined(value) for name, value in inner.items()})
    for name, value in record.items():
        if name == "attributes" and isinstance(inner, dict):
            continue
        # Kumu's own identifiers begin with an underscore
        flat["id" if name in ("_id", "id") else name] = _joined(value)
    return flat


def _joined(value: Any) -> object:
    if isinstance(value, list):
        return PARTS.join("" if part is None else plain(part) or "" for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def write_blueprint(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as a Kumu blueprint.

    Returns
    -------
    bytes
        The document, UTF-8.
    list of str
        What it cannot hold: nothing.
    """
    elements = [
        _blueprint_record(row, ELEMENT_NAMES) for row in network.nodes.iter_rows(named=True)
    ]
    connections = [
        _blueprint_record(row, CONNECTION_NAMES) for row in network.ties.iter_rows(named=True)
    ]
    document = {"elements": elements, "connections": connections}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), []


def kumu_value(name: str, value: object) -> object:
    """Give a value as Kumu has it: days as text, directions in its words."""
    if name == "is_directed":
        return "directed" if value else "undirected"
    return str(value) if hasattr(value, "isoformat") else value


def _blueprint_record(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, object]:
    record: dict[str, object] = {}
    for name, value in row.items():
        if value is None:
            continue
        said = kumu_value(name, value)
        if isinstance(said, str) and PARTS in said and name not in names:
            said = said.split(PARTS)
        record[names.get(name, name).lower() if name in names else name] = said
    return record
