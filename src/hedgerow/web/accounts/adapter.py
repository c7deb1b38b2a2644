"""Accounts are opened by invitation alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes the open door: an account comes with an invitation (`partnerships.invitations`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody opens an account uninvited."""
        return False
