"""Ties between the place's schools, as they were told when the schools were asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.succession import under_present_identifiers

KINDS = ("turns_to", "advises", "collaborates", "peer_review", "visits")
"""Kinds of tie that schools tell of when asked."""

LEAST_COVERAGE, GOOD_COVERAGE = 0.6, 0.8
"""Below the first share of schools asked nothing is said; below the second it is flagged."""


@dataclass(frozen=True, eq=False)
class SchoolTies:
    """Who is tied to whom among the schools that were asked.

    Attributes
    ----------
    schools : tuple of str
        Schools asked, in order of identifier.
    pairs : array of int, shape (m, 2)
        Every tied pair once, the lower row number first, whoever named whom.
    arcs : array of int, shape (k, 2)
        Every tie once, from the school that told of it, whatever the kinds.
    missing : int
        State schools of the place that were not asked.
    caveat : str
        What to say where many were not asked; else empty.
    sources : tuple of str
    """

    schools: tuple[str, ...]
    pairs: NDArray[np.int64]
    arcs: NDArray[np.int64]
    missing: int
    caveat: str
    sources: tuple[str, ...]


def covered(asked: int, schools: int, what: str, would_tell: str) -> str | NotMeasured:
    """Say what to add to a figure for which not all schools were asked, or refuse it.

    Parameters
    ----------
    asked, schools : int
        Schools asked, and schools of the place.
    what : str
        What they were asked, as in "whom they turn to".
    would_tell : str
    """
    share = asked / schools if schools else 0.0
    if share < LEAST_COVERAGE:
        return NotMeasured(
            reason=f"Of the {schools:,} schools here {asked:,} were asked {what}: too few to stand "
            "for all."
            if asked
            else f"The schools here were not asked {what}.",
            would_tell=would_tell,
            n=asked,
            missing=schools - asked,
        )
    if share < GOOD_COVERAGE:
        return f"Only {asked:,} of the {schools:,} schools were asked {what}: take it with care."
    return ""


def school_ties(here: LocalLandscape, kinds: tuple[str, ...] = KINDS) -> SchoolTies | NotMeasured:
    """Give the ties in force on the day between state schools of the place that were asked.

    A school was asked where it has an observation ``ties_asked`` of 1 up to the day. With fewer
    than three in five asked the ties are not measured: a tie that nobody was asked about is not a
    tie that is not there.
    """
    return here.worked_out(("school ties", kinds), lambda: _school_ties(here, kinds))


def _school_ties(here: LocalLandscape, kinds: tuple[str, ...]) -> SchoolTies | NotMeasured:
    whole = here.whole
    schools = state_schools(here).select("id")
    if schools.is_empty():
        return no_schools(here)
    answers = under_present_identifiers(
        whole.table("observations").filter(
            pl.col("measure") == "ties_asked", pl.col("value") == 1, pl.col("date") <= here.on
        ),
        whole,
        "organisation",
    ).join(schools, left_on="organisation", right_on="id", how="semi")
    asked = tuple(answers["organisation"].unique().sort())
    caveat = covered(
        len(asked),
        schools.height,
        "about their ties",
        "The schools' own answers to whom they turn to, visit and review.",
    )
    if isinstance(caveat, NotMeasured):
        return caveat
    # ties of the older number of a school that is closed are not in force on the day itself
    told = under_present_identifiers(
        whole.all_days.ties.filter(pl.col("kind").is_in(kinds), active_on(here.on)),
        whole,
        "from_id",
        "to_id",
    )
    rows = pl.DataFrame({"school": list(asked), "row": np.arange(len(asked))})
    arcs = (
        told.join(rows.rename({"school": "from_id", "row": "from"}), on="from_id")
        .join(rows.rename({"school": "to_id", "row": "to"}), on="to_id")
        .filter(pl.col("from") != pl.col("to"))
    )
    ends = arcs.select("from", "to").unique().sort("from", "to").to_numpy().reshape(-1, 2)
    return SchoolTies(
        schools=asked,
        pairs=np.unique(np.sort(ends, axis=1), axis=0).astype(np.int64).reshape(-1, 2),
        arcs=ends.astype(np.int64),
        missing=schools.height - len(asked),
        caveat=caveat,
        sources=tuple(sorted({*answers["source"], *arcs["source"]})),
    )
