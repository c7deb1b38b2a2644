"""Places that are asked for by a file: a list of URNs, or a polygon drawn on a map."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow.landscape.drawn_areas import drawn_area
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.listed_schools import listed_schools
from hedgerow.landscape.places import find_place

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.lens import Lens


def place_from(landscape: Landscape, text: str) -> Lens:
    """Give the lens for a place as written on the command line, files included.

    Parameters
    ----------
    landscape : Landscape
    text : str
        What `find_place` takes, or ``urns:FILE`` or ``polygon:FILE``.

    Raises
    ------
    UnknownPlaceError
        If nothing, or more than one thing, answers to it.
    UsageError
        If a file is not there.
    DataError
        If a file does not hold what it should.
    """
    kind, _, rest = text.partition(":")
    kind = kind.strip().lower()
    if kind == "urns":
        return schools_in_file(landscape, Path(rest))
    if kind == "polygon":
        return polygon_in_file(Path(rest))
    return find_place(landscape, text)


def text_of(path: Path, what: str) -> str:
    """Read a file as text of a usual encoding.

    Raises
    ------
    UsageError
        If there is no such file, or it cannot be read.
    DataError
        If it is no text.
    """
    advice = f"Name a file with {what}."
    if not path.is_file():
        said = f"{path} is no file." if path.exists() else f"There is no file {path}."
        raise UsageError(said, advice=advice)
    try:
        held = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}.", advice=advice) from fault
    if held.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return held.decode("utf-16", errors="replace")
    if b"\0" in held or held.startswith((b"PK\x03\x04", b"%PDF")):
        raise DataError(f"{path.name} is no text, whatever its name says.", advice=advice)
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def schools_in_file(landscape: Landscape, path: Path) -> Lens:
    """Give the lens of the schools listed in a file: one URN a line, or a CSV with a column URN.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If a line holds no URN, none holds one, or a URN is not in the landscape; each is listed.
    """

    text = text_of(path, "one URN a line, or a CSV with a column URN")
    return listed_schools(landscape, text, called=path.name, name=path.stem)


def polygon_in_file(path: Path) -> Lens:
    """Give the lens of what lies inside a polygon, read from GeoJSON in longitude and latitude.

    Several polygons count together; holes are left out.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it is no GeoJSON, holds no polygon, or its coordinates are no longitudes and latitudes of
        Great Britain.
    """
    text = text_of(path, "a polygon as GeoJSON")
    try:
        held = json.loads(text)
    except json.JSONDecodeError as fault:
        raise DataError(
            f"{path.name} is no GeoJSON: line {fault.lineno}, column {fault.colno}: {fault.msg}.",
            advice="Export the drawn area as GeoJSON.",
        ) from fault
    except RecursionError as fault:
        raise DataError(
            f"{path.name} is no GeoJSON: its brackets stand too deep in one another.",
            advice="Export the drawn area as GeoJSON.",
        ) from fault
    return drawn_area(held, called=path.name, name=path.stem)
