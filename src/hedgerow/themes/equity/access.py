"""Access to hubs of limited capacity: floating catchments over the whole landscape, and the parts
of it where access is low all around.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.designated_hubs import HUB_NAMES, designated, hub_places
from hedgerow.features.observed import values_of
from hedgerow.features.positions import METRES_PER_KM, positioned, positions
from hedgerow.features.readings import WILSON, generator, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import all_state_schools, no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.phases import Phase, is_of_phase
from hedgerow.methods.catchment import gaussian_weights, two_step_access
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.local_clusters import local_clusters
from hedgerow.methods.neighbours import nearest_neighbours, nearest_of

KINDS = ("teaching_school_hub", "maths_hub")
"""Kinds of hub whose access is given: the one for all of a career, and the study's own."""

REACH_KM = 40.0
"""How far people go to a hub, at most: about an hour's drive. Our threshold, not the study's."""

NEIGHBOURS = 5
"""Nearest schools that make up a school's neighbourhood."""

FALSE_DISCOVERIES = 0.05
"""Expected share of false ones among the schools that are said to lie in a cold spot."""

DRAWS = 1999
"""Neighbourhoods drawn: so many tests at once need more than one test would."""

_NEEDED = "A hubs file with where each hub is hosted: see the how-to on hubs."


@dataclass(frozen=True, eq=False)
class Access:
    """Access to hubs of a kind, of every state school of a phase whose position is known.

    Attributes
    ----------
    schools : tuple of str
        In order of identifier.
    xy : array of shape (n, 2)
    values : array of shape (n,)
        Supply for each school, over what each would have if the supply of all hubs were spread
        evenly over all schools; 0 with no hub in reach.
    is_by_capacity : bool
        Whether supply is in places; else each hub counts alike.
    unplaced : int
        Hubs of the kind whose position is not known.
    """

    schools: tuple[str, ...]
    xy: NDArray[np.float64]
    values: NDArray[np.float64]
    is_by_capacity: bool
    unplaced: int

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each school."""
        return {school: row for row, school in enumerate(self.schools)}


def access(whole: Landscape, kind: str, phase: Phase) -> Access | None:
    """Give the access of all schools of a phase to hubs of a kind; None where no hub or no school
    has a known position."""
    return whole.worked_out(("hub access", kind, phase), lambda: _access(whole, kind, phase))


def _access(whole: Landscape, kind: str, phase: Phase) -> Access | None:
    schools = positioned(all_state_schools(whole).filter(is_of_phase(phase))).sort("id")
    every = hub_places(whole).filter(pl.col("hub_kind") == kind)
    hubs = positioned(every)
    if schools.is_empty() or hubs.is_empty():
        return None
    xy, at = positions(schools), positions(hubs)
    origin, destination, apart = _in_reach(xy, at)
    weight = gaussian_weights(apart, REACH_KM)
    capacity = _capacity(whole, hubs)
    supply = np.ones(hubs.height) if capacity is None else capacity
    demand = np.ones(schools.height)
    found = two_step_access(demand, supply, origin, destination, weight)
    return Access(
        schools=tuple(schools["id"]),
        xy=xy,
        values=found / (supply.sum() / demand.sum()),
        is_by_capacity=capacity is not None,
        unplaced=every.height - hubs.height,
    )


def _in_reach(
    xy: NDArray[np.float64], at: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of a school and a hub within reach: rows of both, and how many kilometres apart."""
    squares = np.subtract.outer(xy[:, 0], at[:, 0])
    squares *= squares
    north = np.subtract.outer(xy[:, 1], at[:, 1])
    north *= north
    squares += north
    # a little more than the reach, so that the roots of few pairs need to be taken
    origin, destination = np.nonzero(squares <= (1.001 * REACH_KM * METRES_PER_KM) ** 2)
    apart = np.sqrt(squares[origin, destination]) / METRES_PER_KM
    is_near = apart <= REACH_KM
    return origin[is_near], destination[is_near], apart[is_near]


def _capacity(whole: Landscape, hubs: pl.DataFrame) -> NDArray[np.float64] | None:
    """Places of each hub on the day nearest to the landscape's; None unless known for all."""
    day = whole.day or whole.as_of
    known = (
        values_of(whole, "hub_capacity")
        .filter(pl.col("value") > 0)
        .sort((pl.col("date") - day).dt.total_days().abs(), "date", "source")
        .group_by(pl.col("organisation").alias("hub"), maintain_order=True)
        .agg(pl.col("value").first())
    )
    found = hubs.select("hub").join(known, on="hub", how="left", maintain_order="left")["value"]
    return None if found.null_count() else found.to_numpy().astype(float)


def _rows_here(here: LocalLandscape, kind: str) -> tuple[Access, NDArray[np.int64]] | NotMeasured:
    """Rows of the place's schools whose access can be told: those with a position, unless the hub
    that they are designated to has none."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    found = access(here.whole, kind, here.phase)
    if found is None:
        return NotMeasured(
            reason=f"It is not known where any {HUB_NAMES[kind]} is hosted.",
            would_tell=_NEEDED,
            missing=schools.height,
        )
    own = designated(here).filter(pl.col("hub_kind") == kind)
    placed = pl.col("easting").is_not_null()
    lost = own.join(hub_places(here.whole).filter(~placed), on="hub", how="semi")["school"]
    known = set(schools["id"]) - set(lost)
    rows = np.array(sorted(found.rows[one] for one in known if one in found.rows), dtype=np.int64)
    if not rows.size:
        return NotMeasured(
            reason="Neither schools here nor the hubs that they are designated to have a known "
            "position.",
            would_tell=_NEEDED,
            missing=schools.height,
        )
    return found, rows


def _caveat(found: Access) -> str:
    parts = [
        "Supply is the places that each hub offers in a year."
        if found.is_by_capacity
        else "How many places hubs offer is not known: each counts alike."
    ]
    if found.unplaced:
        parts.append(
            f"Where {plural(found.unplaced, 'hub is', 'hubs are')} hosted is not known; near them "
            "access is higher than it seems."
        )
    return " ".join(parts)


def _neighbours(xy: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The nearest schools of each, anywhere; those that cannot be among them are not looked at."""
    around = np.arange(len(xy))
    if rows.size > NEIGHBOURS:
        here = xy[rows]
        # a school's neighbours are no further than its neighbours among those here
        reach = nearest_neighbours(here, NEIGHBOURS)[1].max()
        inside = (xy >= here.min(axis=0) - reach) & (xy <= here.max(axis=0) + reach)
        around = np.flatnonzero(inside.all(axis=1))
    found = nearest_of(xy[around], np.searchsorted(around, rows), NEIGHBOURS)[0]
    return np.asarray(around[found])


_MISSING = (
    "Schools without a position, or designated to a hub whose position is not known, are left out "
    "and counted. A school with no hub in reach has an access of nought, and counts."
)


def _declare_access(kind: str) -> Indicator:
    name = HUB_NAMES[kind]

    @indicator(
        id=f"equity.hub_access_{kind}",
        label=f"Access to {name}s, against an even share",
        question=f"How much {name} is within reach of the schools here, if all share what there "
        "is?",
        why="A hub may be near and have too many schools to serve, or far and have few: access "
        "weighs both.",
        unit="ratio",
        direction="more",
        grade="B",
        missing_rule=_MISSING,
        caveat=f"The mean over schools; 1 is what each would have if all {name}s were shared "
        f"evenly by all schools. A hub within {REACH_KM:g} km as the crow flies counts, the nearer "
        "the more (our threshold), whichever hub a school is designated to. All schools in reach "
        "are taken to want as much.",
        formula="Mean over schools of access; a hub's supply is shared among all schools of the "
        f"phase within {REACH_KM:g} km by weight, and a school's access is what it has of all "
        "hubs ÷ what it would have of an even share "
        "(`hedgerow.methods.catchment.two_step_access`); the weight falls from 1 at the hub to 0 "
        f"at {REACH_KM:g} km as (exp(−(d ÷ {REACH_KM:g})² ÷ 2) − exp(−1/2)) ÷ (1 − exp(−1/2)); "
        "supply is the places that hubs offer, where all are known, else 1 each.",
        needs=("ties.hosts", "ties.covers", "organisations.easting", "observations.hub_capacity"),
        references=("luo2003", "luo2009", "dai2010"),
    )
    @rests_on("covers", "hosts", "governs")
    def mean_access(here: LocalLandscape) -> Reading | NotMeasured:
        found = _rows_here(here, kind)
        if isinstance(found, NotMeasured):
            return found
        whole, rows = found
        return Reading(
            value=float(whole.values[rows].mean()),
            n=rows.size,
            missing=state_schools(here).height - rows.size,
            caveat=_caveat(whole),
        )

    return mean_access


def _declare_cold_spots(kind: str) -> Indicator:
    name = HUB_NAMES[kind]

    @indicator(
        id=f"equity.access_cold_spots_{kind}",
        label=f"Schools in cold spots of access to {name}s",
        question=f"How many of the schools lie where access to {name}s is low all around?",
        why="A school with little access among others with much can be helped by its neighbours; "
        "a whole area cannot.",
        unit="share",
        direction="less",
        grade="B",
        missing_rule=_MISSING,
        caveat=f"A cold spot: access below the mean of all schools, and the {NEIGHBOURS} nearest "
        "schools of the phase with lower access than as many drawn at random from everywhere. Of "
        f"schools found so, no more than {FALSE_DISCOVERIES:.0%} are to be expected by chance. "
        "Access follows from distance, so that cold spots are whole areas. They are of open data "
        "alone: who takes part is another thing.",
        formula="Schools in a cold spot ÷ schools whose access can be told. A school is in one "
        "when its access is below the mean of all schools and the mean access of its "
        f"{NEIGHBOURS} nearest schools is lower than that of as many drawn at random, {DRAWS:,} "
        "times (`hedgerow.methods.local_clusters.local_clusters`), at a false discovery rate of "
        f"{FALSE_DISCOVERIES:.0%} (`hedgerow.methods.false_discovery.adjusted_p_values`); a hub's "
        f"supply is shared among all schools of the phase within {REACH_KM:g} km by weight, and a "
        "school's access is what it has of all hubs ÷ what it would have of an even share "
        "(`hedgerow.methods.catchment.two_step_access`); the weight falls from 1 at the hub to 0 "
        f"at {REACH_KM:g} km as (exp(−(d ÷ {REACH_KM:g})² ÷ 2) − exp(−1/2)) ÷ (1 − exp(−1/2)); "
        f"supply is the places that hubs offer, where all are known, else 1 each. {WILSON}",
        needs=("ties.hosts", "ties.covers", "organisations.easting", "observations.hub_capacity"),
        references=("getis1992", "anselin1995", "benjamini1995", "luo2003"),
    )
    @rests_on("covers", "hosts", "governs")
    def cold_spots(here: LocalLandscape) -> Reading | NotMeasured:
        found = _rows_here(here, kind)
        if isinstance(found, NotMeasured):
            return found
        whole, rows = found
        missing = state_schools(here).height - rows.size
        everybody = state_schools(here).height >= len(whole.schools)
        if everybody or len(whole.schools) <= NEIGHBOURS:
            return NotMeasured(
                reason="A cold spot is one beside what lies around it, and here is everything.",
                would_tell="A smaller place.",
                n=rows.size,
            )
        near = _neighbours(whole.xy, rows)
        rng = generator(here, f"cold spots {kind}")
        clusters = local_clusters(whole.values, near, rng, rows=rows, draws=DRAWS)
        is_cold = clusters.is_below & (adjusted_p_values(clusters.p_low) <= FALSE_DISCOVERIES)
        return share(
            int(is_cold.sum()),
            rows.size,
            missing=missing,
            nothing=no_schools(here),
            caveat=_caveat(whole),
        )

    return cold_spots


ACCESS = tuple(_declare_access(kind) for kind in KINDS)
COLD_SPOTS = tuple(_declare_cold_spots(kind) for kind in KINDS)
