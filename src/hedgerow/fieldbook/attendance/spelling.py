"""Words of a name put right by the words that names have: a letter lost, two words run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from itertools import islice

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.matching import SAME_WORDS

NEAR = 0.74
"""Likeness of two words, by difflib's ratio, from which one may be the other misspelt."""
OTHER_FIRST_LETTER = 0.8
LONGEST_WORD = 30
MOST_WORDS = 12
MOST_WAYS = 4
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Speller:
    """Knows the words of many names.

    Parameters
    ----------
    names : iterable of str
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._words: dict[str, None] = {}
        for name in names:
            self._words.update(dict.fromkeys(fold(name).split()))
        self._by_length: dict[int, list[str]] = {}
        for word in self._words:
            self._by_length.setdefault(len(word), []).append(word)

    def ways(self, text: str) -> list[tuple[str, float]]:
        """Give other ways to write a text, each with how like it is: 1 but for the words changed.

        One word is changed at a time, and words run together are parted. Empty where every word is
        known, or there is nothing near.
        """
        words = fold(_CAMEL.sub(" ", text)).split()
        unknown = [
            at
            for at, word in enumerate(words)
            if word not in self._words and word not in SAME_WORDS
        ]
        if len(words) > MOST_WORDS:
            return []
        found: dict[str, float] = {}
        if words != fold(text).split():
            found[" ".join(words)] = 1.0
        best = list(words)
        total = 1.0
        for at in unknown:
            options = list(islice(self._like(words[at]), MOST_WAYS))
            for option, ratio in options:
                found[" ".join([*words[:at], option, *words[at + 1 :]])] = 0.5 + ratio / 2
            if options:
                best[at] = options[0][0]
                total *= 0.5 + options[0][1] / 2
        if best != words:
            found.setdefault(" ".join(best), total)
        return list(found.items())

    def _like(self, word: str) -> Iterator[tuple[str, float]]:
        if not 3 <= len(word) <= LONGEST_WORD or word.isdigit():
            return
        for at in range(3, len(word) - 2):
            if word[:at] in self._words and word[at:] in self._words:
                yield f"{word[:at]} {word[at:]}", 1.0
        near = [
            one
            for length in (len(word) - 1, len(word), len(word) + 1)
            for one in self._by_length.get(length, [])
        ]
        for one in get_close_matches(word, near, n=MOST_WAYS, cutoff=NEAR):
            ratio = SequenceMatcher(None, word, one).ratio()
            # hardly anybody gets the first letter wrong
            yield one, ratio if one[0] == word[0] else ratio * OTHER_FIRST_LETTER
