"""The review list: what was taken for what, and what a person has still to say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hedgerow.fieldbook.attendance.mapping import NO_SCHOOL, AttendanceMapping, decided_urn
from hedgerow.fieldbook.attendance.places import Matched
from hedgerow.fieldbook.attendance.roles import VOCABULARY
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.matching import Suggestion
from hedgerow.fieldbook.opening import guarded, open_raw
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Fault, Faults

TO_DECIDE, TAKEN, DECIDED = "to decide", "taken, please check", "decided"
KINDS = {"school": "schools", "provider": "providers", "role": "roles"}
SUGGESTIONS = 3
COLUMNS = (
    "what",
    "found",
    "rows",
    "first seen",
    "status",
    "why",
    "decision",
    *(
        f"{part} {at}"
        for at in range(1, SUGGESTIONS + 1)
        for part in ("suggestion", "URN", "score")
    ),
)
_HEAD = "Write into “decision”: 1, 2 or 3 for a suggestion, a URN, or none. Leave what is right."


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """One text that a person should look at.

    Attributes
    ----------
    what : {"school", "provider", "role"}
    found : str
        As written, with what else the row says of a school.
    rows : int
        In how many rows it stands.
    seen : str
        Sheet and row where it stands first.
    status : str
        Whether it waits for a decision, was taken for something, or is decided.
    why : str
    suggestions : tuple of Suggestion
    decision : str
        What was decided, where something was.
    """

    what: str
    found: str
    rows: int
    seen: str
    status: str
    why: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    decision: str = ""

    def to_json(self) -> dict[str, object]:
        """Give it as it stands in JSON."""
        return {
            "what": self.what,
            "found": self.found,
            "rows": self.rows,
            "seen": self.seen,
            "status": self.status,
            "why": self.why,
            "suggestions": [
                {"id": one.id, "name": one.name, "score": one.score} for one in self.suggestions
            ],
        }


def status_of(matched: Matched) -> str | None:
    """Give how a match stands in the list; None for what need not be looked at."""
    if matched.how == "likeness":
        return TAKEN
    if matched.how == "open":
        return TO_DECIDE
    return None


def write_review(rows: Sequence[ReviewRow], path: Path) -> None:
    """Write the list as CSV, or as a workbook if the name ends so, readable by its owner alone.

    It repeats what stands in the attendance file, which may be a person's name by mistake.
    """
    lines = [_line(row) for row in rows]
    if path.suffix.lower() == ".xlsx":
        write_whole(path, _workbook(lines), mode=0o600)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([[guarded(str(cell)) for cell in line] for line in lines])
    write_whole(path, text.getvalue().encode("utf-8-sig"), mode=0o600)


def _line(row: ReviewRow) -> list[object]:
    cells: list[object] = [
        row.what,
        row.found,
        row.rows,
        row.seen,
        row.status,
        row.why,
        row.decision,
    ]
    for one in row.suggestions[:SUGGESTIONS]:
        where = ", ".join(part for part in (one.place, one.postcode) if part)
        cells += [
            f"{one.name}{f', {where}' if where else ''}",
            one.id.removeprefix("urn:"),
            one.score,
        ]
    return [*cells, *[""] * (len(COLUMNS) - len(cells))]


def _workbook(lines: Sequence[Sequence[object]]) -> bytes:
    import xlsxwriter  # a tenth of a second, and a CSV does without

    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Review")
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, COLUMNS, bold)
    for at, line in enumerate(lines, start=1):
        sheet.write_row(at, 0, line)
    sheet.freeze_panes(1, 2)
    for at, width in (
        (0, 9),
        (1, 40),
        (3, 22),
        (4, 18),
        (5, 30),
        (6, 14),
        (7, 40),
        (10, 40),
        (13, 40),
    ):
        sheet.set_column(at, at, width)
    sheet.write_comment(0, COLUMNS.index("decision"), _HEAD)
    book.close()
    return content.getvalue()


def read_decisions(
    path: Path, mapping: AttendanceMapping, faults: Faults
) -> tuple[AttendanceMapping, int]:
    """Take up what a person decided in a review list.

    Parameters
    ----------
    path : pathlib.Path
        The list, filled in: CSV or a workbook.
    mapping : AttendanceMapping
    faults : Faults
        Told of decisions that cannot be read.

    Returns
    -------
    AttendanceMapping
        With the decisions.
    int
        How many there were.

    Raises
    ------
    DataError
        If it is no review list.
    """
    raw = open_raw(path)
    for sheet in raw.sheets:
        rows = [[cell or "" for cell in row] for row in sheet.cells.iter_rows()]
        for at, row in enumerate(rows):
            plain = [fold(cell) for cell in row]
            if {"what", "found", "decision"} <= set(plain):
                return _decisions(rows, at, plain, mapping, faults, raw.file)
    raise DataError(
        f"{raw.file} is no review list: it has no columns “what”, “found” and “decision”.",
        advice="Give the list that an import of attendance wrote, with its decisions filled in.",
    )


def _decisions(
    rows: Sequence[Sequence[str]],
    head: int,
    plain: Sequence[str],
    mapping: AttendanceMapping,
    faults: Faults,
    file: str,
) -> tuple[AttendanceMapping, int]:
    places = {heading: at for at, heading in reversed(list(enumerate(plain)))}
    decided: dict[str, dict[str, str]] = {kind: {} for kind in KINDS.values()}
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        said, what, found = (row[places[name]].strip() for name in ("decision", "what", "found"))
        if not said or what not in KINDS:
            continue
        meant = _meant(what, said, row, places)
        if meant is None:
            faults.add(
                Fault(
                    kind="decision that cannot be read",
                    file=file,
                    row=number,
                    column="decision",
                    found=f"a text of {len(said)} letters" if len(said) > 12 else said,
                    expected="1, 2 or 3, a URN, none; for a role one of: " + ", ".join(VOCABULARY),
                    advice="Nothing was decided by it.",
                    consequence="value left out",
                )
            )
            continue
        decided[KINDS[what]][found] = meant
    for kind, held in decided.items():
        if held:
            mapping = mapping.with_aliases(kind, held)
    return mapping, sum(map(len, decided.values()))


def _meant(what: str, said: str, row: Sequence[str], places: Mapping[str, int]) -> str | None:
    plain = fold(said.removesuffix(".0"))
    if what == "role":
        if plain in VOCABULARY:
            return plain
        return NO_SCHOOL if plain in ("none", "unknown", "no") else None
    if plain in ("none", "no", "no school", "not a school", "x"):
        return NO_SCHOOL
    if plain in ("1", "2", "3", "yes", "y", "ok"):
        place = places.get(f"urn {plain if plain.isdigit() else 1}")
        held = row[place].strip().removesuffix(".0") if place is not None else ""
        if not held:
            return None
        return (decided_urn(held) or held) if what == "school" else held
    if what == "school":
        return decided_urn(said.strip().removesuffix(".0"))
    if re.fullmatch(r"[a-z][a-z_\-]*:\S+", said.strip()):
        return said.strip()
    return None
