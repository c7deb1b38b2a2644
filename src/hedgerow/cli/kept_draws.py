"""Draws on disk, so that long work can be stopped and taken up again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow.landscape.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

_MADE_FROM = "hedgerow"


def read_draws(path: Path, made_from: str) -> pl.DataFrame | None:
    """Give the draws in a file; None where there is none yet.

    Raises
    ------
    UsageError
        If the file holds something else, or draws made from other data or with other choices.
    """
    import polars as pl

    if not path.exists():
        return None
    advice = "Name another file, or remove this one to begin anew."
    try:
        held = pl.read_parquet_metadata(path).get(_MADE_FROM)
        draws = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise UsageError(f"{path} holds no draws that can be read.", advice=advice) from fault
    if held != made_from:
        raise UsageError(
            f"The draws in {path} were made from another register, of other days or places, with "
            "another seed, or by another Hedgerow.",
            advice=advice,
        )
    return draws


def write_draws(path: Path, draws: pl.DataFrame, made_from: str) -> None:
    """Write draws, whole or not at all."""
    from hedgerow.reporting.writing import write_file

    held = BytesIO()
    draws.write_parquet(held, metadata={_MADE_FROM: made_from})
    write_file(path, held.getvalue())
