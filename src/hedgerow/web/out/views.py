"""Pages from which data leaves: packages, tokens, messages of what changed."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.access.seeing import seen
from hedgerow.web.accounts.sessions import recently_proved
from hedgerow.web.out import watching
from hedgerow.web.out.models import ApiToken, Watch
from hedgerow.web.out.package import data_package
from hedgerow.web.out.tokens import GOOD_FOR, draw
from hedgerow.web.partnerships.audit import record
from hedgerow.web.places.address import Address


class TokenForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(
        max_length=80, label="What it is for", help_text="So that you know it again in this list."
    )


class WatchForm(forms.Form):
    """A place to be told about."""

    place = forms.CharField(
        max_length=300,
        label="Place",
        help_text="Its name, or what stands for it in the address of its page: “authority:330”.",
    )
    every = forms.ChoiceField(choices=Watch.Every.choices, label="How often", initial="month")


@needs(Action.SEE_PARTNERSHIP)
def out(request: HttpRequest, partnership: str) -> HttpResponse:
    """Show the ways in which data leaves."""
    return render(
        request,
        "out/out.html",
        {
            "tokens": _tokens(request),
            "token_form": TokenForm(),
            "watches": Watch.objects.filter(user=request.user, partnership=request.partnership),
            "watch_form": WatchForm(
                initial={
                    "place": request.GET.get("place") or request.partnership.place,
                    "every": "month",
                }
            ),
            "secret": request.session.pop("drawn", ""),
            "good_for": GOOD_FOR.days,
        },
    )


@needs(Action.EXPORT_DATA)
@recently_proved("out")
def package(request: HttpRequest, partnership: str) -> HttpResponse:
    """Give the partnership's records as a data package."""
    found = request.partnership
    content = data_package(found, seen(request.audience), on=date.today())
    record(found, request.user, "took data away", "data package")
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.zip"'
    return answer


@needs(Action.SEE_PARTNERSHIP)
@recently_proved("out")
@require_POST
def draw_token(request: HttpRequest, partnership: str) -> HttpResponse:
    """Draw a token for a program of one's own."""
    form = TokenForm(request.POST)
    if form.is_valid():
        drawn = draw(request.partnership, request.user, form.cleaned_data["name"])
        request.session["drawn"] = drawn
    else:
        messages.error(request, "Say what the token is for.")
    return redirect("out", partnership=partnership)


@needs(Action.SEE_PARTNERSHIP)
@require_POST
def end_token(request: HttpRequest, partnership: str, token_id: int) -> HttpResponse:
    """End a token of one's own."""
    token = get_object_or_404(_tokens(request), pk=token_id)
    token.ended = timezone.now()
    token.save(update_fields=["ended"])
    record(request.partnership, request.user, "ended a token", token.name)
    messages.success(request, f"“{token.name}” opens nothing any more.")
    return redirect("out", partnership=partnership)


def _tokens(request: HttpRequest) -> object:
    return ApiToken.objects.filter(
        user=request.user, partnership=request.partnership, ended__isnull=True
    )


@needs(Action.SEE_PARTNERSHIP)
@require_POST
def watch(request: HttpRequest, partnership: str) -> HttpResponse:
    """Ask to be told what changes at a place."""
    form = WatchForm(request.POST)
    if form.is_valid():
        place = form.cleaned_data["place"].strip()
        held = seen(request.audience)
        # a place that is not there is refused here, with its candidates
        Address(place=place, partnership=partnership, owner=request.user.pk).lens(
            held.named, request.audience
        )
        Watch.objects.update_or_create(
            user=request.user,
            partnership=request.partnership,
            place=place,
            defaults={
                "every": form.cleaned_data["every"],
                "looked": timezone.now(),
                "told_until": held.named.as_of,
                "version_told": request.partnership.evidence_version,
            },
        )
        messages.success(request, "You will be told by e-mail when something changes.")
    else:
        messages.error(request, "Name a place, and how often.")
    return redirect("out", partnership=partnership)


@needs(Action.SIGN_IN)
def unwatch(request: HttpRequest, signed: str) -> HttpResponse:
    """End a watch by the link in a message; asked once, so that a mail program cannot end it."""
    found = watching.stopped(signed)
    if found is not None and request.method == "POST":
        found.delete()
        found = None
    return render(request, "out/unwatch.html", {"found": found})
