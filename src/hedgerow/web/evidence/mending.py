"""Cells with faults, each with the field in which it can be mended on the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import transaction

from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.headings import FittedSheet, fit_sheets
from hedgerow.fieldbook.opening import RawBook
from hedgerow.fieldbook.sheets import ColumnSpec
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.own import WAITING

Field = Literal["line", "lines", "day", "choice"]

MENDED = "mended"
"""Where the mapping of a contribution keeps what cells hold now; see `reading.Mended`."""
LONGEST = 2_000
"""Letters of a cell that can be mended on the site."""
MOST = 5_000
"""Cells that can be mended on the site; beyond that the file itself is the better place."""
LONGEST_LINE = 80
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: 00:00:00)?")
_SUGGESTED = re.compile(
    r"(?:Did you mean |It may be | or |; )(?P<name>[^?;]+?) "
    r"\((?P<id>[a-z][a-z_\-]*:[^\s()]+)\)"
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell that can be mended.

    Attributes
    ----------
    key : str
        Sheet, row and position, all from 0, as the page sends them.
    place : tuple of (str, str)
        Name of the sheet, and “row,position”.
    heading : str
    text : str
        What stands there, with what was mended before.
    field : str
        Which field suits it.
    value : str
        What the field shows: the text, or a day as a date field takes it.
    choices : tuple of str
    suggestions : tuple of (str, str)
        What a name may mean: identifier, and name in words.
    may_be_empty : bool
    hint : str
    """

    key: str
    place: tuple[str, str]
    heading: str
    text: str
    field: Field
    value: str
    choices: tuple[str, ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()
    may_be_empty: bool = True
    hint: str = ""

    @property
    def is_new_to_list(self) -> bool:
        """Whether a choice shows something that is none of its list."""
        return bool(self.value) and self.value not in self.choices

    def given(self, sent: Mapping[str, Any]) -> str:
        """Give what somebody sent for the cell; its own text where nothing was."""
        picked = str(sent.get(f"pick-{self.key}", ""))
        if picked and picked in {identifier for identifier, _ in self.suggestions}:
            return picked
        written = _plain(str(sent.get(f"cell-{self.key}", self.value)))
        if self.field == "day" and not written:
            # a date field cannot show what is no day: left empty, it says nothing
            return "" if sent.get(f"empty-{self.key}") and self.may_be_empty else self.text
        return self.text if written == _plain(self.value) else written


@dataclass(frozen=True, kw_only=True)
class Item:
    """Faults of one cell, or one that stands in no cell.

    Attributes
    ----------
    where : str
        Sheet, row and column in words.
    faults : tuple of Fault
    cell : Cell or None
    """

    where: str
    faults: tuple[Fault, ...]
    cell: Cell | None = None


def items_of(faults: Iterable[Fault], raw: RawBook | None = None) -> list[Item]:
    """Give faults cell by cell, in the order in which each cell is first met.

    Parameters
    ----------
    faults : iterable of Fault
    raw : RawBook, optional
        The file as it stands; without it no cell can be mended.
    """
    fitted: dict[str, FittedSheet] = {}
    order: dict[str, int] = {}
    if raw is not None:
        fitted = {sheet.raw.name: sheet for sheet in fit_sheets(raw.sheets, Faults())}
        order = {sheet.name: at for at, sheet in enumerate(raw.sheets)}
    items: dict[object, Item] = {}
    for fault in faults:
        sheet = fitted.get(fault.sheet or "")
        cell = None if sheet is None else _cell(fault, sheet, order[sheet.raw.name])
        key: object = len(items) if cell is None else cell.key
        known = items.get(key)
        if known is None:
            items[key] = Item(where=_where(fault), faults=(fault,), cell=cell)
            continue
        both = None if known.cell is None or cell is None else _joined(known.cell, cell)
        items[key] = replace(known, faults=(*known.faults, fault), cell=both)
    return list(items.values())


def item_from(kept: Mapping[str, Any]) -> Item:
    """Give an item again from what `dataclasses.asdict` and JSON made of it."""
    cell = kept["cell"]
    if cell is not None:
        pairs = {"place": tuple(cell["place"]), "choices": tuple(cell["choices"])}
        suggestions = tuple((identifier, name) for identifier, name in cell["suggestions"])
        cell = Cell(**{**cell, **pairs, "suggestions": suggestions})
    faults = tuple(Fault(**one) for one in kept["faults"])
    return Item(where=kept["where"], faults=faults, cell=cell)


def _where(fault: Fault) -> str:
    parts = [
        fault.sheet or fault.file,
        "" if fault.row is None else f"row {fault.row}",
        fault.column or "",
    ]
    return ", ".join(part for part in parts if part)


def _joined(first: Cell, second: Cell) -> Cell:
    suggestions = dict(first.suggestions) | dict(second.suggestions)
    return replace(first, suggestions=tuple(suggestions.items()))


def _cell(fault: Fault, sheet: FittedSheet, order: int) -> Cell | None:
    """Give the cell that a fault stands in; None where it names none, or one that is not there."""
    if fault.row is None or fault.column is None or not 0 < fault.row <= sheet.raw.cells.height:
        return None
    row = fault.row - 1
    if row == sheet.header:
        return _heading_cell(fault.column, sheet, order)
    name = next(
        (
            one
            for one, heading in sheet.headings.items()
            if row > sheet.header and fold(heading) == fold(fault.column)
        ),
        None,
    )
    if name is None:
        return None
    column, position = sheet.spec.column(name), sheet.places[name]
    text = sheet.raw.cells[str(position)][row] or ""
    if len(text) > LONGEST or column.is_kept:
        return None
    field, value, choices = _field_of(column, text)
    return Cell(
        key=f"{order}-{row}-{position}",
        place=(sheet.raw.name, f"{row},{position}"),
        heading=fault.column,
        text=text,
        field=field,
        value=value,
        choices=choices,
        suggestions=suggested_in(fault.advice),
        may_be_empty=not column.is_needed,
        hint=column.says,
    )


def _heading_cell(heading: str, sheet: FittedSheet, order: int) -> Cell | None:
    """Give a heading that was not read, or taken for another, to be chosen from those there are."""
    for position in sheet.raw.cells.columns:
        text = sheet.raw.cells[position][sheet.header] or ""
        if text.strip() == heading and len(text) <= LONGEST:
            return Cell(
                key=f"{order}-{sheet.header}-{position}",
                place=(sheet.raw.name, f"{sheet.header},{position}"),
                heading=heading,
                text=text,
                field="choice",
                value=text,
                choices=tuple(column.heading for column in sheet.spec.shown),
                hint="Which column it is",
            )
    return None


def _field_of(column: ColumnSpec, text: str) -> tuple[Field, str, tuple[str, ...]]:
    if column.kind in ("day", "last day"):
        found = _DAY.fullmatch(text.strip())
        return "day", found[1] if found else "", ()
    if column.kind in ("choice", "yes or no"):
        choices = column.shown_choices or ("yes", "no")
        held = next((one for one in choices if fold(one) == fold(text)), text)
        return "choice", held, choices
    is_long = column.is_prose or len(text) > LONGEST_LINE or "\n" in text
    return "lines" if is_long else "line", text, ()


def suggested_in(advice: str) -> tuple[tuple[str, str], ...]:
    """Give what an advice suggests: identifiers with their names, each once."""
    found = {one["id"]: one["name"].strip(" ,") for one in _SUGGESTED.finditer(advice)}
    return tuple(found.items())


def _plain(text: str) -> str:
    return "\n".join(text.splitlines()).strip()


@transaction.atomic
def mend(contribution: Contribution, cells: Iterable[Cell], sent: Mapping[str, Any]) -> int:
    """Keep what somebody wrote into fields of cells, and give how many cells it changes.

    Parameters
    ----------
    contribution : Contribution
        One that waits: nothing else is changed.
    cells : iterable of Cell
        That the page showed.
    sent : mapping of str to str
        What the page sent.

    Raises
    ------
    UsageError
        If it is imported already, a text is too long, or there are too many.
    """
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if held.state not in WAITING:
        raise UsageError("This file is imported already, or just being so; nothing was changed.")
    mended: dict[str, dict[str, str]] = held.mapping.get(MENDED, {})
    changed = 0
    for cell in cells:
        text = cell.given(sent)
        if text == cell.text:
            continue
        if len(text) > LONGEST:
            raise UsageError(
                f"{cell.place[0]}, {cell.heading}: more than {LONGEST:,} letters were given.",
                advice="Write less; nothing was changed.",
            )
        sheet, place = cell.place
        mended.setdefault(sheet, {})[place] = text
        changed += 1
    if sum(map(len, mended.values())) > MOST:
        raise UsageError(
            f"More than {MOST:,} cells would be mended here.",
            advice="Mend them in the file itself, and send it again.",
        )
    held.mapping = {**held.mapping, MENDED: mended}
    held.save(update_fields=["mapping"])
    return changed
