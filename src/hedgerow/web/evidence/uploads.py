"""Files that people send: looked at before anything reads them, and kept apart until they are done
with."""

from __future__ import annotations

import secrets
import shutil
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import Any

from django.conf import settings

from hedgerow.landscape.errors import DataError, UsageError

ZIPPED = (".xlsx", ".xlsm", ".ods", ".zip")
TEXT = (".csv", ".tsv", ".txt", ".json", ".graphml", ".xml", ".gexf", ".dl")
MOST_UNZIPPED = 200 * 1024 * 1024
"""What a file may hold once its parts are unzipped, in bytes."""
MOST_PARTS = 2_000
LONGEST_NAME = 100
OF_XML = (".graphml", ".xml", ".gexf")
DECLARED = ("<!DOCTYPE", "<!ENTITY")
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
    if path.suffix in OF_XML:
        _refuse_entities(path.read_bytes(), path.name)
    if path.suffix not in ZIPPED:
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
        raise DataError(
            f"{path.name} holds far more than it seems, and was not opened.",
            advice="Send it without pictures and hidden sheets.",
        )
    try:
        with zipfile.ZipFile(path) as parts:
            for one in listed:
                if one.filename != MANIFEST and one.filename.lower().endswith((*OF_XML, ".rels")):
                    _refuse_entities(parts.read(one), path.name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as fault:
        # a part that is cut short, has a password or is packed in an unknown way
        raise DataError(
            f"{path.name} cannot be opened: one of its parts is damaged or has a password.",
            advice="Save it anew without a password, and send that.",
        ) from fault


def _refuse_entities(content: bytes, name: str) -> None:
    """Refuse XML that declares anything of its own: a few entities can fill any memory, or name
    files of this server."""
    if any(mark.encode(coding) in content for mark in DECLARED for coding in CODINGS):
        raise DataError(
            f"{name} declares types or entities of its own, and was not read.",
            advice="Save or export it anew; no spreadsheet and no program that draws networks "
            "needs them.",
        )
