"""Running numbers that tell ties of the same ends and kind apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def number_ties(ties: Sequence[dict[str, Any]]) -> list[int]:
    """Keep the numbers that tell equal ties apart, and give others the next free one.

    Parameters
    ----------
    ties : sequence of dict
        With ``from_id``, ``to_id``, ``kind`` and ``number``, None where it has none. Changed in
        place.

    Returns
    -------
    list of int
        Places of those whose number another tie had already.
    """
    taken: dict[tuple[str, str, str], set[int]] = {}
    waiting, clashing = [], []
    for place, tie in enumerate(ties):
        used = taken.setdefault(_which(tie), set())
        if tie["number"] is None:
            waiting.append(tie)
        elif tie["number"] in used:
            waiting.append(tie)
            clashing.append(place)
        else:
            used.add(tie["number"])
    next_free: dict[tuple[str, str, str], int] = {}
    for tie in waiting:
        which = _which(tie)
        number = next_free.get(which, 0)
        while number in taken[which]:
            number += 1
        taken[which].add(number)
        next_free[which] = number + 1
        tie["number"] = number
    return clashing


def _which(tie: dict[str, Any]) -> tuple[str, str, str]:
    return tie["from_id"], tie["to_id"], tie["kind"]
