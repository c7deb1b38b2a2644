"""What a typing starts from: what was asked for, and the registers, days and places of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hedgerow import __version__
from hedgerow.cli.asking import has_come
from hedgerow.cli.places import place_from, text_of
from hedgerow.cli.progress import counting
from hedgerow.features.state_schools import IN_WORDS, state_schools
from hedgerow.landscape.errors import UnknownPlaceError, UsageError
from hedgerow.localities.typology.answer import UnitKind
from hedgerow.localities.typology.describing import FeatureTable, feature_table
from hedgerow.localities.typology.draws import draw_inputs
from hedgerow.localities.typology.trajectories import landscape_for
from hedgerow.localities.typology.types import FEWEST_UNITS, Typology
from hedgerow.localities.typology.units import (
    FEWEST_SCHOOLS,
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

MOST_FAULTS = 10
"""Lines of a file of places that are told to be none."""
SMALLER_LEFT_OUT = 20
"""Schools that a place must have where smaller ones are left out, to see what hangs on those."""


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


class Setting:
    """Registers, days and places of one run."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        opened = [open_register(path) for path in wanted.registers]
        days = wanted.days or (max(one.as_of for one in opened if one.as_of is not None),)
        self.day, self.earlier = days[-1], days[:-1]
        found = [open_register(path, on=day) for path in wanted.registers for day in (*days, None)]
        self.registers = tuple({one.label: one for one in found}.values())
        has_come(self.day, self.landscape(self.day))
        self.notes: list[str] = []

    def landscape(self, day: date) -> Landscape:
        """The landscape of a day, of the register nearest to it."""
        return landscape_for(self.registers, day)

    def units(self) -> tuple[tuple[Unit, ...], tuple[LeftOut, ...]]:
        """The places to be typed, and what is left out of them."""
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

    def described(
        self, units: Sequence[Unit], day: date, phase: Phase | None = None
    ) -> FeatureTable:
        """Describe places as on a day, by schools of the phase asked for or of another."""
        with counting(f"Describing places on {day.isoformat()}") as on_progress:
            return feature_table(
                self.landscape(day), units, day, phase or self.wanted.phase, progress=on_progress
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

    def others(
        self, table: FeatureTable, near: Sequence[FeatureTable]
    ) -> dict[tuple[str, str], FeatureTable]:
        """Other tables for the multiverse: other units, other phases, and the days near by."""
        others: dict[tuple[str, str], FeatureTable] = {}
        if self.wanted.places is None:
            for words, made in self._other_units():
                if len(made) >= FEWEST_UNITS:
                    others["Unit", words] = self.described(made, self.day)
        large = [
            unit
            for unit, schools in zip(table.units, table.schools, strict=True)
            if schools >= SMALLER_LEFT_OUT
        ]
        if FEWEST_UNITS <= len(large) < len(table.units):
            words = f"those with {SMALLER_LEFT_OUT} schools or more"
            others["Places too small", words] = self.described(large, self.day)
        for phase, words in IN_WORDS.items():
            if phase != self.wanted.phase:
                there = [one for one in table.units if self._schools(one, phase) >= FEWEST_SCHOOLS]
                if len(there) >= FEWEST_UNITS:
                    others["Phase", words] = self.described(there, self.day, phase)
        return others | {("Day", one.on.isoformat()): one for one in near}

    def _other_units(self) -> Iterator[tuple[str, tuple[Unit, ...]]]:
        landscape, wanted = self.landscape(self.day), self.wanted
        if wanted.unit == "locality":
            yield "authorities", authorities(landscape, self.day, wanted.phase)
        for is_across, words in ((False, "inside authorities"), (True, "across authorities")):
            is_main = wanted.unit == "locality" and wanted.across == is_across
            made = localities(
                landscape,
                self.day,
                across=is_across,
                seed=wanted.seed + is_main,
                phase=wanted.phase,
            )
            parted = ", parted otherwise" if is_main else ""
            yield f"localities of 60 to 100 schools {words}{parted}", made

    def _schools(self, unit: Unit, phase: Phase) -> int:
        here = self.landscape(self.day).through(unit.lens, on=self.day, phase=phase)
        return state_schools(here).height

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
    try:
        return not state_schools(landscape.through(unit.lens, on=day, phase=phase)).is_empty()
    except UsageError:
        return False


def _places_in(path: Path, landscape: Landscape) -> tuple[Unit, ...]:
    lines = text_of(path, "one place a line").splitlines()
    named = {number: line.strip() for number, line in enumerate(lines, 1) if line.strip()}
    if len(set(named.values())) < len(named):
        raise UsageError(f"{path} names a place twice.", advice="Name each once.")
    lenses, faults = [], []
    for number, line in named.items():
        try:
            lenses.append((line, place_from(landscape, line)))
        except UnknownPlaceError as fault:
            faults.append(f"line {number}: {fault}")
    if faults:
        more = [f"and {len(faults) - MOST_FAULTS:,} more"] if len(faults) > MOST_FAULTS else []
        raise UsageError(
            f"Not every line of {path.name} is a place.\n"
            + "\n".join([*faults[:MOST_FAULTS], *more]),
            advice="Write each as for `hedgerow profile`, such as authority:NAME.",
        )
    return tuple(Unit(id=line, name=lens.label(landscape), lens=lens) for line, lens in lenses)
