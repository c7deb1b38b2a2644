"""Where the tables of a sheet are: titles above, rows of headings, rows beneath, headings again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hedgerow.fieldbook.attendance.grid import GridRow, letters_of, rows_of
from hedgerow.fieldbook.attendance.heading_words import is_heading, is_session, likeness
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.names_in_text import is_name
from hedgerow.fieldbook.opening import RawSheet

ROWS_ON_TOP = 40
"""How many rows are looked through for the first headings."""
MOST_HEADING_ROWS = 4
_JOIN = " "


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """One table of a sheet.

    Attributes
    ----------
    headings : tuple of str
        By position, each once: a second of a name has its column's letters after it, and a column
        without a heading is called by its letters.
    heading_rows : tuple of int
        Numbers of the rows they stand in; empty where there are none.
    rows : tuple of GridRow
        All rows from there to the next table, blank ones and titles of sections among them.
    """

    headings: tuple[str, ...]
    heading_rows: tuple[int, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class SheetLayout:
    """One sheet, its parts told apart.

    Attributes
    ----------
    name, file : str
    titles : tuple of GridRow
        Rows above the first headings that hold something.
    blocks : tuple of Block
    rows : int
        How many rows the sheet has.
    errors : mapping of (int, int) to str
        Cells that hold an error: row number and position, what stands there.
    """

    name: str
    file: str
    titles: tuple[GridRow, ...]
    blocks: tuple[Block, ...]
    rows: int
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def lay_out(sheet: RawSheet, headings: Iterable[str] = ()) -> SheetLayout:
    """Tell a sheet's parts apart.

    The first headings are the row, among the first, in which most cells read like headings; rows
    above and below that continue them are joined to them, top to bottom. A later row that repeats
    them, or is made of headings mostly, begins a new table.

    Parameters
    ----------
    sheet : RawSheet
    headings : iterable of str
        Headings that are known, such as a mapping's, besides those that people mostly write.
    """
    rows = rows_of(sheet)
    known = frozenset(fold(heading) for heading in headings if not is_unnamed(heading))
    first = _first_headings(rows, known)
    blocks: list[Block] = []
    if first is None:
        width = len(rows[0].cells) if rows else 0
        unnamed = tuple(f"column {letters_of(at)}" for at in range(width))
        blocks.append(Block(headings=unnamed, heading_rows=(), rows=tuple(rows)))
        top = 0
    else:
        top, _ = first
        starts = _all_headings(rows, first, known)
        ends = [start for start, _ in starts[1:]] + [len(rows)]
        for (start, after), end in zip(starts, ends, strict=True):
            heads = rows[start:after]
            blocks.append(
                Block(
                    headings=_headings(heads),
                    heading_rows=tuple(row.number for row in heads),
                    rows=tuple(rows[after:end]),
                )
            )
    return SheetLayout(
        name=sheet.name,
        file=sheet.file,
        titles=tuple(row for row in rows[:top] if not row.is_blank),
        blocks=tuple(blocks),
        rows=len(rows),
        errors={(row + 1, at): said for row, at, said in sheet.errors},
    )


def _hits(row: GridRow, known: frozenset[str]) -> int:
    """Count the cells that read like headings, a range merged across the row once."""
    return sum(is_heading(text) or fold(text) in known for text in row.texts)


def _is_known(row: GridRow) -> bool:
    """Whether one of a row's cells names what an attendance sheet must have."""
    return any(
        likeness(field, text) == 1.0
        for text in row.texts
        for field in ("school", "urn", "course", "delegate", "staff")
    )


def _first_headings(rows: Sequence[GridRow], known: frozenset[str]) -> tuple[int, int] | None:
    best, most = None, 0
    for at, row in enumerate(rows[:ROWS_ON_TOP]):
        hits = _hits(row, known)
        enough = hits >= 2 or (hits == 1 and len(row.texts) > 1 and likeness_of_school(row))
        if enough and hits > most and hits * 3 >= len(row.texts):
            best, most = at, hits
    if best is None:
        best = next(
            (
                at
                for at, row in enumerate(rows[:ROWS_ON_TOP])
                if len(row.texts) == len(row.filled) == 1 and likeness_of_school(row)
            ),
            None,
        )
    if best is None:
        best = _unknown_headings(rows)
        return None if best is None else (best, best + 1)
    return _extended(rows, best)


def _unknown_headings(rows: Sequence[GridRow]) -> int | None:
    """Give the first row of words, none of them a person's or a school's, over one with figures.

    Only where no heading is known. Headings are kept in a mapping: a row of delegates must not be
    taken for one.
    """
    wide = [at for at, row in enumerate(rows[:ROWS_ON_TOP]) if len(row.texts) > 1]
    if len(wide) < 2:
        return None
    first, second = (rows[at] for at in wide[:2])
    is_worded = all(
        re.fullmatch(r"[^\W\d_][^\d]{0,39}", text)
        and not is_name(text)
        and likeness("school", text) != 0.6
        for text in first.texts
    )
    over_figures = any(re.search(r"\d", text) for text in second.texts)
    is_over = len(first.texts) >= len(second.texts)
    return wide[0] if is_worded and over_figures and is_over else None


def likeness_of_school(row: GridRow) -> bool:
    """Whether a cell of a row is a heading over schools."""
    return any(likeness(field, text) == 1.0 for text in row.texts for field in ("school", "urn"))


def _extended(rows: Sequence[GridRow], at: int) -> tuple[int, int]:
    """Give where the rows of headings around one begin, and the row after them."""
    start, after = at, at + 1
    while start > 0 and after - start < MOST_HEADING_ROWS and _heads(rows[start - 1], rows[at]):
        start -= 1
    while (
        after < len(rows)
        and after - start < MOST_HEADING_ROWS
        and _continues(rows[after], rows[start:after])
    ):
        after += 1
    return start, after


def _heads(above: GridRow, row: GridRow) -> bool:
    """Whether a row groups the headings beneath it: several cells, none of them a title."""
    texts = above.texts
    if len(texts) < 2:
        return False
    if any(text.rstrip().endswith(":") for text in texts):
        return False
    plain = [text for text in texts if len(text) <= 60]
    under = [at for at in above.filled if row.cells[at]]
    is_label_and_value = len(texts) == 2 and len(above.filled) == 2 and above.filled == [0, 1]
    return (
        len(plain) == len(texts) and len(under) * 2 >= len(above.filled) and not is_label_and_value
    )


def _continues(below: GridRow, heads: Sequence[GridRow]) -> bool:
    """Whether a row goes on with the headings above it, and is no row of the table."""
    if below.is_blank:
        return False
    # what is merged downward from the headings is part of them
    own = [at for at in below.filled if not _is_from(below, at, heads)]
    if not own:
        return True
    fits = [at for at in own if is_heading(below.cells[at]) or is_session(below.cells[at])]
    if len(fits) < len(own):
        return False
    named = [at for at in own if not is_session(below.cells[at])]
    over = {at: heads[-1].cells[at] for at in own}
    if not named:
        # days beneath the numbers of sessions, or beneath one heading merged over them
        return all(
            not over[at]
            or is_session(over[at])
            or at in heads[-1].merged_from
            or _begins_merge(heads[-1], at)
            for at in own
        )
    if len(own) == 1:
        return False  # a line alone in its row is the title of a section
    # beneath a heading over schools stands a school: a row that has one there is a row of the table
    schools = {
        at
        for head in heads
        for at, cell in enumerate(head.cells)
        if max(likeness("school", cell), likeness("urn", cell)) == 1.0
    }
    return not schools & set(own)


def _is_from(row: GridRow, at: int, heads: Sequence[GridRow]) -> bool:
    return row.merged_from.get(at, row.number) in {head.number for head in heads}


def _begins_merge(row: GridRow, at: int) -> bool:
    """Whether a cell is the first of a range merged across the row."""
    return row.merged_from.get(at + 1) == row.number and row.cells[at + 1] == row.cells[at]


def _all_headings(
    rows: Sequence[GridRow], first: tuple[int, int], written: frozenset[str]
) -> list[tuple[int, int]]:
    starts = [first]
    known = {fold(cell) for row in rows[slice(*first)] for cell in row.cells if cell}
    at = first[1]
    while at < len(rows):
        row = rows[at]
        plain = [fold(text) for text in row.texts]
        again = sum(text in known for text in plain)
        is_again = len(plain) >= 2 and again >= 2 and again * 3 >= len(plain) * 2
        is_other = len(plain) >= 3 and _hits(row, written) * 3 >= len(plain) * 2 and _is_known(row)
        if is_again or is_other:
            start, after = _extended(rows, at)
            start = max(start, starts[-1][1])
            starts.append((start, after))
            at = after
        else:
            at += 1
    return starts


def _headings(heads: Sequence[GridRow]) -> tuple[str, ...]:
    width = len(heads[0].cells)
    joined = []
    for at in range(width):
        parts = [row.cells[at] for row in heads if row.cells[at]]
        joined.append(_JOIN.join(dict.fromkeys(" ".join(part.split()) for part in parts)))
    counts: Counter[str] = Counter()
    named = []
    for at, heading in enumerate(joined):
        counts[fold(heading)] += 1
        if not heading:
            named.append(f"column {letters_of(at)}")
        elif counts[fold(heading)] > 1:
            named.append(f"{heading} (column {letters_of(at)})")
        else:
            named.append(heading)
    return tuple(named)


def is_unnamed(heading: str) -> bool:
    """Whether a heading is none, but its column's letters."""
    return re.fullmatch(r"column [A-Z]+", heading) is not None
