"""Downloading one file, with patience, and never leaving half of it under its own name."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hedgerow import __version__
from hedgerow.landscape.errors import DataError, HedgerowError

PART = ".part"
PIECE = 1 << 16
ATTEMPTS = 3
PAUSE_S = 2.0

OnBytes = Callable[[str, int, int | None], None]
"""Told the file's name, the bytes so far, and the bytes in all where the server says."""


class NotThere(HedgerowError):
    """The server answers, and has no such file."""

    exit_code = 3


class _TryAgain(Exception):
    """Something that may be better at the next attempt."""


@dataclass
class _Progress:
    """How much of a file has come, and by what the server tells whether it is still the same."""

    so_far: int = 0
    in_all: int | None = None
    validator: str | None = None


def download(
    url: str,
    part: Path,
    *,
    timeout: float,
    on_bytes: OnBytes,
    attempts: int = ATTEMPTS,
    pause: float = PAUSE_S,
) -> None:
    """Download a file to a path of its own, whole or not at all.

    A broken connection is taken up where it broke where the server can, else from the start.

    Parameters
    ----------
    url : str
        Address, http or https.
    part : Path
        Where to write; what stood there is overwritten, and removed if the download fails.
    timeout : float
        Seconds without a byte after which an attempt is given up.
    on_bytes : callable
    attempts : int
        How often to try.
    pause : float
        Seconds before the second attempt, doubled before each later one.

    Raises
    ------
    NotThere
        If the server has no such file.
    DataError
        If the server cannot be reached, is too slow, or breaks off, at every attempt.
    OSError
        If the disk is full or cannot be written to.
    """
    progress = _Progress()
    try:
        with part.open("wb") as file:
            for attempt in range(1, attempts + 1):
                try:
                    _attempt(url, file, progress, timeout, on_bytes)
                    return
                except _TryAgain as fault:
                    if attempt == attempts:
                        raise DataError(
                            f"{url} could not be downloaded: {fault} ({attempts} attempts).",
                            advice="Try again later; or download the files by hand and build with "
                            "`hedgerow register build`.",
                        ) from fault
                    time.sleep(pause * 2 ** (attempt - 1))
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _attempt(
    url: str, file: IO[bytes], progress: _Progress, timeout: float, on_bytes: OnBytes
) -> None:
    name = url.rsplit("/", 1)[-1]
    try:
        with urllib.request.urlopen(_request(url, progress), timeout=timeout) as answer:
            if answer.status != http.client.PARTIAL_CONTENT:
                progress.so_far = 0
                length = answer.headers.get("Content-Length")
                progress.in_all = int(length) if length else None
                progress.validator = answer.headers.get("ETag")
            file.seek(progress.so_far)
            file.truncate()
            while piece := answer.read(PIECE):
                file.write(piece)
                progress.so_far += len(piece)
                on_bytes(name, progress.so_far, progress.in_all)
    except urllib.error.HTTPError as fault:
        if fault.code in (http.client.NOT_FOUND, http.client.GONE):
            raise NotThere(f"There is no {url} (the server answers {fault.code}).") from fault
        if fault.code >= http.client.INTERNAL_SERVER_ERROR or fault.code in (408, 416, 429):
            progress.so_far = 0
            raise _TryAgain(f"the server answers {fault.code} {fault.reason}") from fault
        raise DataError(
            f"{url} could not be downloaded: the server answers {fault.code} {fault.reason}.",
            advice="Open the address in a browser to see what it says.",
        ) from fault
    except TimeoutError as fault:
        raise _TryAgain(f"nothing came for {timeout:g} seconds") from fault
    except http.client.HTTPException as fault:
        raise _TryAgain(f"the connection broke off after {progress.so_far:,} bytes") from fault
    except (urllib.error.URLError, ConnectionError) as fault:
        raise _TryAgain(_why(fault, timeout)) from fault
    if progress.in_all is not None and progress.so_far != progress.in_all:
        raise _TryAgain(f"it broke off after {progress.so_far:,} of {progress.in_all:,} bytes")


def _request(url: str, progress: _Progress) -> urllib.request.Request:
    headers = {"User-Agent": f"hedgerow/{__version__}"}
    if progress.so_far and progress.validator:
        headers |= {"Range": f"bytes={progress.so_far}-", "If-Range": progress.validator}
    return urllib.request.Request(url, headers=headers)


def _why(fault: OSError, timeout: float) -> str:
    reason = getattr(fault, "reason", fault)
    if isinstance(reason, TimeoutError):
        return f"no answer within {timeout:g} seconds"
    return f"the server cannot be reached ({reason})"
