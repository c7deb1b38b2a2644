"""A person's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.web.access.permissions import Action, needs


@needs(Action.KEEP_PLACES)
def account(request: HttpRequest) -> HttpResponse:
    """Show what is kept of a person and what they can change."""
    return render(request, "account/account.html", {})
