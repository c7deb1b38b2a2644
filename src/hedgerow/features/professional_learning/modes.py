"""Modes of professional learning on the two dimensions of figure 5.1 of the study's report: formal
to informal, individual to collective.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.places import by_school, share_of_places
from hedgerow.features.professional_learning.records import LEARNING_NEEDED, learning, lower_bound
from hedgerow.features.readings import BY_SCHOOL, DRAWS, SCHOOL_BOOTSTRAP, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.landscape.disclosure import protect
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import percentile_interval, resampled_weights
from hedgerow.methods.diversity import hill_number

MIDDLE = 0.5
"""Where formal meets informal, and collective individual. An activity on the line counts half on
either side."""

QUADRANTS = {
    "formal_collective": "formal and collective",
    "formal_individual": "formal and individual",
    "informal_collective": "informal and collective",
    "informal_individual": "informal and individual",
}
"""The four quarters of the figure."""

FIGURE_COLUMNS = {
    "mode": pl.String,
    "is_external": pl.Boolean,
    "formality": pl.Float64,
    "collectivity": pl.Float64,
    "activities": pl.Int64,
    "schools": pl.Int64,
    "places": pl.Int64,
    "places_withheld": pl.String,
}

_PLACED = (
    pl.col("formality").is_not_null()
    & pl.col("collectivity").is_not_null()
    & pl.col("staff").is_not_null()
    & pl.col("is_external").is_not_null()
)
_NEEDED = (
    *LEARNING_NEEDED,
    "participation.staff",
    "activities.formality",
    "activities.collectivity",
)
_CAVEAT = (
    "Places taken in the twelve months to the day: a person on two courses counts twice. Where an "
    "activity stands on the two dimensions is a judgement of whoever recorded it, and what is "
    "informal is seldom recorded at all."
)
_MISSING = (
    "Records of activities that nobody placed on the two dimensions, or without a number of staff, "
    "are left out and counted."
)


def modes(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the modes of professional learning with their place on figure 5.1.

    Returns
    -------
    polars.DataFrame or NotMeasured
        One row for each mode, learning with others and with one's own school or trust apart:
        ``mode`` (null where none is given), ``is_external``, ``formality`` (0 informal to 1 formal)
        and ``collectivity`` (0 individual to 1 collective), both means over the places taken,
        ``activities``, ``schools``, ``places`` (staff, once for each activity; null where withheld)
        and ``places_withheld`` (why). In order of formality, most formal first. Over the twelve
        months up to the day.
    """
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    placed = records.filter(_PLACED)
    if placed.is_empty():
        return _nowhere_placed(records.height)
    found = (
        placed.group_by("mode", "is_external")
        .agg(
            # an activity of which nobody's places are counted still stands somewhere
            *(
                pl.when(pl.col("staff").sum() > 0)
                .then((pl.col(name) * pl.col("staff")).sum() / pl.col("staff").sum())
                .otherwise(pl.col(name).mean())
                .alias(name)
                for name in ("formality", "collectivity")
            ),
            pl.col("activity").n_unique().cast(pl.Int64).alias("activities"),
            pl.col("school").n_unique().cast(pl.Int64).alias("schools"),
            pl.col("staff").sum().cast(pl.Int64).alias("places"),
        )
        .sort("formality", "collectivity", "mode", "is_external", descending=True)
    )
    return protect(found, ["places"]).select(list(FIGURE_COLUMNS))


def _nowhere_placed(missing: int) -> NotMeasured:
    return NotMeasured(
        reason="No activity on record here is placed on the two dimensions of formality and "
        "collectivity, with a number of staff.",
        would_tell="For each activity, how formal and how collective it is.",
        missing=missing,
    )


def _halves(records: pl.DataFrame) -> pl.DataFrame:
    """Staff of each record in each quarter; an activity on a line counts half on either side."""

    def above(column: str) -> pl.Expr:
        value = pl.col(column)
        return pl.when(value == MIDDLE).then(0.5).when(value > MIDDLE).then(1.0).otherwise(0.0)

    formal, collective, staff = above("formality"), above("collectivity"), pl.col("staff")
    return records.select(
        (staff * formal * collective).alias("formal_collective"),
        (staff * formal * (1 - collective)).alias("formal_individual"),
        (staff * (1 - formal) * collective).alias("informal_collective"),
        (staff * (1 - formal) * (1 - collective)).alias("informal_individual"),
    )


def _quarters(
    here: LocalLandscape, is_external: bool
) -> tuple[NDArray[np.float64], int] | NotMeasured:
    """Places of each school (rows) in each quarter (columns), and records left out."""
    return here.worked_out(("quarters", is_external), lambda: _count_quarters(here, is_external))


def _count_quarters(
    here: LocalLandscape, is_external: bool
) -> tuple[NDArray[np.float64], int] | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    wanted = records.filter(pl.col("is_external") == is_external)
    if wanted.is_empty():
        where = "outside their school and trust" if is_external else "with their school or trust"
        return NotMeasured(
            reason=f"No learning of the schools here {where} is on record in the twelve months to "
            "the day.",
            would_tell="Records from more providers.",
        )
    placed = wanted.filter(_PLACED)
    missing = wanted.height - placed.height
    if placed["staff"].sum() == 0:
        return _nowhere_placed(wanted.height)
    return by_school(placed, _halves(placed)), missing


def _declare(quadrant: str, column: int) -> Indicator:
    words = QUADRANTS[quadrant]

    @indicator(
        id=f"professional_learning.external_{quadrant}_share",
        label=f"Places with others that are {words}",
        question=f"How much of the learning with others is {words}?",
        why="Courses, networks and conversations do different things; a place may have many of the "
        "one and none of the other.",
        unit="share",
        units="places",
        tier="E",
        grade="C",
        missing_rule=_MISSING,
        caveat=_CAVEAT,
        formula="Outside places in the twelve months up to the day in activities that are "
        f"{words} ÷ outside places in activities that somebody placed on both dimensions; the "
        f"middle is {MIDDLE}, and an activity on it counts half on either side. {BY_SCHOOL}",
        needs=_NEEDED,
        references=("greany2022", "kish1965"),
    )
    @rests_on(tables=("activities", "participation"))
    def found(here: LocalLandscape) -> Reading | NotMeasured:
        quarters = _quarters(here, True)
        if isinstance(quarters, NotMeasured):
            return quarters
        table, missing = quarters
        counts: Mapping[str, NDArray[np.float64]] = dict(zip(QUADRANTS, table.T, strict=True))
        return share_of_places(
            quadrant,
            counts,
            table.sum(axis=1),
            missing=missing,
            caveat=lower_bound(here, is_external=True),
        )

    return found


QUADRANT_SHARES = tuple(_declare(quadrant, number) for number, quadrant in enumerate(QUADRANTS))


def _mix(here: LocalLandscape, is_external: bool) -> Reading | NotMeasured:
    quarters = _quarters(here, is_external)
    if isinstance(quarters, NotMeasured):
        return quarters
    table, missing = quarters
    value = _evenness(table.sum(axis=0)[None, :])[0]
    interval = None
    if len(table) > 1:
        rng = generator(here, f"mode mix {is_external}")
        draws = np.concatenate(
            [_evenness(times @ table) for times in resampled_weights(len(table), rng, draws=DRAWS)]
        )
        found = percentile_interval(float(value), draws, 0.95, len(table))
        interval = Interval(low=found.low, high=found.high, method="school bootstrap")
    left_out = f"{plural(missing, 'record')} left out." if missing else ""
    return Reading(
        value=float(value),
        n=len(table),
        interval=interval,
        caveat=" ".join(part for part in (left_out, lower_bound(here)) if part),
    )


def _evenness(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entropy of each row of sums over the four quarters, as a share of the greatest possible; NaN
    for a row without any."""
    return np.array(
        [log(hill_number(row, 1)) / log(len(row)) if row.sum() > 0 else np.nan for row in sums]
    )


@indicator(
    id="professional_learning.external_mode_mix",
    label="Mix of modes in learning with others",
    question="Is learning with others of many modes, or of one?",
    why="Planned courses give a core; networks and talk carry it into practice. The study found "
    "them side by side.",
    unit="index",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="0 when all places lie in one quarter of formal or informal and individual or "
    f"collective, 1 when they spread evenly over the four. {_CAVEAT}",
    formula="− sum over the four quarters of p ln p ÷ ln 4, where p is the quarter's share of "
    f"the outside places in the twelve months up to the day. {SCHOOL_BOOTSTRAP}",
    needs=_NEEDED,
    references=("greany2022", "theil1967", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def external_mode_mix(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the normalised entropy of outside places over the four quarters."""
    return _mix(here, True)


@indicator(
    id="professional_learning.internal_mode_mix",
    label="Mix of modes in learning within school and trust",
    question="Is learning within schools and trusts of many modes, or of one?",
    why="Where all of it is staff meetings, little is tried out together.",
    unit="index",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="0 when all places lie in one quarter of formal or informal and individual or "
    f"collective, 1 when they spread evenly over the four. {_CAVEAT}",
    formula="− sum over the four quarters of p ln p ÷ ln 4, where p is the quarter's share of "
    "the places with the own school or trust in the twelve months up to the day. "
    f"{SCHOOL_BOOTSTRAP}",
    needs=_NEEDED,
    references=("greany2022", "theil1967", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def internal_mode_mix(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the normalised entropy of places with the own school or trust over the four quarters."""
    return _mix(here, False)
