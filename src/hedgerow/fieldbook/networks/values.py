"""Values as they stand in other programs' files: text, days, numbers, yes and no."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, a workbook or UTF-8 cannot hold, line ends being made plain before."""

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?", re.DOTALL)
_BRITISH_DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_OPEN = frozenset({"infinity", "-infinity", "+infinity", "inf", "-inf"})
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"false", "no", "n", "0"})


def plain(value: object) -> str | None:
    """Give a value as text in its normal form, or None where there is nothing.

    Normal form: no blanks at either end, line ends as one character, days in ISO form, whole
    numbers without a decimal point. Empty text is nothing. Unprintable characters stay: see
    `printable`.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else str(value.date())
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text or None


def printable(text: str) -> str:
    """Put a replacement mark (U+FFFD) for each character that no text should hold."""
    return UNPRINTABLE.sub("\ufffd", text)


def folded(heading: str) -> str:
    """Give a heading without case, blanks and punctuation, to recognise its spellings."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def day_of(text: str) -> tuple[date | None, bool]:
    """Read a day.

    Returns
    -------
    datetime.date or None
        None where the text is no full day, or an open end such as ``Infinity``.
    bool
        Whether it was understood.
    """
    if text.casefold() in _OPEN:
        return None, True
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH_DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None, False
    try:
        return date(year, month, day), True
    except ValueError:
        return None, False


def day_after(day: date) -> date | None:
    """Give the day after, or None after the last day of the calendar."""
    return day + timedelta(days=1) if day < date.max else None


def number_of(text: str) -> float | None:
    """Read a number, thousands marked with commas or not; None where it is none."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def yes_or_no(text: str) -> bool | None:
    """Read yes or no in the usual spellings; None where it is neither."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def kind_of_values(texts: Sequence[str]) -> str:
    """Name the narrowest of ``boolean``, ``long``, ``double``, ``string`` that keeps every value.

    A value kept as text reads back unchanged whatever the type, so the type is for the other
    program's sake alone: ranking by a number, filtering by yes or no.
    """
    if texts and all(text in ("true", "false") for text in texts):
        return "boolean"
    if texts and all(INTEGER.fullmatch(text) for text in texts):
        return "long"
    if texts and all(INTEGER.fullmatch(text) or DECIMAL.fullmatch(text) for text in texts):
        return "double"
    return "string"
