"""GEXF, the format of Gephi: read in versions 1.1 to 1.3, written in 1.3 [gexf2022].

GEXF's intervals hold on their last day too, whereas a tie of ours no longer holds on its ``end``:
one day is taken off or added on the way. A tie that ends on the day on which it starts has no such
interval; its end is then kept as an attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lxml import etree

from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.graphml import as_text, serialised, tell_broken
from hedgerow.fieldbook.networks.markup import attributes, children, local_name, read_markup
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.values import (
    day_after,
    day_of,
    kind_of_values,
    number_of,
    plain,
)

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
WANTED = frozenset({"attribute", "node", "edge"})
_CHANGING = "Values of attributes that change over time: the last of each was kept."
_NESTED = "Nodes within nodes: all were taken up side by side."


def read_gexf(content: bytes, file: str) -> ReadNetwork:
    """Read a GEXF document.

    Raises
    ------
    DataError
        If nothing in it can be read as XML.
    """
    markup = read_markup(content, WANTED, file)
    gathering = Gathering(file)
    tell_broken(gathering, markup)
    titles: dict[tuple[str, str], str] = {}
    defaults: dict[str, dict[str, str | None]] = {"node": {}, "edge": {}}
    for element in markup.elements:
        if local_name(element) == "attribute":
            domain = element.getparent().get("class", "node")
            title = plain(element.get("title")) or element.get("id", "unnamed")
            titles[domain, element.get("id", "")] = title
            default = next(children(element, "default"), None)
            if default is not None and domain in defaults:
                defaults[domain][title] = plain(default.text)
    graph = next((child for child in markup.root.iter() if local_name(child) == "graph"), None)
    default_type = "undirected" if graph is None else graph.get("defaultedgetype", "undirected")
    for element in markup.elements:
        name, row = local_name(element), element.sourceline
        if name == "node":
            _take_node(gathering, element, _fields(gathering, element, titles, "node", defaults))
        elif name == "edge":
            fields = _fields(gathering, element, titles, "edge", defaults)
            for spell in _spells(element):
                gathering.tie(
                    _tie_fields(element, fields, spell),
                    is_directed=element.get("type", default_type) == "directed",
                    row=row,
                )
    return gathering.finish("gexf")


def _take_node(gathering: Gathering, element: Any, fields: dict[str, str | None]) -> None:
    if any(local_name(above) == "node" for above in element.iterancestors()):
        gathering.tell(_NESTED)
    position = next(children(element, "position"), None)
    if position is not None:
        for axis in ("x", "y"):
            fields.setdefault(axis, position.get(axis))
    for limit in ("start", "end"):
        if element.get(limit) is not None:
            fields.setdefault(limit, element.get(limit))
    # an attribute titled “id” must not stand for the node's own
    renamed = {f"given {name}" if name == "id" else name: value for name, value in fields.items()}
    label = element.get("label")
    if plain(label) is not None:
        renamed = {f"given {k}" if k == "label" else k: v for k, v in renamed.items()}
        renamed["label"] = label
    gathering.node({**renamed, "id": element.get("id")}, row=element.sourceline)


def _fields(
    gathering: Gathering,
    element: Any,
    titles: Mapping[tuple[str, str], str],
    domain: str,
    defaults: Mapping[str, Mapping[str, str | None]],
) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for values in children(element, "attvalues"):
        for value in children(values, "attvalue"):
            identifier = value.get("for") or value.get("id") or ""
            title = titles.get((domain, identifier), identifier or "unnamed")
            if title in fields:
                gathering.tell(_CHANGING)
            fields[title] = value.get("value")
    for title, default in defaults[domain].items():
        fields.setdefault(title, default)
    return fields


def _spells(element: Any) -> list[dict[str, str]]:
    """Give the spells of an edge, one where it has none of its own."""
    own = attributes(element)
    spells = [
        attributes(spell)
        for group in (*children(element, "spells"), *children(element, "slices"))
        for spell in group
        if local_name(spell) in ("spell", "slice")
    ]
    return spells or [own]


def _tie_fields(
    element: Any, fields: Mapping[str, str | None], spell: Mapping[str, str]
) -> dict[str, str | None]:
    tie: dict[str, str | None] = {
        f"given {name}" if name in ("from_id", "to_id") else name: value
        for name, value in fields.items()
    }
    start = spell.get("start") or spell.get("timestamp")
    end = spell.get("end") or spell.get("timestamp")
    if spell.get("startopen") is not None:
        start = _day_after(spell["startopen"])
    end = spell.get("endopen") if spell.get("endopen") is not None else _day_after(end)
    given = {
        "from_id": element.get("source"),
        "to_id": element.get("target"),
        "start": start,
        "end": end,
        "weight": element.get("weight"),
        "kind": element.get("kind"),
        "label": element.get("label"),
    }
    for name, value in given.items():
        if value is not None:
            tie.setdefault(name, value)
    return tie


def _day_after(text: str | None) -> str | None:
    if text is None:
        return None
    day, _ = day_of(text.strip())
    after = None if day is None else day_after(day)
    return text if after is None else after.isoformat()


def _last_day(start: date | None, end: date | None) -> date | None:
    """Give the last day on which a tie held, None where no interval can say it."""
    if end is None or end == date.min or end == start:
        return None
    return end - timedelta(days=1)


def write_gexf(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as GEXF 1.3, ties with their intervals.

    Returns
    -------
    bytes
        The document.
    list of str
        What it cannot hold: nothing. Gephi itself joins ties of the same ends and kind.
    """
    flags = network.ties["is_directed"]
    is_undirected = network.ties.height > 0 and not flags.any()
    is_mixed = not is_undirected and not flags.all()
    is_dynamic = network.ties["start"].count() + network.ties["end"].count() > 0
    root = etree.Element(
        f"{{{NAMESPACE}}}gexf", nsmap={None: NAMESPACE, "viz": VIZ, "xsi": XSI}, version="1.3"
    )
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {NAMESPACE}/gexf.xsd")
    meta = etree.SubElement(root, f"{{{NAMESPACE}}}meta")
    etree.SubElement(meta, f"{{{NAMESPACE}}}creator").text = "Hedgerow"
    graph = etree.SubElement(
        root,
        f"{{{NAMESPACE}}}graph",
        mode="dynamic" if is_dynamic else "static",
        defaultedgetype="undirected" if is_undirected else "directed",
    )
    if is_dynamic:
        graph.set("timeformat", "date")
    node_ids = _declare(graph, "node", {"kind": "string"}, network.nodes, network.node_attributes)
    own = {
        "number": "integer",
        "start_censored": "boolean",
        "end_censored": "boolean",
        "carrier": "string",
        "end": "string",
        **({"is_directed": "boolean"} if is_mixed else {}),
    }
    tie_ids = _declare(graph, "edge", own, network.ties, network.tie_attributes)
    _write_nodes(graph, network, node_ids)
    edges = etree.SubElement(graph, f"{{{NAMESPACE}}}edges")
    for count, row in enumerate(network.ties.iter_rows(named=True)):
        _write_edge(edges, count, row, tie_ids)
    return serialised(root), []


def _declare(
    graph: Any, domain: str, own: Mapping[str, str], table: Any, names: list[str]
) -> dict[str, str]:
    group = etree.SubElement(
        graph, f"{{{NAMESPACE}}}attributes", attrib={"class": domain, "mode": "static"}
    )
    types = {
        **own,
        **{name: kind_of_values(table[name].drop_nulls().to_list()) for name in names},
    }
    for count, (name, kind) in enumerate(types.items()):
        etree.SubElement(
            group,
            f"{{{NAMESPACE}}}attribute",
            attrib={"id": str(count), "title": name, "type": kind},
        )
    return {name: str(count) for count, name in enumerate(types)}


def _write_nodes(graph: Any, network: Network, ids: Mapping[str, str]) -> None:
    nodes = etree.SubElement(graph, f"{{{NAMESPACE}}}nodes")
    for row in network.nodes.iter_rows(named=True):
        element = etree.SubElement(nodes, f"{{{NAMESPACE}}}node", id=row["id"], label=row["label"])
        _give_values(element, row, ids)
        x, y = (number_of(row.get(axis) or "") for axis in ("x", "y"))
        if x is not None and y is not None:
            etree.SubElement(element, f"{{{VIZ}}}position", x=repr(x), y=repr(y), z="0.0")


def _write_edge(edges: Any, count: int, row: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    last = _last_day(row["start"], row["end"])
    own = {
        "id": str(count),
        "source": row["from_id"],
        "target": row["to_id"],
        "kind": row["kind"],
        "weight": as_text(row["weight"]),
        "start": as_text(row["start"]),
        "end": as_text(last),
    }
    element = etree.SubElement(
        edges,
        f"{{{NAMESPACE}}}edge",
        attrib={name: value for name, value in own.items() if value is not None},
    )
    _give_values(element, {**row, "end": row["end"] if last is None else None}, ids)


def _give_values(element: Any, row: Mapping[str, Any], ids: Mapping[str, str]) -> None:
    texts = {name: as_text(row[name]) for name in ids}
    given = {name: text for name, text in texts.items() if text is not None}
    if given:
        values = etree.SubElement(element, f"{{{NAMESPACE}}}attvalues")
        for name, text in given.items():
            etree.SubElement(
                values, f"{{{NAMESPACE}}}attvalue", attrib={"for": ids[name], "value": text}
            )
