"""What every source gives: its rows in our names and types, and the rows set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.provenance import Source
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA, RawTable

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"
DEPARTMENT_FOR_EDUCATION = "Department for Education"


@dataclass(frozen=True, eq=False, kw_only=True)
class SourceTable:
    """One file, read and checked.

    Attributes
    ----------
    source : Source
        Where the rows come from; its ``id`` is what rows of the register carry.
    rows : polars.DataFrame
        The usable rows, in our names and types; each source's ``read`` lists its columns.
    set_aside : polars.DataFrame
        Rows that cannot be used: ``file``, ``row``, ``reason``, ``content`` (the row's own fields
        as JSON). Used rows and these together are all rows of the file.
    """

    source: Source
    rows: pl.DataFrame
    set_aside: pl.DataFrame


def source_of(
    raw: RawTable,
    *,
    prefix: str,
    title: str,
    as_of: date,
    rows: int,
    publisher: str = DEPARTMENT_FOR_EDUCATION,
    licence: str = OPEN_GOVERNMENT_LICENCE,
) -> Source:
    """Name the origin of a table's rows; its identifier is ``prefix-2022-04-25``."""
    return Source(
        id=f"{prefix}-{as_of:%Y-%m-%d}",
        title=title,
        publisher=publisher,
        licence=licence,
        as_of=as_of,
        file=raw.file,
        sha256=raw.sha256,
        rows=rows,
        release=raw.release.id,
    )


def set_aside(rows: pl.DataFrame, *, file: str, reason: str | pl.Expr) -> pl.DataFrame:
    """Put rows into the form in which rows that cannot be used are kept.

    Parameters
    ----------
    rows : polars.DataFrame
        ``row`` and our columns of a `RawTable`.
    file : str
        The file's name.
    reason : str or polars.Expr
        Why they cannot be used, the same for all or worked out for each.
    """
    if rows.is_empty():
        return pl.DataFrame(schema=SET_ASIDE_SCHEMA)
    ours = [name for name in rows.columns if name != "row"]
    return rows.select(
        pl.lit(file).alias("file"),
        pl.col("row").cast(pl.Int64),
        (pl.lit(reason) if isinstance(reason, str) else reason).alias("reason"),
        pl.struct(ours).struct.json_encode().alias("content"),
    )
