"""Observations of schools from other files than the extract; of schools it lacks, set aside."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hedgerow.sources.source_table import SourceTable
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA

COLUMNS = ("organisation", "measure", "date", "value", "denominator", "status", "source")


def results(
    tables: Sequence[SourceTable], schools: pl.DataFrame, succeeds: Sequence[pl.DataFrame] = ()
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part observations into those of schools in the register and the rest.

    Parameters
    ----------
    tables : sequence of SourceTable
        Rows are those of `Observations`.
    schools : polars.DataFrame
        Has column ``id``.
    succeeds : sequence of polars.DataFrame
        Ties of schools to those that they succeeded. What a file says of the one school that a
        school plainly succeeded is kept under the older school's identifier: it is the same school
        in an earlier life. Where several were merged, or one was split, no one's results are the
        new school's.

    Returns
    -------
    observations : polars.DataFrame
        Columns `COLUMNS`.
    set_aside : polars.DataFrame
        One row for each school that is not in the register, with all that the file says of it.
    """
    known = pl.concat([schools.select("id"), *map(_earlier_lives, succeeds)]).select(
        pl.col("id").alias("organisation")
    )
    kept = [
        table.rows.join(known, on="organisation", how="semi").select(COLUMNS) for table in tables
    ]
    aside = [_set_aside(table, known) for table in tables]
    empty = pl.DataFrame(
        schema={
            "organisation": pl.String,
            "measure": pl.String,
            "date": pl.Date,
            "value": pl.Float64,
            "denominator": pl.Float64,
            "status": pl.String,
            "source": pl.String,
        }
    )
    return pl.concat([empty, *kept]), pl.concat([pl.DataFrame(schema=SET_ASIDE_SCHEMA), *aside])


def _earlier_lives(succeeds: pl.DataFrame) -> pl.DataFrame:
    plain = (pl.len().over("from_id") == 1) & (pl.len().over("to_id") == 1)
    return succeeds.filter(plain).select(pl.col("to_id").alias("id"))


def _set_aside(table: SourceTable, known: pl.DataFrame) -> pl.DataFrame:
    unknown = table.rows.join(known, on="organisation", how="anti", maintain_order="left")
    row = pl.col("row").first() if "row" in unknown.columns else pl.lit(None, dtype=pl.Int64)
    return (
        unknown.group_by("organisation", maintain_order=True)
        .agg(row.alias("row"), pl.struct("measure", "value", "status").alias("values"))
        .select(
            pl.lit(table.source.file).alias("file"),
            pl.col("row").cast(pl.Int64),
            pl.lit("the school is not in the register's extract").alias("reason"),
            pl.struct("organisation", "values").struct.json_encode().alias("content"),
        )
    )
