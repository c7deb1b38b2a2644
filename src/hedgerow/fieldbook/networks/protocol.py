"""The protocol for Network Canvas that Hedgerow ships: four questions on professional learning.

Who do you turn to, who did you learn from, who brings outside ideas in, and which groups do you
belong to; then how often, where, and who talks with whom.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from hedgerow.fieldbook.networks.tables import zipped
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import UsageError

SCHEMA_VERSION = 7
"""The version of Network Canvas's protocol schema: Architect and Interviewer 6 open it; programs
of version 8 bring it up to theirs."""

ENDING = ".netcanvas"


def protocol() -> dict[str, Any]:
    """Give the protocol as Network Canvas's ``protocol.json`` has it."""
    text = files("hedgerow.fieldbook.networks").joinpath("protocols", "professional-learning.json")
    document: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return document


def write_protocol(path: Path) -> None:
    """Write the protocol as a file that Network Canvas Architect and Interviewer open.

    Raises
    ------
    UsageError
        If the name does not end in ``.netcanvas``: Network Canvas opens no other.
    """
    if path.suffix.lower() != ENDING:
        raise UsageError(
            f"{path.name} does not end in {ENDING}.", advice="Network Canvas opens no other."
        )
    text = json.dumps(protocol(), ensure_ascii=False, indent=1) + "\n"
    write_whole(path, zipped({"protocol.json": text.encode()}))
