"""Who governs each school on a day: its trust, or the authority that maintains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape

BANDS = ("maintained", "single", "2-5", "6-15", "16+", "unknown")
"""Governing arrangements in the order in which they are shown: maintained by the authority,
single-academy trust, trusts by number of open schools (bands of the study's seventh blog post),
academies with no trust on record."""


def governing_bodies(landscape: Landscape) -> pl.DataFrame:
    """Give the governing body of every school.

    A trust's size counts all its open academies in the landscape, of any phase and place; a trust
    with one school counts as a single-academy trust whatever the register calls it. The authority
    is one body for all the schools that it maintains. An academy with no trust on record has no
    body: unknown, and counted as missing where a figure needs it. Where two trusts are on record at
    once, the one joined last governs.

    Parameters
    ----------
    landscape : Landscape
        As on a date.

    Returns
    -------
    polars.DataFrame
        Columns ``id`` (school), ``body`` (trust or authority identifier, null where unknown),
        ``band`` (one of `BANDS`), ``trust_size`` (open schools; null outside trusts), ``joined``
        (start of the tie; null where unknown). One row for each school that is maintained or an
        academy; independent schools are left out.
    """
    return landscape.worked_out("governing bodies", lambda: _governing_bodies(landscape))


def _governing_bodies(landscape: Landscape) -> pl.DataFrame:
    schools = landscape.schools.filter(pl.col("status").is_in(["maintained", "academy"]))
    academies = schools.filter(pl.col("status") == "academy").select("id")
    others = landscape.organisations.filter(pl.col("kind") != "trust").select("id")
    governed = (
        landscape.ties.filter(pl.col("kind") == "governs")
        .join(academies, left_on="to_id", right_on="id", how="semi")
        .join(others, left_on="from_id", right_on="id", how="anti")
        .sort("start", "from_id", nulls_last=False)
        .group_by("to_id")
        .last()
        .select(
            pl.col("to_id").alias("id"),
            pl.col("from_id").alias("trust"),
            pl.col("start").alias("joined"),
        )
    )
    sizes = governed.group_by("trust").agg(pl.len().cast(pl.Int64).alias("trust_size"))
    in_trust = pl.col("status") == "academy"
    band = (
        pl.when(~in_trust)
        .then(pl.lit("maintained"))
        .when(pl.col("trust").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("trust_size") == 1)
        .then(pl.lit("single"))
        .when(pl.col("trust_size") <= 5)
        .then(pl.lit("2-5"))
        .when(pl.col("trust_size") <= 15)
        .then(pl.lit("6-15"))
        .otherwise(pl.lit("16+"))
    )
    return (
        schools.select("id", "status", "authority")
        .join(governed, on="id", how="left")
        .join(sizes, on="trust", how="left")
        .select(
            "id",
            pl.when(in_trust).then(pl.col("trust")).otherwise(pl.col("authority")).alias("body"),
            band.alias("band"),
            "trust_size",
            "joined",
        )
        .sort("id")
    )
