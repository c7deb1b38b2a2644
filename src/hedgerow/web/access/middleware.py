"""Says of every request which audience asks, before any view runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hedgerow.web.access.audience import PUBLIC, Audience, Role
from hedgerow.web.accounts.second_factor import is_held_back
from hedgerow.web.partnerships.models import Membership, Partnership


class AudienceMiddleware:
    """Sets ``request.audience`` and, under a partnership's address, ``request.partnership``.

    A partnership that publishes can be seen by the public; what of it, `seeing` says. Any other is
    not there for those who are no part of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with the public as its audience until the address is known."""
        request.audience = PUBLIC
        request.partnership = None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Find the partnership that the address names and the person's role in it."""
        slug = kwargs.get("partnership")
        if slug is None:
            return
        found = Partnership.objects.filter(slug=slug).first()
        request.partnership = found
        request.audience = audience_of(request.user, found)


def audience_of(user: Any, partnership: Partnership | None) -> Audience:
    """Give the audience that a person is part of under a partnership's address."""
    if partnership is None:
        return PUBLIC
    held = (
        Membership.objects.filter(user=user, partnership=partnership, ended__isnull=True).first()
        if user.is_authenticated
        else None
    )
    if held is None and settings.SITE.is_demo and not user.is_authenticated:
        # who tries the site looks on as a member; `needs` still asks for an account to do anything
        return Audience(partnership.slug, Role.MEMBER)
    if held is None:
        return Audience(partnership.slug)
    if is_held_back(user, Role(held.role)):
        return Audience(partnership.slug, Role.MEMBER)
    return Audience(partnership.slug, Role(held.role), held.organisation or None)
