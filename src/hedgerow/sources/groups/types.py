"""Official types of group: what organisation each is, and what its tie to a school is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GroupType:
    """An official type of group.

    Parameters
    ----------
    name : str
        As GIAS has it.
    kind : str or None
        Kind of organisation, as in `hedgerow.landscape.tables.organisations.ORGANISATION_KINDS`;
        None where groups of the type are set aside.
    tie : str or None
        Kind of tie to its schools, as in `TIE_KINDS`.
    """

    name: str
    kind: str | None
    tie: str | None


TYPES: dict[str, GroupType] = {
    each.name: each
    for each in (
        GroupType("Multi-academy trust", "trust", "governs"),
        GroupType("Single-academy trust", "trust", "governs"),
        GroupType("Secure single-academy trust", "trust", "governs"),
        GroupType("School sponsor", "sponsor", "sponsors"),
        GroupType("Trust", "foundation_trust", "supports"),
        GroupType("Federation", "federation", "federates"),
        GroupType("Umbrella trust", "association", "member_of"),
        GroupType("Children's Centres Group", None, None),
        GroupType("Children's Centres Collaboration", None, None),
    )
}
"""Types of group by official name.

“Trust” is a foundation trust, which supports schools that stay maintained by their authority; an
umbrella trust is a club of separate academy trusts and governs nobody.
"""
