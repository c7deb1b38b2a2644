"""A landscape's ties as a network to export: organisations, areas and persons, dated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import polars as pl

from hedgerow.fieldbook.networks.network import TIE_COLUMNS, Network
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape, LocalLandscape

SYMMETRIC = frozenset({"collaborates", "joint_bid", "peer_review"})
"""Kinds of tie that have no direction."""

_ORGANISATION = ("id", "kind", "name", "region", "easting", "northing", "opened", "closed")
_SCHOOL = ("id", "phase", "status", "pupils")


def from_landscape(
    landscape: Landscape | LocalLandscape,
    *,
    on: date | None = None,
    kinds: Collection[str] | None = None,
    is_naming: bool = False,
) -> Network:
    """Give the ties of a landscape as a network.

    Parameters
    ----------
    landscape : Landscape or LocalLandscape
        Of all days or one; of a local one, the ties with a local end, whose nodes say ``is_local``.
    on : datetime.date, optional
        Only ties in force on that day; ties of all the landscape's days unless given.
    kinds : collection of str, optional
        Only these kinds of tie, names of `hedgerow.landscape.tables.organisations.TIE_KINDS`.
    is_naming : bool
        Whether persons who agreed to be named are. An exported file goes where it goes: look at
        what they agreed to first.

    Returns
    -------
    Network
        Organisations without a tie are left out. Ties between equals (`SYMMETRIC`) are undirected.

    Raises
    ------
    UsageError
        If a day is asked for of a local landscape, which is as on its own.
    """
    if isinstance(landscape, LocalLandscape):
        if on is not None and on != landscape.on:
            raise UsageError("A local landscape is as on its own day: ask through the lens again.")
        whole, ties, local = landscape.whole, landscape.ties, landscape.members
    else:
        whole = landscape if on is None else landscape.on(on)
        ties, local = whole.ties, None
    if kinds is not None:
        ties = ties.filter(pl.col("kind").is_in(list(kinds)))
    ends = set(ties["from_id"]) | set(ties["to_id"])
    described = _described(whole, is_naming=is_naming)
    nodes = []
    for id_ in sorted(ends):
        node = described.get(id_, {"id": id_})
        if local is not None:
            node = {**node, "is_local": id_ in local}
        nodes.append(node)
    names = [name for name in TIE_COLUMNS if name != "is_directed"]
    rows = [
        {**row, "is_directed": row["kind"] not in SYMMETRIC, "known_from": source}
        for row, source in zip(
            ties.select(names).iter_rows(named=True), ties["source"], strict=True
        )
    ]
    return Network.of(nodes, rows)


def _described(landscape: Landscape, *, is_naming: bool) -> dict[str, dict[str, Any]]:
    """Give what is known of every organisation, area and person, by identifier."""
    names = landscape.names()
    nodes: dict[str, dict[str, Any]] = {}
    table = landscape.organisations.select(*_ORGANISATION, "authority", "district")
    for row in table.iter_rows(named=True):
        places = {
            place: names.get(row[place], row[place])
            for place in ("authority", "district")
            if row[place] is not None
        }
        label = row.pop("name")
        nodes[row["id"]] = {**row, **places, "label": label}
    for row in landscape.table("schools").select(_SCHOOL).iter_rows(named=True):
        nodes.setdefault(row["id"], {}).update(row)
    for row in landscape.table("areas").select("id", "kind", "name").iter_rows(named=True):
        nodes[row["id"]] = {"id": row["id"], "kind": row["kind"], "label": row["name"]}
    persons = landscape.table("persons").select("id", "label", "is_named")
    for row in persons.iter_rows(named=True):
        label = row["label"] if is_naming or not row["is_named"] else row["id"]
        nodes[row["id"]] = {"id": row["id"], "kind": "person", "label": label}
    return nodes
