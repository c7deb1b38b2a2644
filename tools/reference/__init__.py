"""Write the reference pages from what the code declares: commands, indicators, tables.

A test compares the pages with what this writes, so that none of them can fall behind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from hedgerow.localities.declared import load
from tools.reference.commands import command_line
from tools.reference.indicator_index import indicator_index
from tools.reference.indicator_page import indicator_page, path_of
from tools.reference.tables import tables

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
MADE = "<!-- Written by `make reference` from the code: change it there. -->\n"


def pages() -> dict[str, Callable[[], str]]:
    """Give what writes each reference page, by the page's path from docs/reference/."""
    return {
        "cli.md": command_line,
        "tables.md": tables,
        "indicators.md": indicator_index,
        **{path_of(one): partial(indicator_page, one) for one in load()},
    }


def page(name: str) -> str:
    """Return a reference page as it should stand in docs/reference/."""
    return MADE + "\n" + pages()[name]()


def written() -> set[str]:
    """Give the paths of the pages in docs/reference/ that were written here, not by a person."""
    return {
        path.relative_to(REFERENCE).as_posix()
        for path in REFERENCE.rglob("*.md")
        if path.read_text(encoding="utf-8").startswith(MADE)
    }


def write() -> int:
    """Write every reference page, and remove those of indicators that are no longer declared.

    Returns
    -------
    int
        0, or 1 where a page could not be written: its reason is printed, and the others stand.
    """
    for name in sorted(written() - set(pages())):
        (REFERENCE / name).unlink()
        print(f"removed docs/reference/{name}")
    faults = []
    for name, make in pages().items():
        path = REFERENCE / name
        try:
            text = f"{MADE}\n{make()}"
        except ValueError as fault:
            faults.append(str(fault))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"docs/reference/{name}")
    for reason in faults:
        print(f"not written: {reason}")
    return 1 if faults else 0
