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
from hedgerow.web.access.audience import Role
from hedgerow.web.accounts.models import User
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import Invitation, Membership, Partnership

GOOD_FOR = timedelta(days=14)
MOST_A_DAY = 50
"""How many invitations one person sends in a day, in all their partnerships."""


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

    Raises
    ------
    UsageError
        If they have sent `MOST_A_DAY` within the last day.
    """
    email = email.strip().lower()
    now = timezone.now()
    if by is not None:
        User.objects.select_for_update().get(pk=by.pk)  # two at once are counted one by one
        lately = Invitation.objects.filter(invited_by=by, invited__gt=now - timedelta(days=1))
        if lately.count() >= MOST_A_DAY:
            raise UsageError(
                f"You have sent {MOST_A_DAY} invitations in a day, which is the most.",
                advice="Send more tomorrow, or let another steward invite.",
            )
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
        If it is for another address, was taken up in the meantime, or would leave the partnership
        without a steward.
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
    # held, so that two stewards do not step down at once
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    stewards = partnership.memberships.filter(role=Role.STEWARD, ended__isnull=True)
    is_last = stewards.filter(user=user).exists() and not stewards.exclude(user=user).exists()
    if is_last and invitation.role != Role.STEWARD:
        raise UsageError(
            "A partnership needs a steward, and you are the last one.",
            advice="Invite another steward first.",
        )
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
