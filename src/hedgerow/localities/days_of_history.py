"""The days on which a place is looked at: the same day each year, or the first of each term."""

from __future__ import annotations

from datetime import date
from typing import Literal

from hedgerow.landscape.errors import UsageError

Every = Literal["year", "term"]

FIRST_OF_TERMS = ((1, 1), (4, 1), (9, 1))
"""First days, as month and day, of the spring, summer and autumn terms."""
FEWEST_DAYS, MOST_DAYS = 2, 40
"""How many days a history can have."""


def regular_days(first: date, last: date, every: Every) -> tuple[date, ...]:
    """Give the days from first to last: the same day each year, or the first of each term.

    The last is always among them, and of terms the first as well.

    Raises
    ------
    UsageError
        If the last does not come after the first, or there would be too many days.
    """
    if last <= first:
        raise UsageError(
            f"From {first.isoformat()} to {last.isoformat()} is no period.",
            advice="Give a later day for its end.",
        )
    years = range(first.year, last.year + 1)
    if every == "year":
        # 29 February is the 28th of other years
        within = [_in_year(first, year) for year in years]
    else:
        within = [first, *(date(year, *one) for year in years for one in FIRST_OF_TERMS)]
    days = sorted({*(day for day in within if first <= day <= last), last})
    if len(days) > MOST_DAYS:
        raise UsageError(
            f"That would be {len(days)} days, and {MOST_DAYS} are the most.",
            advice="Ask for a shorter time, or for every year.",
        )
    return tuple(days)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
