"""Do the schools' ties cross from one governing body to another?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hedgerow.features.readings import chance_of, generator
from hedgerow.features.school_layers import SchoolLayers, school_layers
from hedgerow.features.school_ties import COVERAGE_RULE, TIES_NEEDED, school_ties
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.homophily import ei_test, label_assortativity_test
from hedgerow.methods.permutation import NullDistribution
from hedgerow.methods.unit_loss import share_under_loss

_DEALT = "governing bodies dealt anew to the schools of the same network; bodies keep their number"
_WHY = (
    "Ties that cross from trust to trust hold a place together; where they stay inside, each trust "
    "is a place of its own."
)
_ONE_BODY = "The authority counts as one body for all the schools that it maintains."
_ALONE = (
    "Each maintained school counts as a body of its own, since the authority no longer acts as one "
    "for them everywhere."
)
_RULE = COVERAGE_RULE + " Schools whose trust is not on record are left out with their ties."
_EI_INDEX = (
    "(ties between schools of different governing bodies − ties within one) ÷ all ties of which "
    "both bodies are known (`hedgerow.methods.homophily.ei_test`). A pair of schools with several "
    "ties, or with ties both ways, counts once."
)
_ASSORTATIVITY = (
    "Newman's assortativity: (share of ties within one body − share to be expected) ÷ (1 − "
    "share to be expected), the latter being the sum over bodies of the squared share of all ends "
    "of ties (`hedgerow.methods.homophily.label_assortativity`). A pair of schools counts once."
)
_EACH_ITS_OWN = "Each maintained school is a body of its own."
_INTERVAL = (
    "Interval: as many schools as were not asked are left out at random, with their ties; none "
    "where all were asked (`hedgerow.methods.unit_loss.share_under_loss`)."
)
_CHANCE = (
    "Chance: the governing bodies are dealt anew to the schools of the same network, each keeping "
    "its number of schools."
)


Labels = Callable[[SchoolLayers], list[str | None]]
Test = Callable[[list[str | None], np.ndarray, np.random.Generator], NullDistribution | None]


def by_body(layers: SchoolLayers) -> list[str | None]:
    """Give the governing body of each school, the authority being one for all it maintains."""
    return list(layers.bodies)


def each_maintained(layers: SchoolLayers) -> list[str | None]:
    """Give the governing body of each school, each maintained school being its own."""
    return [
        school if trust is None and body is not None else body
        for school, trust, body in zip(layers.schools, layers.trusts, layers.bodies, strict=True)
    ]


def _measured(
    here: LocalLandscape, labels: Labels, test: Test, name: str, *, has_band: bool
) -> Reading | NotMeasured:
    told = school_ties(here)
    layers = school_layers(here)
    if isinstance(told, NotMeasured):
        return told
    if isinstance(layers, NotMeasured):
        return layers
    groups = labels(layers)
    known = np.array([group is not None for group in groups])
    pairs = layers.tied_pairs()
    pairs = pairs[known[pairs].all(axis=1)]
    unknown = int((~known).sum())
    missing = layers.not_asked + unknown
    found = test(groups, pairs, generator(here, name)) if len(pairs) else None
    if found is None:
        reason = (
            "All the ties are between schools of one governing body."
            if len(pairs)
            else "No ties between schools here with a governing body on record were named."
        )
        return NotMeasured(reason=reason, would_tell="A wider lens.", missing=missing)
    caveat = layers.caveat
    if unknown:
        caveat = f"{caveat} {unknown} schools have no body on record.".strip()
    return Reading(
        value=found.observed,
        n=len(pairs),
        missing=missing,
        interval=_band(here, groups, pairs, layers, name) if has_band else None,
        chance=chance_of(found, _DEALT),
        caveat=caveat,
        sources=layers.sources,
    )


def _band(
    here: LocalLandscape,
    groups: list[str | None],
    pairs: np.ndarray,
    layers: SchoolLayers,
    name: str,
) -> Interval | None:
    """How far the index could move if as many schools again had not been asked."""
    n = len(layers.schools)
    crosses = np.array([groups[one] != groups[other] for one, other in pairs])
    band = share_under_loss(
        crosses, pairs, n, layers.not_asked / n, generator(here, f"{name} without some")
    )
    if band is None:
        return None
    low, high = (2 * end - 1 for end in band)
    return Interval(low=low, high=high, method="as many schools again left out at random")


@indicator(
    id="linked_systems.cross_trust_index",
    label="Ties across governing bodies (E-I index)",
    question="Do schools turn to schools of other trusts, or stay with their own?",
    why=_WHY,
    unit="index",
    units="tied pairs of schools",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat="From -1 (all ties stay within one governing body) to 1 (all cross). Read it against "
    "chance, never alone: with many small trusts nearly every tie must cross. The interval says "
    f"how much it depends on who answered. {_ONE_BODY}",
    formula=f"{_EI_INDEX} {_INTERVAL} {_CHANCE}",
    needs=(*TIES_NEEDED, "ties.governs", "organisations.authority"),
    references=("krackhardt1988", "borgatti2006robustness"),
)
def cross_trust_index(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the E-I index of the schools' ties by governing body."""
    return _measured(here, by_body, ei_test, "cross trust index", has_band=True)


@indicator(
    id="linked_systems.cross_trust_index_each_maintained",
    label="Ties across governing bodies, each maintained school its own",
    question="Do schools turn to others than those of their own trust, if maintained schools count "
    "one by one?",
    why=_WHY,
    unit="index",
    units="tied pairs of schools",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat=f"As the index by governing body, but: {_ALONE[0].lower()}{_ALONE[1:]} Where the two "
    "differ much, the authority's schools keep to one another.",
    formula=f"{_EI_INDEX} {_EACH_ITS_OWN} {_INTERVAL} {_CHANCE}",
    needs=(*TIES_NEEDED, "ties.governs"),
    references=("krackhardt1988", "borgatti2006robustness"),
)
def cross_trust_index_each_maintained(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the E-I index with each maintained school as its own group."""
    return _measured(here, each_maintained, ei_test, "cross trust index alone", has_band=True)


@indicator(
    id="linked_systems.body_assortativity",
    label="Like tied to like, by governing body",
    question="How much more do schools turn to schools of their own governing body than if it made "
    "no difference?",
    why=_WHY,
    unit="index",
    units="tied pairs of schools",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat="1 when ties stay within bodies, 0 when bodies make no "
    "difference, below 0 when ties avoid one's own. It allows for how many ties each body's "
    f"schools have, which the index of ties across bodies does not. {_ONE_BODY}",
    formula=f"{_ASSORTATIVITY} {_CHANCE}",
    needs=(*TIES_NEEDED, "ties.governs", "organisations.authority"),
    references=("newman2003", "phipson2010"),
)
def body_assortativity(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the assortativity of the schools' ties by governing body."""
    return _measured(here, by_body, label_assortativity_test, "assortativity", has_band=False)


@indicator(
    id="linked_systems.body_assortativity_each_maintained",
    label="Like tied to like, each maintained school its own",
    question="How much more do schools turn to schools of their own trust than if it made no "
    "difference, if maintained schools count one by one?",
    why=_WHY,
    unit="index",
    units="tied pairs of schools",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat=f"1 when ties stay within trusts. {_ALONE}",
    formula=f"{_ASSORTATIVITY} {_EACH_ITS_OWN} {_CHANCE}",
    needs=(*TIES_NEEDED, "ties.governs"),
    references=("newman2003", "phipson2010"),
)
def body_assortativity_each_maintained(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the assortativity with each maintained school as its own group."""
    return _measured(
        here, each_maintained, label_assortativity_test, "assortativity alone", has_band=False
    )
