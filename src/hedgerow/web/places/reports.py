"""Profiles and reports of places, worked out once for each audience that sees the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches

from hedgerow.localities.profile import Profile, profile
from hedgerow.localities.through_time import History, history
from hedgerow.reporting.kept_figures import kept_figures
from hedgerow.reporting.kept_typology import kept_typology
from hedgerow.reporting.report import Report, report_of
from hedgerow.web.places.keeping import Kept
from hedgerow.web.places.looking import Look

MOST_REPORTS = 64
MOST_HISTORIES = 64
PATIENCE: float | None = 2.0
"""Seconds that a reader waits for a place before being told that it is being worked out; None for
as long as it takes."""
SHARE_OF_CHANGES = 0.4
"""Part of that which a page waits besides for what changed, of which it can do without."""


@dataclass(frozen=True, eq=False)
class Told:
    """A profile with its report.

    Attributes
    ----------
    profile : Profile
    report : Report
    today : datetime.date
        The day from which ages are reckoned.
    has_figures : bool
        Whether the figures of all authorities are kept for the day and phase, so that it can be
        said what is unusual.
    """

    profile: Profile
    report: Report
    today: date
    has_figures: bool


_TOLD: Kept[Told] = Kept(MOST_REPORTS)
_HISTORIES: Kept[History] = Kept(MOST_HISTORIES)


def told(look: Look) -> Told:
    """Give the profile and report of what a page looks at.

    Raises
    ------
    StillWorking
        If it takes longer than a reader should wait; the work goes on.
    """
    today = date.today()
    return _TOLD.get(
        (*look.key, look.address.beside, today),
        lambda: _worked_out(look, today),
        patience=PATIENCE,
    )


def _worked_out(look: Look, today: date) -> Told:
    phase = look.address.phase
    figures = kept_figures(settings.SITE.registers, look.on, phase)
    found = profile(
        look.landscape,
        look.lens,
        on=look.on,
        phase=phase,
        figures=figures,
        beside=look.address.beside,
        typology=kept_typology(settings.SITE.registers, look.on, phase),
    )
    shown = listed_by_name(found, look)
    return Told(shown, report_of(shown, today=today), today, figures is not None)


def listed_by_name(found: Profile, look: Look) -> Profile:
    """Give a profile whose figures count what they may, and whose lists and pictures show what may
    be named."""
    if look.landscape is look.named:
        return found
    here = look.named.through(look.lens, on=look.on, phase=look.address.phase)
    return replace(found, here=here)


def history_since(look: Look, since: date, until: date) -> History:
    """Give what became of a place from one day to another, as far as it may be told by name: events
    list organisations and people.

    Raises
    ------
    UsageError
        If the first day lies before anything is known, or not before the second.
    StillWorking
        If it takes longer than a reader should wait; the work goes on.
    """
    return _HISTORIES.get(
        (*look.key, since, until),
        lambda: history(look.named, look.lens, (since, until), phase=look.address.phase),
        patience=PATIENCE if PATIENCE is None else PATIENCE * SHARE_OF_CHANGES,
        patience_of_others=PATIENCE if PATIENCE is None else 0.1,
    )


def kept_text(look: Look, what: str, work: Callable[[], str]) -> str:
    """Give a part of a page that depends on what it looks at and on its address alone.

    Parameters
    ----------
    look : Look
    what : str
        Which part.
    work : callable
        Fills it.
    """
    address = look.address
    said = repr((look.key, address.url(), address.partnership, what, date.today()))
    key = "page-" + sha256(said.encode()).hexdigest()
    found = caches["pages"].get(key)
    if found is None:
        found = work()
        caches["pages"].set(key, found)
    return str(found)
