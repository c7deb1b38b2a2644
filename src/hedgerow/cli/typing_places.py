"""The work behind ``hedgerow typology``: opening registers, describing places, drawing, and putting
the answer together."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from hedgerow.cli.kept_draws import read_draws, write_draws
from hedgerow.cli.progress import counting
from hedgerow.cli.spreading import Spread, spreading
from hedgerow.cli.typing_setting import Setting, Wanted
from hedgerow.landscape.errors import UsageError
from hedgerow.localities.typology.answer import Answer
from hedgerow.localities.typology.describing import FeatureTable
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
    multiverse,
    outcome,
)
from hedgerow.localities.typology.published_facts import Wording
from hedgerow.localities.typology.resemblance import FEWEST_PLACES, Resemblance, resemblance
from hedgerow.localities.typology.trajectories import trajectories
from hedgerow.localities.typology.transitions import transitions
from hedgerow.localities.typology.types import FEWEST_DESCRIBED, find_types
from hedgerow.localities.typology.variations import Variation, variations

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import Landscape

DRAWS_AT_A_TIME = 10
"""Draws that a process makes before it hands them over."""
KEEP_EVERY = 2.0
"""Seconds after which draws are kept again."""


def typed(wanted: Wanted) -> Answer:
    """Find out what kinds of locality there are.

    Raises
    ------
    HedgerowError
        If a register, a place or a day cannot be taken.
    """
    setting = Setting(wanted)
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
    others = setting.others(table, near) if is_varied else {}
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
