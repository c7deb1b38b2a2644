"""How long somebody stays signed in, and when they are asked once more whether it is them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hedgerow.web.accounts.events import BEGAN, PROVED, SEEN

LOG = logging.getLogger("hedgerow.security")

_STEP_SECONDS = 60
"""How often it is written down that somebody is there."""

View = Callable[..., HttpResponseBase]


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
