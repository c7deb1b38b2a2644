"""What an entry of the audit trail says besides who did what to what, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hedgerow.web.access.levels import RecordKind

BROUGHT = {
    "fieldbook": "a fieldbook",
    "attendance": "an attendance file",
    "network": "a network file",
    "form": "forms on the site",
}
"""What an import came from, by kind of contribution."""

LEVELS = {"private": "private", "aggregate": "in aggregate", "named": "by name"}
"""How far something is shared, as it stands in a list."""

SAID = {
    "name": "“{}”",
    "role": "as {}",
    "sent": "sent on {}",
    "organisation": "for {}",
    "of": "of {}",
    "record": "record {}",
}
"""How else something is said, by what it is, in the order in which it stands."""


def detail_words(detail: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say in words what else bears on an entry; empty where nothing does.

    Parameters
    ----------
    detail : mapping
        As `audit.record` was given it. What it holds and is not known here keeps its own word.
    names : mapping of str to str
        Names of organisations by identifier.
    """
    left = {key: value for key, value in detail.items() if value}
    said = []
    if "rows" in detail:
        rows = left.pop("rows", 0)
        counted = "1 row" if rows == 1 else f"{rows:,} rows"
        kind = str(left.pop("kind", ""))
        said.append(f"{counted} from {BROUGHT.get(kind, kind)}" if kind else counted)
    if "set aside" in left:
        said.append(f"{left.pop('set aside'):,} set aside")
    if "kind" in left:
        said.append(str(left.pop("kind")).lower())
    # a database gives keys back in an order of its own
    known = [key for key in SAID if key in left]
    others = sorted(left.keys() - SAID.keys())
    said += [_one(key, left[key], names) for key in (*known, *others)]
    return ", ".join(said)


def _one(key: str, value: Any, names: Mapping[str, str]) -> str:
    if key in SAID:
        return SAID[key].format(names.get(value, value) if key in ("organisation", "of") else value)
    shared = {kind.value: kind.label.partition(":")[0].lower() for kind in RecordKind}
    if key in shared:
        return f"{shared[key]} {LEVELS.get(value, value)}"
    return f"{key} {value}"
