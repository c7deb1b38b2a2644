"""GraphML: typed attributes of nodes and edges, read from any program, written for all.

Days are text in ISO form, since the format has no type for them. The format is that of
[brandes2002]; what Gephi, visone, yEd, networkx and Network Canvas make of it differs in small
ways, which the reader takes in: label and kind as attributes of various names, ``directed`` on
edges, drawn labels instead of attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.markup import (
    Markup,
    attributes,
    children,
    local_name,
    read_markup,
)
from hedgerow.fieldbook.networks.network import NODE_COLUMNS, TIE_COLUMNS, Network
from hedgerow.fieldbook.networks.values import kind_of_values, plain

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
WANTED = frozenset({"key", "data", "node", "edge", "hyperedge"})


@dataclass(frozen=True, kw_only=True)
class Key:
    """A declared attribute: its name, what it is for, and its value where none is given."""

    name: str
    domain: str
    default: str | None


@dataclass(frozen=True, kw_only=True)
class GraphDocument:
    """A GraphML document, its attributes under their own names."""

    markup: Markup
    keys: Mapping[str, Key]
    is_directed: bool
    graph: Mapping[str, str]
    """The graph's own attributes and data."""

    def elements(self, name: str) -> Iterator[Any]:
        """Yield the nodes or edges that are whole."""
        return (element for element in self.markup.elements if local_name(element) == name)

    def fields(self, element: Any, domain: str) -> dict[str, str | None]:
        """Give the data of a node, edge or graph by the names of its keys."""
        fields: dict[str, str | None] = {}
        for data in children(element, "data"):
            identifier = data.get("key", "")
            key = self.keys.get(identifier)
            name = key.name if key else identifier or "data"
            value = _value(data)
            if isinstance(value, Mapping):
                fields.update({k: v for k, v in value.items() if fields.get(k) is None})
            elif fields.get(name) is None:
                # two keys may bear one name, as in exports of Network Canvas
                fields[name] = value
        for key in self.keys.values():
            if key.default is not None and key.domain in (domain, "all"):
                fields.setdefault(key.name, key.default)
        return fields


def parse_graphml(content: bytes, file: str) -> GraphDocument:
    """Take a GraphML document apart.

    Raises
    ------
    DataError
        If nothing in it can be read as XML.
    """
    markup = read_markup(content, WANTED, file)
    keys: dict[str, Key] = {}
    for element in markup.elements:
        if local_name(element) != "key":
            continue
        identifier = element.get("id", "")
        name = plain(element.get("attr.name")) or identifier or "unnamed"
        default = next(children(element, "default"), None)
        keys[identifier] = Key(
            name=name,
            domain=element.get("for", "all"),
            default=None if default is None else plain(default.text),
        )
    graph = next((child for child in markup.root.iter() if local_name(child) == "graph"), None)
    if graph is None:
        return GraphDocument(markup=markup, keys=keys, is_directed=True, graph={})
    document = GraphDocument(
        markup=markup,
        keys=keys,
        is_directed=graph.get("edgedefault", "directed") != "undirected",
        graph={},
    )
    said = {k: v for k, v in document.fields(graph, "graph").items() if v is not None}
    return GraphDocument(
        markup=markup,
        keys=keys,
        is_directed=document.is_directed,
        graph={**attributes(graph), **said},
    )


def read_graphml(content: bytes, file: str) -> ReadNetwork:
    """Read a GraphML document.

    Raises
    ------
    DataError
        If nothing in it can be read as XML.
    """
    document = parse_graphml(content, file)
    gathering = Gathering(file)
    tell_broken(gathering, document.markup)
    for element in document.markup.elements:
        name, row = local_name(element), element.sourceline
        if name == "node":
            fields = document.fields(element, "node")
            gathering.node({**_without(fields, "id"), "id": element.get("id")}, row=row)
        elif name == "hyperedge":
            gathering.set_aside(
                "edge of more than two ends", attributes(element), "edges of two ends", row=row
            )
        elif name == "edge":
            said = element.get("directed")
            gathering.tie(
                {
                    **_without(document.fields(element, "edge"), "from_id", "to_id"),
                    "from_id": element.get("source"),
                    "to_id": element.get("target"),
                },
                is_directed=document.is_directed if said is None else said != "false",
                row=row,
            )
    return gathering.finish("graphml")


def tell_broken(gathering: Gathering, markup: Markup) -> None:
    """Record that a document is not well-formed XML."""
    if markup.broken:
        gathering.fault(
            "broken XML",
            markup.broken,
            "well-formed XML to the end",
            advice="What stands whole was read. Export the file again to have the rest.",
            row=markup.line,
        )


def _without(fields: Mapping[str, str | None], *names: str) -> dict[str, str | None]:
    return {f"given {name}" if name in names else name: value for name, value in fields.items()}


def _value(data: Any) -> str | Mapping[str, str] | None:
    """Give the text of a datum; of a drawn shape its label alone."""
    drawn = [child for child in data.iter() if child is not data and local_name(child)]
    if not drawn:
        return plain("".join(data.itertext(with_tail=False)))
    labels = (plain(child.text) for child in drawn if local_name(child) in _DRAWN_LABELS)
    label = next((text for text in labels if text), None)
    return {} if label is None else {"label": label}


_DRAWN_LABELS = frozenset({"NodeLabel", "EdgeLabel"})

_NODE_KEYS = ("label", "kind")
_TIE_KEYS = tuple(name for name in TIE_COLUMNS if name not in ("from_id", "to_id"))
_TYPES = {
    "number": "int",
    "weight": "double",
    "start_censored": "boolean",
    "end_censored": "boolean",
    "is_directed": "boolean",
}


def write_graphml(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as GraphML.

    Ends are directed unless every tie is undirected; where both kinds stand together, the attribute
    ``is_directed`` tells them apart, since many programs refuse a mixture.

    Returns
    -------
    bytes
        The document.
    list of str
        What it cannot hold: nothing.
    """
    flags = network.ties["is_directed"]
    is_undirected = network.ties.height > 0 and not flags.any()
    is_mixed = not is_undirected and not flags.all()
    root = etree.Element(f"{{{NAMESPACE}}}graphml", nsmap={None: NAMESPACE})
    tie_names = [name for name in _TIE_KEYS if name != "is_directed" or is_mixed]
    node_keys = _declare(root, "node", network.nodes, [*_NODE_KEYS, *network.node_attributes])
    tie_keys = _declare(root, "edge", network.ties, [*tie_names, *network.tie_attributes])
    graph = etree.SubElement(
        root,
        f"{{{NAMESPACE}}}graph",
        edgedefault="undirected" if is_undirected else "directed",
    )
    for row in network.nodes.iter_rows(named=True):
        element = etree.SubElement(graph, f"{{{NAMESPACE}}}node", id=row["id"])
        _give_data(element, row, node_keys)
    for count, row in enumerate(network.ties.iter_rows(named=True)):
        element = etree.SubElement(
            graph,
            f"{{{NAMESPACE}}}edge",
            id=f"e{count}",
            source=row["from_id"],
            target=row["to_id"],
        )
        _give_data(element, row, tie_keys)
    return serialised(root), []


def serialised(root: Any) -> bytes:
    """Give an XML document as indented UTF-8."""
    etree.indent(root)
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False) + b"\n"
    )


def as_text(value: object) -> str | None:
    """Give a value of a network as other programs read it; None where there is none."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _declare(root: Any, domain: str, table: Any, names: list[str]) -> dict[str, str]:
    keys = {}
    for count, name in enumerate(names):
        keys[name] = f"{domain[0]}{count}"
        is_column = name in NODE_COLUMNS or name in TIE_COLUMNS
        kind = (
            _TYPES.get(name, "string")
            if is_column
            else kind_of_values(table[name].drop_nulls().to_list())
        )
        etree.SubElement(
            root,
            f"{{{NAMESPACE}}}key",
            attrib={"id": keys[name], "for": domain, "attr.name": name, "attr.type": kind},
        )
    return keys


def _give_data(element: Any, row: Mapping[str, object], keys: Mapping[str, str]) -> None:
    for name, key in keys.items():
        text = as_text(row[name])
        if text is not None:
            etree.SubElement(element, f"{{{NAMESPACE}}}data", key=key).text = text
