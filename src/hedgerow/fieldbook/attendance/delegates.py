"""Delegates told apart while a file is read, so that each is counted once. Names go no further."""

from __future__ import annotations

import re

from hedgerow.fieldbook.cells import UNKNOWN
from hedgerow.fieldbook.folding import fold

_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "mx", "sir", "prof", "rev", "revd", "sr"))
_SEVERAL = re.compile(r"\s*(?:;|\n|\+|&|/|\band\b)\s*", re.IGNORECASE)
_NOBODY = frozenset(("tbc", "tba", "to be confirmed", "not known", "unknown", "vacant", "nk"))
_COUNTED = re.compile(r"(?:teacher|delegate|participant|staff|person|attendee|colleague)s? ?\d*")


def delegates_in(text: str) -> list[str]:
    """Give the delegates that a cell names, each as written.

    Several may stand in one cell: "Wren Thistle & Jay Sloe", or one under the other. A comma parts
    no one: it stands between last and first name as often.
    """
    parts = [part.strip(" ,.") for part in _SEVERAL.split(text)]
    parts = [part for part in parts if re.search(r"[^\W\d_]", part)]
    if len(parts) == 2 and " " not in parts[0].strip() and " " in parts[1].strip():
        # "Wren and Jay Sloe" share a last name
        parts[0] = f"{parts[0]} {parts[1].split()[-1]}"
    return parts


def identity_of(name: str) -> str | None:
    """Give what tells a delegate from others of a course: the words of the name, in any order.

    Returns
    -------
    str or None
        None for who is not named ("TBC", "Teacher 2").
    """
    plain = fold(name)
    if plain in _NOBODY or name.strip().casefold() in UNKNOWN or _COUNTED.fullmatch(plain):
        return None
    words = sorted(word for word in plain.split() if word not in _TITLES)
    return " ".join(words) or None


def called(name: str) -> str:
    """Write a name as a key keeps it: first name first, without title."""
    last, comma, first = name.partition(",")
    plain = f"{first.strip()} {last.strip()}" if comma and first.strip() else name
    words = [word for word in plain.split() if fold(word) not in _TITLES]
    return " ".join(words) or " ".join(plain.split())
