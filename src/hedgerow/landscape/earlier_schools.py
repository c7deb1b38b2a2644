"""Schools under older numbers that a register no longer lists, put back for looking into the past.

An extract of the official register lists what is open on its day. A school that became an academy
has a new number since, and without its old one it would be missing from every earlier day: the past
would seem to have fewer schools, and among them more academies, than it had.
"""

from __future__ import annotations

import polars as pl

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.tables import TABLES

ACADEMIES_NUMBERED_FROM = 135_000
"""Academies bear numbers from about here on, given out in turn to all new establishments."""

SAME_CHANGE_DAYS = 31
"""Days by which an older number may outlast the newer one and still be the same school twice."""

PUT_BACK = "put back"
"""What stands for the type of a school that was put back."""


def with_earlier_schools(landscape: Landscape) -> Landscape:
    """Put back the schools whose number a later school took over and that are not listed.

    Each stands where its successor stands, until the day on which that opened, and counts as
    maintained by the authority. Left out are those of free schools and the like, which may have
    been independent, and those of sponsored academies whose older number is so high that it may
    have been an academy itself: of these nothing is known.

    Where an older number is listed and ends up to a month after the newer one began, it is taken to
    end on that day: else the school would be there twice in between, most often on 1 September.

    Parameters
    ----------
    landscape : Landscape
        Of any day; what is given is of all days.

    Returns
    -------
    Landscape
        The same where nothing is to be mended.

    Notes
    -----
    The assumption most likely to mislead: that the older school was where and what the newer one
    is (position, phase, faith). Its pupils are not known. Schools that closed without a successor
    stay missing.
    """
    whole = landscape.all_days
    return whole.worked_out("with earlier schools", lambda: _with_earlier_schools(whole))


def is_put_back() -> pl.Expr:
    """Say for each school whether it was put back."""
    return pl.col("type") == PUT_BACK


def _with_earlier_schools(whole: Landscape) -> Landscape:
    missing = _missing(whole)
    organisations, schools = _ending_when_succeeded(whole), whole.table("schools")
    if missing.is_empty() and organisations.equals(whole.organisations):
        return whole
    newer = missing.rename({"older": "id"})
    back = newer.join(organisations.drop("opened", "closed"), left_on="newer", right_on="id")
    back = back.with_columns(
        pl.lit(None, dtype=pl.Date).alias("opened"), pl.col("until").alias("closed")
    )
    detail = newer.join(schools, left_on="newer", right_on="id").with_columns(
        pl.col("id").str.strip_prefix("urn:").cast(pl.Int64).alias("urn"),
        pl.lit("maintained").alias("status"),
        pl.lit(PUT_BACK).alias("type"),
        *(
            pl.lit(None, dtype=schools.schema[name]).alias(name)
            for name in ("type_code", "route", "pupils", "capacity")
        ),
    )
    tables = {name: whole.table(name) for name in TABLES if whole.has(name)}
    tables["organisations"] = pl.concat([organisations, back.select(organisations.columns)])
    tables["schools"] = pl.concat([schools, detail.select(schools.columns)])
    return Landscape(
        tables,
        sources=whole.sources,
        label=whole.label,
        as_of=whole.as_of,
        earliest=whole.earliest,
        is_checked=True,
    )


def _ending_when_succeeded(whole: Landscape) -> pl.DataFrame:
    """Organisations, no school of which is there under two numbers on one day."""
    organisations = whole.organisations
    days = organisations.select("id", "opened")
    begun = (
        whole.ties.filter(pl.col("kind") == "succeeds")
        .join(days, left_on="from_id", right_on="id")
        .group_by(pl.col("to_id").alias("id"))
        .agg(pl.col("opened").min().alias("succeeded"))
    )
    overlap = (pl.col("closed") - pl.col("succeeded")).dt.total_days()
    return (
        organisations.join(begun, on="id", how="left", maintain_order="left")
        .with_columns(
            pl.when(overlap.is_between(1, SAME_CHANGE_DAYS))
            .then(pl.col("succeeded"))
            .otherwise(pl.col("closed"))
            .alias("closed")
        )
        .drop("succeeded")
    )


def _missing(whole: Landscape) -> pl.DataFrame:
    """Older numbers that are not listed: ``older``, ``newer``, ``until``, one row each."""
    listed = whole.organisations.select("id")
    known = whole.schools.select(
        pl.col("id").alias("newer"), "status", "route", pl.col("opened").alias("until")
    )
    number = pl.col("older").str.strip_prefix("urn:").cast(pl.Int64, strict=False)
    is_unsure = (pl.col("route") == "sponsored") & (number >= ACADEMIES_NUMBERED_FROM)
    is_state = pl.col("status").is_in(["maintained", "academy"])
    return (
        whole.ties.filter(pl.col("kind") == "succeeds")
        .select(pl.col("from_id").alias("newer"), pl.col("to_id").alias("older"))
        .join(listed, left_on="older", right_on="id", how="anti")
        .join(known, on="newer")
        .filter(
            number.is_not_null(),
            pl.col("until").is_not_null(),
            is_state,
            pl.col("route").is_null() | (pl.col("route") != "new"),
            ~is_unsure.fill_null(False),
        )
        .sort("older", "until", "newer")
        .unique("older", keep="first", maintain_order=True)
        .select("older", "newer", "until")
    )
