"""Names as different files write them, folded so that only what matters is compared."""

from __future__ import annotations

import re

_SAYINGS = (
    (r"['’‘`]", ""),
    (r"&", " and "),
    (r"[^a-z0-9]+", " "),
    (r"\bc ?of ?e\b|\bce\b", "church of england"),
    (r"\brc\b", "roman catholic"),
    (r"\bst\b", "saint"),
    (r"^the ", ""),
)


def folded(name: str) -> str:
    """Fold a name: small letters, no punctuation, no leading "the", common short forms written out.

    Two names that fold alike are written differently, not named differently; nothing is guessed.
    """
    text = name.casefold()
    for pattern, plain in _SAYINGS:
        text = re.sub(pattern, plain, text).strip()
    return text
