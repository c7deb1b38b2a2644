"""Days as people write them, and never a guess between two of them.

Day and month in figures are read day first, as in the United Kingdom, and that is said whenever the
other order would be a day too. What can only be read month first is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_FIGURES = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_WORDS = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4}|\d{2})"
)
_WORDS_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NO_DAY = re.compile(r"(?:([a-z]{3,9})\.?[ \-]\d{2,4}|\d{4}|\d{4}[-/]\d{2,4}|\d{1,2}[/.\-]\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS = (20_000, 73_050)
"""Numbers that a spreadsheet shows as days from 1954 to 2099."""
_EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1800, 2100
_CENTURY = 50
"""Two figures from here on are a year of the last century."""


@dataclass(frozen=True)
class ReadDay:
    """A day as read.

    Attributes
    ----------
    day : datetime.date or None
        None where it cannot be read.
    note : str
        What had to be supposed, or why it cannot be read; empty where nothing was.
    """

    day: date | None
    note: str = ""


def read_day(text: str) -> ReadDay:
    """Read a day.

    Parameters
    ----------
    text : str
        Such as 2022-04-03, 03/04/2022, 3.4.22, 3 April 2022, Mon 3rd Apr 2022, or the number by
        which a spreadsheet counts days.
    """
    plain = " ".join(text.lower().split())
    if found := _ISO.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(plain):
        return _in_figures(int(found[1]), int(found[3]), found[4])
    if found := _WORDS.fullmatch(plain):
        return _with_month(int(found[1]), found[2], found[3])
    if found := _WORDS_MONTH_FIRST.fullmatch(plain):
        return _with_month(int(found[2]), found[1], found[3])
    if _SERIAL.fullmatch(plain) and _SERIALS[0] <= float(plain) <= _SERIALS[1]:
        day = _EPOCH + timedelta(days=int(float(plain)))
        return ReadDay(day, f"the number by which a spreadsheet counts days, read as {day}")
    if _NO_DAY.fullmatch(plain):
        return ReadDay(None, "it lacks the day or the month")
    return ReadDay(None, "it is no day")


def _in_figures(first: int, second: int, year_text: str) -> ReadDay:
    year = _year(year_text)
    read = _day(year, second, first)
    if read.day is None:
        if _day(year, first, second).day is not None:
            return ReadDay(None, "it is no day when read day first, as here")
        return read
    if first <= len(MONTHS) and first != second:
        return ReadDay(read.day, f"read day first, as {read.day.isoformat()}")
    return read


def _with_month(day: int, month: str, year: str) -> ReadDay:
    numbers = [
        number
        for number, name in enumerate(MONTHS, start=1)
        if name == month or (len(month) >= 3 and name.startswith(month)) or month == name[:3] + "t"
    ]
    if len(numbers) != 1:
        return ReadDay(None, "its month is none")
    return _day(_year(year), numbers[0], day)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= _CENTURY else 2000)


def _day(year: int, month: int, day: int) -> ReadDay:
    try:
        read = date(year, month, day)
    except ValueError:
        return ReadDay(None, "there is no such day")
    if EARLIEST <= year <= LATEST:
        return ReadDay(read)
    return ReadDay(None, f"its year lies before {EARLIEST} or after {LATEST}")
