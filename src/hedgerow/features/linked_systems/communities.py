"""Do the communities that schools form follow their trusts?"""

from __future__ import annotations

import numpy as np

from hedgerow.features.professional_learning.records import LEARNING_NEEDED
from hedgerow.features.readings import chance_of, generator
from hedgerow.features.school_layers import LAYER_NAMES, SchoolLayers, school_layers
from hedgerow.features.school_ties import TIES_NEEDED
from hedgerow.landscape.finding import Chance, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.community_match import CommunityMatch, community_match
from hedgerow.methods.permutation import NullDistribution

MOST_SCHOOLS = 600
"""More schools than this are no one place, and would take long to divide."""

_NULL = (
    "networks that are random but for each school's number of ties, clusters and activities and "
    "for the size of each cluster and activity"
)
_MISSING = (
    "A layer of which nothing is known is left out and named; one of whom schools turn to or what "
    "they learn together must be known. Schools whose trust is not on record are left out and "
    "counted."
)
_REFERENCES = ("newman2006", "traag2019", "lancichinetti2012", "vinh2010")


def _matched(here: LocalLandscape) -> tuple[CommunityMatch, SchoolLayers, int] | NotMeasured:
    return here.worked_out("community match", lambda: _match(here))


def _match(here: LocalLandscape) -> tuple[CommunityMatch, SchoolLayers, int] | NotMeasured:
    layers = school_layers(here)
    if isinstance(layers, NotMeasured):
        return layers
    if layers.ties is None and layers.learning is None:
        return NotMeasured(
            reason="Neither whom the schools turn to nor what they learn together is known.",
            would_tell="A survey of whom schools turn to, or providers' records of who took part.",
            missing=len(layers.schools),
        )
    if len(layers.schools) > MOST_SCHOOLS:
        return NotMeasured(
            reason=f"{len(layers.schools):,} schools are too many to be divided as one place.",
            would_tell="A narrower lens.",
        )
    known = np.array([body is not None for body in layers.bodies], dtype=bool)
    tables = [
        one[known] for one in (layers.clusters, layers.learning) if one is not None and one.shape[1]
    ]
    networks = [] if layers.ties is None else [layers.ties[np.ix_(known, known)]]
    bodies = [body for body in layers.bodies if body is not None]
    found = (
        community_match(networks, tables, bodies, generator(here, "communities"))
        if networks or tables
        else None
    )
    if found is None:
        return NotMeasured(
            reason="The schools here have too few ties to form communities.",
            would_tell="A wider lens.",
            missing=int((~known).sum()),
        )
    return found, layers, int((~known).sum())


def _caveat(found: CommunityMatch, layers: SchoolLayers) -> str:
    number = int(found.communities.labels.max()) + 1
    named = ", ".join(LAYER_NAMES[name] for name in layers.known)
    missing = [LAYER_NAMES[name] for name in LAYER_NAMES if name not in layers.known]
    said = f"{number} communities over: {named}."
    if missing:
        said += f" Not known: {', '.join(missing)}."
    said += (
        f" Single searches agree with the consensus on {found.communities.agreement:.0%} of pairs."
    )
    return " ".join(part for part in (said, layers.caveat) if part)


def _chance(null: NullDistribution) -> Chance:
    return chance_of(null, _NULL)


@indicator(
    id="linked_systems.communities_follow_trusts",
    label="Communities of schools that follow governing bodies",
    question="Are the groups in which schools learn and turn to one another the same as their "
    "trusts?",
    why="Where they are, each trust is a landscape of its own: the study calls a place like that "
    "balkanised.",
    unit="index",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="Adjusted mutual information of the communities found in the ties with the division by "
    "governing body: 1 the same, 0 unrelated. What trusts hold for their own schools is among the "
    "activities, so some agreement comes of itself. The communities are those on which twenty "
    "searches agree, and other divisions may be about as good.",
    formula="Adjusted mutual information of two divisions of the schools: by governing body, and "
    "by the communities on which twenty searches for the highest modularity agree, over the "
    "layers that are known: ties, clusters, learning together "
    "(`hedgerow.methods.community_match.community_match`). Chance: networks that are random but "
    "for each school's numbers of ties, clusters and activities, and the size of each cluster and "
    "activity.",
    needs=(*TIES_NEEDED, *LEARNING_NEEDED, "ties.member_of", "organisations"),
    references=_REFERENCES,
)
def communities_follow_trusts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the adjusted mutual information of communities and governing bodies."""
    matched = _matched(here)
    if isinstance(matched, NotMeasured):
        return matched
    found, layers, unknown = matched
    if found.agreement is None:
        return NotMeasured(
            reason="All the schools are of one governing body, or form one community.",
            would_tell="A wider lens.",
            n=len(layers.schools),
        )
    return Reading(
        value=found.agreement.observed,
        n=len(layers.schools) - unknown,
        missing=unknown,
        chance=_chance(found.agreement),
        caveat=_caveat(found, layers),
        sources=layers.sources,
    )


@indicator(
    id="linked_systems.trust_modularity_ratio",
    label="How well governing bodies divide the ties",
    question="How near does the division by governing body come to the best division of the "
    "schools' ties?",
    why="Communities found by a search can differ where trusts divide the ties nearly as well: the "
    "ratio asks the question the other way round.",
    unit="ratio",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="Modularity of the division by governing body over the highest that was found: 1 when "
    "no division fits the ties better, 0 when governing bodies make no difference to them.",
    formula="Modularity of the division by governing body ÷ highest modularity found by search, "
    "over the layers that are known: ties, clusters, learning together "
    "(`hedgerow.methods.community_match.community_match`). Chance: networks that are random but "
    "for each school's numbers of ties, clusters and activities, and the size of each cluster and "
    "activity.",
    needs=(*TIES_NEEDED, *LEARNING_NEEDED, "ties.member_of", "organisations"),
    references=_REFERENCES,
)
def trust_modularity_ratio(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the modularity of the division by governing body over the best found."""
    matched = _matched(here)
    if isinstance(matched, NotMeasured):
        return matched
    found, layers, unknown = matched
    return Reading(
        value=found.ratio.observed,
        n=len(layers.schools) - unknown,
        missing=unknown,
        chance=_chance(found.ratio),
        caveat=_caveat(found, layers),
        sources=layers.sources,
    )
