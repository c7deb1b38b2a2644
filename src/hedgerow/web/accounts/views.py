"""A person's own page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.accounts import second_factor
from hedgerow.web.accounts.models import User
from hedgerow.web.accounts.sessions import end_sessions, sessions_of


class NameForm(forms.ModelForm):
    """What a person is called on the site."""

    class Meta:
        model = User
        fields = ("name",)
        labels = {"name": "Your name"}  # noqa: RUF012  # Django's own way
        help_texts = {  # noqa: RUF012  # Django's own way
            "name": "How the partnership's stewards see you in lists and in the audit trail."
        }


@needs(Action.KEEP_PLACES)
def account(request: HttpRequest) -> HttpResponse:
    """Show what is kept of a person and what they can change."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name is kept.")
        return redirect("account")
    given = {
        "form": form,
        "sessions": sessions_of(request.user),
        "this_one": request.session.session_key,
        "second_factor": second_factor.notice(request.user),
    }
    return render(request, "account/account.html", given)


@needs(Action.KEEP_PLACES)
def here(request: HttpRequest) -> HttpResponse:
    """Say nothing: that somebody asked keeps their session while they write."""
    return HttpResponse(status=204)


@needs(Action.KEEP_PLACES)
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign a person out everywhere but here."""
    many = end_sessions(request.user, but=request.session.session_key)
    said = "You were signed in nowhere else." if not many else "You are signed out everywhere else."
    messages.success(request, said)
    return redirect("account")
