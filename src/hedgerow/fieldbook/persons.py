"""Persons of a fieldbook: pseudonyms for all, names only for those who agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hedgerow.fieldbook.cells import Problem
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import NameWatch
from hedgerow.fieldbook.pseudonyms import SCHEME, Agreement, KeyRing, label_of
from hedgerow.fieldbook.rows import SheetRows
from hedgerow.landscape.faults import Faults

NO_AGREEMENT = Problem(
    "agreement not recorded",
    "for what the person agreed to be named, and since when",
    "Without both the person stays under a pseudonym.",
)


class People:
    """Gives pseudonyms and keeps agreements while one fieldbook is read.

    Parameters
    ----------
    ring : KeyRing
        Changed by what is read, and saved by whoever opened it.
    contribution : str
        Short stable name of the fieldbook.
    source : str
        What the rows of persons carry as their source.
    """

    def __init__(self, ring: KeyRing, *, contribution: str, source: str) -> None:
        self._ring, self._contribution, self._source = ring, contribution, source
        self._rows: dict[str, dict[str, object]] = {}
        self._agreed: set[str] = set()

    @property
    def names(self) -> list[str]:
        """What the persons of the key are called."""
        return [entry.called for entry in self._ring]

    def pseudonym(self, called: str) -> str:
        """Give the pseudonym of a person by name, code or pseudonym, and take the person up."""
        pseudonym = called if called.startswith(SCHEME) else self._ring.pseudonym_of(called)
        if pseudonym not in self._rows:
            self._rows[pseudonym] = self._row(pseudonym)
        return pseudonym

    def _row(self, pseudonym: str) -> dict[str, object]:
        return {
            "id": pseudonym,
            "label": label_of(pseudonym),
            "is_named": False,
            "named_scope": None,
            "named_since": None,
            "source": self._source,
        }

    def take_down(self, rows: SheetRows, faults: Faults) -> None:
        """Take up the persons of a sheet, with who agreed to be named and who no longer does.

        An agreement needs its scope and its day. An empty cell leaves what another fieldbook
        recorded; “no” takes it back.
        """
        scope = rows.sheet.spec.column("named_scope")
        seen: dict[str, int] = {}
        for at in rows.sound():
            called = str(rows.values["id"][at])
            pseudonym = self.pseudonym(called)
            if pseudonym in seen:
                first = rows.numbers[seen[pseudonym]]
                rows.tell(
                    rows.sheet.spec.column("id"),
                    Problem("same person twice", "one row a person", f"See row {first}."),
                    [at],
                    faults,
                )
                continue
            seen[pseudonym] = at
            own = {name: rows.values[name][at] for name in ("named_scope", "named_since", "source")}
            self._rows[pseudonym]["source"] = own["source"] or self._source
            is_recorded = own["named_scope"] is not None and own["named_since"] is not None
            if rows.values["is_named"][at] and not is_recorded:
                rows.tell(scope, NO_AGREEMENT, [at], faults)
            elif rows.values["is_named"][at]:
                self._agree(called, pseudonym, rows, at)
            elif rows.values["is_named"][at] is False:
                self._ring.withdraw(called)

    def _agree(self, called: str, pseudonym: str, rows: SheetRows, at: int) -> None:
        scope, since = rows.values["named_scope"][at], rows.values["named_since"][at]
        label = rows.values["label"][at]
        if isinstance(scope, str) and isinstance(since, date) and not called.startswith(SCHEME):
            agreement = Agreement(scope=scope, since=since, told_by=self._contribution)
            self._ring.agree(called, agreement)
            self._agreed.add(fold(called))
            label = called
        self._rows[pseudonym] |= {
            "label": label or label_of(pseudonym),
            "is_named": True,
            "named_scope": scope,
            "named_since": since,
        }

    def take_back(self) -> None:
        """Take back the agreements that this fieldbook once recorded and no longer does."""
        for entry in list(self._ring):
            agreed = entry.agreement
            is_ours = agreed is not None and agreed.told_by == self._contribution
            if is_ours and fold(entry.called) not in self._agreed:
                self._ring.withdraw(entry.called)

    def rows(self) -> list[dict[str, object]]:
        """Give the rows of all persons taken up; the key has the last word on who is named."""
        return [named_by(self._ring, row) for row in self._rows.values()]

    def watch(self, called: Iterable[str]) -> NameWatch:
        """Give what looks for names in words: of the key and of this fieldbook, unless agreed."""
        shown = {}
        for name in dict.fromkeys([*self.names, *called]):
            if name.startswith(SCHEME):
                continue
            entry = self._ring.find(name)
            if entry is None or entry.agreement is None:
                shown[name] = label_of(self._ring.pseudonym_of(name))
        return NameWatch(shown)


def named_by(ring: KeyRing, row: dict[str, object]) -> dict[str, object]:
    """Give a person's row as the key has it: named, or no longer. One it does not know stays."""
    entry = ring.find(str(row["id"]))
    if entry is None:
        return row
    agreed = entry.agreement
    return row | {
        "label": entry.called if agreed else label_of(entry.pseudonym),
        "is_named": agreed is not None,
        "named_scope": agreed.scope if agreed else None,
        "named_since": agreed.since if agreed else None,
    }
