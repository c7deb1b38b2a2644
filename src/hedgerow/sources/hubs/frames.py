"""What a file on hubs gives: hubs, what they cover, areas and the districts in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from hedgerow.landscape.provenance import Source

HUBS: dict[str, Any] = {
    "hub": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "lead_school_name": pl.String,
    "host_urn": pl.Int64,
    "postcode": pl.String,
    "capacity": pl.Float64,
    "row": pl.Int64,
}
"""One row a hub; ``lead_school_name`` as written in the file, to be matched with a school."""

FOOTPRINTS: dict[str, Any] = {
    "hub": pl.String,
    "covers_type": pl.String,
    "covers": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "row": pl.Int64,
}
"""One row for each thing that a hub covers; ``covers`` is a code or a name as written."""

AREAS: dict[str, Any] = {"area": pl.String, "name": pl.String}
"""One row an area, ``hubarea:EE1``."""

PARTS: dict[str, Any] = {"area": pl.String, "district": pl.String, "row": pl.Int64}
"""One row for each district of an area, by its name as written."""


@dataclass(frozen=True, eq=False, kw_only=True)
class HubFile:
    """One file on hubs, read and checked; its names are not yet looked up in a register.

    Attributes
    ----------
    source : Source
    hubs, footprints, areas, parts : polars.DataFrame
        Columns as `HUBS`, `FOOTPRINTS`, `AREAS` and `PARTS`; empty where the file holds none.
    set_aside : polars.DataFrame
        As in `SourceTable`.
    """

    source: Source
    hubs: pl.DataFrame
    footprints: pl.DataFrame
    areas: pl.DataFrame
    parts: pl.DataFrame
    set_aside: pl.DataFrame


def area_id(code: str) -> str:
    """Give the identifier of an area from its code, which may have its scheme already."""
    return f"hubarea:{code.strip().removeprefix('hubarea:').upper()}"
