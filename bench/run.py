"""Time Hedgerow, each thing in one run with its yardstick.

``python -m bench.run`` prints a table and adds a line of JSON to bench/results/results.jsonl. Exits
with 1 where something took longer than it may, with 3 where the real data is missing: then only
what is made up was timed. ``--made-up`` asks for no more than that.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.made_up import made_up_timing
from bench.registers import england_timings
from bench.timing import PROJECT, Absent, Timing, record
from bench.yardsticks import yardstick_timings
from tools.real_register import EXTRACT


def made_up_timings() -> Iterator[Timing | Absent]:
    """Time what needs no real data."""
    yield from yardstick_timings()
    yield made_up_timing()


def show(timings: Iterator[Timing | Absent]) -> list[Timing]:
    """Print each timing as it is taken, and give those that were."""
    taken = []
    for one in timings:
        if isinstance(one, Absent):
            print(f"{one.what:<56} not timed: {one.reason}")
            continue
        sign = ">=" if one.is_least else "<="
        print(
            f"{one.what:<56} {one.took:>8.2f} {sign}{one.limit:>7.2f} {one.unit}{one.verdict}",
            flush=True,
        )
        taken.append(one)
    return taken


def main(arguments: list[str] | None = None) -> int:
    """Print each timing as it is taken; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--made-up", action="store_true", help="only what needs no real data")
    chosen = parser.parse_args(arguments)
    named = os.environ.get("HEDGEROW_REAL_DATA")
    data = Path(named) if named else PROJECT.parent / "shared" / "data" / "real"
    there = (data / EXTRACT).is_file()
    print(f"{'what':<56} {'took':>8} {'target':>9}")
    taken = []
    if there and not chosen.made_up:
        with tempfile.TemporaryDirectory() as folder:
            taken += show(england_timings(data, Path(folder) / "register"))
    taken += show(made_up_timings())
    record(timings=[asdict(timing) for timing in taken])
    if not there and not chosen.made_up:
        print(f"No {EXTRACT} in {data}: set HEDGEROW_REAL_DATA to the folder that has it.")
        return 3
    return 0 if all(timing.is_within for timing in taken) else 1


if __name__ == "__main__":
    sys.exit(main())
