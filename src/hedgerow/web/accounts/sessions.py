"""How long somebody stays signed in, and when they are asked once more whether it is them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from hedgerow.web.accounts.events import BEGAN, PROVED, SEEN

LOG = logging.getLogger("hedgerow.security")

_STEP_SECONDS = 60
"""How often it is written down that somebody is there."""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody has signed in.

    Attributes
    ----------
    key : str
    began, seen : datetime.datetime or None
        When they signed in, and were last there; None where that was never written down.
    """

    key: str
    began: datetime | None
    seen: datetime | None


def sessions_of(user: Any) -> list[OpenSession]:
    """Give the sessions of somebody that have not ended, the latest first."""
    found = []
    for one in Session.objects.filter(expire_date__gt=timezone.now()):
        held = one.get_decoded()
        seen = held.get(SEEN, 0)
        is_left = seen and time.time() - seen > settings.IDLE_SECONDS
        if held.get("_auth_user_id") == str(user.pk) and not is_left:
            found.append(OpenSession(one.session_key, _moment(held.get(BEGAN)), _moment(seen)))
    return sorted(found, key=lambda one: str(one.seen), reverse=True)


def end_sessions(user: Any, *, but: str | None) -> int:
    """End the sessions of somebody, all but one, and give their number."""
    ending = [one.key for one in sessions_of(user) if one.key != but]
    Session.objects.filter(session_key__in=ending).delete()
    LOG.info("%s sessions ended: account=%s", len(ending), user.pk)
    return len(ending)


def _moment(seconds: int | None) -> datetime | None:
    return timezone.localtime(datetime.fromtimestamp(seconds, UTC)) if seconds else None


class SessionMiddleware:
    """Ends the sessions of those who have left, and of those who signed in long ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session where its time has come, and pass the request on."""
        if "_auth_user_id" in request.session and request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault(BEGAN, now)
            seen = request.session.setdefault(SEEN, now)
            if now - seen > settings.IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                LOG.info("session ended by its time: account=%s", request.user.pk)
                logout(request)
            elif now - seen > _STEP_SECONDS:
                request.session[SEEN] = now
        return self.get_response(request)


def recently_proved(back: str) -> Callable[[View], View]:
    """Let only those reach a view who showed a little while ago that it is them.

    Others give their password once more and are then led to the page from which the view is
    reached.

    Parameters
    ----------
    back : str
        Name of that page, which takes the partnership.
    """

    def deciding(view: View) -> View:
        @wraps(view)
        def asked(
            request: HttpRequest, partnership: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if time.time() - request.session.get(PROVED, 0) <= settings.PROVED_SECONDS:
                return view(request, partnership, *args, **kwargs)
            page = reverse(back, kwargs={"partnership": partnership})
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}")

        return asked

    return deciding
