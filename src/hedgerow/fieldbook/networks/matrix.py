"""A matrix of ties as comma-separated text: rows turn to columns, cells are weights."""

from __future__ import annotations

from hedgerow.fieldbook.networks.delimited import freed, records_of
from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.values import number_of, plain
from hedgerow.landscape.errors import DataError

UNKNOWN = frozenset({"na", "n/a", "nan", ".", "-"})


def is_matrix(content: bytes) -> bool:
    """Say whether a table of text is a matrix: headings, and numbers under them."""
    records, _ = records_of(content)
    if len(records) < 2:
        return False
    has_labels = _has_labels([cells for _, cells in records])
    cells = [cell for _, row in records[1:] for cell in row[has_labels:]]
    numbers = [cell for cell in cells if _is_number(cell)]
    return bool(numbers) and len(numbers) * 10 >= len(cells) * 9


def read_matrix(content: bytes, file: str) -> ReadNetwork:
    """Read a matrix with headings, with or without labels of rows.

    Without labels of rows, the rows stand for the headings in the same order, and there must be as
    many. A nought is no tie; an empty cell or ``NA`` is not known, and is told.

    Raises
    ------
    DataError
        If it is no matrix.
    """
    records, note = records_of(content)
    rows = [cells for _, cells in records]
    if len(rows) < 2:
        raise DataError(f"{file} has no rows under its headings; a matrix was expected.")
    has_labels = _has_labels(rows)
    columns = [
        plain(freed(cell)) for cell in rows[0][has_labels and len(rows[0]) == _width(rows) :]
    ]
    if not has_labels and len(columns) != len(rows) - 1:
        raise DataError(
            f"{file} has {len(columns)} columns and {len(rows) - 1} rows, and no labels of rows: "
            "which row is whose cannot be told.",
            advice="Put the name of each row into a first column.",
        )
    gathering = Gathering(file)
    if note:
        gathering.fault("encoding", note, "UTF-8")
    labels = [plain(freed(cells[0])) for cells in rows[1:]] if has_labels else columns
    for label, (line, _) in zip(labels, records[1:], strict=True):
        gathering.node({"id": label}, row=line)
    for label in columns:
        gathering.node({"id": label}, row=records[0][0])
    unknown = 0
    for label, (line, cells) in zip(labels, records[1:], strict=True):
        values = cells[has_labels:]
        for column, cell in zip(columns, values, strict=False):
            unknown += _take_cell(gathering, label, column, cell, line)
        unknown += max(0, len(columns) - len(values))
        if len(values) > len(columns):
            gathering.set_aside(
                "row with too many cells",
                {str(place): cell for place, cell in enumerate(cells, start=1)},
                f"{len(columns)} cells",
                row=line,
            )
    if unknown:
        gathering.tell(
            f"{unknown} cells of the matrix are empty: whether there is a tie is unknown."
        )
    gathering.tell("A matrix says nothing of days, kinds of ties, carriers, or what a node is.")
    return gathering.finish("matrix")


def _take_cell(
    gathering: Gathering, label: str | None, column: str | None, cell: str, line: int
) -> int:
    """Take up one cell; 1 where it is not known, else 0."""
    text = plain(cell)
    if text is None or text.casefold() in UNKNOWN:
        return 1
    weight = number_of(text)
    if weight is None:
        gathering.fault(
            "not a number",
            text,
            "a number in every cell",
            consequence="value left out",
            row=line,
            column=column,
        )
        return 1
    if weight and label and column:
        gathering.tie({"from_id": label, "to_id": column, "weight": text}, row=line)
    return 0


def _width(rows: list[list[str]]) -> int:
    return max(len(cells) for cells in rows[1:])


def _is_number(cell: str) -> bool:
    text = plain(cell)
    return text is None or text.casefold() in UNKNOWN or number_of(text) is not None


def _has_labels(rows: list[list[str]]) -> bool:
    """Say whether the first column labels the rows."""
    headings, body = rows[0], rows[1:]
    firsts = [cells[0].strip() for cells in body]
    if not headings[0].strip() or not all(_is_number(cell) for cell in firsts):
        return True
    names = [heading.strip() for heading in headings]
    return firsts in (names, names[1:])
