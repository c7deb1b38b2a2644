"""What is said of several places side by side, before it is set as page or document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from hedgerow import __version__
from hedgerow.landscape.shown_names import shown_name
from hedgerow.reporting.entries import Entry, entry, source_titles
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.side_by_side import (
    chance_of_all,
    governance_of_all,
    maps_of_all,
)
from hedgerow.reporting.report import PHASE_WORDS, lens_notes
from hedgerow.reporting.six_features_words import (
    SixFeatures,
    setting_table,
    six_features_said,
)
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import (
    age_text,
    day_text,
    feature_heading,
    interval_text,
    is_old,
    value_text,
)

if TYPE_CHECKING:
    from hedgerow.landscape.finding import Finding
    from hedgerow.landscape.provenance import Source
    from hedgerow.localities.comparison import Comparison, Row


@dataclass(frozen=True, eq=False)
class Side:
    """A feature of several places: its table, its pictures, and how each figure is measured."""

    id: str
    heading: str
    table: Table
    pictures: tuple[Picture, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class ComparisonReport:
    """What a page or a document says of several places; attributes as in `Report` where they share
    a name."""

    title: str
    places: tuple[str, ...]
    on: str
    register: str
    made_on: str
    age: str
    is_old: bool
    notes: tuple[str, ...]
    overviews: tuple[tuple[str, tuple[str, ...]], ...]
    setting: Table
    six_features: SixFeatures
    sides: tuple[Side, ...]
    maps: tuple[Picture, ...]
    sources: tuple[Source, ...]
    version: str

    def pictures(self) -> list[Picture]:
        """Give all pictures in the order in which they are shown."""
        return [*(one for side in self.sides for one in side.pictures), *self.maps]


def comparison_report(comparison: Comparison, *, today: date) -> ComparisonReport:
    """Set out what is said of places side by side.

    Parameters
    ----------
    comparison : Comparison
    today : datetime.date
        The day on which the report is made; ages are reckoned from it.
    """
    first = comparison.profiles[0]
    places = tuple(shown_name(place) for place in comparison.places)
    whole = first.here.whole
    as_of = whole.as_of or first.on
    governance = governance_of_all(comparison)
    titles = source_titles(whole.sources)
    sides = []
    nowhere = []
    for feature, group in groupby(comparison.rows, lambda row: row.indicator.feature):
        rows = list(group)
        if not any(row.is_measured for row in rows):
            nowhere.append(feature_heading(feature))
            continue
        pictures = [governance] if governance and feature == "linked_systems" else []
        pictures += [
            one
            for one in chance_of_all(comparison)
            if one.id.startswith("chance-" + feature.replace("_", "-") + "-")
        ]
        sides.append(
            Side(
                id=feature.replace("_", "-"),
                heading=feature_heading(feature),
                table=side_table(feature, rows, places),
                pictures=tuple(pictures),
                entries=tuple(
                    entry(row.findings[0], england=row.england, titles=titles, today=today)
                    for row in rows
                    if row.is_measured or row.indicator.tier == "O"
                ),
            )
        )
    of_each = [lens_notes(profile.here) for profile in comparison.profiles]
    of_all = [note for note in of_each[0] if all(note in one for one in of_each)]
    notes = of_all + [
        f"{place}: {note}"
        for place, said in zip(places, of_each, strict=True)
        for note in said
        if note not in of_all
    ]
    if nowhere:
        notes.append(
            f"Left out, since nothing is known of it for any of these places: {'; '.join(nowhere)}."
            " It takes local evidence."
        )
    return ComparisonReport(
        title=f"{_joined(places)}: {PHASE_WORDS[first.phase]}",
        places=places,
        on=_days(comparison),
        register=first.register,
        made_on=day_text(today),
        age=age_text(as_of, today),
        is_old=is_old(as_of, today),
        notes=tuple(notes),
        overviews=tuple(
            (place, tuple(statement.text for statement in profile.overview))
            for place, profile in zip(places, comparison.profiles, strict=True)
        ),
        setting=setting_table(comparison.profiles, places),
        six_features=six_features_said(comparison.profiles, places),
        sides=tuple(sides),
        maps=tuple(maps_of_all(comparison.profiles, comparison.places)),
        sources=whole.sources,
        version=__version__,
    )


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}"


def _days(comparison: Comparison) -> str:
    days = sorted({profile.on for profile in comparison.profiles})
    return _joined([day_text(day) for day in days]) if len(days) > 1 else day_text(days[0])


def side_table(feature: str, rows: Sequence[Row], places: Sequence[str]) -> Table:
    """Give the figures of a feature: one a row, a column a place, values with their intervals in
    words."""
    unknown = [row.indicator for row in rows if not row.is_measured]
    nowhere = [one.label for one in unknown if one.tier == "O"]
    local = len(unknown) - len(nowhere)
    if local:
        nowhere.append(f"{local} that {'takes' if local == 1 else 'take'} local evidence")
    has_england = any(row.england is not None for row in rows)
    names = [f"place {number}" for number, _ in enumerate(places)]
    columns = (
        Column("label", "figure"),
        *(Column(name, place, "words") for name, place in zip(names, places, strict=True)),
        *((Column("england", "England", "words"),) if has_england else ()),
    )
    held = [
        [
            row.indicator.label,
            *(cell(one) for one in row.findings),
            value_text(row.england) if row.england is not None else None,
        ]
        for row in rows
        if row.is_measured
    ]
    schema = dict.fromkeys(["label", *names, "england"], pl.String)
    return Table(
        f"side-{feature.replace('_', '-')}",
        f"{feature_heading(feature)}: figures side by side",
        columns,
        pl.DataFrame(held, schema=schema, orient="row"),
        note="In brackets the interval: the wider, the less a value says. A dash: not compared."
        + (f" Not known, or too few to say, everywhere: {'; '.join(nowhere)}." if nowhere else ""),
    )


def cell(finding: Finding) -> str:
    """Give a finding in one cell: its value, and its interval in brackets."""
    interval = interval_text(finding)
    # an interval is not broken over two lines
    kept = interval.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{value_text(finding)} ({kept})" if interval else value_text(finding)
