"""The register: open data on England's schools, checked, joined, kept in one folder a vintage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.register.opening import open_register
from hedgerow.sources.register.summary import RegisterSummary, describe

__all__ = ["RegisterInputs", "RegisterSummary", "build", "describe", "open_register"]


def build(
    inputs: RegisterInputs, out: Path, *, on_progress: Callable[[str], None] | None = None
) -> RegisterSummary:
    """Read, check and join files of open data, and write a register.

    Parameters
    ----------
    inputs : RegisterInputs
        The files.
    out : Path
        The folder of registers; the new one becomes the subfolder named after the extract's day,
        and takes the place of an older one of that day. The same files give the same tables, byte
        for byte. What registers of earlier days in the folder know of trusts becomes part of the
        new one's history.
    on_progress : callable, optional
        Told what is being done, step by step.

    Returns
    -------
    RegisterSummary

    Raises
    ------
    UsageError
        If a file does not exist.
    DataError
        If a file cannot be used, or the register cannot be written. What was there before is then
        still there.
    """
    # the readers of all sources are not needed by who only opens a register
    from hedgerow.sources.register.building import build_register

    folder = build_register(inputs, Path(out), on_progress or (lambda step: None))
    return describe(folder)
