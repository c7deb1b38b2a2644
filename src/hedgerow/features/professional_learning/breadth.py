"""With how many kinds of provider schools learn, and how evenly."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, learning, lower_bound
from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.methods.diversity import hill_number
from hedgerow.methods.labelling import encode
from hedgerow.methods.participation import participation_coefficient
from hedgerow.methods.permutation import null_distribution, permuted_codes

_CHUNK_CELLS = 2_000_000
_MISSING = (
    "Schools without a record have no mix of providers and are left out and counted; records of "
    "an unknown provider are left out."
)


def _schools_and_kinds(
    here: LocalLandscape, is_counted: pl.Expr
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | NotMeasured:
    """Codes of the school and of the kind of provider of each record, in step."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    counted = records.filter(pl.col("provider_kind").is_not_null(), is_counted)
    if counted["school"].n_unique() < 2:
        return NotMeasured(
            reason="Fewer than two schools here have such a record in the twelve months to the "
            "day.",
            would_tell="Records from more providers.",
            n=counted["school"].n_unique(),
            missing=state_schools(here).height - counted["school"].n_unique(),
        )
    return encode(counted["school"].to_numpy())[0], encode(counted["provider_kind"].to_numpy())[0]


def _table(schools: NDArray[np.int64], kinds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Records of each school (rows) with each kind of provider (columns)."""
    rows, columns = int(schools.max()) + 1, int(kinds.max()) + 1
    flat = np.bincount(schools * columns + kinds, minlength=rows * columns)
    return flat.reshape(rows, columns)


@indicator(
    id="professional_learning.breadth",
    label="Kinds of provider a school learns with, in effect",
    question="With how many kinds of provider does a school learn, its own staff included?",
    why="A school that hears only from one side has nothing to hold it against.",
    unit="count",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="Mean, over schools with a record in the twelve months, of the number of equally common "
    "kinds that would be as varied. A school with few records cannot show "
    "many kinds. Own school and own trust are kinds like any other.",
    formula="Mean over schools with a record in the twelve months up to the day of exp(− sum "
    "over kinds of provider of p ln p), where p is the kind's share of the school's records: the "
    f"Hill number of order 1 (`hedgerow.methods.diversity.hill_number`). {SCHOOL_BOOTSTRAP}",
    needs=LEARNING_NEEDED,
    references=("jost2006", "equalls2022", "efron1993"),
)
@rests_on(tables=("activities", "participation"))
def breadth(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the schools' mean Hill number of order 1 of records by kind of provider."""
    found = _schools_and_kinds(here, pl.lit(True))
    if isinstance(found, NotMeasured):
        return found
    table = _table(*found)
    numbers = [hill_number(row, 1) for row in table]
    interval = bootstrap_mean(numbers, generator(here, "breadth"))
    return Reading(
        value=interval.value,
        n=len(numbers),
        missing=state_schools(here).height - len(numbers),
        interval=Interval(low=interval.low, high=interval.high, method="school bootstrap"),
        caveat=lower_bound(here),
    )


@indicator(
    id="professional_learning.provider_participation",
    label="Spread over kinds of outside provider",
    question="Do schools spread their learning with others over several kinds of provider?",
    why="Several sources temper one another, and the loss of one is not the loss of all.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="0 where all of a school's records are with one kind, near 1 where they spread evenly "
    "over many; the mean over schools with a record outside their school "
    "and trust. A single record is always 0, so compare with chance.",
    formula="Participation coefficient: mean over schools with an outside record in the twelve "
    "months up to the day of 1 − sum over kinds of provider of p², where p is the kind's share of "
    "the school's outside records (`hedgerow.methods.participation.participation_coefficient`). "
    f"{SCHOOL_BOOTSTRAP} Chance: each record's kind of provider is dealt anew among all the "
    "records.",
    needs=LEARNING_NEEDED,
    references=("guimera2005", "efron1993", "phipson2010"),
)
@rests_on(tables=("activities", "participation"))
def provider_participation(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the schools' mean of 1 - sum of squared shares of outside records by kind."""
    found = _schools_and_kinds(here, pl.col("is_external"))
    if isinstance(found, NotMeasured):
        return found
    schools, kinds = found
    spread = participation_coefficient(_table(schools, kinds))
    interval = bootstrap_mean(spread, generator(here, "provider participation"))
    null = null_distribution(interval.value, _null_means(here, schools, kinds))
    return Reading(
        value=interval.value,
        n=spread.size,
        missing=state_schools(here).height - spread.size,
        interval=Interval(low=interval.low, high=interval.high, method="school bootstrap"),
        chance=chance_of(null, "each record's kind of provider dealt anew among all the records"),
        caveat=lower_bound(here, is_external=True),
    )


def _null_means(
    here: LocalLandscape, schools: NDArray[np.int64], kinds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean participation coefficient in each deal of the kinds over the records."""
    rng = generator(here, "kinds of provider dealt")
    rows, columns = int(schools.max()) + 1, int(kinds.max()) + 1
    totals = np.bincount(schools, minlength=rows)
    means = []
    step = max(1, _CHUNK_CELLS // max(schools.size, rows * columns))
    for start in range(0, DRAWS, step):
        dealt = permuted_codes(kinds, min(step, DRAWS - start), rng)
        cells = (np.arange(len(dealt))[:, None] * rows + schools) * columns + dealt
        size = len(dealt) * rows * columns
        counts = np.bincount(cells.ravel(), minlength=size).reshape(len(dealt), rows, columns)
        means.append(1 - (np.sum(counts**2, axis=2) / totals**2).mean(axis=1))
    return np.concatenate(means)
