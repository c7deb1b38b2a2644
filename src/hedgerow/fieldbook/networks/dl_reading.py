"""UCINET's DL, read: matrices and lists, labels where the file puts them [ucinet2002].

Of the formats that the language knows: full matrices, lower and upper halves, node lists and edge
lists of one and two modes, one matrix or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.opening import decoded
from hedgerow.fieldbook.networks.values import number_of, plain, printable
from hedgerow.landscape.errors import DataError

FORMATS = (
    "fullmatrix",
    "lowerhalf",
    "upperhalf",
    "edgelist1",
    "edgelist2",
    "nodelist1",
    "nodelist2",
    "nodelist1b",
)
TOKEN = re.compile(r'"[^"\n]*"|[^\s,"]+|"')
_SETTING = re.compile(r"(n|nr|nc|nm|format|diagonal)\s*=\s*([a-z0-9]+)", re.IGNORECASE)
_SECTION = re.compile(
    r"\b(?:(row|column|col|matrix|level)\s+)?labels(\s+embedded)?\b\s*:?"
    r"|\b(?:(row|column|col)\s+)?labels\s*:",
    re.IGNORECASE,
)
_DATA = re.compile(r"\bdata\s*:", re.IGNORECASE)
_KEYWORD = re.compile(
    r"\b(?:n|nr|nc|nm|format|diagonal)\s*=|\b(?:(?:row|column|col|matrix|level)\s+)?labels\b",
    re.IGNORECASE,
)
UNKNOWN = frozenset({"na", ".", "?"})
MOST_NODES = 100_000
_SILENT = "UCINET DL says nothing of days, carriers, or what a node is."


@dataclass(kw_only=True)
class Layout:
    """What the part above ``data:`` says."""

    rows: int | None = None
    columns: int | None = None
    matrices: int = 1
    form: str = "fullmatrix"
    has_diagonal: bool = True
    labels: dict[str, list[str]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)


@dataclass(kw_only=True)
class Line:
    """The tokens of one line of data."""

    row: int
    tokens: list[str]


def is_dl(content: bytes) -> bool:
    """Say whether a text begins as DL does."""
    return re.match(r"\s*dl\b", decoded(content[:200])[0], re.IGNORECASE) is not None


def read_dl(content: bytes, file: str) -> ReadNetwork:
    """Read a DL file.

    Raises
    ------
    DataError
        If it has no data, or is of a format that is not known.
    """
    text, note = decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = _DATA.search(_blanked(text))
    if not is_dl(content) or data is None:
        raise DataError(
            f"{file} has no part “data:” after “dl”; a UCINET DL file was expected.",
            advice="In UCINET: Data, Export, DL.",
        )
    gathering = Gathering(file)
    if note:
        gathering.fault("encoding", note, "UTF-8")
    layout = _layout(text[: data.start()], file)
    lines = _lines(text[data.end() :], text.count("\n", 0, data.end()) + 1)
    kinds = list(layout.labels.get("matrix", []))
    kinds += [f"relation {place}" for place in range(len(kinds) + 1, layout.matrices + 1)]
    if layout.matrices == 1 and "matrix" not in layout.labels:
        kinds = [""]
    if layout.form.startswith(("edge", "node")):
        _Lists(gathering, layout, kinds).take(lines)
    else:
        _Matrices(gathering, layout, kinds).take(lines)
    gathering.tell(_SILENT)
    return gathering.finish("dl")


def _blanked(text: str) -> str:
    """Give a text of the same length without what stands in quotation marks."""
    return re.sub(r'"[^"\n]*"', lambda found: '"' + "_" * (len(found[0]) - 2) + '"', text)


def _layout(head: str, file: str) -> Layout:
    layout = Layout()
    starts = [found.start() for found in _KEYWORD.finditer(_blanked(head))]
    for start, end in zip(starts, [*starts[1:], len(head)], strict=True):
        phrase = head[start:end]
        section = _SECTION.match(phrase)
        if section is None:
            if setting := _SETTING.match(phrase):
                _set(layout, setting[1].lower(), setting[2].lower(), file)
            continue
        which = (section[1] or section[3] or "all").lower().replace("column", "col")
        if section[2]:
            layout.embedded.add(which)
        else:
            layout.labels[which] = [
                _bare(token) for token in TOKEN.findall(phrase[section.end() :].replace("=", " "))
            ]
    if layout.form not in FORMATS:
        raise DataError(
            f"{file} is DL of the format “{layout.form}”, which is not read.",
            advice=f"Export it as one of {', '.join(FORMATS)}.",
        )
    return layout


def _set(layout: Layout, name: str, value: str, file: str) -> None:
    if name == "format":
        layout.form = {"edgelist": "edgelist1", "nodelist": "nodelist1"}.get(value, value)
    elif name == "diagonal":
        layout.has_diagonal = value != "absent"
    elif value.isdigit() and len(value) < 7 and int(value) <= MOST_NODES:
        number = int(value)
        if name in ("n", "nr"):
            layout.rows = number
        if name in ("n", "nc"):
            layout.columns = number
        if name == "nm":
            layout.matrices = max(1, number)
    else:
        raise DataError(
            f"{file} says {name} = {value}; a whole number up to {MOST_NODES} was expected."
        )


def _bare(token: str) -> str:
    return printable(token.strip('"'))


def _lines(body: str, first: int) -> list[Line]:
    lines = []
    for row, line in enumerate(body.split("\n"), start=first):
        tokens = TOKEN.findall(line)
        if tokens:
            lines.append(Line(row=row, tokens=tokens))
    return lines


class _Reader:
    """Labels of one file's rows and columns, and where ties go."""

    def __init__(self, gathering: Gathering, layout: Layout, kinds: list[str]) -> None:
        self.gathering = gathering
        self.layout = layout
        self.kinds = kinds
        self.is_two_mode = layout.form.endswith("2") or (
            layout.rows is not None and layout.columns is not None and layout.rows != layout.columns
        )
        labels = layout.labels
        self.row_labels = labels.get("row") or labels.get("all") or []
        self.column_labels = labels.get("col") or (
            [] if "row" in labels and self.is_two_mode else self.row_labels
        )

    def label(self, place: int, labels: list[str], prefix: str) -> str:
        """Give the label of a row or column by its number, the first being 1."""
        known = labels[place - 1] if place <= len(labels) else None
        return plain(known) or f"{prefix}{place}"

    def listed(self) -> None:
        """Take up every node that the file counts or labels."""
        rows = self.layout.rows or len(self.row_labels)
        for place in range(1, rows + 1):
            self.gathering.node({"id": self.label(place, self.row_labels, self.row_prefix)})
        columns = self.layout.columns or len(self.column_labels)
        for place in range(1, columns + 1):
            self.gathering.node({"id": self.label(place, self.column_labels, self.column_prefix)})

    @property
    def row_prefix(self) -> str:
        return "row " if self.is_two_mode else ""

    @property
    def column_prefix(self) -> str:
        return "column " if self.is_two_mode else ""

    def tie(self, start: str, end: str, weight: str, matrix: int, row: int) -> None:
        kind = self.kinds[matrix] if matrix < len(self.kinds) else f"relation {matrix + 1}"
        self.gathering.tie(
            {"from_id": start, "to_id": end, "kind": kind, "weight": weight}, row=row
        )


class _Lists(_Reader):
    """Edge lists and node lists."""

    def take(self, lines: list[Line]) -> None:
        """Take up every line; one of ``!`` begins the next matrix."""
        is_embedded = bool(self.layout.embedded & {"all", "row"})
        if not is_embedded:
            self.listed()
        matrix = 0
        for line in lines:
            tokens = [_bare(token) for token in line.tokens]
            if tokens[0].startswith("!"):
                matrix += 1
                continue
            start = self._end(tokens[0], self.row_labels, self.row_prefix, is_embedded, line)
            if start is None:
                continue
            if self.layout.form.startswith("edge"):
                self._edge(start, tokens, is_embedded, matrix, line)
            else:
                others = tokens[2:] if self.layout.form == "nodelist1b" else tokens[1:]
                self.gathering.node({"id": start}, row=line.row)
                for token in others:
                    end = self._end(
                        token, self.column_labels, self.column_prefix, is_embedded, line
                    )
                    if end is not None:
                        self._add(start, end, "1", matrix, line)

    def _edge(
        self, start: str, tokens: list[str], is_embedded: bool, matrix: int, line: Line
    ) -> None:
        if len(tokens) not in (2, 3):
            self.gathering.set_aside(
                "tie without two ends" if len(tokens) < 2 else "too many values",
                {"line": " ".join(line.tokens)},
                "from, to and perhaps a value",
                row=line.row,
            )
            return
        end = self._end(tokens[1], self.column_labels, self.column_prefix, is_embedded, line)
        if end is not None:
            self._add(start, end, tokens[2] if len(tokens) == 3 else "1", matrix, line)

    def _add(self, start: str, end: str, weight: str, matrix: int, line: Line) -> None:
        if number_of(weight) == 0:
            self.gathering.node({"id": start}, row=line.row)
            self.gathering.node({"id": end}, row=line.row)
        else:
            self.tie(start, end, weight, matrix, line.row)

    def _end(
        self, token: str, labels: list[str], prefix: str, is_embedded: bool, line: Line
    ) -> str | None:
        if is_embedded:
            label = plain(token)
            if label is not None:
                self.gathering.node({"id": label}, row=line.row)
                return label
        elif token.isdigit() and len(token) < 7 and 0 < int(token) <= MOST_NODES:
            return self.label(int(token), labels, prefix)
        self.gathering.set_aside(
            "no number of a row or column",
            {"line": " ".join(line.tokens)},
            "1, 2 … where labels are not embedded",
            found=token,
            row=line.row,
        )
        return None


class _Matrices(_Reader):
    """Full matrices and halves."""

    def take(self, lines: list[Line]) -> None:
        """Take up the cells, whichever way they are broken into lines."""
        tokens = ((token, line.row) for line in lines for token in line.tokens)
        columns_embedded = bool(self.layout.embedded & {"all", "col"})
        rows_embedded = bool(self.layout.embedded & {"all", "row"})
        rows = self.layout.rows or len(self.row_labels)
        columns = self.layout.columns or len(self.column_labels)
        if rows_embedded or columns_embedded:
            rows = rows or max(0, len(lines) - columns_embedded)
            columns = columns or (len(lines[0].tokens) if lines else 0)
        else:
            columns = columns or (len(lines[0].tokens) if lines else 0)
            rows = rows or len(lines)
        for matrix in range(self.layout.matrices):
            if columns_embedded:
                heads = [_bare(next(tokens, ("", 0))[0]) for _ in range(columns)]
                self.column_labels = heads
                if not rows_embedded and not self.is_two_mode:
                    self.row_labels = heads
            if not (rows_embedded or columns_embedded) and matrix == 0:
                self.layout.rows, self.layout.columns = rows, columns
                self.listed()
            if not self._matrix(tokens, rows, columns, matrix, rows_embedded):
                return
        left = sum(1 for _ in tokens)
        if left:
            self.gathering.fault(
                "values left over",
                f"{left} values",
                f"{self.layout.matrices} matrices of {rows} by {columns}",
                advice="Check n, nr, nc and nm.",
            )

    def _matrix(
        self,
        tokens: Iterator[tuple[str, int]],
        rows: int,
        columns: int,
        matrix: int,
        rows_embedded: bool,
    ) -> bool:
        """Take up one matrix; False where the data end before it does."""
        for i in range(rows):
            if rows_embedded:
                token, line = next(tokens, ("", 0))
                name = plain(_bare(token))
            else:
                name = self.label(i + 1, self.row_labels, self.row_prefix)
            if name is not None:
                self.gathering.node({"id": name})
            for j in self._columns(i, columns):
                token, line = next(tokens, ("", 0))
                if not token:
                    self.gathering.fault(
                        "data break off",
                        f"matrix {matrix + 1}, row {i + 1}, column {j + 1}",
                        f"{self.layout.matrices} matrices of {rows} by {columns}",
                        advice="What was there was read. Export the file again.",
                    )
                    return False
                column = self.label(j + 1, self.column_labels, self.column_prefix)
                if name is not None:
                    self._cell(name, column, token, matrix, line)
        return True

    def _columns(self, i: int, columns: int) -> Iterator[int]:
        """Yield the columns that a row of the format holds."""
        for j in range(columns):
            if i == j and not self.layout.has_diagonal:
                continue
            if (self.layout.form == "lowerhalf" and j > i) or (
                self.layout.form == "upperhalf" and j < i
            ):
                continue
            yield j

    def _cell(self, name: str, column: str, token: str, matrix: int, line: int) -> None:
        weight = number_of(token)
        self.gathering.node({"id": column})
        if token.casefold() in UNKNOWN:
            self.gathering.tell("Some cells are marked as missing: those ties are not known.")
        elif weight is None:
            self.gathering.fault(
                "not a number",
                token,
                "a number in every cell",
                consequence="value left out",
                row=line or None,
                column=column,
            )
        elif weight:
            self.tie(name, column, token, matrix, line)
            if self.layout.form != "fullmatrix" and name != column:
                self.tie(column, name, token, matrix, line)
