"""The figures by which a place may stand out, each with the words in which it would be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["plain", "share", "log"]
"""On which scale places are compared: as they stand; shares by the arcsine of their root, where
their error depends least on their size; distances and sizes by their logarithm."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A figure by which a place may stand out.

    Parameters
    ----------
    id : str
        Identifier of the indicator.
    more, less : str
        What is said of a place that lies above, or below, most others: the sentence up to "than".
    scale : {"plain", "share", "log"}
    is_beside_chance : bool
        Whether what is compared is the value less what chance would give: so for figures that
        depend on how many schools and trusts there are.
    is_of_one_authority : bool
        Whether it means another thing in a place that lies in several authorities, each of which
        governs schools of its own.
    """

    id: str
    more: str
    less: str
    scale: Scale = "share"
    is_beside_chance: bool = False
    is_of_one_authority: bool = False

    @property
    def is_of_governing(self) -> bool:
        """Whether it tells who governs: of a trust's own schools that is known beforehand."""
        return self.id.startswith(("local_lens.", "linked_systems."))


def _schools(identifier: str, words: str) -> Judged:
    return Judged(
        id=identifier, more=f"more of the schools {words}", less=f"fewer of the schools {words}"
    )


JUDGED = (
    _schools("context.small_schools_share", "have up to 200 pupils"),
    Judged(
        id="context.pupils_per_school",
        more="a typical school is larger",
        less="a typical school is smaller",
        scale="log",
    ),
    Judged(
        id="context.fsm_share",
        more="more of the pupils are eligible for free school meals",
        less="fewer of the pupils are eligible for free school meals",
    ),
    Judged(
        id="context.eal_share",
        more="more of the pupils speak English as an additional language",
        less="fewer of the pupils speak English as an additional language",
    ),
    _schools("context.share_in_most_deprived_fifth", "lie in the most deprived fifth of areas"),
    Judged(
        id="context.ks2_maths_expected",
        more="more of the pupils reached the expected standard in mathematics",
        less="fewer of the pupils reached the expected standard in mathematics",
    ),
    Judged(
        id="context.ks2_maths_progress",
        more="the progress score in mathematics is higher",
        less="the progress score in mathematics is lower",
        scale="plain",
    ),
    _schools("context.inspection_good_or_better", "were last found good or better"),
    _schools("context.rural_share", "are in rural areas"),
    Judged(
        id="context.nearest_school_km",
        more="schools lie further apart",
        less="schools lie closer together",
        scale="log",
    ),
    Judged(
        id="local_lens.local_trust_share",
        more="academies are in local trusts more often, beside what chance would give,",
        less="academies are in local trusts less often, beside what chance would give,",
        scale="plain",
        is_beside_chance=True,
        is_of_one_authority=True,
    ),
    Judged(
        id="local_lens.cross_regional_share",
        more="more of the academies are in trusts that reach into other regions",
        less="fewer of the academies are in trusts that reach into other regions",
    ),
    Judged(
        id="local_lens.trust_compactness",
        more="trusts are more spread out",
        less="trusts are more compact",
        scale="log",
    ),
    Judged(
        id="local_lens.isolated_in_trust_share",
        more="more of the academies are far from the next of their trust",
        less="fewer of the academies are far from the next of their trust",
    ),
    Judged(
        id="local_lens.neighbour_fragmentation",
        more="neighbouring schools are under different governing bodies more often, beside what "
        "chance would give,",
        less="neighbouring schools are under different governing bodies less often, beside what "
        "chance would give,",
        scale="plain",
        is_beside_chance=True,
        is_of_one_authority=True,
    ),
    Judged(
        id="local_lens.recent_conversion_share",
        more="more of the conversions to academies fell in the last three years",
        less="fewer of the conversions to academies fell in the last three years",
    ),
    Judged(
        id="local_lens.sponsored_share",
        more="more of the conversions to academies were through a sponsor",
        less="fewer of the conversions to academies were through a sponsor",
    ),
    _schools("linked_systems.maintained_share", "are maintained by the local authority"),
    _schools("linked_systems.share_in_single_academy_trusts", "are in single-academy trusts"),
    _schools("linked_systems.share_in_trusts_6_plus", "are in trusts of six schools or more"),
    _schools("linked_systems.share_in_trusts_16_plus", "are in trusts of sixteen schools or more"),
    Judged(
        id="linked_systems.effective_governing_bodies_rarefied",
        more="governing is spread over more bodies, among as many schools,",
        less="governing is gathered in fewer bodies, among as many schools,",
        scale="log",
        is_of_one_authority=True,
    ),
    Judged(
        id="linked_systems.hub_distance_teaching_school_hub",
        more="the Teaching School Hub is further from a typical school",
        less="the Teaching School Hub is nearer to a typical school",
        scale="log",
    ),
    Judged(
        id="linked_systems.hub_distance_maths_hub",
        more="the Maths Hub is further from a typical school",
        less="the Maths Hub is nearer to a typical school",
        scale="log",
    ),
)
"""The figures that are compared, declared before any place was looked at: those of the
measurement model's primary set that open data gives, and of the context those that set what
professional learning has to cope with."""

ALIKE_BY = {
    "context.schools": "number of schools",
    "context.pupils_per_school": "size of a typical school",
    "context.rural_share": "share of schools in rural areas",
    "context.share_in_most_deprived_fifth": "share of schools in the most deprived areas",
}
"""What makes places alike: figures of size, rurality and deprivation, with what they are called."""

NEEDED = tuple(dict.fromkeys([*(one.id for one in JUDGED), *ALIKE_BY]))
"""Identifiers of every indicator that a comparison needs of each place."""
