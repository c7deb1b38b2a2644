"""The app of partnerships."""

from __future__ import annotations

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """The app of partnerships."""

    name = "hedgerow.web.partnerships"
    label = "partnerships"
