"""Writing a register's folder so that nobody ever sees half of one.

Everything is written into a hidden folder beside the target, pushed to the disk, and put in place
by renaming. A build that fails leaves what was there before, and nothing of its own.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from hedgerow.landscape.errors import DataError

PARTIAL = ".partial-"
OLD = ".old-"
_LEFT_OVER = re.compile(r"^\.(?P<name>.+?)\.(?P<state>partial|old)-")


@contextmanager
def folder_of_registers(out: Path) -> Iterator[Path]:
    """Hold a folder of registers for one build, making it where it is missing.

    Parameters
    ----------
    out : Path
        The folder; its parents are made as well.

    Yields
    ------
    Path
        The folder, in which no other build writes meanwhile. What a killed build left is cleared
        away first.

    Raises
    ------
    DataError
        If it is a file, cannot be made or written into, or another build is under way in it.
    """
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        held = _lock(out)
    except OSError as fault:
        _remove_empty(made)
        raise cannot_write(out, fault) from fault
    try:
        _clear_left_overs(out)
        yield out
    except OSError as fault:
        raise cannot_write(out, fault) from fault
    finally:
        if held is not None:
            os.close(held)
        _remove_empty(made)


def put_in_place(out: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write a folder of files as a whole, or not at all, in place of one of the same name.

    Parameters
    ----------
    out : Path
        The folder that holds it, as `folder_of_registers` gives it.
    name : str
        Its name.
    files : mapping of str to bytes
        Contents by file name.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    OSError
        If the disk is full, or anything else hinders it; the old folder is then still there.
    """
    partial = Path(tempfile.mkdtemp(prefix=f".{name}{PARTIAL}", dir=out))
    try:
        partial.chmod(
            0o755
        )  # mkdtemp keeps others out; a register is for everyone who may see its parent
        with ThreadPoolExecutor() as pool:  # a disk pushes several files as fast as one
            written = [
                pool.submit(_write, partial / file_name, content)
                for file_name, content in files.items()
            ]
            for one in written:
                one.result()
        _push(partial)
        _swap(partial, out / name)
        _push(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return out / name


def _swap(new: Path, target: Path) -> None:
    """Rename `new` to `target`; an old target is put aside first, and put back if that fails."""
    old = target.with_name(new.name.replace(PARTIAL, OLD))
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _clear_left_overs(out: Path) -> None:
    for child in sorted(out.iterdir()):
        found = _LEFT_OVER.match(child.name)
        if found is None or not child.is_dir():
            continue
        target = out / found["name"]
        if found["state"] == "old" and not target.exists():
            child.rename(target)  # killed between the two renames: the old register is whole
        else:
            shutil.rmtree(child, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _push(folder: Path) -> None:
    """Push a folder's own list of names to the disk, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(folder: Path) -> int | None:
    """Keep other builds out of a folder; None on systems that have no such lock."""
    if os.name == "nt":
        return None
    import fcntl

    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        os.close(handle)
        if fault.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            return None  # a file system without locks: the renames alone keep registers whole
        raise DataError(
            f"Another build is writing into {folder}.",
            advice="Wait until it is done, or give another folder with --out.",
        ) from fault
    return handle


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def cannot_write(out: Path, fault: OSError) -> DataError:
    """Say in plain words why a folder cannot be written into."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataError(
            f"The disk is full: the register could not be written into {out}.",
            advice="Nothing of it was left behind. Make room, or give another folder with --out.",
        )
    if fault.errno == errno.EFBIG:
        return DataError(
            f"A file of the register is larger than this account may write into {out}.",
            advice="Nothing of it was left behind. Raise the limit (ulimit -f).",
        )
    if fault.errno in (errno.EEXIST, errno.ENOTDIR):
        return DataError(
            f"A register is a folder, and {out} is a file or lies beneath one.",
            advice="Give a folder with --out; it is made where there is none.",
        )
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DataError(
            f"The folder {out} cannot be written into: {os.strerror(fault.errno).lower()}.",
            advice="Give a folder of your own with --out.",
        )
    return DataError(
        f"The register could not be written into {out}: {fault.strerror or fault}.",
        advice="Nothing of it was left behind.",
    )
