"""Reading the English indices of deprivation."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.imd import schema
from hedgerow.sources.parting import Reason, part
from hedgerow.sources.published_values import number
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import read_table
from hedgerow.sources.vintage import split_vintage

CODE = r"^E01\d{6}$"


def read(path: Path, faults: Faults) -> SourceTable:
    """Read rank and decile of the Index of Multiple Deprivation.

    Ranks of two editions cannot be compared: areas and indicators differ. The index describes an
    area, never a school's pupils, who may come from elsewhere.

    Parameters
    ----------
    path : pathlib.Path
        CSV, packed or not, or a workbook.
    faults : Faults

    Returns
    -------
    SourceTable
        Rows ``lsoa`` (code), ``edition`` of the areas (2011 or 2021), ``year`` of the indices (2019
        or 2025), ``rank`` and ``decile``, both 1 for the most deprived.

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
    year = schema.year_of(raw.release)
    areas = schema.AREAS_IN_ALL[year]
    rows = raw.rows.with_columns(number("rank").alias("_rank"), number("decile").alias("_decile"))
    used, aside = part(
        raw,
        {
            "not the code of an LSOA": Reason(
                ~pl.col("lsoa").str.contains(CODE).fill_null(False), "lsoa", "E01000001 or the like"
            ),
            "no rank": Reason(
                ~pl.col("_rank").is_between(1, areas).fill_null(False),
                "rank",
                f"a number from 1 to {areas}",
            ),
            "no decile": Reason(
                ~pl.col("_decile").is_between(1, 10).fill_null(False),
                "decile",
                "a number from 1 to 10",
            ),
            "LSOA given before": Reason(
                ~pl.col("lsoa").is_first_distinct(), "lsoa", "each LSOA once"
            ),
        },
        faults=faults,
        rows=rows,
    )
    if used.height < areas:
        faults.add(
            Fault(
                kind="not all areas",
                file=raw.file,
                found=f"{used.height:,} areas",
                expected=f"{areas:,} areas, all of England",
                advice="Schools in the other areas are without deprivation.",
            )
        )
    return SourceTable(
        source=source_of(
            raw,
            prefix="imd",
            title=f"English indices of deprivation {year}",
            publisher=schema.PUBLISHER,
            as_of=split_vintage(path)[1] or schema.PUBLISHED[year],
            rows=used.height,
        ),
        rows=used.select(
            "lsoa",
            pl.lit(schema.AREAS_OF[year], dtype=pl.Int16).alias("edition"),
            pl.lit(year, dtype=pl.Int16).alias("year"),
            pl.col("_rank").cast(pl.Int32).alias("rank"),
            pl.col("_decile").cast(pl.Int8).alias("decile"),
        ),
        set_aside=aside,
    )
