"""A sheet as rows of cells, with every cell of a merged range holding what the range shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hedgerow.fieldbook.opening import RawSheet

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


@dataclass(frozen=True, eq=False)
class GridRow:
    """One row of a sheet.

    Attributes
    ----------
    number : int
        As a spreadsheet numbers it, from 1.
    cells : tuple of str
        By position; empty text for an empty cell. As many as the sheet is wide.
    merged_from : mapping of int to int
        Positions whose text comes from a merged range that begins in another cell, with the number
        of the row in which it begins.
    """

    number: int
    cells: tuple[str, ...]
    merged_from: Mapping[int, int] = field(default_factory=dict)

    @property
    def filled(self) -> list[int]:
        """Positions that hold something."""
        return [at for at, cell in enumerate(self.cells) if cell]

    @property
    def texts(self) -> list[str]:
        """What stands in the row, a range merged across it once."""
        return list(
            dict.fromkeys(
                self.cells[at] for at in self.filled if self.merged_from.get(at) != self.number
            )
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


def letters_of(position: int) -> str:
    """Give a column's letters, as a spreadsheet does: A for 0, AA for 26."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position_of(letters: str) -> int:
    """Give the position, from 0, of a column by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def rows_of(sheet: RawSheet) -> list[GridRow]:
    """Give a sheet's rows, from its first, merged ranges filled in.

    Parameters
    ----------
    sheet : RawSheet
        Of a workbook or a CSV file. An ODS says nothing of merged cells: all but the first of a
        range are empty there.
    """
    width = max((int(name) for name in sheet.cells.columns), default=-1) + 1
    rows = [[""] * width for _ in range(sheet.cells.height)]
    for name in sheet.cells.columns:
        at = int(name)
        for row, text in zip(rows, sheet.cells[name].to_list(), strict=True):
            row[at] = text.strip().removesuffix(" 00:00:00") if text else ""
    merged = _fill_merged(rows, width, sheet.merged)
    return [
        GridRow(number, tuple(cells), merged.get(number, {}))
        for number, cells in enumerate(rows, start=1)
    ]


def _fill_merged(
    rows: list[list[str]], width: int, ranges: tuple[str, ...]
) -> dict[int, dict[int, int]]:
    merged: dict[int, dict[int, int]] = {}
    for found in map(_RANGE.fullmatch, ranges):
        if found is None:
            continue
        left, right = position_of(found[1]), min(position_of(found[3]), width - 1)
        top, bottom = int(found[2]), min(int(found[4]), len(rows))
        if left >= width or not 1 <= top <= len(rows):
            continue
        text = rows[top - 1][left]
        for number in range(top, bottom + 1):
            for at in range(left, right + 1):
                if (number, at) != (top, left) and not rows[number - 1][at]:
                    rows[number - 1][at] = text
                    if text:
                        merged.setdefault(number, {})[at] = top
    return merged
