"""Courses, and how many staff of each school and role took part in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from hedgerow.fieldbook.attendance.delegates import called, identity_of
from hedgerow.fieldbook.attendance.line import Line
from hedgerow.fieldbook.attendance.telling import tell
from hedgerow.fieldbook.attendance.written_days import day_after
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.identities import hashed
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.tables import TABLES

SCHOOL_YEAR_BEGINS = 9
"""Month."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One school of one row, all references found.

    Attributes
    ----------
    line : Line
    school, provider : str
        Identifiers.
    course : str
        Title, without names of delegates.
    role : str or None
        Of the vocabulary.
    is_alone : bool
        False where the row lists several schools, among which its number cannot be parted.
    """

    line: Line
    school: str
    provider: str
    course: str
    role: str | None
    is_alone: bool = True


@dataclass(eq=False)
class _Person:
    """Somebody in a run: named in memory only, or one of several without a name."""

    school: str
    role: str | None
    called: str | None
    first_row: int
    days: set[date] = field(default_factory=set)
    sessions: float | None = None


@dataclass(eq=False)
class _Group:
    """What is known of one school and role in one run besides single persons."""

    number: int = 0
    is_number_unknown: bool = False
    by_day: Counter[date] = field(default_factory=Counter)
    sessions: list[tuple[float, int]] = field(default_factory=list)


@dataclass(eq=False)
class _Run:
    provider: str
    titles: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    persons: dict[tuple[str, object], _Person] = field(default_factory=dict)
    groups: dict[tuple[str, str | None], _Group] = field(default_factory=dict)

    @property
    def start(self) -> date:
        return min(entry.line.days.days[0] for entry in self.entries)

    @property
    def end(self) -> date | None:
        last = [
            day
            for entry in self.entries
            for day in (entry.line.days.last, *entry.line.days.days)
            if day is not None
        ]
        is_open = all(entry.line.days.is_open for entry in self.entries)
        return None if is_open else day_after(max(last))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A delegate of a school in a role, for those who have pseudonyms made."""

    called: str
    school: str
    role: str | None
    start: date


@dataclass(frozen=True, eq=False, kw_only=True)
class Counted:
    """What was counted.

    Attributes
    ----------
    activities, participation : polars.DataFrame
        Tables of a landscape.
    repeated : frozenset of (str, int)
        Sheet and row of delegates who stand in a course already.
    seen : tuple of Seen
    """

    activities: pl.DataFrame
    participation: pl.DataFrame
    repeated: frozenset[tuple[str | None, int | None]]
    seen: tuple[Seen, ...]


def count(entries: Sequence[Entry], *, dates_are: str, source: str, faults: Faults) -> Counted:
    """Count delegates by course, school and role, each once.

    Parameters
    ----------
    entries : sequence of Entry
        Of all that came.
    dates_are : {"runs", "sessions"}
        As in `AttendanceMapping`. Sessions of a course are those of one school year.
    source : str
        What the rows carry as their source.
    faults : Faults
        Told of delegates who stand twice, and of numbers that cannot be known.

    Notes
    -----
    A row without a column of numbers is one delegate, named or not. A number written counts as
    written, unless each named delegate of a school bears the number of all of them. Where one row
    of a school and role has no number, their number is unknown, not the sum of the others.
    """
    runs: dict[tuple[object, ...], _Run] = {}
    for entry in entries:
        first = entry.line.days.days[0]
        when: object = first if dates_are == "runs" else _school_year(first)
        key = (entry.provider, fold(entry.course), when)
        run = runs.setdefault(key, _Run(provider=entry.provider))
        run.titles[entry.course] += 1
        run.entries.append(entry)
    repeated: set[tuple[str | None, int | None]] = set()
    for run in runs.values():
        _take(run, dates_are == "sessions", repeated, faults)
    return _tables(runs.values(), dates_are == "sessions", source, repeated)


def _school_year(day: date) -> int:
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def _take(
    run: _Run,
    are_sessions: bool,
    repeated: set[tuple[str | None, int | None]],
    faults: Faults,
) -> None:
    shared = _numbers_of_all(run.entries)
    for entry in run.entries:
        line = entry.line
        where = (line.place.sheet, line.place.row)
        if line.is_part_of_number and line.staff is not None:
            repeated.add(where)
            tell(
                faults,
                line.place,
                "number merged over several rows",
                found="a number that stands for several rows",
                expected="a number in each row",
                advice="It was counted once, with the first of the rows.",
            )
            continue
        number = _number_of(entry, shared)
        group = run.groups.setdefault((entry.school, entry.role), _Group())
        if number is None:
            _take_persons(run, entry, are_sessions, repeated, faults)
        elif number < 0:
            group.is_number_unknown = True
        elif are_sessions:
            group.by_day[line.days.days[0]] += number
        else:
            group.number += number
            if line.sessions is not None and number:
                group.sessions.append((line.sessions, number))


def _numbers_of_all(entries: Sequence[Entry]) -> set[str]:
    """Give the schools each of whose named delegates bears the number of all of them."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        if entry.line.staff is not None and len(entry.line.delegates) == 1:
            found.setdefault(entry.school, []).append(entry.line.staff)
    return {
        school
        for school, numbers in found.items()
        if len(numbers) > 1 and set(numbers) == {len(numbers)}
    }


def _number_of(entry: Entry, shared: set[str]) -> int | None:
    """Give the number that a row writes, -1 for one that is not known, None to count persons."""
    line = entry.line
    if not entry.is_alone:
        return -1
    if not line.has_staff:
        return None
    if line.staff is None:
        return None if line.delegates else -1
    if line.delegates and (entry.school in shared or line.staff == len(line.delegates)):
        return None
    return line.staff


def _take_persons(
    run: _Run,
    entry: Entry,
    are_sessions: bool,
    repeated: set[tuple[str | None, int | None]],
    faults: Faults,
) -> None:
    line = entry.line
    day = line.days.days[0]
    again = []
    for at, name in enumerate(line.delegates or ("",)):
        identity = identity_of(name) if name else None
        if identity is None and are_sessions:
            run.groups[entry.school, entry.role].by_day[day] += 1
            continue
        # who is not named cannot be told from others: each row is somebody else
        token: object = identity or (line.place.sheet, line.place.row, at)
        person = run.persons.get((entry.school, token))
        if person is None:
            run.persons[entry.school, token] = _Person(
                entry.school,
                entry.role,
                called(name) if identity else None,
                line.place.row or 0,
                {day},
                line.sessions,
            )
            continue
        again.append(person.first_row)
        if are_sessions and day not in person.days:
            person.days.add(day)
            again.pop()
        elif line.sessions is not None:
            person.sessions = max(person.sessions or 0.0, line.sessions)
        person.role = person.role or entry.role
    if again:
        repeated.add((line.place.sheet, line.place.row))
        tell(
            faults,
            line.place,
            "same delegate twice in a course",
            found=f"a delegate who stands in row {again[0]} already",
            expected="each delegate once",
            advice="Counted once.",
        )


def _tables(
    runs: Iterable[_Run],
    are_sessions: bool,
    source: str,
    repeated: set[tuple[str | None, int | None]],
) -> Counted:
    activities, participation, seen = [], [], []
    for run in runs:
        title = min(run.titles, key=lambda one: (-run.titles[one], one))
        identifier = hashed("act", "attendance", run.provider, fold(title), run.start)
        activities.append(
            dict.fromkeys(TABLES["activities"].column_names())
            | {
                "id": identifier,
                "provider": run.provider,
                "name": title,
                "sessions": _sessions_of(run, are_sessions),
                "start": run.start,
                "end": run.end,
                "source": source,
            }
        )
        participation += _participation(run, identifier, are_sessions, source)
        seen += [
            Seen(called=one.called, school=one.school, role=one.role, start=run.start)
            for one in run.persons.values()
            if one.called is not None
        ]
    return Counted(
        activities=_frame("activities", activities),
        participation=_frame("participation", participation),
        repeated=frozenset(repeated),
        seen=tuple(seen),
    )


def _sessions_of(run: _Run, are_sessions: bool) -> int | None:
    """Give how many sessions a run had, as far as the file tells; None where it does not."""
    if are_sessions:
        return len({entry.line.days.days[0] for entry in run.entries})
    marked = {
        column
        for entry in run.entries
        for column, came in zip(entry.line.marks.columns, entry.line.marks.attended, strict=True)
        if came
    }
    listed = max(
        (len(entry.line.days.days) for entry in run.entries if not entry.line.marks.columns),
        default=0,
    )
    written = max((entry.line.held or 0 for entry in run.entries), default=0)
    most = max(len(marked), written, listed if listed > 1 else 0)
    return most or None


def _participation(
    run: _Run, activity: str, are_sessions: bool, source: str
) -> list[dict[str, object]]:
    keys = dict.fromkeys([*run.groups, *((one.school, one.role) for one in run.persons.values())])
    rows: list[dict[str, object]] = []
    for school, role in keys:
        group = run.groups.get((school, role), _Group())
        persons = [one for one in run.persons.values() if (one.school, one.role) == (school, role)]
        at_once = max(group.by_day.values(), default=0)
        if not (persons or at_once or group.number or group.is_number_unknown) and not _is_nought(
            run, school, role
        ):
            continue  # all its rows repeat others
        attended = list(group.sessions)
        if are_sessions:
            attended += [(float(len(one.days)), 1) for one in persons]
            if at_once:
                attended.append((sum(group.by_day.values()) / at_once, at_once))
        else:
            attended += [(one.sessions, 1) for one in persons if one.sessions is not None]
        weight = sum(number for _, number in attended)
        staff = None if group.is_number_unknown else len(persons) + at_once + group.number
        rows.append(
            {
                "id": hashed("part", "attendance", activity, school, role),
                "school": school,
                "activity": activity,
                "role": role,
                "staff": staff,
                "sessions_attended": sum(many * number for many, number in attended) / weight
                if weight
                else None,
                "start": run.start,
                "end": run.end,
                "source": source,
            }
        )
    return rows


def _is_nought(run: _Run, school: str, role: str | None) -> bool:
    """Whether a row says that nobody of a school came: a nought that is known."""
    return any(
        entry.line.staff == 0 and (entry.school, entry.role) == (school, role)
        for entry in run.entries
    )


def _frame(table: str, rows: Sequence[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[table].create_empty().schema
    return pl.DataFrame(
        [[row[name] for name in schema] for row in rows], schema=schema, orient="row"
    ).sort("id")
