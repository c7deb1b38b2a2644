"""Whether anybody has it as their task to look across the place."""

from __future__ import annotations

import polars as pl

from hedgerow.features.readings import plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import OVERSIGHT_TASKS

HOLDS = 0.9
"""A record about a larger place counts where at least so many of the schools here lie in it."""

_WOULD_TELL = (
    "For each of these the organisation that has it, or that nobody has: who "
    + "; who ".join(OVERSIGHT_TASKS)
    + "."
)


def tasks_told(here: LocalLandscape) -> pl.DataFrame:
    """Give what was last told, by the day, of each task of oversight in the place.

    A record is about the place when nine in ten of its schools, or more, lie in the authority or
    district that it names. Of several told on the last day one holder is enough.

    Returns
    -------
    polars.DataFrame
        Columns ``task``, ``is_held``; tasks never asked about have no row.
    """
    schools = state_schools(here).select("authority", "district")
    around = {
        place
        for column in ("authority", "district")
        for place, number in schools[column].drop_nulls().value_counts().iter_rows()
        if number >= HOLDS * schools.height
    }
    return (
        here.whole.table("oversight")
        .filter(pl.col("place").is_in(sorted(around)), pl.col("date") <= here.on)
        .filter(pl.col("date") == pl.col("date").max().over("task"))
        .group_by("task")
        .agg(pl.col("is_held").any())
        .sort("task")
    )


@indicator(
    id="sense_making.oversight_gap",
    label="Tasks of oversight that nobody has",
    question="How many of the tasks of looking across the place does nobody have?",
    why="The study found no body or person with the task of making sense of patterns across a "
    "locality, nor of finding what its schools need in common.",
    unit="count",
    units="tasks",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="A task about which nobody asked is neither a gap nor none: it is counted as "
    "missing, and the bounds say what the figure would be either way.",
    caveat=f"Of {len(OVERSIGHT_TASKS)} tasks that this project draws from the study. That somebody "
    "has a task does not say that it is done.",
    references=("greany2022",),
    formula="The number of tasks of which it was last said, by the day, that nobody has them. "
    "Interval: bounds, as if all, or none, of the tasks that nobody asked about were held.",
    needs=("oversight.task", "oversight.is_held"),
)
@rests_on(tables=("oversight",))
def oversight_gap(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the tasks that nobody has."""
    if state_schools(here).is_empty():
        return no_schools(here)
    told = tasks_told(here)
    unasked = len(OVERSIGHT_TASKS) - told.height
    if told.is_empty():
        return NotMeasured(
            reason="Of none of the tasks of looking across the place is it told who has it, or "
            "that nobody has.",
            would_tell=_WOULD_TELL,
            missing=unasked,
        )
    gaps = told.filter(~pl.col("is_held"))
    named = "; ".join(task for task in OVERSIGHT_TASKS if task in set(gaps["task"]))
    return Reading(
        value=gaps.height,
        n=told.height,
        missing=unasked,
        interval=Interval(
            low=gaps.height,
            high=gaps.height + unasked,
            level=1.0,
            method="bounds: every task not asked about is held, or none is",
        )
        if unasked
        else None,
        caveat=f"Nobody {named}." if named else f"{plural(told.height, 'task')} all held.",
    )
