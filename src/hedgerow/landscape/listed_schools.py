"""Schools listed by their URNs: one a line, or a table with a column URN."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.lens import Lens

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape

MOST_SHOWN = 10
_URN = re.compile(r"(?:urn:)?(\d{5,7})", re.IGNORECASE)


def listed_schools(landscape: Landscape, text: str, *, called: str, name: str) -> Lens:
    """Give the lens of the schools that a text lists by their URNs.

    Parameters
    ----------
    landscape : Landscape
    text : str
        One URN a line, or a CSV with a column URN.
    called : str
        What faults call the text, such as a file's name.
    name : str
        What the place is called.

    Raises
    ------
    DataError
        If a line holds no URN, none holds one, or a URN is not in the landscape; each is listed.
    """
    faults, urns = [], []
    for number, given in _urn_fields(called, text.splitlines()):
        found = _URN.fullmatch(given)
        if found:
            urns.append(found[1])
        else:
            faults.append(f"line {number}: “{given[:60]}”")
    if faults:
        raise DataError(
            f"{called} has {_counted(len(faults), 'line')} without a URN where one should be.\n"
            + _listed(faults),
            advice="A URN is five to seven digits; write one a line, or a CSV with a column URN.",
        )
    if not urns:
        raise DataError(f"{called} lists no URN.", advice="Write one URN a line.")
    known = set(landscape.table("schools")["urn"].to_list())
    unknown = sorted({urn for urn in urns if int(urn) not in known})
    if unknown:
        raise DataError(
            f"{called} lists {_counted(len(unknown), 'URN')} that the register does not have.\n"
            + _listed(unknown),
            advice="Take them out, or use a register whose date is nearer to that of the list.",
        )
    return Lens.listed((f"urn:{urn}" for urn in urns), name=name)


def _urn_fields(called: str, lines: list[str]) -> list[tuple[int, str]]:
    """Give line number and text of every field that should hold a URN."""
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not filled:
        return []
    first_number, first = filled[0]
    delimiter = max(",;\t", key=first.count)
    headings = [
        field.strip().casefold() for field in next(csv.reader([first], delimiter=delimiter))
    ]
    if "urn" in headings:
        column = headings.index("urn")
        fields = []
        rows = csv.reader(lines[first_number:], delimiter=delimiter)
        for row in rows:
            if any(field.strip() for field in row):
                given = row[column].strip() if column < len(row) else ""
                fields.append((first_number + rows.line_num, given))
        return fields
    if len(headings) > 1:
        raise DataError(
            f"{called} has no column URN: its first line is “{first[:80]}”.",
            advice="Give one URN a line, or a CSV whose first line names a column URN.",
        )
    return [(number, line.strip()) for number, line in filled]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _listed(items: list[str]) -> str:
    shown = "\n".join(f"  {item}" for item in items[:MOST_SHOWN])
    more = len(items) - MOST_SHOWN
    return shown + (f"\n  and {more:,} more" if more > 0 else "")
