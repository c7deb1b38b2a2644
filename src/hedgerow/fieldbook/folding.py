"""Words as they are compared: without capitals, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHE = re.compile(r"['’‘`´ʼ]")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Give a text as it is compared: lower case, plain letters, single spaces, "and" for "&".

    Letters of every script are kept. Text without any letter or digit is only lowered, so that it
    stays itself.
    """
    plain = text.replace("&", " and ")
    if plain.isascii():  # most texts are, and thousands are compared at once
        plain = _APOSTROPHE.sub("", plain).lower()
        return _NOT_WORD.sub(" ", plain).strip() or " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", plain)
    plain = _APOSTROPHE.sub("", plain)  # taken apart, a letter may leave one
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _NOT_WORD.sub(" ", plain).strip() or " ".join(text.casefold().split())


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})")


def written_postcode(text: str | None) -> str | None:
    """Give a postcode as it is written, in capitals with one space; None for anything else."""
    found = _POSTCODE.fullmatch(" ".join((text or "").upper().split()))
    return f"{found[1]} {found[2]}" if found else None
