"""What the bytes of a workbook hold: cells as text, and what the cells alone do not say.

Cells come from calamine (through fastexcel), which is fast and says nothing of merged cells, of
cells that hold an error, or of a formula that was never calculated. Those are read from the XML of
an XLSX directly, as is how far a sheet reaches, before memory is asked for.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from hedgerow.landscape.errors import DataError

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_PART = 400_000_000
"""Bytes that a workbook's parts may take unpacked: far more than any fieldbook, less than harm."""
MOST_CELLS = 20_000_000

OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"SQLite format 3", "a SQLite database"),
)
MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML document"),
    (b"{", "a JSON document"),
)

# an attribute may stand anywhere in its tag, and a prefix before its name
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"(?:<(?:\w+:)?f[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<"
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*><(?:\w+:)?f[^>]*>[^<]*'
    rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"[^>]*office:value')


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkbookSheet:
    """One sheet of a workbook; see `hedgerow.fieldbook.opening.RawSheet`."""

    name: str
    cells: pl.DataFrame
    errors: tuple[tuple[int, int, str], ...]
    merged: tuple[str, ...]


@dataclass
class _Beside:
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def sheets_of_workbook(content: bytes, file: str) -> list[WorkbookSheet] | None:
    """Read all sheets of a workbook; None where the bytes look like text.

    Parameters
    ----------
    content : bytes
    file : str
        The file's name, for messages.

    Raises
    ------
    DataError
        If the bytes are another kind of file, or a workbook that is locked, old, broken or far too
        large; the message says which.
    """
    if content.startswith(OLE_MARK):
        raise _locked_or_old(content, file)
    if not content.startswith(ZIP_MARK):
        _refuse_other_kinds(content, file)
        return None
    beside = _beside(content, file)
    return _with_calamine(content, file, beside)


def _locked_or_old(content: bytes, file: str) -> DataError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return DataError(
            f"{file} is protected by a password.",
            advice="Open it, take the password off (File, Info, Protect workbook) and save it.",
        )
    return DataError(
        f"{file} is a workbook or document of the old kind (.xls, .doc).",
        advice="Open it in a spreadsheet and save it as an Excel workbook (.xlsx).",
    )


def _refuse_other_kinds(content: bytes, file: str) -> None:
    looks_like = [what for mark, what in OTHER_KINDS if content.startswith(mark)]
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    looks_like += [what for mark, what in MARKUP if start.startswith(mark)]
    if looks_like:
        raise DataError(
            f"{file} looks like {looks_like[0]}, whatever its name says; a workbook or a CSV file "
            "was expected.",
            advice="Give the fieldbook itself (.xlsx, .ods or .csv).",
        )


def _broken(file: str, reason: str) -> DataError:
    return DataError(
        f"{file} is a workbook that cannot be opened: {reason}.",
        advice="Open it in a spreadsheet and save it anew. If that fails too, it was cut short or "
        "damaged on its way: ask for it again.",
    )


def _beside(content: bytes, file: str) -> Mapping[str, _Beside]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look_through(archive, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # packed in a way that Python does not know
        RuntimeError,  # encrypted parts
        ValueError,
        OSError,
    ) as fault:
        raise _broken(file, str(fault) or type(fault).__name__) from fault


def _look_through(archive: zipfile.ZipFile, file: str) -> Mapping[str, _Beside]:
    parts = {info.filename: info for info in archive.infolist()}
    if sum(info.file_size for info in parts.values()) > LARGEST_PART:
        raise DataError(
            f"{file} unpacks to more than {LARGEST_PART // 1_000_000} million bytes, which no "
            "fieldbook does.",
            advice="Delete what does not belong in it, such as pictures, and save it anew.",
        )
    if "xl/workbook.xml" in parts:
        return {
            name: _look_at_sheet(archive.read(part), name, file)
            for name, part in _sheet_parts(archive).items()
            if part in parts
        }
    if "content.xml" in parts and "mimetype" in parts:
        if b"opendocument.spreadsheet" not in archive.read("mimetype"):
            raise DataError(
                f"{file} is an OpenDocument file, and no spreadsheet.",
                advice="Give the fieldbook itself (.xlsx, .ods or .csv).",
            )
        _refuse_repeats(archive.read("content.xml"), file)
        return {}
    if "xl/workbook.bin" in parts:
        return {}
    inside = ", ".join(list(parts)[:6]) or "nothing"
    raise DataError(
        f"{file} is a zip archive and no workbook. It holds: {inside}.",
        advice="Unpack it and give the workbook, or the folder of CSV files.",
    )


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)
    }


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the part of the archive that each sheet is in, by the sheet's name."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in archive.namelist():
        return {}
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in map(_attributes, _RELATION.findall(archive.read(relations)))
    }
    found = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        sheet = _attributes(tag)
        target = targets.get(sheet.get("r:id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[_unescaped(sheet.get("name", ""))] = part
    return found


def _unescaped(text: str) -> str:
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(mark, letter)
    return text.replace("&amp;", "&")


def _look_at_sheet(xml: bytes, name: str, file: str) -> _Beside:
    places = _CELL.findall(xml)
    columns = {letters for letters, _ in places}
    last_row = max((int(row) for _, row in places), default=0)
    last_column = max(map(_column_number, columns), default=0) + 1
    if last_row * last_column > MOST_CELLS:
        raise DataError(
            f"The sheet “{name}” of {file} reaches as far as row {last_row:,} and column "
            f"{last_column:,}: something stands there by mistake.",
            advice="Delete the empty rows and columns beyond the table (Ctrl+End finds the last "
            "cell) and save it anew.",
        )
    errors = [
        (int(row) - 1, _column_number(letters), said.decode("utf-8", "replace"))
        for letters, row, said in (_ERROR.findall(xml) if b't="e"' in xml else [])
    ]
    formulas = _UNCALCULATED.findall(xml) if b"</f>" in xml or b":f>" in xml else []
    errors += [
        (int(row) - 1, _column_number(letters), "a formula that was not calculated")
        for letters, row in formulas
    ]
    return _Beside(errors, [ref.decode() for ref in _MERGED.findall(xml)])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _refuse_repeats(xml: bytes, file: str) -> None:
    if any(int(times) > 50_000 for times in _REPEATED.findall(xml)):
        raise DataError(
            f"{file} repeats a value over more than 50,000 rows or columns.",
            advice="Delete the rows and columns beyond the table and save it anew.",
        )


def _with_calamine(content: bytes, file: str, beside: Mapping[str, _Beside]) -> list[WorkbookSheet]:
    import fastexcel  # slow to start, and a folder of CSV files does without

    sheets = []
    try:
        workbook = fastexcel.read_excel(content)
        for name in workbook.sheet_names:
            sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            # calamine leaves out empty columns on the left; places count from the first
            places = [str(column.absolute_index) for column in sheet.available_columns()]
            cells = sheet.to_polars()
            cells.columns = places
            found = beside.get(name, _Beside())
            sheets.append(
                WorkbookSheet(
                    name=name,
                    cells=cells,
                    errors=tuple(found.errors),
                    merged=tuple(found.merged),
                )
            )
    except BaseException as fault:
        # a panic in the reader's Rust derives from BaseException, to pass by careless handlers
        is_panic = type(fault).__name__ == "PanicException"
        if not is_panic and not isinstance(fault, Exception):
            raise
        reason = str(fault).partition("\n")[0].removeprefix("calamine error: ")
        raise _broken(file, reason or type(fault).__name__) from fault
    return sheets
