"""The words of the six-feature table: what can be said of each feature, and what speaks for it.

Table 4.1 of the study's report sets three places side by side, feature by feature. Here are the
statements that can stand in such a table, in words of our own, each with the findings that speak
for it when they lie on one side of a knot, and against it when they lie on the other. The knots are
the same for every place and were set beforehand: a fifth, half and four fifths for shares; none;
parity for ratios; what chance would give; for densities one partner for each organisation. None is
fitted to a place. ``docs/explanation/six-features-table.md`` gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Against = Literal["value", "chance", "partners", "finding"]
"""What a finding is held against: a fixed value; what chance would give; one partner for each
organisation (a density times the units less one); another finding."""


@dataclass(frozen=True, kw_only=True)
class Knot:
    """Where a finding passes from one side to the other.

    Parameters
    ----------
    words : str
        What it is called after "more than", "less than" or "between".
    against : {"value", "chance", "partners", "finding"}
    value : float
        For a fixed value, in the unit of the finding.
    finding : str
        Identifier of the other finding.
    """

    words: str
    against: Against = "value"
    value: float = 0.0
    finding: str = ""


NONE = Knot(words="none", value=0.0)
FIFTH = Knot(words="a fifth", value=0.2)
HALF = Knot(words="half", value=0.5)
FOUR_FIFTHS = Knot(words="four fifths", value=0.8)
PARITY = Knot(words="in others", value=1.0)
BALANCE = Knot(words="as many within", value=0.0)
NO_CHANGE = Knot(words="no change", value=0.0)
CHANCE = Knot(words="chance would give", against="chance")
PARTNER = Knot(words="one partner for each", against="partners", value=1.0)
OUTSIDE = Knot(
    words="learning with others",
    against="finding",
    finding="professional_learning.external_intensity",
)


@dataclass(frozen=True, kw_only=True)
class Clue:
    """A finding that speaks for a statement when it lies on one side of a knot.

    Parameters
    ----------
    finding : str
        Identifier of an indicator.
    side : {"more", "less", "between"}
    knot : Knot
    upper : Knot, optional
        The other knot of "between".
    """

    finding: str
    side: Literal["more", "less", "between"]
    knot: Knot
    upper: Knot | None = None


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Something that can be said of a feature of a place.

    Parameters
    ----------
    id : str
        Stable, part of the public contract.
    text : str
    clues : tuple of Clue
        The first is what the statement is about: where that surely lies on the other side, the
        statement is not made.
    is_structure : bool
        Whether it is a guess from who governs what, made only where there is no local evidence.
    """

    id: str
    text: str
    clues: tuple[Clue, ...]
    is_structure: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A feature: its identifier, its heading, and what can be said of it."""

    feature: str
    heading: str
    phrases: tuple[Phrase, ...]


def _more(finding: str, knot: Knot) -> Clue:
    return Clue(finding=finding, side="more", knot=knot)


def _less(finding: str, knot: Knot) -> Clue:
    return Clue(finding=finding, side="less", knot=knot)


def _between(finding: str, knot: Knot, upper: Knot) -> Clue:
    return Clue(finding=finding, side="between", knot=knot, upper=upper)


LOCAL_LENS = Row(
    feature="local_lens",
    heading="Local area",
    phrases=(
        Phrase(
            id="local_lens.own_school_and_trust_first",
            text="Schools hold to their own school and trust first; clusters go on, but loosen.",
            clues=(
                _more("professional_learning.internal_intensity", OUTSIDE),
                _less("linked_systems.cross_trust_index", CHANCE),
                _more("local_lens.cluster_splintering_change", NO_CHANGE),
                _more("local_lens.cluster_pair_survival", HALF),
                _less("linked_systems.association_coverage", HALF),
                _less("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.shared_place_little_holds",
            text="A place with challenges in common, but little that holds its schools together.",
            clues=(
                _less("local_lens.cluster_pair_survival", HALF),
                _less("linked_systems.cross_trust_index", CHANCE),
                _less("local_lens.local_trust_share", HALF),
                _more("local_lens.recent_conversion_share", FIFTH),
                _more("context.share_in_most_deprived_fifth", FIFTH),
                _less("linked_systems.association_coverage", HALF),
                _more("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.ties_to_place_remain",
            text="Ties to the place remain for most, whoever governs the school.",
            clues=(
                _more("local_lens.cluster_pair_survival", HALF),
                _more("local_lens.local_trust_share", HALF),
                _more("linked_systems.overlap_ties_clusters", CHANCE),
                _more("linked_systems.association_coverage", HALF),
                _more("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.trusts_of_the_place",
            text="Most academies are in trusts whose schools lie in the place.",
            clues=(_more("local_lens.local_trust_share", HALF),),
            is_structure=True,
        ),
        Phrase(
            id="local_lens.trusts_from_elsewhere",
            text="Most academies are in trusts that reach beyond the place.",
            clues=(_less("local_lens.local_trust_share", HALF),),
            is_structure=True,
        ),
    ),
)

LINKED_SYSTEMS = Row(
    feature="linked_systems",
    heading="Many linked systems",
    phrases=(
        Phrase(
            id="linked_systems.leaders_join_up",
            text="Leaders of the authority, hubs and others bid, plan and signpost together; no "
            "one person carries it.",
            clues=(
                _more("linked_systems.interlock_density", PARTNER),
                _more("linked_systems.collaboration_density", PARTNER),
                _more("linked_systems.signposting_density", PARTNER),
                _more("linked_systems.meeting_density", PARTNER),
                _less("linked_systems.carrier_concentration", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.framework_through_few",
            text="A framework such as an association of heads connects the systems, through a few "
            "people who link them.",
            clues=(
                _more("linked_systems.association_coverage", HALF),
                _more("linked_systems.interlock_density", PARTNER),
                _more("linked_systems.carrier_concentration", HALF),
                _more("coherence.signposted_schools_share", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.side_by_side",
            text="Many systems stand side by side and are hardly linked.",
            clues=(
                _less("linked_systems.interlock_density", PARTNER),
                _less("linked_systems.collaboration_density", PARTNER),
                _less("linked_systems.signposting_density", PARTNER),
                _less("linked_systems.meeting_density", PARTNER),
                _less("linked_systems.association_coverage", HALF),
                _less("linked_systems.cross_trust_index", CHANCE),
            ),
        ),
        Phrase(
            id="linked_systems.authority_carries",
            text="The authority governs most schools and carries what links there are.",
            clues=(
                _more("linked_systems.maintained_share", HALF),
                _more("linked_systems.carrier_concentration", HALF),
                _less("linked_systems.association_coverage", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.one_body_governs_most",
            text="One body, the authority, governs most schools.",
            clues=(_more("linked_systems.maintained_share", HALF),),
            is_structure=True,
        ),
        Phrase(
            id="linked_systems.trusts_govern_most",
            text="Trusts, each a system of its own, govern most schools.",
            clues=(_less("linked_systems.maintained_share", HALF),),
            is_structure=True,
        ),
    ),
)

PROFESSIONAL_LEARNING = Row(
    feature="professional_learning",
    heading="Professional learning",
    phrases=(
        Phrase(
            id="professional_learning.own_first_most_with_hub",
            text="Schools and trusts do most of it themselves, yet most schools also work with the "
            "Maths Hub.",
            clues=(
                _more("professional_learning.internal_intensity", OUTSIDE),
                _more("professional_learning.maths_hub_reach", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.own_little_else",
            text="It happens inside the school or the trust, with little from outside.",
            clues=(
                _more("professional_learning.internal_intensity", OUTSIDE),
                _less("professional_learning.maths_hub_reach", HALF),
                _more("coherence.internal_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.opportunities_vary",
            text="What a school can take part in varies with its size, its trust and how it works "
            "with the hub.",
            clues=(
                _between("professional_learning.maths_hub_reach", FIFTH, FOUR_FIFTHS),
                _less("equity.small_school_hub_ratio", PARITY),
                _more("context.small_schools_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.mostly_with_others",
            text="Schools learn more with others than by themselves, across trusts.",
            clues=(
                _less("professional_learning.internal_intensity", OUTSIDE),
                _more("professional_learning.maths_hub_reach", HALF),
                _less("coherence.internal_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.most_schools_small",
            text="Most schools are small, so that releasing staff is hard.",
            clues=(_more("context.small_schools_share", HALF),),
            is_structure=True,
        ),
    ),
)

PRACTICES = Row(
    feature="practices",
    heading="Practices, tools and routines",
    phrases=(
        Phrase(
            id="practices.fitted_alike_within_trusts",
            text="Tools from outside are fitted to the school or trust, and practice is more alike "
            "within trusts than across them.",
            clues=(
                _more("bridging.translated_share", HALF),
                _more("practices.likeness_gap", CHANCE),
                _more("practices.scheme_by_trust", CHANCE),
                _less("practices.core_repertoire_share", HALF),
            ),
        ),
        Phrase(
            id="practices.prescribed_by_trusts",
            text="Trusts lay down tools as they come, and practice is alike within trusts.",
            clues=(
                _less("bridging.translated_share", HALF),
                _more("practices.likeness_gap", CHANCE),
                _more("practices.trust_prescription", HALF),
            ),
        ),
        Phrase(
            id="practices.shared_across_trusts",
            text="Much practice is shared across the place, whatever the trust.",
            clues=(
                _less("practices.likeness_gap", CHANCE),
                _more("practices.core_repertoire_share", HALF),
                _more("practices.scheme_across_ties", CHANCE),
            ),
        ),
        Phrase(
            id="practices.each_school_its_own",
            text="Each school goes its own way, in or out of a trust.",
            clues=(
                _less("practices.likeness_gap", CHANCE),
                _more("bridging.translated_share", HALF),
                _less("practices.scheme_by_trust", CHANCE),
                _less("practices.core_repertoire_share", HALF),
            ),
        ),
    ),
)

BRIDGING = Row(
    feature="bridging",
    heading="Bridging boundaries",
    phrases=(
        Phrase(
            id="bridging.several_span",
            text="Several people link the systems, could stand in for one another, and meet few "
            "hard boundaries.",
            clues=(
                _more("linked_systems.interlock_density", PARTNER),
                _less("linked_systems.carrier_concentration", HALF),
                _less("bridging.interlock_loss", HALF),
                _more("leadership.succession_cover", HALF),
                _more("bridging.outward_index", BALANCE),
            ),
        ),
        Phrase(
            id="bridging.few_span_some_closed",
            text="Few people link the systems and it is hard for them; some trusts keep their "
            "boundary closed.",
            clues=(
                _less("linked_systems.interlock_density", PARTNER),
                _more("bridging.lost_with_a_leaver", HALF),
                _less("leadership.succession_cover", HALF),
                _less("bridging.outward_index", CHANCE),
                _less("bridging.joining_closed_effect", NO_CHANGE),
            ),
        ),
        Phrase(
            id="bridging.association_connects",
            text="An association or the authority connects the providers through few people, and "
            "the hub's groups connect schools.",
            clues=(
                _more("linked_systems.association_coverage", HALF),
                _more("linked_systems.interlock_density", PARTNER),
                _more("linked_systems.carrier_concentration", HALF),
                _more("bridging.interlock_loss", HALF),
                _more("linked_systems.overlap_ties_learning", CHANCE),
            ),
        ),
        Phrase(
            id="bridging.schools_bridge_themselves",
            text="Nobody links the systems on record; schools find one another across trusts.",
            clues=(
                _less("linked_systems.interlock_density", PARTNER),
                _more("bridging.outward_index", CHANCE),
                _more("leadership.outward_facing_share", HALF),
            ),
        ),
    ),
)

SENSE_MAKING = Row(
    feature="sense_making",
    heading="Sense making",
    phrases=(
        Phrase(
            id="sense_making.limited",
            text="Some leaders of different systems meet; most schools are not there and little is "
            "followed through.",
            clues=(
                _between("sense_making.forum_coverage", FIFTH, HALF),
                _more("sense_making.bridging_meetings_share", FIFTH),
                _less("sense_making.loop_closure", FIFTH),
            ),
        ),
        Phrase(
            id="sense_making.little",
            text="Little sign that the place makes sense of its challenges together.",
            clues=(
                _less("sense_making.forum_coverage", FIFTH),
                _less("sense_making.bridging_meetings_share", FIFTH),
                _less("sense_making.practitioner_presence_share", FIFTH),
                _less("sense_making.loop_closure", FIFTH),
            ),
        ),
        Phrase(
            id="sense_making.leaders_and_heads",
            text="Leaders and heads meet, agree what matters and follow it up; those who teach are "
            "seldom there.",
            clues=(
                _more("sense_making.forum_coverage", HALF),
                _more("sense_making.bridging_meetings_share", FIFTH),
                _more("sense_making.priority_agreement", CHANCE),
                _more("sense_making.loop_closure", FIFTH),
                _less("sense_making.practitioner_presence_share", FOUR_FIFTHS),
            ),
        ),
        Phrase(
            id="sense_making.practitioners_too",
            text="Leaders, heads and those who teach make sense of the place together.",
            clues=(
                _more("sense_making.forum_coverage", HALF),
                _more("sense_making.practitioner_presence_share", FOUR_FIFTHS),
                _more("sense_making.loop_closure", FIFTH),
            ),
        ),
    ),
)

ROWS = (LOCAL_LENS, LINKED_SYSTEMS, PROFESSIONAL_LEARNING, PRACTICES, BRIDGING, SENSE_MAKING)
"""The rows of the table, in the order of the report."""
