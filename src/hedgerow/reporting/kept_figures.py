"""The figures of all authorities, worked out once for a register, day and phase, and kept beside
it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow.sources.register.opening import vintage_folder
from hedgerow.sources.register.package import FILE

if TYPE_CHECKING:
    import polars as pl

    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.phases import Phase

FOLDER = "figures"
"""Where they lie in a register's folder; a register that is built again has none."""
_MADE_FROM = "hedgerow"
MOST_PROCESSES = 8
WORTH_ANOTHER_PROCESS = 30
"""Authorities below which another process would take longer to start than to work."""


def kept_figures(register: Path, day: date, phase: Phase) -> pl.DataFrame | None:
    """Give the figures that are kept for a register, day and phase; None where there are none.

    Those that another Hedgerow made, or that were made from other data, are as good as none.
    """
    import polars as pl

    path = _file(register, day, phase)
    try:
        if pl.read_parquet_metadata(path).get(_MADE_FROM) != _made_from(register, day, phase):
            return None
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return None


def keep_figures(register: Path, day: date, phase: Phase, figures: pl.DataFrame) -> Path:
    """Keep figures beside their register, and say where.

    Raises
    ------
    UsageError
        If the register's folder cannot be written in.
    """
    from hedgerow.landscape.errors import UsageError
    from hedgerow.reporting.writing import write_file

    path = _file(register, day, phase)
    held = BytesIO()
    figures.write_parquet(held, metadata={_MADE_FROM: _made_from(register, day, phase)})
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"{path.parent} cannot be made: {fault.strerror or fault}.",
            advice="The figures lie beside their register: copy it to a folder of your own.",
        ) from fault
    write_file(path, held.getvalue())
    return path


def measured_figures(
    register: Path,
    day: date,
    phase: Phase,
    *,
    on_progress: Callable[[int, int], None],
    processes: int | None = None,
) -> pl.DataFrame:
    """Measure every authority, in as many processes as the machine has cores.

    Parameters
    ----------
    register : Path
        From which each process opens the landscape for itself.
    day : datetime.date
    phase : {"primary", "secondary", "all"}
    on_progress : callable
        Told how many authorities are done, of how many.
    processes : int, optional
        How many; chosen from the cores and the number of authorities unless given.
    """
    import polars as pl

    from hedgerow.localities.figures_of_places import authorities, figures_of
    from hedgerow.sources.register import open_register

    landscape = open_register(register, on=day)
    wanted = authorities(landscape, on=day, phase=phase)
    most = processes or min(
        os.cpu_count() or 1, MOST_PROCESSES, max(1, len(wanted) // WORTH_ANOTHER_PROCESS)
    )
    # small shares, so that progress is seen and no process is left waiting for another
    shares = [wanted[start : start + 8] for start in range(0, len(wanted), 8)]
    done, found = 0, []
    with _measuring(register, landscape, day, phase, most) as each:
        for share, figures in zip(shares, each(shares), strict=True):
            found.append(figures)
            done += len(share)
            on_progress(done, len(wanted))
    return pl.concat([figures_of(landscape, (), on=day, phase=phase), *found])


_Shares = Sequence[tuple[str, ...]]


@contextmanager
def _measuring(
    register: Path, landscape: Landscape, day: date, phase: Phase, processes: int
) -> Iterator[Callable[[_Shares], Iterator[pl.DataFrame]]]:
    from hedgerow.localities.figures_of_places import figures_of

    if processes == 1:
        yield lambda shares: (figures_of(landscape, one, on=day, phase=phase) for one in shares)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # started afresh: polars' threads do not live through a fork
    with ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=_open_for_measuring,
        initargs=(register, day, phase),
    ) as pool:
        yield lambda shares: pool.map(_measure, shares)


_OPENED: list[tuple[Landscape, date, Phase]] = []
"""What a process of its own measures: filled once, as it starts."""


def _open_for_measuring(register: Path, day: date, phase: Phase) -> None:
    from hedgerow.sources.register import open_register

    _OPENED.append((open_register(register, on=day), day, phase))


def _measure(share: tuple[str, ...]) -> pl.DataFrame:
    from hedgerow.localities.figures_of_places import figures_of

    landscape, day, phase = _OPENED[-1]
    return figures_of(landscape, share, on=day, phase=phase)


def _file(register: Path, day: date, phase: Phase) -> Path:
    return vintage_folder(register, on=day) / FOLDER / f"{day.isoformat()}-{phase}.parquet"


def _made_from(register: Path, day: date, phase: Phase) -> str:
    """What the figures depend on, in one line: figures made from anything else are not taken."""
    from hedgerow import __version__
    from hedgerow.localities.judged import NEEDED

    package = (vintage_folder(register, on=day) / FILE).read_bytes()
    made_from = {
        "version": __version__,
        "register": sha256(package).hexdigest(),
        "day": day.isoformat(),
        "phase": phase,
        "indicators": list(NEEDED),
    }
    return json.dumps(made_from, sort_keys=True)
