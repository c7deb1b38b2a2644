"""The app of pictures."""

from __future__ import annotations

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The app of pictures."""

    name = "hedgerow.web.pictures"
    label = "pictures"
