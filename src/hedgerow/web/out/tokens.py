"""Tokens for programs: drawn, shown once, recognised by their hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hedgerow.web.out.models import ApiToken
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import Partnership

GOOD_FOR = timedelta(days=365)
MARK = "hedgerow_"
"""What every token begins with, so that one that leaked can be found."""


@transaction.atomic
def draw(partnership: Partnership, user: Any, name: str) -> str:
    """Draw a token, and give it: it is shown this once."""
    secret = MARK + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        partnership=partnership,
        user=user,
        name=name,
        secret_hash=_hash(secret),
        expires=timezone.now() + GOOD_FOR,
    )
    record(partnership, user, "drew a token", name)
    return secret


def recognised(secret: str) -> ApiToken | None:
    """Give the token that holds; None where there is none such, or it has ended."""
    now = timezone.now()
    found = (
        ApiToken.objects.select_related("user", "partnership")
        .filter(secret_hash=_hash(secret), ended__isnull=True, expires__gt=now)
        .filter(user__is_active=True)
        .first()
    )
    if found is not None and (found.used is None or now - found.used > timedelta(minutes=5)):
        ApiToken.objects.filter(pk=found.pk).update(used=now)
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
