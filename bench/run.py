"""Time Hedgerow on the real data beside the project, each in one run with its yardstick.

Prints a table and adds a line of JSON to bench/results/results.jsonl. Exits with 1 where something
took longer than it may, with 3 where the real data is missing.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "bench" / "results" / "results.jsonl"
COMMAND = Path(sys.executable).with_name("hedgerow")

EXTRACT = "edubasealldata20220425.csv"
ON = date(2022, 4, 25)
REPEATS = 5
PROCESSES = 2


@dataclass(frozen=True)
class Timing:
    """How long something took, and how long it may take, in one unit."""

    what: str
    took: float
    limit: float
    unit: str

    @property
    def is_within(self) -> bool:
        """Whether it took no longer than it may."""
        return self.took <= self.limit


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of one call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def usual_seconds(work: Callable[[], object]) -> float:
    """Return the median wall time of several calls, in seconds, after one to warm up."""
    work()
    return median(seconds(work) for _ in range(REPEATS))


def ratio(work: Callable[[], object], yardstick: Callable[[], object]) -> float:
    """Return how many times as long `work` takes as `yardstick`: medians of calls made in turn."""
    work()
    yardstick()
    pairs = [(seconds(work), seconds(yardstick)) for _ in range(REPEATS)]
    return median(ours for ours, _ in pairs) / median(theirs for _, theirs in pairs)


def run(*arguments: str) -> Callable[[], None]:
    """Return a call that runs the hedgerow command in a process of its own, or stops the bench."""

    def call() -> None:
        ran = subprocess.run([COMMAND, *arguments], capture_output=True, text=True)
        if ran.returncode:
            sys.exit(f"hedgerow {' '.join(arguments)} ended with {ran.returncode}:\n{ran.stderr}")

    return call


def register_timings(data: Path, register: Path) -> Iterator[Timing]:
    """Time the building of a register, and leave one in `register`."""
    import pandas as pd

    from hedgerow.sources.register import RegisterInputs, build

    extract = data / EXTRACT
    yield Timing(
        "register from the extract / pandas.read_csv of it",
        ratio(
            lambda: build(RegisterInputs(gias=extract), register),
            lambda: pd.read_csv(extract, encoding="cp1252", low_memory=False),
        ),
        2.0,
        "times",
    )
    everything = RegisterInputs(
        gias=extract,
        groups=data / "allgroupsdata20220329.csv",
        links=(
            data / "grouplinks_edubaseallacademiesandfree20170403.csv",
            data / "grouplinks_edubaseallacademiesandfree20190601.csv",
            data / "alllinksdata20220329.csv",
        ),
        successors=data / "links_edubasealldata20230421.csv",
        ks2=(data / "england_ks2final_201819_subset.csv",),
        census=(
            data / "england_census_201819.csv",
            data / "spc_school_level_underlying_data_202223.csv.gz",
        ),
        imd=(
            data / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz",
            data / "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx",
        ),
        lsoa=data / "lsoa2011_centroids.csv",
        hubs=(data / "region_mapping.csv", data / "hub_area_districts.csv"),
        boundaries=data / "boundaries.geojson",
        postcodes=data / "onspd_school_postcodes.csv",
    )
    yield Timing(
        "register from every source", seconds(lambda: build(everything, register)), 20, "s"
    )


def command_timings(register: Path) -> Iterator[Timing]:
    """Time whole processes of the command line."""
    yield Timing("hedgerow --help", usual_seconds(run("--help")), 0.3, "s")
    for place in ("authority:Sheffield", "authority:Kent"):
        profile = run("profile", place, "--register", str(register), "--json")
        yield Timing(f"hedgerow profile {place} --json", usual_seconds(profile), 1.0, "s")


def profile_authorities(register: Path, share: int) -> int:
    """Profile every authority whose turn falls to one of the processes; return how many."""
    from hedgerow.landscape.lens import Lens
    from hedgerow.localities.profile import profile
    from hedgerow.sources.register import open_register

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


def timings(data: Path) -> Iterator[Timing]:
    """Take every timing in turn, on a register in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register"
        yield from register_timings(data, register)
        yield from command_timings(register)
        yield national_timing(register)


def record(taken: list[Timing]) -> None:
    """Add the timings to the file of results, with the day and the kind of machine."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "timings": [asdict(timing) for timing in taken],
    }
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write(json.dumps(line) + "\n")


def main() -> int:
    """Print each timing as it is taken; return the exit code."""
    named = os.environ.get("HEDGEROW_REAL_DATA")
    data = Path(named) if named else PROJECT.parent / "shared" / "data" / "real"
    if not (data / EXTRACT).is_file():
        print(f"No {EXTRACT} in {data}: set HEDGEROW_REAL_DATA to the folder that has it.")
        return 3
    print(f"{'what':<52} {'took':>8} {'limit':>8}")
    taken = []
    for timing in timings(data):
        verdict = "" if timing.is_within else "  too long"
        print(f"{timing.what:<52} {timing.took:>8.2f} {timing.limit:>8.2f} {timing.unit}{verdict}")
        taken.append(timing)
    record(taken)
    return 0 if all(timing.is_within for timing in taken) else 1


if __name__ == "__main__":
    sys.exit(main())
