"""Describing every unit by the features: findings, with the schools that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.phases import Phase
from hedgerow.localities.declared import load
from hedgerow.localities.typology.school_columns import SchoolColumns, school_columns
from hedgerow.localities.typology.school_table import SchoolTable
from hedgerow.localities.typology.typed_features import (
    BLOCKS,
    CONTEXT,
    FEATURES,
    Block,
    TypologyFeature,
)
from hedgerow.localities.typology.units import Unit

__all__ = [
    "BLOCKS",
    "CONTEXT",
    "FEATURES",
    "Block",
    "FeatureTable",
    "TypologyFeature",
    "feature_table",
]


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """Every unit described by every feature.

    Attributes
    ----------
    units : tuple of Unit
        The rows.
    features : tuple of TypologyFeature
        The columns.
    values : array of shape (units, features)
        As found, before any transformation; not a number where not measured.
    schools : array of int, shape (units,)
        State schools of the phase.
    pupils : array of shape (units,)
        On roll; not a number where not known.
    context : mapping of str to array of shape (units,)
        By identifier of an indicator of `CONTEXT`: what describes types and does not make them.
    findings : tuple of mapping of str to Finding
        For each unit, by indicator: behind each value the whole finding.
    on : datetime.date
    phase : {"primary", "secondary", "all"}
    school_table : SchoolTable
        The schools behind it, to be drawn anew.
    """

    units: tuple[Unit, ...]
    features: tuple[TypologyFeature, ...]
    values: NDArray[np.float64]
    schools: NDArray[np.int64]
    pupils: NDArray[np.float64]
    context: Mapping[str, NDArray[np.float64]]
    findings: tuple[Mapping[str, Finding], ...]
    on: date
    phase: Phase
    school_table: SchoolTable

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features."""
        return tuple(one.name for one in self.features)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The block of each feature."""
        return tuple(one.block for one in self.features)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The share of all schools that each unit has; adds up to 1."""
        return np.asarray(self.schools / self.schools.sum())

    @property
    def is_measured_anywhere(self) -> NDArray[np.bool_]:
        """Which features are measured for one unit or more, shape (features,)."""
        return np.asarray(~np.isnan(self.values).all(axis=0))

    def transformed(self, values: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Give values, those of the table unless given, as differences are taken of them."""
        found = self.values if values is None else values
        return np.column_stack(
            [one.transformed(found[:, place]) for place, one in enumerate(self.features)]
        )

    def finding(self, unit: int, feature: str) -> Finding:
        """Give the finding behind a value, by row and name of feature."""
        one = self.features[self.names.index(feature)]
        return self.findings[unit][one.indicator]


def feature_table(
    landscape: Landscape,
    units: Sequence[Unit],
    on: date,
    phase: Phase = "primary",
    *,
    progress: Callable[[int, int], None] | None = None,
) -> FeatureTable:
    """Measure every feature of every unit.

    Parameters
    ----------
    landscape : Landscape
        For a day before that of the register, one with earlier schools put back
        (`hedgerow.landscape.earlier_schools.with_earlier_schools`): else the past has too few
        maintained schools.
    units : sequence of Unit
        One or more, each with a school of the phase on that day.
    on : datetime.date
    phase : {"primary", "secondary", "all"}
    progress : callable, optional
        Called after each unit with how many are done and how many there are.

    Raises
    ------
    ValueError
        If there is no unit.
    UsageError, UnknownPlaceError
        If a unit is not there on that day.
    """
    if not units:
        raise ValueError("there is no unit to describe")
    load()
    asked = tuple(dict.fromkeys([*(one.indicator for one in FEATURES), *CONTEXT, "context.pupils"]))
    findings: list[dict[str, Finding]] = []
    columns: list[SchoolColumns] = []
    for number, unit in enumerate(units, start=1):
        here = landscape.through(unit.lens, on=on, phase=phase)
        findings.append(_measured(here, asked))
        columns.append(school_columns(here))
        if progress is not None:
            progress(number, len(units))
    values = np.array([[one.of(row[one.indicator]) for one in FEATURES] for row in findings])
    return FeatureTable(
        units=tuple(units),
        features=FEATURES,
        values=values,
        schools=np.array([len(one.ids) for one in columns], dtype=np.int64),
        pupils=_column(findings, "context.pupils"),
        context={name: _column(findings, name) for name in CONTEXT},
        findings=tuple(findings),
        on=on,
        phase=phase,
        school_table=_stacked(columns, values),
    )


def _measured(here: LocalLandscape, asked: Sequence[str]) -> dict[str, Finding]:
    return {name: INDICATORS[name].measure(here) for name in asked}


def _column(findings: Sequence[Mapping[str, Finding]], name: str) -> NDArray[np.float64]:
    return np.array(
        [np.nan if row[name].value is None else row[name].value for row in findings], dtype=float
    )


def _stacked(parts: Sequence[SchoolColumns], values: NDArray[np.float64]) -> SchoolTable:
    """Put the schools of the units one under another, each unit's bodies with numbers of their
    own."""
    bodies, first = [], 0
    for part in parts:
        bodies.append(np.where(part.body >= 0, part.body + first, -1))
        first += int(part.body.max(initial=-1)) + 1
    return SchoolTable(
        ids=tuple(identifier for part in parts for identifier in part.ids),
        unit=np.repeat(np.arange(len(parts)), [len(part.ids) for part in parts]),
        units=len(parts),
        features=FEATURES,
        columns={
            one.name: np.concatenate([part.columns[one.name] for part in parts])
            for one in FEATURES
            if one.rule in ("mean", "median")
        },
        fixed={
            one.name: values[:, place] for place, one in enumerate(FEATURES) if one.rule == "fixed"
        },
        body=np.concatenate(bodies),
        neighbours=np.concatenate([part.neighbours for part in parts]),
        other_neighbours=np.concatenate([part.other_neighbours for part in parts]),
        is_measured=~np.isnan(values),
    )
