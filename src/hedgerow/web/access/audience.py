"""Who asks: a role in a partnership, and the organisation that the person acts for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a partnership; the public is everybody else.

    Roles are no ladder: what each may do is listed in `permissions`.
    """

    PUBLIC = "public"
    MEMBER = "member"
    RESEARCHER = "researcher"
    PROVIDER = "provider"
    CONTRIBUTOR = "contributor"
    STEWARD = "steward"


ACTS_FOR = (Role.CONTRIBUTOR, Role.PROVIDER)
"""Roles that act for one organisation."""


@dataclass(frozen=True)
class Audience:
    """Who asks, as far as it bears on what may be seen and done.

    Two people of one audience see the same, so it is part of the key of whatever is kept.

    Attributes
    ----------
    partnership : str or None
        The partnership's slug; None outside any.
    role : Role
    organisation : str or None
        Identifier of the organisation that the person acts for; only with a role in `ACTS_FOR`.
    """

    partnership: str | None = None
    role: Role = Role.PUBLIC
    organisation: str | None = None

    def __post_init__(self) -> None:
        if (self.organisation is not None) != (self.role in ACTS_FOR):
            raise ValueError(f"a {self.role} acts for {self.organisation or 'no organisation'}")
        if self.partnership is None and self.role is not Role.PUBLIC:
            raise ValueError("outside a partnership everybody is the public")

    @property
    def key(self) -> str:
        """What keeps this audience's pages apart from those of others."""
        return f"{self.partnership or ''}|{self.role}|{self.organisation or ''}"


PUBLIC = Audience()
