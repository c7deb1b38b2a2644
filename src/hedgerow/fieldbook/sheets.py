"""What a sheet of a fieldbook is, and each of its columns, drawn from the schema of its table.

Type, limits, choices, description and unit are the schema's. Only what a person who fills it in
needs besides is said here: a heading in plain words, an example, what a reference may point at,
what an empty cell stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import dataframely as dy

from hedgerow.fieldbook.folding import fold
from hedgerow.landscape.tables import TABLES

Kind = Literal[
    "text",
    "number",
    "whole",
    "day",
    "last day",
    "yes or no",
    "choice",
    "reference",
    "code",
    "postcode",
]
Target = Literal["organisation", "person", "area", "activity", "meeting", "concern"]

REMARKS = "Remarks"
"""First column of every sheet: the person's own, never read, except that it marks examples."""
WHAT_TO_WRITE = "what to write"
EXAMPLE = "example"
KEPT = "Hedgerow: "
"""Begins the heading of a column that an export keeps so that nothing is lost on the way back."""


@dataclass(frozen=True, kw_only=True)
class ColumnSpec:
    """One column of a sheet.

    Attributes
    ----------
    name : str
        The table's column; for a column that fills another table, a name of its own.
    heading : str
        What stands over it.
    says : str
        What to write, in a sentence.
    kind : str
        How a cell is read. A ``last day`` is the last on which something held: the table keeps the
        day after it.
    is_needed : bool
        Whether a row without it cannot be used.
    default : object
        What an empty cell stands for; None for unknown.
    choices : tuple of str
        The table's values, as `Kind` ``choice`` takes them.
    low, high : float or None
        Limits of a number.
    unit, example : str
    targets : tuple of str
        What a reference may point at.
    is_kept : bool
        True for a column that people do not fill in: exports carry it.
    is_prose : bool
        True for sentences, in which a person's name may slip.
    """

    name: str
    heading: str
    says: str
    kind: Kind
    is_needed: bool = False
    default: object = None
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    example: str = ""
    targets: tuple[Target, ...] = ()
    is_kept: bool = False
    is_prose: bool = False

    @property
    def is_decisive(self) -> bool:
        """Whether a faulty cell spoils its row.

        A needed cell does, and so does a day: without it, what has ended would seem to go on.
        """
        return self.is_needed or self.kind in ("day", "last day")

    @property
    def shown_choices(self) -> tuple[str, ...]:
        """The choices in words, for a drop-down."""
        return tuple(in_words(choice) for choice in self.choices)


@dataclass(frozen=True, kw_only=True)
class SheetSpec:
    """One sheet of a fieldbook.

    Attributes
    ----------
    title : str
        What stands on its tab.
    table : str
        The landscape's table that its rows go into.
    about : str
        What belongs in it, in a sentence or two.
    columns : tuple of ColumnSpec
        Those that people fill in, then those that exports keep.
    fixed : mapping of str to object
        Values that every row of the sheet has.
    """

    title: str
    table: str
    about: str
    columns: tuple[ColumnSpec, ...]
    fixed: Mapping[str, object] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Name of its file in a folder of CSV files, without the ending."""
        return fold(self.title).replace(" ", "-")

    @property
    def shown(self) -> tuple[ColumnSpec, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if not column.is_kept)

    def column(self, name: str) -> ColumnSpec:
        """Give a column by the table's name for it."""
        return next(column for column in self.columns if column.name == name)


def in_words(choice: str) -> str:
    """Write a value of a closed list as people do: ``maths_hub`` is "maths hub"."""
    return choice.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a sheet's declaration says of a column beyond its schema; see `ColumnSpec`."""

    heading: str
    says: str = ""
    example: str = ""
    default: object = None
    targets: tuple[Target, ...] = ()
    is_last_day: bool = False
    is_code: bool = False
    is_prose: bool = False


def drawn(
    title: str,
    table: str,
    about: str,
    asks: Mapping[str, Ask],
    *,
    fixed: Mapping[str, object] | None = None,
    extra: tuple[ColumnSpec, ...] = (),
) -> SheetSpec:
    """Draw a sheet from the schema of its table.

    Parameters
    ----------
    title, table, about, fixed
        As in `SheetSpec`.
    asks : mapping of str to Ask
        The columns that people fill in, in their order. Those of the table that are neither asked
        for nor fixed are kept by exports.
    extra : tuple of ColumnSpec
        Columns of the sheet that are none of the table's, after those asked for.
    """
    schema = TABLES[table].columns()
    fixed = dict(fixed or {})
    asked = [_column(name, schema[name], ask) for name, ask in asks.items()]
    kept = [
        _column(
            name,
            column,
            Ask(heading=f"{KEPT}{in_words(name)}", is_code=name == "id"),
            is_kept=True,
        )
        for name, column in schema.items()
        if name not in asks and name not in fixed
    ]
    return SheetSpec(
        title=title, table=table, about=about, columns=(*asked, *extra, *kept), fixed=fixed
    )


def _column(name: str, column: dy.Column, ask: Ask, *, is_kept: bool = False) -> ColumnSpec:
    said = column.metadata or {}
    derived = is_kept or ask.default is not None or ask.is_code
    return ColumnSpec(
        name=name,
        heading=ask.heading,
        says=ask.says or str(said.get("description", "")),
        kind=_kind(column, ask),
        is_needed=not column.nullable and not derived,
        default=ask.default,
        choices=tuple(said.get("choices", ())),
        low=getattr(column, "min", None),
        high=getattr(column, "max", None),
        unit=str(said.get("unit", "")),
        example=ask.example or ("" if is_kept else str(said.get("example", ""))),
        targets=ask.targets,
        is_kept=is_kept,
        is_prose=ask.is_prose,
    )


def _kind(column: dy.Column, ask: Ask) -> Kind:
    if ask.is_code:
        return "code"
    if ask.targets:
        return "reference"
    if column.name == "postcode":
        return "postcode"
    if (column.metadata or {}).get("choices"):
        return "choice"
    if isinstance(column, dy.Date):
        return "last day" if ask.is_last_day else "day"
    if isinstance(column, dy.Bool):
        return "yes or no"
    if isinstance(column, dy.Float64):
        return "number"
    if isinstance(column, (dy.Int8, dy.Int16, dy.Int32, dy.Int64)):
        return "whole"
    return "text"
