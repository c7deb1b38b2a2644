"""Positions of organisations that have none of their own: that of their postcode."""

from __future__ import annotations

import polars as pl

from hedgerow.sources.register.establishments import plain_postcode


def fill_positions(organisations: pl.DataFrame, postcodes: pl.DataFrame) -> pl.DataFrame:
    """Fill missing positions from postcodes, and say so in ``position_from``.

    Parameters
    ----------
    organisations : polars.DataFrame
        With ``postcode``, ``easting``, ``northing``, ``position_from``.
    postcodes : polars.DataFrame
        As `hedgerow.landscape.tables.Postcodes`.
    """
    found = postcodes.select(
        pl.col("postcode").alias("plain"),
        pl.col("easting").alias("found_easting"),
        pl.col("northing").alias("found_northing"),
    )
    is_lacking = pl.col("easting").is_null()
    return (
        organisations.with_columns(plain_postcode("postcode").alias("plain"))
        .join(found, on="plain", how="left", maintain_order="left")
        .with_columns(
            pl.when(is_lacking & pl.col("found_easting").is_not_null())
            .then(pl.lit("postcode"))
            .otherwise("position_from")
            .alias("position_from"),
            pl.coalesce("easting", "found_easting").alias("easting"),
            pl.coalesce("northing", "found_northing").alias("northing"),
        )
        .select(organisations.columns)
    )
