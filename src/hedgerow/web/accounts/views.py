"""A person's own page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.accounts.models import User


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
    return render(request, "account/account.html", {"form": form})
