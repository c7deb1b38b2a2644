"""Roles as delegates write them, put into a small vocabulary."""

from __future__ import annotations

import re

from hedgerow.fieldbook.cells import UNKNOWN
from hedgerow.fieldbook.folding import fold

_MATHS = r"\b(?:maths?|mathematics|numeracy)\b"
_LEADS = r"\b(?:lead\w*|ldr|co ?ordinators?|heads?|hod|subject|specialist|champion|manager)\b"
_SUBJECT = (
    r"\b(?:subject|english|literacy|reading|phonics|writing|science|computing|history|geography"
    r"|pe|art|music|re|pshe|dt|mfl|curriculum|eyfs|early years|phase|ks[1-4]|key stage|department"
    r"|year(?: group)?(?: \w+)?|y\d)\b"
)

ROLES: dict[str, tuple[str, ...]] = {
    "teaching assistant": (
        r"\b(?:tas?|htlas?|hltas?|lsas?)\b",
        r"\b(?:teaching|classroom|learning|learning support) assistants?\b",
        r"\b(?:learning support|support (?:staff|assistants?)|cover supervisors?)\b",
    ),
    "early career teacher": (
        r"\b(?:ects?\d?|nqts?\d?|rqts?|ecf|early career|(?:newly|recently) qualified)\b",
        r"\b(?:(?:student|trainee) teachers?|itt|pgce|scitt)\b",
    ),
    "trust central staff": (
        r"\b(?:trust|mat|ceo|chief executive|central team|school improvement)\b",
        r"\bdirector of (?:education|primary|secondary|standards|learning|maths|mathematics"
        r"|english|teaching)\b",
    ),
    "maths lead": (f"{_MATHS}.*{_LEADS}", f"{_LEADS}.*{_MATHS}", r"\bml\b"),
    "subject lead": (
        f"{_SUBJECT}.*{_LEADS}",
        r"\b(?:lead\w*|co ?ordinators?|heads?) (?:of|for) (?!school)\w+",
        r"\b(?:senco|sendco|inclusion (?:lead|manager)|hod)\b",
    ),
    "senior leader": (
        r"\b(?:deputy|deputies|dhts?|ahts?|slt|smt|senior (?:lead\w*|teacher|management))\b",
        r"\b(?:assistant|associate|vice|dep|ass|asst) (?:head\w*|principals?|ht)\b",
        r"\bheads? of school\b",
    ),
    "headteacher": (r"\b(?:head ?teachers?|heads?|principals?|hts?|headmaster|headmistress)\b",),
    "class teacher": (
        r"\b(?:class ?teachers?|teachers?|cts?|tutors?|lecturers?|supply|mps|ups)\b",
        r"\b(?:year (?:\d|r|one|two|three|four|five|six)|y[1-9r]|reception|ks[1-4])\b",
    ),
    "other": (
        r"\b(?:governors?|business managers?|sbm|bursars?|admin\w*|office|caretakers?|chair)\b",
        r"\b(?:librarians?|technicians?|volunteers?|parents?|consultants?|advis[eo]rs?|trainers?)\b",
        r"\b(?:family support|counsellors?|therapists?|psychologists?|other)\b",
    ),
}
"""The vocabulary, each with the words that put a role in it; the first that fits decides."""
VOCABULARY: tuple[str, ...] = tuple(ROLES)
_PATTERNS = {role: re.compile("|".join(words)) for role, words in ROLES.items()}


def role_of(text: str) -> str | None:
    """Put a role as somebody wrote it into the vocabulary.

    The rules stand in the order of `ROLES` and the first that fits decides: who is deputy head and
    maths lead took part as maths lead; an assistant head is a senior leader and no assistant.

    Returns
    -------
    str or None
        One of `VOCABULARY`; None where the words say nothing that is known.
    """
    if text.strip().casefold() in UNKNOWN:
        return None
    plain = fold(text)
    return next((role for role, pattern in _PATTERNS.items() if pattern.search(plain)), None)
