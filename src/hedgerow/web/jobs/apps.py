"""The app of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app of jobs."""

    name = "hedgerow.web.jobs"
    label = "jobs"
