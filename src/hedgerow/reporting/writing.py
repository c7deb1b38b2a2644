"""Writing files: whole or not at all, and only where that can be done."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from hedgerow.landscape.errors import UsageError


def check_target(path: Path) -> None:
    """Make sure, before any work is done, that a file can be written.

    Raises
    ------
    UsageError
        If the folder is not there or cannot be written in, or what bears the file's name is a
        folder, a device or a pipe.
    """
    folder = path.parent
    if os.path.isdir(path):  # False, where Path.is_dir would raise: a name too long
        raise UsageError(f"{path} is a folder.", advice="Give the name of a file in it.")
    if os.path.exists(path) and not os.path.isfile(path):
        # a device or a pipe: what is moved into its place would be there instead of it
        raise UsageError(f"{path} is no ordinary file.", advice="Name a file, or one to be made.")
    if not folder.exists():
        raise UsageError(
            f"{path} cannot be written: there is no folder {folder}.",
            advice="Make the folder first, or name another.",
        )
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(
            f"{path} cannot be written: the folder {folder} does not allow it.",
            advice="Name a folder of your own.",
        )


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there in one step.

    Raises
    ------
    UsageError
        If it cannot be written; what stood there before is as it was.
    """
    import secrets  # takes a while to load, and most commands write nothing

    check_target(path)
    path = path.resolve()  # a link stays one
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be written: {fault.strerror or fault}.", advice="Name another place."
        ) from fault
    finally:
        with suppress(OSError):  # not there, or nothing may be touched: what matters is told above
            beside.unlink()
