"""What each format can hold, said once: documentation and tests read it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "nodes_alone": "nodes without a tie",
        "labels": "labels beside ids",
        "node_kinds": "kinds of nodes",
        "node_attributes": "attributes of nodes",
        "tie_kinds": "kinds of ties",
        "days": "first and last days",
        "weights": "weights",
        "carriers": "carriers",
        "parallel": "the same tie several times",
        "direction": "directed and undirected ties together",
        "tie_attributes": "attributes of ties",
    }
)
"""Parts of a network, in words."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a format holds of a network, and what else is worth knowing.

    Parameters
    ----------
    parts : frozenset of str
        Names of `PARTS` that come back unchanged when what was written is read again.
    note : str
        How it holds what it holds.
    """

    parts: frozenset[str]
    note: str


ALL = frozenset(PARTS)

HOLDS: Mapping[str, Held] = MappingProxyType(
    {
        "graphml": Held(
            parts=ALL,
            note="Days are text in ISO form. Where directed and undirected ties stand together, "
            "an attribute tells them apart, since many programs refuse a mixture.",
        ),
        "gexf": Held(
            parts=ALL,
            note="Days are intervals of the timeline, whose last day is inside: one day before "
            "the tie's end. Gephi itself joins ties of the same ends and kind.",
        ),
        "kumu": Held(
            parts=ALL,
            note="Days are text fields; Kumu has no timeline of its own. “|” parts values.",
        ),
        "kumu-workbook": Held(
            parts=ALL,
            note="As the blueprint. A cell holds 32,767 characters; longer texts are cut.",
        ),
        "csv": Held(parts=ALL, note="Two tables, nodes.csv and edges.csv, in one zip archive."),
        "edge-list": Held(
            parts=ALL - {"nodes_alone", "labels", "node_kinds", "node_attributes"},
            note="One table of ties. Nodes are known by their ids alone.",
        ),
        "dl": Held(
            parts=frozenset({"nodes_alone", "tie_kinds"}),
            note="One matrix for each kind of tie. Weights come back, but a tie without one comes "
            "back with 1, and one of weight 0 not at all. Undirected ties fill both sides.",
        ),
        "network-canvas": Held(
            parts=ALL,
            note="As one interview whose ego is no person, for programs that read such exports. "
            "Network Canvas itself takes in none.",
        ),
    }
)
"""What each format that is written holds, by its name."""
