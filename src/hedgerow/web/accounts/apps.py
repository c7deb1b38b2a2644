"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app of accounts."""

    name = "hedgerow.web.accounts"
    label = "accounts"
