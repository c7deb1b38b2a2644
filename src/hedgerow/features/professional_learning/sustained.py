"""Whether learning with others lasts: term after term, spells of a year, programmes in several
sessions with work between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import (
    LEARNING_NEEDED,
    LEAST_DAYS,
    all_learning,
    learning,
    lower_bound,
)
from hedgerow.features.professional_learning.school_terms import (
    TERMS_A_YEAR,
    term_in_column,
    term_of,
)
from hedgerow.features.readings import BY_SCHOOL, DRAWS, WILSON, chance_of, generator, share_where
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.succession import present_identifiers
from hedgerow.methods.incidence import kaplan_meier
from hedgerow.methods.permutation import null_distribution
from hedgerow.methods.ratio_interval import clustered_share_interval

TERMS = 9
"""How many terms up to the day are looked at: three school years."""

BEGUN_DAYS = 60
"""A term counts when it has gone on for so many days: early in a term little is on record yet."""

SESSIONS = 3
"""A programme is spaced when it has so many sessions or more, with work between them."""

_CHUNK_CELLS = 2_000_000


@dataclass(frozen=True)
class Terms:
    """In which terms each school learned with others.

    Attributes
    ----------
    engaged : array of bool, shape (schools, terms)
    there : array of bool, same shape
        Whether the school was open in the term; schools that took over from another count as there
        before.
    """

    engaged: NDArray[np.bool_]
    there: NDArray[np.bool_]


def terms_of_learning(here: LocalLandscape) -> Terms | NotMeasured:
    """Give the terms in which each state school of the place, in order of identifier, learned with
    others: the last nine, or as many as there are records of."""
    return here.worked_out("terms of learning", lambda: _terms_of_learning(here))


def _terms_of_learning(here: LocalLandscape) -> Terms | NotMeasured:
    recent = learning(here)
    if isinstance(recent, NotMeasured):
        return recent
    records = all_learning(here).filter(pl.col("is_external"))
    first_term = term_in_column(pl.col("start"))
    last_day = pl.col("end") - timedelta(days=LEAST_DAYS)
    spans = records.select(
        "school",
        first_term.alias("from"),
        pl.max_horizontal(first_term, term_in_column(last_day)).alias("to"),
    )
    last = term_of(here.on - timedelta(days=BEGUN_DAYS))
    on_record = spans["from"].min()
    if not isinstance(on_record, int) or on_record >= last:
        return NotMeasured(
            reason="Learning with others is on record for fewer than two terms.",
            would_tell="Records of earlier terms.",
            missing=state_schools(here).height,
        )
    first = max(last - TERMS + 1, on_record)
    numbers = np.arange(first, last + 1)
    schools = state_schools(here)
    row_of = {school: row for row, school in enumerate(schools["id"])}
    engaged = np.zeros((schools.height, numbers.size), dtype=bool)
    rows = np.array([row_of[school] for school in spans["school"]], dtype=np.int64)
    begins, ends = spans["from"].to_numpy(), spans["to"].to_numpy()
    for column, number in enumerate(numbers):
        engaged[rows[(begins <= number) & (number <= ends)], column] = True
    return Terms(engaged=engaged, there=_there(here, numbers) | engaged)


def _there(here: LocalLandscape, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each school was open in each term."""
    took_over = pl.Series(sorted(set(present_identifiers(here.whole).values())), dtype=pl.String)
    since = state_schools(here).select(
        pl.when(pl.col("id").is_in(took_over.implode()))
        .then(None)
        .otherwise(term_in_column(pl.col("opened")))
        .fill_null(int(numbers[0]))
        .alias("since")
    )["since"]
    return np.asarray(numbers[None, :] >= since.to_numpy()[:, None])


@indicator(
    id="professional_learning.sustained_share",
    label="Terms of learning with others that are followed by another",
    question="When a school learns with others in one term, does it go on in the next?",
    why="Professional learning that changes teaching comes drop by drop; single events seldom do.",
    unit="share",
    units="school terms",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Terms before a school opened are left out. A term without a record counts as one "
    "without learning, so the figure is a lower bound.",
    caveat="Over the last three school years, of terms in which a school learned with others. It "
    "need not be the same programme or the same teacher. Where nearly all schools take part in "
    "nearly every term it is high by chance alone.",
    formula="School terms with learning with others that the school's next term has too ÷ "
    "school terms with learning with others, the last term left out below the line; over the "
    f"last {TERMS} terms, or as many as are on record. {BY_SCHOOL} Chance: each school's terms "
    "are put in another order.",
    needs=(*LEARNING_NEEDED, "participation.start", "participation.end"),
    references=("equalls2022", "heck2019", "kish1965", "phipson2010"),
)
@rests_on(tables=("activities", "participation"))
def sustained_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give, of school terms with learning with others, the share with it in the next term too."""
    terms = terms_of_learning(here)
    if isinstance(terms, NotMeasured):
        return terms
    before, after = terms.engaged[:, :-1], terms.engaged[:, 1:]
    engaged, followed = before.sum(axis=1), (before & after).sum(axis=1)
    if engaged.sum() == 0:
        return NotMeasured(
            reason="No school here learned with others in a term that another followed.",
            would_tell="Records of earlier terms.",
            missing=state_schools(here).height,
        )
    value = float(followed.sum() / engaged.sum())
    low, high = clustered_share_interval(followed, engaged) if engaged.size > 1 else (0.0, 1.0)
    null = null_distribution(value, _shuffled_shares(here, terms))
    return Reading(
        value=value,
        n=int(engaged.sum()),
        interval=Interval(low=low, high=high, method="Wilson, schools as clusters"),
        chance=chance_of(null, "each school's terms put in another order"),
        caveat=lower_bound(here, is_external=True),
    )


def _shuffled_shares(here: LocalLandscape, terms: Terms) -> NDArray[np.float64]:
    """Share of engaged terms followed by another, when each school's terms are put in random
    order."""
    rng = generator(here, "terms in another order")
    engaged, there = terms.engaged, terms.there
    shares = []
    step = max(1, _CHUNK_CELLS // engaged.size)
    for start in range(0, DRAWS, step):
        keys = rng.random((min(step, DRAWS - start), *engaged.shape))
        # terms before a school was there stay in front
        order = np.argsort(np.where(there, keys, -1.0), axis=2, kind="stable")
        dealt = np.take_along_axis(np.broadcast_to(engaged, keys.shape), order, axis=2)
        first, second = dealt[:, :, :-1], dealt[:, :, 1:]
        of = first.sum(axis=(1, 2))
        both = (first & second).sum(axis=(1, 2))
        shares.append(np.divide(both, of, out=np.zeros(len(of)), where=of > 0))
    return np.concatenate(shares)


@indicator(
    id="professional_learning.year_long_spells",
    label="Spells of learning with others that last a school year",
    question="Once a school begins to learn with others, does it keep on for a school year?",
    why="It takes about a year of repeated work for a new practice to settle.",
    unit="share",
    units="spells",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Spells that were under way when the records begin are left out and counted, "
    "since their beginning is not known; those that still go on count for as long as they have "
    "been seen.",
    caveat="A spell is a run of terms with learning with others; it lasts a year when it goes on "
    "through three terms or more. Over the last three school years.",
    formula="Kaplan and Meier's share of spells (runs of terms with learning with others) that "
    f"go on beyond {TERMS_A_YEAR - 1} terms: the product over t = 1 to {TERMS_A_YEAR - 1} of (1 − "
    "spells that end after t terms ÷ spells seen for t terms or more) "
    "(`hedgerow.methods.incidence.kaplan_meier`). Interval: by Greenwood's variance.",
    needs=(*LEARNING_NEEDED, "participation.start", "participation.end"),
    references=("equalls2022", "kaplan1958", "greenwood1926"),
)
@rests_on(tables=("activities", "participation"))
def year_long_spells(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the Kaplan-Meier share of spells that last three terms or more."""
    terms = terms_of_learning(here)
    if isinstance(terms, NotMeasured):
        return terms
    lengths, ended, unknown = spells(terms)
    if not lengths:
        return NotMeasured(
            reason="No spell of learning with others began in the terms on record.",
            would_tell="Records of earlier terms.",
            missing=unknown,
        )
    curve = kaplan_meier(np.array(lengths, dtype=float), np.array(ended))
    low, high = curve.interval_at(TERMS_A_YEAR - 1)
    return Reading(
        value=curve.at(TERMS_A_YEAR - 1),
        n=len(lengths),
        missing=unknown,
        interval=Interval(low=low, high=high, method="Greenwood"),
        caveat=lower_bound(here, is_external=True),
    )


def spells(terms: Terms) -> tuple[list[int], list[bool], int]:
    """Give the length in terms of each spell, whether it was seen to end, and how many were left
    out because they were under way when the schools were first looked at."""
    lengths: list[int] = []
    ended: list[bool] = []
    unknown = 0
    last = terms.engaged.shape[1]
    for row in terms.engaged:
        edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            if begin == 0:
                unknown += 1
                continue
            lengths.append(int(end - begin))
            ended.append(bool(end < last))
    return lengths, ended, unknown


@indicator(
    id="professional_learning.spaced_share",
    label="Programmes in several sessions with work between them",
    question="How many of the outside programmes come in several sessions, with work in between?",
    why="Trying something out in class and coming back to it is what makes learning stick; a "
    "single day cannot do that.",
    unit="share",
    units="programmes",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="Programmes of which it is not known how many sessions they have, or whether "
    "there is work between them, are left out and counted.",
    caveat="A programme of one provider counts once, with all its sessions in the twelve months to "
    "the day, if a school here took part. Whether the work between sessions was done is not known.",
    formula=f"Outside programmes with {SESSIONS} sessions or more and work between them ÷ "
    "outside programmes of which both are known; a provider's activities in the twelve months up "
    f"to the day that bear one programme's name are one. {WILSON}",
    needs=(
        *LEARNING_NEEDED,
        "activities.programme",
        "activities.sessions",
        "activities.has_intersession_tasks",
    ),
    references=("equalls2022", "heck2019", "wilson1927"),
)
@rests_on(tables=("activities", "participation"))
def spaced_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of outside programmes with three sessions or more and tasks between them."""
    records = learning(here)
    if isinstance(records, NotMeasured):
        return records
    activities = records.filter(pl.col("is_external")).unique("activity")
    programmes = activities.group_by("provider", pl.coalesce("programme", "activity")).agg(
        pl.when(pl.col("sessions").is_null().any())
        .then(None)
        .otherwise(pl.col("sessions").sum())
        .alias("sessions"),
        pl.when(pl.col("has_intersession_tasks").is_null().any())
        .then(None)
        .otherwise(pl.col("has_intersession_tasks").any())
        .alias("has_tasks"),
    )
    return share_where(
        programmes,
        (pl.col("sessions") >= SESSIONS) & pl.col("has_tasks"),
        nothing=NotMeasured(
            reason="No school here took part in an outside programme in the twelve months to the "
            "day.",
            would_tell="Records from more providers.",
        ),
    )
