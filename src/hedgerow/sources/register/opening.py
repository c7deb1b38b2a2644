"""Opening a register: choosing the vintage, and reading its tables into a landscape."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.landscape import Landscape
from hedgerow.sources.register.package import FILE, NOT_OF_THE_LANDSCAPE, read_package, sources_of

_VINTAGE = re.compile(r"\d{4}-\d{2}-\d{2}")


def open_register(path: Path, *, on: date | None = None) -> Landscape:
    """Open a register as a landscape.

    Parameters
    ----------
    path : Path
        A folder of registers, one subfolder a vintage, or one vintage's own folder.
    on : datetime.date, optional
        The day that will be asked about. Of several vintages the newest at or before that day is
        taken; where all are later, the earliest of them; and the newest of all where no day is
        given.

    Returns
    -------
    Landscape
        Its tables were checked when the register was written, and are not checked again.

    Raises
    ------
    DataError
        If there is no register, or it is copied in part, damaged, or of another format.
    """
    folder = vintage_folder(Path(path), on=on)
    package = read_package(folder)
    vintage = date.fromisoformat(package["hedgerow"]["vintage"])
    return Landscape(
        {
            resource["name"]: read_table(folder, resource)
            for resource in package["resources"]
            if resource["name"] not in NOT_OF_THE_LANDSCAPE
        },
        sources=sources_of(package),
        label=vintage.isoformat(),
        as_of=vintage,
        earliest=date.fromisoformat(package["hedgerow"]["earliest"]),
        is_checked=True,
    )


def vintages(path: Path) -> list[Path]:
    """Give the folders of all vintages in a folder of registers, oldest first."""
    if not path.is_dir():
        return []
    return sorted(
        child
        for child in path.iterdir()
        if _VINTAGE.fullmatch(child.name) and (child / FILE).is_file()
    )


def vintage_folder(path: Path, *, on: date | None = None) -> Path:
    """Choose the folder of one vintage; see `open_register`."""
    if not path.exists():
        raise DataError(
            f"There is no register {path}.",
            advice="Build one with `hedgerow register build --gias FILE --out DIR`.",
        )
    if not path.is_dir():
        raise DataError(
            f"A register is a folder, and {path} is a file.",
            advice="Give the folder that was --out when it was built.",
        )
    if (path / FILE).is_file():
        return path
    found = vintages(path)
    if not found:
        raise DataError(
            f"{path} is no register: it holds neither {FILE} nor a folder named after a day.",
            advice="Give the folder that was --out when it was built.",
        )
    if on is None:
        return found[-1]
    before = [folder for folder in found if date.fromisoformat(folder.name) <= on]
    return before[-1] if before else found[0]


def read_table(folder: Path, resource: dict[str, Any]) -> pl.DataFrame:
    """Read one table of a register, whole."""
    path = folder / resource["path"]
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise DataError(
            f"{path} is damaged: it cannot be read as Parquet.", advice="Build the register again."
        ) from fault


def must_be_day(text: str, option: str) -> date:
    """Read a day as written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(
            f"{option} {text} is no day.", advice="Write it as year-month-day, such as 2022-04-25."
        ) from fault
