"""Places that people keep: their own lists of schools and areas that they drew."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hedgerow.web.partnerships.models import Partnership


class OwnPlace(models.Model):
    """A list of schools or a drawn area, of one person or of a partnership.

    Attributes
    ----------
    user, partnership
        Whose it is: one of the two.
    content : dict
        Of a list ``{"schools": ["urn:900000", ...]}``, of an area ``{"drawn": GEOJSON}``.
    """

    class Kind(models.TextChoices):
        """What it is."""

        LIST = "list", "List of schools"
        AREA = "area", "Drawn area"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="own_places"
    )
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, null=True, blank=True, related_name="own_places"
    )
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.JSONField()
    kept = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(user=None, partnership__isnull=False)
                | Q(user__isnull=False, partnership=None),
                name="own_place_is_of_one",
            ),
            models.UniqueConstraint(fields=["user", "kind", "slug"], name="own_place_of_user"),
            models.UniqueConstraint(
                fields=["partnership", "kind", "slug"], name="own_place_of_partnership"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What stands for it in an address."""
        return f"{self.kind}:{self.slug}"
