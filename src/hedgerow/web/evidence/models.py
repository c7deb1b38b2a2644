"""Contributions and the records in them, as each was told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hedgerow.web.partnerships.models import Partnership


class Contribution(models.Model):
    """One file or one round of forms that told something.

    A later contribution of the same name by the same organisation takes the place of the earlier
    one, which stays on record as replaced. Only those that are ``in force`` are seen.

    Attributes
    ----------
    organisation : str
        On whose behalf it was brought; empty for the partnership itself.
    sources : list
        Sources that its rows carry, as JSON of `hedgerow.landscape.provenance.Source`.
    faults : list
        What was set aside and why, without what stood in the cells.
    """

    class Kind(models.TextChoices):
        """How it came."""

        FIELDBOOK = "fieldbook", "Fieldbook"
        ATTENDANCE = "attendance", "Attendance file"
        NETWORK = "network", "Network file"
        FORM = "form", "Forms on the site"

    class State(models.TextChoices):
        """Where it stands."""

        CHECKED = "checked", "Checked, not imported"
        IMPORTING = "importing", "Being imported"
        IN_FORCE = "in force", "In force"
        REPLACED = "replaced", "Replaced by a later one"
        UNDONE = "undone", "Undone"
        FAILED = "failed", "Could not be imported"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="contributions")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.CHECKED)
    organisation = models.CharField(max_length=80, blank=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    brought = models.DateTimeField(default=timezone.now)
    imported = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=255, blank=True)
    upload = models.CharField(max_length=255, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    sources = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["brought", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


class SavedMapping(models.Model):
    """Which column of an organisation's attendance files is what, for next term's file.

    Attributes
    ----------
    mapping : dict
        As `hedgerow.fieldbook.attendance.mapping.mapping_as_json` gives it.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="mappings")
    organisation = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], name="one_mapping_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"mapping of {self.organisation or self.partnership}"


class Record(models.Model):
    """A row of a table of the landscape, as one contribution told it.

    A record that a form changed is ``ended`` and followed by another; both stay.

    Attributes
    ----------
    table : str
        One of `hedgerow.fieldbook.plan.TABLES_OF_A_FIELDBOOK`.
    key : str
        Values of the table's primary key, as JSON.
    values : dict
        The row, dates as ISO text.
    follows : Record or None
        The one that this one took the place of, where a form changed it.
    """

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="records")
    table = models.CharField(max_length=40)
    key = models.TextField()
    values = models.JSONField()
    begun = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contribution", "table"], name="record_of_contribution")
        ]
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
