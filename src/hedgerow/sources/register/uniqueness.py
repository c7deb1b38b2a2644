"""One row a key: what to do where several sources say the same thing differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hedgerow.landscape.faults import Faults


def one_a_key(
    table: pl.DataFrame,
    key: Sequence[str],
    *,
    name: str,
    says: Sequence[str],
    files: Mapping[str, str],
    faults: Faults,
) -> pl.DataFrame:
    """Keep the first row of each key, and report the others that say something else.

    Parameters
    ----------
    table : polars.DataFrame
        In order of preference; has a column ``source``.
    key : sequence of str
        Columns that must be unique together.
    name : str
        What a row is called, for the report.
    says : sequence of str
        Columns in which rows of one key must agree, or be reported.
    files : mapping of str to str
        Names of files, by identifier of the source.
    faults : Faults

    Returns
    -------
    polars.DataFrame
        In order of the key.
    """
    kept = table.unique(list(key), keep="first", maintain_order=True).sort(list(key))
    if kept.height == table.height:
        return kept
    surplus = (
        table.with_columns(pl.int_range(pl.len()).over(list(key)).alias("_place"))
        .filter(pl.col("_place") > 0)
        .join(kept.select(*key, *(pl.col(v).alias(f"{v}_kept") for v in says)), on=list(key))
    )
    differs = pl.any_horizontal(
        [pl.col(value).ne_missing(pl.col(f"{value}_kept")) for value in says]
    )
    said = pl.concat_str(
        [pl.concat_str(pl.lit(f"{part} "), pl.col(part).cast(pl.String)) for part in key],
        separator=", ",
        ignore_nulls=True,
    )
    for (source,), rows in surplus.filter(differs).group_by("source", maintain_order=True):
        faults.add_rows(
            rows.select(pl.lit(None, dtype=pl.Int64).alias("row"), said.alias("found")),
            kind=f"{name} given twice",
            file=files.get(str(source), str(source)),
            expected="one row for each, or rows that agree",
            advice="The first was kept: of several files, the one given first.",
            consequence="value left out",
        )
    return kept
