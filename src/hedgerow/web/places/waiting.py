"""What a reader sees while a wide place is being worked out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from hedgerow.web.places.keeping import StillWorking

AGAIN_AFTER = 4
"""Seconds after which it is worth asking again."""


def patient(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer with a page that says so where a place is still being worked out."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except StillWorking:
            answer = render(
                request,
                "places/waiting.html",
                {"again": request.get_full_path(), "seconds": AGAIN_AFTER},
                status=202,
            )
            answer["Retry-After"] = str(AGAIN_AFTER)
            answer["Cache-Control"] = "no-store"
            return answer

    return waiting
