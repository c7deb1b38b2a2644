"""Asking on a terminal which column of an attendance file is what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hedgerow.fieldbook.attendance.guessing import Column, GuessedMapping
    from hedgerow.fieldbook.attendance.mapping import AttendanceMapping

LONGEST_SAMPLE = 28
NONE = "-"
COURSES_IN_WORDS = {
    "column": "in a column",
    "section": "in lines above the rows",
    "sheet": "each sheet is a course, by its name",
    "title": "in the title above the headings",
    "text": "one title for all, which you write",
}


def ask_mapping(guessed: GuessedMapping) -> AttendanceMapping:
    """Ask for each field which column it is; Enter accepts what was guessed.

    The first three different cells of each column are shown, on this terminal and nowhere else.
    """
    from hedgerow.fieldbook.attendance.heading_words import FIELDS, NAMES

    columns = guessed.columns
    click.echo("The columns of the file, with what stands in them first:\n")
    for number, column in enumerate(columns, start=1):
        click.echo(f"{number:>4}  {column.heading}: {_samples(column)}")
    click.echo(
        f"\nFor each, the number or heading of its column; Enter as shown; {NONE} for none.\n"
    )
    chosen: dict[str, tuple[str, ...]] = {}
    held = guessed.mapping.columns
    for name, words in FIELDS.items():
        if name in ("first_name", "surname") and "delegate" in chosen:
            continue
        kept = ", not kept" if name in NAMES else ""
        heading = _ask_column(f"{words[:1].upper()}{words[1:]}{kept}", held.get(name), columns)
        if heading is not None:
            chosen[name] = (heading,)
    mapping = replace(guessed.mapping, columns=chosen)
    return _ask_courses(_ask_sessions(mapping, columns))


def ask_for_missing(saved: AttendanceMapping, guessed: GuessedMapping) -> AttendanceMapping:
    """Ask where the fields are now whose headings a file lacks; the old headings stay known."""
    from hedgerow.fieldbook.attendance.heading_words import FIELDS
    from hedgerow.fieldbook.folding import fold

    now = {fold(column.heading) for column in guessed.columns}
    missing = {
        name: written
        for name, written in saved.columns.items()
        if not any(fold(one) in now for one in written)
    }
    if not missing:
        return saved
    _show(guessed.columns)
    chosen = dict(saved.columns)
    for name, written in missing.items():
        words = f"{FIELDS[name][:1].upper()}{FIELDS[name][1:]} (“{written[0]}” is no longer there)"
        heading = _ask_column(words, guessed.mapping.columns.get(name), guessed.columns)
        if heading is not None:
            chosen[name] = (*written, heading)
    return replace(saved, columns=chosen)


def _show(columns: Sequence[Column]) -> None:
    click.echo("The columns of the file, with what stands in them first:\n")
    for number, column in enumerate(columns, start=1):
        click.echo(f"{number:>4}  {column.heading}: {_samples(column)}")
    click.echo(
        f"\nFor each, the number or heading of its column; Enter as shown; {NONE} for none.\n"
    )


def _samples(column: Column) -> str:
    shown = []
    for cell in column.samples:
        line = " ".join(cell.split())
        shown.append(line if len(line) <= LONGEST_SAMPLE else f"{line[: LONGEST_SAMPLE - 1]}…")
    return " | ".join(shown) or "nothing"


def _ask_column(
    words: str, guessed: tuple[str, ...] | None, columns: Sequence[Column]
) -> str | None:
    headings = [column.heading for column in columns]
    default = NONE
    shown = "none"
    if guessed is not None and guessed[0] in headings:
        default = str(headings.index(guessed[0]) + 1)
        shown = f"{default} “{guessed[0]}”"
    while True:
        said = click.prompt(f"{words} [{shown}]", default=default, show_default=False).strip()
        if said == NONE:
            return None
        found = [one for one in headings if one.casefold() == said.casefold()]
        if said.isdigit() and 1 <= int(said) <= len(headings):
            found = [headings[int(said) - 1]]
        if found:
            return found[0]
        click.echo(f"  There is no such column: a number from 1 to {len(headings)}, or {NONE}.")


def _ask_sessions(mapping: AttendanceMapping, columns: Sequence[Column]) -> AttendanceMapping:
    from hedgerow.fieldbook.attendance.heading_words import is_session

    taken = {written[0] for written in mapping.columns.values()}
    found = [one.heading for one in columns if is_session(one.heading) and one.heading not in taken]
    if not found:
        return replace(mapping, sessions=())
    listed = ", ".join(found[:6]) + (" …" if len(found) > 6 else "")
    is_so = click.confirm(f"Are these marks of one session each: {listed}?", default=True)
    return replace(mapping, sessions=None if is_so else ())


def _ask_courses(mapping: AttendanceMapping) -> AttendanceMapping:
    ways = {
        name: words
        for name, words in COURSES_IN_WORDS.items()
        if name != "column" or "course" in mapping.columns
    }
    guess = mapping.course_from if mapping.course_from in ways else "sheet"
    if "course" in mapping.columns:
        guess = "column"
    click.echo("Where are the titles of courses?")
    for name, words in ways.items():
        click.echo(f"  {name}: {words}")
    source = click.prompt("Titles", type=click.Choice(list(ways)), default=guess)
    course = click.prompt("The title") if source == "text" else ""
    dates_are = mapping.dates_are
    if "date" in mapping.columns:
        dates_are = click.prompt(
            "Are rows of one course with different days its runs or its sessions?",
            type=click.Choice(["runs", "sessions"]),
            default=mapping.dates_are,
        )
    return replace(mapping, course_from=source, course=course, dates_are=dates_are)
