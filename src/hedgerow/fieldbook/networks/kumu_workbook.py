"""Kumu workbooks: the sheets Elements and Connections."""

from __future__ import annotations

import io
import warnings
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
from hedgerow.fieldbook.networks.opening import unzipped
from hedgerow.fieldbook.networks.values import folded, plain
from hedgerow.landscape.errors import DataError

MOST_CHARACTERS = 32_767
"""What a cell can hold."""

MOST_ROWS = 1_048_575
MADE = datetime(2000, 1, 1)
"""What every workbook says of its making, so that the same network gives the same file."""

Record = tuple[int, dict[str, object]]


def read_workbook(content: bytes, file: str) -> ReadNetwork:
    """Read the sheets Elements and Connections of a workbook.

    Cells that a spreadsheet calculates give the result that it last saved. One that was never
    calculated is left out and told.

    Raises
    ------
    DataError
        If the workbook cannot be opened, or has no sheet of connections.
    """
    unzipped(content, file)  # refuses what unpacks to more than any map needs
    gathering = Gathering(file, type_is_kind=True)
    sheets = _sheets(gathering, content, file)
    elements = _sheet(sheets, "elements", ("label",))
    connections = _sheet(sheets, "connections", ("from", "to"))
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
    import openpyxl  # slow to start, and most networks are text

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are not read
            values, formulas = (
                openpyxl.load_workbook(
                    io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
                )
                for data_only in (True, False)
            )
            return {
                sheet.title: _rows(gathering, sheet, formulas[sheet.title])
                for sheet in values.worksheets
            }
    except Exception as fault:  # a broken workbook raises whatever its broken part leads to
        raise DataError(
            f"{file} is a workbook that cannot be opened: {type(fault).__name__}: {fault}",
            advice="Open it in a spreadsheet and save it anew.",
        ) from fault


def _rows(gathering: Gathering, values: Any, formulas: Any) -> list[Record]:
    sheet = str(values.title)
    headings: list[str] = []
    records: list[Record] = []
    pairs = zip(
        values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False
    )
    for row, (cells, written) in enumerate(pairs, start=1):
        if not any(plain(cell) is not None for cell in written):
            continue
        if not headings:
            headings = headings_of([plain(cell) or "" for cell in cells])
            continue
        record: dict[str, object] = {}
        for place, cell in enumerate(cells):
            source = written[place] if place < len(written) else None
            if cell is None and isinstance(source, str) and source.startswith("="):
                gathering.fault(
                    "cell never calculated",
                    source,
                    "a value",
                    advice="Open the workbook in a spreadsheet and save it.",
                    consequence="value left out",
                    sheet=sheet,
                    row=row,
                    column=headings[place] if place < len(headings) else None,
                )
            if place < len(headings):
                record[headings[place]] = cell
        records.append((row, record))
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
    for row, record in enumerate(table.select(columns).iter_rows(named=True), start=1):
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
    """Write a number, as text where the workbook's sixteen digits would change it."""
    if float(f"{value:.16G}") == value:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, repr(value))
