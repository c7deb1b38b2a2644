"""Files that people send: looked at before anything reads them, and kept apart until they are done
with."""

from __future__ import annotations

import codecs
import secrets
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.web.evidence.unpacking import unpacked_sizes

ZIPPED = (".xlsx", ".xlsm", ".ods", ".zip")
TEXT = (".csv", ".tsv", ".txt", ".json", ".graphml", ".xml", ".gexf", ".dl")
MOST_UNZIPPED = 200 * 1024 * 1024
"""What a file may hold once its parts are unzipped, in bytes."""
MOST_PARTS = 2_000
LONGEST_NAME = 100
OF_XML = (".graphml", ".xml", ".gexf")
LOOKED_THROUGH = (*TEXT, ".rels")
"""Parts of a zipped file that hold text."""
DECLARED = ("<!DOCTYPE", "<!ENTITY")
NUL_IN_WORKBOOKS = ("_x0000_",)
"""How a cell of a workbook writes a NUL character."""
CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
MANIFEST = "META-INF/manifest.xml"
"""Part of an ODS in which older programs name the type of the list; nothing here reads it."""


def keep(upload: Any) -> str:
    """Keep a file that somebody sent, and give where, from the folder of uploads.

    Parameters
    ----------
    upload : django.core.files.uploadedfile.UploadedFile

    Raises
    ------
    UsageError
        If it is too large.
    DataError
        If it is of no kind that is taken, or is not what its name says.
    """
    if upload.size > settings.MOST_UPLOADED:
        raise UsageError(
            f"The file is larger than {settings.MOST_UPLOADED // 2**20} megabytes.",
            advice="Send it in parts, or without pictures.",
        )
    name = plain_name(upload.name)
    folder = Path(secrets.token_hex(16))
    place = settings.SITE.uploads / folder
    place.mkdir(parents=True, mode=0o700)
    path = place / name
    try:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        path.chmod(0o600)
        _look_at(path)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return str(folder / name)


def path_of(upload: str) -> Path:
    """Give the path of a file that was kept.

    Raises
    ------
    UsageError
        If it is no longer there.
    """
    path: Path = settings.SITE.uploads / upload
    if not upload or not path.is_file():
        raise UsageError("The file itself is no longer kept.", advice="Send it again.")
    return path


def throw_away(upload: str) -> None:
    """Delete a file that was kept, and whatever was made beside it."""
    if upload:
        shutil.rmtree((settings.SITE.uploads / upload).parent, ignore_errors=True)


def plain_name(name: str) -> str:
    """Give a file's name without folders and without signs that a file system takes amiss."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = plain_words(last)
    stem, dot, ending = kept.rpartition(".")
    if not dot or f".{ending.lower()}" not in ZIPPED + TEXT:
        raise DataError(
            f"“{last[:LONGEST_NAME]}” is of no kind that can be read here.",
            advice="Send a workbook (.xlsx, .ods), a CSV file, or a network’s file (.zip, .json, "
            ".graphml, .gexf, .dl).",
        )
    return f"{stem[:LONGEST_NAME] or 'file'}.{ending.lower()}"


def plain_words(text: str) -> str:
    """Give words that can stand in a file's name: letters, figures, blanks and a few signs."""
    return "".join(
        one if one.isalnum() or one in " ._-()" else "_"
        for one in unicodedata.normalize("NFC", text)
    ).strip(" .")


def _look_at(path: Path) -> None:
    """Refuse what is not what its name says, and what would swell when it is opened."""
    if path.suffix not in ZIPPED:
        _look_through(path.read_bytes(), path.name, path.name)
        return
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
    except zipfile.BadZipFile as fault:
        raise DataError(
            f"{path.name} is not what its name says: it cannot be opened as {path.suffix[1:]}.",
            advice="Open it in a spreadsheet, save it anew as .xlsx, and send that.",
        ) from fault
    if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > MOST_UNZIPPED:
        raise _swelling(path.name)
    try:
        for part, size in unpacked_sizes(path, listed, most=MOST_UNZIPPED):
            if size != part.file_size:
                raise _swelling(path.name)
        with zipfile.ZipFile(path) as parts:
            for part in listed:
                if part.filename != MANIFEST and part.filename.lower().endswith(LOOKED_THROUGH):
                    _look_through(parts.read(part), part.filename, path.name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as fault:
        # a part that is cut short, has a password or is packed in an unknown way
        raise DataError(
            f"{path.name} cannot be opened: one of its parts is damaged or has a password.",
            advice="Save it anew without a password, and send that.",
        ) from fault


def _swelling(name: str) -> DataError:
    return DataError(
        f"{name} holds far more than it seems or than it says, and was not opened.",
        advice="Save it anew in a spreadsheet, without pictures and hidden sheets, and send that.",
    )


def _look_through(content: bytes, part: str, name: str) -> None:
    """Refuse XML that declares anything of its own, and text with a sign that no text has.

    A few entities can fill any memory, or name files of this server; a NUL character can be kept in
    no database.
    """
    is_xml = part.lower().endswith((*OF_XML, ".rels"))
    if is_xml and _holds(content, DECLARED):
        raise DataError(
            f"{name} declares types or entities of its own, and was not read.",
            advice="Save or export it anew; no spreadsheet and no program that draws networks "
            "needs them.",
        )
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    has_nul = is_wide and not is_xml and "\x00" in content.decode("utf-16", errors="replace")
    if has_nul or (is_xml and _holds(content, NUL_IN_WORKBOOKS)):
        raise DataError(
            f"{name} holds a NUL character, which no text can.",
            advice="Open it in a spreadsheet, look for what was pasted in, and save it anew.",
        )


def _holds(content: bytes, marks: Sequence[str]) -> bool:
    return any(mark.encode(coding) in content for mark in marks for coding in CODINGS)
