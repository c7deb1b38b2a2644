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
    for key, value in left.items():
        said.append(_one(key, value, names))
    return ", ".join(said)


def _one(key: str, value: Any, names: Mapping[str, str]) -> str:
    shared = {kind.value: kind.label.partition(":")[0].lower() for kind in RecordKind}
    if key in shared:
        return f"{shared[key]} {LEVELS.get(value, value)}"
    match key:
        case "role":
            return f"as {value}"
        case "organisation":
            return f"for {names.get(value, value)}"
        case "of":
            return f"of {names.get(value, value)}"
        case "name":
            return f"“{value}”"
        case "sent":
            return f"sent on {value}"
        case "record":
            return f"record {value}"
    return f"{key} {value}"
