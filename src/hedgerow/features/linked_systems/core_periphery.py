"""Is there a core among the organisations of the place, with the others around it?"""

from __future__ import annotations

import numpy as np

from hedgerow.features.linked_systems.collaboration import BETWEEN, linked_pairs
from hedgerow.features.linked_systems.interlock import shared_people
from hedgerow.features.readings import chance_of, generator, plural
from hedgerow.features.resting import sources_of
from hedgerow.features.system_organisations import SYSTEM_NEEDED, system_organisations, too_few
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.methods.configuration import rewired_networks
from hedgerow.methods.core_periphery import core_periphery
from hedgerow.methods.network import adjacency_matrix
from hedgerow.methods.permutation import null_distribution

DRAWS, STARTS = 99, 10
"""Random networks behind what chance would give, and searches in each."""

FEWEST_LINKED = 4
"""With fewer linked organisations anything looks like a core."""

NAMED = 4
"""How many organisations of the core a caveat names."""


@indicator(
    id="linked_systems.core_fit",
    label="A core among the organisations",
    question="Is there a core of organisations that are linked with one another and with the rest?",
    why="One of the study's places was held together by a core of hubs, trusts and the authority "
    "that worked with one another.",
    unit="index",
    units="organisations",
    tier="E",
    grade="C",
    missing_rule="Links that nobody wrote down, and boards of which nothing is known, count as not "
    "there.",
    caveat="The correlation of the links (a shared person, joint work or a signpost) with the "
    "pattern in which everyone is linked with the core and nobody else: 1 a perfect core. A single "
    "organisation linked with all is a core too: read it against chance, which keeps how many "
    "links each has. Trusts based here are among the organisations.",
    formula="The highest correlation, over all choices of a core that the search tries, between "
    "links (1 or 0, over ordered pairs of organisations) and a pattern that is 1 wherever at "
    "least one of the two is in the core (`hedgerow.methods.core_periphery.core_periphery`). Two "
    f"organisations are linked by a person in common, joint work or a signpost. Chance: {DRAWS} "
    "rewirings of the links in which each organisation keeps its number "
    "(`hedgerow.methods.configuration.rewired_networks`).",
    needs=(
        "ties.joint_bid",
        "ties.collaborates",
        "ties.signposts",
        "roles",
        *SYSTEM_NEEDED,
        "ties.governs",
    ),
    references=("borgatti2000", "milo2003"),
)
def core_fit(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the fit of the discrete core-periphery model to the organisations' links."""
    organisations = system_organisations(here)
    amiss = too_few(here, organisations)
    if amiss is not None:
        return amiss
    pairs = linked_pairs(here, BETWEEN, organisations)
    people = shared_people(here)
    if isinstance(pairs, NotMeasured) and isinstance(people, NotMeasured):
        return pairs
    row = {one: number for number, one in enumerate(organisations["id"])}
    linked = set() if isinstance(pairs, NotMeasured) else {(row[a], row[b]) for a, b in pairs}
    if not isinstance(people, NotMeasured):
        shared = people.table.T.astype(int) @ people.table.astype(int) > 0
        for first, second in np.argwhere(np.triu(shared, k=1)):
            linked.add((row[people.organisations[first]], row[people.organisations[second]]))
    network = adjacency_matrix(sorted(linked), len(row), directed=False)
    count = int(network.any(axis=1).sum())
    rng = generator(here, "core")
    found = core_periphery(network, rng) if count >= FEWEST_LINKED else None
    if found is None:
        return NotMeasured(
            reason=f"Only {count} of the organisations here are linked on record, too few for a "
            "core."
            if count < FEWEST_LINKED
            else "All the organisations here are linked with one another.",
            would_tell="A wider lens, or more of who works with whom.",
            n=organisations.height,
        )
    random = rewired_networks(network, rng, DRAWS)
    fits = [core_periphery(one, rng, starts=STARTS) for one in random]
    null = null_distribution(found.correlation, [one.correlation for one in fits if one])
    names = [shown_name(organisations["name"][int(at)]) for at in np.flatnonzero(found.core)]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    in_core = (
        f"In the core: {', '.join(names[:NAMED])}{more}."
        if here.whole.may_name
        else f"In the core: {plural(len(names), 'organisation')}."
    )
    sources = set(() if isinstance(people, NotMeasured) else people.sources)
    return Reading(
        value=found.correlation,
        n=organisations.height,
        chance=chance_of(null, "links rewired; each organisation keeps its number of links")
        if null.sd > 0
        else None,
        caveat=f"{in_core} {count} of {organisations.height} have any link on record."
        + ("" if null.sd > 0 else " How many links each has leaves chance no choice here."),
        sources=tuple(sorted(sources | set(sources_of(here.whole, *BETWEEN, "covers", "hosts")))),
    )
