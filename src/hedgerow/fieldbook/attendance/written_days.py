"""Days as they stand in attendance sheets: several in a cell, ranges, terms and school years.

A single day is read by `hedgerow.fieldbook.days`; what is added here is never a guess of a day,
only of a period: a month, a term or a school year stands for all of it, and that is told.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from hedgerow.fieldbook.days import MONTHS, read_day

TERMS = {
    "autumn": ((0, 9, 1), (0, 12, 31)),
    "spring": ((1, 1, 1), (1, 3, 31)),
    "summer": ((1, 4, 1), (1, 8, 31)),
}
"""First and last day of each term: years after the school year's first, month, day."""
LONGEST = 400
"""Letters beyond which a text holds no days."""
MOST_DAYS = 60

_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|sept"
_TIME = re.compile(
    r"(?:\bat |\bfrom |\b)\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b(?:\s*(?:-|–|to)\s*\d{1,2}:\d{2}(?::\d{2})?\b)?"
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b[.,]?"
)
_WEEKDAY_LAST = re.compile(_WEEKDAY.pattern + r"$", re.IGNORECASE)
_MARKS = " -–—:,()"
_PARTS = re.compile(r"\s*(?:[,;&+\n|]|\band\b)\s*")
_BETWEEN = re.compile(
    r"\s+(?:to|until|till|-|–|—)\s+|\s*[–—]\s*|(?<=[a-z0-9])\s+-|(?<=\d{4})\s*-\s*(?=\d)"
)
_SPAN_OF_DAYS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to)\s*(\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    rf"((?:{_MONTH})\.? \d{{2,4}})"
)
_TERM = re.compile(
    r"\b(autumn|spring|summer)(?: term)?(?: [12])?\s*,?\s*(?:of )?(\d{4})"
    r"(?:\s*[/\-–]\s*(\d{4}|\d{2}))?\b"
)
_YEARS = re.compile(r"\b(20\d{2})\s*[/\-–]\s*(20\d{2}|\d{2})\b(?!\s*[/\-–]\s*\d)")
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\.? (\d{{4}})\b")
_DAY_INSIDE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}([/.\-])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ \-](?:{_MONTH})\.?,?[ \-]\d{{2,4}}\b"
)


@dataclass(frozen=True)
class WrittenDays:
    """What a text says of days.

    Attributes
    ----------
    days : tuple of datetime.date
        In order, each once; empty where there are none.
    end : datetime.date or None
        Last day, where a range or a period was written.
    note : str
        What had to be supposed, or why nothing can be read.
    is_period : bool
        Whether a month, a term or a school year stands for its days.
    is_open : bool
        Whether only the first day is told, and not the last.
    """

    days: tuple[date, ...] = ()
    end: date | None = None
    note: str = ""
    is_period: bool = False
    is_open: bool = False

    @property
    def last(self) -> date | None:
        """The last day of all; None where nothing tells it."""
        if self.is_open:
            return None
        return self.end or (self.days[-1] if self.days else None)


def read_days(text: str) -> WrittenDays:
    """Read a cell that holds nothing but days.

    Parameters
    ----------
    text : str
        Such as 12/10/2021, "12 Oct & 9 Nov 2021", "12-14 October 2021", "Autumn term 2021",
        "2021/22".
    """
    if not text.strip() or len(text) > LONGEST or not re.search(r"\d", text):
        return WrittenDays(note="it is no day")
    alone = read_day(text)
    if alone.day is not None:
        return WrittenDays((alone.day,), note=alone.note)
    plain = _WEEKDAY.sub(" ", _TIME.sub(" ", text.lower()))
    plain = re.sub(r"[^\S\n]+", " ", plain.replace("@", " ")).strip(" ,-–()")
    return (
        _one(plain)
        or _span(plain)
        or _period(plain)
        or _several(plain)
        or WrittenDays(note=alone.note)
    )


def find_days(text: str) -> tuple[WrittenDays, str]:
    """Find days inside a longer text, such as a title.

    Returns
    -------
    WrittenDays
    str
        The text without the days that stand in it; terms and years stay.
    """
    if len(text) > LONGEST:
        return WrittenDays(), text
    plain = text.lower()
    if len(plain) != len(text):
        plain = text
    found = [one for one in _DAY_INSIDE.finditer(plain) if read_day(one[0]).day is not None]
    if found:
        first, last = found[0].start(), found[-1].end()
        inside = read_days(plain[first:last])
        days = inside.days or tuple(
            sorted({day for one in found if (day := read_day(one[0]).day) is not None})
        )
        before = _WEEKDAY_LAST.sub("", text[:first].rstrip(_MARKS)).rstrip(_MARKS)
        return WrittenDays(
            days, inside.end, inside.note
        ), f"{before} {text[last:].strip(_MARKS)}".strip()
    whole = read_days(text)
    if whole.days:
        return whole, text if whole.is_period else ""
    return _period(plain, is_inside=True) or WrittenDays(), text


def with_year(text: str, period: WrittenDays) -> WrittenDays:
    """Read days written without a year, such as "12 Oct", as lying in a known period."""
    read = read_days(text)
    if read.days or not period.days or not re.search(r"\d", text):
        return read
    for year in dict.fromkeys(day.year for day in (period.days[0], period.last) if day):
        for written in (f"{text} {year}", f"{text.strip(' /.-')}/{year}"):
            found = read_days(written)
            last = period.last
            if len(found.days) == 1 and last and period.days[0] <= found.days[0] <= last:
                return WrittenDays(found.days, note=f"read as {found.days[0]}, in that period")
    return read


def _one(plain: str) -> WrittenDays | None:
    read = read_day(plain)
    return WrittenDays((read.day,), note=read.note) if read.day is not None else None


def _span(plain: str) -> WrittenDays | None:
    if found := _SPAN_OF_DAYS.fullmatch(plain):
        return _from_to(f"{found[1]} {found[3]}", f"{found[2]} {found[3]}")
    parts = _BETWEEN.split(plain)
    if len(parts) != 2:
        return None
    for first in _completed(parts[0].strip(), parts[1].strip()):
        if (span := _from_to(first, parts[1].strip())) is not None:
            return span
    return None


def _from_to(first: str, last: str) -> WrittenDays | None:
    start, end = read_day(first), read_day(last)
    if start.day is None or end.day is None or end.day < start.day:
        return None
    return WrittenDays((start.day,), end.day, start.note or end.note)


def _several(plain: str) -> WrittenDays | None:
    parts = [part.strip(" -–.") for part in _PARTS.split(plain)]
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= MOST_DAYS:
        return None
    days, notes = [], []
    after = parts[-1]
    for part in reversed(parts):
        read = next(
            (one for one in map(read_day, _completed(part, after)) if one.day is not None), None
        )
        if read is None or read.day is None:
            return None
        days.append(read.day)
        notes.append(read.note)
        # what is read gives month and year to what stands before it
        after = f"{read.day.day} {MONTHS[read.day.month - 1]} {read.day.year}"
    return WrittenDays(tuple(sorted(set(days))), note=next(filter(None, reversed(notes)), ""))


def _completed(part: str, after: str) -> list[str]:
    """Give the ways in which a day may be meant that takes month or year from the next one."""
    ways = [part]
    end = read_day(after).day
    if end is None:
        return ways
    month = MONTHS[end.month - 1]
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", part):
        ways.append(f"{part} {month} {end.year}")
    elif found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})", part):
        ways += [
            f"{found[1]}/{found[2]}/{year}"
            for year in (end.year, end.year - 1)
            if (day := read_day(f"{found[1]}/{found[2]}/{year}").day) and day <= end
        ]
    else:
        ways += [
            f"{part} {year}"
            for year in (end.year, end.year - 1)
            if (day := read_day(f"{part} {year}").day) and day <= end
        ]
    return ways


def _period(plain: str, *, is_inside: bool = False) -> WrittenDays | None:
    match = re.Pattern.search if is_inside else re.Pattern.fullmatch
    if found := match(_TERM, plain):
        start, end = _term(found[1], int(found[2]), is_school_year=found[3] is not None)
        return _supposed(start, end, f"the {found[1]} term")
    plain_years = re.sub(r"\b(?:academic|school) year\b", "", plain).strip(" :-") or plain
    if (found := match(_YEARS, plain_years)) and int(found[2][-2:]) == (int(found[1]) + 1) % 100:
        year = int(found[1])
        return _supposed(date(year, 9, 1), date(year + 1, 8, 31), "the school year")
    if found := match(_MONTH_ALONE, plain):
        month = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(found[1][:3]))
        year = int(found[2])
        if not 1900 <= year <= 2100:
            return None
        return _supposed(
            date(year, month, 1),
            date(year, month, calendar.monthrange(year, month)[1]),
            "the month",
        )
    return None


def _term(name: str, year: int, *, is_school_year: bool) -> tuple[date, date]:
    first, last = TERMS[name]
    start_of_year = year if is_school_year or name == "autumn" else year - 1
    return (
        date(start_of_year + first[0], first[1], first[2]),
        date(start_of_year + last[0], last[1], last[2]),
    )


def _supposed(start: date, end: date, what: str) -> WrittenDays:
    return WrittenDays((start,), end, f"{what} was taken whole, {start} to {end}", is_period=True)


def day_after(day: date) -> date:
    """Give the day after the last: ends are half-open."""
    return day + timedelta(days=1)
