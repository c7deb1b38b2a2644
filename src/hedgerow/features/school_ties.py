"""Whom the place's schools turn to, as they said when asked, and how many were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.succession import identifiers_as_on
from hedgerow.methods.network import adjacency_matrix

CONTACTS = ("turns_to", "visits", "peer_review", "advises", "collaborates")
"""Kinds of tie through which schools learn from one another."""

TIES_NEEDED = (*(f"ties.{kind}" for kind in CONTACTS), "observations.ties_asked")
"""What a figure of these ties needs, as declared by an indicator."""

LEARNS_FROM = frozenset({"turns_to", "visits"})
"""Kinds that run from who learns to whom they learn from; knowledge flows the other way."""

BOTH_WAYS = frozenset({"peer_review", "collaborates", "joint_bid"})
"""Kinds in which both learn."""

LEAST_COVERAGE, FULL_COVERAGE = 0.6, 0.8
"""Share of the schools that must have been asked for a figure of their ties, and below which it is
marked as doubtful."""

ASKED_WITHIN = timedelta(days=3 * 365)
"""How long an answer stands: schools asked longer ago count as not asked."""

MOST_SCHOOLS = 3_000
"""More schools than this make no one network: a square array of them would not fit in memory."""

WOULD_TELL = (
    "One question put to every school (whom did your mathematics lead turn to in the last year?), "
    "with a record of who was asked."
)

COVERAGE_RULE = (
    "Schools that were not asked may have ties that nobody named. Below three fifths asked nothing "
    "is said; below four fifths the figure is marked. An answer stands for three years."
)


@dataclass(frozen=True, eq=False)
class SchoolTies:
    """Ties between the place's state schools in force on the day.

    Attributes
    ----------
    schools : tuple of str
        Identifiers in order, those without ties included.
    bodies : tuple of str or None
        Who governs each; None where unknown. The authority is one body for all that it maintains.
    asked : array of bool, shape (schools,)
    ties : polars.DataFrame
        Columns ``from_id``, ``to_id``, ``kind``, ``source``; both ends local, each once.
    """

    schools: tuple[str, ...]
    bodies: tuple[str | None, ...]
    asked: NDArray[np.bool_]
    ties: pl.DataFrame

    @property
    def missing(self) -> int:
        """Schools that were not asked."""
        return int((~self.asked).sum())

    @property
    def caveat(self) -> str:
        """What to say of schools not asked; empty where four fifths or more were."""
        return coverage_caveat(int(self.asked.sum()), self.asked.size)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the ties are from."""
        return tuple(sorted(self.ties["source"].unique()))

    def flows(self) -> NDArray[np.int64]:
        """Give the pairs of rows from which and to which knowledge flows, each once."""
        row_of = {school: row for row, school in enumerate(self.schools)}
        pairs = {
            (row_of[giver], row_of[taker])
            for giver, taker in flows_of(self.ties).select("giver", "taker").iter_rows()
        }
        return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)

    def adjacency(self) -> NDArray[np.float64]:
        """Give the network in the direction in which knowledge flows, shape (schools, schools)."""
        return adjacency_matrix(self.flows(), len(self.schools), directed=True)


def flows_of(ties: pl.DataFrame) -> pl.DataFrame:
    """Give the ends of ties in the direction in which knowledge flows.

    Parameters
    ----------
    ties : polars.DataFrame
        With ``from_id``, ``to_id`` and ``kind``.

    Returns
    -------
    polars.DataFrame
        Columns ``giver``, ``taker`` and any others of ``ties`` but the three; kinds in which both
        learn come twice.
    """
    others = [name for name in ties.columns if name not in ("from_id", "to_id", "kind")]
    there = ties.filter(~pl.col("kind").is_in(sorted(LEARNS_FROM))).select(
        pl.col("from_id").alias("giver"), pl.col("to_id").alias("taker"), *others
    )
    back = ties.filter(pl.col("kind").is_in(sorted(LEARNS_FROM | BOTH_WAYS))).select(
        pl.col("to_id").alias("giver"), pl.col("from_id").alias("taker"), *others
    )
    return pl.concat([there, back])


def ties_in_force(here: LocalLandscape, kinds: Sequence[str]) -> pl.DataFrame:
    """Give the ties of some kinds in force on the day, schools under the identifier of that day.

    Columns as in `Ties`. Ends may be of any kind and anywhere; those of organisations that are
    closed on the day are still there.
    """
    return here.whole.worked_out(
        ("ties in force", here.on, tuple(kinds)), lambda: _ties_in_force(here, kinds)
    )


def _ties_in_force(here: LocalLandscape, kinds: Sequence[str]) -> pl.DataFrame:
    present = identifiers_as_on(here.whole)
    return (
        here.whole.all_days.ties.filter(pl.col("kind").is_in(list(kinds)), active_on(here.on))
        .with_columns(pl.col(column).replace(dict(present)) for column in ("from_id", "to_id"))
        .filter(pl.col("from_id") != pl.col("to_id"))
    )


def schools_asked(here: LocalLandscape) -> frozenset[str]:
    """Give the schools, of any place, that were asked whom they turn to in the three years up to
    the day, under the identifier of that day."""
    return here.whole.worked_out(("schools asked", here.on), lambda: _schools_asked(here))


def _schools_asked(here: LocalLandscape) -> frozenset[str]:
    since: date = here.on - ASKED_WITHIN
    answers = here.whole.table("observations").filter(
        pl.col("measure") == "ties_asked",
        pl.col("value") > 0,
        pl.col("date").is_between(since, here.on),
    )
    present = identifiers_as_on(here.whole)
    return frozenset(present.get(one, one) for one in answers["organisation"])


def coverage_caveat(asked: int, schools: int) -> str:
    """Say that few schools were asked; empty where four fifths or more were."""
    if asked >= FULL_COVERAGE * schools:
        return ""
    few = f"{asked:,} of the {schools:,} schools"
    return f"Only {few} were asked whom they turn to: read it with care."


def school_ties(here: LocalLandscape) -> SchoolTies | NotMeasured:
    """Give the ties between the place's state schools, or why they are not known.

    Not measured where fewer than three fifths of the schools were asked whom they turn to.
    """
    return here.worked_out("school ties", lambda: _school_ties(here))


def _school_ties(here: LocalLandscape) -> SchoolTies | NotMeasured:
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    everybody = schools_asked(here)
    asked = np.array([school in everybody for school in schools["id"]])
    count = int(asked.sum())
    if count < LEAST_COVERAGE * schools.height:
        return NotMeasured(
            reason=f"Only {count:,} of the {schools.height:,} schools here were asked whom they "
            "turn to, too few for a figure of their ties."
            if count
            else "The schools here were not asked whom they turn to.",
            would_tell=WOULD_TELL,
            n=count,
            missing=schools.height - count,
        )
    if schools.height > MOST_SCHOOLS:
        return NotMeasured(
            reason=f"{schools.height:,} schools are too many to be looked at as one network.",
            would_tell="A narrower lens.",
            n=count,
            missing=schools.height - count,
        )
    local = schools.select("id")
    ties = (
        ties_in_force(here, CONTACTS)
        .join(local, left_on="from_id", right_on="id", how="semi")
        .join(local, left_on="to_id", right_on="id", how="semi")
        .select("from_id", "to_id", "kind", "source")
        .unique(["from_id", "to_id", "kind"], keep="first", maintain_order=True)
    )
    return SchoolTies(
        schools=tuple(schools["id"]), bodies=tuple(schools["body"]), asked=asked, ties=ties
    )
