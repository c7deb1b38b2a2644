"""Time the site under load: fifty people who browse the demo and a national register at once.

``python -m bench.site`` opens both sites, reads each page once so that it is warm, then lets fifty
people browse: each opens a page, reads it for some seconds, opens another. Prints median and 95th
percentile of what they waited. ``--people`` and ``--seconds`` change how many and for how long.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles

from bench.timing import Timing, record
from tools.real_register import build_real_register

READING_SECONDS = 3.0
"""How long a person reads a page, on average."""
SEED = 7
MEDIAN_MS, TAIL_MS = 100.0, 300.0

SECTIONS = ("context", "local_lens", "linked_systems", "equity")


PICTURES = ("map", "network", "timeline")


def _pages(code: str, where: str = "", pages: Sequence[str] = (*SECTIONS, *PICTURES)) -> list[str]:
    """Give the pages of an authority: its overview, and some features or pictures."""
    place = f"{where}/places/authority:{code}/"
    return [place, *(f"{place}{page}/" for page in pages)]


DEMO = (
    *(
        page
        for code in ("981", "982", "983")
        for where in ("", "/partnerships/three-places")
        for page in _pages(code, where)
    ),
    "/",
    "/search/?q=town",
    "/compare/?place=authority:981&place=authority:982",
)
NATIONAL = (
    *(
        page
        for code in ("330", "352", "373", "383", "801", "860", "878", "909", "926", "938")
        for page in _pages(code, pages=(*SECTIONS[:3], "map"))
    ),
    "/",
    "/search/?q=sheffield",
    "/search/?q=st+mary",
    "/search/?q=within+5+km+of+S1+2HE",
)


@contextmanager
def opened(home: Path, *, is_demo: bool) -> Iterator[tuple[str, int]]:
    """Open a site in a process of its own, and yield its host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    told = {name: value for name, value in os.environ.items() if not name.startswith("HEDGEROW_")}
    told["HEDGEROW_HOME"] = str(home)
    command = [sys.executable, "-m", "hedgerow", "serve", "--port", str(port)]
    site = subprocess.Popen(
        [*command, *(["--demo"] if is_demo else [])], env=told, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).close()
                break
            except OSError:
                time.sleep(0.5)
        yield "127.0.0.1", port
    finally:
        site.terminate()
        site.wait()


def asked(connection: http.client.HTTPConnection, page: str) -> tuple[int, float]:
    """Ask for a page, and return its status and how long it took in milliseconds."""
    start = time.perf_counter()
    connection.request("GET", page)
    answer = connection.getresponse()
    answer.read()
    return answer.status, 1000 * (time.perf_counter() - start)


def warm(host: str, port: int, pages: tuple[str, ...]) -> None:
    """Read each page until it is there: a page may say that it is still being worked out."""
    connection = http.client.HTTPConnection(host, port, timeout=300)
    for page in pages:
        while asked(connection, page)[0] == 202:
            time.sleep(0.5)
    connection.close()


class Person(threading.Thread):
    """Somebody who opens pages and reads them."""

    def __init__(self, seed: int, where: tuple[str, int], pages: tuple[str, ...], until: float):
        super().__init__(daemon=True)
        self.random, self.where, self.pages, self.until = random.Random(seed), where, pages, until
        self.waited: list[float] = []
        self.faults: list[str] = []

    def run(self) -> None:
        """Browse until it is time to stop."""
        connection = http.client.HTTPConnection(*self.where, timeout=60)
        time.sleep(self.random.uniform(0, READING_SECONDS))
        while time.monotonic() < self.until:
            page = self.random.choice(self.pages)
            try:
                status, took = asked(connection, page)
            except (OSError, http.client.HTTPException) as fault:
                self.faults.append(f"{page}: {fault}")
                connection.close()
                continue
            self.waited.append(took)
            if status != 200:
                self.faults.append(f"{page}: {status}")
            time.sleep(self.random.expovariate(1 / READING_SECONDS))
        connection.close()


def main(arguments: list[str] | None = None) -> int:
    """Print what people waited; return 1 where it was longer than it may be, or a page failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        national = Path(folder) / "national"
        build_real_register(national / "register")
        with (
            opened(Path(folder) / "demo", is_demo=True) as demo,
            opened(national, is_demo=False) as england,
        ):
            warm(*demo, DEMO)
            warm(*england, NATIONAL)
            until = time.monotonic() + chosen.seconds
            people = [
                Person(SEED + number, *((demo, DEMO) if number % 2 else (england, NATIONAL)), until)
                for number in range(chosen.people)
            ]
            for person in people:
                person.start()
            for person in people:
                person.join()
    waited = [one for person in people for one in person.waited]
    faults = [one for person in people for one in person.faults]
    half, most = median(waited), quantiles(waited, n=20)[-1]
    timings = [
        Timing(f"{chosen.people} people browsing: median", half, MEDIAN_MS, "ms"),
        Timing(f"{chosen.people} people browsing: 95th percentile", most, TAIL_MS, "ms"),
    ]
    for one in timings:
        print(f"{one.what:<56} {one.took:>8.1f} <={one.limit:>7.1f} {one.unit}")
    print(f"{len(waited)} pages read, {len(faults)} faults")
    for fault in faults[:10]:
        print(f"  {fault}", file=sys.stderr)
    record(timings=[asdict(one) for one in timings], pages=len(waited), faults=len(faults))
    return 0 if all(one.is_within for one in timings) and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
