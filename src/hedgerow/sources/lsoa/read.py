"""Reading centroids of lower layer super output areas."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.lsoa import schema
from hedgerow.sources.national_grid import to_national_grid
from hedgerow.sources.parting import Reason, part
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.tabular import RawTable, read_table
from hedgerow.sources.vintage import split_vintage

CODE = r"^E01\d{6}$"


def read(path: Path, faults: Faults) -> SourceTable:
    """Read centroids of areas.

    Whether a centroid is the middle of the area's shape or of its people, the file does not say:
    the two may lie kilometres apart in the countryside.

    Parameters
    ----------
    path : pathlib.Path
    faults : Faults

    Returns
    -------
    SourceTable
        Rows ``lsoa`` (code), ``edition`` (2011 or 2021), ``easting``, ``northing`` (British
        National Grid metres). Areas outside England are set aside.

    Raises
    ------
    UsageError, DataError
        As `read_table`; and if positions are not of the kind that the layout promises.
    """
    raw = read_table(
        path,
        source=schema.SOURCE,
        option=schema.OPTION,
        releases=schema.RELEASES,
        faults=faults,
    )
    in_degrees = "lon" in raw.release.columns
    across, up = schema.DEGREES if in_degrees else schema.METRES
    rows = raw.rows.with_columns(
        pl.col(across).cast(pl.Float64, strict=False).alias("_x"),
        pl.col(up).cast(pl.Float64, strict=False).alias("_y"),
    )
    used, aside = part(
        raw,
        {
            "outside England": Reason(pl.col("lsoa").str.starts_with("W"), "lsoa"),
            "not the code of an LSOA": Reason(
                ~pl.col("lsoa").str.contains(CODE).fill_null(False), "lsoa", "E01000001 or the like"
            ),
            "no position": Reason(
                pl.any_horizontal(pl.col("_x", "_y").is_null()), across, "two numbers"
            ),
            "LSOA given before": Reason(
                ~pl.col("lsoa").is_first_distinct(), "lsoa", "each LSOA once"
            ),
        },
        faults=faults,
        rows=rows,
    )
    _must_be_positions(used, raw, in_degrees=in_degrees)
    easting, northing = used["_x"].to_numpy(), used["_y"].to_numpy()
    if in_degrees:
        easting, northing = to_national_grid(easting, northing)
    edition = schema.edition(raw.release)
    return SourceTable(
        source=source_of(
            raw,
            prefix="lsoa-centroids",
            title=f"Centroids of lower layer super output areas, {edition} edition",
            publisher=schema.PUBLISHER,
            licence=schema.LICENCE,
            as_of=split_vintage(path)[1] or schema.CENSUS_DAY[edition],
            rows=used.height,
        ),
        rows=used.select(
            "lsoa",
            pl.lit(edition, dtype=pl.Int16).alias("edition"),
            pl.Series("easting", easting),
            pl.Series("northing", northing),
        ),
        set_aside=aside,
    )


def _must_be_positions(rows: pl.DataFrame, raw: RawTable, *, in_degrees: bool) -> None:
    low, high = ((-9, 49), (3, 61)) if in_degrees else ((0, 0), (700_000, 1_300_000))
    strange = rows.filter(
        ~pl.col("_x").is_between(low[0], high[0]) | ~pl.col("_y").is_between(low[1], high[1])
    )
    if strange.is_empty():
        return
    row = strange.row(0, named=True)
    expected = "longitude and latitude in degrees" if in_degrees else "British National Grid metres"
    raise DataError(
        f"{raw.file} ({schema.OPTION}), row {row['row']}: {row['_x']:g}, {row['_y']:g} is no "
        f"position in England as {expected}; {strange.height} rows are like it.",
        advice="Check that the columns are not exchanged; the layout expects " + expected + ".",
    )
