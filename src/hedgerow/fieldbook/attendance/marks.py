"""Marks of attendance: ticks, crosses, yes and no, "2 of 3"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hedgerow.fieldbook.cells import NO, YES
from hedgerow.fieldbook.folding import fold

PRESENT = frozenset(
    (
        *YES,
        "p",
        "present",
        "attended",
        "attend",
        "here",
        "in",
        "came",
        "tick",
        "ü",
        "✔️",
        "☑",
        "✅",
        "a (present)",
        "online",
        "late",
        "l",
        "half",
        "part",
        "partial",
        "completed",
        "complete",
        "joined",
        "/",
        "\\",
        "•",
        "*",
        "+",
        "full",
        "virtual",
        "attended in full",
        "yes attended",
        "participated",
        "watched recording",
        "confirmed attended",
    )
)
ABSENT = frozenset(
    (
        *NO,
        "a",
        "absent",
        "apologies",
        "apols",
        "apology",
        "sick",
        "ill",
        "illness",
        "cancelled",
        "canceled",
        "dna",
        "did not attend",
        "not attended",
        "no show",
        "noshow",
        "withdrawn",
        "withdrew",
        "-",
        "–",
        "—",
        "❌",
        "✘",
        "✕",
        "☐",
        "o",
        "apol",
        "aps",
        "no apologies",
        "not present",
        "didnt attend",
        "dnf",
        "n a",
        "n/a",
        "na",
        "left",
        "declined",
    )
)
CROSS = frozenset(("x", "×", "✗", "✘", "✕", "❌"))
"""Marks that mean present in one file and absent in the next."""
_OF = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*(?:/|of|out of)\s*(\d{1,2})")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")


def cross_means(marks: Iterable[str]) -> str:
    """Say what a cross means in a file: "absent" where other marks say present, else "attended"."""
    others = {mark.casefold().strip() for mark in marks} - CROSS - {""}
    return "absent" if others & PRESENT else "attended"


def read_mark(text: str, *, cross: str = "attended") -> bool | None:
    """Read a mark: True present, False absent, None where it is neither.

    Parameters
    ----------
    text : str
        An empty cell means absent: whoever kept the register marked those who came.
    cross : {"attended", "absent"}
        What a cross means in this file.
    """
    plain = text.strip().casefold()
    if not plain:
        return False
    if plain in CROSS:
        return cross == "attended"
    for written in (plain, fold(plain)):
        if written in ABSENT:
            return False
        if written in PRESENT:
            return True
    if _NUMBER.fullmatch(plain):
        return float(plain) > 0
    return None


def is_mark(text: str) -> bool:
    """Whether a cell is a mark of attendance."""
    plain = text.strip().casefold()
    return bool(plain) and (plain in CROSS or plain in PRESENT or plain in ABSENT)


def read_sessions(text: str) -> tuple[float, int | None] | None:
    """Read a number of sessions attended, and out of how many where that is written."""
    plain = text.strip().casefold()
    if found := _OF.fullmatch(plain):
        attended, held = float(found[1]), int(found[2])
        return (attended, held) if attended <= held else None
    plain = re.sub(r"\s*sessions?$", "", plain)
    return (float(plain), None) if _NUMBER.fullmatch(plain) else None


def read_staff(text: str) -> int | None:
    """Read a number of staff; None where it is no whole number up to 999."""
    plain = re.sub(
        r"\s*(?:delegates?|staff|teachers?|people|places?)$", "", text.strip().casefold()
    )
    if not re.fullmatch(r"\d{1,3}(?:\.0+)?", plain):
        return None
    return int(float(plain))
