"""Tables as text: rows that stand whole are kept, whatever stands around them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hedgerow.fieldbook.networks.opening import decoded
from hedgerow.fieldbook.networks.values import DECIMAL, INTEGER, plain

DELIMITERS = (",", "\t", ";", "|")
MOST_LINES_OF_A_ROW = 1_000
FORMULA = re.compile(r"'*[=+\-@]")
ESCAPED_FORMULA = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True, kw_only=True)
class Delimited:
    """A table of text.

    Attributes
    ----------
    headings : list of str
        Of the first row that is not empty; an empty one is called after its column.
    rows : list of (int, dict)
        Rows by heading, with the line on which they begin, the first line being 1.
    broken : list of (int, list of str)
        Rows that do not fit the headings.
    note : str
        What had to be guessed of the encoding; empty where nothing had to.
    """

    headings: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    broken: list[tuple[int, list[str]]] = field(default_factory=list)
    note: str = ""


def read_delimited(content: bytes) -> Delimited:
    """Read a table with headings, its delimiter found out."""
    lines, note = lines_of(content)
    delimiter = delimiter_of(lines)
    cells = list(_records(lines, delimiter))
    if not cells:
        return Delimited(headings=[], note=note)
    headings = headings_of([freed(cell) for cell in cells[0][1]])
    table = Delimited(headings=headings, note=note)
    for line, row in cells[1:]:
        while len(row) > len(headings) and not row[-1].strip():
            row.pop()
        if len(row) > len(headings):
            table.broken.append((line, row))
        else:
            table.rows.append(
                (line, {heading: freed(cell) for heading, cell in zip(headings, row, strict=False)})
            )
    return table


def lines_of(content: bytes) -> tuple[list[str], str]:
    """Give the lines of a text, with what had to be guessed of its encoding."""
    text, note = decoded(content)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), note


def delimiter_of(lines: Iterable[str]) -> str:
    """Give the delimiter that the first line that is not empty has most of, quotes set aside."""
    first = next((line for line in lines if line.strip()), "")
    bare = re.sub(r'"[^"]*("|$)', "", first)
    return max(DELIMITERS, key=bare.count)


def headings_of(cells: Sequence[str]) -> list[str]:
    """Give headings that differ, empty ones called after their column; none for empty last ones."""
    texts = [plain(cell) for cell in cells]
    while len(texts) > 1 and texts[-1] is None:
        texts.pop()
    headings: list[str] = []
    for place, text in enumerate(texts, start=1):
        heading = text or f"column {place}"
        while heading in headings:
            heading += " (again)"
        headings.append(heading)
    return headings


def records_of(content: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    """Give all rows as cells, with the line on which each begins, and a note on the encoding."""
    lines, note = lines_of(content)
    return list(_records(lines, delimiter_of(lines))), note


def _records(lines: Sequence[str], delimiter: str) -> Iterable[tuple[int, list[str]]]:
    """Yield rows, taking a row over several lines only where it then has its full width.

    A stray quotation mark would else swallow the sound rows after it.
    """
    width = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        taken, joined = 1, line
        if line.count('"') % 2:
            taken, joined = _joined(lines, at, delimiter, width)
        cells = _cells(joined, delimiter, is_quoted=joined.count('"') % 2 == 0)
        if any(cell.strip() for cell in cells):
            width = width or len(cells)
            yield at + 1, cells
        at += taken


def _joined(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[int, str]:
    parts = [lines[at]]
    for line in lines[at + 1 : at + MOST_LINES_OF_A_ROW]:
        parts.append(line)
        if line.count('"') % 2:
            joined = "\n".join(parts)
            if not width or len(_cells(joined, delimiter)) == width:
                return len(parts), joined
            break
    return 1, lines[at]


def _cells(text: str, delimiter: str, *, is_quoted: bool = True) -> list[str]:
    pieces = text.split(delimiter)
    if '"' not in text or not is_quoted:
        return pieces
    if len(text) > csv.field_size_limit():
        return pieces  # the reader of the standard library would refuse it
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [cell for row in rows for cell in row]


def freed(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from calculating a text."""
    return cell[1:] if ESCAPED_FORMULA.match(cell) else cell


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would calculate; `freed` takes it off."""
    is_number = INTEGER.fullmatch(text) or DECIMAL.fullmatch(text)
    return f"'{text}" if FORMULA.match(text) and not is_number else text


def written(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as comma-separated UTF-8 with a byte-order mark, for spreadsheets' sake.

    Text that a spreadsheet would calculate is guarded; numbers are written as they are.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value)
    return repr(value) if isinstance(value, float) else str(value)
