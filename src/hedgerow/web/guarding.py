"""What is refused before any page is asked for, and what every answer carries."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hedgerow.web.security_log import name_of

LOG = logging.getLogger("hedgerow.security")

METHODS = ("GET", "HEAD", "POST")
API = "/api/"
"""Beginning of the addresses that answer other methods themselves, in the shape of their faults."""
ROOM_FOR_FIELDS = 1024 * 1024
"""What the fields of a form may take besides its file, in bytes."""
OF_PEOPLE = ("/account/", "/partnerships/", "/api/partnerships/", "/stop/")
"""Beginnings of addresses whose pages nobody but their reader keeps."""
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb")
"""What a browser can do, and no page of ours asks for."""


class GuardMiddleware:
    """Refuses what no page answers, keeps pages of people out of caches, and writes refusals down.

    It stands first, so that it sees what every other middleware answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it is refused here."""
        answer = _refused(request) or self.get_response(request)
        answer.headers.setdefault(
            "Permissions-Policy", ", ".join(f"{feature}=()" for feature in UNUSED)
        )
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_of_people(request) and "public" not in answer.headers.get("Cache-Control", ""):
            answer.headers["Cache-Control"] = "no-store, private"
        if request.path_info.startswith(API):
            # what programs read is no page: a browser that is led there saves it
            answer.headers.setdefault("Content-Disposition", 'attachment; filename="answer.json"')
        _write_down(request, answer)
        return answer


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Answer what is no request for a page: odd methods, signs that no address has, too much."""
    if request.method not in METHODS and not request.path_info.startswith(API):
        return _said(405, "Pages are read and forms are sent; nothing else is done here.")
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return _said(400, "There is no such address.")
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return _said(400, "How much is sent has to be a number.")
    most = settings.MOST_UPLOADED
    if length > most + ROOM_FOR_FIELDS:
        return _said(413, f"The file is larger than {most // 2**20} megabytes.")
    return None


def _said(status: int, words: str) -> HttpResponse:
    """Answer before any other middleware could, with what those lay on every answer."""
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    answer.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if settings.SECURE_HSTS_SECONDS:
        answer.headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        )
    if status == 405:
        answer.headers["Allow"] = ", ".join(METHODS)
    return answer


def _is_of_people(request: HttpRequest) -> bool:
    if request.path_info.startswith(OF_PEOPLE) or "Authorization" in request.headers:
        return True
    # asks the database nothing where no session is shown
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_session and hasattr(request, "user") and request.user.is_authenticated


def _write_down(request: HttpRequest, answer: HttpResponse) -> None:
    """Log a refusal, without a word of who it was but the number of their account."""
    is_hidden = answer.status_code == 404 and getattr(request, "partnership", None) is not None
    if answer.status_code in (400, 401, 403, 405, 413, 429) or is_hidden:
        user = getattr(request, "user", None) if answer.status_code != 400 else None
        number = user.pk if user is not None and user.is_authenticated else None
        LOG.warning(
            "refused: status=%s method=%s page=%s account=%s",
            answer.status_code,
            request.method if request.method in METHODS else "other",
            name_of(request),
            number or "none",
        )
