"""What a typology says of each place: its type, how surely, its neighbours in type, what sets it
apart from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.localities.typology.distance import scaled
from hedgerow.localities.typology.draws import AT_EASE, Sureness
from hedgerow.localities.typology.kinds import SETS_APART
from hedgerow.localities.typology.types import NEIGHBOURS, Typology
from hedgerow.localities.typology.words import phrase

LIKELY = 0.5
"""Share of the draws from which a place is said to be likely of its type; below, it is between."""
MOST_DIFFERENCES = 3

PLACES: dict[str, pl.DataType] = {
    "place": pl.String(),
    "name": pl.String(),
    "parent": pl.String(),
    "schools": pl.Int64(),
    "pupils": pl.Float64(),
    "type": pl.String(),
    "type_words": pl.String(),
    "share_of_draws": pl.Float64(),
    "how_sure": pl.String(),
    "next_type": pl.String(),
    "next_share": pl.Float64(),
    "in_none": pl.Float64(),
    "neighbours": pl.List(pl.String()),
    "neighbour_places": pl.List(pl.String()),
    "differs_by": pl.List(pl.String()),
    "is_extreme": pl.Boolean(),
    "first_direction": pl.Float64(),
    "second_direction": pl.Float64(),
}
"""Columns of `place_rows`. Neighbours stand in the order of their names, not of their nearness."""


def how_sure(share: float) -> str:
    """Say in words how surely a place is of its type."""
    if share >= AT_EASE:
        return "surely"
    return "likely" if share >= LIKELY else "between types"


def place_rows(typology: Typology, sure: Sureness) -> pl.DataFrame:
    """Give what is said of each place that was typed, in the order of the table.

    Parameters
    ----------
    typology : Typology
    sure : Sureness

    Returns
    -------
    polars.DataFrame
        Columns of `PLACES`. Neighbours are the five with which the place is together in most draws,
        of its own type where there are types.
    """
    table, entered = typology.table, typology.entered
    z = scaled(entered.values)
    rows: list[dict[str, Any]] = []
    for inner, row in enumerate(entered.rows):
        unit = table.units[row]
        beside = _neighbours(typology, sure, inner)
        held: dict[str, Any] = {
            "place": unit.id,
            "name": unit.name,
            "parent": unit.parent,
            "schools": int(table.schools[row]),
            "pupils": None if np.isnan(table.pupils[row]) else float(table.pupils[row]),
            **_own_type(typology, sure, int(row)),
            "neighbours": sorted(table.units[entered.rows[one]].name for one in beside),
            "neighbour_places": sorted(table.units[entered.rows[one]].id for one in beside),
            "differs_by": _differences(typology, z, inner, beside),
            "is_extreme": bool(np.isin(row, typology.extremes)),
        }
        for place, name in enumerate(("first_direction", "second_direction")):
            scores = typology.continuum.scores
            held[name] = float(scores[inner, place]) if place < scores.shape[1] else None
        rows.append(held)
    return pl.DataFrame(rows, schema=PLACES)


def _own_type(typology: Typology, sure: Sureness, row: int) -> dict[str, Any]:
    label = int(typology.labels[row])
    if label < 0:
        empty = ("type", "type_words", "share_of_draws", "how_sure", "next_type", "next_share")
        return dict.fromkeys((*empty, "in_none"))
    shares = sure.shares[row]
    others = shares[:-1].copy()
    others[label] = -1.0
    second = int(others.argmax())
    return {
        "type": typology.types[label].letter,
        "type_words": typology.types[label].in_words,
        "share_of_draws": float(shares[label]),
        "how_sure": how_sure(float(shares[label])),
        "next_type": typology.types[second].letter if others[second] > 0 else None,
        "next_share": float(others[second]) if others[second] > 0 else None,
        "in_none": float(shares[-1]),
    }


def _neighbours(typology: Typology, sure: Sureness, inner: int) -> NDArray[np.int64]:
    """The places most often together with one, the nearer first where that is the same."""
    rows = typology.entered.rows
    able = np.arange(rows.size) != inner
    if typology.types:
        able &= typology.labels[rows] == typology.labels[rows[inner]]
    places = np.flatnonzero(able)
    together = np.nan_to_num(sure.together[inner, places])
    order = np.lexsort((typology.distance[inner, places], -together))
    return places[order][:NEIGHBOURS]


def _differences(
    typology: Typology, z: NDArray[np.float64], inner: int, beside: NDArray[np.int64]
) -> list[str]:
    """In what a place lies apart from its neighbours in type, furthest first."""
    if not beside.size:
        return []
    known = ~np.isnan(z[beside]).all(axis=0) & ~np.isnan(z[inner])
    away = np.zeros(z.shape[1])
    away[known] = z[inner, known] - np.nanmedian(z[np.ix_(beside, np.flatnonzero(known))], axis=0)
    said: list[str] = []
    for j in np.argsort(-np.abs(away), kind="stable"):
        if abs(away[j]) < SETS_APART or len(said) == MOST_DIFFERENCES:
            break
        feature = typology.table.features[typology.entered.columns[j]]
        words = phrase(feature.name, feature.label, bool(away[j] > 0))
        if words not in said:
            said.append(words)
    return said
