"""What each school uses of the practices, tools and routines that it was asked about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.school_ties import FULL_COVERAGE, LEAST_COVERAGE
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.succession import under_present_identifiers

FORM_WEIGHTS = {"adopted": 1.0, "adapted": 0.5, "blended": 0.5}
"""How far a school that took an item up in a form has the item as it came."""

ASKED_WHAT = "which practices, tools and routines they use"

WOULD_TELL = (
    "For each school, the practices, tools and routines that it was asked about, and whether it "
    "uses them."
)

MISSING_RULE = (
    "Schools that were not asked are left out and counted; two schools are compared only on what "
    "both were asked. With fewer than three in five schools asked nothing is said."
)


@dataclass(frozen=True, eq=False)
class Repertoire:
    """Which school uses what.

    Attributes
    ----------
    schools : tuple of str
        Schools that were asked about anything, in order of identifier.
    bodies : tuple of str or None
        In step with the schools: the trust of schools in trusts of two or more; the school itself
        where it is maintained or alone in its trust; None where its trust is not known.
    items : polars.DataFrame
        ``item``, ``item_kind``, ``is_scheme`` (null where nobody said), in order of kind and item.
    used : array of shape (schools, items)
        1 where it is in use on the day, 0 where the school was asked and does not use it, NaN where
        it was not asked.
    by_form : array of shape (schools, items)
        As ``used``, but 1/2 where adapted or blended, and NaN where it is not known in what form.
    missing : int
        State schools of the place that were not asked.
    caveat : str
        What to say where many were not asked; else empty.
    """

    schools: tuple[str, ...]
    bodies: tuple[str | None, ...]
    items: pl.DataFrame
    used: NDArray[np.float64]
    by_form: NDArray[np.float64]
    missing: int
    caveat: str


def answers(here: LocalLandscape) -> pl.DataFrame:
    """Give what the place's state schools answered, one row for each school and item.

    Returns
    -------
    polars.DataFrame
        ``school`` (present identifier), ``item``, ``item_kind``, ``is_scheme``, ``is_used`` (in use
        on the day), ``form`` (of what is in use; null where not known), ``is_dropped`` (used once,
        no longer on the day). An item is in use where it was taken up by the day, has not ended and
        is not said to be abandoned without a date.
    """
    return here.worked_out("answers on practices", lambda: _answers(here))


def _answers(here: LocalLandscape) -> pl.DataFrame:
    whole = here.whole
    rows = under_present_identifiers(whole.all_days.table("adoptions"), whole, "school").join(
        state_schools(here).select(pl.col("id").alias("school")), on="school", how="semi"
    )
    abandoned = (pl.col("form") == "abandoned").fill_null(False) & pl.col("end").is_null()
    in_use = pl.col("is_used") & active_on(here.on) & ~abandoned
    ended = (pl.col("end") <= here.on).fill_null(False)
    is_past = pl.col("is_used") & (abandoned | ended)
    kinds = rows.group_by("item").agg(
        pl.col("item_kind").mode().sort().first(),
        pl.when(pl.col("is_scheme").is_not_null().any())
        .then(pl.col("is_scheme").any())
        .alias("is_scheme"),
    )
    weight = pl.col("form").replace_strict(FORM_WEIGHTS, default=None, return_dtype=pl.Float64)
    known_form = pl.when(in_use & pl.col("form").is_in(list(FORM_WEIGHTS))).then(pl.col("form"))
    return (
        rows.with_columns(
            in_use.alias("in_use"), is_past.alias("is_past"), known_form.alias("form")
        )
        .group_by("school", "item")
        .agg(
            pl.col("in_use").any().alias("is_used"),
            # of several spells in use at once, the form nearest to how it came
            pl.col("form").sort_by(weight, nulls_last=False).last(),
            (pl.col("is_past").any() & ~pl.col("in_use").any()).alias("is_dropped"),
        )
        .join(kinds, on="item")
        .select("school", "item", "item_kind", "is_scheme", "is_used", "form", "is_dropped")
        .sort("school", "item_kind", "item")
    )


def repertoire(here: LocalLandscape) -> Repertoire | NotMeasured:
    """Give what the schools of the place use, or why too little is known of it."""
    return here.worked_out("repertoire", lambda: _repertoire(here))


def _repertoire(here: LocalLandscape) -> Repertoire | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    told = answers(here)
    asked = schools.join(told, left_on="id", right_on="school", how="semi").sort("id")
    if asked.height < LEAST_COVERAGE * schools.height:
        return _too_few(asked.height, schools.height)
    items = told.select("item", "item_kind", "is_scheme").unique().sort("item_kind", "item")
    row_of = {school: row for row, school in enumerate(asked["id"])}
    column_of = {item: column for column, item in enumerate(items["item"])}
    used = np.full((asked.height, items.height), np.nan)
    by_form = used.copy()
    for school, item, is_used, form in told.select("school", "item", "is_used", "form").iter_rows():
        at = row_of[school], column_of[item]
        used[at] = float(is_used)
        by_form[at] = FORM_WEIGHTS.get(form, np.nan) if is_used else 0.0
    return Repertoire(
        schools=tuple(asked["id"]),
        bodies=tuple(_bodies(asked)),
        items=items,
        used=used,
        by_form=by_form,
        missing=schools.height - asked.height,
        caveat=""
        if asked.height >= FULL_COVERAGE * schools.height
        else f"Only {asked.height:,} of the {schools.height:,} schools were asked {ASKED_WHAT}: "
        "read it with care.",
    )


def _too_few(asked: int, schools: int) -> NotMeasured:
    return NotMeasured(
        reason=f"Only {asked:,} of the {schools:,} schools here were asked {ASKED_WHAT}, too few "
        "to stand for all."
        if asked
        else f"The schools here were not asked {ASKED_WHAT}.",
        would_tell=WOULD_TELL,
        n=asked,
        missing=schools - asked,
    )


def _bodies(schools: pl.DataFrame) -> pl.Series:
    in_trust = pl.col("trust_size") > 1
    return schools.select(
        pl.when(in_trust)
        .then(pl.col("body"))
        .when(pl.col("band") != "unknown")
        .then(pl.col("id"))
        .alias("group")
    )["group"]
