"""What people ask to be told, and the tokens with which their programs read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hedgerow.web.partnerships.models import Partnership


class ApiToken(models.Model):
    """Lets a program read a partnership's pages as the person whose it is; only its hash is kept.

    It opens nothing that the person could not see, and changes nothing.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="tokens")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class Watch(models.Model):
    """A place of which somebody asked to be told what changed.

    Attributes
    ----------
    place : str
        As in the address of its page.
    told_until : datetime.date or None
        The day of the register up to which they were told; None where they never were.
    version_told : int
        The partnership's evidence version when they were last told.
    """

    class Every(models.TextChoices):
        """How often."""

        WEEK = "week", "Every week"
        MONTH = "month", "Every month"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="watches")
    place = models.CharField(max_length=300)
    every = models.CharField(max_length=10, choices=Every.choices, default=Every.MONTH)
    begun = models.DateTimeField(default=timezone.now)
    looked = models.DateTimeField(null=True, blank=True)
    told_until = models.DateField(null=True, blank=True)
    version_told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "partnership", "place"], name="one_watch_of_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} watches {self.place}"
