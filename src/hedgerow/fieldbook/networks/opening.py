"""Files as bytes: single files, folders and zip archives, none of them trusted."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hedgerow.fieldbook.opening import read_bytes
from hedgerow.landscape.errors import DataError, UsageError

MOST_BYTES = 200_000_000
"""More than this is not taken in: no interview study or map comes near it."""

MOST_FILES = 20_000
ZIP_MARK = b"PK\x03\x04"
EMPTY_ZIP_MARK = b"PK\x05\x06"


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was given to read.

    Attributes
    ----------
    file : str
        Its name, without its folder.
    content : bytes
        Of a single file; empty for a folder.
    members : mapping of str to bytes
        Files of a folder or zip archive, by name within it; empty for a single file.
    """

    file: str
    content: bytes
    members: Mapping[str, bytes]


def open_given(path: Path) -> Given:
    """Take in a file, folder or zip archive.

    Raises
    ------
    UsageError
        If there is nothing of that name.
    DataError
        If it is empty, too large, or a zip archive that cannot be opened.
    """
    if path.is_dir():
        return Given(file=path.name, content=b"", members=_members_of_folder(path))
    if not path.is_file():
        raise UsageError(f"{path} is not there.", advice="Check the path of the network's file.")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path.name)
    content = read_bytes(path)
    if not content.strip():
        raise DataError(f"{path.name} is empty; a network was expected.", advice="Export it again.")
    if content.startswith((ZIP_MARK, EMPTY_ZIP_MARK)):
        members = unzipped(content, path.name)
        if "xl/workbook.xml" not in members:
            return Given(file=path.name, content=content, members=members)
    return Given(file=path.name, content=content, members={})


def unzipped(content: bytes, file: str) -> dict[str, bytes]:
    """Unpack a zip archive, refusing what unpacks to more than `MOST_BYTES`.

    Raises
    ------
    DataError
        If it cannot be opened, has a password, or is too large.
    """
    left = MOST_BYTES
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise _too_large(file)
            for entry in entries:
                with archive.open(entry) as stream:
                    # what an entry says of its size is not believed
                    member = stream.read(left + 1)
                left -= len(member)
                if left < 0:
                    raise _too_large(file)
                members[entry.filename] = member
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
    ) as fault:
        # the last three: a cut stream, a password or an unknown packing, broken dates or names
        raise DataError(
            f"{file} is a zip archive that cannot be opened: {fault}.", advice="Export it again."
        ) from fault
    return members


def _members_of_folder(path: Path) -> dict[str, bytes]:
    left = MOST_BYTES
    members: dict[str, bytes] = {}
    for found in sorted(path.rglob("*")):
        if not found.is_file() or any(
            part.startswith(".") for part in found.relative_to(path).parts
        ):
            continue
        left -= found.stat().st_size
        if left < 0 or len(members) >= MOST_FILES:
            raise _too_large(path.name)
        members[found.relative_to(path).as_posix()] = found.read_bytes()
    if not members:
        raise DataError(f"The folder {path.name} is empty; files of a network were expected.")
    return members


def _too_large(file: str) -> DataError:
    return DataError(
        f"{file} is larger than {MOST_BYTES // 1_000_000} MB or {MOST_FILES} files, unpacked.",
        advice="Export less at a time.",
    )


def decoded(content: bytes) -> tuple[str, str]:
    """Give text and what had to be guessed or replaced, empty where nothing had to.

    UTF-8 and UTF-16 are known by their marks and bytes; anything else is read as Windows-1252.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
        return text, "broken UTF-16" if "\ufffd" in text else ""
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(), ""
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        unknown = "\ufffd" in text
        return text, "bytes of no known encoding" if unknown else "bytes read as Windows-1252"
