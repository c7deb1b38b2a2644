"""Reading postcode directories."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.districts import map_as_of
from hedgerow.sources.parting import Reason, part
from hedgerow.sources.postcodes import schema
from hedgerow.sources.published_values import number
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import read_table
from hedgerow.sources.vintage import vintage_of

SHAPE = r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$"


def read(path: Path, faults: Faults) -> SourceTable:
    """Read postcodes with their positions.

    Postcodes that are no longer in use are kept: schools are still found by them. Northern Ireland
    and the islands are set aside, because their positions are not on the British National Grid.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``onspd.csv@2025-11-30``.
    faults : Faults

    Returns
    -------
    SourceTable
        Rows ``postcode`` (capitals, no space), ``easting``, ``northing`` (metres), ``district``
        (``lad:E08000025``; empty where not given).

    Raises
    ------
    UsageError, DataError
        As `read_table`.
    """
    raw = read_table(
        path,
        source=schema.SOURCE,
        option=schema.OPTION,
        releases=schema.RELEASES,
        faults=faults,
    )
    rows = raw.rows.with_columns(
        pl.col("postcode").str.replace_all(r"\s+", "").str.to_uppercase().alias("_postcode"),
        number("easting").alias("_easting"),
        number("northing").alias("_northing"),
    )
    within = pl.col("_easting").is_between(1, 700_000) & pl.col("_northing").is_between(
        1, 1_300_000
    )
    form = "a postcode such as AB1 2CD"
    position = "an easting and a northing on the British National Grid, in metres"
    used, aside = part(
        raw,
        {
            "no postcode": Reason(pl.col("postcode").is_null(), "postcode", form),
            "not the form of a postcode": Reason(
                ~pl.col("_postcode").str.contains(SHAPE), "postcode", form
            ),
            "outside Great Britain": Reason(
                pl.col("_postcode").str.contains(r"^(BT|GY|JE|IM)\d"), "postcode"
            ),
            # the directory has many: large users and new postcodes that are not placed yet
            "no position": Reason(
                pl.any_horizontal(pl.col("_easting", "_northing").is_null()), "easting"
            ),
            "position outside the British National Grid": Reason(~within, "easting", position),
            "postcode given before": Reason(
                ~pl.col("_postcode").is_first_distinct(), "postcode", "each postcode once"
            ),
        },
        faults=faults,
        rows=rows,
    )
    districts = used["district"].unique().drop_nulls().to_list()
    as_of = vintage_of(path, option=schema.OPTION, held=map_as_of(codes=districts))
    return SourceTable(
        source=source_of(
            raw,
            prefix="postcodes",
            title="Postcode directory",
            publisher=schema.PUBLISHER,
            licence=schema.LICENCE,
            as_of=as_of,
            rows=used.height,
        ),
        rows=used.select(
            pl.col("_postcode").alias("postcode"),
            pl.col("_easting").alias("easting"),
            pl.col("_northing").alias("northing"),
            (pl.lit("lad:") + pl.col("district")).alias("district"),
        ),
        set_aside=aside,
    )
