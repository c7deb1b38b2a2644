"""A fieldbook's file as sheets of cells: a workbook, an ODS, a folder of CSV files, one of them.

Whatever the bytes are, what comes out is sheets or a `DataError`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hedgerow.fieldbook.workbook_bytes import sheets_of_workbook
from hedgerow.landscape.errors import DataError, UsageError

DELIMITERS = (",", ";", "\t")
CSV_ENDINGS = (".csv", ".tsv", ".txt")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
MOST_CELLS = 20_000_000
"""Cells of a sheet, empty ones among them, that are still read."""


@dataclass(frozen=True, eq=False, kw_only=True)
class RawSheet:
    """One sheet, every cell as text.

    Attributes
    ----------
    name : str
        Its tab, or the file's name without its ending.
    file : str
        The file that it stands in, without its folder.
    cells : polars.DataFrame
        Text columns named by their position from 0, rows from the sheet's first.
    errors : tuple of (int, int, str)
        Cells that hold no value but an error or an uncalculated formula: row and column from 0,
        what stands there.
    merged : tuple of str
        Merged ranges, as ``A2:A5``.
    """

    name: str
    file: str
    cells: pl.DataFrame
    errors: tuple[tuple[int, int, str], ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class RawBook:
    """A fieldbook as its file holds it.

    Attributes
    ----------
    path : Path
    sheets : tuple of RawSheet
    sha256 : str
        Hash of the file's bytes; of a folder, of its files' names and bytes.
    form : {"workbook", "csv"}
    """

    path: Path
    sheets: tuple[RawSheet, ...]
    sha256: str
    form: str

    @property
    def file(self) -> str:
        """Name of the file or folder, without those above it."""
        return self.path.resolve().name


def open_raw(path: Path) -> RawBook:
    """Open a fieldbook's file or folder.

    Parameters
    ----------
    path : pathlib.Path
        A workbook (xlsx, ods), a folder of CSV files, or one CSV file.

    Raises
    ------
    UsageError
        If there is nothing there.
    DataError
        If it is none of these, whatever its name says, or cannot be read.
    """
    if not path.exists():
        raise UsageError(
            f"There is no file or folder {path}.",
            advice="Give a workbook, a folder of CSV files, or one CSV file.",
        )
    if path.is_dir():
        return _folder(path)
    content = read_bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DataError(
            f"{path.name} is empty.", advice="Make one with `hedgerow fieldbook template FILE`."
        )
    found = sheets_of_workbook(content, path.name)
    if found is not None:
        sheets = tuple(
            RawSheet(
                name=one.name,
                file=path.name,
                cells=one.cells,
                errors=one.errors,
                merged=one.merged,
            )
            for one in found
        )
        return RawBook(path=path, sheets=sheets, sha256=sha256, form="workbook")
    return RawBook(path=path, sheets=(_csv(path.name, content),), sha256=sha256, form="csv")


def read_bytes(path: Path) -> bytes:
    """Read a file, or say why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror or fault}.") from fault


def _folder(path: Path) -> RawBook:
    files = sorted(
        child
        for child in path.iterdir()
        if child.suffix.lower() in CSV_ENDINGS and child.is_file() and child.name[0] != "."
    )
    if not files and (path / "fieldbook.json").is_file():
        raise DataError(
            f"{path} holds fieldbooks that were imported already.",
            advice="Write them out with `hedgerow fieldbook export` first.",
        )
    if not files:
        raise DataError(
            f"The folder {path} holds no CSV files.",
            advice="Give the folder with one CSV file a sheet, such as participation.csv, or a "
            "workbook.",
        )
    digest = hashlib.sha256()
    sheets = []
    for file in files:
        content = read_bytes(file)
        digest.update(file.name.encode() + b"\x00" + hashlib.sha256(content).digest())
        sheets.append(_csv(file.name, content))
    return RawBook(path=path, sheets=tuple(sheets), sha256=digest.hexdigest(), form="csv")


def _csv(file: str, content: bytes) -> RawSheet:
    text = text_of(content, file)
    lines = io.StringIO(text, newline="")
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=_delimiter(text))
    # a line of text that is never closed makes one field of the rest, however long
    csv.field_size_limit(max(len(text) + 1, 131_072))
    try:
        rows.extend(reader)
    except csv.Error as fault:
        raise DataError(
            f"{file}, line {reader.line_num}, cannot be read as CSV: {fault}.",
            advice="Open it in a spreadsheet and save it anew as “CSV UTF-8”.",
        ) from fault
    return RawSheet(name=Path(file).stem, file=file, cells=_frame(rows, file))


def _frame(rows: Sequence[Sequence[str]], file: str) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise DataError(
            f"{file} has {len(rows):,} rows of up to {width:,} cells, more than a fieldbook has.",
            advice="Give the table itself, with one row of headings.",
        )
    columns = {
        str(place): [_unguarded(row[place]) if place < len(row) else None for row in rows]
        for place in range(width)
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and _FORMULA.match(text[1:]) else text


def text_of(content: bytes, file: str) -> str:
    """Decode a text file: UTF-8 or UTF-16 by its mark, UTF-8, else Windows-1252.

    Raises
    ------
    DataError
        If the bytes are no text.
    """
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if b"\x00" in content:
            raise DataError(
                f"{file} is no table: it holds bytes that no text has.",
                advice="Give a workbook (.xlsx, .ods) or a CSV file.",
            )
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise DataError(
            f"{file} is in no known encoding: byte {content[fault.start]:#04x} at {fault.start} is "
            "neither UTF-8 nor Windows-1252.",
            advice="Open it in a spreadsheet and save it as “CSV UTF-8”.",
        ) from fault


def _delimiter(text: str) -> str:
    """Give the mark that parts the cells of the first line that has any."""
    for line in text.splitlines()[:20]:
        plain = "".join(line.split('"')[::2])
        counts = {mark: plain.count(mark) for mark in DELIMITERS}
        if any(counts.values()):
            return max(DELIMITERS, key=lambda mark: counts[mark])
    return ","
