"""Long work that somebody asked for: how far it is, and whether it is still wanted."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from hedgerow.web.partnerships.models import Partnership


class Job(models.Model):
    """A piece of long work, as the person who asked for it sees it.

    The work itself stands in the queue of the database; this is what is shown of it.

    Attributes
    ----------
    done, whole : int
        How far it is: steps done, of how many; ``whole`` is 0 until that is known.
    is_unwanted : bool
        Somebody cancelled it: the work looks at this between two steps and stops.
    result : str
        Address of the page with what came of it.
    work, arguments : str, dict
        Which work, by its name in `hedgerow.web.jobs.work`, and on what.
    beat : datetime.datetime or None
        When whoever does it last gave a sign of life.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="jobs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField(max_length=200)
    work = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    beat = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    is_unwanted = models.BooleanField(default=False)
    result = models.CharField(max_length=500, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked"]

    def __str__(self) -> str:
        return f"{self.what}: {self.state}"

    def get_absolute_url(self) -> str:
        """Address of the page that shows how far it is."""
        partnership = None if self.partnership is None else self.partnership.slug
        return reverse("job", kwargs={"partnership": partnership, "job_id": self.pk})

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.CANCELLED, self.State.FAILED)
