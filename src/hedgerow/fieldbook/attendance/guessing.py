"""A mapping guessed from headings and from what stands beneath them, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hedgerow.fieldbook.attendance.heading_words import FIELDS, is_session, likeness
from hedgerow.fieldbook.attendance.layout import SheetLayout, is_unnamed
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.marks import is_mark, read_mark, read_sessions, read_staff
from hedgerow.fieldbook.attendance.roles import role_of
from hedgerow.fieldbook.attendance.rows import (
    SCHOOL_WORDS,
    RowCounts,
    is_total,
    labelled,
    positions_in,
    rows_of_sheet,
    titles_of,
)
from hedgerow.fieldbook.attendance.written_days import read_days
from hedgerow.fieldbook.folding import fold, written_postcode
from hedgerow.fieldbook.names_in_text import is_name

SURE = 0.75
"""Likelihood from which a guess may be used without asking, if nothing comes near it."""
POSSIBLE = 0.45
RIVAL = 0.1
SAMPLES = 3
MOST_CELLS = 400
"""Cells of a column that are looked at."""
_BY_CONTENT = 0.4
_CONTENT_ALONE = 0.62
_AGAINST = 0.3


@dataclass(eq=False)
class Column:
    """The cells under one heading, of all tables that have it."""

    heading: str
    cells: list[str] = field(default_factory=list)

    @property
    def samples(self) -> list[str]:
        """The first few different cells."""
        return list(dict.fromkeys(self.cells))[:SAMPLES]


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One field's likeliest column.

    Attributes
    ----------
    heading : str
    likelihood : float
        0 to 1; how well it fits, not how probable.
    rival : str or None
        Another heading that fits nearly as well.
    """

    heading: str
    likelihood: float
    rival: str | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it may be used without asking."""
        return self.likelihood >= SURE and self.rival is None


@dataclass(frozen=True, eq=False, kw_only=True)
class GuessedMapping:
    """A mapping, and what it rests on.

    Attributes
    ----------
    mapping : AttendanceMapping
    guesses : mapping of str to Guess
    columns : tuple of Column
        All columns of the file.
    doubts : tuple of str
        Why somebody should look at it first; empty where it is certain.
    """

    mapping: AttendanceMapping
    guesses: Mapping[str, Guess]
    columns: tuple[Column, ...]
    doubts: tuple[str, ...]


def columns_of(layouts: Sequence[SheetLayout]) -> list[Column]:
    """Gather the columns of all sheets by heading, without the empty ones."""
    found: dict[str, Column] = {}
    for layout in layouts:
        for block in layout.blocks:
            rows = [
                row
                for row in block.rows
                if (len(row.texts) > 1 or len(block.headings) == 1) and not is_total(row)
            ]
            for at, heading in enumerate(block.headings):
                column = found.setdefault(fold(heading), Column(heading))
                cells = [row.cells[at] for row in rows if row.cells[at]]
                column.cells += cells[: MOST_CELLS - len(column.cells)]
    return [one for one in found.values() if one.cells or not is_unnamed(one.heading)]


def guess_mapping(
    layouts: Sequence[SheetLayout], *, is_school: Callable[[str], bool] = lambda _: False
) -> GuessedMapping:
    """Guess which column is what.

    Parameters
    ----------
    layouts : sequence of SheetLayout
        Of all sheets of a file.
    is_school : callable
        Whether the register has a school of that name.
    """
    columns = columns_of(layouts)
    sessions = [
        one.heading for one in columns if is_session(one.heading) and _looks_marked(one.cells)
    ]
    free = [one for one in columns if one.heading not in sessions]
    fits = _content_of(is_school)
    scores = {
        (name, at): _likelihood(name, column, fits)
        for name in FIELDS
        for at, column in enumerate(free)
    }
    guesses = _assigned(scores, free)
    chosen = {name: (guess.heading,) for name, guess in guesses.items()}
    doubts = [
        f"{FIELDS[name]}: “{guess.heading}”"
        + (f" or “{guess.rival}”" if guess.rival else " is not certain")
        for name, guess in guesses.items()
        if not guess.is_sure
    ]
    if not {"school", "urn"} & set(chosen):
        doubts.insert(0, "no column of schools was found")
    draft = AttendanceMapping(
        columns=chosen,
        sessions=None if sessions else (),
        headings=tuple(one.heading for one in columns if not is_unnamed(one.heading)),
    )
    mapping = _with_courses(draft, layouts, free, sessions=bool(sessions))
    if mapping.course_from == "title" and not all(
        "course" in labelled(titles_of(layout))[0] for layout in layouts
    ):
        doubts.append("the title of the course may be the line above the headings")
    if mapping.course_from == "sheet" and not _are_titles(layouts):
        doubts.append("no titles of courses were found: say where they are (course_from)")
    elif mapping.course_from == "sheet" and len(layouts) == 1:
        doubts.append(f"the title of the course may be “{layouts[0].name}”, as the sheet is called")
    return GuessedMapping(
        mapping=mapping, guesses=guesses, columns=tuple(columns), doubts=tuple(doubts)
    )


def _looks_marked(cells: Sequence[str]) -> bool:
    fitting = sum(read_mark(cell) is not None for cell in cells)
    return not cells or fitting * 10 >= len(cells) * 6


def _content_of(is_school: Callable[[str], bool]) -> dict[str, Callable[[str], bool]]:
    def looks_like_school(cell: str) -> bool:
        first = re.split(r"[;\n]", cell)[0]
        return bool(SCHOOL_WORDS.search(fold(first))) or is_school(first)

    def looks_like_day(cell: str) -> bool:
        return bool(read_days(cell).days)

    def looks_like_person(cell: str) -> bool:
        words = cell.replace(",", " ").split()
        is_plain = all(re.fullmatch(r"[^\W\d_][\w'’.\-]*", word) for word in words)
        return (
            is_plain
            and 2 <= len(words) <= 4
            and is_name(cell.replace(",", " "))
            and not SCHOOL_WORDS.search(fold(cell))
        )

    def looks_like_part_of_name(cell: str) -> bool:
        return bool(re.fullmatch(r"[^\W\d_][\w'’.\- ]{0,24}", cell)) and role_of(cell) is None

    return {
        "school": looks_like_school,
        "urn": lambda cell: bool(re.fullmatch(r"[1-9]\d{5}(?:\.0)?", cell)),
        "postcode": lambda cell: written_postcode(cell) is not None,
        "date": looks_like_day,
        "start": looks_like_day,
        "end": looks_like_day,
        "role": lambda cell: role_of(cell) is not None and not is_mark(cell),
        "delegate": looks_like_person,
        "first_name": looks_like_part_of_name,
        "surname": looks_like_part_of_name,
        "staff": lambda cell: read_staff(cell) is not None,
        "attended": is_mark,
        "sessions_attended": lambda cell: read_sessions(cell) is not None,
        "course": lambda cell: bool(re.search(r"[^\W\d_]{3}", cell)) and not read_days(cell).days,
    }


_BY_CONTENT_ALONE = ("school", "urn", "postcode", "date", "delegate")
"""Fields whose cells tell what they are even without a heading."""


def _likelihood(name: str, column: Column, fits: Mapping[str, Callable[[str], bool]]) -> float:
    heading = 0.0 if is_unnamed(column.heading) else likeness(name, column.heading)
    fit = fits.get(name)
    if fit is None or not column.cells:
        return heading * 0.8
    share = sum(map(fit, column.cells)) / len(column.cells)
    if not heading:
        is_telling = name in _BY_CONTENT_ALONE and share >= 0.8
        return _CONTENT_ALONE * share if is_telling else 0.0
    if share < _AGAINST:
        # words that say the one thing over cells that say another; a misspelt school has no words
        return heading * (
            0.8 if name in ("role", "school", "delegate") and _are_words(column) else 0.3
        )
    return heading * (1 - _BY_CONTENT) + share * _BY_CONTENT


def _are_words(column: Column) -> bool:
    worded = sum(bool(re.search(r"[^\W\d_]{2}", cell)) for cell in column.cells)
    return worded * 10 >= len(column.cells) * 8


def _assigned(
    scores: Mapping[tuple[str, int], float], columns: Sequence[Column]
) -> dict[str, Guess]:
    order = sorted(scores, key=lambda pair: (-scores[pair], list(FIELDS).index(pair[0]), pair[1]))
    taken: dict[str, int] = {}
    for name, at in order:
        if scores[name, at] < POSSIBLE or name in taken or at in taken.values():
            continue
        taken[name] = at
    if "first_name" in taken and "surname" not in taken and "delegate" in taken:
        # "Name" beside "First name" is the surname
        taken["surname"] = taken.pop("delegate")
    guesses = {}
    for name in FIELDS:
        if name not in taken:
            continue
        own = scores.get((name, taken[name]), 0.0)
        if name == "surname" and own < POSSIBLE:
            own = SURE
        rivals = [
            at
            for at in range(len(columns))
            if at not in taken.values() and scores[name, at] >= max(POSSIBLE, own - RIVAL)
        ]
        rival = columns[max(rivals, key=lambda at: scores[name, at])].heading if rivals else None
        guesses[name] = Guess(
            heading=columns[taken[name]].heading, likelihood=round(own, 2), rival=rival
        )
    return guesses


def _with_courses(
    draft: AttendanceMapping,
    layouts: Sequence[SheetLayout],
    columns: Sequence[Column],
    *,
    sessions: bool,
) -> AttendanceMapping:
    """Find out where titles are, whether days are sessions, what is filled down."""
    course_from = "column" if "course" in draft.columns else _course_from(layouts, draft)
    cells = {fold(one.heading): one.cells for one in columns}
    listed = cells.get(fold(draft.columns["school"][0]), []) if "school" in draft.columns else []
    several = sum(bool(re.search(r"[;\n]", cell.strip(" ;\n"))) for cell in listed)
    return replace(
        draft,
        course_from=course_from,
        fill_down=_filled_down(draft, layouts),
        several_schools=several * 2 > len(listed) and several > 0,
        dates_are="sessions" if not sessions and _repeats(draft, layouts) else "runs",
    )


def _course_from(layouts: Sequence[SheetLayout], draft: AttendanceMapping) -> str:
    as_sections = replace(draft, course_from="section")
    sections = 0
    for layout in layouts:
        counts = RowCounts()
        for _ in rows_of_sheet(layout, as_sections, counts):
            pass
        sections += counts.sections
    if sections:
        return "section"
    announced = [labelled(titles_of(layout))[0].get("course") for layout in layouts if layout.rows]
    if announced and all(announced):
        return "title"
    has_titles = all(labelled(titles_of(layout))[1] for layout in layouts)
    return "title" if has_titles and not _are_titles(layouts) else "sheet"


def _are_titles(layouts: Sequence[SheetLayout]) -> bool:
    """Whether the names of the sheets may be titles of courses: words, and none of a program's."""
    return all(
        layout.rows == 0
        or not re.fullmatch(
            r"(?:sheet|tabelle|blad|feuil|table|data|export)? ?\d*", fold(layout.name)
        )
        for layout in layouts
    )


def _filled_down(draft: AttendanceMapping, layouts: Sequence[SheetLayout]) -> tuple[str, ...]:
    """Give the fields of the course that stand only in the first row of each group."""
    found = []
    for name in ("course", "date", "start", "end", "provider"):
        empty = filled = 0
        is_first_filled = True
        for layout in layouts:
            for block in layout.blocks:
                at = positions_in(block, draft).get(name)
                rows = [row for row in block.rows if len(row.texts) > 1]
                if at is None or not rows:
                    continue
                is_first_filled &= bool(rows[0].cells[at])
                filled += sum(bool(row.cells[at]) for row in rows)
                empty += sum(not row.cells[at] for row in rows)
        if is_first_filled and filled and empty >= filled:
            found.append(name)
    return tuple(found)


def _repeats(draft: AttendanceMapping, layouts: Sequence[SheetLayout]) -> bool:
    """Whether the same delegates stand under several days of a course: then days are sessions."""
    days: dict[tuple[str, ...], set[str]] = {}
    for layout in layouts:
        for block in layout.blocks:
            at = positions_in(block, draft)
            person = [at[name] for name in ("delegate", "first_name", "surname") if name in at]
            if "date" not in at or not person:
                continue
            rest = [at[name] for name in ("course", "school", "urn") if name in at]
            for row in block.rows:
                if row.cells[at["date"]] and any(row.cells[place] for place in person):
                    who = tuple(fold(row.cells[place]) for place in (*person, *rest))
                    days.setdefault(who, set()).add(row.cells[at["date"]])
    again = sum(len(several) > 1 for several in days.values())
    return bool(days) and again * 4 >= len(days)
