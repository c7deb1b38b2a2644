"""What is shown when something is wrong: a mistake in the question, or a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.landscape.errors import HedgerowError, UnknownPlaceError

LOG = logging.getLogger(__name__)


class FaultMiddleware:
    """Turns a `HedgerowError` into a page that says what was found and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a mistake in the data or in the question; leave everything else to Django."""
        if not isinstance(fault, HedgerowError):
            return None
        status = 404 if isinstance(fault, UnknownPlaceError) else 400
        return render(request, "fault.html", {"fault": fault}, status=status)


def _page(status: int, heading: str, words: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return render(request, "stop.html", {"heading": heading, "words": words}, status=status)

    return view


bad_request = _page(400, "That request made no sense", "Go back and try again.")
not_allowed = _page(
    403,
    "That is not open to you",
    "Your role in this partnership does not cover it. A steward can change that.",
)
not_found = _page(
    404, "There is no such page", "It may have moved, or you may need to sign in to see it."
)
our_fault = _page(
    500,
    "Something went wrong on our side",
    "It has been written down. Nothing that you sent was half stored; try again in a while.",
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours."""
    LOG.warning("form refused: %s", reason)
    return render(
        request,
        "stop.html",
        {
            "heading": "That form has expired",
            "words": "Go back, load the page again and send the form once more.",
        },
        status=403,
    )
