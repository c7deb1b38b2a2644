"""How findings are put into a sentence: shares in per cent, as exact as their interval bears,
beside England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hedgerow.landscape.finding import Finding

WIDE = 0.3
"""An interval wider than this is written out beside its share."""

ALIKE = 0.05
"""Shares of a place and of England no further apart than this are said to be much the same."""


@dataclass
class Speaker:
    """Puts findings into words and remembers which it used.

    Attributes
    ----------
    findings : mapping of str to Finding
        The place's, by identifier.
    england : mapping of str to Finding
        England's, for those that are compared.
    used : list of str
        Identifiers of what was put into words since they were last taken, in order.
    has_said_range : bool
        Whether the interval of a share was written out.
    """

    findings: Mapping[str, Finding]
    england: Mapping[str, Finding]
    used: list[str] = field(default_factory=list)
    has_said_range: bool = False

    def knows(self, identifier: str) -> bool:
        """Say whether a finding has a value to put into words."""
        found = self.findings.get(identifier)
        return found is not None and found.is_measured

    def value(self, identifier: str) -> float:
        """Give the value of a measured finding, and remember that it was used."""
        found = self.findings[identifier]
        if found.value is None:
            raise ValueError(f"{identifier} has no value to put into words")
        if identifier not in self.used:
            self.used.append(identifier)
        return found.value

    def share(self, identifier: str) -> str:
        """Give a share as "47 per cent", with its interval where that is wide."""
        value = self.value(identifier)
        found = self.findings[identifier]
        said = in_per_cent(value)
        between = found.interval
        if between is None or between.high - between.low <= WIDE:
            return said
        self.has_said_range = True
        return f"{said} ({between.low * 100:.0f} to {between.high * 100:.0f})"

    def beside_england(self, identifier: str) -> str:
        """Set a share beside England's: ", fewer than in England (61 per cent)"."""
        england = self.england.get(identifier)
        if england is None or england.value is None:
            return ""
        value, found = self.value(identifier), self.findings[identifier]
        england_says = f"{england.value * 100:.0f} per cent"
        between = found.interval
        if between is not None and between.low <= england.value <= between.high:
            word = "much as in England"
            if abs(value - england.value) > ALIKE:
                return f", which so few cannot tell from England's ({england_says})"
        elif round(value, 2) == round(england.value, 2):
            word = "as in England"
        else:
            word = "more than in England" if value > england.value else "fewer than in England"
        return f", {word} ({england_says})"

    def take(self) -> tuple[str, ...]:
        """Give the identifiers used since the last time, and forget them."""
        taken = tuple(self.used)
        self.used.clear()
        return taken


def in_per_cent(share: float) -> str:
    """Give a share as words: "none", "less than 1 per cent", "47 per cent", "all"."""
    if share == 0:
        return "none"
    if share == 1:
        return "all"
    if share < 0.01:
        return "less than 1 per cent"
    if share > 0.99:
        return "more than 99 per cent"
    return f"{share * 100:.0f} per cent"


def kilometres(km: float) -> str:
    """Give a distance: "100 m", "0.5 km", "12 km"."""
    if km < 0.1:
        return "100 m"
    return f"{km:.1f} km" if km < 10 else f"{km:.0f} km"


def listed(words: Sequence[str], joiner: str = "and") -> str:
    """Join words as a sentence does: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def counted(number: float, one: str, many: str = "") -> str:
    """Give a count with its noun: "one trust", "22 trusts"."""
    whole = round(number)
    word = _SMALL[whole] if whole < len(_SMALL) else f"{whole:,}"
    return f"{word} {one if whole == 1 else many or one + 's'}"
