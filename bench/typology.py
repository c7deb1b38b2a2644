"""How well kinds of locality are found again: in made-up registers of known kinds, and of none.

``python -m bench.typology`` makes a hundred registers of each sort (a quarter of an hour on two
cores), prints what was found, and adds a line of JSON to bench/results/typology.jsonl. With
``--draws`` it times 500 draws over all authorities of the real data beside the project instead.
Exits with 1 where fewer than 95 of 100 registers without kinds are said to have none, or where
draws take longer than five minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "bench" / "results" / "typology.jsonl"
PROCESSES = 2
AUTHORITIES = 40
REPLICATES = 100
LEAST_NONE = 0.95
MOST_SECONDS = 300.0


@dataclass(frozen=True)
class Replicate:
    """What was found in one made-up register.

    Attributes
    ----------
    sort : {"three kinds", "no kinds"}
    seed : int
    verdict : str
    k : int
        Types found; 0 where none.
    agreement : float or None
        Adjusted Rand index with the kinds that were planted.
    p : float
        How often a continuum is as far apart.
    """

    sort: str
    seed: int
    verdict: str
    k: int
    agreement: float | None
    p: float


def replicate(task: tuple[str, int]) -> Replicate:
    """Make a register and look for kinds."""
    from bench.typology_registers import ON, of_no_kind, of_three_kinds
    from hedgerow.localities.typology.describing import feature_table
    from hedgerow.localities.typology.types import Effort, find_types
    from hedgerow.localities.typology.units import authorities
    from hedgerow.methods.rand_index import adjusted_rand_index

    sort, seed = task
    make = of_three_kinds if sort == "three kinds" else of_no_kind
    made = make(AUTHORITIES, np.random.default_rng([seed, sort == "no kinds"]))
    units = authorities(made.landscape, ON)
    found = find_types(
        feature_table(made.landscape, units, ON), seed=seed, effort=Effort(199, 15, 50)
    )
    agreement = None
    if made.kinds is not None and found.types:
        agreement = adjusted_rand_index(made.kinds, found.labels)
    return Replicate(sort, seed, found.verdict, len(found.types), agreement, found.count.p)


def replicates(count: int, processes: int) -> Iterator[Replicate]:
    """Look at as many registers of each sort."""
    tasks = [(sort, seed) for seed in range(count) for sort in ("three kinds", "no kinds")]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(replicate, tasks)


def summary(found: list[Replicate]) -> dict[str, object]:
    """Sum up what was found."""
    planted = [one for one in found if one.sort == "three kinds"]
    none = [one for one in found if one.sort == "no kinds"]
    # a register in which nothing is found agrees no better than chance
    agreement = np.array([one.agreement or 0.0 for one in planted])
    low, middle, high = np.quantile(agreement, [0.025, 0.5, 0.975])
    return {
        "replicates": len(planted),
        "authorities": AUTHORITIES,
        "k": dict(sorted(Counter(one.k for one in planted).items())),
        "verdicts": dict(Counter(one.verdict for one in planted)),
        "agreement_mean": round(float(agreement.mean()), 3),
        "agreement_middle": round(float(middle), 3),
        "agreement_low": round(float(low), 3),
        "agreement_high": round(float(high), 3),
        "without_kinds": len(none),
        "said_to_have_none": sum(one.verdict == "continuum" for one in none),
        "verdicts_without_kinds": dict(Counter(one.verdict for one in none)),
    }


def timed_draws() -> dict[str, object]:
    """Time 500 draws over all authorities of the real data beside the project, on two processes."""
    from hedgerow.cli.spreading import spreading
    from hedgerow.cli.typing_places import draw_some
    from hedgerow.localities.typology.describing import feature_table
    from hedgerow.localities.typology.draws import draw_inputs
    from hedgerow.localities.typology.types import find_types
    from hedgerow.localities.typology.units import authorities
    from hedgerow.sources.register import open_register
    from tools.real_register import build_real_register

    with tempfile.TemporaryDirectory() as folder:
        landscape = open_register(build_real_register(Path(folder)))
    assert landscape.as_of is not None  # a register on disk has its day
    table = feature_table(landscape, authorities(landscape, landscape.as_of), landscape.as_of)
    inputs = draw_inputs(find_types(table))
    start = time.perf_counter()
    with spreading((inputs, 1, ()), processes=PROCESSES) as spread:
        done = sum(
            lot.height
            for lot in spread(draw_some, [range(at, at + 10) for at in range(0, 500, 10)])
        )
    return {"draws": done, "seconds": round(time.perf_counter() - start, 1)}


def record(line: dict[str, object]) -> None:
    """Add what was found to the file of results, with the day and the kind of machine."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        **line,
    }
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write(json.dumps(line) + "\n")


def main() -> int:
    """Print what was found; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--draws", action="store_true")
    given = parser.parse_args()
    if given.draws:
        taken = timed_draws()
        print(f"{taken['draws']} draws over all authorities: {taken['seconds']} seconds")
        record(taken)
        return 0 if float(str(taken["seconds"])) <= MOST_SECONDS else 1
    found: list[Replicate] = []
    for one in replicates(given.replicates, given.processes):
        found.append(one)
        if sys.stderr.isatty():
            print(f"\r{len(found)} of {2 * given.replicates}", end="", file=sys.stderr)
    made = summary(found)
    for name, value in made.items():
        print(f"{name}: {value}")
    record(made)
    none = sum(one.verdict == "continuum" for one in found if one.sort == "no kinds")
    return 0 if none >= LEAST_NONE * given.replicates else 1


if __name__ == "__main__":
    sys.exit(main())
