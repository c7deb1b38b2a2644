"""Neighbourhoods within the place in which little learning with others is on record."""

from __future__ import annotations

from hedgerow.features.positions import positioned, positions
from hedgerow.features.professional_learning.reach import INTENSITY_NEEDED
from hedgerow.features.professional_learning.records import lower_bound
from hedgerow.features.readings import WILSON, generator, share
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.false_discovery import adjusted_p_values
from hedgerow.methods.local_clusters import local_clusters
from hedgerow.methods.neighbours import nearest_neighbours
from hedgerow.themes.equity.access import FALSE_DISCOVERIES, NEIGHBOURS
from hedgerow.themes.equity.taking_part import with_dose

FEWEST = 20
"""Schools below which a place has no neighbourhoods to tell apart."""

DRAWS = 9999
"""Neighbourhoods drawn: one test a school needs very small p-values to be told from chance."""


@indicator(
    id="equity.engagement_cold_spots",
    label="Schools in cold spots of outside learning",
    question="Are there parts of the place in which schools learn little with others?",
    why="A school that takes no part among others that do can hear of it next door; where a whole "
    "neighbourhood takes none, nobody can tell.",
    unit="share",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="Schools whose position or pupils are not known are left out and counted. A "
    "school without a record counts as without learning.",
    caveat="A cold spot: fewer staff sessions with others for every 100 pupils than the mean "
    f"here, and the {NEIGHBOURS} nearest schools with fewer than as many drawn at random from the "
    f"place. Of schools found so, no more than {FALSE_DISCOVERIES:.0%} are to be expected by "
    "chance. That none is found does not say that none is there: with so few neighbours only "
    "strong ones show.",
    formula="Schools in a cold spot ÷ schools whose position and dose are known. A school is in "
    f"one when its dose is below the mean and the mean dose of its {NEIGHBOURS} nearest schools "
    f"is lower than that of as many drawn at random from the place, {DRAWS:,} times "
    "(`hedgerow.methods.local_clusters.local_clusters`), at a false discovery rate of "
    f"{FALSE_DISCOVERIES:.0%} (`hedgerow.methods.false_discovery.adjusted_p_values`); a school's "
    "dose is 100 × sum over its outside records in the twelve months up to the day of (staff × "
    f"sessions attended) ÷ its pupils. {WILSON}",
    needs=(*INTENSITY_NEEDED, "organisations.easting"),
    references=("getis1992", "anselin1995", "benjamini1995"),
)
@rests_on(tables=("activities", "participation"))
def engagement_cold_spots(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of schools with low doses among neighbours with low doses."""
    found = with_dose(here)
    if isinstance(found, NotMeasured):
        return found
    known, unknown = found
    placed = positioned(known)
    missing = unknown + known.height - placed.height
    if placed.height < FEWEST:
        return NotMeasured(
            reason=f"It takes {FEWEST} schools whose position is known.",
            would_tell="A wider lens.",
            n=placed.height,
            missing=missing,
        )
    near = nearest_neighbours(positions(placed), NEIGHBOURS)[0]
    rng = generator(here, "cold spots of outside learning")
    clusters = local_clusters(placed["dose"].to_numpy(), near, rng, draws=DRAWS)
    is_cold = clusters.is_below & (adjusted_p_values(clusters.p_low) <= FALSE_DISCOVERIES)
    return share(
        int(is_cold.sum()),
        placed.height,
        missing=missing,
        nothing=no_schools(here),
        caveat=lower_bound(here, is_external=True),
    )
