"""Whether schools look beyond their own trust or authority."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.readings import DRAWS, SCHOOL_BOOTSTRAP, chance_of, generator
from hedgerow.features.school_ties import (
    BOTH_WAYS,
    CONTACTS,
    COVERAGE_RULE,
    TIES_NEEDED,
    school_ties,
    ties_in_force,
)
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.governing import governing_bodies
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.bootstrap import bootstrap_mean
from hedgerow.methods.permutation import null_distribution, permuted_codes


def contacts_named(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the contacts that the place's schools named, wherever these lie.

    Returns
    -------
    polars.DataFrame
        Columns ``school``, ``other``, ``body``, ``other_body``; each pair once, only schools that
        were asked and pairs of which both bodies are known.
    """
    return here.worked_out("contacts named", lambda: _contacts_named(here))


def _contacts_named(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    network = school_ties(here)
    if isinstance(network, NotMeasured):
        return network
    asked = [one for one, was in zip(network.schools, network.asked, strict=True) if was]
    ties = ties_in_force(here, CONTACTS)
    named = ties.select(pl.col("from_id").alias("school"), pl.col("to_id").alias("other"))
    also = ties.filter(pl.col("kind").is_in(sorted(BOTH_WAYS))).select(
        pl.col("to_id").alias("school"), pl.col("from_id").alias("other")
    )
    bodies = governing_bodies(here.whole).select("id", "body").drop_nulls()
    return (
        pl.concat([named, also])
        .unique()
        .filter(pl.col("school").is_in(asked))
        .join(bodies, left_on="school", right_on="id")
        .join(bodies, left_on="other", right_on="id", suffix=" there")
        .select("school", "other", "body", pl.col("body there").alias("other_body"))
        .sort("school", "other")
    )


def outward_index(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give how far each school that named a contact looks outwards.

    Returns
    -------
    polars.DataFrame
        Columns ``school``, ``contacts``, ``outside``, ``index`` (contacts under another body less
        those under its own, over all: -1 to 1), in order of school.
    """
    named = contacts_named(here)
    if isinstance(named, NotMeasured):
        return named
    outside = pl.col("body") != pl.col("other_body")
    return (
        named.group_by("school")
        .agg(
            pl.len().cast(pl.Int64).alias("contacts"), outside.sum().cast(pl.Int64).alias("outside")
        )
        .with_columns((2 * pl.col("outside") / pl.col("contacts") - 1).alias("index"))
        .sort("school")
    )


@indicator(
    id="bridging.outward_index",
    label="How far schools look beyond their trust or authority",
    question="Do the schools' heads and mathematics leads turn to schools outside their own trust "
    "or authority, or keep to their own?",
    why="The report finds good professional learning where leaders look outwards; a trust can be a "
    "window or a wall.",
    unit="index",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=COVERAGE_RULE
    + " Schools that named nobody, or only schools whose trust is not on "
    "record, have no index and are counted as missing.",
    caveat="For each school contacts under another body less those under its own, over all: -1 "
    "all inside, 1 all outside; the mean over schools. Contacts in other places count. The "
    "authority is one body for the schools that it maintains; a school on its own can only look "
    "outside: read it beside chance.",
    formula="Mean over schools that named a contact of (contacts under another body − contacts "
    f"under its own) ÷ contacts. Contacts anywhere count. {SCHOOL_BOOTSTRAP} Chance: governing "
    f"bodies are dealt anew among the schools here and those that they named, {DRAWS} times.",
    needs=(*TIES_NEEDED, "ties.governs", "organisations.authority"),
    references=("everett2012", "krackhardt1988", "efron1993", "phipson2010", "greany2022"),
)
def outward_facing(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean, over schools that named a contact, of their own E-I index."""
    network = school_ties(here)
    found = outward_index(here)
    if isinstance(network, NotMeasured):
        return network
    if isinstance(found, NotMeasured) or found.height < 2:
        return NotMeasured(
            reason="Fewer than two of the schools here named a school whose governing body is "
            "known.",
            would_tell="Answers of more schools.",
            missing=len(network.schools),
        )
    interval = bootstrap_mean(found["index"].to_numpy(), generator(here, "outward index"))
    null = dealt_indices(here).mean(axis=1)
    return Reading(
        value=interval.value,
        n=found.height,
        missing=len(network.schools) - found.height,
        interval=Interval(low=interval.low, high=interval.high, method="school bootstrap"),
        chance=chance_of(
            null_distribution(interval.value, null),
            "governing bodies dealt anew among the schools here and those that they named",
        ),
        caveat=network.caveat,
        sources=network.sources,
    )


def dealt_indices(here: LocalLandscape) -> NDArray[np.float64]:
    """Give each school's index in each deal of bodies among the schools here and those that they
    named, shape (draws, schools), schools as in `outward_index`.

    Raises
    ------
    ValueError
        If nobody named a contact.
    """
    return here.worked_out("dealt indices", lambda: _dealt_indices(here))


def _dealt_indices(here: LocalLandscape) -> NDArray[np.float64]:
    named, network = contacts_named(here), school_ties(here)
    if isinstance(named, NotMeasured) or isinstance(network, NotMeasured) or named.is_empty():
        raise ValueError("bodies are dealt only where contacts were named")
    bodies = governing_bodies(here.whole).select("id", "body").drop_nulls()
    concerned = sorted({*network.schools, *named["other"]})
    under = bodies.filter(pl.col("id").is_in(concerned)).sort("id")
    row_of = {school: row for row, school in enumerate(under["id"])}
    codes = under["body"].cast(pl.Categorical).to_physical().to_numpy().astype(np.int64)
    dealt = permuted_codes(codes, DRAWS, generator(here, "bodies dealt to contacts"))
    schools = np.array([row_of[one] for one in named["school"]])
    others = np.array([row_of[one] for one in named["other"]])
    outside = dealt[:, schools] != dealt[:, others]
    # contacts come in order of school: sums over runs
    starts = np.flatnonzero(np.r_[True, schools[1:] != schools[:-1]])
    sizes = np.diff(np.r_[starts, schools.size])
    shares = np.add.reduceat(outside, starts, axis=1, dtype=np.int64) / sizes
    return np.asarray(2 * shares - 1)
