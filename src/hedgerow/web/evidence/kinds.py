"""What kind of file somebody sent: a fieldbook, an attendance file, or a network."""

from __future__ import annotations

from pathlib import Path

from hedgerow.fieldbook.attendance.guessing import guess_mapping
from hedgerow.fieldbook.attendance.reading import lay_out_all
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.headings import fit_sheets
from hedgerow.fieldbook.networks.formats import format_of
from hedgerow.fieldbook.networks.opening import open_given
from hedgerow.fieldbook.opening import RawBook, open_raw
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Faults
from hedgerow.web.evidence.models import Contribution

Kind = Contribution.Kind

OF_NETWORKS = (".zip", ".json", ".graphml", ".xml", ".gexf", ".dl")
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
OF_KUMU = frozenset(("elements", "connections"))
"""Sheets of a workbook of Kumu."""


def kind_of(path: Path) -> str:
    """Find out what kind of file it is, by its name's ending and by what stands in it.

    What is neither a network nor has a column of schools is taken for a fieldbook, whose check then
    says what is missing.

    Raises
    ------
    DataError
        If it can be read as nothing, or is no network though its name says so.
    """
    if path.suffix in OF_NETWORKS:
        format_of(open_given(path))
        return str(Kind.NETWORK)
    if path.suffix not in WORKBOOKS and _is_network(path):
        return str(Kind.NETWORK)
    raw = open_raw(path)
    if {fold(sheet.name) for sheet in raw.sheets} >= OF_KUMU:
        return str(Kind.NETWORK)
    if fit_sheets(raw.sheets, Faults()):
        return str(Kind.FIELDBOOK)
    return str(Kind.ATTENDANCE if _has_schools(raw) else Kind.FIELDBOOK)


def _is_network(path: Path) -> bool:
    """Whether a text file is an edge list, a matrix or a file of UCINET."""
    try:
        return format_of(open_given(path)) in ("edge-list", "matrix", "dl", "network-canvas")
    except DataError:
        return False


def _has_schools(raw: RawBook) -> bool:
    guessed = guess_mapping(lay_out_all(raw)).mapping
    return bool({"school", "urn"} & set(guessed.columns))
