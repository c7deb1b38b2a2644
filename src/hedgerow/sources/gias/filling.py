"""What an establishment's own row leaves open and other rows of the same file settle."""

from __future__ import annotations

import polars as pl

from hedgerow.sources.sorting_out import Sorting

FROM_THE_AUTHORITY = {
    "la_name": "name of the authority",
    "la_gss": "statistical code of the authority",
    "region": "region",
}
"""Columns that are the same for all schools of an authority."""

UNITARY = r"^E0[689]"
"""Codes of districts that are authorities themselves: unitary, metropolitan, London boroughs."""


def fill_gaps(sorting: Sorting) -> None:
    """Fill in what follows from other rows; note every gap, filled or not.

    The name, code and region of an authority are taken from its other schools, the code of a
    district from other schools in a district of that name, where these agree. An authority that no
    row names is named after the one unitary district that all its schools lie in. A district's name
    follows its code: where a few rows give the code with another name, the commoner name is taken.
    """
    _settle_district_names(sorting)
    _fill(
        sorting,
        "district_code",
        "code of the district",
        key="district_name",
        agrees="in a district of that name",
    )
    _name_unitary_authorities(sorting)
    for column, what in FROM_THE_AUTHORITY.items():
        _fill(sorting, column, what, key="la_code", agrees="of the same authority")


def _name_unitary_authorities(sorting: Sorting) -> None:
    """Name authorities that no row names after the one unitary district of all their schools."""
    rows = sorting.rows
    if not (rows["la_name"].is_null() & rows["la_code"].is_not_null()).any():
        return
    one_district = (
        rows.lazy()
        .filter(pl.col("la_code").is_not_null())
        .group_by("la_code")
        .agg(
            pl.col("la_name").is_not_null().any().alias("is_named"),
            pl.col("district_code").n_unique().alias("districts"),
            pl.col("district_code").first().alias("unitary_code"),
            pl.col("district_name").first().alias("unitary_name"),
        )
        .filter(
            ~pl.col("is_named"),
            pl.col("districts") == 1,
            pl.col("unitary_code").str.contains(UNITARY),
            pl.col("unitary_name").is_not_null(),
        )
        .select("la_code", "unitary_code", "unitary_name")
        .collect()
    )
    sorting.rows = rows.join(one_district, on="la_code", how="left", maintain_order="left")
    sorting.note(
        pl.col("unitary_name").is_not_null(),
        kind="authority named after its one district",
        found=pl.format("nothing; {} from the district", "unitary_name"),
        expected="the name of the authority",
        column="la_name",
        advice="All its schools lie in this one unitary district, borough or city.",
    )
    sorting.rows = sorting.rows.with_columns(
        pl.coalesce("la_name", "unitary_name").alias("la_name"),
        pl.coalesce("la_gss", "unitary_code").alias("la_gss"),
    ).drop("unitary_code", "unitary_name")


def _fill(sorting: Sorting, column: str, what: str, *, key: str, agrees: str) -> None:
    rows = sorting.rows
    gaps = rows[column].null_count()
    if gaps in (0, rows.height):
        return
    known = (
        rows.lazy()
        .filter(pl.col(column).is_not_null() & pl.col(key).is_not_null())
        .group_by(key)
        .agg(pl.col(column).first().alias("filled"), pl.col(column).n_unique().alias("values"))
        .filter(pl.col("values") == 1)
        .select(key, "filled")
        .collect()
    )
    sorting.rows = rows.join(known, on=key, how="left", maintain_order="left")
    for is_filled in (True, False):
        sorting.note(
            pl.col(column).is_null() & (pl.col("filled").is_not_null() == is_filled),
            kind=f"no {what}" + ("" if is_filled else " anywhere in the file"),
            found=(
                pl.format("nothing; {} from other schools {}", "filled", pl.lit(agrees))
                if is_filled
                else pl.format("nothing, for {}", pl.col(key).fill_null("an unknown one"))
            ),
            expected=f"the {what}",
            column=column,
            advice=f"Filled from other schools {agrees}." if is_filled else "It stays unknown.",
        )
    sorting.rows = sorting.rows.with_columns(pl.coalesce(column, "filled").alias(column)).drop(
        "filled"
    )


def _settle_district_names(sorting: Sorting) -> None:
    named = (
        sorting.rows.lazy()
        .filter(pl.col("district_code").is_not_null() & pl.col("district_name").is_not_null())
        .group_by("district_code", "district_name")
        .len()
        .sort("len", "district_name", descending=[True, False])
        .group_by("district_code", maintain_order=True)
        .agg(pl.col("district_name").first().alias("usual"), pl.len().alias("names"))
        .filter(pl.col("names") > 1)
        .select("district_code", "usual")
        .collect()
    )
    if named.is_empty():
        return
    sorting.rows = sorting.rows.join(named, on="district_code", how="left", maintain_order="left")
    sorting.note(
        pl.col("district_name") != pl.col("usual"),
        kind="district's code and name disagree",
        found=pl.format("{} with the name {}", "district_code", "district_name"),
        expected="the name that most rows give with the code",
        column="district_name",
        advice="The code is believed and the name follows it.",
    )
    sorting.rows = sorting.rows.with_columns(
        pl.coalesce("usual", "district_name").alias("district_name")
    ).drop("usual")
