"""Timings on England's registers, as far as they lie beside the project."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.timing import Timing, ratio, seconds, usual_seconds
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.places import find_place
from hedgerow.localities.profile import profile
from hedgerow.sources.register import RegisterInputs, build, open_register
from tools.real_register import EXTRACT, real_inputs

COMMAND = Path(sys.executable).with_name("hedgerow")

ON = date(2022, 4, 25)
PROCESSES = 2


def run(*arguments: str) -> Callable[[], None]:
    """Return a call that runs the hedgerow command in a process of its own, or stops the bench."""
    # as people have it: an installation keeps its compiled modules, whatever this shell says
    told = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def call() -> None:
        ran = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, env=told)
        if ran.returncode:
            sys.exit(f"hedgerow {' '.join(arguments)} ended with {ran.returncode}:\n{ran.stderr}")

    return call


def register_timings(data: Path, register: Path) -> Iterator[Timing]:
    """Time the building of a register, and leave one in `register`."""
    import pandas as pd

    extract = data / EXTRACT
    yield Timing(
        "register from the extract / pandas.read_csv of it",
        ratio(
            partial(build, RegisterInputs(gias=extract), register),
            partial(pd.read_csv, extract, encoding="cp1252", low_memory=False),
        ),
        2.0,
        "times",
    )
    everything = real_inputs(data)
    yield Timing(
        "register from every source", seconds(partial(build, everything, register)), 20, "s"
    )


def command_timings(register: Path) -> Iterator[Timing]:
    """Time whole processes of the command line."""
    yield Timing("hedgerow --help", usual_seconds(run("--help")), 0.3, "s")
    for place in ("authority:Sheffield", "authority:Kent"):
        command = run("profile", place, "--register", str(register), "--json")
        yield Timing(f"hedgerow profile {place} --json", usual_seconds(command), 1.0, "s")
    opened = partial(_opened_and_profiled, register, "authority:Sheffield")
    yield Timing("the same of Sheffield, where Python runs", usual_seconds(opened), 1.0, "s")


def _opened_and_profiled(register: Path, place: str) -> None:
    landscape = open_register(register)
    profile(landscape, find_place(landscape, place)).to_json()


def profile_authorities(register: Path, share: int) -> int:
    """Profile every authority whose turn falls to one of the processes; return how many."""
    landscape = open_register(register, on=ON)
    kinds = landscape.organisations.filter(landscape.organisations["kind"] == "authority")
    mine = sorted(kinds["id"].to_list())[share::PROCESSES]
    for authority in mine:
        profile(landscape, Lens.authority(authority), on=ON)
    return len(mine)


def national_timing(register: Path) -> Timing:
    """Time the profiles of all authorities of England, what chance would give included."""
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = pool.map(profile_authorities, [register] * PROCESSES, range(PROCESSES))
        count = sum(done)
    took = time.perf_counter() - start
    return Timing(f"{count} authorities on {PROCESSES} processes, with chance", took, 60, "s")


def england_timings(data: Path, register: Path) -> Iterator[Timing]:
    """Take each in turn; the register is left in `register`."""
    yield from register_timings(data, register)
    yield from command_timings(register)
    yield national_timing(register)
