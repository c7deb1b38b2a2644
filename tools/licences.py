"""Check that everything Hedgerow needs to run is under a permissive licence.

Walks the installed distributions that Hedgerow requires, and what those require in turn, and reads
the licence that each declares. A licence that binds the people who share Hedgerow onwards (GPL,
AGPL), or one that cannot be read, is refused. See docs/decisions/0002-permissive-licences.md.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK_OF_PAGES = Path(__file__).resolve().parents[1] / "package-lock.json"

PERMISSIVE = (
    "0BSD",
    "Apache",
    "BSD",
    "BSL-1.0",
    "Boost",
    "CC0",
    "HPND",
    "ISC",
    "MIT",
    "MPL",
    "Mozilla Public License",
    "PSF",
    "Python Software Foundation",
    "Unlicense",
    "ZPL",
    "Zlib",
    "Zope Public License",
)
COPYLEFT = ("AGPL", "Affero", "GPL", "General Public License", "LGPL", "SSPL", "Lesser General")

# What a distribution leaves unsaid in its metadata, read by a person in its repository.
READ_BY_HAND = {
    "dataframely": "BSD-3-Clause",  # its metadata names only the file that holds the licence
}


def _word(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the words, where it starts a word."""
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)


def declared_licence(metadata: PackageMetadata) -> str:
    """Return the licence that a distribution's metadata declares, or an empty text.

    The SPDX expression is believed first, then the classifiers (several are a choice), then the
    first line of the free text (which may hold a whole licence).
    """
    for expression in metadata.get_all("License-Expression", []):
        return str(expression)
    classifiers = [
        str(line).rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier", [])
        if str(line).startswith("License ::") and not str(line).endswith("OSI Approved")
    ]
    if classifiers:
        return " OR ".join(classifiers)
    lines = [line for text in metadata.get_all("License", []) for line in str(text).splitlines()]
    return next((line.strip() for line in lines if line.strip()), "")


def is_permissive(licence: str) -> bool:
    """Whether a declared licence lets Hedgerow be shared under its own.

    Parts joined by AND must all be permissive; of parts joined by OR one is enough, since the
    receiver chooses.
    """
    choices = re.split(r"\s+OR\s+", licence.replace("(", " ").replace(")", " "))
    return any(
        all(
            _word(PERMISSIVE).search(part) and not _word(COPYLEFT).search(part)
            for part in re.split(r"\s+AND\s+", choice)
        )
        for choice in choices
    )


def required_by(name: str, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """Yield what an installed distribution requires on this machine, with the extras asked for."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield requirement


def closure(root: str) -> set[str]:
    """Return the names of every distribution that `root` requires, directly or through others.

    Raises
    ------
    PackageNotFoundError
        A requirement is not installed, so that its licence cannot be read.
    """
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(canonicalize_name(root), frozenset({"site"}))]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += [
                (canonicalize_name(requirement.name), frozenset(requirement.extras))
                for requirement in required_by(*node)
            ]
    return {name for name, _ in seen} - {canonicalize_name(root)}


def fetched_for_pages() -> dict[str, str]:
    """Return the packages that pages load in the browser, and what those need, with licences."""
    lock = json.loads(LOCK_OF_PAGES.read_text(encoding="utf-8"))
    return {
        path.rpartition("node_modules/")[2]: str(package.get("license", ""))
        for path, package in lock["packages"].items()
        if path and not package.get("dev")
    }


def refused(names: set[str]) -> dict[str, str]:
    """Return the distributions whose licence is refused, each with the licence as declared."""
    licences = {
        name: READ_BY_HAND.get(name) or declared_licence(distribution(name).metadata)
        for name in sorted(names)
    }
    return {name: licence for name, licence in licences.items() if not is_permissive(licence)}


def main() -> int:
    """Print the verdict; return 1 where a licence is refused or cannot be read."""
    try:
        names = closure("hedgerow")
    except PackageNotFoundError as error:
        print(f"licences: {error.name} is not installed: run make setup", file=sys.stderr)
        return 1
    pages = fetched_for_pages()
    faults = refused(names) | {
        name: licence for name, licence in pages.items() if not is_permissive(licence)
    }
    for name, licence in faults.items():
        found = f"'{licence}'" if licence else "no licence in its metadata"
        print(
            f"licences: {name} declares {found}; only permissive licences are allowed "
            "(docs/decisions/0002-permissive-licences.md)",
            file=sys.stderr,
        )
    if not faults:
        print(
            f"licences: {len(names)} distributions and {len(pages)} packages of the pages, "
            "all permissive"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
