"""Tables written as text: where the rows are, whether they are whole, their wanted columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

DELIMITERS = (",", "\t", ";", "|")
ROWS_ON_TOP = 25
"""How many rows may hold the headings; some publishers put a title and notes above them."""

BLOCK = 1 << 18
"""Bytes looked at together: what a processor keeps close, which halves the time."""

_QUOTE, _NEWLINE = ord('"'), ord("\n")

csv.field_size_limit(
    2**31 - 1
)  # an unclosed quotation mark makes one field of the rest of the file


@dataclass(frozen=True, kw_only=True)
class Body:
    """The rows under the headings.

    Attributes
    ----------
    rows : polars.DataFrame
        ``row`` as a spreadsheet numbers it, and a text column for each wanted one, named by its
        position.
    ragged : polars.DataFrame
        Rows with too few or too many fields: ``row``, ``fields`` (how many), ``first`` (the first
        field).
    spilled : polars.DataFrame
        Rows, kept in `rows`, with surplus fields after the last column; columns as in `ragged`.
    unclosed_lines : int
        Lines from the row in which a quotation opens that is never closed to the end of the file.
    last_is_cut : bool
        True when the last row breaks off and the file with it.
    ends_openly : bool
        True when the last row is whole by its number of fields, but nothing shows that its last
        field is.
    """

    rows: pl.DataFrame
    ragged: pl.DataFrame
    spilled: pl.DataFrame
    fields: int
    unclosed_lines: int
    last_is_cut: bool
    ends_openly: bool


RAGGED_SCHEMA = {"row": pl.Int64, "fields": pl.Int64, "first": pl.String}


class DelimitedText:
    """A table written as text.

    Parameters
    ----------
    content : bytes
        UTF-8 without byte-order mark.
    """

    sheet: str | None = None

    def __init__(self, content: bytes) -> None:
        if b"\n" not in content and b"\r" in content:
            content = content.replace(b"\r", b"\n")  # old Macintosh line ends
        self.content = content
        start = content[:4000].decode(errors="replace")
        counts = {mark: _outside_quotes(start).count(mark) for mark in DELIMITERS}
        self.delimiter = max(DELIMITERS, key=lambda mark: counts[mark])

    def top(self) -> list[list[str]]:
        """Give the first rows, as lists of fields."""
        return [fields for fields, _ in self._first_records()]

    def _first_records(self) -> Iterator[tuple[list[str], int]]:
        """Yield the first records, each with the offset of the byte after it."""
        end = 0
        for _ in range(ROWS_ON_TOP * 4):
            following = self.content.find(b"\n", end)
            end = len(self.content) if following < 0 else following + 1
        lines = self.content[:end].decode(errors="replace").splitlines(keepends=True)
        lines = io.StringIO("".join(lines), newline="").readlines()
        ends = np.cumsum([len(line.encode()) for line in lines])
        reader = csv.reader(lines, delimiter=self.delimiter)
        for number, fields in enumerate(reader):
            if number == ROWS_ON_TOP:
                return
            yield fields, int(ends[reader.line_num - 1])

    def body(self, header: int, width: int, wanted: Sequence[int], *, spills: bool) -> Body:
        """Read the rows under the headings.

        Parameters
        ----------
        header : int
            Which row the headings are in, counted from 0.
        width : int
            Number of headings.
        wanted : sequence of int
            Positions of the wanted columns.
        spills : bool
            Whether surplus fields belong to the last column.
        """
        offset = [end for _, end in self._first_records()][header]
        body = self.content[offset:]
        first_row = header + 2
        separators = _separators_per_line(body, self.delimiter)
        if separators is not None and len(separators) and (separators == separators[0]).all():
            fields = int(separators[0]) + 1
            if max(wanted) < fields <= width:
                width = fields
                rows = _all_at_once(body, self.delimiter, width, wanted)
                if rows is not None and rows.height == len(separators):
                    return regular_body(rows, first_row, width, ends_openly=_ends_openly(body))
        return _row_by_row(body, self.delimiter, first_row, width, wanted, spills=spills)


def _all_at_once(
    body: bytes, delimiter: str, width: int, wanted: Sequence[int]
) -> pl.DataFrame | None:
    """Read wanted columns of rows known to be regular; None where quotation marks hinder."""
    try:
        rows = pl.read_csv(
            body,
            has_header=False,
            separator=delimiter,
            schema={f"column_{place + 1}": pl.String for place in range(width)},
            columns=[f"column_{place + 1}" for place in sorted(wanted)],
        )
    except pl.exceptions.ComputeError:
        return None
    return rows.rename(lambda name: str(int(name.removeprefix("column_")) - 1))


def regular_body(rows: pl.DataFrame, first_row: int, fields: int, *, ends_openly: bool) -> Body:
    """Number rows that are known to be regular.

    Parameters
    ----------
    rows : polars.DataFrame
        Text columns named by their position.
    first_row : int
        Number of the first of them, as a spreadsheet numbers it.
    fields : int
        Fields of each row.
    ends_openly : bool
        As in `Body`.
    """
    numbers = pl.int_range(first_row, first_row + pl.len(), dtype=pl.Int64).alias("row")
    return Body(
        rows=rows.select(numbers, pl.all()),
        ragged=pl.DataFrame(schema=RAGGED_SCHEMA),
        spilled=pl.DataFrame(schema=RAGGED_SCHEMA),
        fields=fields,
        unclosed_lines=0,
        last_is_cut=False,
        ends_openly=ends_openly,
    )


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def _ends_openly(body: bytes) -> bool:
    return not body.endswith((b"\n", b"\r", b'"'))


def _separators_per_line(body: bytes, delimiter: str) -> np.ndarray | None:
    """Count each row's delimiters outside quotations; None where one is never closed."""
    if not body.endswith(b"\n"):
        body += b"\n"
    characters = np.frombuffer(body, np.uint8)
    counted = 0
    is_quoted = np.False_
    up_to_ends = []
    for start in range(0, len(characters), BLOCK):
        block = characters[start : start + BLOCK]
        is_outside = ~_within_quotes(block == _QUOTE, is_quoted)
        ends = np.flatnonzero((block == _NEWLINE) & is_outside)
        separators = np.flatnonzero((block == ord(delimiter)) & is_outside)
        up_to_ends.append(np.searchsorted(separators, ends) + counted)
        counted += len(separators)
        is_quoted = ~is_outside[-1]
    return None if is_quoted else np.diff(np.concatenate(up_to_ends), prepend=0)


def _within_quotes(is_quote: np.ndarray, is_quoted: np.bool_) -> np.ndarray:
    """Mark what lies within quotation marks: a running exclusive-or, 64 bits at a time."""
    packed = np.packbits(is_quote, bitorder="little")
    packed = np.concatenate([packed, np.zeros(-len(packed) % 8, np.uint8)])
    words = packed.view(np.uint64)
    for shift in (1, 2, 4, 8, 16, 32):
        words ^= words << np.uint64(shift)
    carried = np.bitwise_xor.accumulate(words >> np.uint64(63))
    words[1:] ^= np.uint64(0) - carried[:-1]
    within = np.unpackbits(packed, count=len(is_quote), bitorder="little").view(bool)
    return ~within if is_quoted else within


def _row_by_row(
    body: bytes,
    delimiter: str,
    first_row: int,
    width: int,
    wanted: Sequence[int],
    *,
    spills: bool,
) -> Body:
    lines = io.StringIO(body.decode(), newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter)
    wanted = sorted(wanted)
    kept: list[list[str]] = []
    numbers: list[int] = []
    ragged: list[tuple[int, int, str]] = []
    spilled: list[tuple[int, int, str]] = []
    before, unclosed_lines, is_short = 0, 0, False
    for number, fields in enumerate(reader, start=first_row):
        start, before = before, reader.line_num
        if not fields:
            continue
        if before == len(lines) and _is_unclosed("".join(lines[start:]), delimiter):
            unclosed_lines = before - start
            break
        is_short = len(fields) < width
        surplus = fields[width:]
        if is_short or (any(surplus) and not spills):
            ragged.append((number, len(fields), fields[0]))
            continue
        if surplus:
            spilled.append((number, len(fields), fields[0]))
        numbers.append(number)
        kept.append([fields[place] for place in wanted])
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(wanted)
    return Body(
        rows=pl.DataFrame(
            {"row": numbers, **{str(p): list(c) for p, c in zip(wanted, columns, strict=True)}},
            schema={"row": pl.Int64, **{str(p): pl.String for p in wanted}},
        ),
        ragged=pl.DataFrame(ragged, schema=RAGGED_SCHEMA, orient="row"),
        spilled=pl.DataFrame(spilled, schema=RAGGED_SCHEMA, orient="row"),
        fields=width,
        unclosed_lines=unclosed_lines,
        last_is_cut=unclosed_lines > 0 or (is_short and not body.endswith((b"\n", b"\r"))),
        ends_openly=_ends_openly(body),
    )


def _is_unclosed(record: str, delimiter: str) -> bool:
    """Say whether a record ends within a quotation; a stray mark within a field is none."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "unexpected end of data" in str(fault)
    return False
