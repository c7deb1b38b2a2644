"""The works that indicators cite, in full, from docs/references.bib."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

REFERENCES = Path(__file__).resolve().parents[2] / "docs" / "references.bib"

Entry = dict[str, str]

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "c": "\u0327",
    "H": "\u030b",
    "v": "\u030c",
}
LETTERS = {r"\aa": "å", r"\AA": "Å", r"\o": "ø", r"\O": "Ø", r"\ss": "ß", r"\l": "ł"}


@cache
def entries() -> dict[str, Entry]:
    """Give the fields of every entry, and its ``kind``, by key.

    Raises
    ------
    ValueError
        If two entries bear one key.
    """
    found: dict[str, Entry] = {}
    for block in re.split(r"^@", REFERENCES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        kind, _, rest = block.partition("{")
        key, _, body = rest.partition(",")
        if key in found:
            raise ValueError(f"two entries of {REFERENCES.name} are called {key}")
        fields = re.findall(r"(\w+)\s*=\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", body)
        found[key] = {"kind": kind, **dict(fields)}
    return found


def plain(text: str) -> str:
    """Give a field without the marks of its markup: accents as letters, no braces.

    >>> plain("Guimer{\\\\`a}, Roger and Till{\\\\'e}, Yves")
    'Guimerà, Roger and Tillé, Yves'
    """
    for mark, letter in LETTERS.items():
        text = text.replace(f"{{{mark}}}", letter)
    text = re.sub(
        r"\\(?:([`'^\"~])\{?(\w)\}?|([cHv])\{(\w)\})",
        lambda found: unicodedata.normalize(
            "NFC", (found[2] or found[4]) + ACCENTS[found[1] or found[3]]
        ),
        text,
    )
    return text.replace("{", "").replace("}", "").replace("--", "–").replace(r"\&", "&")


def authors(text: str) -> str:
    """Give the authors of a work: all of four or fewer, the first of more."""
    whole = re.fullmatch(r"\{([^{}]*)\}", text)
    if whole:
        return whole[1]
    names = [plain(name) for name in text.split(" and ")]
    if len(names) > 4:
        return f"{names[0]} and others"
    return names[0] if len(names) == 1 else f"{'; '.join(names[:-1])} and {names[-1]}"


def reference(key: str) -> str:
    """Give a work in full, with whether it was checked; the key alone where it is not listed."""
    if key not in entries():
        return f"`{key}`, which docs/references.bib does not list."
    entry = entries()[key]
    where = [plain(entry.get(name, "")) for name in ("journal", "booktitle", "publisher")]
    where += [plain(entry.get(name, "")) for name in ("institution", "howpublished")]
    published = "; ".join(filter(None, where))
    if "journal" in entry:
        number = f"({entry['number']})" if "number" in entry else ""
        volume = f" {entry['volume']}{number}" if "volume" in entry else ""
        pages = f", {plain(entry['pages'])}" if "pages" in entry else ""
        published = f"*{published}*{volume}{pages}"
    edition = f", edition {entry['edition']}" if "edition" in entry else ""
    is_checked = "checked" in entry.get("note", "")
    return (
        f"{authors(entry['author'])} ({entry['year']}). {plain(entry['title'])}{edition}. "
        f"{published}. `{key}`" + ("" if is_checked else ", cited from memory and not yet checked")
    )
