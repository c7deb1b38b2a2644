"""Hubs of all files together: their hosts found among the schools, their areas' districts among the register's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables.organisations import AreaParts, Areas, Organisations, Ties
from hedgerow.sources.source_table import SourceTable


@dataclass(frozen=True, eq=False, kw_only=True)
class HubTables:
    """Rows of the landscape's tables that hub files give, and what they leave over."""

    hubs: pl.DataFrame = field(default_factory=Organisations.create_empty)
    areas: pl.DataFrame = field(default_factory=Areas.create_empty)
    parts: pl.DataFrame = field(default_factory=AreaParts.create_empty)
    ties: pl.DataFrame = field(default_factory=Ties.create_empty)
    set_aside: list[pl.DataFrame] = field(default_factory=list)


def hub_tables(
    tables: Sequence[SourceTable], schools: pl.DataFrame, areas: pl.DataFrame, faults: Faults
) -> HubTables:
    if not tables:
        return HubTables()
    raise NotImplementedError
