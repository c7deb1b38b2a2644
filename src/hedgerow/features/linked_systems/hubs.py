"""How near the designated hubs are, and whether they are hosted in the place."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import polars as pl

from hedgerow.features.designated_hubs import HUB_DISTANCE_NEEDED, HUB_NAMES, designated, hubs_here
from hedgerow.features.positions import METRES_PER_KM
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, plural, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape

_WHY = (
    "Where the providers sit is one of the two things that the study found to shape how closely "
    "local systems are linked."
)
_FOOTPRINT_FILE = "A hubs file that says what the hub covers and who hosts it (`--hubs`)."


def _no_footprint(here: LocalLandscape, name: str) -> NotMeasured:
    return NotMeasured(
        reason=f"The register knows of no {name} that covers a school here.",
        would_tell=_FOOTPRINT_FILE,
        missing=state_schools(here).height,
    )


def _distance(here: LocalLandscape, kind: str) -> Reading | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    pairs = designated(here).filter(pl.col("hub_kind") == kind)
    if pairs.is_empty():
        return _no_footprint(here, HUB_NAMES[kind])
    nearest = pairs.filter(pl.col("km").is_not_null()).group_by("school").agg(pl.col("km").min())
    if nearest.is_empty():
        return NotMeasured(
            reason=f"It is known which {HUB_NAMES[kind]} covers the schools here, but not where "
            "it is.",
            would_tell="A hubs file that names the host or its postcode (`--hubs`).",
            missing=schools.height,
        )
    several = int((pairs.group_by("school").len()["len"] > 1).sum())
    return median_of(
        nearest["km"].to_numpy(),
        missing=schools.height - nearest.height,
        caveat=(
            f"{plural(several, 'school')} may belong to more than one; the nearest is taken."
            if several
            else ""
        ),
    )


def _inside(here: LocalLandscape, kind: str) -> Reading | NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    hubs = hubs_here(here).filter(pl.col("hub_kind") == kind)
    if hubs.is_empty():
        return _no_footprint(here, HUB_NAMES[kind])
    return _hosted_inside(hubs)


def _hosted_inside(hubs: pl.DataFrame) -> Reading | NotMeasured:
    known = hubs["is_inside"].drop_nulls()
    missing = hubs.height - known.len()
    if known.is_empty():
        return NotMeasured(
            reason="It is not known where the hubs that cover the schools here are hosted.",
            would_tell="A hubs file that names the host or its postcode (`--hubs`).",
            missing=missing,
        )
    return Reading(value=int(known.sum()), n=known.len(), missing=missing)


def _declare_distance(kind: str, name: str) -> Indicator:
    @indicator(
        id=f"linked_systems.hub_distance_{kind}",
        label=f"Distance to the {name}",
        question=f"How far is a school from its {name}?",
        why=_WHY,
        unit="km",
        direction="less",
        missing_rule="Schools that no such hub is known to cover, or whose hub or own position is "
        "not known, are left out and counted.",
        caveat="The median, as the crow flies, to where the designated hub is hosted: much of "
        "what a hub does happens elsewhere, or online.",
        formula=f"For each school the straight-line distance to the nearest {name} whose "
        "footprint it lies in, measured to where that is or is hosted; the median of these. "
        f"{ORDER_STATISTICS}",
        needs=HUB_DISTANCE_NEEDED,
        references=("greany2022", "conover1999"),
    )
    @rests_on("covers", "hosts")
    def distance(here: LocalLandscape) -> Reading | NotMeasured:
        return _distance(here, kind)

    return distance


def _declare_inside(kind: str, name: str) -> Indicator:
    @indicator(
        id=f"linked_systems.hub_inside_{kind}",
        label=f"{name} hosted here",
        question=f"Is the {name} of the schools hosted in the place itself?",
        why=_WHY,
        unit="count",
        units="designated hubs",
        direction="more",
        missing_rule="Hubs of which it is not known where they are hosted are left out and "
        "counted.",
        caveat="Counts the designated hubs of this kind whose host is local; 0 means that the "
        "place is served from outside.",
        formula=f"The number of {name}s with a school of the place in their footprint that lie, "
        "or are hosted, in the place.",
        needs=("ties.covers", "area_parts", "ties.hosts"),
        references=("greany2022",),
    )
    @rests_on("covers", "hosts")
    def inside(here: LocalLandscape) -> Reading | NotMeasured:
        return _inside(here, kind)

    return inside


DISTANCES = tuple(_declare_distance(kind, name) for kind, name in HUB_NAMES.items())
INSIDE = tuple(_declare_inside(kind, name) for kind, name in HUB_NAMES.items())


def _any_hubs(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    if state_schools(here).is_empty():
        return no_schools(here)
    hubs = hubs_here(here)
    return _no_footprint(here, "hub") if hubs.is_empty() else hubs


@indicator(
    id="linked_systems.hubs_serving",
    label="Hubs that serve the place",
    question="How many hubs are designated to the schools here?",
    why="Each hub system draws England differently; a place that several hubs of a kind share has "
    "more to link.",
    unit="count",
    units="designated hubs",
    missing_rule="Kinds of hub whose footprints the register does not have are not counted.",
    caveat="Counts the hubs that cover at least one school of the phase here, of the kinds whose "
    "footprints are known.",
    formula="The number of hubs, of the seven kinds known, with a school of the place in their "
    "footprint.",
    needs=("ties.covers", "area_parts"),
    references=("equalls2022",),
)
@rests_on("covers", "hosts")
def hubs_serving(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the hubs with a school of the place in their footprint."""
    hubs = _any_hubs(here)
    if isinstance(hubs, NotMeasured):
        return hubs
    kinds = ", ".join(HUB_NAMES[kind] for kind in hubs["hub_kind"].unique(maintain_order=True))
    return Reading(value=hubs.height, n=hubs.height, caveat=f"Kinds known: {kinds}.")


@indicator(
    id="linked_systems.hubs_hosted_inside",
    label="Hubs hosted here",
    question="How many of the hubs that serve the place are hosted in it?",
    why=_WHY,
    unit="count",
    units="designated hubs",
    direction="more",
    missing_rule="Hubs of which it is not known where they are hosted are left out and counted.",
    caveat="Of the kinds of hub whose footprints are known.",
    formula="The number of hubs with a school of the place in their footprint that lie, or are "
    "hosted, in the place.",
    needs=("ties.covers", "area_parts", "ties.hosts"),
    references=("greany2022",),
)
@rests_on("covers", "hosts")
def hubs_hosted_inside(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the designated hubs whose host is local."""
    hubs = _any_hubs(here)
    return hubs if isinstance(hubs, NotMeasured) else _hosted_inside(hubs)


@indicator(
    id="linked_systems.hubs_hosted_inside_share",
    label="Share of hubs hosted here",
    question="What share of the hubs that serve the place is hosted in it?",
    why=_WHY,
    unit="share",
    units="designated hubs",
    direction="more",
    missing_rule="Hubs of which it is not known where they are hosted are left out and counted.",
    caveat="Of the kinds of hub whose footprints are known; suppressed below five hubs.",
    formula="Hubs with a school of the place in their footprint that lie, or are hosted, in the "
    f"place ÷ such hubs of which it is known where they are hosted. {WILSON}",
    needs=("ties.covers", "area_parts", "ties.hosts"),
    references=("greany2022", "wilson1927"),
)
@rests_on("covers", "hosts")
def hubs_hosted_inside_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of the designated hubs whose host is local."""
    hubs = _any_hubs(here)
    counted = hubs if isinstance(hubs, NotMeasured) else _hosted_inside(hubs)
    if isinstance(counted, NotMeasured):
        return counted
    return share(
        int(counted.value), counted.n, missing=counted.missing, nothing=_no_footprint(here, "hub")
    )


@indicator(
    id="linked_systems.hub_colocation_km",
    label="Distance between hubs",
    question="How far apart are the hosts of the hubs that serve the place?",
    why="Hubs whose hosts are near one another, or are one organisation, can coordinate more "
    "easily.",
    unit="km",
    units="designated hubs",
    direction="less",
    missing_rule="Hubs whose position is not known are left out and counted.",
    caveat="The mean over all pairs of designated hubs, as the crow flies; two hubs with one host "
    "are 0 km apart.",
    formula="Mean over all pairs of hubs with a school of the place in their footprint of the "
    "straight-line distance between where the two are or are hosted.",
    needs=("ties.covers", "area_parts", "ties.hosts"),
    references=("greany2022",),
)
@rests_on("covers", "hosts")
def hub_colocation_km(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean distance between the hosts of the designated hubs."""
    hubs = _any_hubs(here)
    if isinstance(hubs, NotMeasured):
        return hubs
    known = hubs.filter(pl.col("easting").is_not_null())
    missing = hubs.height - known.height
    if known.height < 2:
        return NotMeasured(
            reason="Fewer than two hubs with a known position serve the place.",
            would_tell=_FOOTPRINT_FILE,
            n=known.height,
            missing=missing,
        )
    points = known.select("easting", "northing").rows()
    gaps = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(points, 2)]
    return Reading(value=sum(gaps) / len(gaps) / METRES_PER_KM, n=known.height, missing=missing)
