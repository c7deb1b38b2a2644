"""How far the ways in which schools are linked coincide: trusts, learning, ties, clusters."""

from __future__ import annotations

import numpy as np

from hedgerow.features.professional_learning.records import LEARNING_NEEDED
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.school_layers import TOGETHER, SchoolLayers, school_layers
from hedgerow.features.school_ties import COVERAGE_RULE, TIES_NEEDED
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.methods.participation import (
    layer_overlap_test,
    mean_participation_test,
    multiplex_participation,
)

IN_WORDS = {
    "trusts": "are in one trust",
    "ties": "turn to one another",
    "learning": "learn together",
    "clusters": "share a cluster",
}
"""The layers, as what two schools do or are."""

WOULD_TELL = {
    "ties": "A survey of whom schools turn to, with a record of who was asked.",
    "learning": "Providers' records of which schools took part in what.",
    "clusters": "The clusters of schools here, and their members.",
}

_NEEDED = {
    "trusts": ("ties.governs",),
    "ties": TIES_NEEDED,
    "learning": LEARNING_NEEDED,
    "clusters": ("ties.member_of", "organisations"),
}

OVERLAPS = {
    ("learning", "trusts"): "Does what schools learn together follow their trusts?",
    ("ties", "trusts"): "Do the schools that turn to one another belong to the same trust?",
    ("ties", "learning"): "Do the schools that turn to one another also learn together?",
    ("ties", "clusters"): "Do the schools that turn to one another share a cluster?",
}
"""Pairs of layers, each with its question."""

_MISSING = f"Layers of which nothing is known are not measured. Ties: {COVERAGE_RULE}"
_DEFINED = (
    f"Two schools learn together when they took part in at least {TOGETHER} of the same activities "
    "in the twelve months up to the day."
)


def _unknown(layers: SchoolLayers, layer: str) -> NotMeasured:
    return NotMeasured(
        reason=f"Which schools here {IN_WORDS[layer]} is not known, or not for enough of them.",
        would_tell=WOULD_TELL[layer],
        missing=len(layers.schools),
    )


def _overlap(here: LocalLandscape, first: str, second: str) -> Reading | NotMeasured:
    layers = school_layers(here)
    if isinstance(layers, NotMeasured):
        return layers
    for layer in (first, second):
        if layers.network(layer) is None:
            return _unknown(layers, layer)
    one, other = layers.network(first), layers.network(second)
    assert one is not None and other is not None, "both were looked at above"
    # the layer with fewer ties is renumbered, which is the same test and less work
    busy, sparse = (one, other) if one.sum() >= other.sum() else (other, one)
    found = layer_overlap_test(busy, sparse, generator(here, f"overlap {first} {second}"))
    if found is None:
        return NotMeasured(
            reason=f"No two schools here {IN_WORDS[first]}, and none {IN_WORDS[second]}.",
            would_tell="A wider lens.",
        )
    return Reading(
        value=found.observed,
        n=int(np.count_nonzero(one | other)) // 2,
        missing=layers.not_asked if "ties" in (first, second) else 0,
        chance=chance_of(found, "schools renumbered at random in one of the two layers"),
        caveat=layers.caveat if "ties" in (first, second) else "",
        sources=layers.sources,
    )


def _declare(first: str, second: str, question: str) -> Indicator:
    @indicator(
        id=f"linked_systems.overlap_{first}_{second}",
        label=f"Pairs that {IN_WORDS[first]} and {IN_WORDS[second]}",
        question=question,
        why="Where the same schools meet in every way, the ways reinforce one another and leave "
        "the same schools out; learning that follows trust lines is tight within and loose "
        "between.",
        unit="share",
        units="pairs of schools linked in either way",
        tier="E",
        grade="C",
        missing_rule=_MISSING,
        caveat=f"Of the pairs of schools that {IN_WORDS[first]} or {IN_WORDS[second]}, the share "
        f"that do both. The sizes of the two set how high it can be: read it against chance. "
        f"{_DEFINED}",
        formula=f"Pairs of schools that {IN_WORDS[first]} and {IN_WORDS[second]} ÷ pairs that do "
        "either (`hedgerow.methods.participation.layer_overlap_test`). Chance: the schools are "
        "renumbered at random in one of the two layers.",
        needs=(*_NEEDED[first], *_NEEDED[second]),
        references=("battiston2014", "greany2022"),
    )
    def overlap(here: LocalLandscape) -> Reading | NotMeasured:
        return _overlap(here, first, second)

    return overlap


OVERLAP = tuple(_declare(*pair, question) for pair, question in OVERLAPS.items())


@indicator(
    id="linked_systems.multiplex_participation",
    label="Schools linked in several ways",
    question="Are schools linked to others in several ways at once, or in one only?",
    why="A school linked through its trust alone has one way in; one that also turns to neighbours "
    "and learns with them has several.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Needs two of the layers besides trusts. Schools with no link of any kind have "
    "nothing to spread: they are left out and counted.",
    caveat="Mean over schools: 0 when all links are of one kind, 1 when a school is as active in "
    "each as schools are on average. Links are counted relative to the mean of their kind, since "
    f"one shared course links a school to many. {_DEFINED}",
    formula="Mean over schools of L ÷ (L − 1) × (1 − sum over the L layers of (the school's "
    "links in the layer ÷ its links in all)²), links being counted relative to the mean of their "
    "layer; layers are ties, clusters, learning together and trusts, as far as known "
    f"(`hedgerow.methods.participation.multiplex_participation`). {SCHOOL_BOOTSTRAP} Chance: the "
    "schools are renumbered at random in each layer by itself.",
    needs=(*TIES_NEEDED, *LEARNING_NEEDED, "ties.member_of", "organisations"),
    references=("battiston2014", "efron1993"),
)
def mean_multiplex_participation(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean multiplex participation over ties, clusters, learning and trusts."""
    layers = school_layers(here)
    if isinstance(layers, NotMeasured):
        return layers
    if len(layers.known) < 2:
        return NotMeasured(
            reason="Besides trusts, fewer than two ways in which schools are linked are known.",
            would_tell=" ".join(WOULD_TELL.values()),
            missing=len(layers.schools),
        )
    columns = []
    for layer in (*layers.known, "trusts"):
        network = layers.network(layer)
        degrees = np.zeros(len(layers.schools)) if network is None else network.sum(axis=1)
        if degrees.any():
            columns.append(degrees / degrees.mean())
    if len(columns) < 2:
        return NotMeasured(
            reason="The schools here are linked in one way or none.", would_tell="A wider lens."
        )
    degrees = np.column_stack(columns)
    linked = degrees.any(axis=1)
    name = "multiplex participation"
    spread = bootstrap_mean(multiplex_participation(degrees[linked]), generator(here, name))
    null = mean_participation_test(degrees, generator(here, f"{name} by chance"))
    return Reading(
        value=spread.value,
        n=int(linked.sum()),
        missing=int((~linked).sum()),
        interval=Interval(low=spread.low, high=spread.high, method="school bootstrap"),
        chance=None
        if null is None
        else chance_of(null, "schools renumbered at random in each layer by itself"),
        caveat=layers.caveat,
        sources=layers.sources,
    )
