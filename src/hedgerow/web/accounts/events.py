"""Events of accounts in the site's security log: by the number of an account, never by name."""

from __future__ import annotations

import logging
import time
from typing import Any

from allauth.account import signals as of_accounts
from allauth.mfa import signals as of_factors
from django.contrib.auth import signals as of_sessions

LOG = logging.getLogger("hedgerow.security")

BEGAN, SEEN, PROVED = "began", "seen", "proved"
"""In a session: when somebody signed in, was last seen, and last showed that it is them."""

_SAID = {
    of_accounts.password_set: "password set",
    of_accounts.password_changed: "password changed",
    of_accounts.password_reset: "password chosen anew, by a message",
    of_factors.authenticator_added: "second factor switched on",
    of_factors.authenticator_removed: "second factor switched off",
    of_factors.authenticator_reset: "recovery codes drawn anew",
    of_factors.authenticator_used: "second factor shown",
}


def listen() -> None:
    """Write down what Django and allauth tell of accounts."""
    for signal, words in _SAID.items():
        signal.connect(_writer(words), weak=False, dispatch_uid=words)
    of_sessions.user_logged_in.connect(_signed_in)
    of_sessions.user_logged_out.connect(_signed_out)
    of_sessions.user_login_failed.connect(_refused)
    of_factors.authentication_failed.connect(_factor_refused)
    of_accounts.authentication_step_completed.connect(_proved)


def _writer(words: str) -> Any:
    def write(sender: Any, user: Any = None, **_: Any) -> None:
        LOG.info("%s: account=%s", words, getattr(user, "pk", None))

    return write


def _signed_in(sender: Any, request: Any, user: Any, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = request.session[PROVED] = int(time.time())
    LOG.info("signed in: account=%s", user.pk)


def _signed_out(sender: Any, user: Any = None, **_: Any) -> None:
    LOG.info("signed out: account=%s", getattr(user, "pk", None))


def _refused(sender: Any, **_: Any) -> None:
    # neither the address nor the password that was tried: either may be typed in the other's field
    LOG.warning("sign-in refused")


def _factor_refused(sender: Any, user: Any = None, **_: Any) -> None:
    LOG.warning("second factor refused: account=%s", getattr(user, "pk", None))


def _proved(sender: Any, request: Any, *, reauthenticated: bool = False, **_: Any) -> None:
    if reauthenticated:
        request.session[PROVED] = int(time.time())
