"""Records as people see them: the sheets that they stand in, their cells in words, their fields."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any

from hedgerow.fieldbook.asked.who import BODY_KIND
from hedgerow.fieldbook.cell_values import written
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.pseudonyms import SCHEME
from hedgerow.fieldbook.sheets import ColumnSpec, SheetSpec
from hedgerow.reporting.wording import day_text
from hedgerow.web.evidence.mending import Cell
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.tables import frame_of, rows_by_table, told
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

FIRST = ("persons", "roles", "ties", "organisations")
"""Tables whose sheets come first on the page: what changes between two files."""
_CALLED = {"activities": "name", "concerns": "text", "organisations": "name", "persons": "label"}
LONGEST_LINE = 80
MOST_KEPT = 8
"""Partnerships whose words are kept until their evidence changes."""


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
    """What things are called, for cells that point at them; take it from `words_of`.

    Parameters
    ----------
    partnership : Partnership
    """

    def __init__(self, partnership: Partnership) -> None:
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
        return self._told.get(identifier) or register_on().names().get(identifier) or identifier

    def pointed(self, identifier: str) -> str:
        """Give a reference as a cell shows it: so that reading it finds the same thing again."""
        name = self.called(identifier)
        if name == identifier or identifier.startswith(SCHEME):
            return name
        return f"{name} ({identifier})"

    def meant(self, text: str) -> str:
        """Give the pseudonym for the label of a person, and any other text as it stands."""
        return self.persons.get(fold(text), text)


def words_of(partnership: Partnership) -> Words:
    """Give what things are called in a partnership's evidence as it is now."""
    key = (partnership.pk, partnership.founded, partnership.evidence_version)
    with _KEEPING:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    made = Words(partnership)
    with _KEEPING:
        _KEPT[key] = made
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return made


_KEPT: OrderedDict[tuple[Any, ...], Words] = OrderedDict()
_KEEPING = Lock()


def cells_of(record: Record, spec: SheetSpec, words: Words) -> dict[str, str]:
    """Give what stands in each column of a record, as a person would write it; empty for nothing.

    A column that people do not fill in is as the table has it.
    """
    rows = frame_of(spec.table, [record.values])
    return {
        column.name: cells_shown(column, rows[column.name].to_list(), words)[0]
        for column in spec.columns
        if column.name != BODY_KIND
    }


def cells_shown(column: ColumnSpec, values: Sequence[object], words: Words) -> list[str]:
    """Give what stands in a column of several records, as a person would write it."""
    is_pointing = column.kind == "reference" and not column.is_kept
    return [_shown(one, words, is_pointing=is_pointing) for one in written(column, values)]


def _shown(value: object, words: Words, *, is_pointing: bool) -> str:
    if value is None:
        return ""
    if is_pointing:
        return words.pointed(str(value))
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def columns_listed(spec: SheetSpec) -> list[ColumnSpec]:
    """Give the columns that a list shows: the needed ones, what comes first, and days."""
    shown = [one for one in spec.shown if one.name not in ("id", BODY_KIND) or _is_person(one)]
    wanted = [one for one in shown if one.is_needed or one.kind in ("day", "last day")]
    first = [one for one in shown if one not in wanted][: max(0, 5 - len(wanted))]
    return [one for one in shown if one in wanted or one in first][:6]


def rows_of(
    numbers: Sequence[int], spec: SheetSpec, words: Words
) -> list[tuple[int, tuple[str, ...]]]:
    """Give records as a list shows them: the number of each, and the cells of the columns shown."""
    held = rows_by_table(Record.objects.filter(pk__in=numbers).order_by("pk"), "pk")
    if spec.table not in held:
        return []
    rows = held[spec.table]
    columns = [cells_listed(one, rows[one.name].to_list(), words) for one in columns_listed(spec)]
    return list(zip(rows["pk"].to_list(), zip(*columns, strict=True), strict=True))


def cells_listed(column: ColumnSpec, values: Sequence[object], words: Words) -> list[str]:
    """Give what stands in a column of a list of records: days in words, references without code."""
    if column.kind in ("day", "last day"):
        return [day_text(one) if isinstance(one, date) else "" for one in written(column, values)]
    return [_without_code(one) for one in cells_shown(column, values, words)]


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
        heading=column.heading + ("" if column.is_needed else " (optional)"),
        text="",
        field=field,
        value=text,
        choices=choices,
        suggestions=suggestions,
        hint=hint,
    )
