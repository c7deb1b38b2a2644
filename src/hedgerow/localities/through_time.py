"""A place through time: figures on a series of days, what changed, and what could explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hedgerow.landscape.earlier_schools import is_put_back, with_earlier_schools
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import Indicator
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.periods import in_words
from hedgerow.landscape.phases import Phase
from hedgerow.localities.before_and_after import BeforeAndAfter, before_and_after
from hedgerow.localities.changes import Change, changes_marked
from hedgerow.localities.days_of_history import FEWEST_DAYS, MOST_DAYS
from hedgerow.localities.declared import load
from hedgerow.localities.events import events_between

USUAL = (
    "linked_systems.maintained_share",
    "linked_systems.share_in_single_academy_trusts",
    "linked_systems.share_in_trusts_6_plus",
    "linked_systems.effective_governing_bodies",
    "local_lens.local_trust_share",
    "local_lens.neighbour_fragmentation",
    "local_lens.isolated_in_trust_share",
    "professional_learning.external_reach",
)
"""The figures followed unless others are asked for: those that rest on dated ties and records."""


@dataclass(frozen=True, eq=False)
class History:
    """A place on a series of days.

    Attributes
    ----------
    place : str
    phase : {"primary", "secondary", "all"}
    register : str
    days : tuple of datetime.date
        In their order.
    views : tuple of LocalLandscape
        The place on each.
    series : mapping of str to tuple of Finding
        By indicator, one finding a day.
    changes : tuple of Change
        Those marked, in order of indicator, then day.
    events : polars.DataFrame
        All that happened, columns of `hedgerow.localities.events.EVENTS`.
    before_and_after : tuple of BeforeAndAfter
        As on the last day: before and after joining a trust, and before and after a leaver.
    notes : tuple of str
        What stands between the question and the answer.
    """

    place: str
    phase: Phase
    register: str
    days: tuple[date, ...]
    views: tuple[LocalLandscape, ...]
    series: Mapping[str, tuple[Finding, ...]]
    changes: tuple[Change, ...]
    events: pl.DataFrame
    before_and_after: tuple[BeforeAndAfter, ...]
    notes: tuple[str, ...]

    @property
    def last(self) -> LocalLandscape:
        """The place on the last day."""
        return self.views[-1]

    def to_frame(self) -> pl.DataFrame:
        """Give all figures as a table: one row a figure and day, values native."""
        rows = []
        for findings in self.series.values():
            for one in findings:
                said = one.to_json()
                kept = ("id", "label", "unit", "value", "low", "high", "expected", "n", "missing")
                rows.append(
                    {name: said[name] for name in kept}
                    | {"day": one.on, "status": one.status, "reason": one.reason or None}
                )
        return pl.DataFrame(rows, schema=_FRAME)

    def to_json(self) -> dict[str, object]:
        """Give the history in the shape of the public JSON contract."""
        return {
            "place": self.place,
            "phase": self.phase,
            "register": self.register,
            "lens": self.last.lens.key,
            "days": [day.isoformat() for day in self.days],
            "series": [
                {
                    "id": identifier,
                    "label": findings[0].indicator.label,
                    "unit": findings[0].indicator.unit,
                    "findings": [{"on": one.on.isoformat(), **one.to_json()} for one in findings],
                }
                for identifier, findings in self.series.items()
            ],
            "changes": [
                {
                    "id": one.indicator.id,
                    "from": one.before.on.isoformat(),
                    "to": one.after.on.isoformat(),
                    "before": one.before.value,
                    "after": one.after.value,
                    "why_marked": one.why_marked,
                    "could_explain": list(one.explanations),
                }
                for one in self.changes
            ],
            "events": [row | {"day": row["day"].isoformat()} for row in self.events.to_dicts()],
            "before_and_after": [
                {
                    "id": one.id,
                    "title": one.title,
                    "value": one.value_heading,
                    "terms": one.terms.to_dicts(),
                    "before": one.before,
                    "caveat": one.caveat,
                }
                for one in self.before_and_after
            ],
            "notes": list(self.notes),
        }


_FRAME: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "label": pl.String,
    "unit": pl.String,
    "day": pl.Date,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "expected": pl.Float64,
    "n": pl.Int64,
    "missing": pl.Int64,
    "status": pl.String,
    "reason": pl.String,
}


def chosen(identifiers: Sequence[str]) -> tuple[Indicator, ...]:
    """Give the indicators asked for, or the usual ones.

    Raises
    ------
    UsageError
        If there is no such indicator.
    """
    declared = {one.id: one for one in load()}
    unknown = [one for one in identifiers if one not in declared]
    if unknown:
        raise UsageError(
            f"There is no figure {', '.join(f'“{one}”' for one in unknown)}.",
            advice="`hedgerow indicators` lists their names.",
        )
    wanted = list(dict.fromkeys(identifiers)) or [one for one in USUAL if one in declared]
    return tuple(declared[one] for one in wanted)


def history(
    landscape: Landscape,
    lens: Lens,
    days: Sequence[date],
    *,
    indicators: Sequence[str] = (),
    phase: Phase = "primary",
) -> History:
    """Follow a place through time.

    Schools that bore an older number which the register does not list are put back
    (`hedgerow.landscape.earlier_schools`), and counted in the notes.

    Parameters
    ----------
    landscape : Landscape
    lens : Lens
    days : sequence of datetime.date
        Two or more, in their order.
    indicators : sequence of str
        Which figures; `USUAL` unless given.
    phase : {"primary", "secondary", "all"}

    Raises
    ------
    UsageError
        If a day lies before anything is known or after the register's own, there are too few or
        too many, or there is no such indicator.

    Notes
    -----
    A change is marked when it is larger than the intervals of both days let chance make it,
    allowing for how many changes are looked at; of figures beside chance, what is compared is how
    far they lie from it. The days share most of their schools, and are taken not to: so fewer
    changes are marked than could be. A figure without an interval is marked when it changes by a
    tenth. What is undated (pupils, type, rural or urban) is as at the register's day throughout.
    """
    asked = tuple(days)
    if not FEWEST_DAYS <= len(asked) <= MOST_DAYS or list(asked) != sorted(set(asked)):
        raise UsageError(
            f"A history takes {FEWEST_DAYS} to {MOST_DAYS} days, each later than the one before."
        )
    known_to = landscape.as_of
    if known_to is not None and asked[-1] > known_to:
        raise UsageError(
            f"Nothing is known of {in_words(asked[-1])}: the register describes "
            f"{in_words(known_to)}.",
            advice=f"Ask for {known_to.isoformat()} or earlier.",
        )
    wanted = chosen(indicators)
    landscape.on(asked[0])  # a first day before anything is known is refused before any work
    whole = with_earlier_schools(landscape)
    views = tuple(whole.through(lens, on=day, phase=phase) for day in asked)
    series = {one.id: tuple(one.measure(view) for view in views) for one in wanted}
    events = events_between(views)
    return History(
        place=views[-1].name,
        phase=phase,
        register=landscape.label,
        days=asked,
        views=views,
        series=series,
        changes=changes_marked(series, events),
        events=events,
        before_and_after=before_and_after(views[-1]),
        notes=_notes(views, known_to),
    )


def _notes(views: Sequence[LocalLandscape], known_to: date | None) -> tuple[str, ...]:
    notes = []
    back = [(view.on, view.schools.filter(is_put_back()).height) for view in views]
    many = [(day, number) for day, number in back if number]
    if many:
        said = "; ".join(f"{number:,} on {in_words(day)}" for day, number in many)
        notes.append(
            "Schools that have taken a new number since, and whose old one the register does not "
            f"list, are put back as maintained schools in the same place: {said}."
        )
    if known_to is not None and views[0].on < known_to:
        notes.append(
            f"Pupils, types and surroundings of schools are as on {in_words(known_to)} throughout. "
            "Schools that closed with no successor are there only if the register lists them."
        )
    notes.append(
        "What could explain a change is what is on record between the two days about the same "
        "schools. That it does explain it, nothing here says."
    )
    return tuple(notes)
