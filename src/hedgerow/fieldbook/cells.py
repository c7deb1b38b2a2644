"""One cell, from what a person wrote to the value that a table keeps, or to what is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from hedgerow.fieldbook.days import read_day
from hedgerow.fieldbook.folding import fold, written_postcode
from hedgerow.fieldbook.sheets import ColumnSpec

UNKNOWN = frozenset(
    ("-", "–", "—", "?", "n/a", "na", "n.a.", "none", "not known", "unknown", "tbc", "tba", "nk")
)
"""What people write for "we do not know", in columns that are no text."""
YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔", "t"))
NO = frozenset(("no", "n", "false", "0", "✗", "f"))

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DATE_CELL = re.compile(r"\d{4}-\d{2}-\d{2}(?: 00:00:00|T\d{2}:\d{2}:\d{2})?")
# what no XML may hold, and so no workbook
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, or worth knowing about how it was read.

    Attributes
    ----------
    kind : str
        Short stable name.
    expected, advice : str
        Never hold what stood in the cell: they may be kept where the cell may not.
    is_note : bool
        True where the cell was read all the same.
    """

    kind: str
    expected: str
    advice: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class Reading:
    """A cell's value, None for unknown, with what is wrong with it."""

    value: object = None
    problem: Problem | None = None


Reader = Callable[[str], Reading]


def printable(text: str) -> str:
    """Give a text without what a workbook cannot hold."""
    return _CONTROL.sub("", text)


def read_text(text: str) -> Reading:
    """Read words: as they stand, without blanks around them and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = printable(lines).strip()
    if plain != lines.strip():
        problem = Problem("unprintable characters", "letters and figures", is_note=True)
        return Reading(plain or None, problem)
    return Reading(plain or None)


def read_day_cell(text: str) -> Reading:
    """Read a day."""
    read = read_day(text)
    if read.day is None:
        return Reading(
            None,
            Problem(
                "no day",
                "a day such as 2022-04-25",
                f"{read.note[:1].upper()}{read.note[1:]}. Write year-month-day, or day/month/year.",
            ),
        )
    if read.note:
        problem = Problem(
            "day read with a supposition",
            "a day such as 2022-04-25",
            f"It was {read.note}. Write year-month-day if that is not what is meant.",
            is_note=True,
        )
        return Reading(read.day, problem)
    return Reading(read.day)


def read_last_day(text: str) -> Reading:
    """Read the last day on which something held, and give the day after it."""
    read = read_day_cell(text)
    if isinstance(read.value, date):
        return Reading(read.value + timedelta(days=1), read.problem)
    return read


def read_yes_or_no(text: str) -> Reading:
    """Read yes or no, as words, marks or 1 and 0."""
    plain = text.strip().casefold()
    if plain in YES or plain in NO:
        return Reading(plain in YES)
    return Reading(None, Problem("neither yes nor no", "yes or no", "Choose from the list."))


def read_postcode(text: str) -> Reading:
    """Read a postcode."""
    found = written_postcode(text)
    if found is None:
        return Reading(None, Problem("no postcode", "a postcode such as AB1 2CD"))
    return Reading(found)


def number_reader(column: ColumnSpec) -> Reader:
    """Give what reads a column's numbers: its limits, its unit, whole or not."""
    expected = _number_in_words(column)

    def fault(kind: str, advice: str = "") -> Reading:
        return Reading(None, Problem(kind, expected, advice))

    def read(text: str) -> Reading:
        plain = text.strip()
        is_percent = plain.endswith("%")
        plain = plain.removesuffix("%").removeprefix("£").strip()
        if _THOUSANDS.fullmatch(plain):
            plain = plain.replace(",", "")
        if not _NUMBER.fullmatch(plain):
            if _DATE_CELL.match(plain):
                return fault("a day instead of a number", "Set the cell's format to Number.")
            return fault("no number", "Write figures alone, without words and without a range.")
        value = float(plain) / 100 if is_percent else float(plain)
        if is_percent and column.high != 1:
            return fault("a percentage", "Write the number itself.")
        if not math.isfinite(value):
            return fault("no number")
        if column.low is not None and value < column.low:
            return fault("number too small")
        if column.high is not None and value > column.high:
            return fault("number too large")
        if column.kind == "whole":
            if not value.is_integer():
                return fault("no whole number")
            if abs(value) >= 2**31:
                return fault("number too large")
            return Reading(int(value))
        return Reading(value)

    return read


def _number_in_words(column: ColumnSpec) -> str:
    what = "a whole number" if column.kind == "whole" else "a number"
    if column.low is not None and column.high is not None:
        return f"{what} from {column.low:g} to {column.high:g}"
    if column.low is not None:
        return f"{what}, {column.low:g} or more"
    return what


def choice_reader(column: ColumnSpec) -> Reader:
    """Give what reads one of a closed list, in words or as the table has it."""
    by_words = {fold(choice): choice for choice in column.choices}
    expected = "one of: " + ", ".join(column.shown_choices)

    def read(text: str) -> Reading:
        plain = fold(text)
        if plain in by_words:
            return Reading(by_words[plain])
        near = [by_words[found] for found in get_close_matches(plain, by_words, n=2, cutoff=0.7)]
        advice = "Choose from the list."
        if near:
            meant = " or ".join(f"“{choice.replace('_', ' ')}”" for choice in near)
            advice = f"Did you mean {meant}? Choose from the list."
        return Reading(None, Problem("not in the list", expected, advice))

    return read


def reader_of(column: ColumnSpec) -> Reader:
    """Give what reads a column's cells, references and codes apart.

    Words for "not known" are an unknown value wherever the column is no text.
    """
    if column.kind in ("text", "code", "reference"):
        return read_text
    plain: Reader = {
        "day": read_day_cell,
        "last day": read_last_day,
        "yes or no": read_yes_or_no,
        "postcode": read_postcode,
    }.get(column.kind) or (
        choice_reader(column) if column.kind == "choice" else number_reader(column)
    )

    def read(text: str) -> Reading:
        if text.strip().casefold() in UNKNOWN:
            problem = Problem(
                "words for unknown", "an empty cell where it is not known", is_note=True
            )
            return Reading(None, problem)
        return plain(text)

    return read
