"""Pictures of made-up places, asked for as a visitor's browser does, without any script."""

from __future__ import annotations

import csv
from io import StringIO

from tests.web.places.conftest import get, patience, tables_in

__all__ = ["get", "patience", "rows_of", "tables_in"]


def rows_of(text: str) -> list[list[str]]:
    """Give the rows of a CSV file, heading row first."""
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
