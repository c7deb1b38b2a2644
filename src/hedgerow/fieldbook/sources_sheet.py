"""The sheet that says where the rows of an exported fieldbook come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hedgerow.fieldbook.days import read_day
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.headings import SOURCES
from hedgerow.fieldbook.opening import RawSheet
from hedgerow.landscape.provenance import Source

HEADINGS: tuple[tuple[str, str], ...] = (
    ("id", "Name in the rows"),
    ("title", "Title"),
    ("publisher", "Publisher"),
    ("licence", "Licence"),
    ("as_of", "Facts of"),
    ("file", "File"),
    ("sha256", "SHA-256"),
    ("rows", "Rows used"),
    ("release", "Layout"),
)


def cells_of(sources: Sequence[Source]) -> list[list[str | int | date]]:
    """Give the sheet's rows, headings first."""
    return [
        [heading for _, heading in HEADINGS],
        *([getattr(source, name) for name, _ in HEADINGS] for source in sources),
    ]


def sources_in(sheets: Iterable[RawSheet]) -> list[Source]:
    """Read the sources that an export lists; a line that is not whole is passed over."""
    found = []
    for sheet in sheets:
        if fold(sheet.name) != fold(SOURCES) or sheet.cells.height < 2:
            continue
        rows = list(sheet.cells.iter_rows())
        places = {fold(cell or ""): place for place, cell in enumerate(rows[0])}
        for row in rows[1:]:
            held = {
                name: (row[places[fold(heading)]] or "") if fold(heading) in places else ""
                for name, heading in HEADINGS
            }
            day = read_day(held["as_of"]).day
            if held["id"] and day is not None:
                found.append(
                    Source(
                        **{
                            name: held[name]
                            for name, _ in HEADINGS
                            if name not in ("as_of", "rows")
                        },
                        as_of=day,
                        rows=int(held["rows"]) if held["rows"].isdecimal() else 0,
                    )
                )
    return found
