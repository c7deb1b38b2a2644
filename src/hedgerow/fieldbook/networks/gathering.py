"""What is found in a file, gathered row by row: nothing sound is lost, nothing odd goes unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from hedgerow.fieldbook.networks.network import (
    NODE_SPELLINGS,
    TIE_SPELLINGS,
    UNNAMED_KIND,
    Network,
    is_reserved,
)
from hedgerow.fieldbook.networks.numbering import number_ties
from hedgerow.fieldbook.networks.oddities import Oddities
from hedgerow.fieldbook.networks.values import (
    day_of,
    folded,
    number_of,
    plain,
    printable,
    yes_or_no,
)
from hedgerow.landscape.faults import Faults

MOST_TIES_OF_A_KIND = 2**31 - 1
_DIRECTED = frozenset({"directed", "true", "yes", "1"})
_UNDIRECTED = frozenset({"undirected", "mutual", "false", "no", "0"})


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadNetwork:
    """A network read from a file, with what was wrong in the file.

    Attributes
    ----------
    network : Network
    faults : Faults
    set_aside : polars.DataFrame
        Rows that could not be used; columns of
        `hedgerow.fieldbook.networks.oddities.SET_ASIDE_SCHEMA`.
    format : str
        The format that the file has, a name of `hedgerow.fieldbook.networks.formats.FORMATS`.
    file : str
        Its name, without its folder.
    """

    network: Network
    faults: Faults
    set_aside: pl.DataFrame
    format: str
    file: str


class Gathering(Oddities):
    """Nodes and ties of one file, as they are found, with what is odd about them.

    Parameters
    ----------
    file : str
        The file's name, for messages.
    type_is_kind : bool
        Whether a heading “Type” of ties gives their kind even where it says “directed” or “mutual”,
        as in Kumu.
    lists_nodes : bool
        Whether the file has a place for nodes, so that one missing there is worth a word.
    """

    def __init__(self, file: str, *, type_is_kind: bool = False, lists_nodes: bool = True) -> None:
        super().__init__(file)
        self.lists_nodes = lists_nodes
        self._type_is_kind = type_is_kind
        self._nodes: dict[str, dict[str, Any]] = {}
        self._ties: list[dict[str, Any]] = []
        self._rows_of_ties: list[tuple[str | None, int | None]] = []
        self._names: dict[tuple[str, frozenset[str]], dict[str, str]] = {}

    def node(
        self, fields: Mapping[str, object], *, sheet: str | None = None, row: int | None = None
    ) -> str | None:
        """Take up a node from its fields by heading; give its id, or None where set aside."""
        given = self._sorted_out("nodes", NODE_SPELLINGS, fields, sheet, row)
        id_ = given.pop("id", None) or given.get("label")
        if id_ is None:
            self.set_aside(
                "node without a name", fields, "an identifier or a label", sheet=sheet, row=row
            )
            return None
        kept = self._nodes.get(id_)
        if kept is None:
            self._nodes[id_] = {"id": id_, **given}
            return id_
        differing = {
            name: value for name, value in given.items() if kept.get(name) not in (None, value)
        }
        if differing:
            self.set_aside(
                "node given twice, differently",
                fields,
                "one row a node",
                found=f"{id_}: {', '.join(sorted(differing))}",
                sheet=sheet,
                row=row,
                advice="The first row stands; what it leaves empty is filled from the others.",
            )
        for name, value in given.items():
            kept.setdefault(name, value)
        return id_

    def has_node(self, id_: str) -> bool:
        """Say whether a node of that id was found so far."""
        return id_ in self._nodes

    def tie(
        self,
        fields: Mapping[str, object],
        *,
        is_directed: bool = True,
        sheet: str | None = None,
        row: int | None = None,
    ) -> bool:
        """Take up a tie from its fields by heading; False where it had to be set aside.

        ``is_directed`` holds where the fields do not say.
        """
        given = self._sorted_out("ties", TIE_SPELLINGS, fields, sheet, row)
        if given.get("from_id") is None or given.get("to_id") is None:
            self.set_aside("tie without two ends", fields, "both ends", sheet=sheet, row=row)
            return False
        tie: dict[str, Any] = {
            name: value for name, value in given.items() if name not in TIE_SPELLINGS
        }
        for name in ("from_id", "to_id", "carrier"):
            tie[name] = given.get(name)
        tie["is_directed"] = self._direction(given, tie, sheet, row, default=is_directed)
        tie["kind"] = tie.get("kind") or UNNAMED_KIND
        for name in ("start", "end"):
            tie[name] = self._day(given.get(name), name, sheet, row)
        if tie["start"] and tie["end"] and tie["end"] < tie["start"]:
            self.fault(
                "tie ends before it starts",
                f"{tie['start']} to {tie['end']}",
                "an end on or after the start",
                consequence="value left out",
                sheet=sheet,
                row=row,
                column="end",
            )
            tie["end"] = None
        for name in ("start_censored", "end_censored"):
            tie[name] = self._flag(given.get(name), name, sheet, row)
        tie["weight"] = self._number(given.get("weight"), "weight", sheet, row)
        number = self._number(given.get("number"), "number", sheet, row)
        tie["number"] = self._whole(number, sheet, row)
        self._ties.append(tie)
        self._rows_of_ties.append((sheet, row))
        return True

    def _direction(
        self,
        given: dict[str, str],
        tie: dict[str, Any],
        sheet: str | None,
        row: int | None,
        *,
        default: bool,
    ) -> bool:
        kind, type_ = given.get("kind"), given.get("type")
        said = given.get("is_directed")
        word = folded(type_ or "")
        if type_ and not self._type_is_kind and word in _DIRECTED | _UNDIRECTED and not said:
            said = type_
        elif type_ and kind is None:
            kind = type_
        elif type_ and type_ != kind:
            tie[self._attribute("ties", "type", tie)] = type_
        tie["kind"] = kind
        if said is None:
            return default
        if folded(said) in _DIRECTED:
            return True
        if folded(said) in _UNDIRECTED:
            return False
        self.fault(
            "direction not understood",
            said,
            "directed, undirected or mutual",
            consequence="value left out",
            sheet=sheet,
            row=row,
            column="direction",
        )
        return default

    def _day(
        self, text: str | None, column: str, sheet: str | None, row: int | None
    ) -> date | None:
        if text is None:
            return None
        day, is_understood = day_of(text)
        if not is_understood:
            self.fault(
                "day not understood",
                text,
                "a day such as 2022-04-25",
                advice="Write day, month and year; a year alone does not say from which day.",
                consequence="value left out",
                sheet=sheet,
                row=row,
                column=column,
            )
        return day

    def _flag(self, text: str | None, column: str, sheet: str | None, row: int | None) -> bool:
        answer = None if text is None else yes_or_no(text)
        if text is not None and answer is None:
            self.fault(
                "neither yes nor no",
                text,
                "true or false",
                consequence="value left out",
                sheet=sheet,
                row=row,
                column=column,
            )
        return bool(answer)

    def _number(
        self, text: str | None, column: str, sheet: str | None, row: int | None
    ) -> float | None:
        number = None if text is None else number_of(text)
        if text is not None and number is None:
            self.fault(
                "not a number",
                text,
                "a number",
                consequence="value left out",
                sheet=sheet,
                row=row,
                column=column,
            )
        return number

    def _whole(self, number: float | None, sheet: str | None, row: int | None) -> int | None:
        if number is None:
            return None
        if number.is_integer() and 0 <= number <= MOST_TIES_OF_A_KIND:
            return int(number)
        self.fault(
            "not a running number",
            repr(number),
            "0, 1, 2 …",
            consequence="value left out",
            sheet=sheet,
            row=row,
            column="number",
        )
        return None

    def _sorted_out(
        self,
        which: str,
        spellings: Mapping[str, tuple[str, ...]],
        fields: Mapping[str, object],
        sheet: str | None,
        row: int | None,
    ) -> dict[str, str]:
        """Give the fields under our names, the surest spelling of each first; drop empty ones."""
        names = self._our_names(which, spellings, fields)
        given: dict[str, str] = {}
        for heading, value in fields.items():
            text = self.text(value, column=heading, sheet=sheet, row=row)
            if text is not None:
                given.setdefault(names[heading], text)
        return given

    def _our_names(
        self, which: str, spellings: Mapping[str, tuple[str, ...]], fields: Iterable[str]
    ) -> dict[str, str]:
        headings = tuple(fields)
        key = (which, frozenset(headings))
        if key not in self._names:
            by_spelling: dict[str, str] = {}
            for heading in headings:
                by_spelling.setdefault(folded(heading), heading)
            names: dict[str, str] = {}
            for ours, known in spellings.items():
                first = next((name for name in known if name in by_spelling), None)
                if first is not None:
                    names.setdefault(by_spelling[first], ours)
            for heading in headings:
                if heading not in names:
                    names[heading] = self._attribute(which, heading, names.values())
            self._names[key] = names
        return self._names[key]

    def _attribute(self, which: str, heading: str, taken: Iterable[str]) -> str:
        """Give an attribute a name that no column of ours bears and no other attribute has."""
        name = plain(printable(heading)) or "unnamed"
        if is_reserved(which, name):
            name = f"given {name}"
        while is_reserved(which, name) or name in taken:
            name += " (again)"
        return name

    def finish(self, format_: str) -> ReadNetwork:
        """Give what was gathered as a network, every end of a tie being a node."""
        self._add_missing_ends()
        self._number_ties()
        return ReadNetwork(
            network=Network.of(self._nodes.values(), self._ties, told=self.told),
            faults=self.faults(),
            set_aside=self.rows_set_aside(),
            format=format_,
            file=self.file,
        )

    def _add_missing_ends(self) -> None:
        for tie, (sheet, row) in zip(self._ties, self._rows_of_ties, strict=True):
            for end in ("from_id", "to_id"):
                if tie[end] not in self._nodes:
                    if self.lists_nodes:
                        self.fault(
                            "end of a tie is no listed node",
                            tie[end],
                            "a node that the file lists",
                            advice="It was taken up as a node of which nothing more is known.",
                            sheet=sheet,
                            row=row,
                        )
                    self._nodes[tie[end]] = {"id": tie[end]}

    def _number_ties(self) -> None:
        for place in number_ties(self._ties):
            tie, (sheet, row) = self._ties[place], self._rows_of_ties[place]
            self.fault(
                "the same tie twice",
                f"{tie['from_id']} to {tie['to_id']}, {tie['kind']}",
                "a number of its own for each spell of a tie",
                advice="Both are kept; the later one has the next free number.",
                sheet=sheet,
                row=row,
            )
