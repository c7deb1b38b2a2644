"""Which organisations a record concerns, and so how far it is shared: the most closed decision
holds.

A record concerns the organisation that brought it, those that it speaks of, the trusts that govern
a school among them on the days that it speaks of, and the organisations of the persons that it
speaks of. What hangs on another record is never shared further than that one.

What is private must not show through what it hangs together with: a person's organisations, an
activity's provider and a forum's convenor are taken only from records that are not private, and
what cannot be traced to any of these is treated as private itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.succession import present_identifiers
from hedgerow.web.access.levels import DEFAULT_LEVEL, Level, RecordKind
from hedgerow.web.evidence.tables import OWNER

LEVEL = "openness"
"""Column of how open a row is: 0 private, 1 in aggregate, 2 by name."""

IF_UNDECIDED_NAMED = "openness_to_stewards"
"""Column of how open it would be if whoever has decided nothing had said "by name"."""

CARRIED = "openness_of_carrier"
"""Column of how open the person is through whom a tie or a practice came."""

CARRIED_IF_UNDECIDED_NAMED = "openness_of_carrier_to_stewards"
"""The same, if whoever has decided nothing had said "by name"."""

SUBJECTS = "subjects"
"""Column of the organisations whose record it is, for a figure: schools, or others if there are
none; under their present identifiers."""

DECIDED = (LEVEL, IF_UNDECIDED_NAMED, CARRIED, CARRIED_IF_UNDECIDED_NAMED, SUBJECTS)
"""What `with_levels` adds."""

NAMES: dict[str, tuple[str, ...]] = {
    "organisations": ("id",),
    "ties": ("from_id", "to_id"),
    "roles": ("organisation",),
    "activities": ("provider",),
    "participation": ("school",),
    "adoptions": ("school", "through"),
    "policies": ("organisation",),
    "observations": ("organisation",),
    "meetings": ("convenor",),
    "attendance": ("organisation",),
    "priorities": ("judge",),
    "concerns": (),
    "actions": ("owner",),
    "oversight": ("holder",),
    "nominations": ("from_id", "to_id"),
    "accounts": ("organisation",),
    "scores": ("organisation",),
    "persons": ("id",),
}
"""Columns of each table that say of whom it speaks: organisations, or persons in their place."""

CARRIERS = {"ties": "carrier", "adoptions": "through"}
"""Columns of a person who is no part of what a row says: left empty where the person is closed."""

DAYS: dict[str, tuple[str, str]] = {
    "organisations": ("opened", "closed"),
    "ties": ("start", "end"),
    "roles": ("start", "end"),
    "activities": ("start", "end"),
    "participation": ("start", "end"),
    "adoptions": ("start", "end"),
    "policies": ("date", "date"),
    "observations": ("date", "date"),
    "meetings": ("date", "date"),
    "oversight": ("date", "date"),
    "nominations": ("date", "date"),
    "accounts": ("date", "date"),
    "scores": ("date", "date"),
}
"""Columns of the first and last day that a row speaks of; other tables' rows speak of all days."""

HANGS_ON: dict[str, tuple[str, str, str]] = {
    "participation": ("activity", "activities", "id"),
    "scores": ("activity", "activities", "id"),
    "attendance": ("meeting", "meetings", "id"),
    "priorities": ("meeting", "meetings", "id"),
    "concerns": ("forum", "meetings", "forum"),
    "actions": ("concern", "concerns", "id"),
}
"""For each table whose rows hang on others: by which column, on which table, and its column."""

PERSON = "person:"
KIND_OF: dict[str, RecordKind] = {table: kind for kind in RecordKind for table in kind.tables}
_ROW, _WHO, _FIRST, _LAST = "_row", "_who", "_first", "_last"
_OPEN = {LEVEL: DEFAULT_LEVEL.openness, IF_UNDECIDED_NAMED: Level.NAMED.openness}

Decisions = Mapping[tuple[str, str], int]
"""Openness by identifier of the organisation and kind of record."""


def with_levels(
    told: Mapping[str, pl.DataFrame], decisions: Decisions, register: Landscape
) -> dict[str, pl.DataFrame]:
    """Say of every row how far it is shared, and whose it is.

    Parameters
    ----------
    told : mapping of str to polars.DataFrame
        As `hedgerow.web.evidence.tables.told` gives them.
    decisions : mapping
        What organisations decided; whoever is not in it has decided nothing.
    register : Landscape
        Of all days: who governs whom, and which school was succeeded by which.

    Returns
    -------
    dict of str to polars.DataFrame
        The same tables and rows in the same order, with the columns `DECIDED`.
    """
    return _Deciding(decisions, register).decided(told)


class _Deciding:
    def __init__(self, decisions: Decisions, register: Landscape) -> None:
        self.present = dict(present_identifiers(register))
        areas = register.table("areas")["id"].to_list()
        self.areas = pl.Series(areas, dtype=pl.String).implode()
        organisations = register.organisations
        self.schools = set(organisations.filter(pl.col("kind") == "school")["id"])
        self.governing = (
            register.ties.filter(pl.col("kind") == "governs")
            .select(
                pl.col("to_id").replace(self.present).alias(_WHO),
                pl.col("from_id").alias("_trust"),
                pl.col("start").alias("_since"),
                pl.col("end").alias("_until"),
            )
            .unique()
        )
        self.decisions: dict[tuple[str, str], int] = {}
        for (who, kind), level in decisions.items():
            now = (self.present.get(who, who), kind)
            self.decisions[now] = min(level, self.decisions.get(now, level))
        self.placed = pl.DataFrame(schema={"_person": pl.String, _WHO: pl.String})

    def decided(self, told: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        done: dict[str, pl.DataFrame] = {}
        # roles first, since they place persons; then what others hang on before what hangs on it
        before = ("roles", "activities", "meetings", "concerns")
        for name in (*before, *(one for one in told if one not in before)):
            if name in told:
                done[name] = self._table(name, told[name], done)
                if name == "roles":
                    self._place(done[name])
        return {name: done[name] for name in told}

    def _place(self, roles: pl.DataFrame) -> None:
        """Take down in which organisations persons are, from roles that are not private."""
        self.placed = (
            roles.filter(pl.col(LEVEL) > 0)
            .select(
                pl.col("person").alias("_person"),
                pl.col("organisation").replace(self.present).alias(_WHO),
            )
            .unique()
        )

    def _table(
        self, name: str, table: pl.DataFrame, done: Mapping[str, pl.DataFrame]
    ) -> pl.DataFrame:
        kind = KIND_OF[name].value
        rows = table.with_row_index(_ROW)
        said = self._said(name, rows)
        brought = rows.select(_ROW, pl.col(OWNER).alias(_WHO), *self._days(name)).filter(
            pl.col(_WHO) != ""
        )
        organisations, persons = self._apart(said)
        through = self._where(persons.select(_ROW, pl.col(_WHO).alias("_person")))
        concerned = pl.concat([organisations, self._now(brought), through])
        levels = self._levels(rows, concerned, kind)
        if name in HANGS_ON:
            levels = self._hung(name, rows, levels, done)
        is_nobodys = levels[LEVEL].is_null()
        levels = levels.with_columns(
            # what the partnership brought and what speaks of no organisation is the partnership's
            pl.when(is_nobodys).then(Level.NAMED.openness).otherwise(pl.col(column)).alias(column)
            for column in _OPEN
        )
        return (
            rows.join(levels, on=_ROW, how="left", maintain_order="left")
            .join(self._carried(name, rows, kind), on=_ROW, how="left", maintain_order="left")
            .join(
                self._subjects(organisations, through), on=_ROW, how="left", maintain_order="left"
            )
            .with_columns(pl.col(SUBJECTS).fill_null([]))
            .drop(_ROW)
        )

    def _days(self, name: str) -> list[pl.Expr]:
        if name not in DAYS:
            return [pl.lit(None, pl.Date).alias(_FIRST), pl.lit(None, pl.Date).alias(_LAST)]
        first, last = DAYS[name]
        return [pl.col(first).alias(_FIRST), pl.col(last).alias(_LAST)]

    def _said(self, name: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Give who each row speaks of: columns row, who, first and last day."""
        empty = rows.select(_ROW, pl.lit(None, pl.String).alias(_WHO), *self._days(name)).clear()
        columns = [
            rows.select(_ROW, pl.col(column).alias(_WHO), *self._days(name))
            for column in NAMES[name]
        ]
        told = pl.concat([empty, *columns]).drop_nulls(_WHO)
        if CARRIERS.get(name) in NAMES[name]:
            # a person through whom a practice came is no part of what it says; see `_carried`
            is_carrier = pl.col(_WHO).str.starts_with(PERSON)
            return told.filter(~is_carrier)
        if name == "accounts":
            # who does not say where they work is known by their roles
            return pl.concat(
                [
                    told,
                    rows.filter(pl.col("organisation").is_null()).select(
                        _ROW, pl.col("person").alias(_WHO), *self._days(name)
                    ),
                ]
            )
        return told

    def _now(self, said: pl.DataFrame) -> pl.DataFrame:
        return said.with_columns(pl.col(_WHO).replace(self.present))

    def _apart(self, said: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Part organisations, under their present identifiers, from persons; areas are neither."""
        is_person = pl.col(_WHO).str.starts_with(PERSON)
        organisations = said.filter(~is_person, ~pl.col(_WHO).is_in(self.areas))
        return self._now(organisations), said.filter(is_person)

    def _where(self, persons: pl.DataFrame) -> pl.DataFrame:
        """Give the organisations of each row's persons; none for a person who is nowhere on record.

        Whoever governs them on any day bears on it.
        """
        return persons.join(self.placed, on="_person", how="left").select(
            _ROW, _WHO, pl.lit(None, pl.Date).alias(_FIRST), pl.lit(None, pl.Date).alias(_LAST)
        )

    def _levels(self, rows: pl.DataFrame, concerned: pl.DataFrame, kind: str) -> pl.DataFrame:
        """Give the most closed of all decisions for each row; empty where it concerns nobody.

        A row of ``concerned`` without an identifier is a person who is nowhere on record.
        """
        governed = (
            concerned.join(self.governing, on=_WHO)
            .filter(
                pl.col("_until").is_null()
                | pl.col(_FIRST).is_null()
                | (pl.col("_until") > pl.col(_FIRST)),
                pl.col("_since").is_null()
                | pl.col(_LAST).is_null()
                | (pl.col("_since") <= pl.col(_LAST)),
            )
            .select(_ROW, pl.col("_trust").alias(_WHO))
        )
        everyone = pl.concat([concerned.select(_ROW, _WHO), governed])
        decided = {who: level for (who, what), level in self.decisions.items() if what == kind}
        opened = everyone.with_columns(
            pl.when(pl.col(_WHO).is_null())
            .then(Level.PRIVATE.openness)
            .otherwise(pl.col(_WHO).replace_strict(decided, default=default, return_dtype=pl.Int64))
            .alias(column)
            for column, default in _OPEN.items()
        )
        least = opened.group_by(_ROW).agg(pl.col(column).min() for column in _OPEN)
        return rows.select(_ROW).join(least, on=_ROW, how="left", maintain_order="left")

    def _hung(
        self,
        name: str,
        rows: pl.DataFrame,
        levels: pl.DataFrame,
        done: Mapping[str, pl.DataFrame],
    ) -> pl.DataFrame:
        """Share nothing further than what it hangs on; what hangs on nothing known is private."""
        column, table, key = HANGS_ON[name]
        found = {one: pl.Series([], dtype=pl.Int64) for one in _OPEN}
        above = (
            done[table].select(pl.col(key).alias("_above"), *_OPEN)
            if table in done
            else pl.DataFrame({"_above": pl.Series([], dtype=pl.String), **found})
        ).filter(pl.col(LEVEL) > 0)
        # of several tellings of one thing the most open shows it; of a forum's meetings the most
        # closed holds
        most = key == "id"
        above = above.group_by("_above").agg(
            pl.col(one).max() if most else pl.col(one).min() for one in _OPEN
        )
        hung = rows.select(_ROW, pl.col(column).alias("_above")).join(
            above, on="_above", how="left", maintain_order="left"
        )
        return levels.select(
            _ROW,
            *(
                pl.when(hung["_above"].is_null())
                .then(pl.col(one))
                .otherwise(pl.min_horizontal(pl.col(one), hung[one].fill_null(0)))
                .alias(one)
                for one in _OPEN
            ),
        )

    def _carried(self, name: str, rows: pl.DataFrame, kind: str) -> pl.DataFrame:
        if name not in CARRIERS:
            return rows.select(
                _ROW,
                pl.lit(None, pl.Int64).alias(CARRIED),
                pl.lit(None, pl.Int64).alias(CARRIED_IF_UNDECIDED_NAMED),
            )
        carriers = rows.select(_ROW, pl.col(CARRIERS[name]).alias("_person")).filter(
            pl.col("_person").str.starts_with(PERSON)
        )
        return self._levels(rows, self._where(carriers), kind).select(
            _ROW,
            pl.col(LEVEL).alias(CARRIED),
            pl.col(IF_UNDECIDED_NAMED).alias(CARRIED_IF_UNDECIDED_NAMED),
        )

    def _subjects(self, organisations: pl.DataFrame, through: pl.DataFrame) -> pl.DataFrame:
        both = pl.concat([organisations, through]).select(_ROW, _WHO).drop_nulls().unique()
        is_school = pl.col(_WHO).is_in(pl.Series(sorted(self.schools), dtype=pl.String).implode())
        return (
            both.with_columns(is_school.alias("_is_school"))
            .filter(pl.col("_is_school") | ~pl.col("_is_school").any().over(_ROW))
            .group_by(_ROW)
            .agg(pl.col(_WHO).sort().alias(SUBJECTS))
        )
