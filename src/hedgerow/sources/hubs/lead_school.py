"""Which school leads a hub, found by its name among the schools in or near the area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from hedgerow.sources.hubs.names import folded

NEAR_M = 40_000.0
"""How far outside the hub's districts a lead school is looked for, in metres."""

MATCHES = {"hub": pl.String, "school": pl.String, "trouble": pl.String}


def match_lead_schools(
    hubs: pl.DataFrame, districts_of: Mapping[str, Sequence[str]], schools: pl.DataFrame
) -> pl.DataFrame:
    """Find the lead schools of hubs by name.

    A school counts when its name is the same but for capitals, punctuation and usual short forms,
    and it lies in one of the hub's districts; failing that, within 40 km of a school there. What
    follows a last comma is left out where the whole name fits no school: it is a place. Exactly one
    school must be left. Nothing is guessed from names that are merely alike.

    Parameters
    ----------
    hubs : polars.DataFrame
        Columns ``hub`` and ``lead_school_name``.
    districts_of : mapping of str to sequence of str
        The districts that each hub covers.
    schools : polars.DataFrame
        Open schools: ``id``, ``name``, ``district``, ``easting``, ``northing``.

    Returns
    -------
    polars.DataFrame
        Columns ``hub``, ``school`` (``urn:100000``; null where none or several fit), ``trouble``
        (why not; null where found). Hubs without the name of a lead school are not in it.
    """
    by_name: dict[str, list[int]] = {}
    for number, name in enumerate(schools["name"]):
        by_name.setdefault(folded(name), []).append(number)
    ids, districts = schools["id"].to_list(), schools["district"].to_list()
    places = schools.select("easting", "northing").to_numpy().astype(float)
    rows = []
    named = hubs.filter(pl.col("lead_school_name").is_not_null())
    for hub, name in named.select("hub", "lead_school_name").iter_rows():
        own = set(districts_of.get(hub, ()))
        candidates = by_name.get(folded(name)) or by_name.get(folded(name.rpartition(",")[0]), [])
        inside = [number for number in candidates if districts[number] in own]
        local = np.array([district in own for district in districts], dtype=bool)
        fit = inside or [
            number for number in candidates if _distance(places[number], places[local]) <= NEAR_M
        ]
        trouble = None
        if len(fit) != 1:
            trouble = (
                f"{len(fit)} schools of that name are in or near its area"
                if fit
                else "no open school of that name is in or near its area"
            )
        rows.append((hub, None if trouble else ids[fit[0]], trouble))
    return pl.DataFrame(rows, schema=MATCHES, orient="row")


def _distance(place: np.ndarray, others: np.ndarray) -> float:
    """Metres to the nearest of several places; infinite where a position is not known."""
    apart = np.hypot(*(others - place).T)
    apart = apart[np.isfinite(apart)]
    return float(apart.min()) if apart.size else float("inf")
