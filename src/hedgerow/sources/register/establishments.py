"""From the establishment extract to schools, observations, authorities and districts."""

from __future__ import annotations

from datetime import date

import polars as pl

from hedgerow.sources.source_table import SourceTable


def prefixed(scheme: str, column: str) -> pl.Expr:
    """Give an identifier, such as ``la:330``, from a code; empty where the code is."""
    return pl.concat_str(pl.lit(f"{scheme}:"), pl.col(column)).alias(column)


def school_organisations(gias: SourceTable) -> pl.DataFrame:
    """Give the schools as organisations."""
    return gias.rows.select(
        "id",
        pl.lit("school").alias("kind"),
        "name",
        pl.lit(None, dtype=pl.String).alias("code"),
        "postcode",
        "easting",
        "northing",
        pl.when(pl.col("easting").is_not_null()).then(pl.lit("register")).alias("position_from"),
        prefixed("la", "la_code").alias("authority"),
        prefixed("lad", "district_code").alias("district"),
        "region",
        "opened",
        "closed",
        pl.lit(gias.source.id).alias("source"),
    )


def schools_table(gias: SourceTable) -> pl.DataFrame:
    """Give what only a school has; `Schools` has the columns."""
    return gias.rows.select(
        "id",
        "urn",
        "phase",
        "type_code",
        "type",
        "status",
        "route",
        "low_age",
        "high_age",
        "pupils",
        "capacity",
        "faith",
        is_rural(),
        "urban_rural",
        "ward",
        "lsoa",
    )


def is_rural() -> pl.Expr:
    """Say whether an official class of ``urban_rural`` is a rural one; empty where the class is."""
    return (
        pl.col("urban_rural").str.to_lowercase().str.contains("rural", literal=True).alias("rural")
    )


def school_observations(gias: SourceTable) -> pl.DataFrame:
    """Give pupils, free school meals and inspection grade of every open school, as the extract has
    them.

    A missing number is a row that says so. The grade bears the day of the inspection; where that is
    not given, the day of the extract, on which it was the current one.
    """
    day = gias.source.as_of
    is_open = pl.col("closed").is_null() | (pl.col("closed") > day)
    rows = gias.rows.filter(is_open)
    pupils = _observations(rows, "pupils", "pupils", day, None)
    meals = _observations(rows, "fsm_eligible", "fsm_eligible", day, "pupils")
    graded = rows.filter(pl.col("ofsted_grade").is_not_null())
    grades = _observations(graded, "inspection_grade", "ofsted_grade", day, None).with_columns(
        graded["ofsted_date"].fill_null(day).alias("date")
    )
    return pl.concat([pupils, meals, grades]).with_columns(pl.lit(gias.source.id).alias("source"))


def _observations(
    rows: pl.DataFrame, measure: str, column: str, day: date, denominator: str | None
) -> pl.DataFrame:
    value = pl.col(column).cast(pl.Float64)
    behind = pl.col(denominator).cast(pl.Float64) if denominator else pl.lit(None, pl.Float64)
    return rows.select(
        pl.col("id").alias("organisation"),
        pl.lit(measure).alias("measure"),
        pl.lit(day).alias("date"),
        value.alias("value"),
        behind.alias("denominator"),
        pl.when(value.is_null())
        .then(pl.lit("not available"))
        .otherwise(pl.lit("observed"))
        .alias("status"),
    )


def authorities(gias: SourceTable, names: pl.DataFrame) -> pl.DataFrame:
    """Give the local authorities that schools lie in.

    A name comes from the extract; else from another source; else, where all the schools of an
    authority lie in one district that has an authority's duties itself, from that district; else it
    is the code.

    Parameters
    ----------
    gias : SourceTable
    names : polars.DataFrame
        Names in other sources: ``la_code``, ``la_name``, ``gss``.
    """
    grouped = (
        gias.rows.filter(pl.col("la_code").is_not_null())
        .group_by("la_code")
        .agg(
            _most_frequent("la_name"),
            _most_frequent("la_gss").alias("gss"),
            _most_frequent("region"),
            pl.col("district_code").drop_nulls().n_unique().alias("districts"),
            _most_frequent("district_code"),
            _most_frequent("district_name"),
        )
    )
    other = (
        names.drop_nulls("la_code")
        .group_by("la_code")
        .agg(
            _most_frequent("la_name").alias("other_name"), _most_frequent("gss").alias("other_gss")
        )
    )
    # district codes of counties' districts begin with E07; all others are unitary or metropolitan
    is_district = (pl.col("districts") == 1) & ~pl.col("district_code").str.starts_with("E07")
    return (
        grouped.join(other, on="la_code", how="left")
        .sort("la_code")
        .select(
            prefixed("la", "la_code").alias("id"),
            pl.lit("authority").alias("kind"),
            pl.coalesce(
                "la_name",
                "other_name",
                pl.when(is_district).then("district_name"),
                pl.format("Authority {}", "la_code"),
            ).alias("name"),
            pl.coalesce("gss", "other_gss", pl.when(is_district).then("district_code")).alias(
                "code"
            ),
            "region",
            pl.lit(gias.source.id).alias("source"),
        )
    )


def _most_frequent(column: str) -> pl.Expr:
    """The most frequent value of a group; of equally frequent ones the first in order."""
    return pl.col(column).drop_nulls().mode().sort().first()


def maintaining(gias: SourceTable) -> pl.DataFrame:
    """Give the ties of authorities to the schools that they maintain, since these opened."""
    return gias.rows.filter(
        pl.col("status") == "maintained", pl.col("la_code").is_not_null()
    ).select(
        prefixed("la", "la_code").alias("from_id"),
        pl.col("id").alias("to_id"),
        pl.lit("maintains").alias("kind"),
        pl.col("opened").alias("start"),
        pl.col("closed").alias("end"),
        pl.col("opened").is_null().alias("start_censored"),
        pl.lit(gias.source.id).alias("source"),
    )


def districts(gias: SourceTable) -> pl.DataFrame:
    """Give the districts that schools lie in, as `Areas`, named as most of their schools say."""
    return (
        gias.rows.drop_nulls("district_code")
        .group_by("district_code")
        .agg(_most_frequent("district_name").alias("name"))
        .sort("district_code")
        .select(
            prefixed("lad", "district_code").alias("id"),
            pl.lit("district").alias("kind"),
            pl.col("name").fill_null(pl.col("district_code")),
            pl.lit(None, dtype=pl.Binary).alias("outline"),
            pl.lit(gias.source.id).alias("source"),
        )
    )


def fill_districts(rows: pl.DataFrame, postcodes: pl.DataFrame) -> pl.DataFrame:
    """Fill empty districts of organisations from their postcodes.

    Parameters
    ----------
    rows : polars.DataFrame
        Organisations, with ``postcode`` and ``district``.
    postcodes : polars.DataFrame
        ``postcode`` (plain), ``district``.
    """
    if not rows["district"].null_count():
        return rows
    found = postcodes.select(pl.col("postcode").alias("plain"), pl.col("district").alias("found"))
    return (
        rows.with_columns(plain_postcode("postcode").alias("plain"))
        .join(found, on="plain", how="left", maintain_order="left")
        .with_columns(pl.coalesce("district", "found").alias("district"))
        .select(rows.columns)
    )


def plain_postcode(column: str) -> pl.Expr:
    """Give a postcode without spaces, in capitals."""
    return pl.col(column).str.replace_all(" ", "", literal=True).str.to_uppercase()
