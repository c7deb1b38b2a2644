"""What is shared only in aggregate: which rows are counted for which places, so that no difference
of what can be asked for singles out a few organisations.

Rows are put into groups by all that somebody can ask apart: the table, the phase and the life of
the school that they are of, the days that they speak of, and who else sees them. Each group is
counted whole or not at all, and each has places of its own for which it is counted: together these
part its organisations into sets, any of which is empty or holds enough of them. Whatever is added
or taken away between such places is made of those sets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from hedgerow.fieldbook.merging import CONTRIBUTION
from hedgerow.landscape.suppression import THRESHOLD
from hedgerow.landscape.tables import TABLES
from hedgerow.web.access.concerning import (
    CARRIED,
    CARRIERS,
    IF_UNDECIDED_NAMED,
    LEVEL,
    SUBJECTS,
)
from hedgerow.web.access.fixed_places import ALWAYS, FixedPlaces
from hedgerow.web.access.levels import RecordKind
from hedgerow.web.evidence.tables import OWNER

FEWEST = THRESHOLD
"""How many organisations there must be besides any one of them and those that it governs."""

GROUP = "counted_in_group"
"""Column of the number of a row's group."""

CLASS = "shared_with"
"""Column of who sees a row by name."""

MEMBERS, STEWARDS, NOBODY = "members", "stewards", "nobody"
"""Who sees a row by name: all of the partnership, its stewards, or only who brought it."""

UNITS = ("month", "school year")
"""How far days are blunted: to the month, and to the school year where a month holds too few."""

ENOUGH_COUNTED = 0.6
"""Share of a kind of a place's records that must be counted for any of them to be, as for figures
of ties: what rests on the few that can be counted would take the rest for nought."""

_SPELL_ENDS = ("end", "closed")
_ROW, _LIFE = "_row", "_life"


@dataclass(frozen=True, eq=False)
class Counting:
    """Rows that can be counted, and for which places.

    Attributes
    ----------
    tables : mapping of str to polars.DataFrame
        Rows with their days blunted, with `GROUP` and `CLASS`; those that can be counted nowhere
        are left out.
    places : mapping of int to frozenset of str
        For each group the keys of the places for which it is counted.
    fixed : FixedPlaces
    shared : mapping of str to polars.DataFrame
        `SUBJECTS` and `CLASS` of every row that is shared at all, counted or not.
    left_out : int
        How many rows are counted nowhere.
    """

    tables: Mapping[str, pl.DataFrame]
    places: Mapping[int, frozenset[str]]
    fixed: FixedPlaces
    shared: Mapping[str, pl.DataFrame]
    left_out: int = 0

    def for_place(self, key: str, classes: Iterable[str]) -> dict[str, pl.DataFrame]:
        """Give the rows of a place, of those classes; columns as in `tables`.

        Rows that have no organisation in the place are not among them: nothing rests on what a
        larger place alone may count. Of a kind of record of which too little can be counted,
        nothing is: see `ENOUGH_COUNTED`.
        """
        if key not in self.fixed.members:
            return {}
        groups = [number for number, places in self.places.items() if key in places]
        inside = _listed(self.fixed.members[key])
        is_theirs = pl.col(CLASS).is_in(list(classes))
        is_here = pl.col(SUBJECTS).list.eval(pl.element().is_in(inside)).list.any()
        found = {
            name: table.filter(pl.col(GROUP).is_in(groups) & is_theirs).filter(is_here)
            for name, table in self.tables.items()
        }
        for kind in RecordKind:
            shared = sum(
                self.shared[name].filter(is_theirs).filter(is_here).height
                for name in kind.tables
                if name in self.shared
            )
            counted = sum(found[name].height for name in kind.tables if name in found)
            if counted < ENOUGH_COUNTED * shared:
                found = {name: rows for name, rows in found.items() if name not in kind.tables}
        return {
            # blunted days may make two rows of a key that holds a day; the later told stands
            name: table.unique(
                [CONTRIBUTION, *TABLES[name].primary_key()], keep="last", maintain_order=True
            )
            for name, table in found.items()
            if table.height
        }


def counting(tables: Mapping[str, pl.DataFrame], fixed: FixedPlaces) -> Counting:
    """Decide what is counted where.

    Parameters
    ----------
    tables : mapping of str to polars.DataFrame
        As `hedgerow.web.access.concerning.with_levels` gives them.
    fixed : FixedPlaces
    """
    found: dict[str, pl.DataFrame] = {}
    places: dict[int, frozenset[str]] = {}
    shared: dict[str, pl.DataFrame] = {}
    left_out = 0
    for name, table in tables.items():
        waiting = _open_rows(name, table, fixed)
        shared[name] = table.filter(pl.col(LEVEL) > 0).select(SUBJECTS, class_of().alias(CLASS))
        kept = []
        for unit in UNITS:
            blunt = _blunted(name, waiting, unit)
            numbered, let_in = _grouped(name, blunt, fixed, after=len(places))
            places |= let_in
            is_counted = numbered[GROUP].is_in([one for one, keys in let_in.items() if keys])
            kept.append(numbered.filter(is_counted))
            waiting = waiting.join(kept[-1], on=_ROW, how="anti", maintain_order="left")
        left_out += waiting.height
        counted = pl.concat(kept).drop(_LIFE, _ROW)
        if counted.height:
            found[name] = counted
    return Counting(tables=found, places=places, fixed=fixed, shared=shared, left_out=left_out)


def class_of() -> pl.Expr:
    """Say of each row with levels who sees it by name."""
    is_stewards = (pl.col(OWNER) == "") & (pl.col(IF_UNDECIDED_NAMED) == 2)
    return (
        pl.when(pl.col(LEVEL) == 2)
        .then(pl.lit(MEMBERS))
        .when(is_stewards)
        .then(pl.lit(STEWARDS))
        .otherwise(pl.lit(NOBODY))
    )


def _listed(organisations: Iterable[str]) -> pl.Expr:
    return pl.lit(pl.Series(sorted(organisations), dtype=pl.String).implode())


def _open_rows(name: str, table: pl.DataFrame, fixed: FixedPlaces) -> pl.DataFrame:
    """Give the rows that may be counted somewhere, each with the lives of its organisations."""
    rows = table.filter(pl.col(LEVEL) > 0, pl.col(SUBJECTS).list.len() > 0).with_row_index(_ROW)
    if name in CARRIERS:
        is_closed = pl.col(CARRIED).fill_null(2) == 0
        column = CARRIERS[name]
        rows = rows.with_columns(pl.when(~is_closed).then(pl.col(column)).alias(column))
    if name == "persons":
        # whoever is counted is nobody by name, whatever they agreed to be named for
        rows = rows.with_columns(
            pl.col("id").alias("label"),
            pl.lit(False).alias("is_named"),
            pl.lit(None, pl.String).alias("named_scope"),
            pl.lit(None, pl.Date).alias("named_since"),
        )
    known = pl.DataFrame(
        {"_who": list(fixed.life), _LIFE: [repr(life) for life in fixed.life.values()]},
        schema={"_who": pl.String, _LIFE: pl.String},
    )
    lives = (
        rows.select(_ROW, pl.col(SUBJECTS).alias("_who"))
        .explode("_who")
        .join(known, on="_who", how="left")
        .group_by(_ROW)
        .agg(
            pl.col(_LIFE).fill_null(repr(ALWAYS)).sort().str.join("|"),
            pl.col("_who").is_in(_listed(fixed.unsteady)).any().alias("_is_unsteady"),
        )
        .filter(~pl.col("_is_unsteady"))
        .drop("_is_unsteady")
    )
    return rows.join(lives, on=_ROW, maintain_order="left").with_columns(class_of().alias(CLASS))


def _blunted(name: str, rows: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Give rows whose days say no more than the month, or the school year."""

    def blunt(column: str) -> pl.Expr:
        day = pl.col(column)
        if unit == "month":
            return day.dt.truncate("1mo")
        if column in _SPELL_ENDS:
            # what ends within a school year holds to its last days
            year = day.dt.year() + (day.dt.month() >= 9).cast(pl.Int32)
            return pl.date(year, 7, 21).alias(column)
        year = day.dt.year() - (day.dt.month() < 9).cast(pl.Int32)
        return pl.date(year, 9, 1).alias(column)

    return rows.with_columns(blunt(column) for column in _days(name))


def _days(name: str) -> list[str]:
    return [one for one, kind in TABLES[name].create_empty().schema.items() if kind == pl.Date]


def _grouped(
    name: str, rows: pl.DataFrame, fixed: FixedPlaces, *, after: int
) -> tuple[pl.DataFrame, dict[int, frozenset[str]]]:
    """Number the groups of rows, from one number on, and say for which places each is counted."""
    key = [CLASS, _LIFE, *_days(name)]
    numbers = rows.select(key).unique(maintain_order=True).with_row_index(GROUP, offset=after)
    numbered = rows.join(
        numbers.with_columns(pl.col(GROUP).cast(pl.Int64)),
        on=key,
        nulls_equal=True,
        maintain_order="left",
    )
    brought = (
        numbered.select(GROUP, OWNER, SUBJECTS)
        .explode(SUBJECTS)
        .group_by(GROUP, OWNER)
        .agg(pl.col(SUBJECTS).unique())
        .sort(GROUP, OWNER)
    )
    by_owner: dict[int, dict[str, frozenset[str]]] = {}
    for number, owner, subjects in brought.iter_rows():
        by_owner.setdefault(number, {})[owner] = frozenset(subjects)
    return numbered, {number: _places_for(subjects, fixed) for number, subjects in by_owner.items()}


def _places_for(brought: Mapping[str, frozenset[str]], fixed: FixedPlaces) -> frozenset[str]:
    """Choose the places for which a group is counted, one after the other in their order.

    A place is let in if all sets that the places now part the organisations into are large enough;
    those that lie in none of the places are in no figure and may be few.
    """
    outside = frozenset().union(*brought.values())
    if len(outside) <= FEWEST:
        return frozenset()
    parts: list[frozenset[str]] = []
    let_in = []
    for key, members in fixed.members.items():
        taken = outside & members
        split = [half for part in parts for half in (part & members, part - members)]
        wanted = [part for part in (*split, taken) if part]
        if any(part & members for part in wanted) and all(
            part in parts or is_enough(part, brought, fixed.bodies) for part in wanted
        ):
            parts, outside = wanted, outside - members
            let_in.append(key)
    return frozenset(let_in)


def is_enough(
    organisations: frozenset[str],
    brought: Mapping[str, frozenset[str]],
    bodies: Mapping[str, frozenset[str]],
) -> bool:
    """Say whether organisations can be shown together.

    Whichever one is left out, and with it the schools that it ever governed, at least `FEWEST` are
    left: the one that is left out knows its own records, and would learn of the rest. So too for
    whoever brought the records: without theirs, either none or enough are left.

    Parameters
    ----------
    organisations : frozenset of str
    brought : mapping of str to frozenset of str
        Of whom each organisation brought records; empty text stands for the partnership itself.
    bodies : mapping of str to frozenset of str
        The trusts that ever governed a school.
    """
    if len(organisations) <= FEWEST:
        return False
    governed = Counter(body for one in organisations for body in bodies.get(one, ()) if body != one)
    own = organisations & set(governed)
    if any(len(organisations) - many - (body in own) < FEWEST for body, many in governed.items()):
        return False
    for owner in brought:
        rest = organisations & frozenset().union(
            *(subjects for other, subjects in brought.items() if other != owner)
        )
        if rest and len(rest) < FEWEST:
            return False
    return True
