"""How something is timed, what it may take, and where it is written down."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "bench" / "results" / "results.jsonl"

REPEATS = 5


@dataclass(frozen=True)
class Timing:
    """How long something took, and how long it may take, in one unit.

    Attributes
    ----------
    what : str
    took, limit : float
    unit : str
    is_least : bool
        Whether the limit is the least that counts, as of how many times as quick something is.
    """

    what: str
    took: float
    limit: float
    unit: str
    is_least: bool = False

    @property
    def is_within(self) -> bool:
        """Whether it kept to its limit."""
        return self.took >= self.limit if self.is_least else self.took <= self.limit

    @property
    def verdict(self) -> str:
        """What to say where it did not."""
        return "" if self.is_within else "  too slow" if self.is_least else "  too long"


@dataclass(frozen=True)
class Absent:
    """Something that could not be timed, and what it lacks."""

    what: str
    reason: str


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


def record(**measured: object) -> None:
    """Add what was measured to the file of results, with the day and the kind of machine."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        **measured,
    }
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write(json.dumps(line) + "\n")
