"""Telling what is wrong with an attendance file: always where, and never a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hedgerow.fieldbook.days import MONTHS
from hedgerow.landscape.faults import Consequence, Fault, Faults

_HARMLESS = frozenset(
    [
        *MONTHS,
        *(name[:3] for name in MONTHS),
        "sept",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "st",
        "nd",
        "rd",
        "th",
        "am",
        "pm",
        "to",
        "and",
        "of",
        "term",
        "autumn",
        "spring",
        "summer",
        "session",
        "sessions",
        "week",
        "day",
        "days",
        "tbc",
        "tba",
        "n",
        "a",
        "na",
        "about",
        "approx",
        "none",
        "urn",
        "x",
        "y",
        "no",
        "yes",
        "all",
        "most",
    ]
)
LONGEST = 60


def shown(text: str) -> str:
    """Give a cell as a fault may repeat it: in full if it can hold no name, else its length."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    line = " ".join(text.split())
    if all(word in _HARMLESS for word in words):
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return f"a text of {len(line)} letters"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands in a file."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None = None


def tell(
    faults: Faults,
    place: Place,
    kind: str,
    *,
    found: str,
    expected: str,
    advice: str = "",
    consequence: Consequence = "noted",
) -> None:
    """Record a fault. What was found must have been through `shown`, or be words of ours."""
    faults.add(
        Fault(
            kind=kind,
            file=place.file,
            sheet=place.sheet,
            row=place.row,
            column=place.column,
            found=found,
            expected=expected,
            advice=advice,
            consequence=consequence,
        )
    )
