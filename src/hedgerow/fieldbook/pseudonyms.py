"""Pseudonyms, and the key that ties them to persons, which lives apart from the data.

A pseudonym is drawn by chance, never worked out from the name: who has the name, the data and even
an old copy of this program cannot work it out, and once its entry is gone from the key nobody can.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.writing import PRIVATE, write_whole
from hedgerow.landscape.errors import DataError, UsageError

SCHEME = "person:"
FORMAT = 1
_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """That a person agreed to be named.

    Attributes
    ----------
    scope : str
        For what.
    since : datetime.date
    told_by : str
        The fieldbook that recorded it, and may take it back.
    """

    scope: str
    since: date
    told_by: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One person of a key.

    Attributes
    ----------
    called : str
        Name or code, as first written.
    pseudonym : str
    agreement : Agreement or None
    """

    called: str
    pseudonym: str
    agreement: Agreement | None = None


def new_pseudonym() -> str:
    """Draw a pseudonym: 64 bits of chance, so that two keys do not draw the same one either."""
    return f"{SCHEME}{secrets.token_hex(_BYTES)}"


def label_of(pseudonym: str) -> str:
    """Give what to show for a person who is not named: "Person 7f3a9c2e"."""
    return f"Person {pseudonym.removeprefix(SCHEME)[:8]}"


class KeyRing:
    """The key: who is behind which pseudonym, and who agreed to be named.

    Persons are told apart by what they are called, without capitals, accents and punctuation: two
    people of one name need different codes.

    Parameters
    ----------
    path : Path, optional
        Where it is kept; without one it is forgotten with the process.
    entries : iterable of Entry
    """

    def __init__(self, path: Path | None = None, entries: Mapping[str, Entry] | None = None):
        self.path = path
        self._entries: dict[str, Entry] = dict(entries or {})
        self._drawn = {entry.pseudonym for entry in self._entries.values()}

    @classmethod
    def open(cls, path: Path) -> KeyRing:
        """Open a key file; one that is not there yet is empty, and written by `save`.

        Raises
        ------
        DataError
            If it is there and no key file.
        """
        if not path.exists():
            return cls(path)
        try:
            held = json.loads(path.read_bytes())
            entries = [_entry(one) for one in _persons(held)]
        except (OSError, ValueError, KeyError, TypeError) as fault:
            # the reason is not repeated: it could hold a name
            raise DataError(
                f"{path} is no key file of Hedgerow, or it is damaged.",
                advice="Give the file that was --key before, or the name of a new one.",
            ) from fault
        return cls(path, {fold(entry.called): entry for entry in entries})

    def save(self) -> None:
        """Write the key file whole, readable by its owner alone.

        Entries stand in the order of their pseudonyms, which is the order of nothing.
        """
        if self.path is None:
            return
        persons = [
            _written(entry)
            for entry in sorted(self._entries.values(), key=lambda entry: entry.pseudonym)
        ]
        held = {
            "format": FORMAT,
            "what": "Key of a Hedgerow fieldbook: who is behind which pseudonym. Keep it apart "
            "from the data, and to yourself.",
            "persons": persons,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(held, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.path, text.encode(), mode=PRIVATE)

    def pseudonym_of(self, called: str) -> str:
        """Give a person's pseudonym, drawing one for a person not yet known."""
        identity = fold(called)
        if identity not in self._entries:
            pseudonym = new_pseudonym()
            while pseudonym in self._drawn:
                pseudonym = new_pseudonym()
            self._drawn.add(pseudonym)
            self._entries[identity] = Entry(called=called, pseudonym=pseudonym)
        return self._entries[identity].pseudonym

    def find(self, called: str) -> Entry | None:
        """Give the entry of a person by what the person is called, or by pseudonym."""
        if called.startswith(SCHEME):
            return next((one for one in self if one.pseudonym == called), None)
        return self._entries.get(fold(called))

    def agree(self, called: str, agreement: Agreement) -> None:
        """Record that a person agreed to be named."""
        self.pseudonym_of(called)
        identity = fold(called)
        # the name as it stands beside the agreement is the one that may be shown
        self._entries[identity] = replace(
            self._entries[identity], called=called, agreement=agreement
        )

    def withdraw(self, called: str) -> None:
        """Take an agreement back."""
        identity = fold(called)
        if identity in self._entries:
            self._entries[identity] = replace(self._entries[identity], agreement=None)

    def forget(self, called: str) -> Entry | None:
        """Remove a person's name and entry; None where there was none."""
        entry = self.find(called)
        if entry is not None:
            del self._entries[fold(entry.called)]
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


def must_lie_apart(key: Path, folder: Path) -> None:
    """Make sure that a key does not lie with the data.

    Raises
    ------
    UsageError
        If it lies in the folder of the data, however it is written.
    """
    if key.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"The key {key} would lie in the folder of the data, {folder}.",
            advice="Keep it elsewhere, where only you can read it: whoever has both knows every "
            "name.",
        )


def _persons(held: Any) -> list[Any]:
    if held["format"] != FORMAT or not isinstance(held["persons"], list):
        raise ValueError("another format")
    return held["persons"]


def _entry(held: Mapping[str, Any]) -> Entry:
    agreed = held.get("agreement")
    if not (isinstance(held["called"], str) and str(held["pseudonym"]).startswith(SCHEME)):
        raise ValueError("no entry")
    return Entry(
        called=held["called"],
        pseudonym=held["pseudonym"],
        agreement=None
        if agreed is None
        else Agreement(
            scope=agreed["scope"],
            since=date.fromisoformat(agreed["since"]),
            told_by=agreed["told_by"],
        ),
    )


def _written(entry: Entry) -> dict[str, object]:
    held: dict[str, object] = {"called": entry.called, "pseudonym": entry.pseudonym}
    if entry.agreement is not None:
        agreed = entry.agreement
        held["agreement"] = {
            "scope": agreed.scope,
            "since": agreed.since.isoformat(),
            "told_by": agreed.told_by,
        }
    return held
