"""What a file really is, whatever its name says: its bytes unpacked and turned into UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from hedgerow.landscape.errors import DataError, UsageError

Kind = Literal["text", "workbook"]

OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ", "a file packed with xz"),
)
"""First bytes of what people rename to CSV, and what to call it."""

MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML document"),
    (b"{", "a JSON document"),
    (b"[", "a JSON document"),
)

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
GZIP_MARK = b"\x1f\x8b"
ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file's content, ready to be taken apart.

    Attributes
    ----------
    file : str
        The file's name, without its folder.
    sha256 : str
        Hash of the bytes on disk.
    kind : {"text", "workbook"}
    content : bytes
        UTF-8 without byte-order mark for a text, else the workbook's bytes.
    is_cut : bool
        True when the file ends before its own packing says that it should.
    """

    file: str
    sha256: str
    kind: Kind
    content: bytes
    is_cut: bool = False


def open_file(path: Path, *, option: str) -> Opened:
    """Read a file and find out what it is: text of any usual encoding, or a workbook.

    Parameters
    ----------
    path : pathlib.Path
    option : str
        The command-line option that the file was given with, for the message.

    Raises
    ------
    UsageError
        If there is no such file, or it may not be read.
    DataError
        If the file is empty or is no table at all.
    """
    if not path.is_file():
        what = "is a folder, not a file" if path.is_dir() else "is not there"
        advice = f"Check the path given with {option}."
        if "@" in path.name:
            advice += " A day after it is written as in file.csv@2022-04-25."
        raise UsageError(f"{path} {what}.", advice=advice)
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise UsageError(
            f"{path} ({option}) cannot be read: {fault.strerror or fault}.",
            advice="Give a file that you may read.",
        ) from fault
    with ThreadPoolExecutor(max_workers=1) as beside:  # hashing need not be waited for
        digest = beside.submit(lambda: hashlib.sha256(raw).hexdigest())
        kind, content, is_cut = _content(raw, path.name, option)
    return Opened(file=path.name, sha256=digest.result(), kind=kind, content=content, is_cut=is_cut)


def _content(raw: bytes, file: str, option: str) -> tuple[Kind, bytes, bool]:
    content, is_cut = _unpacked(raw, file, option)
    if is_cut and not content:
        raise DataError(
            f"{file} ({option}) is packed with gzip and breaks off before its first row.",
            advice="Download it again.",
        )
    if _is_workbook(content):
        return "workbook", content, is_cut
    _refuse_other_kinds(content, file, option)
    return "text", to_utf8(content, file, option), is_cut


def _unpacked(raw: bytes, file: str, option: str) -> tuple[bytes, bool]:
    if raw.startswith(GZIP_MARK):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(raw)
        except zlib.error as fault:
            raise DataError(
                f"{file} ({option}) is packed with gzip but damaged: {fault}.",
                advice="Download it again.",
            ) from fault
        return content, not unpacker.eof
    if raw.startswith(ZIP_MARK) and not _is_workbook(raw):
        return _only_table_of_zip(raw, file, option), False
    return raw, False


def _only_table_of_zip(raw: bytes, file: str, option: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            tables = [name for name in names if name.lower().endswith((".csv", ".txt", ".xlsx"))]
            if len(tables) == 1:
                return archive.read(tables[0])
    except (zipfile.BadZipFile, zlib.error) as fault:
        raise DataError(
            f"{file} ({option}) is a zip archive or workbook that cannot be opened: {fault}. "
            "It may be cut short.",
            advice="Download it again.",
        ) from fault
    found = ", ".join(names[:8]) or "nothing"
    raise DataError(
        f"{file} ({option}) is a zip archive with {len(tables)} tables in it; one was expected. "
        f"It holds: {found}.",
        advice="Unpack it and give the one file that is meant.",
    )


def _is_workbook(content: bytes) -> bool:
    if content.startswith(OLE_MARK):
        return True
    if not content.startswith(ZIP_MARK):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if {"xl/workbook.xml", "xl/workbook.bin"} & names:
                return True
            return "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")
    except zipfile.BadZipFile:
        return False


def _refuse_other_kinds(content: bytes, file: str, option: str) -> None:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DataError(
            f"{file} ({option}) is empty; a table with a row of headings was expected.",
            advice="Download it again.",
        )
    looks_like = [what for mark, what in OTHER_KINDS if content.startswith(mark)]
    start = content[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    looks_like += [what for mark, what in MARKUP if start.startswith(mark)]
    advice = "Give the table itself, as the publisher offers it for download."
    if b'"FeatureCollection"' in content[:2000]:
        looks_like = ["a GeoJSON document"]
        advice = "Outlines of districts are given with --boundaries."
    if looks_like:
        raise DataError(
            f"{file} ({option}) looks like {looks_like[0]}, whatever its name says; "
            "a CSV file or a workbook was expected.",
            advice=advice,
        )


def to_utf8(content: bytes, file: str, option: str) -> bytes:
    """Turn text of a usual encoding into UTF-8 without byte-order mark.

    UTF-8 and UTF-16 are known by their marks, plain ASCII and UTF-8 by their bytes; what is neither
    is read as Windows-1252, the encoding of the official extracts. Text in yet another single-byte
    encoding cannot be told from Windows-1252 and would have its accented letters wrong.

    Raises
    ------
    DataError
        If the bytes are no text of these encodings.
    """
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif content.startswith(UTF16_MARKS):
        try:
            return content.decode("utf-16").encode()
        except UnicodeDecodeError as fault:
            raise _wrong_encoding(file, option, "UTF-16 that breaks off") from fault
    if (position := content.find(b"\x00")) >= 0:
        row = content.count(b"\n", 0, position) + 1
        found = f"a zero byte in line {row}: UTF-16 without its mark, or no text at all"
        raise _wrong_encoding(file, option, found)
    characters = np.frombuffer(content, np.int8)
    beyond_ascii = np.flatnonzero(characters < 0)
    # Only the few bytes beyond ASCII are looked at, three times as fast as decoding the whole. A
    # letter of UTF-8 is made of such bytes alone, so a blank for each gap keeps all that matters.
    gaps = np.flatnonzero(np.diff(beyond_ascii) > 1) + 1
    letters = np.insert(characters[beyond_ascii], gaps, ord(" ")).tobytes()
    try:
        letters.decode()
    except UnicodeDecodeError as fault:
        is_at_end = beyond_ascii[-1] == len(content) - 1 and fault.end == len(letters)
        if fault.reason == "unexpected end of data" and is_at_end:
            # cut within a letter: the cut is found and told later
            return content[: len(content) - (fault.end - fault.start)]
        return _from_windows_1252(content, beyond_ascii, file, option)
    return content


def _from_windows_1252(content: bytes, beyond_ascii: np.ndarray, file: str, option: str) -> bytes:
    pieces = []
    start = 0
    for position in beyond_ascii.tolist():
        pieces.append(content[start:position])
        try:
            pieces.append(content[position : position + 1].decode("cp1252").encode())
        except UnicodeDecodeError as fault:
            row = content.count(b"\n", 0, position) + 1
            raise _wrong_encoding(
                file, option, f"byte {content[position]:#04x} in line {row}, in neither of them"
            ) from fault
        start = position + 1
    pieces.append(content[start:])
    return b"".join(pieces)


def _wrong_encoding(file: str, option: str, found: str) -> DataError:
    return DataError(
        f"{file} ({option}) is not in a known encoding. Found {found}; "
        "expected UTF-8 or Windows-1252 (cp1252).",
        advice="Open it in a spreadsheet and save it as “CSV UTF-8”.",
    )
