"""From the sheets of a fieldbook to the tables of a landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from hedgerow.fieldbook.asked.who import BODY_KIND
from hedgerow.fieldbook.cells import Problem
from hedgerow.fieldbook.evidence import SET_ASIDE
from hedgerow.fieldbook.headings import fit_sheets
from hedgerow.fieldbook.identities import (
    IDENTIFIED,
    NUMBERED,
    ORGANISATION_SCHEMES,
    id_from_code,
    number_spells,
    organisation_id,
    row_id,
)
from hedgerow.fieldbook.names_in_text import NameWatch, is_written_as_name
from hedgerow.fieldbook.opening import RawSheet
from hedgerow.fieldbook.persons import People
from hedgerow.fieldbook.plan import TABLES_OF_A_FIELDBOOK
from hedgerow.fieldbook.references import PERSON, Called, References
from hedgerow.fieldbook.rows import SheetRows, content_of, rows_of
from hedgerow.fieldbook.rules import broken_rules
from hedgerow.fieldbook.sheets import ColumnSpec, Target
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables import TABLES

CALLED: dict[str, tuple[Target, str]] = {
    "organisations": ("organisation", "name"),
    "activities": ("activity", "name"),
    "meetings": ("meeting", "forum"),
    "concerns": ("concern", "text"),
}
"""Tables that others point at, and are read before them, with what their rows are called by."""

KEYS: dict[str, list[str]] = {table: TABLES[table].primary_key() for table in TABLES_OF_A_FIELDBOOK}


@dataclass(eq=False)
class _Row:
    values: dict[str, object]
    rows: SheetRows
    at: int


class FieldbookReader:
    """Reads one fieldbook; `read` does all of it.

    Parameters
    ----------
    references : References
        What cells may point at besides what the fieldbook tells itself.
    people : People
        Gives pseudonyms, and takes down agreements to be named.
    contribution : str
        Short stable name of this fieldbook.
    source : str
        What rows carry as their source that bring none.
    faults : Faults
        Told of everything that is wrong.
    """

    def __init__(
        self,
        references: References,
        people: People,
        *,
        contribution: str,
        source: str,
        faults: Faults,
    ) -> None:
        self._references, self._people, self._faults = references, people, faults
        self._contribution, self._source = contribution, source
        self._sheets: list[SheetRows] = []
        self._rows: dict[str, list[_Row]] = {}
        self._taken: dict[str, dict[str, dict[str, object]]] = {}
        self._seen: dict[str, dict[tuple[object, ...], _Row]] = {}

    def read(self, sheets: Sequence[RawSheet]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Read all sheets.

        Returns
        -------
        dict of str to polars.DataFrame
            Tables by name, each valid, in order of its key.
        polars.DataFrame
            Rows set aside, columns as `SET_ASIDE`.
        """
        self._sheets = [rows_of(sheet, self._faults) for sheet in fit_sheets(sheets, self._faults)]
        called = self._called()
        self._references.add_persons([*called, *self._people.names])
        for rows in self._of_table("persons"):
            self._look_up(rows)
            self._people.take_down(rows, self._faults)
        self._people.take_back()
        self._watch_words(called)
        self._references.learn_places(self._organisations_named())
        for rows in self._of_table("organisations"):
            self._take_up(rows)
        for rows in self._of_table("ties"):
            if BODY_KIND in rows.values:
                self._found_bodies(rows)
        for table in ("activities", "meetings", "concerns"):
            for rows in self._of_table(table):
                self._take_up(rows)
        for rows in self._sheets:
            if rows.sheet.spec.table not in (*CALLED, "persons"):
                self._take_up(rows)
        tables = {
            table: self._frame(table, found)
            for table, found in self._rows.items()
            if found or table == "persons"
        }
        persons = self._people.rows()
        if persons:
            tables["persons"] = _typed("persons", persons).sort("id")
        tables = {name: tables[name] for name in TABLES if name in tables}
        return {name: table for name, table in tables.items() if table.height}, self._set_aside()

    def _of_table(self, table: str) -> list[SheetRows]:
        return [rows for rows in self._sheets if rows.sheet.spec.table == table]

    def _called(self) -> set[str]:
        """Give what persons are called wherever nothing but a person can stand."""
        called: set[str] = set()
        for rows in self._sheets:
            for column in rows.sheet.spec.columns:
                held = {" ".join(str(text).split()) for text in rows.values[column.name] if text}
                if column.targets == ("person",):
                    called |= held
                elif column.name == "coder":
                    # a code is asked for; who writes a name all the same is not kept by it
                    called |= {text for text in held if is_written_as_name(text)}
        return {text for text in called if not text.startswith(PERSON)}

    def _organisations_named(self) -> list[str]:
        """Give what stands in cells that name organisations, each once and in order."""
        return list(
            dict.fromkeys(
                text
                for rows in self._sheets
                for column in rows.sheet.spec.columns
                if "organisation" in column.targets
                for text in rows.written.get(column.name, ())
                if text is not None
            )
        )

    def _look_up(self, rows: SheetRows) -> None:
        """Turn the references of a sheet into what they point at."""
        for column in rows.sheet.spec.columns:
            if column.kind != "reference":
                continue
            find = partial(
                self._references.find,
                targets=column.targets,
                is_school=column.name == "school",
            )
            rows.read(column, find, self._faults)
            rows.resolved.add(column.name)
            empty = [
                at
                for at, value in enumerate(rows.values[column.name])
                if column.is_needed and value is None and at not in rows.spoilt
            ]
            if empty:  # a needed cell that says "unknown" is as good as empty
                problem = Problem("empty cell", column.says, "Fill it in, or delete the row.")
                rows.tell(column, problem, empty, self._faults)

    def _take_up(self, rows: SheetRows) -> None:
        """Give a sheet's sound rows to their table."""
        self._look_up(rows)
        spec = rows.sheet.spec
        names = [column.name for column in spec.columns if column.name != BODY_KIND]
        defaults = {column.name: column.default for column in spec.columns}
        persons = {column.name for column in spec.columns if "person" in column.targets}
        taken = self._taken.setdefault(spec.table, {})
        for at in rows.sound():
            row: dict[str, object] = dict(spec.fixed)
            for name in names:
                value = rows.values[name][at]
                if name in persons and (isinstance(value, Called) or str(value).startswith(PERSON)):
                    value = self._people.pseudonym(str(value))
                row[name] = defaults[name] if value is None else value
            row["source"] = row["source"] or self._source
            self._complete(spec.table, row, taken)
            held = _Row(row, rows, at)
            if not self._is_repeated(spec.table, row, held):
                self._rows.setdefault(spec.table, []).append(held)
                self._announce(spec.table, row, rows, at)
        self._announce_spoilt(rows)

    def _complete(
        self, table: str, row: dict[str, object], taken: dict[str, dict[str, object]]
    ) -> None:
        """Fill in what nobody has to write."""
        if table == "organisations":
            kind, name = str(row["kind"]), str(row["name"])
            scheme = ORGANISATION_SCHEMES.get(kind, kind.replace("_", "-"))
            row["id"] = (
                id_from_code(scheme, str(row["id"]), self._contribution)
                if row["id"]
                else organisation_id(kind, name)
            )
            if row["easting"] is not None and row["position_from"] is None:
                row["position_from"] = "given"
        elif table in IDENTIFIED:
            scheme, _ = IDENTIFIED[table]
            row["id"] = (
                id_from_code(scheme, str(row["id"]), self._contribution)
                if row["id"]
                else row_id(table, row, taken)
            )
            taken[str(row["id"])] = row
        if table == "ties":
            if row["start_censored"] is None:
                row["start_censored"] = row["start"] is None
            row["end_censored"] = bool(row["end_censored"])
        if table == "observations" and row["status"] is None:
            row["status"] = "observed" if row["value"] is not None else "not available"

    def _is_repeated(self, table: str, row: dict[str, object], held: _Row) -> bool:
        """Whether a row has the key of one before it; such a row is set aside and told."""
        seen = self._seen.setdefault(table, {})
        if table in NUMBERED and row["number"] is None:
            key: tuple[object, ...] = tuple(
                value for name, value in row.items() if name != "source"
            )
        else:
            key = tuple(row[name] for name in KEYS[table])
        first = seen.setdefault(key, held)
        if first is held:
            return False
        where = f"row {first.rows.numbers[first.at]}"
        if first.rows is not held.rows:
            where += f" of sheet {first.rows.sheet.raw.name}"
        is_same = first.values == row
        problem = Problem(
            "same row twice" if is_same else "two rows for the same thing",
            "each thing once",
            f"{'It says the same as' if is_same else 'It speaks of the same thing as'} {where}. "
            "Delete one of them, or say what tells them apart.",
        )
        needed = next(column for column in held.rows.sheet.spec.columns if column.is_needed)
        held.rows.tell(needed, problem, [held.at], self._faults)
        return True

    def _announce(self, table: str, row: dict[str, object], rows: SheetRows, at: int) -> None:
        """Let later sheets point at a row."""
        target, name = CALLED.get(table, (None, ""))
        if target is None:
            return
        code = rows.written["id"][at] if "id" in rows.written else None
        day = f", {row['date']}" if target == "meeting" else ""
        # as it is kept, and as it was written: a name may have been taken out of it
        for text in dict.fromkeys((str(row[name]), str(rows.written[name][at]))):
            self._references.add(target, str(row["id"]), f"{text}{day}", code)

    def _announce_spoilt(self, rows: SheetRows) -> None:
        """Let later sheets say that what they point at was set aside."""
        target, called = CALLED.get(rows.sheet.spec.table, (None, ""))
        if target is None:
            return
        for at in rows.spoilt:
            for name in ("id", called):
                text = rows.written.get(name, [None] * (at + 1))[at]
                if text is not None:
                    where = f"sheet {rows.sheet.raw.name}, row {rows.numbers[at]}"
                    self._references.add_spoilt(target, text, where)

    def _found_bodies(self, rows: SheetRows) -> None:
        """Take up the clusters and associations that no register and no other sheet knows."""
        column = rows.sheet.spec.column(BODY_KIND)
        told: dict[str, str] = {}
        without: list[int] = []
        for at, name in enumerate(rows.values["to_id"]):
            if name is None or self._references.is_known("organisation", str(name)):
                continue
            if ":" in str(name):
                continue
            kind = rows.values[BODY_KIND][at]
            if kind is not None:
                told.setdefault(str(name), str(kind))
            else:
                without.append(at)
        for name, kind in told.items():
            near = self._references.nearly(name)
            identifier = organisation_id(kind, name)
            row: dict[str, object] = dict.fromkeys(TABLES["organisations"].column_names())
            row |= {"id": identifier, "kind": kind, "name": name, "source": self._source}
            first = rows.values["to_id"].index(name)
            self._rows.setdefault("organisations", []).append(_Row(row, rows, first))
            self._references.add("organisation", identifier, name)
            advice = "Add it to the sheet Organisations if more is known of it."
            if near:
                advice = (
                    f"Did you mean {' or '.join(near)}? If not: {advice[:1].lower()}{advice[1:]}"
                )
            problem = Problem(f"new {kind.replace('_', ' ')}", "a name known", advice, is_note=True)
            rows.tell(rows.sheet.spec.column("to_id"), problem, [first], self._faults)
        unknown = [at for at in without if str(rows.values["to_id"][at]) not in told]
        if unknown:
            problem = Problem(
                "new body without a kind",
                "what kind of body it is: " + ", ".join(column.shown_choices),
                "Choose its kind in one of its rows.",
            )
            rows.tell(column, problem, unknown, self._faults, spoils=True)

    def _watch_words(self, called: set[str]) -> None:
        """Take names of persons out of words, and tell where one may be left."""
        watch = self._people.watch(sorted(called))
        for rows in self._sheets:
            for column in rows.sheet.spec.columns:
                # an organisation's name is public, and others point at it as it stands
                is_public = rows.sheet.spec.table == "organisations"
                if column.kind == "text" and not column.is_kept and not is_public:
                    self._watch_column(rows, column, watch)

    def _watch_column(self, rows: SheetRows, column: ColumnSpec, watch: NameWatch) -> None:
        values = [None if text is None else str(text) for text in rows.values[column.name]]
        cleaned = {text: watch.without_names(text) for text in set(values) if text is not None}
        named = [at for at, text in enumerate(values) if text is not None and cleaned[text] != text]
        if named:
            problem = Problem(
                "name of a person in words",
                "words without anybody's name",
                "It was replaced by the person's pseudonym. Take it out of the cell.",
                is_note=True,
            )
            rows.tell(column, problem, named, self._faults)
            rows.values[column.name] = [None if text is None else cleaned[text] for text in values]
        if not column.is_prose:
            return
        doubtful = [
            at
            for at, text in enumerate(values)
            if text is not None and watch.may_name(cleaned[text])
        ]
        if doubtful:
            problem = Problem(
                "perhaps the name of a person",
                "words without anybody's name",
                "A person's last name stands in it. Take it out if the person is meant.",
                is_note=True,
            )
            rows.tell(column, problem, doubtful, self._faults)

    def _frame(self, table: str, found: list[_Row]) -> pl.DataFrame:
        """Give a table's rows as a frame, without those that break a rule over several cells."""
        if table in NUMBERED:
            number_spells(table, [row.values for row in found])
        frame = _typed(table, [row.values for row in found])
        broken = dict(broken_rules(table, frame))
        for at, rule in broken.items():
            row = found[at]
            spec = row.rows.sheet.spec
            column = next((one for one in spec.columns if one.name == rule.column), spec.columns[0])
            problem = Problem(rule.kind, rule.expected)
            row.rows.tell(column, problem, [row.at], self._faults, spoils=True)
        keep = [at not in broken for at in range(len(found))]
        return frame.filter(pl.Series(keep, dtype=pl.Boolean)).sort(KEYS[table])

    def _set_aside(self) -> pl.DataFrame:
        held = [
            {
                "file": rows.sheet.raw.file,
                "sheet": rows.sheet.raw.name,
                "row": rows.numbers[at],
                "reason": reason,
                "content": content_of(rows, at),
            }
            for rows in self._sheets
            for at, reason in sorted(rows.spoilt.items())
        ]
        return pl.DataFrame(held, schema=SET_ASIDE)


def _typed(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[table].create_empty().schema
    return pl.DataFrame(
        [[row[name] for name in schema] for row in rows], schema=schema, orient="row"
    )
