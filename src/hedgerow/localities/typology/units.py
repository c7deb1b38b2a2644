"""What is typed: every authority, or localities of the size that the study worked in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import Phase

FEWEST_SCHOOLS = 5
"""An authority with fewer schools of the phase is not typed: no share of so few is shown."""


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
