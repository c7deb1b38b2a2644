"""Kumu workbooks: the sheets Elements and Connections."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hedgerow.fieldbook.networks.delimited import headings_of
from hedgerow.fieldbook.networks.gathering import Gathering, ReadNetwork
from hedgerow.fieldbook.networks.kumu import (
    CONNECTION_NAMES,
    ELEMENT_NAMES,
    kumu_value,
    take_kumu,
)
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.values import folded, plain
from hedgerow.fieldbook.workbook_bytes import WorkbookSheet, sheets_of_workbook
from hedgerow.landscape.errors import DataError

MOST_CHARACTERS = 32_767
"""What a cell can hold."""

MOST_ROWS = 1_048_575
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
MADE = datetime(2000, 1, 1)
"""What every workbook says of its making, so that the same network gives the same file."""

Record = tuple[int, dict[str, object]]


def read_workbook(content: bytes, file: str) -> ReadNetwork:
    """Read the sheets Elements and Connections of a workbook.

    Cells that a spreadsheet calculates give the result that it last saved. One without a result is
    left out and told.

    Raises
    ------
    DataError
        If the workbook cannot be opened, or has no sheet of connections.
    """
    gathering = Gathering(file, type_is_kind=True)
    sheets = _sheets(gathering, content, file)
    elements = _sheet(sheets, "elements", ("label",))
    connections = _sheet(sheets, "connections", ("from", "to"))
    gathering.lists_nodes = elements is not None
    if connections is None and elements is None:
        raise DataError(
            f"{file} has no sheet of elements or connections. Found: {', '.join(sheets)}; expected "
            "sheets Elements (with a column Label) and Connections (with From and To).",
            advice="Name the sheets and columns as Kumu's own template does.",
        )
    take_kumu(
        gathering,
        sheets[elements] if elements else [],
        sheets[connections] if connections else [],
        sheets=(elements or "", connections or ""),
    )
    rest = [name for name in sheets if name not in (elements, connections) and sheets[name]]
    if rest:
        gathering.tell(f"Other sheets were not read: {', '.join(rest)}.")
    return gathering.finish("kumu-workbook")


def _sheet(sheets: Mapping[str, list[Record]], name: str, columns: Sequence[str]) -> str | None:
    """Find a sheet by its name, else by its headings."""
    for sheet in sheets:
        if folded(sheet) == name:
            return sheet
    for sheet, rows in sheets.items():
        if rows and set(columns) <= {folded(heading) for heading in rows[0][1]}:
            return sheet
    return None


def _sheets(gathering: Gathering, content: bytes, file: str) -> dict[str, list[Record]]:
    found = sheets_of_workbook(content, file)
    if found is None:
        raise DataError(
            f"{file} is no workbook; one with sheets Elements and Connections was expected.",
            advice="Export it from Kumu again.",
        )
    return {sheet.name: _records(gathering, sheet) for sheet in found}


def _records(gathering: Gathering, sheet: WorkbookSheet) -> list[Record]:
    headings: list[str] = []
    records: list[Record] = []
    places = [int(name) for name in sheet.cells.columns]
    for row, cells in enumerate(sheet.cells.iter_rows(), start=1):
        if all(plain(cell) is None for cell in cells):
            continue
        if headings:
            named = zip(places, cells, strict=True)
            records.append(
                (row, {headings[place]: cell for place, cell in named if place < len(headings)})
            )
        else:
            across = dict(zip(places, cells, strict=True))
            headings = headings_of([across.get(place) or "" for place in range(max(places) + 1)])
    for row, place, said in sheet.errors:
        gathering.fault(
            "cell without a value",
            said,
            "a value",
            advice="Open the workbook in a spreadsheet, mend the formula and save it.",
            consequence="value left out",
            sheet=sheet.name,
            row=row + 1,
            column=headings[place] if place < len(headings) else None,
        )
    return records


def write_workbook(network: Network) -> tuple[bytes, list[str]]:
    """Write a network as a workbook for Kumu.

    Returns
    -------
    bytes
        The workbook.
    list of str
        What it cannot hold: texts longer than a cell, rows more than a sheet.
    """
    from xlsxwriter import Workbook  # slow to start, and most networks are text

    if max(network.nodes.height, network.ties.height) > MOST_ROWS:
        raise DataError(
            f"A sheet holds {MOST_ROWS} rows; this network has {network.ties.height} ties.",
            advice="Write it as GraphML.",
        )
    stream = io.BytesIO()
    book = Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"author": "Hedgerow", "created": MADE})
    cut = _write_sheet(
        book, "Elements", network.nodes, [*ELEMENT_NAMES, *network.node_attributes], ELEMENT_NAMES
    )
    cut += _write_sheet(
        book,
        "Connections",
        network.ties,
        [*CONNECTION_NAMES, *network.tie_attributes],
        CONNECTION_NAMES,
    )
    book.close()
    lost = [f"{cut} texts of more than {MOST_CHARACTERS} characters were cut."] if cut else []
    return stream.getvalue(), lost


def _write_sheet(
    book: Any, title: str, table: Any, columns: Sequence[str], names: Mapping[str, str]
) -> int:
    sheet = book.add_worksheet(title)
    cut = 0
    for place, name in enumerate(columns):
        sheet.write_string(0, place, names.get(name, name))
    for row, record in enumerate(table[columns].iter_rows(named=True), start=1):
        for place, (name, value) in enumerate(record.items()):
            said = kumu_value(name, value) if value is not None else None
            if isinstance(said, bool):
                sheet.write_boolean(row, place, said)
            elif isinstance(said, int | float):
                _write_number(sheet, row, place, said)
            elif isinstance(said, str):
                cut += len(said) > MOST_CHARACTERS
                sheet.write_string(row, place, said[:MOST_CHARACTERS])
    return cut


def _write_number(sheet: Any, row: int, place: int, value: float) -> None:
    """Write a number, as text where readers of workbooks would round it."""
    if PLAIN_NUMBER.fullmatch(repr(value)):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, repr(value))
