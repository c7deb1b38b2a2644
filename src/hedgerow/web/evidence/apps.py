"""The app of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The app of evidence."""

    name = "hedgerow.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Make the long work of this app known to the worker."""
        from hedgerow.web.evidence import checking, importing  # noqa: F401  # they name their work
