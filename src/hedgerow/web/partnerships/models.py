"""Partnerships, their members, what organisations share, and the trail of what was done."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hedgerow.web.access.audience import Role
from hedgerow.web.access.levels import Level, RecordKind

ROLES = [(role.value, role.value.capitalize()) for role in Role if role is not Role.PUBLIC]


class Partnership(models.Model):
    """A group of people and organisations that look after one place together.

    Attributes
    ----------
    place : str
        The address of its place, as in the address of a page (`places.address`).
    is_published : bool
        Whether the public sees figures that rest on the partnership's evidence.
    evidence_version : int
        Rises with whatever changes what can be seen; part of the key of whatever is kept.
    """

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    place = models.TextField()
    about = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)
    evidence_version = models.PositiveIntegerField(default=1)
    founded = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    def touch(self) -> None:
        """Say that what can be seen of it has changed."""
        Partnership.objects.filter(pk=self.pk).update(
            evidence_version=models.F("evidence_version") + 1
        )
        self.refresh_from_db(fields=["evidence_version"])


class Membership(models.Model):
    """A person's role in a partnership, and the organisation that they act for."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    organisation = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partnership", "user"], condition=Q(ended=None), name="one_role_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} of {self.partnership}"


class Invitation(models.Model):
    """An invitation that was sent; only the hash of its secret is kept."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=ROLES)
    organisation = models.CharField(max_length=80, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} to {self.partnership}"


class SharingDecision(models.Model):
    """What an organisation decided about one kind of its records; the latest stands."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="sharing")
    organisation = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=[(one.value, one.label) for one in RecordKind])
    level = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Level])
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["decided", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.kind} {self.level}"


class AuditEntry(models.Model):
    """One thing that somebody did; entries are added and never changed."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, null=True, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; an entry that is there already cannot be changed."""
        if self.pk is not None:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what was done stays on record."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("an entry of the audit trail stays as it is")
