"""Hold the made-up localities against what the study publishes of its three; write the page of it.

``python tools/made_up_facts.py`` writes docs/explanation/made-up-localities.md anew.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from hedgerow.fieldbook.made_up.open_files import write_open_files
from hedgerow.fieldbook.made_up.plan import STUDY_DAY, Mechanisms
from hedgerow.fieldbook.made_up.region import make_region
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.phases import Phase
from hedgerow.landscape.places import find_place
from hedgerow.localities.declared import load
from hedgerow.sources.register import RegisterInputs, build, open_register

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "made-up-localities.md"


TEXT = """# The made-up localities

`hedgerow demo` makes up a region with a City, a Town and a Shire in it, and four neighbours for
trusts and hubs to reach in from. It lies in the sea; no place, school, trust or person in it is
real, and nothing in it says which real places the study visited. It is there so that everything
can be seen working, and so that tests know what ought to be found.

Nothing writes an answer in. Schools convert, stand alone, found trusts or join them; clusters lose
members as trusts prescribe their rhythm; hubs are near or far. In Town the leader of the teaching
school alliance leaves when it closes in 2021; most of its schools that join a trust from 2018 on
join one of two chains from over the border, which are closed, and closed trusts keep their schools
from the hub. In Shire a paid chair writes to every school each week and sits on the hubs' boards;
in City leaders bid together. Each of these can be switched off (`Mechanisms`), for a region in
which it must not be found. How often each is found, and how often wrongly, stands under
[error rates](error-rates.md).

`S1` is the study's blog posts of 2022, `S2` its final report [greany2022]. England stands for the
whole made-up region.

## What the study publishes, and what the region shows on {day}

With the seed that everybody gets ({seed}).

| locality | the study says | where | measured on | counts as met | here |
|---|---|---|---|---|---|
{rows}

## Where the study contradicts itself

These are listed, not smoothed over.

| about | it says | where | taken here |
|---|---|---|---|
{clashes}

This page is written by `python tools/made_up_facts.py`; a test holds it to the region.
"""


@dataclass(frozen=True)
class Held:
    """A published fact held against the region.

    Attributes
    ----------
    fact : dict
        As in ``facts.toml``.
    value : float
        What the finding says, the sum where several are named.
    aim : str
        The range, or the comparison with its limit, in words.
    is_met : bool
    """

    fact: dict[str, Any]
    value: float
    aim: str
    is_met: bool


def study() -> dict[str, Any]:
    """Give the published facts and the study's own contradictions."""
    text = files("hedgerow.fieldbook.made_up").joinpath("facts.toml").read_text("utf-8")
    return tomllib.loads(text)


def region_landscape(
    folder: Path, seed: int = DEFAULT_SEED, mechanisms: Mechanisms | None = None
) -> Landscape:
    """Build the region's register in a folder, and give the landscape with all its evidence."""
    region = make_region(seed, mechanisms)
    build(RegisterInputs(**vars(write_open_files(region, folder / "open"))), folder / "register")
    return with_evidence(open_register(folder / "register"), region.evidence)


def hold(landscape: Landscape) -> list[Held]:
    """Hold every fact against the landscape of a made-up region, as on the study's day."""
    declared = {one.id: one for one in load()}

    def value(place: str, phase: str, findings: str | list[str]) -> float:
        lens = find_place(landscape, place)
        here = landscape.through(lens, on=STUDY_DAY, phase=cast(Phase, phase))
        wanted = [findings] if isinstance(findings, str) else findings
        values = [declared[one].measure(here).value for one in wanted]
        if any(one is None for one in values):
            raise ValueError(f"{wanted} of {place} is not measured")
        return float(sum(cast(list[float], values)))

    return [_held(fact, value) for fact in study()["fact"]]


def _held(fact: dict[str, Any], value: Any) -> Held:
    here = value(fact["place"], fact["phase"], fact["finding"])
    if "other" not in fact:
        low, high = fact["low"], fact["high"]
        aim = f"{_number(low)} to {_number(high)}" if low != high else _number(low)
        return Held(fact, here, aim, low <= here <= high)
    other, by = value(fact["other"], fact["phase"], fact["finding"]), fact["by"]
    limit = other * by if fact["than"] == "more" else other / by
    name = fact["other"].partition(":")[2]
    words = "at least" if fact["than"] == "more" else "at most"
    sign = f"{by:g} times" if fact["than"] == "more" else f"1/{by:g} of"
    is_met = here >= limit if fact["than"] == "more" else here <= limit
    return Held(fact, here, f"{words} {_number(limit)}: {sign} {name}", is_met)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def page(held: list[Held]) -> str:
    """Write the page."""
    rows = [
        f"| {one.fact['locality']} | {one.fact['says']} | {one.fact['source']} | "
        f"{one.fact['place'].partition(':')[2]}, {one.fact['phase']} | {one.aim} | "
        f"{_number(one.value)} |"
        for one in held
    ]
    clashes = [
        "| {about} | {says} | {sources} | {taken} |".format(**one)
        for one in study()["contradiction"]
    ]
    return TEXT.format(
        day=f"{STUDY_DAY:%-d %B %Y}",
        seed=DEFAULT_SEED,
        rows="\n".join(rows),
        clashes="\n".join(clashes),
    )


def main() -> int:
    """Write the page; say which facts are not met."""
    with tempfile.TemporaryDirectory() as folder:
        held = hold(region_landscape(Path(folder)))
    PAGE.write_text(page(held), encoding="utf-8")
    missed = [one for one in held if not one.is_met]
    for one in missed:
        print(f"not met: {one.fact['id']}: {one.value:.3g}, {one.aim}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
