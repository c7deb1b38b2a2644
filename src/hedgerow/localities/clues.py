"""The parts of what can be said of a place: phrases, their clues, the knots on which they turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Against = Literal["value", "chance", "partners", "finding"]
"""What a finding is held against: a fixed value; what chance would give; one partner for each
organisation (a density times the units less one); another finding."""


@dataclass(frozen=True, kw_only=True)
class Knot:
    """Where a finding passes from one side to the other.

    Parameters
    ----------
    words : str
        What it is called after "more than", "less than" or "between".
    against : {"value", "chance", "partners", "finding"}
    value : float
        For a fixed value, in the unit of the finding.
    finding : str
        Identifier of the other finding.
    """

    words: str
    against: Against = "value"
    value: float = 0.0
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class Clue:
    """A finding that speaks for a statement when it lies on one side of a knot.

    Parameters
    ----------
    finding : str
        Identifier of an indicator.
    side : {"more", "less", "between"}
    knot : Knot
    upper : Knot, optional
        The other knot of "between".
    """

    finding: str
    side: Literal["more", "less", "between"]
    knot: Knot
    upper: Knot | None = None


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Something that can be said of a feature of a place.

    Parameters
    ----------
    id : str
        Stable, part of the public contract.
    text : str
    clues : tuple of Clue
        The first is what the statement is about: where that surely lies on the other side, the
        statement is not made.
    is_structure : bool
        Whether it is a guess from who governs what, made only where there is no local evidence.
    """

    id: str
    text: str
    clues: tuple[Clue, ...]
    is_structure: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A feature: its identifier, its heading, and what can be said of it."""

    feature: str
    heading: str
    phrases: tuple[Phrase, ...]


def more(finding: str, knot: Knot) -> Clue:
    """A clue that speaks for a statement when the finding lies above the knot."""
    return Clue(finding=finding, side="more", knot=knot)


def less(finding: str, knot: Knot) -> Clue:
    """A clue that speaks for a statement when the finding lies below the knot."""
    return Clue(finding=finding, side="less", knot=knot)


def between(finding: str, knot: Knot, upper: Knot) -> Clue:
    """A clue that speaks for a statement when the finding lies between two knots."""
    return Clue(finding=finding, side="between", knot=knot, upper=upper)
