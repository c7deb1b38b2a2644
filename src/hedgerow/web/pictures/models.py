"""Layouts of networks that people keep."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hedgerow.web.partnerships.models import Partnership


class SavedLayout(models.Model):
    """Where a person put the organisations of a place's network.

    Attributes
    ----------
    user
        Whose it is.
    partnership
        Under whose address; None on open data alone.
    place : str
        As it stands in an address, with what it is combined with.
    positions : dict
        Organisations or groups of them, each with its place on the wide sheet: ``[x, y]``. No
        persons.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="layouts")
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, null=True, blank=True, related_name="layouts"
    )
    place = models.CharField(max_length=1000)
    positions = models.JSONField()
    kept = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "partnership", "place"], name="layout_in_partnership"
            ),
            models.UniqueConstraint(
                fields=["user", "place"],
                condition=Q(partnership=None),
                name="layout_on_open_data",
            ),
        ]

    def __str__(self) -> str:
        return self.place
