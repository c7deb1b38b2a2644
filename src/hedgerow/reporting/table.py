"""Tables for a reader: a frame with what its columns are called and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from hedgerow.reporting.wording import day_text, number_text

Kind = Literal["text", "words", "code", "count", "share", "km", "number", "date", "years"]


@dataclass(frozen=True)
class Column:
    """A column: its name in the frame, its heading, and what kind of thing stands in it.

    "words" are values already written out; "code" is a number that is a name.
    """

    name: str
    heading: str
    kind: Kind = "text"
    decimals: int | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is set flush right in tabular figures."""
        return self.kind not in ("text", "words", "code", "date")

    def written(self, value: object) -> str:
        """Write a value for a reader; a dash where there is none."""
        if value is None:
            return "–"
        if isinstance(value, date):
            return day_text(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.kind in ("text", "words", "code") or not isinstance(value, int | float):
            return str(value)
        unit = "ratio" if self.kind == "number" else self.kind
        bare = unit in ("km", "years")
        return number_text(float(value), unit, decimals=self.decimals, bare=bare)


@dataclass(frozen=True, eq=False)
class Table:
    """A table with a caption; the first column heads its rows.

    Parameters
    ----------
    id : str
        Unique within a report; names the sheet and the anchor.
    caption : str
    columns : tuple of Column
        In the order in which they are shown, a subset of the frame's.
    rows : polars.DataFrame
        Native values: shares as fractions of 1, dates as dates, nothing for what is not known.
    note : str
        What was left out or held back, if anything.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    note: str = ""

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield each row as it is written for a reader."""
        names = [column.name for column in self.columns]
        for row in self.rows.select(names).iter_rows():
            yield tuple(
                column.written(value) for column, value in zip(self.columns, row, strict=True)
            )

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.rows.height

    def head(self, most: int, note: str) -> Table:
        """Give the first rows, with a note that says so where there are more."""
        if self.height <= most:
            return self
        return Table(self.id, self.caption, self.columns, self.rows.head(most), note)
