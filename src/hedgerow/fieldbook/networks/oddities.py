"""What is odd in a file of a network, told once with all its rows, and what was set aside."""

from __future__ import annotations

import json
from collections.abc import Mapping

import polars as pl

from hedgerow.fieldbook.networks.values import (
    UNPRINTABLE,
    plain,
    printable,
)
from hedgerow.landscape.faults import Consequence, Faults

SET_ASIDE_SCHEMA: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "row": pl.Int64,
    "reason": pl.String,
    "content": pl.String,
}
"""Columns of rows that could not be used; ``content`` holds the row's own fields as JSON."""


class Oddities:
    """What is odd in one file, as it is found.

    Parameters
    ----------
    file : str
        The file's name, for messages.
    """

    def __init__(self, file: str) -> None:
        self.file = printable(file)
        self.told: list[str] = []
        self._set_aside: list[tuple[int | None, str, str]] = []
        self._found: dict[tuple[str, ...], list[tuple[int | None, str]]] = {}

    def fault(
        self,
        kind: str,
        found: str,
        expected: str,
        *,
        advice: str = "",
        consequence: Consequence = "noted",
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Record a fault; see `hedgerow.landscape.faults.Fault`."""
        where = (printable(sheet or ""), printable(column or ""))
        key = (kind, expected, advice, consequence, *where)
        self._found.setdefault(key, []).append((row, printable(found)))

    def set_aside(
        self,
        kind: str,
        content: Mapping[str, object],
        expected: str,
        *,
        found: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        advice: str = "",
    ) -> None:
        """Set a row aside, with a fault that says so."""
        said = json.dumps(content, ensure_ascii=False, default=str)
        self._set_aside.append((row, kind, printable(said)))
        found = said[:200] if found is None else found
        self.fault(
            kind, found, expected, advice=advice, consequence="set aside", sheet=sheet, row=row
        )

    def tell(self, what: str) -> None:
        """Note something about the whole file, once."""
        if what not in self.told:
            self.told.append(what)

    def text(
        self, value: object, *, column: str = "", sheet: str | None = None, row: int | None = None
    ) -> str | None:
        """Give a value as text in its normal form, unprintable characters marked and told."""
        text = plain(value)
        if text is not None and UNPRINTABLE.search(text):
            self.fault(
                "unprintable characters",
                text,
                "text that can be printed",
                consequence="noted",
                sheet=sheet,
                row=row,
                column=column or None,
            )
            text = plain(printable(text))
        return text

    def faults(self) -> Faults:
        """Give all faults, those of one kind and place together."""
        faults = Faults()
        for (kind, expected, advice, consequence, sheet, column), found in self._found.items():
            faults.add_rows(
                pl.DataFrame(found, schema={"row": pl.Int64, "found": pl.String}, orient="row"),
                kind=kind,
                file=self.file,
                expected=expected,
                column=column or None,
                advice=advice,
                consequence=consequence,  # type: ignore[arg-type]  # one of the three, kept as text
                sheet=sheet or None,
            )
        return faults

    def rows_set_aside(self) -> pl.DataFrame:
        """Give the rows that were set aside, columns of `SET_ASIDE_SCHEMA`."""
        rows = [(self.file, *row) for row in self._set_aside]
        return pl.DataFrame(rows, schema=SET_ASIDE_SCHEMA, orient="row")
