"""Trusts, sponsors, federations and foundation trusts: which there are, and how large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.register.establishments import prefixed
from hedgerow.sources.source_table import SourceTable

TRUST = "trust"
GOVERNS = "governs"
MEMBER_OF = "member_of"


def group_organisations(
    gias: SourceTable,
    links: Sequence[SourceTable],
    groups: SourceTable | None,
    earlier: pl.DataFrame,
) -> pl.DataFrame:
    """Give every group as an organisation, with what the best source says of it.

    The group records come first, then the newest link records, then the trust columns of the
    extract.

    Returns
    -------
    polars.DataFrame
        ``id``, ``kind``, ``name``, ``postcode``, ``opened``, ``closed``, ``source``.
    """
    columns = [
        prefixed("uid", "uid").alias("id"),
        "kind",
        "name",
        "postcode",
        "opened",
        "closed",
        "source",
    ]
    no_day = pl.lit(None, dtype=pl.Date)
    no_text = pl.lit(None, dtype=pl.String)
    frames = []
    if groups is not None:
        frames.append(
            groups.rows.with_columns(pl.lit(groups.source.id).alias("source")).select(columns)
        )
    for table in reversed(links):
        frames.append(
            table.rows.with_columns(
                pl.col("group_name").alias("name"),
                no_text.alias("postcode"),
                no_day.alias("opened"),
                pl.col("group_closed").alias("closed"),
                pl.lit(table.source.id).alias("source"),
            ).select(columns)
        )
    frames.append(
        academies_of(gias).select(
            prefixed("uid", "trust_code").alias("id"),
            pl.lit(TRUST).alias("kind"),
            pl.col("trust_name").alias("name"),
            no_text.alias("postcode"),
            no_day.alias("opened"),
            no_day.alias("closed"),
            pl.lit(gias.source.id).alias("source"),
        )
    )
    frames.append(earlier)
    return (
        pl.concat(frames)
        .with_columns(pl.col("name").fill_null(pl.format("Group {}", "id")))
        .unique("id", keep="first", maintain_order=True)
        .sort("id")
    )


def sizes_in_link_records(links: Sequence[SourceTable]) -> pl.DataFrame:
    """Count, for every trust, the establishments of any kind tied to it, on the day of each file.

    Returns
    -------
    polars.DataFrame
        Columns of `Observations`.

    Notes
    -----
    Records of a trust that has closed, but from which its schools were never taken off, count as
    well.
    """
    return pl.concat(
        [
            pl.DataFrame(
                schema={
                    "organisation": pl.String,
                    "measure": pl.String,
                    "date": pl.Date,
                    "value": pl.Float64,
                    "denominator": pl.Float64,
                    "status": pl.String,
                    "source": pl.String,
                }
            )
        ]
        + [
            table.rows.filter(pl.col("tie") == GOVERNS)
            .group_by("uid")
            .agg(pl.col("urn").n_unique().cast(pl.Float64).alias("value"))
            .select(
                prefixed("uid", "uid").alias("organisation"),
                pl.lit("schools_in_link_records").alias("measure"),
                pl.lit(table.source.as_of).alias("date"),
                "value",
                pl.lit(None, dtype=pl.Float64).alias("denominator"),
                pl.lit("observed").alias("status"),
                pl.lit(table.source.id).alias("source"),
            )
            for table in links
        ]
    )


def fit_to_ties(
    groups: pl.DataFrame, ties: pl.DataFrame, files: Mapping[str, str], faults: Faults
) -> pl.DataFrame:
    """Let a group be there for as long as schools are tied to it.

    A group that opened, by its record, after a school had joined it counts as open from then on;
    one that closed, by its record, while schools are still tied to it counts as open, and is
    reported.

    Parameters
    ----------
    groups, ties : polars.DataFrame
        As `group_organisations` and `group_ties` give them.
    files : mapping of str to str
        Names of files, by identifier of the source.
    faults : Faults
    """
    body = pl.when(pl.col("kind") == MEMBER_OF).then("to_id").otherwise("from_id")
    spans = ties.group_by(body.alias("id")).agg(
        pl.col("start").min().alias("first"),
        pl.col("start").is_null().any().alias("has_unknown_start"),
        pl.col("end").max().alias("last"),
        pl.col("end").is_null().any().alias("is_tied"),
    )
    joined = groups.join(spans, on="id", how="left", maintain_order="left")
    still_tied = joined.filter(
        pl.col("closed").is_not_null() & (pl.col("is_tied") | (pl.col("last") > pl.col("closed")))
    )
    for (source,), rows in still_tied.group_by("source", maintain_order=True):
        faults.add_rows(
            rows.select(
                pl.lit(None, dtype=pl.Int64).alias("row"),
                pl.format("{} ({}), closed on {}", "name", "id", "closed").alias("found"),
            ),
            kind="closed group with schools",
            file=files.get(str(source), str(source)),
            expected="no schools tied to a group that has closed",
            advice="It counts as open for as long as its schools are tied to it.",
        )
    return joined.with_columns(
        pl.when(pl.col("has_unknown_start"))
        .then(None)
        .otherwise(
            pl.min_horizontal("opened", pl.when(pl.col("opened").is_not_null()).then("first"))
        )
        .alias("opened"),
        pl.when(pl.col("closed").is_null() | pl.col("is_tied").fill_null(False))
        .then(None)
        .otherwise(pl.max_horizontal("closed", "last"))
        .alias("closed"),
    ).select(groups.columns)


def academies_of(gias: SourceTable) -> pl.DataFrame:
    """Give the academies of the extract whose trust it names."""
    return gias.rows.filter(pl.col("status") == "academy", pl.col("trust_code").is_not_null())
