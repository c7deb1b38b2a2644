"""What is one's own: contributions and records of the organisation that a person acts for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hedgerow.landscape.errors import UsageError
from hedgerow.web.access.audience import Role
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.jobs.work import ask

WAITING = (Contribution.State.CHECKED, Contribution.State.FAILED)
"""States in which a file waits for its people: nothing of it is seen, and all can be changed."""


def seen_contributions(request: HttpRequest) -> Any:
    """Give the contributions that a person may know of, as a query.

    Those who act for an organisation know of its own alone: what another is called and when it was
    sent tells of who brought it. Stewards know of all that there are, and open their own.
    """
    held = request.partnership.contributions.all()
    if request.audience.role is Role.STEWARD:
        return held
    return held.filter(organisation=request.audience.organisation or "")


def own_contribution(request: HttpRequest, contribution_id: int) -> Contribution:
    """Give a contribution of the organisation that the person acts for; no other is there.

    Stewards act for the partnership itself: what an organisation sent is that organisation's.
    """
    found: Contribution = get_object_or_404(
        Contribution,
        pk=contribution_id,
        partnership=request.partnership,
        organisation=request.audience.organisation or "",
    )
    return found


def own_waiting(request: HttpRequest, contribution_id: int, kind: str) -> Contribution:
    """Give a file of one's own that waits.

    Raises
    ------
    UsageError
        If it is of another kind, or no longer waits.
    """
    found = own_contribution(request, contribution_id)
    if found.kind != kind or found.state not in WAITING:
        raise UsageError(
            f"{found.file or found.name} is no file that waits to be read.",
            advice="See under Evidence where it stands.",
        )
    return found


def keep_said(found: Contribution, **said: Any) -> None:
    """Keep what somebody said of a file that waits, beside what was said before.

    Raises
    ------
    UsageError
        If it no longer waits.
    """
    mapping = {**found.mapping, **said}
    if not Contribution.objects.filter(pk=found.pk, state__in=WAITING).update(mapping=mapping):
        raise UsageError(
            f"{found.file} is imported already, or just being so; nothing was changed.",
            advice="See under Evidence where it stands.",
        )
    found.mapping = mapping


def asked(request: HttpRequest, name: str, what: str, **arguments: Any) -> str:
    """Ask for work, and give the address at which to wait for it."""
    job = ask(name, what, by=request.user, partnership=request.partnership, **arguments)
    return job.get_absolute_url()


def address_of(found: Contribution, name: str = "contribution") -> str:
    """Give the address of a page of a contribution."""
    return reverse(
        name, kwargs={"partnership": found.partnership.slug, "contribution_id": found.pk}
    )
