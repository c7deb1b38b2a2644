"""The app of places."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of places."""

    name = "hedgerow.web.places"
    label = "places"

    def ready(self) -> None:
        """Make the long work of this app known to the worker."""
        from hedgerow.web.places import measuring_all  # noqa: F401  # it names its work
