"""How the API answers: who asks, how often, and what is said when something is wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from hedgerow.landscape.errors import HedgerowError, UnknownPlaceError
from hedgerow.web.access.audience import PUBLIC
from hedgerow.web.access.middleware import audience_of
from hedgerow.web.access.permissions import ACTION, Action, is_open_to
from hedgerow.web.out.tokens import recognised
from hedgerow.web.places.keeping import StillWorking

Answer = Callable[..., object]

AT_MOST = 240
"""Requests of one caller in a minute."""


def answers(action: Action) -> Callable[[Answer], Callable[..., HttpResponse]]:
    """Make a function that gives JSON's values an address of the API.

    A caller shows a token as ``Authorization: Bearer ...``; a page's own session counts as well.
    Faults come in one shape: ``{"error": {"message", "advice", "candidates"}}``.
    """

    def asked(answer: Answer) -> Callable[..., HttpResponse]:
        @wraps(answer)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return fault(405, "This API is for reading: use GET.")
            slug = kwargs.get("partnership")
            shown = request.headers.get("Authorization", "")
            if shown:
                token = recognised(shown.removeprefix("Bearer ").strip())
                if token is None:
                    return fault(401, "This token is unknown, or has ended.", "Draw a new one.")
                request.user = token.user
                is_its_own = token.partnership.slug == slug
                request.partnership = token.partnership if is_its_own else None
                request.audience = (
                    audience_of(token.user, token.partnership) if is_its_own else PUBLIC
                )
            if _is_too_often(request):
                return fault(429, "Too many requests.", "Wait a minute, and ask less often.")
            if not is_open_to(request, action, kwargs):
                return fault(404, "There is nothing here, or you may not see it.")
            try:
                return JsonResponse(answer(request, *args, **kwargs), safe=False)
            except StillWorking:
                waiting = fault(503, "This place is still being worked out.", "Ask again shortly.")
                waiting["Retry-After"] = "5"
                return waiting
            except Http404:
                return fault(404, "There is nothing here, or you may not see it.")
            except UnknownPlaceError as wrong:
                return fault(404, wrong.message, wrong.advice, wrong.candidates)
            except HedgerowError as wrong:
                return fault(400, wrong.message, wrong.advice)

        setattr(view, ACTION, action)
        # nothing is ever sent to it: a program that tries is told so, and not of a page's form
        setattr(view, "csrf_exempt", True)  # noqa: B010  # unknown to the type of a function
        return view

    return asked


def _is_too_often(request: HttpRequest) -> bool:
    who = request.user.pk or get_adapter().get_client_ip(request)
    key = f"api-{who}-{int(time.time() // 60)}"
    counted = caches["pages"]
    counted.add(key, 0, 120)
    return int(counted.incr(key)) > AT_MOST


def fault(
    status: int, message: str, advice: str = "", candidates: tuple[str, ...] = ()
) -> HttpResponse:
    """Say what is wrong in the one shape of all faults."""
    held = {"error": {"message": message, "advice": advice, "candidates": list(candidates)}}
    return HttpResponse(
        json.dumps(held, ensure_ascii=False), content_type="application/json", status=status
    )
