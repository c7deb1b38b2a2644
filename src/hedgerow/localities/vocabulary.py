"""The words of the six-feature table: what can be said of each feature, and what speaks for it.

Table 4.1 of the study's report sets three places side by side, feature by feature. Here are the
statements that can stand in such a table, in words of our own, each with the findings that speak
for it when they lie on one side of a knot, and against it when they lie on the other. The knots are
the same for every place and were set beforehand: a fifth, half and four fifths for shares;
parity for ratios; what chance would give; for densities one partner for each organisation. None is
fitted to a place. ``docs/explanation/six-features-table.md`` gives the reasons.

The statements stand in code, not in a file of data: each turns on knots by name, so that a misspelt
one fails when the module is loaded, and a test holds the page in the documentation to them.
"""

from __future__ import annotations

from hedgerow.localities.clues import Knot, Phrase, Row, between, less, more

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

LOCAL_LENS = Row(
    feature="local_lens",
    heading="Local area",
    phrases=(
        Phrase(
            id="local_lens.own_school_and_trust_first",
            text="Schools hold to their own school and trust first; clusters go on, but loosen.",
            clues=(
                more("professional_learning.internal_intensity", OUTSIDE),
                less("linked_systems.cross_trust_index", CHANCE),
                more("local_lens.cluster_splintering_change", NO_CHANGE),
                more("local_lens.cluster_pair_survival", HALF),
                less("linked_systems.association_coverage", HALF),
                less("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.shared_place_little_holds",
            text="A place with challenges in common, but little that holds its schools together.",
            clues=(
                less("local_lens.cluster_pair_survival", HALF),
                less("linked_systems.cross_trust_index", CHANCE),
                less("local_lens.local_trust_share", HALF),
                more("local_lens.recent_conversion_share", FIFTH),
                more("context.share_in_most_deprived_fifth", FIFTH),
                less("linked_systems.association_coverage", HALF),
                more("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.ties_to_place_remain",
            text="Ties to the place remain for most, whoever governs the school.",
            clues=(
                more("local_lens.cluster_pair_survival", HALF),
                more("local_lens.local_trust_share", HALF),
                more("linked_systems.overlap_ties_clusters", CHANCE),
                more("linked_systems.association_coverage", HALF),
                more("local_lens.reported_place_share", HALF),
            ),
        ),
        Phrase(
            id="local_lens.trusts_of_the_place",
            text="Most academies are in trusts whose schools lie in the place.",
            clues=(more("local_lens.local_trust_share", HALF),),
            is_structure=True,
        ),
        Phrase(
            id="local_lens.trusts_from_elsewhere",
            text="Most academies are in trusts that reach beyond the place.",
            clues=(less("local_lens.local_trust_share", HALF),),
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
                more("linked_systems.interlock_density", PARTNER),
                more("linked_systems.collaboration_density", PARTNER),
                more("linked_systems.signposting_density", PARTNER),
                more("linked_systems.meeting_density", PARTNER),
                less("linked_systems.carrier_concentration", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.framework_through_few",
            text="A framework such as an association of heads connects the systems, through a few "
            "people who link them.",
            clues=(
                more("linked_systems.association_coverage", HALF),
                more("linked_systems.interlock_density", PARTNER),
                more("linked_systems.carrier_concentration", HALF),
                more("coherence.signposted_schools_share", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.side_by_side",
            text="Many systems stand side by side and are hardly linked.",
            clues=(
                less("linked_systems.interlock_density", PARTNER),
                less("linked_systems.collaboration_density", PARTNER),
                less("linked_systems.signposting_density", PARTNER),
                less("linked_systems.meeting_density", PARTNER),
                less("linked_systems.association_coverage", HALF),
                less("linked_systems.cross_trust_index", CHANCE),
            ),
        ),
        Phrase(
            id="linked_systems.authority_carries",
            text="The authority governs most schools and carries what links there are.",
            clues=(
                more("linked_systems.maintained_share", HALF),
                more("linked_systems.carrier_concentration", HALF),
                less("linked_systems.association_coverage", HALF),
            ),
        ),
        Phrase(
            id="linked_systems.one_body_governs_most",
            text="One body, the authority, governs most schools.",
            clues=(more("linked_systems.maintained_share", HALF),),
            is_structure=True,
        ),
        Phrase(
            id="linked_systems.trusts_govern_most",
            text="Trusts, each a system of its own, govern most schools.",
            clues=(less("linked_systems.maintained_share", HALF),),
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
                more("professional_learning.internal_intensity", OUTSIDE),
                more("professional_learning.maths_hub_reach", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.own_little_else",
            text="It happens inside the school or the trust, with little from outside.",
            clues=(
                more("professional_learning.internal_intensity", OUTSIDE),
                less("professional_learning.maths_hub_reach", HALF),
                more("coherence.internal_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.opportunities_vary",
            text="What a school can take part in varies with its size, its trust and how it works "
            "with the hub.",
            clues=(
                between("professional_learning.maths_hub_reach", FIFTH, FOUR_FIFTHS),
                less("equity.small_school_hub_ratio", PARITY),
                more("context.small_schools_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.mostly_with_others",
            text="Schools learn more with others than by themselves, across trusts.",
            clues=(
                less("professional_learning.internal_intensity", OUTSIDE),
                more("professional_learning.maths_hub_reach", HALF),
                less("coherence.internal_share", HALF),
            ),
        ),
        Phrase(
            id="professional_learning.most_schools_small",
            text="Most schools are small, so that releasing staff is hard.",
            clues=(more("context.small_schools_share", HALF),),
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
                more("bridging.translated_share", HALF),
                more("practices.likeness_gap", CHANCE),
                more("practices.scheme_by_trust", CHANCE),
                less("practices.core_repertoire_share", HALF),
            ),
        ),
        Phrase(
            id="practices.prescribed_by_trusts",
            text="Trusts lay down tools as they come, and practice is alike within trusts.",
            clues=(
                less("bridging.translated_share", HALF),
                more("practices.likeness_gap", CHANCE),
                more("practices.trust_prescription", HALF),
            ),
        ),
        Phrase(
            id="practices.shared_across_trusts",
            text="Much practice is shared across the place, whatever the trust.",
            clues=(
                less("practices.likeness_gap", CHANCE),
                more("practices.core_repertoire_share", HALF),
                more("practices.scheme_across_ties", CHANCE),
            ),
        ),
        Phrase(
            id="practices.each_school_its_own",
            text="Each school goes its own way, in or out of a trust.",
            clues=(
                less("practices.likeness_gap", CHANCE),
                more("bridging.translated_share", HALF),
                less("practices.scheme_by_trust", CHANCE),
                less("practices.core_repertoire_share", HALF),
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
                more("linked_systems.interlock_density", PARTNER),
                less("linked_systems.carrier_concentration", HALF),
                less("bridging.interlock_loss", HALF),
                more("leadership.succession_cover", HALF),
                more("bridging.outward_index", BALANCE),
            ),
        ),
        Phrase(
            id="bridging.few_span_some_closed",
            text="Few people link the systems and it is hard for them; some trusts keep their "
            "boundary closed.",
            clues=(
                less("linked_systems.interlock_density", PARTNER),
                more("bridging.lost_with_a_leaver", HALF),
                less("leadership.succession_cover", HALF),
                less("bridging.outward_index", CHANCE),
                less("bridging.joining_closed_effect", NO_CHANGE),
            ),
        ),
        Phrase(
            id="bridging.association_connects",
            text="An association or the authority connects the providers through few people, and "
            "the hub's groups connect schools.",
            clues=(
                more("linked_systems.association_coverage", HALF),
                more("linked_systems.interlock_density", PARTNER),
                more("linked_systems.carrier_concentration", HALF),
                more("bridging.interlock_loss", HALF),
                more("linked_systems.overlap_ties_learning", CHANCE),
            ),
        ),
        Phrase(
            id="bridging.schools_bridge_themselves",
            text="Nobody links the systems on record; schools find one another across trusts.",
            clues=(
                less("linked_systems.interlock_density", PARTNER),
                more("bridging.outward_index", CHANCE),
                more("leadership.outward_facing_share", HALF),
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
                between("sense_making.forum_coverage", FIFTH, HALF),
                more("sense_making.bridging_meetings_share", FIFTH),
                less("sense_making.loop_closure", FIFTH),
            ),
        ),
        Phrase(
            id="sense_making.little",
            text="Little sign that the place makes sense of its challenges together.",
            clues=(
                less("sense_making.forum_coverage", FIFTH),
                less("sense_making.bridging_meetings_share", FIFTH),
                less("sense_making.practitioner_presence_share", FIFTH),
                less("sense_making.loop_closure", FIFTH),
            ),
        ),
        Phrase(
            id="sense_making.leaders_and_heads",
            text="Leaders and heads meet, agree what matters and follow it up; those who teach are "
            "seldom there.",
            clues=(
                more("sense_making.forum_coverage", HALF),
                more("sense_making.bridging_meetings_share", FIFTH),
                more("sense_making.priority_agreement", CHANCE),
                more("sense_making.loop_closure", FIFTH),
                less("sense_making.practitioner_presence_share", FOUR_FIFTHS),
            ),
        ),
        Phrase(
            id="sense_making.practitioners_too",
            text="Leaders, heads and those who teach make sense of the place together.",
            clues=(
                more("sense_making.forum_coverage", HALF),
                more("sense_making.practitioner_presence_share", FOUR_FIFTHS),
                more("sense_making.loop_closure", FIFTH),
            ),
        ),
    ),
)

ROWS = (LOCAL_LENS, LINKED_SYSTEMS, PROFESSIONAL_LEARNING, PRACTICES, BRIDGING, SENSE_MAKING)
"""The rows of the table, in the order of the report."""
