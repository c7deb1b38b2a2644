"""What has no value, in few words: figures with one reason together, and those that take local
evidence, where there is none of it, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedgerow.reporting.entries import Entry

MOST_TOLD = 4
"""Kinds of evidence that one sentence names."""


@dataclass(frozen=True)
class Unknown:
    """Figures without a value and why: for one and the same reason, or for want of local evidence.

    Attributes
    ----------
    words : str
        The reason with what would tell.
    entries : tuple of Entry
    is_folded : bool
        Whether they all take local evidence of which there is none: then the sentence is enough,
        and the figures are a list for those who want it.
    """

    words: str
    entries: tuple[Entry, ...]
    is_folded: bool = False

    @property
    def labels(self) -> str:
        """The figures' labels in one line."""
        return "; ".join(one.label for one in self.entries)


def unknowns(entries: Sequence[Entry]) -> tuple[Unknown, ...]:
    """Put together the figures of a feature or theme that have no value.

    Figures from local evidence are folded into one sentence where two or more of them are declared
    and nothing is known of any.
    """
    local = [one for one in entries if one.is_local]
    folded = local if len(local) > 1 and not any(one.is_known_of for one in local) else []
    by_reason: dict[str, list[Entry]] = {}
    for one in entries:
        if not one.is_measured and one not in folded:
            by_reason.setdefault(one.missing_words, []).append(one)
    found = [Unknown(words, tuple(group)) for words, group in by_reason.items()]
    if folded:
        found.append(Unknown(_sentence(folded), tuple(folded), is_folded=True))
    return tuple(found)


def _sentence(entries: Sequence[Entry]) -> str:
    told = list(_distinct(one.would_tell for one in entries))
    text = (
        f"We do not know the {len(entries)} figures that take local evidence: none that bears on "
        "the place is held."
    )
    if not told:
        return text
    more = " Each figure says what else." if len(told) > MOST_TOLD else ""
    return f"{text} What would tell: {'; '.join(told[:MOST_TOLD])}.{more}"


def _distinct(texts: Iterable[str]) -> Iterable[str]:
    """Yield what would tell as it stands in the middle of a sentence, each once."""
    seen = set()
    for text in texts:
        plain = text.rstrip(".")
        if plain and plain not in seen:
            seen.add(plain)
            yield plain[:1].lower() + plain[1:]
