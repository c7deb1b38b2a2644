"""Fetching all official files of a day, each checked by its own reader before it is accepted."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.sources.fetch.addresses import BASE_URL, DAYS_BACK, FILES, Published
from hedgerow.sources.fetch.downloading import PART, PAUSE_S, NotThere, OnBytes, download
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.register.writing import cannot_write


def fetch_inputs(
    folder: Path,
    *,
    day: date | None = None,
    base_url: str = BASE_URL,
    timeout: float = 60.0,
    pause: float = PAUSE_S,
    on_bytes: OnBytes = lambda file, so_far, in_all: None,
    today: date | None = None,
) -> RegisterInputs:
    """Download the files of a day, and give them as inputs of a register.

    All files are of one day. A file that is there from an earlier run is not downloaded again: the
    files of a day never change.

    Parameters
    ----------
    folder : Path
        Where to keep the files; made where it is missing.
    day : datetime.date, optional
        The day. Today's unless given, or yesterday's where today's are not all there yet.
    base_url : str
        Address of the folder with the files.
    timeout : float
        Seconds without a byte after which an attempt is given up.
    pause : float
        Seconds between two attempts, at first.
    on_bytes : callable
        Told of progress.
    today : datetime.date, optional
        What day it is; the clock's unless given.

    Raises
    ------
    UsageError
        If the address is none of http or https.
    DataError
        If files are not there, cannot be downloaded, or are not what they should be.
    """
    if urlsplit(base_url).scheme not in ("http", "https"):
        raise UsageError(
            f"{base_url} is no address of a web server.",
            advice="It begins with https:// or http://, as in " + BASE_URL,
        )
    days = [day] if day else [(today or date.today()) - timedelta(n) for n in range(DAYS_BACK + 1)]
    missing: list[str] = []
    for candidate in days:
        try:
            found = {
                published.source: _fetch(
                    published, candidate, folder, base_url, timeout, pause, on_bytes
                )
                for published in FILES
            }
        except NotThere as fault:
            missing.append(fault.message)
            continue
        except OSError as fault:
            raise cannot_write(folder, fault) from fault
        return RegisterInputs(
            gias=found["gias"],
            groups=found["groups"],
            links=(found["links"],),
            successors=found["successors"],
        )
    raise DataError(
        " ".join(missing),
        advice="Ask for another day with --day, or see which days the server has at "
        "https://get-information-schools.service.gov.uk/Downloads",
    )


def _fetch(
    published: Published,
    day: date,
    folder: Path,
    base_url: str,
    timeout: float,
    pause: float,
    on_bytes: OnBytes,
) -> Path:
    target = folder / published.name(day)
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    url = f"{base_url.rstrip('/')}/{target.name}"
    part = target.with_name(target.name + PART)
    download(url, part, timeout=timeout, on_bytes=on_bytes, pause=pause)
    try:
        import_module(f"hedgerow.sources.{published.source}.read").read(part, Faults())
    except DataError as fault:
        part.unlink()
        raise DataError(
            f"What {url} gave cannot be used. {fault.message}",
            advice="Open the address in a browser to see what it says; nothing was kept.",
        ) from fault
    part.replace(target)
    return target
