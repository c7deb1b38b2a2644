"""The six-feature table: what the findings of a place say of each feature, how surely, and against
what.

Each cell holds the statement of `hedgerow.localities.vocabulary` that is best supported. Support is
reckoned the same way for every place: a finding that lies beyond its knot with all of its interval
counts one, one that lies beyond it without being sure counts a half, and on the other side they
count as much against; the sum is divided by the number of findings known, and one more, so that a
statement with a single finding behind it never stands as firm as one with several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hedgerow.landscape.finding import Finding
from hedgerow.localities.clues import Clue, Knot, Phrase, Row
from hedgerow.localities.evidence import KINDS
from hedgerow.localities.saying import in_per_cent
from hedgerow.localities.vocabulary import ROWS

Confidence = Literal["strong", "some", "weak", "unclear", "no evidence"]

STRONG, SOME = 0.5, 0.3
"""Support from which a statement is strongly supported, or has some support."""

STRONG_HOLDS = 2
"""Findings beyond their knot with all of their interval that strong support takes."""

CLOSE = 0.2
"""A second statement whose support comes as close as this to the first is said besides."""

UNSURE = 0.5
"""What a finding counts that lies beyond its knot without being sure."""

STAND_IN = 0.5
"""What a finding of grade D counts, beside one of the others."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A finding as it speaks for or against a statement.

    Parameters
    ----------
    finding : Finding
    counts : float
        From -1 (against, surely) to 1 (for, surely); 0 where it lies on the knot.
    most : float
        The most that it could have counted.
    words : str
        The finding in words: label, value, and on which side of which knot it lies.
    """

    finding: Finding
    counts: float
    most: float
    words: str

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        said = self.finding.to_json()
        return {
            "finding": self.finding.id,
            "counts": self.counts,
            "value": said["value"],
            "low": said["low"],
            "high": said["high"],
            "words": self.words,
        }


@dataclass(frozen=True, kw_only=True)
class Supported:
    """A statement with what speaks for it, what against it, and what is not known.

    Parameters
    ----------
    phrase : Phrase
    weighed : tuple of Weighed
        What is known, in the order of the vocabulary.
    not_known : tuple of str
        Identifiers of the findings that are not.
    """

    phrase: Phrase
    weighed: tuple[Weighed, ...]
    not_known: tuple[str, ...]

    @property
    def support(self) -> float:
        """From -1 to 1: what the findings count together, over what they could and one more."""
        return sum(one.counts for one in self.weighed) / (1 + sum(one.most for one in self.weighed))

    @property
    def speaks_for(self) -> tuple[Weighed, ...]:
        """What speaks for it, the surest first."""
        return tuple(sorted((one for one in self.weighed if one.counts > 0), key=_surest))

    @property
    def speaks_against(self) -> tuple[Weighed, ...]:
        """What speaks against it, the surest first."""
        return tuple(sorted((one for one in self.weighed if one.counts < 0), key=_surest))

    @property
    def is_contradicted(self) -> bool:
        """Whether what the statement is about surely lies on the other side."""
        about = self.phrase.clues[0].finding
        return any(one.finding.id == about and one.counts <= -one.most for one in self.weighed)

    @property
    def holds(self) -> int:
        """How many findings speak for it surely."""
        return sum(one.counts >= one.most > STAND_IN for one in self.weighed)


def _surest(one: Weighed) -> float:
    return -abs(one.counts)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What can be said of one feature of one place.

    Parameters
    ----------
    row : Row
    lead : Supported or None
        The statement best supported; None where the evidence points no one way, or there is none.
    others : tuple of Supported
        Statements whose support comes close.
    confidence : {"strong", "some", "weak", "unclear", "no evidence"}
    would_tell : tuple of str
        Where there is no local evidence, or the evidence is unclear: what would tell.
    """

    row: Row
    lead: Supported | None
    others: tuple[Supported, ...]
    confidence: Confidence
    would_tell: tuple[str, ...]

    @property
    def is_structure(self) -> bool:
        """Whether it is a guess from open data alone."""
        return self.lead is not None and self.lead.phrase.is_structure

    @property
    def text(self) -> str:
        """The statement in words; why there is none where there is none."""
        if self.lead is not None:
            opening = "Structure suggests: " if self.is_structure else ""
            text = self.lead.phrase.text
            return opening + (text[:1].lower() + text[1:] if opening else text)
        if self.confidence == "unclear":
            return "The evidence points no one way."
        return "No evidence."

    def to_json(self) -> dict[str, object]:
        """Give the cell in the shape of the public JSON contract."""
        lead = self.lead
        return {
            "feature": self.row.feature,
            "statement": None if lead is None else lead.phrase.id,
            "text": self.text,
            "confidence": self.confidence,
            "support": None if lead is None else round(lead.support, 3),
            "is_structure": self.is_structure,
            "for": [] if lead is None else [one.to_json() for one in lead.speaks_for],
            "against": [] if lead is None else [one.to_json() for one in lead.speaks_against],
            "not_known": [] if lead is None else list(lead.not_known),
            "also": [
                {
                    "statement": one.phrase.id,
                    "text": one.phrase.text,
                    "support": round(one.support, 3),
                }
                for one in self.others
            ],
            "would_tell": list(self.would_tell),
        }


def six_features(findings: Sequence[Finding]) -> tuple[Cell, ...]:
    """Say of each of the six features what the findings of a place say.

    Parameters
    ----------
    findings : sequence of Finding
        Of one place and day, of all indicators or of those in `needed`.

    Returns
    -------
    tuple of Cell
        One a feature, in the order of the report's table.

    Notes
    -----
    The assumption most likely to mislead: findings count alike however much they have in common.
    Two that rest on the same records are no two witnesses.
    """
    known = {one.id: one for one in findings}
    return tuple(_cell(row, known) for row in ROWS)


def needed() -> tuple[str, ...]:
    """Give the identifiers of all findings that the table reads, each once."""
    clues = [clue for row in ROWS for phrase in row.phrases for clue in phrase.clues]
    ids = [one for clue in clues for one in (clue.finding, clue.knot.finding) if one]
    return tuple(dict.fromkeys(ids))


def _cell(row: Row, known: Mapping[str, Finding]) -> Cell:
    has_local = any(
        weighed.finding.indicator.tier == "E"
        for phrase in row.phrases
        for weighed in _supported(phrase, known).weighed
    )
    candidates = [
        _supported(phrase, known) for phrase in row.phrases if phrase.is_structure != has_local
    ]
    measured = [one for one in candidates if one.weighed and not one.is_contradicted]
    ranked = sorted(measured, key=lambda one: -one.support)
    lead = ranked[0] if ranked and ranked[0].support > 0 else None
    close = () if lead is None else tuple(
        one for one in ranked[1:] if one.support > 0 and lead.support - one.support <= CLOSE
    )  # fmt: skip  # a condition and what it guards
    confidence = _confidence(lead, close, has_local=has_local)
    tells = () if has_local and lead is not None else _would_tell(row.feature)
    return Cell(row=row, lead=lead, others=close, confidence=confidence, would_tell=tells)


def _would_tell(feature: str) -> tuple[str, ...]:
    return tuple(
        f"{one.would_tell}: {one.how}." for one in KINDS if feature in one.features
    )  # fmt: skip  # one line of what, one of whom


def _confidence(
    lead: Supported | None, close: Sequence[Supported], *, has_local: bool
) -> Confidence:
    if lead is None:
        return "unclear" if has_local else "no evidence"
    if lead.phrase.is_structure:
        return "weak"
    if lead.support >= STRONG and lead.holds >= STRONG_HOLDS and not close:
        return "strong"
    return "some" if lead.support >= SOME and lead.holds else "weak"


def _supported(phrase: Phrase, known: Mapping[str, Finding]) -> Supported:
    weighed, missing = [], []
    for clue in phrase.clues:
        found = _weighed(clue, known)
        if found is None:
            missing.append(clue.finding)
        else:
            weighed.append(found)
    return Supported(phrase=phrase, weighed=tuple(weighed), not_known=tuple(missing))


@dataclass(frozen=True)
class _Standing:
    """On which side of a knot something lies: 1 above, -1 below, 0 on it; and whether surely."""

    side: int
    is_sure: bool

    @property
    def counts(self) -> float:
        return self.side * (1.0 if self.is_sure else UNSURE)


def _weighed(clue: Clue, known: Mapping[str, Finding]) -> Weighed | None:
    finding = known.get(clue.finding)
    if finding is None or not finding.is_measured:
        return None
    lower = _standing(finding, clue.knot, known)
    if lower is None:
        return None
    if clue.side == "between":
        if clue.upper is None:
            raise ValueError(f"{clue.finding} lies between one knot and none")
        upper = _standing(finding, clue.upper, known)
        if upper is None:
            return None
        counts = min(lower.counts, -upper.counts)
        side = f"{_beside(lower, clue.knot)}, {_beside(upper, clue.upper)}"
    else:
        counts = lower.counts if clue.side == "more" else -lower.counts
        side = _beside(lower, clue.knot)
    most = STAND_IN if finding.grade == "D" else 1.0
    words = f"{finding.indicator.label}: {_value(finding, clue.knot)}, {side}"
    return Weighed(finding=finding, counts=counts * most, most=most, words=words)


def _ends(finding: Finding) -> tuple[float, float, float]:
    """A measured finding's value between the ends of its interval."""
    value = finding.value
    if value is None:
        raise ValueError(f"{finding.id} has no value")
    between = finding.interval
    return (value, value, value) if between is None else (between.low, value, between.high)


def _standing(finding: Finding, knot: Knot, known: Mapping[str, Finding]) -> _Standing | None:
    low, value, high = _ends(finding)
    if knot.against == "chance":
        chance = finding.chance
        if chance is None:
            return None
        least = chance.expected if chance.low is None else chance.low
        most = chance.expected if chance.high is None else chance.high
        is_beyond = least < most and not least <= value <= most
        return _Standing(_sign(value - chance.expected), is_beyond)
    if knot.against == "finding":
        other = known.get(knot.finding)
        if other is None or not other.is_measured:
            return None
        their_low, theirs, their_high = _ends(other)
        return _Standing(_sign(value - theirs), low > their_high or high < their_low)
    if knot.against == "partners":
        low, value, high = (one * (finding.n - 1) for one in (low, value, high))
    # a census needs no interval; anything else without one is not sure
    is_exact = finding.interval is not None or finding.grade == "A"
    return _Standing(_sign(value - knot.value), is_exact and not low <= knot.value <= high)


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _beside(standing: _Standing, knot: Knot) -> str:
    if standing.side == 0:
        return f"neither more nor less than {knot.words}"
    word = "more" if standing.side > 0 else "less"
    if standing.is_sure:
        return f"{word} than {knot.words}"
    if knot.against == "chance":
        return f"{word} than {knot.words}, but within its range"
    return f"{word} than {knot.words}, but not surely"


def _value(finding: Finding, knot: Knot) -> str:
    low, value, high = _ends(finding)
    if knot.against == "partners":
        return f"{value * (finding.n - 1):.1f} partners each"
    text = _number(value, finding)
    if finding.interval is not None and _number(low, finding) != _number(high, finding):
        text += f" ({_number(low, finding, bare=True)} to {_number(high, finding, bare=True)})"
    if knot.against == "chance" and finding.chance is not None:
        text += f" where chance gives {_number(finding.chance.expected, finding)}"
    return text


def _number(value: float, finding: Finding, *, bare: bool = False) -> str:
    if finding.indicator.unit == "share" and 0 <= value <= 1:
        return f"{value * 100:.0f}" if bare else in_per_cent(value)
    if finding.indicator.unit == "count" and value == round(value):
        return f"{value:,.0f}"
    return f"{value:.2f}".replace("-", "−")
