"""How deprived the area around each school is, by the editions of the index that were given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.source_table import SourceTable

FURTHEST_CENTROID_M = 2_000
"""How far the nearest centroid may lie from a school for its area to stand for the school's."""


def deprivation(
    schools: pl.DataFrame,
    indices: Sequence[SourceTable],
    centroids: SourceTable | None,
    faults: Faults,
) -> pl.DataFrame:
    """Give decile and rank of the index of multiple deprivation for every school, by edition.

    A school's own area is taken where the edition has it. Where it has not, because areas were
    redrawn between two censuses or the school's is not known, the area with the nearest centroid
    within 2 km stands for it, marked as converted.

    Parameters
    ----------
    schools : polars.DataFrame
        ``id``, ``lsoa``, ``easting``, ``northing``.
    indices : sequence of SourceTable
        As `hedgerow.sources.imd.read.read` gives them.
    centroids : SourceTable, optional
        As `hedgerow.sources.lsoa.read.read` gives them.
    faults : Faults

    Returns
    -------
    polars.DataFrame
        Columns of `Observations`; a school whose area is not known has rows without a value.
    """
    return pl.concat(
        [_edition(schools, index, centroids, faults) for index in indices]
        or [_observations(_found(schools.head(0), pl.DataFrame(schema=_AREAS)), "")]
    )


_AREAS = {"lsoa": pl.String, "rank": pl.Int32, "decile": pl.Int8}


def _edition(
    schools: pl.DataFrame, index: SourceTable, centroids: SourceTable | None, faults: Faults
) -> pl.DataFrame:
    areas = index.rows.select(list(_AREAS))
    found = _found(schools, areas)
    lost = found.filter(pl.col("rank").is_null()).select("id", "easting", "northing")
    if centroids is not None and lost.height:
        # an area of another edition that kept its code kept its shape; the others are left out
        nearest = _nearest(lost, centroids.rows).join(areas, on="lsoa")
        found = found.update(nearest.drop("lsoa").with_columns(converted=True), on="id")
    without = found.filter(pl.col("rank").is_null()).height
    if without:
        faults.add(
            Fault(
                kind="schools without an area of the index",
                file=index.source.file,
                found=f"{without:,} of {found.height:,} schools",
                expected="the area of every school, or one with its centroid within 2 km",
                advice="Give centroids of the index's own edition of areas with --lsoa."
                if centroids is None or centroids.rows["edition"][0] != index.rows["edition"][0]
                else "These schools have no position, or lie far from any centroid.",
                consequence="value left out",
            )
        )
    return _observations(
        found.with_columns(pl.lit(index.source.as_of).alias("date")), index.source.id
    )


def _found(schools: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    return (
        schools.select("id", "lsoa", "easting", "northing")
        .join(areas, on="lsoa", how="left", maintain_order="left")
        .with_columns(pl.lit(False).alias("converted"), pl.lit(None, pl.Date).alias("date"))
    )


def _nearest(schools: pl.DataFrame, centroids: pl.DataFrame) -> pl.DataFrame:
    """Give the area with the nearest centroid of each school with a position: ``id``, ``lsoa``."""
    placed = schools.drop_nulls(["easting", "northing"])
    if placed.is_empty() or centroids.is_empty():
        return pl.DataFrame(schema={"id": pl.String, "lsoa": pl.String})
    from scipy.spatial import KDTree  # slow to start, and needed here alone

    tree = KDTree(centroids.select("easting", "northing").to_numpy())
    distance, place = tree.query(placed.select("easting", "northing").to_numpy())
    near = distance <= FURTHEST_CENTROID_M
    return pl.DataFrame(
        {
            "id": placed["id"].filter(pl.Series(near)),
            "lsoa": centroids["lsoa"].gather(np.asarray(place)[near]),
        },
        schema={"id": pl.String, "lsoa": pl.String},
    )


def _observations(found: pl.DataFrame, source: str) -> pl.DataFrame:
    return pl.concat(
        [
            found.select(
                pl.col("id").alias("organisation"),
                pl.lit(f"imd_{column}").alias("measure"),
                "date",
                pl.col(column).cast(pl.Float64).alias("value"),
                pl.lit(None, dtype=pl.Float64).alias("denominator"),
                pl.when(pl.col(column).is_null())
                .then(pl.lit("not available"))
                .when("converted")
                .then(pl.lit("converted"))
                .otherwise(pl.lit("observed"))
                .alias("status"),
                pl.lit(source).alias("source"),
            )
            for column in ("decile", "rank")
        ]
    )
