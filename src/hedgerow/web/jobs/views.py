"""Pages of long work: how far it is, and the button that stops it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hedgerow.web.access.permissions import Action, needs
from hedgerow.web.jobs.models import Job
from hedgerow.web.jobs.work import cancel, take_up_again


@needs(Action.SEE_PARTNERSHIP)
def job(request: HttpRequest, partnership: str, job_id: UUID) -> HttpResponse:
    """Show how far a job is; the page asks again by itself until it is over."""
    found = _own(request, job_id)
    take_up_again()  # where workers are processes of their own, nobody else looks for cut-off jobs
    return render(request, "jobs/job.html", {"job": found})


@needs(Action.SEE_PARTNERSHIP)
@require_POST
def stop(request: HttpRequest, partnership: str, job_id: UUID) -> HttpResponse:
    """Cancel a job of one's own."""
    cancel(_own(request, job_id))
    return redirect("job", partnership=partnership, job_id=job_id)


def _own(request: HttpRequest, job_id: UUID) -> Job:
    """Give a job of the partnership that this person asked for; any other is not there."""
    return get_object_or_404(
        Job, pk=job_id, partnership=request.partnership, asked_by_id=request.user.pk
    )
