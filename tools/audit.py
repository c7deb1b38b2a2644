"""Ask the public database of known faults (osv.dev) about every locked requirement.

Reads what is needed to run from requirements/runtime.txt and what pages load from
package-lock.json. Exits with 1 where a requirement has a known fault. Without a way to the database
it says so and exits with 0, or with 1 where the audit must not be left out
(``HEDGEROW_AUDIT_REQUIRED=1``).
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DATABASE = "https://api.osv.dev/v1/querybatch"
PATIENCE_SECONDS = 20
AT_ONCE = 500

Locked = tuple[str, str, str]
"""Ecosystem, name and version."""


def of_python(text: str) -> list[Locked]:
    """Return what a lock of pip-tools pins."""
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", text, re.MULTILINE)
    return [("PyPI", name, version) for name, version in pinned]


def of_pages(text: str) -> list[Locked]:
    """Return what npm's lock pins of what pages load."""
    return [
        ("npm", path.rpartition("node_modules/")[2], package["version"])
        for path, package in json.loads(text)["packages"].items()
        if path and not package.get("dev")
    ]


def known_faults(locked: Sequence[Locked]) -> dict[Locked, list[str]]:
    """Return the identifiers of known faults, for those requirements that have any.

    Raises
    ------
    OSError
        If the database cannot be reached.
    """
    found = {}
    for start in range(0, len(locked), AT_ONCE):
        part = locked[start : start + AT_ONCE]
        queries = [
            {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
            for ecosystem, name, version in part
        ]
        asked = urllib.request.Request(
            DATABASE,
            data=json.dumps({"queries": queries}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
            results = json.load(answer)["results"]
        for one, result in zip(part, results, strict=True):
            if faults := [str(fault["id"]) for fault in result.get("vulns", [])]:
                found[one] = faults
    return found


def main() -> int:
    """Print the verdict."""
    locked = [
        *of_python((PROJECT / "requirements" / "runtime.txt").read_text(encoding="utf-8")),
        *of_pages((PROJECT / "package-lock.json").read_text(encoding="utf-8")),
    ]
    try:
        found = known_faults(locked)
    except OSError as fault:
        print(f"audit: NOT DONE, the database of known faults cannot be reached ({fault})")
        return 1 if os.environ.get("HEDGEROW_AUDIT_REQUIRED") == "1" else 0
    for (_, name, version), faults in found.items():
        print(f"audit: {name} {version} has known faults: {', '.join(faults)}", file=sys.stderr)
    if not found:
        print(f"audit: {len(locked)} requirements, no known fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
