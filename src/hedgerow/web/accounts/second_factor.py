"""Whether stewards have a second factor, which the site suggests to them or asks of them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from hedgerow.web.access.audience import Role


def is_held_back(user: Any, role: Role) -> bool:
    """Say whether somebody sees and may do no more than a member until they have a second factor.

    So it is with stewards on a site that asks it of them (``HEDGEROW_SECOND_FACTOR``).
    """
    return role is Role.STEWARD and settings.SITE.needs_second_factor and not is_mfa_enabled(user)


def notice(user: Any, **where: Any) -> str:
    """Say whether a page asks a steward for a second factor: "required", "advised", or nothing.

    Parameters
    ----------
    user : User
    where
        Of which memberships; of all unless given.
    """
    is_steward = user.memberships.filter(role=Role.STEWARD, ended__isnull=True, **where).exists()
    if not is_steward or is_mfa_enabled(user):
        return ""
    return "required" if settings.SITE.needs_second_factor else "advised"
