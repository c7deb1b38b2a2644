"""The rows of a table under its headings: courses' titles, totals and blank rows told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hedgerow.fieldbook.attendance.grid import GridRow
from hedgerow.fieldbook.attendance.heading_words import field_of_label
from hedgerow.fieldbook.attendance.layout import Block, SheetLayout
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.written_days import find_days
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import is_name

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|course|session)[ -]?)?totals?\b.*|sum|average|mean|count"
    r"|(?:number|no|total number) (?:of )?(?:delegates|attendees|participants|attending|present)",
)
_LABELLED = re.compile(r"(?:course|programme|event|training|date|session|workshop)s?\b.*:")
SCHOOL_WORDS = re.compile(
    r"\b(?:school|primary|academy|infants?|juniors?|college|ce|c of e|rc|nursery|high|prim|st|sch"
    r"|federation|secondary|grammar)\b"
)
"""Words by which a name is known to be a school's."""
_COURSE_WORDS = re.compile(
    r"\b(?:course|programme|training|work ?groups?|trg|cpd|session|workshop|mastery|cohort|network"
    r"|module|npq\w*|seminar|conference|group|teaching for|knowledge|autumn|spring|summer|term)\b"
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Under:
    """One row that is to be read, with what the lines above it announce.

    Attributes
    ----------
    row : GridRow
    block : Block
    positions : mapping of str to int
        Where each field stands.
    title : tuple of str
        Lines of the section that it stands in.
    titled_at : int
        Number of the row of the first of them; 0 for none.
    """

    row: GridRow
    block: Block
    positions: Mapping[str, int]
    title: tuple[str, ...]
    titled_at: int

    def cell(self, field: str) -> str:
        """Give what stands under a field; empty text where there is no such column."""
        at = self.positions.get(field)
        return self.row.cells[at] if at is not None else ""

    def heading(self, field: str) -> str | None:
        """Give the heading of a field's column."""
        at = self.positions.get(field)
        return self.block.headings[at] if at is not None else None


@dataclass
class RowCounts:
    """How many rows of a sheet are what."""

    titles: int = 0
    headings: int = 0
    sections: int = 0
    totals: int = 0
    blank: int = 0
    data: int = 0


def rows_of_sheet(
    layout: SheetLayout, mapping: AttendanceMapping, counts: RowCounts
) -> Iterator[Under]:
    """Yield the rows of a sheet's tables that are to be read.

    A row with a single text is the title of a section if courses are looked for there and the row
    does not look like a delegate's; several in a row are one title, which holds until the next one.
    A title that no row follows is yielded as a row, so that it is not lost.

    Parameters
    ----------
    layout : SheetLayout
    mapping : AttendanceMapping
    counts : RowCounts
        Told of every row of the sheet.
    """
    heading_rows = layout.blocks[0].heading_rows
    above = heading_rows[0] - 1 if heading_rows else 0
    counts.titles += len(layout.titles)
    counts.blank += above - len(layout.titles)
    is_section = mapping.course_from == "section"
    title: list[GridRow] = list(layout.titles) if is_section else []
    waiting: list[tuple[GridRow, Block]] = []
    for number, block in enumerate(layout.blocks, start=1):
        counts.headings += len(block.heading_rows)
        positions = positions_in(block, mapping)
        foot = _foot(block) if number < len(layout.blocks) else len(block.rows)
        for at, row in enumerate(block.rows):
            if row.is_blank:
                counts.blank += 1
                continue
            if is_total(row):
                counts.totals += 1
                continue
            kind = _kind_of(row, block, at, positions) if is_section else "row"
            if is_section and (at >= foot or kind == "title"):
                waiting.append((row, block))
            else:
                if waiting:
                    counts.sections += len(waiting)
                    title, waiting = [one for one, _ in waiting], []
                if kind == "doubtful":
                    # a person, or the next course: what follows must not go to the last one
                    title = []
                counts.data += 1
                yield _under(row, block, positions, title)
    for row, block in waiting:
        counts.data += 1
        yield _under(row, block, {}, [])


def _foot(block: Block) -> int:
    """Give where the lines begin that stand alone at a table's foot, before the next headings.

    Only what stands apart counts: a school alone in its row, right after the others, is a row.
    """
    foot = len(block.rows)
    while foot and (block.rows[foot - 1].is_blank or len(block.rows[foot - 1].texts) == 1):
        foot -= 1
    while foot < len(block.rows) and not block.rows[foot].is_blank and foot > 0:
        foot += 1
    return foot


def positions_in(block: Block, mapping: AttendanceMapping) -> dict[str, int]:
    """Give where each field of a mapping stands in a table; the first heading that is there."""
    places = {fold(heading): at for at, heading in reversed(list(enumerate(block.headings)))}
    found: dict[str, int] = {}
    for field, written in mapping.columns.items():
        at = next((places[fold(one)] for one in written if fold(one) in places), None)
        if at is not None:
            found[field] = at
    return found


def _under(
    row: GridRow, block: Block, positions: Mapping[str, int], title: Sequence[GridRow]
) -> Under:
    return Under(
        row=row,
        block=block,
        positions=positions,
        title=tuple(" ".join(one.texts) for one in title),
        titled_at=title[0].number if title else 0,
    )


def is_total(row: GridRow) -> bool:
    """Whether a row adds up those above it."""
    texts = row.texts
    words = [text for text in texts if not re.fullmatch(r"[\d.,%£/ ]*", text)]
    return (
        1 <= len(words) <= 2
        and _TOTAL.fullmatch(fold(words[0])) is not None
        and len(fold(words[0]).split()) <= 6
    )


def _kind_of(
    row: GridRow, block: Block, at: int, positions: Mapping[str, int]
) -> Literal["title", "row", "doubtful"]:
    """Say whether a row is the title of a section, or one of the table's own."""
    texts = row.texts
    if len(texts) == 2:
        is_label = texts[0].rstrip().endswith(":")
        is_label |= field_of_label(texts[0]) in ("course", "date", "provider")
        return "title" if is_label else "row"
    if len(texts) != 1:
        return "row"
    text, place = texts[0], row.filled[0]
    if len(row.filled) > 1 and len(row.merged_from) == len(row.filled) - 1:
        return "title"
    if _LABELLED.match(text.casefold()):
        return "title"
    has_days = bool(find_days(text)[0].days)
    if not re.search(r"[^\W\d_]{3}", text):
        return "title" if has_days else "row"
    is_apart = _stands_apart(block, at)
    is_told = has_days or bool(_COURSE_WORDS.search(fold(text)))
    if place == positions.get("school"):
        is_school = bool(SCHOOL_WORDS.search(fold(text)))
        return "title" if is_apart and (is_told or not is_school) else "row"
    if is_told:
        return "title"
    names = {positions[field] for field in ("delegate", "surname") if field in positions}
    if place in names and is_name(text) and text.istitle():
        return "doubtful" if is_apart and at + 1 < len(block.rows) else "row"
    return "title" if is_apart else "row"


def _stands_apart(block: Block, at: int) -> bool:
    """Whether a row begins the table, or follows a blank one or a total."""
    return at == 0 or block.rows[at - 1].is_blank or is_total(block.rows[at - 1])


def labelled(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Part lines such as "Course: Mastery" from those without a label.

    Returns
    -------
    dict of str to str
        What follows each known label, by field.
    list of str
        Lines without one.
    """
    found: dict[str, str] = {}
    plain: list[str] = []
    for line in lines:
        label, colon, rest = line.partition(":")
        field = field_of_label(label) if colon else None
        if field is not None and rest.strip():
            found.setdefault(field, rest.strip())
        elif not colon or len(label.split()) > 4 or fold(label) not in _OTHER_LABELS:
            plain.append(line)
    return found, plain


_OTHER_LABELS = frozenset(
    (
        "venue",
        "location",
        "time",
        "times",
        "leader",
        "lead",
        "trainer",
        "facilitator",
        "facilitators",
        "notes",
        "note",
        "contact",
        "room",
        "tutor",
        "led by",
        "administrator",
        "prepared by",
        "updated",
    )
)


def titles_of(layout: SheetLayout) -> tuple[str, ...]:
    """Give the lines above a sheet's first headings."""
    return tuple(" ".join(row.texts) for row in layout.titles)
