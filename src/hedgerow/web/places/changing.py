"""What changed at a place since a day: figures, and what happened to its schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hedgerow.landscape.errors import UsageError
from hedgerow.reporting.history_report import change_text, events_table
from hedgerow.reporting.table import Table
from hedgerow.reporting.wording import day_text
from hedgerow.web.places.keeping import StillWorking
from hedgerow.web.places.looking import Look
from hedgerow.web.places.reports import history_since

MOST_EVENTS = 8
"""Events that the overview lists; the table has all."""

BY_NAME = (
    "What changed is told from what is shared by name alone, so a figure here can differ from the "
    "same one elsewhere on these pages."
)


@dataclass(frozen=True, eq=False)
class Changed:
    """What changed.

    Attributes
    ----------
    since, until : datetime.date
    changes : tuple of str
        Figures that changed by more than noise, in words.
    events : Table or None
        Everything that happened.
    latest : tuple of tuple of str
        Day and words of the latest events.
    notes : tuple of str
    basis : str
        That it is told by name alone, where figures count more than that.
    why_none : str
        Why nothing can be said, where that is so.
    is_working : bool
        Whether it is still being worked out.
    """

    since: date
    until: date
    changes: tuple[str, ...] = ()
    events: Table | None = None
    latest: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    basis: str = ""
    why_none: str = ""
    is_working: bool = False


def changed(look: Look) -> Changed:
    """Say what changed at a place since the day that its address holds, or in the year before."""
    known_to = look.landscape.as_of
    until = look.on if known_to is None else min(look.on, known_to)
    since = look.address.since or _year_before(until)
    earliest = look.landscape.earliest
    if look.address.since is None and earliest is not None:
        since = max(since, earliest)
    if since >= until:
        return Changed(
            since,
            until,
            why_none=f"Changes are told from an earlier day to {day_text(until)}: choose a day "
            "before it."
            if look.address.since
            else f"Nothing is known of the time before {day_text(until)}.",
        )
    try:
        found = history_since(look, since, until)
    except UsageError as fault:
        return Changed(since, until, why_none=f"{fault.message} {fault.page_advice}".strip())
    except StillWorking:
        return Changed(since, until, is_working=True)
    latest = found.events.sort("day", "schools", descending=[True, True]).head(MOST_EVENTS)
    return Changed(
        since,
        until,
        changes=tuple(change_text(one) for one in found.changes),
        events=events_table(found),
        latest=tuple((day_text(day), what) for day, what in latest.select("day", "what").rows()),
        notes=found.notes,
        basis=by_name_alone(look),
    )


def by_name_alone(look: Look) -> str:
    """Say that what changed is told by name alone, where figures count more than that."""
    return BY_NAME if look.landscape is not look.named else ""


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day - timedelta(days=366)
