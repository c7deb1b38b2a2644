"""How much of what experts bring was still there at each hand-over, where it was scored."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.readings import SCHOOL_BOOTSTRAP, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import SCORED_LEVELS
from hedgerow.landscape.succession import under_present_identifiers
from hedgerow.methods.dilution import kept_shares, measured_loss

LEAST_SCHOOLS = 5
"""Schools with scores on both sides of each hand-over, below which nothing is said."""

DAYS = 1095
"""How long before the day scores may lie: three years."""


def scored_chains(here: LocalLandscape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what was there before and after each hand-over in each school that was scored.

    Returns
    -------
    given, received : arrays of shape (schools, hand-overs)
        Mean over the courses and instruments scored in a school on both sides of the hand-over; NaN
        where it was scored on one side only, or not at all. The experts' score is that of the
        course, whichever schools took part.
    """
    rows = under_present_identifiers(here.whole.table("scores"), here.whole, "organisation").filter(
        pl.col("date") <= here.on,
        pl.col("date") > pl.lit(here.on).dt.offset_by(f"-{DAYS}d"),
    )
    chain = ["activity", "instrument"]
    by_level = rows.group_by(*chain, "organisation", "level").agg(pl.col("score").mean())
    expert = (
        by_level.filter(pl.col("level") == SCORED_LEVELS[0])
        .group_by(chain)
        .agg(pl.col("score").mean().alias(SCORED_LEVELS[0]))
    )
    local = state_schools(here).select(pl.col("id").alias("organisation"))
    wide = (
        by_level.filter(pl.col("level") != SCORED_LEVELS[0])
        .join(local, on="organisation", how="semi")
        .pivot("level", index=[*chain, "organisation"], values="score")
        .join(expert, on=chain, how="left")
    )
    for level in SCORED_LEVELS:
        if level not in wide.columns:
            wide = wide.with_columns(pl.lit(None, pl.Float64).alias(level))
    steps = list(pairwise(SCORED_LEVELS))
    both = [pl.col(one).is_not_null() & pl.col(other).is_not_null() for one, other in steps]
    mean = wide.group_by("organisation").agg(
        *(
            pl.col(step[side]).filter(is_both).mean().alias(f"{side}{number}")
            for number, (step, is_both) in enumerate(zip(steps, both, strict=True))
            for side in (0, 1)
        )
    )
    mean = mean.sort("organisation").fill_null(float("nan"))
    number = range(len(steps))
    return (
        mean.select(f"0{one}" for one in number).to_numpy().astype(float),
        mean.select(f"1{one}" for one in number).to_numpy().astype(float),
    )


@indicator(
    id="professional_learning.measured_dilution",
    label="Loss on the way to classrooms, as scored",
    question="How much of what experts bring was lost before it reached classrooms here?",
    why="Expertise thins out with each level of a cascade; where the same instrument was used at "
    "each, the loss is measured and no longer assumed.",
    unit="index",
    direction="less",
    tier="E",
    grade="C",
    missing_rule="A hand-over counts in schools scored on both sides of it; schools scored at some "
    f"levels only are counted as missing. With fewer than {LEAST_SCHOOLS} schools at any hand-over "
    "nothing is said.",
    caveat="0 nothing was lost, 1 all was, below 0 more arrived than was given. What people knew "
    "before counts as received, so that the loss is rather too small. Schools that were scored are "
    "seldom drawn at random.",
    references=("equalls2022", "millett2004", "efron1993"),
    formula="For each hand-over (expert to maths lead, to staff, to classroom) the share kept: "
    "sum(given × received) ÷ sum(given²) over schools (`hedgerow.methods.dilution.kept_shares`); "
    f"1 less the product of the three. {SCHOOL_BOOTSTRAP}",
    needs=("scores.level", "scores.score", "scores.activity"),
)
@rests_on(tables=("scores",))
def measured_dilution(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share lost along the scored cascade."""
    if state_schools(here).is_empty():
        return no_schools(here)
    given, received = scored_chains(here)
    scored = (~np.isnan(given) & ~np.isnan(received)).sum(axis=0)
    whole = int((~np.isnan(given) & ~np.isnan(received)).all(axis=1).sum())
    if not given.size or scored.min() < LEAST_SCHOOLS:
        return NotMeasured(
            reason="Nobody scored what was handed on in schools here."
            if not given.size
            else f"At one hand-over {plural(int(scored.min()), 'school')} were scored on both "
            f"sides; below {LEAST_SCHOOLS} nothing is said.",
            would_tell="One instrument used with the experts of a course, with maths leads who "
            "took part, with the staff they told and in classrooms: the sheet Scores of a "
            "fieldbook.",
            n=whole,
            missing=given.shape[0] - whole,
        )
    loss = measured_loss(given, received, generator(here, "measured dilution"))
    if loss is None:
        return NotMeasured(
            reason="At one hand-over all that was given scores 0, so that no share of it can be "
            "kept.",
            n=whole,
            missing=given.shape[0] - whole,
        )
    kept = kept_shares(given, received)
    said = ", ".join(
        f"{share:.0%} from {one} to {other}"
        for share, (one, other) in zip(kept, pairwise(SCORED_LEVELS), strict=True)
    )
    return Reading(
        value=loss.value,
        n=whole,
        missing=given.shape[0] - whole,
        interval=Interval(
            low=min(loss.low, loss.value),
            high=max(loss.high, loss.value),
            method="school bootstrap",
        ),
        caveat=f"Kept: {said}.",
    )
