"""The partnerships that a person is part of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.partnerships.models import Membership


@needs(Action.KEEP_PLACES)
def partnerships(request: HttpRequest) -> HttpResponse:
    """List the partnerships of the person who has signed in."""
    held = Membership.objects.filter(user_id=request.user.pk, ended__isnull=True).select_related(
        "partnership"
    )
    return render(request, "partnerships/list.html", {"memberships": held})
