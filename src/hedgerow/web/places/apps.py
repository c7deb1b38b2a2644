"""The app of places."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of places."""

    name = "hedgerow.web.places"
    label = "places"
