"""What a typology says of every place, kept beside the register for profiles to tell."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.sources.register.opening import vintage_folder
from hedgerow.sources.register.package import FILE

if TYPE_CHECKING:
    from hedgerow.landscape.phases import Phase
    from hedgerow.localities.typology.kept import KeptTypology

FOLDER = "typology"
"""Where they lie in a register's folder; a register that is built again has none."""
_MADE_FROM, _SAID = "hedgerow", "said"


def register_mark(register: Path, day: date) -> str:
    """Give what tells one register from another: a digest of what it was built of."""
    return sha256((vintage_folder(register, on=day) / FILE).read_bytes()).hexdigest()


def keep_typology(register: Path, day: date, phase: Phase, kept: KeptTypology) -> Path:
    """Keep a typology of authorities beside its register, and say where.

    Raises
    ------
    UsageError
        If the register's folder cannot be written in.
    """
    from hedgerow.landscape.errors import UsageError
    from hedgerow.reporting.writing import write_file

    path = _file(register, day, phase)
    held = BytesIO()
    kept.places.write_parquet(
        held,
        metadata={_MADE_FROM: _made_from(register, day, phase), _SAID: json.dumps(kept.said())},
    )
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"{path.parent} cannot be made: {fault.strerror or fault}.",
            advice="The typology lies beside its register: copy it to a folder of your own.",
        ) from fault
    write_file(path, held.getvalue())
    return path


def kept_typology(register: Path, day: date, phase: Phase) -> KeptTypology | None:
    """Give the typology that is kept for a register, day and phase; None where there is none.

    One that another Hedgerow made, or that was made from other data, is as good as none.
    """
    import polars as pl

    from hedgerow.localities.typology.kept import KeptTypology

    path = _file(register, day, phase)
    try:
        metadata = pl.read_parquet_metadata(path)
        if metadata.get(_MADE_FROM) != _made_from(register, day, phase):
            return None
        return KeptTypology.from_said(json.loads(metadata[_SAID]), pl.read_parquet(path))
    except (OSError, pl.exceptions.PolarsError):
        return None


def _file(register: Path, day: date, phase: Phase) -> Path:
    return vintage_folder(register, on=day) / FOLDER / f"{day.isoformat()}-{phase}.parquet"


def _made_from(register: Path, day: date, phase: Phase) -> str:
    made_from = {
        "version": __version__,
        "register": register_mark(register, day),
        "day": day.isoformat(),
        "phase": phase,
    }
    return json.dumps(made_from, sort_keys=True)
