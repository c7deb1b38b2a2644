"""The work behind ``hedgerow typology``: opening registers, describing places, drawing, and putting
the answer together."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from hedgerow import __version__
from hedgerow.cli.kept_draws import read_draws, write_draws
from hedgerow.cli.places import place_from
from hedgerow.cli.progress import counting
from hedgerow.cli.spreading import Spread, spreading
from hedgerow.landscape.errors import UsageError
from hedgerow.localities.typology.answer import Answer, UnitKind
from hedgerow.localities.typology.describing import FeatureTable, feature_table
from hedgerow.localities.typology.draws import (
    DRAWS,
    DrawInputs,
    draw_all,
    draw_inputs,
    missing_draws,
    sureness,
)
from hedgerow.localities.typology.multiverse import (
    Outcome,
    Variation,
    multiverse,
    outcome,
    variations,
)
from hedgerow.localities.typology.published_facts import Wording
from hedgerow.localities.typology.resemblance import FEWEST_PLACES, Resemblance, resemblance
from hedgerow.localities.typology.trajectories import landscape_for, trajectories
from hedgerow.localities.typology.transitions import transitions
from hedgerow.localities.typology.types import FEWEST_DESCRIBED, FEWEST_UNITS, Typology, find_types
from hedgerow.localities.typology.units import (
    LeftOut,
    Unit,
    authorities,
    authorities_left_out,
    localities,
    localities_left_out,
)
from hedgerow.reporting.kept_typology import register_mark
from hedgerow.sources.register import open_register

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape
    from hedgerow.landscape.phases import Phase

DRAWS_AT_A_TIME = 10
"""Draws that a process makes before it hands them over."""
KEEP_EVERY = 2.0
"""Seconds after which draws are kept again."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for.

    Attributes
    ----------
    registers : tuple of Path
    days : tuple of datetime.date or None
        Earliest first.
    unit : {"authority", "locality"}
    across : bool
    places : Path or None
        File of places to be typed instead.
    phase : {"primary", "secondary", "all"}
    draws, seed : int
    multiverse : bool
    resume : Path or None
    scheduler : str or None
    """

    registers: tuple[Path, ...]
    days: tuple[date, ...] | None
    unit: UnitKind
    across: bool
    places: Path | None
    phase: Phase
    draws: int
    seed: int
    multiverse: bool
    resume: Path | None
    scheduler: str | None


def typed(wanted: Wanted) -> Answer:
    """Find out what kinds of locality there are.

    Raises
    ------
    HedgerowError
        If a register, a place or a day cannot be taken.
    """
    setting = _Setting(wanted)
    units, left_out = setting.units()
    if len(units) < FEWEST_DESCRIBED:
        raise UsageError(
            f"There are {len(units)} places: none can be set beside others.",
            advice="Give a register of all of England, or more places.",
        )
    table = setting.described(units, setting.day)
    with counting("Looking for types"):
        found = find_types(table, seed=wanted.seed)
    near, near_notes = setting.near(units)
    inputs = draw_inputs(found, near)
    is_looked_for = found.verdict != "too few"
    is_varied = wanted.multiverse and is_looked_for
    others = setting.others(near) if is_varied else {}
    tasks = variations(found, others, seed=wanted.seed) if is_varied else ()
    shared = (inputs, wanted.seed, tasks)
    with spreading(shared, scheduler=wanted.scheduler) as spread:
        drawn = pl.DataFrame(schema=DRAWS)
        if is_looked_for:
            drawn = _drawn(wanted, setting.mark(found, near), spread)
        table_of_choices = (
            multiverse(found, others, seed=wanted.seed, each=_each(spread)) if is_varied else None
        )
    landscape = setting.landscape(setting.day)
    like, why_not = _resemblance(landscape, table, wanted)
    otherwise = _resemblance_otherwise(landscape, table) if like and is_varied else ()
    with counting("Following places through time"):
        moves = tuple(
            one
            for day in setting.earlier
            if (one := transitions(found, setting.described_if_there(units, day), seed=wanted.seed))
        )
        paths = trajectories(landscape, table)
    return Answer(
        unit=wanted.unit,
        typology=found,
        sure=sureness(found, drawn),
        near=tuple(one.on for one in near),
        resemblance=like,
        why_no_resemblance=why_not,
        transitions=moves,
        trajectories=paths,
        multiverse=table_of_choices,
        left_out=(*left_out, *found.entered.left_out),
        notes=(*near_notes, *setting.notes),
        register=landscape.label,
        seed=wanted.seed,
        sources=landscape.sources,
        positions=_positions(landscape),
        outlines=_outlines(landscape),
        resemblance_otherwise=otherwise,
    )


def _positions(landscape: Landscape) -> dict[str, tuple[float, float]]:
    placed = landscape.all_days.organisations.filter(
        pl.col("kind") == "school", pl.col("easting").is_not_null()
    )
    return {
        one: (east, north)
        for one, east, north in placed.select("id", "easting", "northing").iter_rows()
    }


def _outlines(landscape: Landscape) -> tuple[bytes, ...]:
    areas = landscape.all_days.table("areas").filter(
        pl.col("kind") == "district", pl.col("outline").is_not_null()
    )
    return tuple(areas.sort("id")["outline"].to_list())


class _Setting:
    """Registers, days and places of one run."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        opened = [open_register(path) for path in wanted.registers]
        days = wanted.days or (max(one.as_of for one in opened if one.as_of is not None),)
        self.day, self.earlier = days[-1], days[:-1]
        found = [open_register(path, on=day) for path in wanted.registers for day in (*days, None)]
        self.registers = tuple({one.label: one for one in found}.values())
        self.notes: list[str] = []

    def landscape(self, day: date) -> Landscape:
        return landscape_for(self.registers, day)

    def units(self) -> tuple[tuple[Unit, ...], tuple[LeftOut, ...]]:
        landscape, phase = self.landscape(self.day), self.wanted.phase
        if self.wanted.places is not None:
            return _places_in(self.wanted.places, landscape), ()
        if self.wanted.unit == "authority":
            left_out = authorities_left_out(landscape, self.day, phase)
            return authorities(landscape, self.day, phase), left_out
        made = localities(
            landscape, self.day, across=self.wanted.across, seed=self.wanted.seed, phase=phase
        )
        return made, localities_left_out(landscape, self.day, phase)

    def described(self, units: Sequence[Unit], day: date) -> FeatureTable:
        with counting(f"Describing places on {day.isoformat()}") as on_progress:
            return feature_table(
                self.landscape(day), units, day, self.wanted.phase, progress=on_progress
            )

    def described_if_there(self, units: Sequence[Unit], day: date) -> FeatureTable:
        """Describe the units that are there on another day, and note those that are not."""
        landscape = self.landscape(day)
        there = [unit for unit in units if _is_there(unit, landscape, day, self.wanted.phase)]
        gone = len(units) - len(there)
        if gone:
            self.notes.append(
                f"On {day.isoformat()} {gone} of the places have no school under their name: they "
                "are not compared with that day."
            )
        if not there:
            raise UsageError(f"None of the places is there on {day.isoformat()}.")
        return self.described(there, day)

    def near(self, units: Sequence[Unit]) -> tuple[tuple[FeatureTable, ...], list[str]]:
        """The same units a year earlier and later, where all are there and it is known."""
        found, missing = [], []
        newest = max(one.as_of for one in self.registers if one.as_of is not None)
        for years in (-1, 1):
            day = _years_on(self.day, years)
            if day > newest:
                missing.append(f"{day.isoformat()} (after the newest register)")
                continue
            try:
                landscape = self.landscape(day)
            except UsageError:
                missing.append(f"{day.isoformat()} (before anything is known)")
                continue
            if all(_is_there(unit, landscape, day, self.wanted.phase) for unit in units):
                found.append(self.described(units, day))
            else:
                missing.append(f"{day.isoformat()} (other places)")
        notes = []
        if missing:
            notes.append(f"Draws leave out a day near by: {', '.join(missing)}.")
        return tuple(found), notes

    def others(self, near: Sequence[FeatureTable]) -> dict[tuple[str, str], FeatureTable]:
        """Other tables for the multiverse: other units, and the days near by."""
        others: dict[tuple[str, str], FeatureTable] = {}
        if self.wanted.places is not None:
            return others
        landscape, phase = self.landscape(self.day), self.wanted.phase
        if self.wanted.unit == "authority":
            made = localities(landscape, self.day, seed=self.wanted.seed, phase=phase)
            words = "localities of 60 to 100 schools"
        else:
            made = authorities(landscape, self.day, phase)
            words = "authorities"
        if len(made) >= FEWEST_UNITS:
            others["Unit", words] = self.described(made, self.day)
        others |= {("Day", table.on.isoformat()): table for table in near}
        return others

    def mark(self, found: Typology, near: Sequence[FeatureTable]) -> str:
        """What the draws depend on, in one line."""
        return json.dumps(
            {
                "version": __version__,
                "registers": sorted(
                    {register_mark(path, self.day) for path in self.wanted.registers}
                ),
                "days": [one.on.isoformat() for one in (found.table, *near)],
                "units": [unit.id for unit in found.table.units],
                "phase": self.wanted.phase,
                "seed": self.wanted.seed,
                "ks": list(draw_inputs(found).ks),
            },
            sort_keys=True,
        )


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _is_there(unit: Unit, landscape: Landscape, day: date, phase: Phase) -> bool:
    from hedgerow.features.state_schools import state_schools

    try:
        return not state_schools(landscape.through(unit.lens, on=day, phase=phase)).is_empty()
    except UsageError:
        return False


def _places_in(path: Path, landscape: Landscape) -> tuple[Unit, ...]:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", advice="Name a file with one place a line.")
    lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    named = [line for line in lines if line]
    if len(set(named)) < len(named):
        raise UsageError(f"{path} names a place twice.", advice="Name each once.")
    lenses = [(line, place_from(landscape, line)) for line in named]
    return tuple(Unit(id=line, name=lens.label(landscape), lens=lens) for line, lens in lenses)


def _resemblance(
    landscape: Landscape, table: FeatureTable, wanted: Wanted
) -> tuple[Resemblance | None, str]:
    if wanted.places is not None:
        return None, (
            "How common places like the study's three are is told of all places of a register "
            "together, not of places of your own: asked with a place and without it, it would tell "
            "of that place."
        )
    if table.phase != "primary":
        return None, "The study's facts are of primary schools."
    if len(table.units) < FEWEST_PLACES:
        return None, f"Shares of fewer than {FEWEST_PLACES} places say too much of each."
    try:
        with counting("Setting places beside the published facts"):
            return resemblance(landscape, table, seed=wanted.seed), ""
    except UsageError as fault:
        return None, fault.message


def _resemblance_otherwise(landscape: Landscape, table: FeatureTable) -> tuple[Resemblance, ...]:
    """Shares with every fact asked for, with other tolerances, and with the blog's words."""
    choices: tuple[tuple[Wording, float], ...] = (
        ("report", 0.0),
        ("report", 0.05),
        ("report", 0.2),
        ("blog", 0.1),
    )
    with counting("Setting places beside the facts otherwise") as on_progress:
        found = []
        for wording, tolerance in choices:
            found.append(
                resemblance(landscape, table, wording=wording, tolerance=tolerance, draws=0)
            )
            on_progress(len(found), len(choices))
    return tuple(found)


_Shared = tuple[DrawInputs, int, tuple[Variation, ...]]


def draw_some(shared: _Shared, numbers: Sequence[int]) -> pl.DataFrame:
    """Make draws, in whatever process it is."""
    return draw_all(shared[0], shared[1], numbers)


def try_variation(shared: _Shared, number: int) -> Outcome:
    """Try one choice made otherwise, in whatever process it is."""
    return outcome(shared[2][number])


def _drawn(wanted: Wanted, mark: str, spread: Spread) -> pl.DataFrame:
    """Make the draws that are not in the file yet, and keep them as they come."""
    held = read_draws(wanted.resume, mark) if wanted.resume else None
    drawn = held if held is not None else pl.DataFrame(schema=DRAWS)
    todo = missing_draws(held, wanted.draws)
    lots = [todo[at : at + DRAWS_AT_A_TIME] for at in range(0, len(todo), DRAWS_AT_A_TIME)]
    made, kept_at = 0, -KEEP_EVERY
    try:
        with counting("Drawing") as on_progress:
            for lot in spread(draw_some, lots):
                drawn = pl.concat([drawn, lot])
                made += lot.height
                if wanted.resume and time.monotonic() - kept_at >= KEEP_EVERY:
                    write_draws(wanted.resume, drawn, mark)
                    kept_at = time.monotonic()
                on_progress(wanted.draws - len(todo) + made, wanted.draws)
    finally:
        # stopped or not: what was made is kept
        if wanted.resume and made:
            write_draws(wanted.resume, drawn, mark)
    return drawn.filter(pl.col("draw") < wanted.draws)


def _each(spread: Spread) -> Any:
    def each(wanted: Sequence[Variation]) -> Iterator[Outcome]:
        with counting("Trying other choices") as on_progress:
            for done, one in enumerate(spread(try_variation, range(len(wanted))), start=1):
                on_progress(done, len(wanted))
                yield one

    return each
