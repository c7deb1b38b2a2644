"""Which school succeeded which: ties from the newer to the older one."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.sources.source_table import SourceTable, set_aside


def succession(successors: SourceTable, gias: SourceTable) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the ties of schools to those that they succeeded.

    A link is kept when either end is in the register; the other, mostly a school that has closed,
    is then named by its identifier alone. Where the file has a link in both directions, the date is
    that of the record of the newer school, whose first day it is; the older one's is often its own
    last day.

    Returns
    -------
    ties : polars.DataFrame
        ``from_id`` (newer), ``to_id`` (older), ``kind``, ``start``, ``start_censored``, ``source``.
    set_aside : polars.DataFrame
        Links of two schools neither of which is in the register.
    """
    is_forward = pl.col("link") == "predecessor"
    links = successors.rows.with_columns(
        pl.when(is_forward).then("urn").otherwise("other_urn").alias("newer"),
        pl.when(is_forward).then("other_urn").otherwise("urn").alias("older"),
        is_forward.alias("is_forward"),
    ).with_columns((_known("newer", gias) | _known("older", gias)).alias("is_known"))
    ties = (
        links.filter("is_known")
        .sort("newer", "older", "is_forward", "established", nulls_last=False)
        .unique(["newer", "older"], keep="last", maintain_order=True)
        .select(
            pl.format("urn:{}", "newer").alias("from_id"),
            pl.format("urn:{}", "older").alias("to_id"),
            pl.lit("succeeds").alias("kind"),
            pl.col("established").alias("start"),
            pl.col("established").is_null().alias("start_censored"),
            pl.lit(successors.source.id).alias("source"),
        )
    )
    unknown = links.filter(~pl.col("is_known")).select(successors.rows.columns)
    return ties, set_aside(
        unknown,
        file=successors.source.file,
        reason="neither establishment is in the register's extract",
    )


def opened_by_succession(
    schools: pl.DataFrame, successors: SourceTable, vintage: date
) -> pl.DataFrame:
    """Fill the unknown opening day of schools that succeeded others: they opened when the
    succession took place.

    A school that took another in kept its number and did not open anew: links of that kind tell
    nothing here. Where a school succeeded several, the first day counts.

    Parameters
    ----------
    schools : polars.DataFrame
        Organisations.
    successors : SourceTable
    vintage : datetime.date
        The day of the extract, by which all its open schools had opened.
    """
    days = (
        successors.rows.drop_nulls("established")
        .filter(
            pl.col("link") == "predecessor",
            pl.col("manner") != "merged",
            pl.col("established") <= vintage,
        )
        .group_by("urn")
        .agg(pl.col("established").min().alias("since"))
        .select(pl.format("urn:{}", "urn").alias("id"), "since")
    )
    return (
        schools.join(days, on="id", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("closed").is_null() | (pl.col("since") < pl.col("closed")))
            .then("since")
            .alias("since")
        )
        .with_columns(pl.coalesce("opened", "since").alias("opened"))
        .drop("since")
    )


def _known(column: str, gias: SourceTable) -> pl.Expr:
    return pl.col(column).is_in(gias.rows["urn"].implode())
