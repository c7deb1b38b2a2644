"""What people themselves call local, and from where they see it made."""

from __future__ import annotations

import polars as pl

from hedgerow.features.interviews import (
    INTERVIEWS_NEEDED,
    MISSING_RULE,
    accounts,
    mean_of_people,
)
from hedgerow.features.readings import GROUP_BOOTSTRAP
from hedgerow.features.resting import rests_on
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Indicator, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.measures import MATTERS
from hedgerow.methods.diversity import hill_number

PLACES = ("neighbouring schools", "town or district", "authority area")
"""Locals that are places; a school of one's own, a trust, a hub and a group online are none."""

_SHARES = (
    "Of each person's passages on what is local, the share with each code (the mean of the coders "
    "where several judged)"
)


@indicator(
    id="local_lens.reported_locals",
    label="Locals that people live in at once",
    question="How many different locals does a person here live in at once?",
    why="In the study “local” was the school, the town, the trust, the hub or a group online, "
    "often several for one person.",
    unit="count",
    units="people interviewed",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat="The effective number of locals in what a person says: 1 for somebody who speaks of one "
    "only, k for somebody who speaks of k alike. People who say little can name few: it depends on "
    "how much was asked and said. Those interviewed were mostly chosen, not drawn.",
    references=("equalls2022", "jost2006", "efron1993"),
    formula=f"{_SHARES}; exp(-sum share ln share) for each person "
    "(`hedgerow.methods.diversity.hill_number` of order 1); the mean over people. "
    f"{GROUP_BOOTSTRAP}",
    needs=INTERVIEWS_NEEDED,
)
@rests_on(tables=("accounts",))
def reported_locals(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean effective number of locals a person names."""
    found = accounts(here, "local")
    if isinstance(found, NotMeasured):
        return found
    shares, missing = found
    people = [
        (organisation, hill_number(rows["share"], 1))
        for (_, organisation), rows in shares.group_by(
            ["person", "organisation"], maintain_order=True
        )
    ]
    table = pl.DataFrame(people, schema=["organisation", "value"], orient="row")
    return mean_of_people(here, table, "reported locals", missing)


@indicator(
    id="local_lens.reported_place_share",
    label="People whose local is a place",
    question="For how many people here is local first of all a place, not a trust or a network?",
    why="Where local means the trust, what is offered to a place passes by.",
    unit="share",
    units="people interviewed",
    tier="E",
    grade="C",
    missing_rule=MISSING_RULE,
    caveat="By the local that each person speaks of most; who speaks of several alike counts for "
    "the share of them that are places. The schools around, the town or district and the "
    "authority's area are places; a person's own school is not counted as one. Those interviewed "
    "were mostly chosen, not drawn.",
    references=("equalls2022", "efron1993"),
    formula=f"{_SHARES}; for each person the share of places among the codes with the greatest "
    f"share; the mean over people. {GROUP_BOOTSTRAP}",
    needs=INTERVIEWS_NEEDED,
)
@rests_on(tables=("accounts",))
def reported_place_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of people whose most named local is a place."""
    found = accounts(here, "local")
    if isinstance(found, NotMeasured):
        return found
    shares, missing = found
    # shares are sums of fractions: those within rounding of the greatest are as great
    greatest = pl.col("share") >= pl.col("share").max().over("person") - 1e-9
    people = (
        shares.filter(greatest)
        .group_by("person", "organisation", maintain_order=True)
        .agg(pl.col("said").is_in(list(PLACES)).mean().alias("value"))
    )
    return mean_of_people(here, people, "reported place", missing)


def _declare(scale: str) -> Indicator:
    @indicator(
        id=f"local_lens.reported_{scale.replace('-', '_')}",
        label=f"Local as made {_IN_WORDS[scale]}",
        question=f"How far do people here speak of what is local as made {_IN_WORDS[scale]}?",
        why="The study found local built up by schools, held together by those in the middle, and "
        "handed down by trusts and the state: three scales that one person may know at once.",
        unit="share",
        units="people interviewed",
        tier="E",
        grade="C",
        missing_rule=MISSING_RULE,
        caveat="Of what each person says on it, each person alike; the three shares add up to 1. "
        "Those interviewed were mostly chosen, not drawn.",
        references=("equalls2022", "efron1993"),
        formula=f"Of each person's passages on the matter, the share coded “{scale}” (the mean of "
        f"the coders where several judged); the mean over people. {GROUP_BOOTSTRAP}",
        needs=INTERVIEWS_NEEDED,
    )
    @rests_on(tables=("accounts",))
    def reported_scale(here: LocalLandscape) -> Reading | NotMeasured:
        found = accounts(here, "scale")
        if isinstance(found, NotMeasured):
            return found
        shares, missing = found
        is_so = pl.col("said") == scale
        people = shares.group_by("person", "organisation", maintain_order=True).agg(
            pl.when(is_so).then("share").otherwise(0.0).sum().alias("value")
        )
        return mean_of_people(here, people, f"reported {scale}", missing)

    return reported_scale


_IN_WORDS = {
    "ground-up": "from the ground up",
    "middle-out": "from the middle out",
    "top-down": "from the top down",
}

SCALES = tuple(_declare(scale) for scale in MATTERS["scale"])
