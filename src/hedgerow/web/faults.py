"""What is shown when something is wrong: a mistake in the question, or a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hedgerow.landscape.errors import HedgerowError, UnknownPlaceError, UsageError
from hedgerow.web.access.audience import PUBLIC

LOG = logging.getLogger("hedgerow.security")
NUL = "\x00"
LONGEST_SHOWN = 30


class FaultMiddleware:
    """Turns a `HedgerowError` into a page that says what was found and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse text with a sign that no database keeps, wherever it was typed."""
        if request.method != "POST":
            return None
        for texts in request.POST.lists():
            for text in (texts[0], *texts[1]):
                if NUL in text:
                    return render(request, "fault.html", {"fault": _holds_nul(text)}, status=400)
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a mistake in the data or in the question; leave everything else to Django."""
        if not isinstance(fault, HedgerowError):
            return None
        status = 404 if isinstance(fault, UnknownPlaceError) else 400
        return render(request, "fault.html", {"fault": fault}, status=status)


def _holds_nul(text: str) -> UsageError:
    before = text.partition(NUL)[0][-LONGEST_SHOWN:].strip()
    after = f", after “{before}”" if before else ""
    return UsageError(
        f"A field that you filled in holds a NUL character{after}, which no text can.",
        advice="Go back and type it anew instead of pasting it; nothing was kept.",
    )


def _known(request: HttpRequest) -> HttpRequest:
    """Give the request with somebody who asks, where it was stopped before that was known.

    The page that says that something is wrong needs no database.
    """
    try:
        request.user.is_authenticated  # noqa: B018  # reads the session, which may be what is wrong
    except Exception:
        request.user = AnonymousUser()
    if not hasattr(request, "partnership"):
        request.audience, request.partnership = PUBLIC, None
    return request


def _page(status: int, heading: str, words: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        given = {"heading": heading, "words": words}
        return render(_known(request), "stop.html", given, status=status)

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
too_often = _page(
    429, "That was tried too often", "Wait five minutes, and try again. Nothing was changed."
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
        _known(request),
        "stop.html",
        {
            "heading": "That form has expired",
            "words": "Go back, load the page again and send the form once more.",
        },
        status=403,
    )
