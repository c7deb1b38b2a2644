"""Names as a reader expects them: the register writes those of trusts in capitals."""

from __future__ import annotations

import re

_SMALL = re.compile(
    r"(an?|and|at|by|for|from|in|of|on|or|the|to|upon|with|del?|la|le|du)", re.IGNORECASE
)
_KEPT = re.compile(r"UTC|MAT|CE|RC|V[AC]|VI{0,3}|I{2,3}|IV|UK|USA|SEND?")
_ABBREVIATED = re.compile(r"ST|DR|LTD|MRS?")
_WORD = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?|[A-Z0-9]+(?:['’][A-Z]+)?")


def shown_name(name: str) -> str:
    """Give a name without its capitals where all of it is in capitals; any other name as it stands.

    Which words are initials cannot be told for certain: words without a vowel and the usual
    abbreviations keep their capitals. Files for machines carry the register's own spelling.

    Examples
    --------
    >>> shown_name("KING EDWARD VI ACADEMY TRUST OF BRAMBLEFORD")
    'King Edward VI Academy Trust of Brambleford'
    >>> shown_name("LDBS St Bramble's")
    "LDBS St Bramble's"
    """
    if any(letter.islower() for letter in name) or sum(map(str.isalpha, name)) < 4:
        return name

    def cased(found: re.Match[str]) -> str:
        word = found[0]
        if _KEPT.fullmatch(word) or "." in word:
            return word
        if _SMALL.fullmatch(word) and found.start() > 0:
            return word.casefold()
        if len(word) <= 5 and not re.search(r"[AEIOUY]", word) and not _ABBREVIATED.fullmatch(word):
            return word
        return word.capitalize()

    return _WORD.sub(cased, name)
