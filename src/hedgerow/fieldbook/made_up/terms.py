"""School terms: three a year, with the dates on which the made-up record counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

FIRST_RECORDED_YEAR = 2016
"""The school year (by the year in which it begins) from which participation is on record."""
LAST_RECORDED_YEAR = 2025


@dataclass(frozen=True)
class Term:
    """A term of a school year.

    Parameters
    ----------
    year : int
        The calendar year in which its school year begins.
    number : int
        1 autumn, 2 spring, 3 summer.
    """

    year: int
    number: int

    @cached_property
    def start(self) -> date:
        """First day."""
        return (date(self.year, 9, 1), date(self.year + 1, 1, 1), date(self.year + 1, 4, 16))[
            self.number - 1
        ]

    @cached_property
    def end(self) -> date:
        """The day after the last."""
        return (date(self.year, 12, 20), date(self.year + 1, 4, 1), date(self.year + 1, 7, 1))[
            self.number - 1
        ]

    @cached_property
    def label(self) -> str:
        """Short name, such as ``2021-1``."""
        return f"{self.year}-{self.number}"


def recorded_terms() -> list[Term]:
    """Give every term on record, in order."""
    years = range(FIRST_RECORDED_YEAR, LAST_RECORDED_YEAR + 1)
    return [Term(year, number) for year in years for number in (1, 2, 3)]
