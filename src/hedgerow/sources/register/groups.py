"""Trusts, sponsors, federations, foundation trusts, and a history of who belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.register.establishments import prefixed
from hedgerow.sources.register.history import Sighting, Snapshot, memberships
from hedgerow.sources.source_table import SourceTable, set_aside
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA

TRUST = "trust"
GOVERNS = "governs"
MEMBER_OF = "member_of"
SPELL_SCHEMA = {
    "from_id": pl.String,
    "to_id": pl.String,
    "kind": pl.String,
    "number": pl.Int32,
    "start": pl.Date,
    "end": pl.Date,
    "start_censored": pl.Boolean,
    "end_censored": pl.Boolean,
    "source": pl.String,
}


def group_organisations(
    gias: SourceTable, links: Sequence[SourceTable], groups: SourceTable | None
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
        _academies(gias).select(
            prefixed("uid", "trust_code").alias("id"),
            pl.lit(TRUST).alias("kind"),
            pl.col("trust_name").alias("name"),
            no_text.alias("postcode"),
            no_day.alias("opened"),
            no_day.alias("closed"),
            pl.lit(gias.source.id).alias("source"),
        )
    )
    return (
        pl.concat(frames)
        .with_columns(pl.col("name").fill_null(pl.format("Group {}", "id")))
        .unique("id", keep="first", maintain_order=True)
        .sort("id")
    )


def group_ties(
    gias: SourceTable, links: Sequence[SourceTable], groups: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the ties of groups to schools through time, and the link records that cannot be used.

    Parameters
    ----------
    gias : SourceTable
    links : sequence of SourceTable
        In order of their days.
    groups : polars.DataFrame
        As `group_organisations` gives them.

    Returns
    -------
    ties : polars.DataFrame
        Columns of `SPELL_SCHEMA`.
    set_aside : polars.DataFrame
        Links of schools that the extract does not have.
    """
    known = gias.rows.select("urn", "id", "closed")
    kinds = {kind for table in links for kind in table.rows["tie"].unique()} | {GOVERNS}
    frames = []
    for kind in sorted(kinds):
        # files on academies have no federations: their silence says nothing of these
        days = [day for table in links if (day := _seen(table, kind, known)).rows.height]
        if kind == GOVERNS and gias.source.as_of not in {day.day for day in days}:
            days.append(_seen_in_extract(gias))
        if len(days) == 1:
            frames.append(ties_of_one_day(days[0], kind, known))
        elif days:
            frames.append(ties_of_days(days, kind, known, groups))
    unused = [_without_school(table, known) for table in links]
    return pl.concat(frames), pl.concat([pl.DataFrame(schema=SET_ASIDE_SCHEMA), *unused])


@dataclass(frozen=True, eq=False, kw_only=True)
class Seen:
    """Who was seen to belong to whom on one day, as a table.

    Attributes
    ----------
    day, source, lists_all
        As in `Snapshot`.
    rows : polars.DataFrame
        ``school``, ``body``, ``joined``.
    """

    day: date
    source: str
    rows: pl.DataFrame
    lists_all: bool = True


def ties_of_one_day(seen: Seen, kind: str, known: pl.DataFrame) -> pl.DataFrame:
    """Give the ties that one day shows: what `ties_of_days` gives for it alone, but in one go."""
    closed = known.select(pl.col("id").alias("school"), pl.col("closed").alias("end"))
    return (
        seen.rows.join(closed, on="school", how="left")
        .sort("school", "body")
        .select(
            pl.col("school" if kind == MEMBER_OF else "body").alias("from_id"),
            pl.col("body" if kind == MEMBER_OF else "school").alias("to_id"),
            pl.lit(kind).alias("kind"),
            pl.lit(0, dtype=pl.Int32).alias("number"),
            pl.col("joined").alias("start"),
            # seen after it closed: the record was late
            pl.when(pl.col("end").is_not_null()).then(pl.max_horizontal("end", "joined")),
            pl.col("joined").is_null().alias("start_censored"),
            pl.lit(False).alias("end_censored"),
            pl.lit(seen.source).alias("source"),
        )
    )


def ties_of_days(
    days: Sequence[Seen], kind: str, known: pl.DataFrame, groups: pl.DataFrame
) -> pl.DataFrame:
    """Give the ties that several days show together, by `memberships`."""
    spells = memberships(
        [
            Snapshot(
                day=seen.day,
                source=seen.source,
                sightings=[Sighting(*row) for row in seen.rows.iter_rows()],
                lists_all=seen.lists_all,
            )
            for seen in days
        ],
        is_exclusive=kind == GOVERNS,
        closed=dict(known.drop_nulls("closed").select("id", "closed").iter_rows()),
        bodies_closed=dict(groups.drop_nulls("closed").select("id", "closed").iter_rows()),
    )
    return pl.DataFrame(
        [
            (
                *((spell.school, spell.body) if kind == MEMBER_OF else (spell.body, spell.school)),
                kind,
                spell.number,
                spell.start,
                spell.end,
                spell.start_censored,
                spell.end_censored,
                spell.source,
            )
            for spell in spells
        ],
        schema=SPELL_SCHEMA,
        orient="row",
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


def _academies(gias: SourceTable) -> pl.DataFrame:
    return gias.rows.filter(pl.col("status") == "academy", pl.col("trust_code").is_not_null())


def _without_school(table: SourceTable, known: pl.DataFrame) -> pl.DataFrame:
    return set_aside(
        table.rows.join(known, on="urn", how="anti", maintain_order="left"),
        file=table.source.file,
        reason="the establishment is not in the register's extract",
    )


def _seen(table: SourceTable, kind: str, known: pl.DataFrame) -> Seen:
    rows = (
        table.rows.filter(pl.col("tie") == kind)
        .join(known, on="urn")
        .select(pl.col("id").alias("school"), prefixed("uid", "uid").alias("body"), "joined")
    )
    return Seen(day=table.source.as_of, source=table.source.id, rows=rows)


def _seen_in_extract(gias: SourceTable) -> Seen:
    """The extract's own trust columns, as one more day on which trusts were seen."""
    rows = _academies(gias).select(
        pl.col("id").alias("school"),
        prefixed("uid", "trust_code").alias("body"),
        pl.lit(None, dtype=pl.Date).alias("joined"),
    )
    return Seen(day=gias.source.as_of, source=gias.source.id, rows=rows, lists_all=False)
