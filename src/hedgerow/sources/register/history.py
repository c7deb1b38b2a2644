"""A history of membership, from snapshots of who belonged to what.

A snapshot says which school belonged to which body on one day, and often since when. Several of
them, side by side, say more: that a school left between two days, or came back. What a snapshot was
seen to say on its day outweighs a date that a later one states for the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Sighting:
    """That a school belonged to a body on the day of a snapshot.

    Parameters
    ----------
    school, body : str
        Identifiers.
    joined : datetime.date or None
        Since when, as the snapshot states it.
    """

    school: str
    body: str
    joined: date | None


@dataclass(frozen=True)
class Snapshot:
    """Everything seen on one day.

    Parameters
    ----------
    day : datetime.date
    source : str
        Identifier of the source.
    sightings : sequence of Sighting
    lists_all : bool
        Whether a school that it does not mention belonged to none. A register of schools that names
        the trust of some says nothing of the others.
    """

    day: date
    source: str
    sightings: Sequence[Sighting]
    lists_all: bool = True


@dataclass(frozen=True)
class Spell:
    """One unbroken membership, half-open ``[start, end)``, as in `Ties`."""

    school: str
    body: str
    number: int
    start: date | None
    end: date | None
    start_censored: bool
    end_censored: bool
    source: str


@dataclass
class _Run:
    """Sightings of one school in one body that belong to one spell."""

    body: str
    first: int
    last: int
    stated: list[tuple[int, date]] = field(default_factory=list)


def memberships(
    snapshots: Sequence[Snapshot],
    *,
    is_exclusive: bool,
    closed: dict[str, date] | None = None,
    bodies_closed: dict[str, date] | None = None,
) -> list[Spell]:
    """Give every spell of membership that snapshots show.

    - A start is the date that a snapshot states, unless an earlier snapshot shows the school
      elsewhere on or after that date: it then starts on the day when it was first seen, marked as
      censored. Without a stated date, the start is unknown in the first snapshot, and in a later
      one the day when it was first seen, marked.
    - A spell that a later snapshot no longer shows ended: on the day its school closed, else on the
      day on which the school is stated to have joined another body, else at some time before the
      body closed or the first day on which the school was seen to be gone, marked as censored.
    - A membership seen before and after, but not in a snapshot between, is one spell if the later
      one states a start before the gap and the school was nowhere else meanwhile; else the school
      left and came back.

    Parameters
    ----------
    snapshots : sequence of Snapshot
        In any order; no two on one day.
    is_exclusive : bool
        Whether a school belongs to one body at a time, as to a trust. Snapshots must then name one
        a school.
    closed, bodies_closed : dict of str to datetime.date, optional
        Day on which a school, or a body, was no longer there, by identifier.

    Returns
    -------
    list of Spell
        In order of school, body and number.

    Notes
    -----
    Left-censored before the first snapshot: a spell that began and ended before it leaves no trace.
    Two moves between snapshots look like one.
    """
    ordered = sorted(snapshots, key=lambda snapshot: snapshot.day)
    seen: dict[str, dict[int, dict[str, date | None]]] = {}
    for index, snapshot in enumerate(ordered):
        for sighting in snapshot.sightings:
            seen.setdefault(sighting.school, {}).setdefault(index, {})[sighting.body] = (
                sighting.joined
            )
    spells: list[Spell] = []
    for school in sorted(seen):
        history = _History(ordered, seen[school], is_exclusive, bodies_closed or {})
        spells += history.spells(school, (closed or {}).get(school))
    return spells


@dataclass
class _History:
    """What the snapshots say of one school."""

    snapshots: Sequence[Snapshot]
    seen: dict[int, dict[str, date | None]]
    is_exclusive: bool
    bodies_closed: dict[str, date]

    def spells(self, school: str, closed: date | None) -> Iterable[Spell]:
        found: list[tuple[_Run, Spell]] = []
        for body in sorted({body for bodies in self.seen.values() for body in bodies}):
            for number, run in enumerate(self._runs(body)):
                start, is_censored = self._start(run)
                spell = Spell(
                    school=school,
                    body=body,
                    number=number,
                    start=start,
                    end=None,
                    start_censored=is_censored,
                    end_censored=False,
                    source=self.snapshots[run.first].source,
                )
                found.append((run, spell))
        return [self._ended(run, spell, found, closed) for run, spell in found]

    def _is_silent(self, index: int) -> bool:
        """Whether a snapshot says nothing of this school."""
        return index not in self.seen and not self.snapshots[index].lists_all

    def _runs(self, body: str) -> list[_Run]:
        runs: list[_Run] = []
        for index in sorted(self.seen):
            if body not in self.seen[index]:
                continue
            joined = self.seen[index][body]
            if not runs or not self._is_unbroken(runs[-1].last, index, joined):
                runs.append(_Run(body, index, index))
            run = runs[-1]
            run.last = index
            if joined is not None:
                run.stated.append((index, joined))
        return runs

    def _is_unbroken(self, last: int, index: int, joined: date | None) -> bool:
        for between in range(last + 1, index):
            if self._is_silent(between):
                continue
            was_elsewhere = self.is_exclusive and between in self.seen
            if was_elsewhere or joined is None or joined > self.snapshots[between].day:
                return False
        return True

    def _start(self, run: _Run) -> tuple[date | None, bool]:
        first_seen = self.snapshots[run.first].day
        # a later snapshot may correct an earlier one, but not to a day after it was seen there
        stated = [
            joined for index, joined in run.stated if index == run.first or joined <= first_seen
        ]
        elsewhere = [
            self.snapshots[index].day
            for index in range(run.first)
            if index in self.seen and (self.is_exclusive or run.body in self.seen[index])
        ]
        if stated and (not elsewhere or stated[-1] > elsewhere[-1]):
            return stated[-1], False
        is_first = all(self._is_silent(index) for index in range(run.first))
        return (None if is_first else first_seen), True

    def _ended(
        self, run: _Run, spell: Spell, found: Sequence[tuple[_Run, Spell]], closed: date | None
    ) -> Spell:
        gone = next(
            (
                index
                for index in range(run.last + 1, len(self.snapshots))
                if not self._is_silent(index)
            ),
            None,
        )
        if closed is not None and (gone is None or closed <= self.snapshots[gone].day):
            # seen after it closed: the record was late
            return replace(spell, end=max(closed, spell.start or closed))
        if gone is None:
            return spell
        day_gone = self.snapshots[gone].day
        joined_another = min(
            (
                other.start
                for other_run, other in found
                if self.is_exclusive
                and other_run.first >= gone
                and other.start is not None
                and not other.start_censored
                and (other_run.first == gone or other.start <= day_gone)
            ),
            default=None,
        )
        end = joined_another or day_gone
        body_closed = self.bodies_closed.get(run.body)
        if not joined_another and body_closed and self.snapshots[run.last].day < body_closed:
            end = min(end, body_closed)
        if spell.start is not None and spell.start > end:
            # stated to begin on a day by which it was gone again: it never did
            end = spell.start
        return replace(spell, end=end, end_censored=joined_another is None)
