"""How findings become places on the axes of coupling: fixed knots, the same for every place.

The knots are judgements made beforehand, from the report's accounts and from arithmetic, not
percentiles of places and not fitted to any: three cases cannot teach a rule. The page
``docs/explanation/coupling.md`` gives the same table with its reasons, and a test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hedgerow.landscape.finding import Finding

Axis = Literal["providers", "schools", "governance", "carriers"]
"""How closely providers are linked; how closely schools are; how far one body governs; how few
people carry the links."""

How = Literal["value", "beside chance", "of all", "partners", "greatest"]
"""What of a finding is read: its value; that less what chance gives; a count over its units; a
density as mean number of partners, times units less one; the greatest of several findings."""

Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How one finding, or the greatest of several, becomes a number from 0 to 1 on an axis.

    Parameters
    ----------
    name : str
        What it is called in the result.
    axis : Axis
    findings : tuple of str
        Identifiers of indicators; the first that is measured, unless the greatest is read.
    reading : How
    knots : tuple of (float, float)
        What is read and where that stands, rising in the first; straight between, level beyond.
    says : str
        A clause for the reasons, with ``{read}`` for what was read.
    is_share : bool
        Whether the clause takes it in per cent.
    """

    name: str
    axis: Axis
    findings: tuple[str, ...]
    reading: How
    knots: Knots
    says: str
    is_share: bool = False

    def read(self, findings: Mapping[str, Finding]) -> tuple[Finding, float] | None:
        """Give the finding that is read and what is read of it; None where nothing is measured."""
        measured = [
            (findings[one], read)
            for one in self.findings
            if one in findings and (read := self._of(findings[one])) is not None
        ]
        if not measured:
            return None
        if self.reading == "greatest":
            return max(measured, key=lambda pair: pair[1])
        return measured[0]

    def _of(self, finding: Finding) -> float | None:
        if finding.value is None:
            return None
        if self.reading == "beside chance":
            return None if finding.chance is None else finding.value - finding.chance.expected
        if self.reading == "of all":
            return finding.value / finding.n if finding.n else None
        if self.reading == "partners":
            return finding.value * (finding.n - 1)
        return finding.value


AXIS_PARTS_AT_LEAST = 0.5
"""Share of the parts of an axis that must be measured for the axis to be."""

_PARTNERS: Knots = ((0.0, 0.0), (1.0, 0.5), (2.0, 0.8), (3.0, 1.0))

MEASURES = (
    Measure(
        name="shared people",
        axis="providers",
        findings=("linked_systems.interlock_density",),
        reading="partners",
        knots=_PARTNERS,
        says="an organisation that links schools shares people with {read} others on average",
    ),
    Measure(
        name="joint work",
        axis="providers",
        findings=("linked_systems.collaboration_density",),
        reading="partners",
        knots=_PARTNERS,
        says="it bids or works together with {read}",
    ),
    Measure(
        name="hubs hosted here",
        axis="providers",
        findings=("linked_systems.hubs_hosted_inside",),
        reading="of all",
        knots=((0.0, 0.0), (0.25, 0.4), (0.5, 0.8), (0.75, 1.0)),
        says="{read} of the hubs that serve the place are hosted in it",
        is_share=True,
    ),
    Measure(
        name="signposts",
        axis="providers",
        findings=("linked_systems.signposting_density",),
        reading="partners",
        knots=_PARTNERS,
        says="between it and {read} others one points schools to the other",
    ),
    Measure(
        name="common forum or association",
        axis="schools",
        findings=("sense_making.forum_coverage", "linked_systems.association_coverage"),
        reading="greatest",
        knots=((0.0, 0.0), (0.25, 0.33), (0.5, 0.67), (0.9, 1.0)),
        says="{read} of the schools come to a forum or belong to an association",
        is_share=True,
    ),
    Measure(
        name="ties across trusts",
        axis="schools",
        findings=("linked_systems.cross_trust_index",),
        reading="beside chance",
        knots=((-0.6, 0.0), (0.0, 1.0)),
        says="ties across governing bodies stand at {read} from what chance would give",
    ),
    Measure(
        name="isolated schools",
        axis="schools",
        findings=("equity.isolated_share",),
        reading="value",
        knots=((0.0, 1.0), (0.05, 0.6), (0.15, 0.2), (0.3, 0.0)),
        says="{read} of the schools are isolated",
        is_share=True,
    ),
    Measure(
        name="governing bodies",
        axis="governance",
        findings=("linked_systems.effective_governing_bodies",),
        reading="value",
        knots=((1.0, 1.0), (1.5, 0.7), (2.5, 0.2), (4.0, 0.0)),
        says="who governs comes to as much as {read} bodies of equal size",
    ),
    Measure(
        name="few carriers",
        axis="carriers",
        findings=("linked_systems.carrier_concentration",),
        reading="value",
        knots=((0.0, 0.0), (1.0, 1.0)),
        says="their concentration on few people is {read} on a scale from 0 to 1",
    ),
    Measure(
        name="loss with one person",
        axis="carriers",
        findings=("bridging.fragility",),
        reading="value",
        knots=((0.0, 0.0), (0.5, 1.0)),
        says="{read} of the schools' nearness to providers would go with one person",
        is_share=True,
    ),
)
"""What is read where there is local evidence."""

STRUCTURE = (
    Measure(
        name="hubs hosted here",
        axis="providers",
        findings=("linked_systems.hubs_hosted_inside",),
        reading="of all",
        knots=((0.0, 0.0), (0.25, 0.4), (0.5, 0.8), (0.75, 1.0)),
        says="{read} of the hubs that serve the place are hosted in it",
        is_share=True,
    ),
    Measure(
        name="distance between hubs",
        axis="providers",
        findings=("linked_systems.hub_colocation_km",),
        reading="value",
        knots=((0.0, 1.0), (10.0, 0.7), (30.0, 0.3), (80.0, 0.0)),
        says="hubs are hosted {read} km apart on average",
    ),
    Measure(
        name="local trusts",
        axis="schools",
        findings=("local_lens.local_trust_share",),
        reading="value",
        knots=((0.0, 0.0), (0.8, 1.0)),
        says="{read} of the academies are in trusts of the place",
        is_share=True,
    ),
    Measure(
        name="neighbours apart",
        axis="schools",
        findings=("local_lens.neighbour_fragmentation",),
        reading="value",
        knots=((0.3, 1.0), (0.9, 0.0)),
        says="{read} of neighbouring schools are governed by different bodies",
        is_share=True,
    ),
    Measure(
        name="governing bodies",
        axis="governance",
        findings=("linked_systems.effective_governing_bodies",),
        reading="value",
        knots=((1.0, 1.0), (1.5, 0.7), (2.5, 0.2), (4.0, 0.0)),
        says="who governs comes to as much as {read} bodies of equal size",
    ),
)
"""What is read on open data alone: conditions under which a type is likely, not links."""

PROTOTYPES: dict[str, tuple[float, float, float]] = {
    "strategic": (0.7, 0.7, 0.0),
    "networked": (0.35, 0.95, 0.0),
    "balkanised": (0.1, 0.25, 0.0),
    "hub island": (0.75, 0.2, 0.0),
    "neighbourly": (0.05, 0.8, 0.0),
    "hierarchical": (0.35, 0.75, 1.0),
}
"""Where each type is at home: providers, schools, governance. The first three are the study's; the
others fill corners that a place could be in."""

IN_WORDS = {
    "strategic": "a core of organisations plans and bids together, and schools are linked through "
    "it",
    "networked": "schools are linked with one another, often by an association, and through that "
    "with organisations that are less linked among themselves",
    "balkanised": "organisations keep apart, and schools turn to their own trust or to nobody",
    "hub island": "organisations are linked with one another, but schools are not",
    "neighbourly": "schools are linked with one another, but organisations keep apart",
    "hierarchical": "one body governs nearly all schools, and links run through it",
}
"""What each type means, in a clause."""
