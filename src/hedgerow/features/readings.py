"""Readings of the kinds that many indicators share: a share with its interval, a count, a median,
what chance gives."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from hedgerow.landscape.finding import Chance, Interval, NotMeasured, Reading
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.median import medians
from hedgerow.methods.median_interval import median_interval
from hedgerow.methods.permutation import NullDistribution
from hedgerow.methods.proportion import wilson_interval

DRAWS = 999
"""Random draws behind a null expectation."""

WILSON = (
    "Interval: Wilson's score interval, 95 per cent "
    "(`hedgerow.methods.proportion.wilson_interval`)."
)
ORDER_STATISTICS = (
    "Interval: from order statistics, which assume no distribution "
    "(`hedgerow.methods.median_interval.median_interval`)."
)
BY_SCHOOL = (
    "Interval: Wilson's on the effective number, since units that come in schools tell less than "
    "as many drawn one by one "
    "(`hedgerow.methods.ratio_interval.clustered_share_interval`)."
)
SCHOOL_BOOTSTRAP = (
    "Interval: the schools drawn anew with replacement, the middle 95 per cent "
    "(`hedgerow.methods.bootstrap`)."
)
GROUP_BOOTSTRAP = (
    "Interval: whole schools and organisations drawn anew with replacement, the middle 95 per cent "
    "(`hedgerow.methods.bootstrap`)."
)
TRUST_BOOTSTRAP = (
    "Interval: whole trusts drawn anew with replacement, the middle 95 per cent "
    "(`hedgerow.methods.bootstrap`)."
)
"""How intervals come about, for the formula of an indicator."""


def share(
    successes: int, n: int, *, missing: int = 0, nothing: NotMeasured, caveat: str = ""
) -> Reading | NotMeasured:
    """Give a share with its Wilson interval, or ``nothing`` when there is no unit to take a share
    of."""
    if n == 0:
        return nothing
    low, high = wilson_interval(successes, n)
    return Reading(
        value=successes / n,
        n=n,
        missing=missing,
        interval=Interval(low=low, high=high, method="Wilson"),
        caveat=caveat,
    )


def share_where(
    schools: pl.DataFrame, is_so: pl.Expr, *, nothing: NotMeasured
) -> Reading | NotMeasured:
    """Give the share of rows for which an expression is true; rows where it is null are missing and
    left out."""
    answers = schools.select(is_so.alias("is_so"))["is_so"]
    known = answers.drop_nulls()
    missing = answers.len() - known.len()
    if known.is_empty():
        return nothing if answers.is_empty() else unknown_for_all(missing)
    return share(int(known.sum()), known.len(), missing=missing, nothing=nothing)


def unknown_for_all(missing: int) -> NotMeasured:
    """Say that what is asked is not known for a single unit."""
    return NotMeasured(
        reason="What this rests on is not known for any of them.",
        would_tell="A register with that column filled.",
        missing=missing,
    )


def median_of(values: ArrayLike, *, missing: int = 0, caveat: str = "") -> Reading:
    """Give the median of one value or more, with its distribution-free interval."""
    array = np.asarray(values, dtype=float)
    low, high = median_interval(array)
    return Reading(
        value=float(medians(array)),
        n=array.size,
        missing=missing,
        interval=Interval(low=low, high=high, method="order statistics"),
        caveat=caveat,
    )


def chance_of(null: NullDistribution, method: str) -> Chance:
    """Give what chance would yield in the shape of a finding."""
    return Chance(
        expected=null.mean,
        method=method,
        low=null.low,
        high=null.high,
        p=null.p_two_sided,
        draws=null.draws,
    )


def generator(here: LocalLandscape, name: str) -> np.random.Generator:
    """Give a source of randomness that is the same whenever the same figure of the same place is
    asked for."""
    text = f"{name}|{here.lens.key}|{here.phase}|{here.on.isoformat()}"
    return np.random.default_rng(crc32(text.encode()))


def plural(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun: "1 school", "2 schools"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
