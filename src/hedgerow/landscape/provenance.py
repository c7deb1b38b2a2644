"""Where facts come from: one entry for each file that a landscape was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file, or other origin, of facts in a landscape.

    Parameters
    ----------
    id : str
        Short name that rows carry in their ``source`` column, such as ``"gias-2022-04-25"``.
    title, publisher, licence : str
        As the publisher gives them.
    as_of : datetime.date
        The day that the facts describe, not the day on which the file was read.
    file : str
        The file's name, without its folder; empty for what was not read from a file.
    sha256 : str
        Hash of the file's bytes, so that two registers can be known to rest on the same file.
    rows : int
        Rows that were used.
    release : str
        Which of the known layouts the file has.
    """

    id: str
    title: str
    publisher: str
    licence: str
    as_of: date
    file: str = ""
    sha256: str = ""
    rows: int = 0
    release: str = ""
