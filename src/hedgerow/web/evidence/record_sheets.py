"""Records as people see them: the sheets that they stand in, their cells in words, their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hedgerow.fieldbook.asked.who import BODY_KIND
from hedgerow.fieldbook.cell_values import written
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.pseudonyms import SCHEME
from hedgerow.fieldbook.sheets import ColumnSpec, SheetSpec
from hedgerow.web.evidence.mending import Cell
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.tables import frame_of, told
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

FIRST = ("persons", "roles", "ties", "organisations")
"""Tables whose sheets come first on the page: what changes between two files."""
_CALLED = {"activities": "name", "concerns": "text", "organisations": "name", "persons": "label"}
LONGEST_LINE = 80


def sheets_in_order() -> list[SheetSpec]:
    """Give the kinds of records, those about people and links first."""
    first = [spec for table in FIRST for spec in SHEETS if spec.table == table]
    return [*first, *(spec for spec in SHEETS if spec not in first)]


def sheet_of(slug: str) -> SheetSpec | None:
    """Give a kind of record by its name in addresses."""
    return next((spec for spec in SHEETS if spec.slug == slug), None)


def sheet_of_record(record: Record) -> SheetSpec:
    """Give the sheet that a record stands in: memberships apart from other ties."""
    specs = [spec for spec in SHEETS if spec.table == record.table]
    fixed = [spec for spec in specs if spec.fixed and _has(record, spec.fixed)]
    return fixed[0] if fixed else next(spec for spec in specs if not spec.fixed)


def _has(record: Record, fixed: Mapping[str, object]) -> bool:
    return all(record.values.get(name) == value for name, value in fixed.items())


def own_records(
    partnership: Partnership, organisation: str, spec: SheetSpec | None = None, *, table: str = ""
) -> Any:
    """Give the records of an organisation that are seen, oldest first, as a query.

    Parameters
    ----------
    partnership : Partnership
    organisation : str
        Identifier; empty for the partnership itself.
    spec : SheetSpec, optional
        The sheet that they stand in: memberships stand apart from other ties.
    table : str, optional
        The table that they stand in.
    """
    held = Record.objects.filter(
        contribution__partnership=partnership,
        contribution__organisation=organisation,
        contribution__state=Contribution.State.IN_FORCE,
        ended__isnull=True,
    ).order_by("pk")
    if spec is None:
        return held.filter(table=table) if table else held
    held = held.filter(table=spec.table)
    for name, value in spec.fixed.items():
        held = held.filter(**{f"values__{name}": value})
    for other in SHEETS:
        if other.table == spec.table and other is not spec:
            for name, value in other.fixed.items():
                held = held.exclude(**{f"values__{name}": value})
    return held


class Words:
    """What things are called, for cells that point at them.

    Parameters
    ----------
    partnership : Partnership
    """

    def __init__(self, partnership: Partnership) -> None:
        self._register = register_on().names()
        self._told: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        tables = told(partnership, only=(*_CALLED, "meetings"))
        for table, column in _CALLED.items():
            if table in tables:
                self._told |= dict(tables[table].select("id", column).iter_rows())
        if "meetings" in tables:
            for identifier, forum, day in tables["meetings"].select("id", "forum", "date").rows():
                self._told[identifier] = f"{forum}, {day}"
        if "persons" in tables:
            persons = tables["persons"].select("label", "id").unique("label", keep="none")
            self.persons = {fold(label): identifier for label, identifier in persons.rows()}

    def called(self, identifier: str) -> str:
        """Give the name of something, or its identifier where it has none."""
        return self._told.get(identifier) or self._register.get(identifier) or identifier

    def pointed(self, identifier: str) -> str:
        """Give a reference as a cell shows it: so that reading it finds the same thing again."""
        name = self.called(identifier)
        if name == identifier or identifier.startswith(SCHEME):
            return name
        return f"{name} ({identifier})"

    def meant(self, text: str) -> str:
        """Give the pseudonym for the label of a person, and any other text as it stands."""
        return self.persons.get(fold(text), text)


def cells_of(record: Record, spec: SheetSpec, words: Words) -> dict[str, str]:
    """Give what stands in each column of a record, as a person would write it; empty for nothing.

    A column that people do not fill in is as the table has it.
    """
    return {name: cells[0] for name, cells in all_cells([record.values], spec, words).items()}


def all_cells(values: list[dict[str, Any]], spec: SheetSpec, words: Words) -> dict[str, list[str]]:
    """Give what stands in each column of several records, by the names of the columns."""
    rows = frame_of(spec.table, values)
    cells: dict[str, list[str]] = {}
    for column in spec.columns:
        if column.name == BODY_KIND:
            continue
        held = written(column, rows[column.name].to_list())
        is_pointing = column.kind == "reference" and not column.is_kept
        shown = {one: _shown(one, words, is_pointing=is_pointing) for one in set(held)}
        cells[column.name] = [shown[one] for one in held]
    return cells


def _shown(value: object, words: Words, *, is_pointing: bool) -> str:
    if value is None:
        return ""
    if is_pointing:
        return words.pointed(str(value))
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A record in a list.

    Attributes
    ----------
    record : Record
    cells : list of str
        Of the columns shown.
    """

    record: Record
    cells: list[str]


def columns_listed(spec: SheetSpec) -> list[ColumnSpec]:
    """Give the columns that a list shows: the needed ones, what comes first, and days."""
    shown = [one for one in spec.shown if one.name not in ("id", BODY_KIND) or _is_person(one)]
    wanted = [one for one in shown if one.is_needed or one.kind in ("day", "last day")]
    first = [one for one in shown if one not in wanted][: max(0, 5 - len(wanted))]
    return [one for one in shown if one in wanted or one in first][:6]


def rows_of(records: Sequence[Record], spec: SheetSpec, words: Words) -> list[Row]:
    """Give records as a list shows them."""
    if not records:
        return []
    cells = all_cells([one.values for one in records], spec, words)
    columns = [cells[one.name] for one in columns_listed(spec)]
    return [
        Row(record=record, cells=[_without_code(column[at]) for column in columns])
        for at, record in enumerate(records)
    ]


def holding(records: Any, spec: SheetSpec, words: Words, search: str) -> list[int]:
    """Give the numbers of those of a query's records that hold all words of a search."""
    asked = fold(search).split()
    held = list(records.values_list("pk", "values"))
    if not held:
        return []
    cells = all_cells([values for _, values in held], spec, words)
    folded = {
        text: fold(text) if text else ""
        for text in {one for column in cells.values() for one in column}
    }
    texts = (" ".join(folded[one] for one in row) for row in zip(*cells.values(), strict=True))
    return [
        pk for (pk, _), text in zip(held, texts, strict=True) if all(word in text for word in asked)
    ]


def _without_code(text: str) -> str:
    return text.rpartition(" (")[0] if text.endswith(")") and ":" in text else text


def _is_person(column: ColumnSpec) -> bool:
    return column.targets == ("person",)


def fields_of(
    spec: SheetSpec,
    held: Mapping[str, str],
    *,
    is_new: bool,
    suggestions: Mapping[str, Any] | None = None,
) -> list[Cell]:
    """Give the fields of a record's form.

    Parameters
    ----------
    spec : SheetSpec
    held : mapping of str to str
        What each shows.
    is_new : bool
        Whether it is a new record: only then has it a code of one's own.
    suggestions : mapping of str to tuple, optional
        What a field may mean, by column.
    """
    return [
        _field(column, held.get(column.name, ""), (suggestions or {}).get(column.name, ()))
        for column in spec.shown
        if is_new or column.kind != "code"
    ]


def _field(column: ColumnSpec, text: str, suggestions: tuple[tuple[str, str], ...]) -> Cell:
    choices: tuple[str, ...] = ()
    field: Any = "line"
    if column.kind in ("choice", "yes or no"):
        field, choices = "choice", column.shown_choices or ("yes", "no")
    elif column.kind in ("day", "last day"):
        field = "day"
    elif column.is_prose or len(text) > LONGEST_LINE:
        field = "lines"
    hint = column.says + (f" ({column.unit})" if column.unit else "")
    if column.example and field not in ("choice", "day"):
        hint = f"{hint.rstrip('.')}. Such as: {column.example}"
    return Cell(
        key=column.name,
        place=("", ""),
        heading=column.heading + ("" if column.is_needed else " (may stay empty)"),
        text="",
        field=field,
        value=text,
        choices=choices,
        suggestions=suggestions,
        hint=hint,
    )
