"""What an indicator says of a place, with everything needed to judge it: never a bare number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hedgerow.landscape.indicators import Indicator

Grade = Literal["A", "B", "C", "D"]
"""Strength of evidence: A administrative record or census of ties; B two independent sources or
coders; C one source; D a proxy from open data only."""


PERSONS = frozenset({"pupils", "teachers", "headteachers", "staff", "people", "persons"})
"""Units that are persons."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An interval around a value, in the value's unit.

    Parameters
    ----------
    low, high : float
    method : str
        How it was reckoned, in words a reader can look up ("Wilson", "school bootstrap").
    level : float
        Confidence level, 0.95 unless said otherwise.

    Raises
    ------
    ValueError
        If an end is no number, or they are the wrong way round.
    """

    low: float
    high: float
    method: str
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse an interval that says nothing."""
        if not (math.isfinite(self.low + self.high) and self.low <= self.high):
            raise ValueError(f"from {self.low} to {self.high} is no interval")


@dataclass(frozen=True, kw_only=True)
class Chance:
    """What chance alone would give, under a stated null model.

    Parameters
    ----------
    expected : float
        Mean under the null, in the value's unit.
    method : str
        The null model in words: what is shuffled and what is kept.
    low, high : float, optional
        Middle 95 per cent of the null.
    p : float, optional
        Two-sided permutation p-value, (1 + number as extreme) / (draws + 1).
    draws : int
        Number of draws; 0 for a closed form.

    Raises
    ------
    ValueError
        If the expectation is no number, or p lies outside 0 to 1.
    """

    expected: float
    method: str
    low: float | None = None
    high: float | None = None
    p: float | None = None
    draws: int = 0

    def __post_init__(self) -> None:
        """Refuse an expectation that says nothing."""
        if not math.isfinite(self.expected):
            raise ValueError(f"{self.expected} is no expectation")
        if self.p is not None and not 0 <= self.p <= 1:
            raise ValueError(f"{self.p} is no p-value")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a calculation gives, before declaration, date and sources are put to it.

    Parameters
    ----------
    value : float
        In the indicator's unit; shares as fractions of 1.
    n : int
        Units that the value rests on (schools, pairs, pupils), as the indicator's ``units`` says.
    missing : int
        Units left out because something about them is unknown.
    interval : Interval, optional
    chance : Chance, optional
    as_of : datetime.date, optional
        The date of the underlying facts, where it differs from the date asked for.
    caveat : str
        What is special to this value, added to the indicator's own caveat.
    sources : tuple of str
        Identifiers of the sources it rests on, where narrower than all of the landscape's.

    Raises
    ------
    ValueError
        If the value is no finite number, or a count is negative: say `NotMeasured` instead.
    """

    value: float
    n: int
    missing: int = 0
    interval: Interval | None = None
    chance: Chance | None = None
    as_of: date | None = None
    caveat: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no measurement."""
        if not math.isfinite(self.value):
            raise ValueError(f"{self.value} is no reading: give NotMeasured with its reason")
        if self.n < 0 or self.missing < 0:
            raise ValueError(f"{self.n} units and {self.missing} missing cannot be")


@dataclass(frozen=True, kw_only=True)
class NotMeasured:
    """That something was not measured, why, and what would tell.

    Parameters
    ----------
    reason : str
        Why there is no value, in a sentence.
    would_tell : str
        What evidence would give one.
    n, missing : int
        Units looked at, and units about which something was unknown.
    """

    reason: str
    would_tell: str = ""
    n: int = 0
    missing: int = 0


Status = Literal["measured", "not measured", "suppressed"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding: an indicator's declaration together with what was found, or why nothing was.

    Parameters
    ----------
    indicator : Indicator
    status : {"measured", "not measured", "suppressed"}
        Suppressed means that it was measured on too few units to be shown.
    on : datetime.date
        The day asked for.
    as_of : datetime.date
        The day of the facts.
    value : float, optional
        None unless measured.
    reason, would_tell : str
        Filled unless measured.
    """

    indicator: Indicator
    status: Status
    on: date
    as_of: date
    n: int
    missing: int
    grade: Grade
    value: float | None = None
    interval: Interval | None = None
    chance: Chance | None = None
    caveat: str = ""
    reason: str = ""
    would_tell: str = ""
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The indicator's identifier, such as ``"linked_systems.maintained_share"``."""
        return self.indicator.id

    @property
    def is_measured(self) -> bool:
        """Whether there is a value to show."""
        return self.status == "measured"

    @property
    def shown_n(self) -> int | None:
        """How many units it rests on, as it may be shown.

        None where it is suppressed and the units are persons: then the number is itself what must
        not be told.
        """
        is_withheld = self.status == "suppressed" and self.indicator.units in PERSONS
        return None if is_withheld else int(self.n)

    def to_json(self) -> dict[str, object]:
        """Give the finding in the shape of the public JSON contract.

        Dates are ISO text; what is absent is null.
        """
        return {
            "id": self.id,
            "label": self.indicator.label,
            "value": _plain(self.value),
            "unit": self.indicator.unit,
            "low": _plain(self.interval.low) if self.interval else None,
            "high": _plain(self.interval.high) if self.interval else None,
            "level": self.interval.level if self.interval else None,
            "interval_method": self.interval.method if self.interval else None,
            "expected": _plain(self.chance.expected) if self.chance else None,
            "expected_low": _plain(self.chance.low) if self.chance else None,
            "expected_high": _plain(self.chance.high) if self.chance else None,
            "p": _plain(self.chance.p) if self.chance else None,
            "null_method": self.chance.method if self.chance else None,
            "n": self.shown_n,
            "units": self.indicator.units,
            "missing": int(self.missing),
            "missing_rule": self.indicator.missing_rule,
            "tier": self.indicator.tier,
            "grade": self.grade,
            "status": self.status,
            "reason": self.reason or None,
            "would_tell": self.would_tell or None,
            "as_of": self.as_of.isoformat(),
            "sources": list(self.sources),
            "caveat": self.caveat,
            "references": list(self.indicator.references),
        }


def _plain(value: float | None) -> float | None:
    """A number that any JSON writer takes, whatever library it came from."""
    return None if value is None else float(value)
