"""Where the schools lie: town or country, and how close together."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from hedgerow.features.positions import nearest_other_school_km
from hedgerow.features.readings import ORDER_STATISTICS, WILSON, median_of, share_where
from hedgerow.features.resting import rests_on, sources_of
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.lens import Polygon, Radius
from hedgerow.landscape.outlines import area_km2


@indicator(
    id="context.rural_share",
    label="Schools in rural areas",
    question="How many of the schools lie in rural areas?",
    why="In the country schools are smaller and further from hubs, from one another and from "
    "cover teachers.",
    unit="share",
    missing_rule="Schools whose class is not known are left out and counted.",
    caveat="The official class of the school's own postcode; a village school near a city counts "
    "as rural.",
    formula=f"Schools officially classed as rural ÷ schools whose class is known. {WILSON}",
    needs=("schools.rural",),
    references=("greany2022", "wilson1927"),
    is_compared=True,
)
@rests_on()
def rural_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools officially classed as rural."""
    return share_where(state_schools(here), pl.col("rural"), nothing=no_schools(here))


@indicator(
    id="context.nearest_school_km",
    label="Distance to the nearest other school",
    question="How far is a school from its nearest neighbour?",
    why="Neighbours are whom teachers can meet without much travel.",
    unit="km",
    missing_rule="Schools whose position is not known are left out and counted.",
    caveat="The median, as the crow flies, to the nearest school of the same phase, on either "
    "side of the border.",
    formula="For each school the straight-line distance to the nearest other maintained school "
    f"or academy of the phase, in the place or beyond; the median of these. {ORDER_STATISTICS}",
    needs=("organisations.easting",),
    references=("greany2022", "conover1999"),
)
@rests_on()
def nearest_school_km(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median distance to the nearest other school of the phase, anywhere."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    near = nearest_other_school_km(here)
    if near.size == 0:
        return NotMeasured(
            reason="No school here has a known position, or there is no other school.",
            would_tell="A register with positions, or with postcodes (`--postcodes`).",
            missing=schools.height,
        )
    return median_of(near, missing=schools.height - near.size)


@indicator(
    id="context.school_density",
    label="Schools per square kilometre",
    question="How dense are the schools?",
    why="Where schools lie dense, neighbours, trusts and hubs are close; where they are sparse, "
    "meeting takes a journey.",
    unit="per km2",
    missing_rule="Not measured unless the area of the whole place is known.",
    caveat="Outlines are simplified, which can put the area out by a few per cent; empty land "
    "counts as much as streets.",
    formula="Schools of the phase ÷ area of the place in km². The area is π r² of a circle, that "
    "of a drawn polygon by the shoelace formula, or the sum over the districts of the place, all "
    "of whose schools must be in it.",
    needs=("areas.outline", "organisations.district"),
    references=("greany2022",),
)
@rests_on()
def school_density(here: LocalLandscape) -> Reading | NotMeasured:
    """Divide the schools by the area of the circle, polygon or districts that make up the place."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    area = _area_km2(here)
    if isinstance(area, NotMeasured):
        return area
    sources = set(sources_of(here.whole))
    if not isinstance(here.lens, Radius | Polygon):
        sources |= set(here.whole.table("areas").filter(pl.col("outline").is_not_null())["source"])
    return Reading(
        value=schools.height / area,
        n=schools.height,
        caveat=f"Reckoned on {area:,.0f} km².",
        sources=tuple(sorted(sources)),
    )


def _area_km2(here: LocalLandscape) -> float | NotMeasured:
    if isinstance(here.lens, Radius):
        return math.pi * here.lens.km**2
    if isinstance(here.lens, Polygon):
        corners = np.array(here.lens.corners)
        x, y = corners[:, 0], corners[:, 1]
        return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2e6
    return _area_of_districts(here)


def _area_of_districts(here: LocalLandscape) -> float | NotMeasured:
    """Add up the districts of the place, when it is made of whole districts with known outlines."""
    districts = (
        here.whole.schools.filter(pl.col("district").is_not_null())
        .select("district", pl.col("id").is_in(here.member_ids))
        .group_by("district")
        .agg(pl.col("id").any().alias("touches"), pl.col("id").all().alias("is_whole"))
        .filter("touches")
        .sort("district")
        .join(
            here.whole.table("areas"),
            left_on="district",
            right_on="id",
            how="left",
            maintain_order="left",
        )
    )
    if districts.is_empty() or not districts["is_whole"].all():
        return NotMeasured(
            reason="The place is not made of whole districts, so its area is not known.",
            would_tell="A lens by authority, district, radius or polygon.",
        )
    without = districts.filter(pl.col("outline").is_null()).height
    if without:
        return NotMeasured(
            reason="The register holds no outline of the districts of this place.",
            would_tell="District boundaries (`--boundaries`).",
            missing=without,
        )
    return sum(area_km2(outline) for outline in districts["outline"])
