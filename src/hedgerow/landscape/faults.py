"""Faults found in what people give us: gathered in one report, none hidden, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

Consequence = Literal["set aside", "value left out", "noted"]
"""What was done about a fault: the whole row set aside, one value left out, or only noted."""

SCHEMA: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "found": pl.String,
    "expected": pl.String,
    "advice": pl.String,
    "consequence": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault, with the place where it stands.

    Parameters
    ----------
    kind : str
        Short stable name, such as ``"duplicate URN"``; faults of a kind are counted together.
    file, sheet, row, column : str, str, int, str
        Where: the file's name, the sheet of a workbook, the row as a spreadsheet numbers it
        (the header is row 1) and the column's heading. None where it does not apply.
    found, expected, advice : str
        What stands there, what should, and what to do.
    consequence : {"set aside", "value left out", "noted"}
        What Hedgerow did about it.
    """

    kind: str
    file: str
    found: str
    expected: str
    advice: str = ""
    consequence: Consequence = "noted"
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = [self.file]
        if self.sheet:
            where.append(f"sheet {self.sheet}")
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        parts = [f"{', '.join(where)}: {self.kind}. Found {self.found}; expected {self.expected}."]
        if self.advice:
            parts.append(self.advice)
        return " ".join(parts)


class Faults:
    """The faults of one or several files, in the order in which they were found."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []

    @classmethod
    def of(cls, table: pl.DataFrame) -> Faults:
        """Take up faults kept as a table, as `table` gives it."""
        faults = cls()
        faults._frames.append(table.select(list(SCHEMA)))
        return faults

    def add(self, fault: Fault) -> None:
        """Record one fault."""
        self._frames.append(pl.DataFrame([asdict(fault)], schema=SCHEMA))

    def add_rows(
        self,
        rows: pl.DataFrame,
        *,
        kind: str,
        file: str,
        expected: str,
        column: str | None = None,
        advice: str = "",
        consequence: Consequence = "noted",
        sheet: str | None = None,
    ) -> None:
        """Record the same kind of fault for many rows at once.

        Parameters
        ----------
        rows : polars.DataFrame
            Columns ``row`` (as a spreadsheet numbers it) and ``found`` (what stands there, as
            text).
        kind, file, expected, column, advice, consequence, sheet
            As in `Fault`, the same for each row.
        """
        if rows.is_empty():
            return
        said = {
            "kind": kind,
            "file": file,
            "sheet": sheet,
            "column": column,
            "expected": expected,
            "advice": advice,
            "consequence": consequence,
        }
        self._frames.append(
            rows.select(
                pl.col("row").cast(pl.Int64),
                pl.col("found").cast(pl.String).fill_null("nothing"),
                *(pl.lit(value, dtype=pl.String).alias(name) for name, value in said.items()),
            ).select(list(SCHEMA))
        )

    def extend(self, other: Faults) -> None:
        """Take over all faults of another report."""
        self._frames.extend(other._frames)

    def table(self) -> pl.DataFrame:
        """All faults, one a row, with the columns of `Fault`."""
        return pl.concat(self._frames) if self._frames else pl.DataFrame(schema=SCHEMA)

    def summary(self, examples: int = 3) -> pl.DataFrame:
        """Count the faults by file and kind, with the first few of each.

        Parameters
        ----------
        examples : int
            How many examples of each kind to keep.

        Returns
        -------
        polars.DataFrame
            Columns ``file``, ``kind``, ``consequence``, ``count``, ``examples`` (list of text),
            ``expected``, ``advice``.
        """
        place = pl.concat_str(
            pl.format("sheet {} ", "sheet").fill_null(""),
            pl.format("row {}", "row").fill_null(""),
        ).str.strip_chars()
        where = pl.when(place == "").then("found").otherwise(pl.format("{}: {}", place, "found"))
        return (
            self.table()
            .with_columns(where.alias("example"))
            .group_by("file", "kind", "consequence", maintain_order=True)
            .agg(
                pl.len().alias("count"),
                pl.col("example").head(examples).alias("examples"),
                pl.col("expected").first(),
                pl.col("advice").first(),
            )
        )

    def __len__(self) -> int:
        return sum(frame.height for frame in self._frames)

    def __iter__(self) -> Iterator[Fault]:
        for row in self.table().iter_rows(named=True):
            yield Fault(**row)
