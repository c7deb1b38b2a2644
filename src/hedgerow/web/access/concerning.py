"""Which organisations a record concerns, and so how far it is shared: the most closed decision
holds."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.landscape.landscape import Landscape
from hedgerow.web.access.levels import DEFAULT_LEVEL, RecordKind
from hedgerow.web.evidence.tables import OWNER

LEVEL = "openness"
"""Column of how open a row is: 0 private, 1 in aggregate, 2 by name."""

NAMES = {
    "organisations": ("id",),
    "ties": ("from_id", "to_id"),
    "roles": ("organisation",),
    "activities": ("provider",),
    "participation": ("school",),
    "adoptions": ("school",),
    "policies": ("organisation",),
    "meetings": ("convenor",),
    "attendance": ("organisation",),
    "actions": ("owner",),
    "oversight": ("holder",),
    "accounts": ("organisation",),
    "scores": ("organisation",),
    "observations": ("organisation",),
}
"""Columns of each table that name organisations."""

KIND_OF = {table: kind for kind in RecordKind for table in kind.tables}


def with_levels(
    told: Mapping[str, pl.DataFrame], decisions: Mapping[tuple[str, str], int], register: Landscape
) -> dict[str, pl.DataFrame]:
    """Give told tables with the column `LEVEL`."""
    return {name: _with_level(name, table, decisions) for name, table in told.items()}


def _with_level(
    name: str, table: pl.DataFrame, decisions: Mapping[tuple[str, str], int]
) -> pl.DataFrame:
    kind = KIND_OF[name].value
    decided = {who: level for (who, what), level in decisions.items() if what == kind}

    def level(column: str) -> pl.Expr:
        said = pl.col(column).replace_strict(
            decided, default=DEFAULT_LEVEL.openness, return_dtype=pl.Int8
        )
        nobody = pl.col(column).is_null() | (pl.col(column) == "")
        return pl.when(nobody).then(pl.lit(None, pl.Int8)).otherwise(said)

    columns = [OWNER, *NAMES.get(name, ())]
    return table.with_columns(
        pl.min_horizontal(map(level, columns)).fill_null(DEFAULT_LEVEL.openness).alias(LEVEL)
    )
