"""Reading `datapackage.json`: what a register holds, in the form of a Frictionless Data Package.

Apart from the writing of it, so that who only opens a register does not wait for the schemas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.provenance import Source

FILE = "datapackage.json"
FORMAT = 1
"""Version of the layout on disk; raised when an older Hedgerow could not read it."""
FAULTS = "faults"
SET_ASIDE = "set_aside"
NOT_OF_THE_LANDSCAPE = frozenset({FAULTS, SET_ASIDE})
"""Tables of a register that say how it was made, and are no part of the landscape."""


def read_package(folder: Path) -> dict[str, Any]:
    """Read and check ``datapackage.json`` of a register.

    Raises
    ------
    DataError
        If it is missing, no JSON, none of Hedgerow's, or of a format this version does not know; or
        if a file that it lists is missing or not as long as it should be.
    """
    path = folder / FILE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise DataError(
            f"{folder} is no register: it holds no {FILE}.",
            advice="Build one with `hedgerow register build`.",
        ) from fault
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise DataError(
            f"{path} is damaged: it cannot be read as JSON.", advice="Build the register again."
        ) from fault
    own = package.get("hedgerow") if isinstance(package, dict) else None
    if not isinstance(own, dict) or "format" not in own:
        raise DataError(
            f"{path} describes some other data package, not a register built by Hedgerow.",
            advice="Build one with `hedgerow register build`.",
        )
    if own["format"] != FORMAT:
        raise DataError(
            f"The register {folder} has format {own['format']}, written by Hedgerow "
            f"{own.get('version', 'of unknown version')}; this one reads format {FORMAT}.",
            advice="Build the register again with this Hedgerow, or use the one that wrote it.",
        )
    _check_files(folder, package["resources"])
    return package


def sources_of(package: Mapping[str, Any]) -> tuple[Source, ...]:
    """Give the sources that a package lists."""
    return tuple(
        Source(
            id=source["name"],
            title=source["title"],
            publisher=source["publisher"],
            licence=source["licence"],
            as_of=date.fromisoformat(source["vintage"]),
            file=source.get("path", ""),
            sha256=source["hash"].removeprefix("sha256:"),
            rows=source["rows"],
            release=source["release"],
        )
        for source in package["sources"]
    )


def _check_files(folder: Path, resources: Sequence[Mapping[str, Any]]) -> None:
    for resource in resources:
        path = folder / resource["path"]
        length = path.stat().st_size if path.is_file() else None
        if length == resource["bytes"]:
            continue
        found = "is missing" if length is None else f"has {length:,} bytes"
        raise DataError(
            f"The register {folder} is not whole: {resource['path']} {found}, and "
            f"{resource['bytes']:,} were written. It may have been copied only in part.",
            advice="Copy it again, or build it again.",
        )
