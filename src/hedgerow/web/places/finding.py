"""Finding a place as one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.web.access.permissions import Action, needs


@needs(Action.SEE_OPEN_DATA)
def home(request: HttpRequest) -> HttpResponse:
    """Show the way in: a field to find any place."""
    return render(request, "places/home.html", {})


@needs(Action.SEE_OPEN_DATA)
def search(request: HttpRequest) -> HttpResponse:
    """List the places that answer to what was typed."""
    return render(request, "places/home.html", {})
