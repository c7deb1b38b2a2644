"""Writing files whole or not at all, and pushing them to the disk before anybody relies on them."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from hedgerow.landscape.errors import UsageError

PRIVATE = 0o600
SHARED = 0o644


def write_whole(path: Path, content: bytes, *, mode: int = SHARED) -> None:
    """Write a file beside its place, push it to the disk, and move it there in one step.

    Parameters
    ----------
    path : pathlib.Path
        Its folder must be there.
    content : bytes
    mode : int
        Who may read it, from the first byte on.

    Raises
    ------
    UsageError
        If it cannot be written; what stood there before is as it was.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", advice="Give the name of a file in it.")
    if path.exists() and not path.is_file():
        # a device or a pipe: what is moved into its place would be there instead of it
        raise UsageError(f"{path} is no ordinary file.", advice="Name a file, or one to be made.")
    path = path.resolve()  # a link stays one
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    finally:
        with suppress(OSError):  # not there, or nothing may be touched: what matters is told above
            beside.unlink()


def cannot_write(path: Path, fault: OSError) -> UsageError:
    """Say in plain words why something cannot be written."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EFBIG: "it is larger than this account may write",
        errno.ENOENT: f"there is no folder {path.parent}",
        errno.ENOTDIR: f"{path.parent} is no folder",
        errno.EACCES: "it is not allowed there",
        errno.EPERM: "it is not allowed there",
        errno.EROFS: "nothing may be written there",
    }
    reason = reasons.get(fault.errno or 0, fault.strerror or str(fault))
    return UsageError(f"{path} cannot be written: {reason}.", advice="Name another place.")
