"""Rules over several cells of a row, as a person reads them when one is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from hedgerow.landscape.tables import TABLES


@dataclass(frozen=True)
class Broken:
    """A rule that a row breaks.

    Attributes
    ----------
    column : str
        The table's column that is marked for it.
    kind, expected : str
    """

    column: str
    kind: str
    expected: str


IN_WORDS: dict[str, Broken] = {
    "ends_after_start": Broken(
        "end", "ends before it begins", "a last day that is not before the first"
    ),
    "closes_after_opening": Broken(
        "closed", "ends before it begins", "a last day that is not before the first"
    ),
    "done_after_agreed": Broken(
        "done", "done before it was agreed", "a day that is not before the day of the agreement"
    ),
    "schemes_are_tools": Broken("is_scheme", "a scheme that is no tool", "“tool” for a scheme"),
    "position_is_whole": Broken("easting", "half a position", "an easting with its northing"),
    "value_agrees_with_status": Broken(
        "value", "value and status disagree", "a value only where it was observed"
    ),
    "agreement_is_recorded": Broken(
        "named_scope", "agreement not recorded", "for what the person agreed, and since when"
    ),
}
"""Rules of the schemas, by name."""


def broken_rules(table: str, frame: pl.DataFrame) -> Iterator[tuple[int, Broken]]:
    """Yield each row, by its place, that breaks a rule of its table's schema, with the first rule.

    Parameters
    ----------
    table : str
    frame : polars.DataFrame
        Typed as the schema says, its primary key unique.
    """
    schema = TABLES[table]
    failure = schema.filter(frame).failure
    if not failure.invalid().height:
        return
    key = schema.primary_key()
    details = failure.details()
    places = frame.select(*key, pl.int_range(pl.len()).alias("place of row"))
    rules = [name for name in details.columns if name not in schema.column_names()]
    for row in details.join(places, on=key).iter_rows(named=True):
        yield row["place of row"], _first_broken(row, rules)


def _first_broken(row: dict[str, Any], rules: list[str]) -> Broken:
    name = next((rule for rule in rules if row[rule] == "invalid"), "")
    column = name.partition("|")[0]
    return IN_WORDS.get(name) or Broken(column, "value not allowed", "a value as the column says")
