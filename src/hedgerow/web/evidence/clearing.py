"""Files that nobody came back to: thrown away after a while, by the worker that does all work."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from hedgerow.landscape.errors import UsageError
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.own import WAITING
from hedgerow.web.evidence.uploads import throw_away
from hedgerow.web.partnerships.audit import record

KEPT_DAYS = 30
"""How long a file waits to be imported before it is thrown away, in days."""
MOST_WAITING = 20
"""Files of one person that wait at once."""


def refuse_more(user: Any) -> None:
    """Refuse another file of somebody who has as many waiting as are kept.

    Raises
    ------
    UsageError
        If so.
    """
    states = (*WAITING, Contribution.State.IMPORTING)
    waiting = Contribution.objects.filter(brought_by=user, state__in=states).exclude(upload="")
    if waiting.count() >= MOST_WAITING:
        raise UsageError(
            f"You have {MOST_WAITING} files that wait to be imported, and no more are kept for one "
            "person.",
            advice="Import some of them or throw them away, and send this one then.",
        )


def kept_until(contribution: Contribution) -> datetime:
    """Give when a file that waits is thrown away."""
    sent: datetime = contribution.brought
    return sent + timedelta(days=KEPT_DAYS)


def clear_later(contribution: Contribution) -> None:
    """Ask the worker to look again when a file has waited long enough."""
    when = kept_until(contribution)
    transaction.on_commit(lambda: clear_away.using(run_after=when).enqueue())


@task()
def clear_away() -> None:
    """Throw away every file that waited too long, and what was left of one that nobody knows of."""
    latest = timezone.now() - timedelta(days=KEPT_DAYS)
    for found in Contribution.objects.filter(state__in=WAITING, brought__lte=latest):
        with transaction.atomic():
            # whoever imports it or throws it away at this moment goes first
            mine = Contribution.objects.select_for_update().filter(pk=found.pk, state__in=WAITING)
            if not mine.exists():
                continue
            # what the file is called may be a person's name, and the trail keeps all it is told
            detail = {
                "kind": found.get_kind_display(),
                "sent": f"{found.brought:%Y-%m-%d}",
                "of": found.organisation or "the partnership",
            }
            record(found.partnership, None, "threw a file away", "never imported", detail)
            mine.delete()
        throw_away(found.upload)
    known = {upload.partition("/")[0] for upload in _uploads()}
    for folder in settings.SITE.uploads.glob("*/"):
        if folder.name not in known and folder.stat().st_mtime < latest.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def _uploads() -> list[str]:
    return list(Contribution.objects.exclude(upload="").values_list("upload", flat=True))
