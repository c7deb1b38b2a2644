"""What each role may do: a table of actions, read by every route and tested from the outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hedgerow.web.access.audience import Audience, Role

View = Callable[..., HttpResponseBase]

ACTION = "action"
"""Attribute of a guarded view that says what it needs; a test asks every route for it."""


class Action(StrEnum):
    """Something that can be done on the site."""

    SEE_OPEN_DATA = "see open data"
    SIGN_IN = "sign in"
    KEEP_PLACES = "keep lists and areas of one's own"
    SEE_PARTNERSHIP = "see a partnership and what its organisations share"
    EXPORT_DATA = "take the partnership's data away"
    ADD_EVIDENCE = "add evidence"
    EDIT_RECORDS = "edit records"
    DECIDE_SHARING = "decide what an organisation shares"
    SEE_AUDIT = "read the audit trail"
    MANAGE_MEMBERS = "invite people and change their roles"
    MANAGE_PARTNERSHIP = "change the partnership"
    START_PARTNERSHIP = "start a partnership"


_EVERYONE = frozenset(Role)
_INSIDE = _EVERYONE - {Role.PUBLIC}

PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.SEE_OPEN_DATA: _EVERYONE,
    Action.SIGN_IN: _EVERYONE,
    Action.KEEP_PLACES: _EVERYONE,
    Action.SEE_PARTNERSHIP: _INSIDE,
    # of what each sees by name; whoever brings evidence can take it away again
    Action.EXPORT_DATA: _INSIDE - {Role.MEMBER},
    Action.ADD_EVIDENCE: frozenset({Role.STEWARD, Role.CONTRIBUTOR, Role.PROVIDER}),
    Action.EDIT_RECORDS: frozenset({Role.STEWARD, Role.CONTRIBUTOR, Role.PROVIDER}),
    Action.DECIDE_SHARING: frozenset({Role.CONTRIBUTOR, Role.PROVIDER}),
    Action.SEE_AUDIT: frozenset({Role.STEWARD}),
    Action.MANAGE_MEMBERS: frozenset({Role.STEWARD}),
    Action.MANAGE_PARTNERSHIP: frozenset({Role.STEWARD}),
    Action.START_PARTNERSHIP: _EVERYONE,
}
"""Who may do what. Which records of it an audience sees is `seeing`'s to say."""

NEEDS_ACCOUNT = frozenset({Action.KEEP_PLACES, Action.START_PARTNERSHIP})
"""What anybody may do who has signed in, in a partnership or not."""

NEEDS_NO_ACCOUNT = frozenset({Action.SEE_OPEN_DATA, Action.SIGN_IN})
"""What can be done without signing in; for all else an account is needed, whatever the audience."""


def may(audience: Audience, action: Action) -> bool:
    """Say whether an audience may do something."""
    return audience.role in PERMISSIONS[action]


def is_open_to(request: HttpRequest, action: Action, named: Mapping[str, Any]) -> bool:
    """Say whether whoever asks may do something at an address.

    Under the address of a partnership that is not there, or that they are no part of and that does
    not publish, nobody may do anything.

    Parameters
    ----------
    request : HttpRequest
        With the audience and partnership that the middleware found.
    action : Action
    named : mapping
        What the address names.
    """
    audience: Audience = request.audience
    if "partnership" in named:
        partnership = request.partnership
        is_inside = audience.role is not Role.PUBLIC
        if partnership is None or not (is_inside or partnership.is_published):
            return False
    return may(audience, action)


def needs(action: Action) -> Callable[[View], View]:
    """Let only those who may do something reach a view.

    Whoever has not signed in is sent to do so; for anybody else a partnership that they are no part
    of is not there at all (404), so that its existence cannot be told from the answer. That holds
    for all pages under its address, those of open data too, unless it publishes.
    """

    def deciding(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            audience: Audience = request.audience
            is_signed_in = request.user.is_authenticated
            is_known = is_signed_in or action in NEEDS_NO_ACCOUNT
            if is_known and is_open_to(request, action, kwargs):
                return view(request, *args, **kwargs)
            if not is_signed_in:
                return redirect(
                    f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
                )
            if audience.role is Role.PUBLIC:
                raise Http404
            raise PermissionDenied(f"A {audience.role} may not {action}.")

        setattr(guarded, ACTION, action)
        return guarded

    return deciding
