"""What is typed: every authority, or localities of the size that the study worked in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.designated_hubs import hub_places
from hedgerow.features.positions import positioned, positions
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import Phase
from hedgerow.landscape.succession import identifiers_as_on
from hedgerow.methods.contiguity import gabriel_edges
from hedgerow.methods.neighbours import nearest_target
from hedgerow.methods.regionalisation import Regions, regions

FEWEST_SCHOOLS = 5
"""An authority with fewer schools of the phase is not typed: no share of so few is shown."""

STUDY_SCALE = (60, 100)
"""Fewest and most primary schools of a locality of the size that the study worked in: it aimed at
60 to 90, and speaks of around 100."""

NAMED_FROM = 0.25
"""Share of a locality's schools from which a district or authority is in its name."""


@dataclass(frozen=True)
class Unit:
    """A place to be typed.

    Attributes
    ----------
    id : str
        Stable for a register and date: the authority's identifier (``la:330``), or that of the
        locality made of it (``la:330:2``).
    name : str
        In words.
    lens : Lens
        What the place shows of a landscape, schools of every phase and hubs included.
    schools : tuple of str or None
        Identifiers of the schools of the phase, in order, where the unit was made of schools; None
        where the lens alone says what it is.
    parent : str or None
        The authority that it is part of; None for an authority, and where it lies across several.
    is_within_bounds : bool
        Whether it has as many schools as was asked for. False for an authority too small to be
        parted, which stands as one unit; always true where nothing was asked for.
    """

    id: str
    name: str
    lens: Lens
    schools: tuple[str, ...] | None = None
    parent: str | None = None
    is_within_bounds: bool = True


@dataclass(frozen=True)
class LeftOut:
    """Something that is not typed, and why.

    Attributes
    ----------
    id, name : str
    schools : int
        Schools of the phase.
    reason : str
        In a sentence.
    """

    id: str
    name: str
    schools: int
    reason: str


def authorities(landscape: Landscape, on: date, phase: Phase = "primary") -> tuple[Unit, ...]:
    """Give every authority with enough schools to be typed, in order of identifier.

    Those with fewer than five schools of the phase are left out: `authorities_left_out` names them.
    """
    counted = _schools_by_authority(landscape, on, phase)
    return tuple(
        Unit(id=identifier, name=name, lens=Lens.authority(identifier))
        for identifier, name, schools in counted
        if schools >= FEWEST_SCHOOLS
    )


def authorities_left_out(
    landscape: Landscape, on: date, phase: Phase = "primary"
) -> tuple[LeftOut, ...]:
    """Give the authorities that `authorities` leaves out, in order of identifier."""
    return tuple(
        LeftOut(
            id=identifier,
            name=name,
            schools=schools,
            reason=f"It has fewer than {FEWEST_SCHOOLS} schools of the phase.",
        )
        for identifier, name, schools in _schools_by_authority(landscape, on, phase)
        if schools < FEWEST_SCHOOLS
    )


def _schools_by_authority(
    landscape: Landscape, on: date, phase: Phase
) -> list[tuple[str, str, int]]:
    """Identifier, name and number of state schools of the phase of every authority."""
    here = landscape.through(Lens.everywhere(), on=on, phase=phase)
    counts = state_schools(here).group_by("authority").agg(pl.len().cast(pl.Int64).alias("schools"))
    return (
        here.whole.organisations.filter(pl.col("kind") == "authority")
        .select("id", "name")
        .join(counts, left_on="id", right_on="authority", how="left")
        .with_columns(pl.col("schools").fill_null(0))
        .sort("id")
        .rows()
    )


def localities(
    landscape: Landscape,
    on: date,
    *,
    floor: int = STUDY_SCALE[0],
    ceiling: int = STUDY_SCALE[1],
    across: bool = False,
    seed: int = 0,
    phase: Phase = "primary",
) -> tuple[Unit, ...]:
    """Give localities of the size that the study worked in, each of schools that lie together.

    Schools are parted by where they lie alone, never by who governs them, so that no type is made
    by the drawing of borders (`hedgerow.methods.regionalisation`).

    Parameters
    ----------
    landscape : Landscape
    on : datetime.date
    floor, ceiling : int
        Fewest and most schools of the phase.
    across : bool
        Part England as one, whatever the authorities' borders; unless asked for, each authority is
        parted by itself, and one too small for it stands whole.
    seed : int
        The same seed gives the same localities; other seeds give others nearly as compact.
    phase : {"primary", "secondary", "all"}

    Returns
    -------
    tuple of Unit
        In order of authority, from north to south in each. Schools of other phases and hubs belong
        to the locality of the nearest school of the phase. Each lens lists a school under all its
        numbers, so that the locality can be looked at on other days.

    Raises
    ------
    UsageError
        If the bounds are the wrong way round, or no school of the phase has a known position.

    Notes
    -----
    Schools without a known position lie in none of the parts: `localities_left_out` names them. A
    school that opened or closed for good on another day is in none then either.
    """
    if not FEWEST_SCHOOLS <= floor <= ceiling:
        raise UsageError(
            f"A locality cannot have from {floor} to {ceiling} schools.",
            advice=f"Give a number of {FEWEST_SCHOOLS} or more, and one at least as large.",
        )
    here = landscape.through(Lens.everywhere(), on=on, phase=phase)
    placed = positioned(state_schools(here))
    if placed.is_empty():
        raise UsageError(
            "No school of the phase has a known position, so none can be said to lie together.",
            advice="Give a register with positions, or with postcodes (`--postcodes`).",
        )
    others = _others(here)
    if across:
        return _parted(here, None, placed, others, (floor, ceiling), seed)
    found: list[Unit] = []
    for unit in authorities(landscape, on, phase):
        mine = placed.filter(pl.col("authority") == unit.id)
        if mine.is_empty():
            continue
        belonging = others.filter(pl.col("authority") == unit.id)
        found += _parted(here, unit, mine, belonging, (floor, ceiling), seed)
    return tuple(found)


def localities_left_out(
    landscape: Landscape, on: date, phase: Phase = "primary"
) -> tuple[LeftOut, ...]:
    """Give the authorities that `localities` leaves out, and the schools without a known
    position."""
    here = landscape.through(Lens.everywhere(), on=on, phase=phase)
    nowhere = state_schools(here).filter(pl.col("easting").is_null())
    return (
        *authorities_left_out(landscape, on, phase),
        *(
            LeftOut(id=identifier, name=name, schools=1, reason="Its position is not known.")
            for identifier, name in nowhere.select("id", "name").iter_rows()
        ),
    )


def _others(here: LocalLandscape) -> pl.DataFrame:
    """Schools of every kind and hubs with a known position: ``id``, ``easting``, ``northing``,
    ``authority``."""
    columns = ("id", "easting", "northing", "authority")
    schools = here.whole.organisations.filter(pl.col("kind") == "school")
    hosts = here.whole.organisations.select("id", "authority")
    hubs = hub_places(here.whole).join(hosts, left_on="host", right_on="id", how="left")
    return positioned(
        pl.concat([schools.select(columns), hubs.rename({"hub": "id"}).select(columns)])
    )


def _parted(
    here: LocalLandscape,
    authority: Unit | None,
    schools: pl.DataFrame,
    others: pl.DataFrame,
    bounds: tuple[int, int],
    seed: int,
) -> tuple[Unit, ...]:
    """Part the schools of one authority, or of England."""
    xy = positions(schools)
    rng = np.random.default_rng([seed, crc32((authority.id if authority else "").encode())])
    made = regions(xy, gabriel_edges(xy), *bounds, rng)
    if authority is not None and made.sizes.size == 1:
        whole = Unit(
            id=authority.id,
            name=authority.name,
            lens=authority.lens,
            schools=tuple(schools["id"]),
            is_within_bounds=bool(made.is_within[0]),
        )
        return (whole,)
    nearest = nearest_target(positions(others), xy)[0] if others.height else np.empty(0, np.int64)
    of = {
        **dict(zip(others["id"], made.labels[nearest].tolist(), strict=True)),
        **dict(zip(schools["id"], made.labels.tolist(), strict=True)),
    }
    listed: list[list[str]] = [[] for _ in made.sizes]
    for identifier, region in of.items():
        listed[region].append(identifier)
    for other, borne in identifiers_as_on(here.whole).items():
        if borne in of and other not in of:
            listed[of[borne]].append(other)
    return tuple(
        _unit(
            here,
            authority,
            schools.filter(made.labels == region),
            listed[region],
            made,
            region,
            place,
        )
        for place, region in enumerate(_from_north(xy, made), start=1)
    )


def _from_north(xy: NDArray[np.float64], made: Regions) -> list[int]:
    northing = np.bincount(made.labels, xy[:, 1]) / made.sizes
    return [int(one) for one in np.argsort(-northing, kind="stable")]


def _unit(
    here: LocalLandscape,
    authority: Unit | None,
    schools: pl.DataFrame,
    listed: list[str],
    made: Regions,
    region: int,
    place: int,
) -> Unit:
    base = authority.id if authority else "across"
    if authority is None:
        name = f"{_mostly(here, schools['authority'])}, locality {place}"
    else:
        districts = _mostly(here, schools["district"])
        inside = f" ({districts})" if districts and districts != authority.name else ""
        name = f"{authority.name}, part {place} of {made.sizes.size}{inside}"
    return Unit(
        id=f"{base}:{place}",
        name=name,
        lens=Lens.listed(listed, name),
        schools=tuple(schools["id"]),
        parent=authority.id if authority else None,
        is_within_bounds=bool(made.is_within[region]),
    )


def _mostly(here: LocalLandscape, areas: pl.Series) -> str:
    """Name the areas in which most of the schools lie, the largest share first."""
    known = areas.drop_nulls()
    names = here.whole.names()
    counts = Counter(known.to_list())
    large = [area for area, count in counts.most_common() if count >= NAMED_FROM * areas.len()]
    return " and ".join(names.get(area, area) for area in large)
