"""Who belongs to which group, and since when: ties from one day, or a history from several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from hedgerow.sources.register.establishments import prefixed
from hedgerow.sources.register.groups import GOVERNS, MEMBER_OF, academies_of
from hedgerow.sources.register.history import Sighting, Snapshot, memberships
from hedgerow.sources.source_table import SourceTable, set_aside
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA

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


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupTies:
    """The ties of groups to schools, and what they rest on.

    Attributes
    ----------
    ties : polars.DataFrame
        Columns of `SPELL_SCHEMA`.
    set_aside : polars.DataFrame
        Links of schools that the extract does not have.
    trust_days : tuple of Seen
        The days on which it was seen which trust governs which school.
    """

    ties: pl.DataFrame
    set_aside: pl.DataFrame
    trust_days: tuple[Seen, ...]


def group_ties(
    gias: SourceTable,
    links: Sequence[SourceTable],
    groups: pl.DataFrame,
    earlier: Sequence[Seen],
) -> GroupTies:
    """Give the ties of groups to schools through time, and the link records that cannot be used.

    Parameters
    ----------
    gias : SourceTable
    links : sequence of SourceTable
        In order of their days.
    groups : polars.DataFrame
        As `hedgerow.sources.register.groups.group_organisations` gives them.
    earlier : sequence of Seen
        Which trust governed which school by older registers; a day that a file given now is about
        is taken from that file.
    """
    known = gias.rows.select("urn", "id", "closed")
    kinds = {kind for table in links for kind in table.rows["tie"].unique()} - {GOVERNS}
    frames = []
    for kind in sorted(kinds):
        # files on academies have no federations: their silence says nothing of these
        days = [day for table in links if (day := _seen(table, kind, known)).rows.height]
        frames.append(_ties(days, kind, known, groups))
    trust_days = _trust_days(gias, links, known, earlier)
    frames.append(_ties(trust_days, GOVERNS, known, groups))
    return GroupTies(
        ties=pl.concat(frames),
        set_aside=pl.concat(
            [pl.DataFrame(schema=SET_ASIDE_SCHEMA)]
            + [_without_school(table, known) for table in links]
        ),
        trust_days=tuple(trust_days),
    )


def _trust_days(
    gias: SourceTable, links: Sequence[SourceTable], known: pl.DataFrame, earlier: Sequence[Seen]
) -> list[Seen]:
    days = {table.source.as_of: _seen(table, GOVERNS, known) for table in links}
    days.setdefault(gias.source.as_of, _seen_in_extract(gias))
    for seen in earlier:
        rows = seen.rows.join(known, left_on="school", right_on="id", how="semi")
        days.setdefault(seen.day, replace(seen, rows=rows))
    return [days[day] for day in sorted(days)]


def _ties(days: list[Seen], kind: str, known: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    if len(days) == 1:
        return ties_of_one_day(days[0], kind, known)
    return ties_of_days(days, kind, known, groups)


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
    rows = academies_of(gias).select(
        pl.col("id").alias("school"),
        prefixed("uid", "trust_code").alias("body"),
        pl.lit(None, dtype=pl.Date).alias("joined"),
    )
    return Seen(day=gias.source.as_of, source=gias.source.id, rows=rows, lists_all=False)
