"""Which column of an attendance file is what: as saved, as asked for, or as surely guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hedgerow.fieldbook.attendance.guessing import GuessedMapping
    from hedgerow.fieldbook.attendance.layout import SheetLayout
    from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
    from hedgerow.fieldbook.opening import RawBook
    from hedgerow.landscape.landscape import Landscape


def resolve_mapping(
    path: Path, raw: RawBook, landscape: Landscape, *, is_asking: bool
) -> tuple[AttendanceMapping | None, AttendanceMapping]:
    """Give the mapping as it is saved, None where it is not, and as it is to be used.

    Raises
    ------
    UsageError
        If somebody has to look at it first.
    """
    from hedgerow.fieldbook.attendance.guessing import guess_mapping
    from hedgerow.fieldbook.attendance.mapping import load_mapping, save_mapping
    from hedgerow.fieldbook.attendance.reading import lay_out_all
    from hedgerow.fieldbook.folding import fold
    from hedgerow.landscape.errors import UsageError

    names = {fold(one) for one in landscape.schools["name"].to_list()}

    def guess(known: AttendanceMapping | None) -> GuessedMapping:
        return guess_mapping(lay_out_all(raw, known), is_school=lambda text: fold(text) in names)

    if path.is_file():
        saved = load_mapping(path)
        if saved.is_draft:
            raise UsageError(
                f"The mapping {path} is a draft still.",
                advice="Look through it, delete the line “draft = true”, and run this again.",
            )
        headings = headings_of(lay_out_all(raw, saved))
        if is_asking:
            from hedgerow.cli.fieldbook_attendance_asking import ask_for_missing

            return saved, ask_for_missing(saved, guess(saved))
        _must_have_schools(saved, headings, path, guess(saved))
        return saved, saved
    guessed = guess(None)
    if is_asking:
        from hedgerow.cli.fieldbook_attendance_asking import ask_mapping

        return None, ask_mapping(guessed)
    if guessed.doubts:
        save_mapping(replace(guessed.mapping, is_draft=True), path)
        raise UsageError(
            f"Which column is what is not certain: {'; '.join(guessed.doubts)}.",
            advice=f"A draft was written to {path}. Put the headings right under [columns], delete "
            "the line “draft = true”, and run this again. On a terminal you are asked instead "
            "(--ask).",
        )
    return None, guessed.mapping


def _must_have_schools(
    mapping: AttendanceMapping, headings: Sequence[str], path: Path, guessed: GuessedMapping
) -> None:
    from hedgerow.fieldbook.folding import fold
    from hedgerow.landscape.errors import UsageError

    now = {fold(heading) for heading in headings}
    wanted = [one for name in ("school", "urn") for one in mapping.columns.get(name, ())]
    if any(fold(one) in now for one in wanted):
        return
    likely = guessed.mapping.columns.get("school", ("School name",))[0]
    shown = ", ".join(f'"{one}"' for one in [*mapping.columns.get("school", ()), likely])
    raise UsageError(
        f"The mapping {path} looks for schools under "
        f"{' or '.join(f'“{one}”' for one in wanted) or 'nothing'}, and the file has no such "
        "heading.",
        advice=f"Its headings are: {', '.join(headings[:40])}. Add the right one under [columns], "
        f"such as school = [{shown}]. On a terminal you are asked instead (--ask).",
    )


def headings_of(layouts: Sequence[SheetLayout]) -> list[str]:
    """Give the headings of all tables of a file, each once."""
    return list(
        dict.fromkeys(
            heading for one in layouts for block in one.blocks for heading in block.headings
        )
    )
