"""The app of out."""

from __future__ import annotations

from django.apps import AppConfig


class OutConfig(AppConfig):
    """The app of out."""

    name = "hedgerow.web.out"
    label = "out"
