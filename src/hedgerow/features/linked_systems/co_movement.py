"""Tight or loose coupling: whether a change at one organisation is followed by one at another."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import LEARNING_NEEDED, all_learning
from hedgerow.features.professional_learning.school_terms import (
    TERMS_A_YEAR,
    term_in_column,
    term_of,
)
from hedgerow.features.readings import DRAWS, chance_of, generator, plural
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.features.system_organisations import SYSTEM_NEEDED, coordinating_organisations
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.co_movement import follow_share, follow_test

YEARS, FEWEST_YEARS = 6, 3
"""School years looked back at, at most and at least."""

WITHIN = 2
"""Terms within which a change counts as following another."""

LEAST_SHARE, LEAST_SCHOOLS = 0.25, 3
"""An organisation changed when the schools here that it works with grew or shrank from one term to
the next by so large a share of the larger number, and by so many."""

LEAST_EVENTS = 10
"""Changes below which nothing is said."""


def changes_by_term(here: LocalLandscape) -> NDArray[np.bool_]:
    """Say of each organisation, term by term, whether the number of schools here that it works with
    changed.

    Organisations that link schools and have records in half of the terms or more are looked at, in
    whole years up to the last term that ended by the day, no further back than there are records.

    Returns
    -------
    array of bool, shape (organisations, terms)
    """
    nothing = np.zeros((0, 0), dtype=bool)
    last = term_of(here.on)
    records = (
        all_learning(here)
        .with_columns(term_in_column(pl.col("start")).alias("term"))
        .filter(pl.col("provider").is_in(coordinating_organisations(here)["id"].implode()))
    )
    if records.is_empty():
        return nothing
    # the term of the day is not over; one term before the first is needed to see a change in it
    back = last - 1 - int(records.select(pl.col("term").min()).item())
    years = min(YEARS, back // TERMS_A_YEAR)
    if years < FEWEST_YEARS:
        return nothing
    terms = range(last - 1 - years * TERMS_A_YEAR, last)
    counted = (
        records.filter(pl.col("term").is_in(list(terms)))
        .group_by("provider", "term")
        .agg(pl.col("school").n_unique().alias("schools"))
        .filter(pl.len().over("provider") * 2 >= len(terms))
    )
    providers = counted["provider"].unique().sort().to_list()
    table = np.zeros((len(providers), len(terms)))
    row = {provider: number for number, provider in enumerate(providers)}
    for provider, term, schools in counted.iter_rows():
        table[row[provider], term - terms[0]] = schools
    step = np.abs(np.diff(table, axis=1))
    larger = np.maximum(table[:, 1:], table[:, :-1])
    return np.asarray((step >= LEAST_SCHOOLS) & (step >= LEAST_SHARE * larger))


@indicator(
    id="linked_systems.change_follows_change",
    label="Changes of one system that another follows",
    question="When one organisation's work with schools here changes, does others' soon change?",
    why="Systems are tightly coupled where what changes in one soon shows in another, and loosely "
    "where each can change by itself.",
    unit="share",
    units="changes",
    direction="more",
    tier="E",
    grade="C",
    missing_rule="A term without records of an organisation counts as one in which it worked with "
    "no school. Organisations with records in fewer than half of the terms are left out.",
    caveat="Of changes and other organisations, the share of pairs in which the other changed "
    f"within {WITHIN} terms. Organisations that change often follow everything: read it against "
    "chance. It does not tell who leads, nor whether both answered to a third: a pandemic moves "
    "all.",
    references=("weick1976", "orton1990", "phipson2010"),
    formula="Of the authority, hubs, associations and alliances: a change is a term in which the "
    f"schools here that took part are more or fewer than in the term before by {LEAST_SHARE:.0%} "
    f"of the larger number, and by {LEAST_SCHOOLS}, or more. Share of changes, over all other "
    f"organisations, that the other's change followed in the next {WITHIN} terms "
    "(`hedgerow.methods.co_movement.follow_share`). Chance: each organisation's terms turned round "
    "by whole years, by itself.",
    needs=(*LEARNING_NEEDED, *SYSTEM_NEEDED),
)
@rests_on("covers", "hosts", tables=("activities", "participation"))
def change_follows_change(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of changes that others followed."""
    if state_schools(here).is_empty():
        return no_schools(here)
    changes = changes_by_term(here)
    found = follow_share(changes, WITHIN) if changes.shape[0] > 1 else None
    events = 0 if found is None else found[1]
    null = (
        follow_test(changes, WITHIN, generator(here, "co-movement"), TERMS_A_YEAR, DRAWS)
        if events >= LEAST_EVENTS
        else None
    )
    if null is None:
        return NotMeasured(
            reason=f"{plural(events, 'change')} of {plural(changes.shape[0], 'organisation')} that "
            f"could be followed are on record: it takes {LEAST_EVENTS} of two or more.",
            would_tell=f"Records of participation from {FEWEST_YEARS} school years or more, from "
            "each of the place's hubs, associations and its authority.",
            n=events,
        )
    return Reading(
        value=null.observed,
        n=events,
        chance=chance_of(null, "each organisation's terms turned round by whole years"),
        caveat=f"{plural(changes.shape[0], 'organisation')} over "
        f"{plural(changes.shape[1], 'term')}.",
    )
