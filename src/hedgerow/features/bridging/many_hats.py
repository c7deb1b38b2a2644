"""People who wear several hats, and the pairs of organisations that they alone join."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.people_here import (
    PEOPLE_NEEDED,
    ROLES_RULE,
    above_schools,
    hats,
    membership,
    persons_here,
    silent_organisations,
    sources_of_rows,
)
from hedgerow.features.readings import (
    DRAWS,
    ORDER_STATISTICS,
    WILSON,
    chance_of,
    generator,
    median_of,
    share,
)
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.curveball import curveball_tables
from hedgerow.methods.interlock import sole_joins
from hedgerow.methods.permutation import null_distribution

SEVERAL = 2
"""Organisations that make many hats."""


@dataclass(frozen=True, eq=False)
class Hats:
    """Who is in which organisation.

    Attributes
    ----------
    persons, organisations : tuple of str
        Those with a role on record, in order.
    table : array of bool, shape (persons, organisations)
    kinds : array of int, shape (persons,)
        Kinds of organisation that each is in.
    caveat : str
    sources : tuple of str
    """

    persons: tuple[str, ...]
    organisations: tuple[str, ...]
    table: NDArray[np.bool_]
    kinds: NDArray[np.int64]
    caveat: str
    sources: tuple[str, ...]


def hats_worn(here: LocalLandscape) -> Hats | NotMeasured:
    """Give who is in which organisation of the place, schools among them."""
    return here.worked_out("hats worn", lambda: _hats_worn(here))


def _hats_worn(here: LocalLandscape) -> Hats | NotMeasured:
    held = hats(here)
    if isinstance(held, NotMeasured):
        return held
    organisations = tuple(held["organisation"].unique().sort())
    kinds = held.group_by("person").agg(pl.col("kind").n_unique()).sort("person")["kind"]
    return Hats(
        persons=persons_here(held),
        organisations=organisations,
        table=membership(held, organisations),
        kinds=kinds.to_numpy().astype(np.int64),
        caveat=silent_organisations(here, held),
        sources=sources_of_rows(held),
    )


def exclusive_pairs(here: LocalLandscape) -> NDArray[np.int64] | NotMeasured:
    """Give for each person, in the order of `hats_worn`, how many pairs of organisations they alone
    join."""
    worn = hats_worn(here)
    if isinstance(worn, NotMeasured):
        return worn
    return here.worked_out("exclusive pairs", lambda: sole_joins(worn.table).alone)


@indicator(
    id="bridging.many_hats_share",
    label="People with roles in several organisations",
    question="How many of the people on record work in two organisations or more?",
    why="A leadership role in school, another across the trust and a day a week in the hub: such "
    "people carry what they learn in one place to the next.",
    unit="share",
    units="people",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE,
    caveat="Roles and board seats on the day in the schools of the phase and in the other "
    "organisations of the place. Where only boards are on record, people of one school are missing "
    "and the share is too high.",
    formula=f"People with roles or seats in {SEVERAL} organisations of the place or more on the "
    f"day ÷ people with any. {WILSON}",
    needs=PEOPLE_NEEDED,
    references=("greany2022", "equalls2022", "jasny2015", "wilson1927"),
)
def many_hats_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of persons with roles in two organisations or more."""
    worn = hats_worn(here)
    if isinstance(worn, NotMeasured):
        return worn
    several = int((worn.table.sum(axis=1) >= SEVERAL).sum())
    return _with(
        share(
            several,
            len(worn.persons),
            nothing=NotMeasured(reason="Nobody's roles are on record."),
            caveat=worn.caveat,
        ),
        worn,
    )


@indicator(
    id="bridging.hats_of_a_spanner",
    label="Organisations of a person with roles in several",
    question="In how many organisations are those who are in more than one?",
    why="The more rooms one person sits in, the more there is to carry, and to lose with them.",
    unit="count",
    units="people",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE,
    caveat="Median over people with roles in two organisations or more on the day.",
    formula="Median of the number of organisations, over people with roles or seats in "
    f"{SEVERAL} organisations of the place or more on the day. {ORDER_STATISTICS}",
    needs=PEOPLE_NEEDED,
    references=("greany2022", "jasny2015", "conover1999"),
)
def hats_of_a_spanner(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median number of organisations of persons in two or more."""
    return _median_of_spanners(here, of_kinds=False)


@indicator(
    id="bridging.kinds_joined_by_a_spanner",
    label="Kinds of organisation that one person joins",
    question="Do those with several hats join organisations of different kinds?",
    why="Two schools, or a school, a hub and an authority: the further apart the rooms, the more "
    "there is to translate.",
    unit="count",
    units="people",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE,
    caveat="Median, over people with roles in two organisations or more, of the number of kinds "
    "(school, trust, authority, Maths Hub and so on).",
    formula="Median of the number of kinds of organisation, over people with roles or seats in "
    f"{SEVERAL} organisations of the place or more on the day. {ORDER_STATISTICS}",
    needs=PEOPLE_NEEDED,
    references=("greany2022", "jasny2015", "conover1999"),
)
def kinds_joined_by_a_spanner(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the median number of kinds of organisation of persons in two or more."""
    return _median_of_spanners(here, of_kinds=True)


def _median_of_spanners(here: LocalLandscape, *, of_kinds: bool) -> Reading | NotMeasured:
    worn = hats_worn(here)
    if isinstance(worn, NotMeasured):
        return worn
    number = worn.table.sum(axis=1)
    several = number >= SEVERAL
    if not several.any():
        return NotMeasured(
            reason="Nobody on record has a role in more than one organisation here.",
            would_tell="Board seats and part-time roles, with the same pseudonym in each.",
            n=len(worn.persons),
        )
    return _with(median_of((worn.kinds if of_kinds else number)[several], caveat=worn.caveat), worn)


@indicator(
    id="bridging.exclusive_interlock_share",
    label="Pairs of organisations joined by one person alone",
    question="Of the trusts, hubs and authorities that share people, how many share only one "
    "person?",
    why="A link that rests on one person goes when that person goes.",
    unit="share",
    units="pairs",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE,
    caveat="Pairs of organisations above schools with at least one person in both, on the day. "
    "Where few people are on record nearly every pair is joined by one alone: read it beside "
    "chance.",
    formula="Pairs of organisations above schools with exactly one person in common ÷ such "
    f"pairs with anyone in common (`hedgerow.methods.interlock.sole_joins`). {WILSON} Chance: "
    f"people are dealt anew to organisations {DRAWS} times, each keeping the number "
    "(`hedgerow.methods.curveball.curveball_tables`).",
    needs=PEOPLE_NEEDED,
    references=("jasny2015", "hamilton2020", "strona2014", "wilson1927"),
)
def exclusive_interlock_share(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of joined pairs of organisations that a single person joins."""
    held = hats(here)
    if isinstance(held, NotMeasured):
        return held
    above = [one for one in above_schools(here) if one in set(held["organisation"])]
    table = membership(held, above)
    table = table[table.any(axis=1)]
    if table.shape[1] < 2:
        return NotMeasured(
            reason="Fewer than two organisations above schools have anybody's role on record.",
            would_tell="Roles and seats of trusts, hubs and the authority.",
        )
    joins = sole_joins(table)
    if joins.joined == 0:
        return NotMeasured(
            reason="No two organisations above schools share a person on record.",
            would_tell="Board seats and part-time roles, with the same pseudonym in each.",
            n=0,
        )
    found = share(
        joins.sole,
        joins.joined,
        nothing=NotMeasured(reason="No pair is joined."),
        caveat=silent_organisations(here, held),
    )
    if isinstance(found, NotMeasured) or len(table) < 2:
        return found
    null = []
    for one in curveball_tables(table, generator(here, "exclusive interlocks"), DRAWS):
        dealt = sole_joins(one)
        if dealt.joined:
            null.append(dealt.sole / dealt.joined)
    chance = chance_of(
        null_distribution(found.value, null),
        "people dealt anew to organisations, each keeping the number",
    )
    return replace(found, chance=chance, sources=sources_of_rows(held))


def _with(found: Reading | NotMeasured, worn: Hats) -> Reading | NotMeasured:
    if isinstance(found, NotMeasured):
        return found
    return replace(found, sources=worn.sources)
