"""The day that a file describes: from ``PATH@DATE``, from its name, or from what it holds."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path

from hedgerow.landscape.errors import DataError

SCHOOL_YEAR_END = (8, 31)
YEARS = range(1990, 2100)
"""Years that a file may be said to describe; any other is a slip of the pen."""


class UndatedFileError(DataError):
    """Nothing tells which day a file describes: not what is written after it, its name or rows."""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SUFFIX = re.compile(r"(?P<path>.+)@(?P<day>\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_ .]?([01]\d)[-_ .]?([0-3]\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)([0-3]\d)[-_ .]([01]\d)[-_ .]((?:19|20)\d\d)(?!\d)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_ ]?(?:20)?(\d\d)(?!\d)")
_MONTH = re.compile(
    rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]*[-_ ]*((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def split_vintage(path: Path) -> tuple[Path, date | None]:
    """Take ``file.csv@2022-04-25`` apart into the file and the day, None where none is written.

    Raises
    ------
    DataError
        If what follows the ``@`` has the form of a day but is none, or none of `YEARS`.
    """
    written = _SUFFIX.fullmatch(str(path))
    if written is None or path.exists():
        return path, None
    try:
        day = date.fromisoformat(written["day"])
    except ValueError as fault:
        raise DataError(f"There is no day {written['day']} (in {path}).") from fault
    if day.year not in YEARS:
        raise DataError(
            f"No file describes {written['day']} (in {path}).",
            advice=f"Write the day that it describes, from {YEARS[0]} to {YEARS[-1]}.",
        )
    return Path(written["path"]), day


def file_of(path: Path) -> Path:
    """Give the file that ``file.csv@2022-04-25`` stands for."""
    return split_vintage(path)[0]


def vintage_in_name(
    name: str, *, school_year_day: tuple[int, int] = SCHOOL_YEAR_END
) -> date | None:
    """Find a day in a file's name.

    Parameters
    ----------
    name : str
        The file's name, without its folder.
    school_year_day : tuple of int
        Month and day, in the second of its calendar years, that a school year in a name stands for:
        31 August unless the source describes another day, such as the January census.

    Returns
    -------
    datetime.date or None
        The day (20220425, 2022-04-25, 25-04-2022), the day of the school year (201819, 2018-19,
        2018-2019), the last day of the month (Nov 2025) or of the year (2019); the first of these
        kinds that is found.
    """
    if found := _DAY.search(name):
        day = _day(found[1], found[2], found[3])
        if day:
            return day
    if found := _DAY_FIRST.search(name):
        day = _day(found[3], found[2], found[1])
        if day:
            return day
    for found in _SCHOOL_YEAR.finditer(name):
        second = int(found[1]) + 1
        if second % 100 == int(found[2]):
            return date(second, *school_year_day)
    if found := _MONTH.search(name):
        month, year = _MONTHS.index(found[1].lower()) + 1, int(found[2])
        return date(year, month, monthrange(year, month)[1])
    if found := _YEAR.search(name):
        return date(int(found[1]), 12, 31)
    return None


def vintage_of(
    path: Path,
    *,
    option: str,
    held: date | None = None,
    school_year_day: tuple[int, int] = SCHOOL_YEAR_END,
) -> date:
    """Settle the day that a file describes.

    What is written after ``@`` wins; then the file's name; then what the file holds.

    Parameters
    ----------
    path : pathlib.Path
        As given on the command line.
    option : str
        The option that it was given with, for the message.
    held : datetime.date, optional
        The day that the file's rows point to, where they do.
    school_year_day : tuple of int
        As in `vintage_in_name`.

    Raises
    ------
    UndatedFileError
        If none of these tells the day.
    """
    file, written = split_vintage(path)
    day = written or vintage_in_name(file.name, school_year_day=school_year_day) or held
    if day is None:
        raise UndatedFileError(
            f"Nothing tells which day {file.name} ({option}) describes: "
            "no date in its name and none in its rows.",
            advice=f"Write the day after it: {option} {file}@2022-04-25",
        )
    return day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
