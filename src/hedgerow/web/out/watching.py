"""Telling people by e-mail what changed at the places that they watch."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hedgerow.landscape.errors import HedgerowError
from hedgerow.localities.through_time import History, history
from hedgerow.reporting.history_report import change_text
from hedgerow.reporting.wording import day_text
from hedgerow.web.access.audience import Role
from hedgerow.web.access.middleware import audience_of
from hedgerow.web.access.seeing import seen
from hedgerow.web.out.models import Watch
from hedgerow.web.places.address import Address

AFTER = {Watch.Every.WEEK: timedelta(days=7), Watch.Every.MONTH: timedelta(days=30)}
MOST_TOLD = 12
SALT = "hedgerow.web.out.watching"


def tell_all(site: str) -> int:
    """Tell everybody whose time has come what changed, and give the number of messages.

    A place at which nothing changed makes no message.

    Parameters
    ----------
    site : str
        Address at which the site is reached.
    """
    sent = 0
    for watch in Watch.objects.select_related("user", "partnership"):
        if watch.looked is None or timezone.now() - watch.looked >= AFTER[watch.every]:
            sent += tell(watch, site)
    return sent


def tell(watch: Watch, site: str) -> bool:
    """Tell one person what changed at one place since they were last told, if anything did."""
    audience = audience_of(watch.user, watch.partnership)
    if audience.role is Role.PUBLIC or not watch.user.is_active:
        watch.delete()  # who has left is told nothing more
        return False
    held = seen(audience)
    until = settings.SITE.usual_day or held.named.as_of or date.today()
    changed: History | None = None
    place = Address(
        place=watch.place, partnership=watch.partnership.slug, owner=watch.user_id, on=until
    )
    try:
        lens = place.lens(held.named, audience)
        name = lens.label(held.named.on(until))
        if watch.told_until is not None and watch.told_until < until:
            # by name, as on the page of the place: events list organisations and people
            changed = history(held.named, lens, (watch.told_until, until))
    except HedgerowError:
        return False  # the place is no longer there; its page says so
    version = watch.partnership.evidence_version
    brought = watch.version_told not in (0, version)
    lines = [] if changed is None else [change_text(one) for one in changed.changes]
    events = (
        [] if changed is None else changed.events.sort("day", descending=True)["what"].to_list()
    )
    Watch.objects.filter(pk=watch.pk).update(
        looked=timezone.now(), told_until=until, version_told=version
    )
    if not (lines or events or brought):
        return False
    words = {
        "name": name,
        "partnership": watch.partnership,
        "since": "" if watch.told_until is None else day_text(watch.told_until),
        "lines": lines[:MOST_TOLD],
        "events": events[:MOST_TOLD],
        "more": max(len(lines) - MOST_TOLD, 0) + max(len(events) - MOST_TOLD, 0),
        "has_new_evidence": brought,
        "address": site.rstrip("/") + place.url("place"),
        "stop": site.rstrip("/") + reverse("unwatch", kwargs={"signed": stop_sign(watch)}),
    }
    send_mail(
        f"Hedgerow: what changed at {' '.join(name.split())}",
        render_to_string("out/changed.txt", words),
        None,
        [watch.user.email],
    )
    return True


def stop_sign(watch: Watch) -> str:
    """Give what a link carries that ends a watch without signing in."""
    return signing.dumps(watch.pk, salt=SALT)


def stopped(signed: str) -> Watch | None:
    """Give the watch that such a link means; None where it is none, or has ended."""
    try:
        return Watch.objects.filter(pk=signing.loads(signed, salt=SALT)).first()
    except signing.BadSignature:
        return None
