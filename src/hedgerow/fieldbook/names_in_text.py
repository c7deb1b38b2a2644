"""Names of persons that slipped into words: found, and replaced by what may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from hedgerow.fieldbook.folding import fold

_OF_ROLES = (
    "coder judge rater researcher interviewer interviewee respondent participant "
    "a acting adviser advisor area assistant associate at board business ce ceo chair chief "
    "class co coach community consultant coordinator curriculum deputy director district "
    "education english executive facilitator for governor group head heads headteacher hub "
    "hubs in inspector interim key lead leader leaders leads maths mathematics member network "
    "officer of on partner person phase primary principal programme project reading region "
    "regional school schools science secondary senco senior specialist stage strategic "
    "subject system teacher teachers teaching the trust vice work year"
)
NO_NAMES = frozenset(_OF_ROLES.split())
"""Words of roles: who is called "maths lead" has a code, not a name."""
_WORD = re.compile(r"[^\W_]+")
_NAME_WORD = r"[^\W\d_]+(?:['’.\-]+[^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD})+")
_SHORTEST_SURNAME = 4
_folded = lru_cache(maxsize=100_000)(fold)
"""The same words stand in many cells."""


def is_name(called: str) -> bool:
    """Whether what a person is called looks like a name: two words or more, none of a role."""
    plain = " ".join(called.split())
    if not _NAME.fullmatch(plain) or len(fold(plain.split()[-1])) == 1:
        return False
    return not (NO_NAMES & set(fold(plain).split()))


def is_written_as_name(text: str) -> bool:
    """Whether a text is nothing but a name, each of its words with a capital."""
    return is_name(text) and all(word[0].isupper() for word in text.split())


class NameWatch:
    """Looks for persons' names in words.

    Parameters
    ----------
    shown : mapping of str to str
        What to show instead, by what a person is called. Codes, which are no names, are passed by.
    """

    def __init__(self, shown: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._surnames: set[str] = set()
        for called, instead in shown.items():
            if not is_name(called):
                continue
            words = tuple(fold(word) for word in _words(called))
            self._by_first.setdefault(words[0], []).append((words, instead))
            if len(words[-1]) >= _SHORTEST_SURNAME:
                self._surnames.add(words[-1])

    def without_names(self, text: str) -> str:
        """Give a text with every full name replaced, in brackets."""
        if not self._by_first:
            return text
        words = [(_folded(found[0]), found.start(), found.end()) for found in _split(text)]
        pieces, done, at = [], 0, 0
        while at < len(words):
            length, instead = self._name_at(words, at)
            if length:
                pieces += [text[done : words[at][1]], f"[{instead}]"]
                done = words[at + length - 1][2]
            at += length or 1
        return "".join([*pieces, text[done:]])

    def _name_at(self, words: list[tuple[str, int, int]], at: int) -> tuple[int, str]:
        for name, instead in self._by_first.get(words[at][0], ()):
            if tuple(word for word, _, _ in words[at : at + len(name)]) == name:
                return len(name), instead
        return 0, ""

    def may_name(self, text: str) -> bool:
        """Whether a person's last name stands in a text, with a capital."""
        return any(
            found[0][0].isupper() and _folded(found[0]) in self._surnames for found in _split(text)
        )


def _split(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _words(text: str) -> list[str]:
    return [found[0] for found in _split(text)]
