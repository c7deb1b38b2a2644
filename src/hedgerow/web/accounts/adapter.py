"""Accounts are opened by invitation alone, and what checks a second factor is kept enciphered."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Closes the open door: an account comes with an invitation (`partnerships.invitations`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody opens an account uninvited."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the partnership of whoever has one, to a list of several, and else to the way
        in."""
        slugs = list(
            request.user.memberships.filter(ended__isnull=True).values_list(
                "partnership__slug", flat=True
            )[:2]
        )
        if len(slugs) == 1:
            return reverse("partnership", kwargs={"partnership": slugs[0]})
        return reverse("partnerships" if slugs else "home")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Enciphers the secrets of second factors, so that a copy of the database opens no account.

    The key comes of the site's secret: with a new one, second factors have to be set up anew.
    """

    def encrypt(self, text: str) -> str:
        """Encipher a secret for the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Give a secret from the database back."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    drawn = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(drawn))
