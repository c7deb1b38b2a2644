"""Long work: asked for, put in the database's queue, done step by step, cancelled, taken up again.

A piece of work is a function that takes a `Progress` and its arguments, does its steps, and gives
the address of the page with what came of it. It changes data in one transaction at its end, so that
work that was cut off can be done again from the start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import task

from hedgerow.landscape.errors import HedgerowError
from hedgerow.web.jobs.models import Job
from hedgerow.web.partnerships.models import Partnership

LOG = logging.getLogger(__name__)
BEAT_SECONDS = 5
ABANDONED = timedelta(seconds=6 * BEAT_SECONDS)
"""After how long without a sign of life a job counts as cut off."""

Work = Callable[..., str]
WORK: dict[str, Work] = {}
"""Every piece of work by name."""


class UnwantedError(Exception):
    """Raised between two steps of work that somebody cancelled."""


class Progress:
    """How work tells how far it is, and learns whether it is still wanted."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def step(self, done: int, whole: int, words: str = "") -> None:
        """Say how many of how many steps are done.

        Raises
        ------
        UnwantedError
            If somebody cancelled the work.
        """
        if Job.objects.filter(pk=self.job.pk, is_unwanted=True).exists():
            raise UnwantedError
        Job.objects.filter(pk=self.job.pk).update(
            done=done, whole=whole, words=words, beat=timezone.now()
        )


def work(name: str) -> Callable[[Work], Work]:
    """Make a function known as a piece of work."""

    def known(function: Work) -> Work:
        WORK[name] = function
        return function

    return known


def ask(
    name: str,
    what: str,
    *,
    by: Any = None,
    partnership: Partnership | None = None,
    **arguments: Any,
) -> Job:
    """Ask for work to be done.

    Parameters
    ----------
    name : str
        Of the work.
    what : str
        What is done, in words, for the page.
    by : User, optional
    partnership : Partnership, optional
        Whose it is.
    arguments
        What the work is done on, as JSON can hold it.
    """
    if name not in WORK:
        raise ValueError(f"there is no work called “{name}”")
    job = Job.objects.create(
        what=what, work=name, arguments=arguments, asked_by=by, partnership=partnership
    )
    _enqueue(job)
    return job


def _enqueue(job: Job) -> None:
    transaction.on_commit(lambda: do.enqueue(str(job.pk)))


@task()
def do(job_id: str) -> None:
    """Do a job that waits; one that is over is left."""
    job = Job.objects.filter(pk=job_id, state=Job.State.WAITING).first()
    if job is None:
        return
    Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING, beat=timezone.now())
    is_over = threading.Event()
    alive = threading.Thread(target=_beat, args=(job_id, is_over), daemon=True)
    alive.start()
    try:
        result = WORK[job.work](Progress(job), **job.arguments)
    except UnwantedError:
        _end(job, Job.State.CANCELLED)
    except HedgerowError as fault:
        _end(job, Job.State.FAILED, words=str(fault))
    except Exception:
        LOG.exception("%s failed", job.what)
        _end(job, Job.State.FAILED, words="Something went wrong on our side; nothing was changed.")
    else:
        _end(job, Job.State.DONE, result=result)
    finally:
        is_over.set()
        alive.join()


def _beat(job_id: str, is_over: threading.Event) -> None:
    """Give signs of life until the work is over."""
    try:
        while not is_over.wait(BEAT_SECONDS):
            # while the work writes, SQLite lets nobody else: the next sign has to do
            with suppress(OperationalError):
                Job.objects.filter(pk=job_id).update(beat=timezone.now())
    finally:
        connection.close()


def _end(job: Job, state: Any, *, words: str = "", result: str = "") -> None:
    said = {"words": words[:300]} if words else {}
    Job.objects.filter(pk=job.pk).update(state=state, result=result, ended=timezone.now(), **said)


def cancel(job: Job) -> None:
    """Say that a job is no longer wanted; it clears up and stops before its next step."""
    Job.objects.filter(pk=job.pk).update(is_unwanted=True)


def take_up_again(*, after: timedelta = ABANDONED) -> int:
    """Put jobs that were cut off back into the queue, and give their number.

    A job is cut off when whoever did it has given no sign of life for a while: the server was
    killed, or the machine went down. Its work had changed nothing yet.
    """
    latest = timezone.now() - after
    cut_off = Job.objects.filter(state=Job.State.RUNNING, beat__lt=latest)
    again = 0
    for job in cut_off:
        # of several workers that look at once, the one that changes the row takes it
        again += (mine := cut_off.filter(pk=job.pk).update(state=Job.State.WAITING, done=0))
        if mine:
            _enqueue(job)
    return again
