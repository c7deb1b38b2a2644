"""Invitations: a secret sent to one address, good once and for two weeks."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from hedgerow.landscape.errors import UsageError
from hedgerow.web.accounts.models import User
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import Invitation, Membership, Partnership

GOOD_FOR = timedelta(days=14)


def hash_of(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    partnership: Partnership,
    email: str,
    role: str,
    *,
    organisation: str = "",
    by: Any,
) -> str:
    """Invite somebody, and give the secret of the invitation; an open one to them is withdrawn.

    Parameters
    ----------
    partnership : Partnership
    email : str
    role : str
    organisation : str
        That they act for, with a role that acts for one.
    by : User or None
        Who invites; None from the command line.
    """
    email = email.strip().lower()
    now = timezone.now()
    open_invitations(partnership).filter(email=email).update(withdrawn=now)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        partnership=partnership,
        email=email,
        role=role,
        organisation=organisation,
        secret_hash=hash_of(secret),
        invited_by=by,
        expires=now + GOOD_FOR,
    )
    record(partnership, by, "invited", email, {"role": role, "organisation": organisation})
    return secret


def send(partnership: Partnership, email: str, address: str) -> None:
    """Send an invitation with the address at which it is taken up."""
    words = {"partnership": partnership, "address": address, "days": GOOD_FOR.days}
    send_mail(
        f"Hedgerow: an invitation to {' '.join(partnership.name.split())}",
        render_to_string("partnerships/invitation.txt", words),
        None,
        [email],
    )


def open_invitations(partnership: Partnership) -> Any:
    """Give the invitations that can still be taken up."""
    return Invitation.objects.filter(
        Q(expires__gt=timezone.now()),
        partnership=partnership,
        accepted__isnull=True,
        withdrawn__isnull=True,
    )


def find(secret: str) -> Invitation | None:
    """Give the open invitation with a secret; None where there is none."""
    found = Invitation.objects.filter(secret_hash=hash_of(secret)).first()
    if found is None or not open_invitations(found.partnership).filter(pk=found.pk).exists():
        return None
    return found


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Take up an invitation; an earlier role in the same partnership ends with it.

    Raises
    ------
    UsageError
        If it is for another address, or was taken up in the meantime.
    """
    if user.email.lower() != invitation.email.lower():
        raise UsageError(
            "This invitation is for another address than the one you are signed in with.",
            advice="Sign out, and follow the link again.",
        )
    now = timezone.now()
    still_open = open_invitations(invitation.partnership).filter(pk=invitation.pk)
    if not still_open.update(accepted=now):
        raise UsageError("This invitation has been taken up or withdrawn.")
    partnership = invitation.partnership
    partnership.memberships.filter(user=user, ended__isnull=True).update(ended=now)
    membership = Membership.objects.create(
        partnership=partnership,
        user=user,
        role=invitation.role,
        organisation=invitation.organisation,
    )
    detail = {"role": membership.role, "organisation": membership.organisation}
    record(partnership, user, "joined", user.email, detail)
    return membership
