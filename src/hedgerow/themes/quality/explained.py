"""Whether how large a school is and who governs it decide how much it learns, and how well-made
that is.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from hedgerow.features.professional_learning.records import lower_bound
from hedgerow.features.readings import SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.governing import BANDS
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.explained import explained_share
from hedgerow.themes.quality.designs import designed
from hedgerow.themes.quality.doses import DOSES_NEEDED, weighted_doses

FEWEST = 30
"""Schools below which a model of so many bands says nothing."""


def _explained(here: LocalLandscape, schools: pl.DataFrame, column: str) -> Reading | NotMeasured:
    """R-squared of a column on the logarithm of pupils and the governing bands."""
    known = schools.filter(pl.col("band") != "unknown")
    missing = state_schools(here).height - known.height
    if known.height < FEWEST:
        return NotMeasured(
            reason=f"It takes {FEWEST} schools with something on record whose pupils and governing "
            "arrangement are known.",
            would_tell="A wider lens.",
            n=known.height,
            missing=missing,
        )
    bands = [band for band in BANDS[1:] if (known["band"] == band).any()]
    predictors = np.column_stack(
        [np.log(known["roll"].to_numpy())]
        + [(known["band"] == band).to_numpy().astype(float) for band in bands]
    )
    found = explained_share(
        known[column].to_numpy(), predictors, generator(here, f"{column} explained")
    )
    if found is None:
        return NotMeasured(
            reason="All schools here are alike in it.",
            would_tell="Records with the number of staff and of sessions.",
            n=known.height,
            missing=missing,
        )
    value = found.interval.value
    return Reading(
        value=value,
        n=known.height,
        missing=missing,
        interval=Interval(
            low=min(found.interval.low, value),
            high=max(found.interval.high, value),
            method="school bootstrap",
        ),
        chance=chance_of(found.null, "the schools' values dealt anew among them"),
        caveat=lower_bound(here, is_external=True),
    )


_BY = (
    "explained by the logarithm of pupils and the governing arrangement (maintained, single, "
    "trusts by size). Chance alone explains some: compare with it."
)
_FIT = (
    "on ln(pupils) and who governs them (maintained, single, trusts of 2 to 5, 6 to 15, 16 or "
    f"more) (`hedgerow.methods.explained.explained_share`). {SCHOOL_BOOTSTRAP} Chance: the "
    "schools' values are dealt anew among them."
)
_WHY = (
    "The study found that size and trust matter and do not decide: there were small schools with "
    "rich learning, and large ones where it was narrow."
)


@indicator(
    id="quality.dose_explained",
    label="Differences in dose that go along with size and governance",
    question="How much of the difference in well-made learning between schools goes along with how "
    "large they are and who governs them?",
    why=_WHY,
    unit="share",
    tier="E",
    grade="D",
    missing_rule="Schools whose pupils or governing arrangement are not known are left out and "
    "counted. A school without a record counts with nought; providers that gave no records are "
    "named beside the figure.",
    caveat="Share of the variance of design-weighted staff sessions with others for every 100 "
    f"pupils {_BY} A place for one teacher is much for a small school: some of what size explains "
    "is arithmetic.",
    formula="1 − residual sum of squares ÷ total sum of squares of the least-squares fit of "
    f"schools' weighted doses {_FIT}",
    needs=DOSES_NEEDED,
    references=("greany2022", "efron1993", "phipson2010"),
)
@rests_on("governs", tables=("activities", "participation"))
def dose_explained(here: LocalLandscape) -> Reading | NotMeasured:
    """Give R-squared of design-weighted doses on size and governing band."""
    doses = weighted_doses(here)
    return doses if isinstance(doses, NotMeasured) else _explained(here, doses, "dose")


@indicator(
    id="quality.design_explained",
    label="Differences in design that go along with size and governance",
    question="How much of the difference in how well-made schools' learning is goes along with how "
    "large they are and who governs them?",
    why=_WHY,
    unit="share",
    tier="E",
    grade="D",
    missing_rule="Schools without an outside entry that has a score, or whose pupils or governing "
    "arrangement are not known, are left out and counted.",
    caveat=f"Share of the variance of schools' mean design score of outside learning {_BY} How it "
    "is made on paper, not how good it is.",
    formula="1 − residual sum of squares ÷ total sum of squares of the least-squares fit of "
    f"schools' mean design scores of outside entries {_FIT}",
    needs=DOSES_NEEDED,
    references=("greany2022", "heck2019", "efron1993", "phipson2010"),
)
@rests_on("governs", tables=("activities", "participation"))
def design_explained(here: LocalLandscape) -> Reading | NotMeasured:
    """Give R-squared of schools' mean design score on size and governing band."""
    records, doses = designed(here), weighted_doses(here)
    if isinstance(records, NotMeasured):
        return records
    if isinstance(doses, NotMeasured):
        return doses
    entries = records.filter(pl.col("is_external")).unique(["school", "activity"])
    means = (
        entries.drop_nulls("design")
        .group_by(pl.col("school").alias("id"))
        .agg(pl.col("design").mean())
    )
    return _explained(here, doses.join(means, on="id").sort("id"), "design")
