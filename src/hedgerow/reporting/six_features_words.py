"""The tables of the study's report for places: the setting (table 1.1) and the six features
(table 4.1), each statement with what speaks for it and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.localities.setting import NO_ETHNICITY
from hedgerow.reporting.table import Column, Table

if TYPE_CHECKING:
    from hedgerow.localities.profile import Profile
    from hedgerow.localities.six_features import Cell

HEADING = "The six features"
SETTING_HEADING = "The setting"

CONFIDENCE = {
    "strong": "strong support",
    "some": "some support",
    "weak": "weak support",
    "unclear": "unclear",
    "no evidence": "",
}
"""How sure a cell is, in words; nothing where the cell says so itself."""

NOTE = (
    "Each statement comes from a fixed list and is the one that the figures support best. Support "
    "is strong, some or weak by how many figures lie clearly on its side, and how many on the "
    "other. What is said from open data alone begins with “Structure suggests”."
)


@dataclass(frozen=True)
class Said:
    """A cell written out: the place, what is said of it, and what it rests on.

    Attributes
    ----------
    place, text, confidence : str
    speaks_for, speaks_against : tuple of str
        Figures in words, the surest first.
    not_known : tuple of str
        Labels of figures that would bear on it and are not known.
    also : tuple of str
        Statements that are supported nearly as well.
    would_tell : tuple of str
    """

    place: str
    text: str
    confidence: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    not_known: tuple[str, ...]
    also: tuple[str, ...]
    would_tell: tuple[str, ...]

    @property
    def reasons(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it rests on, under headings; none that would be empty."""
        held = (
            ("Speaks for it", self.speaks_for),
            ("Speaks against it", self.speaks_against),
            ("Supported nearly as well", self.also),
            ("Would bear on it, but is not known", self.not_known),
            ("What would tell", self.would_tell),
        )
        return tuple((heading, listed) for heading, listed in held if listed)

    @property
    def in_short(self) -> str:
        """The statement with its confidence in brackets, and how many figures speak for and
        against it."""
        if not self.confidence:
            return self.text
        if not self.speaks_for:
            return f"{self.text} ({self.confidence})"
        speak = len(self.speaks_for)
        counted = "1 figure speaks" if speak == 1 else f"{speak} figures speak"
        against = len(self.speaks_against) or "none"
        return f"{self.text} ({self.confidence}: {counted} for it, {against} against)"


@dataclass(frozen=True)
class FeatureSaid:
    """A feature with what is said of it for each place."""

    heading: str
    cells: tuple[Said, ...]


@dataclass(frozen=True, eq=False)
class SixFeatures:
    """The whole table: as it is shown, and with what each cell rests on."""

    table: Table
    features: tuple[FeatureSaid, ...]


def six_features_said(profiles: Sequence[Profile], places: Sequence[str]) -> SixFeatures:
    """Write out the six-feature table of one or several places.

    Parameters
    ----------
    profiles : sequence of Profile
    places : sequence of str
        What to call them, in the same order.
    """
    by_place = [(one.six_features, _labels(one)) for one in profiles]
    features = tuple(
        FeatureSaid(
            cells[0].row.heading,
            tuple(
                _said(cell, place, labels)
                for cell, place, (_, labels) in zip(cells, places, by_place, strict=True)
            ),
        )
        for cells in zip(*(cells for cells, _ in by_place), strict=True)
    )
    rows = [[one.heading, *(cell.in_short for cell in one.cells)] for one in features]
    table = _words_table(
        "six-features", "What can be said of each feature", "feature", places, rows
    )
    return SixFeatures(
        Table(table.id, table.caption, table.columns, table.rows, note=NOTE), features
    )


def setting_table(profiles: Sequence[Profile], places: Sequence[str]) -> Table:
    """Give the characteristics of one or several places, a column a place."""
    traits = [one.setting for one in profiles]
    rows = [
        [row[0].heading, *(one.words[:1].upper() + one.words[1:] for one in row)]
        for row in zip(*traits, strict=True)
    ]
    table = _words_table("setting", "At a glance", "characteristic", places, rows)
    return Table(table.id, table.caption, table.columns, table.rows, note=NO_ETHNICITY)


def evidence_table(six: SixFeatures) -> Table:
    """Give every cell with what it rests on as one long table, for a workbook."""
    columns = (
        Column("feature", "feature"),
        Column("place", "place"),
        Column("text", "what can be said"),
        Column("confidence", "support"),
        Column("speaks_for", "what speaks for it"),
        Column("speaks_against", "what speaks against it"),
        Column("also", "supported nearly as well"),
        Column("not_known", "not known"),
        Column("would_tell", "what would tell"),
    )
    rows = [
        {
            "feature": feature.heading,
            "place": cell.place,
            "text": cell.text,
            "confidence": cell.confidence or None,
            **{
                name: "; ".join(getattr(cell, name)) or None
                for name in ("speaks_for", "speaks_against", "also", "not_known", "would_tell")
            },
        }
        for feature in six.features
        for cell in feature.cells
    ]
    schema = dict.fromkeys((column.name for column in columns), pl.String)
    return Table("six-features-evidence", HEADING, columns, pl.DataFrame(rows, schema=schema))


def _labels(profile: Profile) -> dict[str, str]:
    return {one.id: one.indicator.label for one in profile.findings}


def _said(cell: Cell, place: str, labels: dict[str, str]) -> Said:
    lead = cell.lead
    return Said(
        place=place,
        text=cell.text,
        confidence=CONFIDENCE[cell.confidence],
        speaks_for=() if lead is None else tuple(one.words for one in lead.speaks_for),
        speaks_against=() if lead is None else tuple(one.words for one in lead.speaks_against),
        not_known=()
        if lead is None
        else tuple(labels[one] for one in lead.not_known if one in labels),
        also=tuple(one.phrase.text for one in cell.others),
        would_tell=cell.would_tell,
    )


def _words_table(
    identifier: str, caption: str, first: str, places: Sequence[str], rows: list[list[str]]
) -> Table:
    names = [f"place {number}" for number, _ in enumerate(places)]
    columns = (
        Column("row", first),
        *(Column(name, place) for name, place in zip(names, places, strict=True)),
    )
    schema = dict.fromkeys(("row", *names), pl.String)
    return Table(identifier, caption, columns, pl.DataFrame(rows, schema=schema, orient="row"))
