"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app of accounts."""

    name = "hedgerow.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Begin to write down what happens to accounts."""
        from hedgerow.web.accounts.events import listen

        listen()
