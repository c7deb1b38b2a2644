"""Pages of partnerships: who belongs, what is shared, what was done."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hedgerow.landscape.errors import UsageError
from hedgerow.web.access.audience import Role
from hedgerow.web.access.levels import DEFAULT_LEVEL, RecordKind
from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.accounts import second_factor
from hedgerow.web.accounts.models import User
from hedgerow.web.accounts.sessions import recently_proved
from hedgerow.web.partnerships import invitations
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.forms import (
    InvitationForm,
    JoiningForm,
    PartnershipForm,
    SharingForm,
)
from hedgerow.web.partnerships.models import (
    Invitation,
    Membership,
    Partnership,
    SharingDecision,
)
from hedgerow.web.partnerships.trail_words import detail_words
from hedgerow.web.registers import register_on

LOG = logging.getLogger(__name__)

ENTRIES_A_PAGE = 50
SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"


@needs(Action.KEEP_PLACES)
def partnerships(request: HttpRequest) -> HttpResponse:
    """List the partnerships of the person who has signed in."""
    held = Membership.objects.filter(user_id=request.user.pk, ended__isnull=True).select_related(
        "partnership"
    )
    return render(request, "partnerships/list.html", {"memberships": held})


@needs(Action.START_PARTNERSHIP)
def start(request: HttpRequest) -> HttpResponse:
    """Start a partnership; whoever starts it is its first steward."""
    form = PartnershipForm(request.POST or None, landscape=register_on())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save()
            Membership.objects.create(partnership=made, user=request.user, role=Role.STEWARD)
            record(made, request.user, "started", made.name)
        return redirect("partnership", partnership=made.slug)
    return render(request, "partnerships/start.html", {"form": form})


@needs(Action.SEE_PARTNERSHIP)
def partnership(request: HttpRequest, partnership: str) -> HttpResponse:
    """Show the way into a partnership: its place, its evidence, its people."""
    found = request.partnership
    in_force = found.contributions.filter(state="in force")
    return render(
        request,
        "partnerships/partnership.html",
        {
            "found": found,
            "contributions": in_force.count(),
            "newest": in_force.order_by("-imported").first(),
            "people": found.memberships.filter(ended__isnull=True).count(),
            "second_factor": second_factor.notice(request.user, partnership=found),
        },
    )


@needs(Action.MANAGE_PARTNERSHIP)
@recently_proved("partnership_settings")
def settings(request: HttpRequest, partnership: str) -> HttpResponse:
    """Change what a partnership is called, its place, and whether it publishes."""
    form = PartnershipForm(
        request.POST or None, instance=request.partnership, landscape=register_on()
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            changed = form.save()
            record(changed, request.user, "changed the partnership", ", ".join(form.changed_data))
            changed.touch()
        messages.success(request, "The changes are kept.")
        return redirect("partnership", partnership=changed.slug)
    return render(request, "partnerships/settings.html", {"form": form})


@needs(Action.MANAGE_MEMBERS)
@recently_proved("members")
def members(request: HttpRequest, partnership: str) -> HttpResponse:
    """List who belongs and who is invited, and invite somebody."""
    found: Partnership = request.partnership
    landscape = register_on()
    form = InvitationForm(request.POST or None, landscape=landscape)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            secret = invitations.invite(
                found,
                given["email"],
                given["role"],
                organisation=given["organisation"],
                by=request.user,
            )
        except UsageError as fault:
            form.add_error(None, str(fault))
        else:
            address = request.build_absolute_uri(reverse("join", kwargs={"secret": secret}))
            _send(request, given["email"], address)
            return redirect("members", partnership=found.slug)
    return render(
        request,
        "partnerships/members.html",
        {
            "memberships": found.memberships.filter(ended__isnull=True)
            .select_related("user")
            .order_by("role", "user__email"),
            "invitations": invitations.open_invitations(found).order_by("email"),
            "names": landscape.names(),
            "form": form,
        },
    )


def _send(request: HttpRequest, email: str, address: str) -> None:
    try:
        invitations.send(request.partnership, email, address)
    except OSError:  # of the network, or said by the mail server
        LOG.exception("an invitation could not be sent")
        messages.error(
            request,
            f"The message to {email} could not be sent. Ask whoever runs the site to look at its "
            "mail server, then invite them again.",
        )
    else:
        messages.success(request, f"An invitation is on its way to {email}.")


@needs(Action.MANAGE_MEMBERS)
@recently_proved("members")
@require_POST
def end_membership(request: HttpRequest, partnership: str, membership_id: int) -> HttpResponse:
    """End somebody's membership; a partnership keeps at least one steward."""
    found: Partnership = request.partnership
    with transaction.atomic():
        # the row of the partnership is held, so that two stewards cannot end each other at once
        Partnership.objects.select_for_update().get(pk=found.pk)
        held = found.memberships.filter(ended__isnull=True).select_related("user")
        ending = get_object_or_404(held, pk=membership_id)
        others = held.filter(role=Role.STEWARD).exclude(pk=ending.pk)
        if ending.role == Role.STEWARD and not others.exists():
            raise UsageError(
                "A partnership needs a steward, and this is the last one.",
                advice="Invite another steward first.",
            )
        ending.ended = timezone.now()
        ending.save(update_fields=["ended"])
        # nor do they come back by what they left open
        found.tokens.filter(user=ending.user, ended__isnull=True).update(ended=ending.ended)
        found.watches.filter(user=ending.user).delete()
        invitations.open_invitations(found).filter(
            Q(invited_by=ending.user) | Q(email=ending.user.email)
        ).update(withdrawn=ending.ended)
        record(found, request.user, "ended a membership", ending.user.email, {"role": ending.role})
    messages.success(request, f"{ending.user} is no longer a member.")
    return redirect("members", partnership=found.slug)


@needs(Action.MANAGE_MEMBERS)
@require_POST
def withdraw(request: HttpRequest, partnership: str, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    found: Partnership = request.partnership
    open_one = get_object_or_404(invitations.open_invitations(found), pk=invitation_id)
    with transaction.atomic():
        Invitation.objects.filter(pk=open_one.pk).update(withdrawn=timezone.now())
        record(found, request.user, "withdrew an invitation", open_one.email)
    messages.success(request, f"The invitation to {open_one.email} is withdrawn.")
    return redirect("members", partnership=found.slug)


@needs(Action.SIGN_IN)
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation, opening an account where there is none."""
    invitation = invitations.find(secret)
    if invitation is None:
        return render(
            request,
            "stop.html",
            {
                "heading": "This invitation no longer holds",
                "words": "It was taken up, withdrawn, or is too old. Ask for another.",
            },
            status=404,
        )
    if request.user.is_authenticated:
        if request.method == "POST":
            invitations.accept(invitation, request.user)
            return redirect("partnership", partnership=invitation.partnership.slug)
        return render(request, "partnerships/join.html", {"invitation": invitation})
    if User.objects.filter(email=invitation.email).exists():
        return redirect(f"{reverse('account_login')}?next={request.path}")
    form = JoiningForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email, form.cleaned_data["password"], name=form.cleaned_data["name"]
            )
            invitations.accept(invitation, user)
        login(request, user, backend=SIGNED_IN_BY)
        return redirect("partnership", partnership=invitation.partnership.slug)
    return render(request, "partnerships/join_new.html", {"invitation": invitation, "form": form})


@needs(Action.DECIDE_SHARING)
@recently_proved("sharing")
def sharing(request: HttpRequest, partnership: str) -> HttpResponse:
    """Decide how far one's own organisation shares each kind of its records."""
    found: Partnership = request.partnership
    organisation = request.audience.organisation
    held = {kind.value: DEFAULT_LEVEL.value for kind in RecordKind}
    held |= dict(found.sharing.filter(organisation=organisation).values_list("kind", "level"))
    form = SharingForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        changed = {kind: level for kind, level in form.cleaned_data.items() if level != held[kind]}
        with transaction.atomic():
            for kind, level in changed.items():
                SharingDecision.objects.create(
                    partnership=found,
                    organisation=organisation,
                    kind=kind,
                    level=level,
                    decided_by=request.user,
                )
            if changed:
                record(found, request.user, "decided what is shared", organisation, changed)
                found.touch()
        messages.success(request, "Your decision holds from now on.")
        return redirect("sharing", partnership=found.slug)
    return render(
        request,
        "partnerships/sharing.html",
        {
            "form": form,
            "organisation": register_on().names().get(organisation, organisation),
            "history": found.sharing.filter(organisation=organisation).order_by("-decided"),
        },
    )


@needs(Action.SEE_AUDIT)
def audit(request: HttpRequest, partnership: str) -> HttpResponse:
    """Show what was done in a partnership, newest first."""
    entries = request.partnership.audit_entries.select_related("actor")
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "partnerships/audit.html",
        {"page": page, "detail_words": detail_words, "names": register_on().names()},
    )
