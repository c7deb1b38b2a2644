"""Accounts are opened by invitation alone, and what checks a second factor is kept enciphered."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes the open door: an account comes with an invitation (`partnerships.invitations`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody opens an account uninvited."""
        return False


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
