"""Count how often each planted mechanism is found in the made-up localities, and how often wrongly.

``python -m bench.mechanisms`` makes 200 regions with their mechanisms and without (about twenty
minutes of one core), prints the shares with Wilson intervals as a table, writes it into
docs/explanation/error-rates.md and adds it to bench/results/results.jsonl. What is counted is kept
in bench/results/mechanisms.jsonl, and a run that was broken off goes on from there as long as the
code is the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from bench.planted import RULES, WORLDS, Found, Rule, judged, landscapes
from bench.timing import PROJECT, RESULTS, record
from hedgerow.methods.proportion import wilson_interval

PAGE = PROJECT / "docs" / "explanation" / "error-rates.md"
HEADING = "## The rates\n"
"""Of the page, under which the table stands."""

KEPT = RESULTS.with_name("mechanisms.jsonl")

LEAST_REGIONS = 200
"""Below which the page is left as it is."""

FIRST_SEED = 2001
"""Of the regions that are counted: none of them was looked at when the rules were made."""

PASSES = (("all at work", "none at work"), ("all but boundary keeping",))
"""Worlds in the order in which they are judged: the third is of use for one mechanism alone."""

Judgements = dict[str, dict[str, Found]]
"""By world, then by rule."""


def fingerprint() -> str:
    """Give a mark of the code that makes, measures and judges the regions."""
    mark = hashlib.sha256()
    sources = [*(PROJECT / "src" / "hedgerow").rglob("*.py"), PROJECT / "bench" / "planted.py"]
    for path in sorted(path for path in sources if "web" not in path.parts):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:16]


def judge_seed(seed: int, worlds: tuple[str, ...]) -> tuple[int, Judgements]:
    """Give what each rule says in worlds made from a seed."""
    with tempfile.TemporaryDirectory() as folder:
        return seed, {
            world: judged(found) for world, found in landscapes(seed, Path(folder), worlds)
        }


def kept(code: str) -> dict[int, Judgements]:
    """Give what earlier runs of the same code have counted, by seed."""
    found: dict[int, Judgements] = {}
    if KEPT.is_file():
        for line in map(json.loads, KEPT.read_text("utf-8").splitlines()):
            if line["code"] == code:
                found.setdefault(line["seed"], {}).update(line["judged"])
    return found


def judge(done: dict[int, Judgements], seeds: Iterable[int], processes: int, code: str) -> None:
    """Judge what is missing on several processes, and keep each as it is done.

    The worlds that every rule needs come first, so that a run broken off is of most use.
    """
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with (
        ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
        KEPT.open("a", encoding="utf-8") as lines,
    ):
        waiting = []
        for worlds in PASSES:
            for seed in seeds:
                missing = tuple(world for world in worlds if world not in done.get(seed, {}))
                if missing:
                    waiting.append(pool.submit(judge_seed, seed, missing))
        for count, one in enumerate(as_completed(waiting), start=1):
            seed, found = one.result()
            done.setdefault(seed, {}).update(found)
            lines.write(json.dumps({"code": code, "seed": seed, "judged": found}) + "\n")
            lines.flush()
            if count % 20 == 0:
                print(f"{count} of {len(waiting)}", file=sys.stderr, flush=True)


def times(rule: Rule, world: str, found: Iterable[Judgements]) -> dict[str, object]:
    """Give how often a rule said found, or had nothing to go by, in a world."""
    said = [one[world][rule.id] for one in found if world in one]
    low, high = wilson_interval(said.count("found"), len(said))
    return {
        "rule": rule.id,
        "world": world,
        "is_planted": rule.is_planted_in(world),
        "regions": len(said),
        "found": said.count("found"),
        "not_measured": said.count("not measured"),
        "low": low,
        "high": high,
    }


def as_table(counted: list[dict[str, object]]) -> str:
    """Write the counts as a table in Markdown, rules in bold where they are the rule."""
    lines = ["| rule | where | planted there | found | share (95 per cent) | not measured |"]
    lines.append("|---|---|---|---|---|---|")
    main = {rule.id for rule in RULES if rule.is_main}
    for row in counted:
        name = f"**{row['rule']}**" if row["rule"] in main else str(row["rule"])
        lines.append(
            f"| {name} | {row['world']} | {'yes' if row['is_planted'] else 'no'} "
            f"| {row['found']} of {row['regions']} "
            f"| {int(str(row['found'])) / int(str(row['regions'])):.3f} "
            f"({row['low']:.3f} to {row['high']:.3f}) | {row['not_measured']} |"
        )
    return "\n".join(lines)


def with_rates(page: str, table: str) -> str:
    """Give the page with a table in the place of what stood under its heading."""
    before, found, after = page.partition(HEADING)
    if not found:
        raise ValueError(f"{PAGE.name} has no heading {HEADING.strip()}")
    _, next_heading, rest = after.partition("\n## ")
    return f"{before}{HEADING}\n{table}\n{next_heading}{rest}"


def main(arguments: list[str] | None = None) -> int:
    """Judge the regions that are not yet judged, then print and keep the shares."""
    parser = argparse.ArgumentParser(prog="python -m bench.mechanisms", description=__doc__)
    parser.add_argument("--regions", type=int, default=LEAST_REGIONS, help="how many (200)")
    parser.add_argument("--processes", type=int, default=2, help="how many at once (2)")
    chosen = parser.parse_args(arguments)
    seeds = range(FIRST_SEED, FIRST_SEED + chosen.regions)
    code = fingerprint()
    done = kept(code)
    judge(done, seeds, chosen.processes, code)
    judgements = [done[seed] for seed in seeds]
    counted = [
        times(rule, world, judgements)
        for rule in RULES
        for world in WORLDS
        if world not in PASSES[1] or rule.mechanism == "boundary_keeping"
    ]
    table = as_table(counted)
    print(table)
    if len(seeds) >= LEAST_REGIONS:
        PAGE.write_text(with_rates(PAGE.read_text("utf-8"), table), encoding="utf-8")
    record(code=code, mechanisms=counted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
