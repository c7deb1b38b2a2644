"""Whether neighbouring schools are governed by different bodies, against bodies dealt at random."""

from __future__ import annotations

from hedgerow.features.positions import positioned, positions
from hedgerow.features.readings import DRAWS, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.join_counts import join_count_test, neighbour_pairs
from hedgerow.methods.neighbours import nearest_neighbours

NEIGHBOURS = 5
"""Nearest schools that count as neighbours."""


@indicator(
    id="local_lens.neighbour_fragmentation",
    label="Neighbours under different governing bodies",
    question="How often is a school governed by another body than its neighbour?",
    why="Clusters of neighbouring schools came apart as their members joined different trusts: "
    "this says how mixed the neighbourhoods are, and whether trusts keep to neighbourhoods.",
    unit="share",
    direction="less",
    missing_rule="Schools whose position or governing body is not known are left out, with their "
    "pairs, and counted.",
    caveat=f"Neighbours are the {NEIGHBOURS} nearest schools of the phase in the place, so that "
    "those across its border do not count. The authority is one body for all the schools it "
    "maintains. Between places compare the difference from chance, not the share itself.",
    formula=f"Each school is paired with its {NEIGHBOURS} nearest schools of the phase in the "
    "place. The value is pairs governed by different bodies ÷ pairs of which both bodies are "
    "known (`hedgerow.methods.join_counts`). Chance: the bodies are dealt anew to the schools "
    "999 times, each keeping its number; its mean is 1 − sum over bodies of n(n − 1) ÷ (N(N − "
    "1)).",
    needs=("ties.governs", "organisations.easting", "organisations.authority"),
    references=("cliff1981", "phipson2010", "greany2022"),
)
@rests_on("governs")
def neighbour_fragmentation(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of neighbour pairs with different governing bodies, and what chance would
    give."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    placed = positioned(schools)
    known = placed["body"].drop_nulls().len()
    too_few = NotMeasured(
        reason=f"It takes more than {NEIGHBOURS} schools whose position is known, and neighbours "
        "of whom it is known who governs them.",
        would_tell="A wider lens.",
        n=known,
        missing=schools.height - known,
    )
    if placed.height <= NEIGHBOURS:
        return too_few
    pairs = neighbour_pairs(nearest_neighbours(positions(placed), NEIGHBOURS)[0])
    rng = generator(here, "neighbour fragmentation")
    null = join_count_test(placed["body"].to_list(), pairs, rng, DRAWS)
    if null is None:
        return too_few
    return Reading(
        value=null.observed,
        n=known,
        missing=schools.height - known,
        chance=chance_of(
            null,
            "the governing bodies dealt anew to the schools, each keeping its number of schools",
        ),
    )
