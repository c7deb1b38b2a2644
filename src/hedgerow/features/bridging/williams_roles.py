"""How many people of a place play each of Williams's four parts, and how many play several."""

from __future__ import annotations

import numpy as np
import polars as pl

from hedgerow.features.bridging.fragility import fragility_here
from hedgerow.features.bridging.many_hats import SEVERAL, exclusive_pairs, hats_worn
from hedgerow.features.bridging.people_here import PEOPLE_NEEDED
from hedgerow.features.bridging.person_network import CARRIED, person_network
from hedgerow.features.bridging.role_scores import ROLES, RoleScores, role_scores
from hedgerow.features.readings import DRAWS, chance_of, generator
from hedgerow.features.school_ties import ties_in_force
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import Calculation, indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.permutation import null_distribution
from hedgerow.methods.structural_holes import constraint, effective_size

_RULE = (
    "People whose score is not known are left out and counted; where no record of the kind exists, "
    "nothing is said of the part."
)

_CARRIED_NEEDED = (*(f"ties.{kind}" for kind in CARRIED), "ties.carrier")

_PARTS = {
    "reticulist": (
        "Network builders",
        "How many people bring others together who would not meet?",
        "Who has many contacts that do not know one another, and introduces them, makes networks.",
        "Scored by the contacts that lead to separate circles, and by how "
        "often two contacts from different bodies came to know each other within a year. ",
        "Burt's effective size of the person's contacts (`hedgerow.methods.structural_holes."
        "effective_size`) + (share of their pairs of contacts of different bodies, not tied a year "
        "ago, that are tied now − that share among all such pairs at two steps from each other)",
        (*_CARRIED_NEEDED, "roles.start"),
    ),
    "interpreter": (
        "Interpreters",
        "How many people join schools that work differently, and rework what passes between them?",
        "Knowledge that is to work elsewhere has to be put in the words of elsewhere.",
        "Scored by how differently the schools work that a person joins, times the share reworked "
        "of what came through them or their organisation. ",
        "(1 − mean likeness of practice of the schools that the person joins) × (1 + adoptions "
        "through them or their organisation that were adapted or blended) ÷ (2 + such adoptions of "
        "which the form is known)",
        (*_CARRIED_NEEDED, "adoptions.through", "adoptions.form"),
    ),
    "coordinator": (
        "Coordinators",
        "How many people convene meetings and bids of several organisations?",
        "Somebody has to call the meeting.",
        "Scored by meetings of two organisations or more that a person attended for the convenor "
        "in the twelve months to the day, and joint bids in force that they carry. ",
        "meetings of two organisations or more in the twelve months that the person attended for "
        "the convenor + joint bids in force that they carry",
        ("meetings.convenor", "attendance.person", "ties.joint_bid", "ties.carrier"),
    ),
    "entrepreneur": (
        "Entrepreneurs",
        "How many people begin bids, forums and programmes, or take things up before others?",
        "New arrangements have to be begun by somebody who sees the opening.",
        "Scored by joint bids, forums and programmes begun within three years, and by the years by "
        "which a person's school takes things up before the middle school. ",
        "joint bids, forums and programmes that the person began within three years + mean over "
        "what their school uses of the years by which it was taken up before the middle school",
        (
            *("ties.joint_bid", "ties.carrier", "meetings.convenor", "attendance.person"),
            *("activities.provider", "activities.start", "adoptions.start"),
        ),
    ),
}


def _players(role: str) -> Calculation:
    def number(here: LocalLandscape) -> Reading | NotMeasured:
        found = role_scores(here)
        if isinstance(found, NotMeasured):
            return found
        if role in found.why_not:
            return found.why_not[role]
        known = int((~np.isnan(found.scores[role])).sum())
        return Reading(
            value=int(found.plays(role).sum()),
            n=known,
            missing=len(found.persons) - known,
            sources=_sources(here),
        )

    return number


for _role, (_label, _question, _why, _scored, _sum, _needed) in _PARTS.items():
    indicator(
        id=f"bridging.{_role}s",
        label=_label,
        question=_question,
        why=_why,
        unit="count",
        units="people",
        direction=None,
        tier="E",
        grade="C",
        missing_rule=_RULE,
        caveat=_scored + "Counted are those with a score above nought in the upper quarter of the "
        "people here: at most a quarter, fewer where few have a score at all. Not to be compared "
        "between places, and not to be added to the other parts.",
        formula="The number of people with a score above 0 of whom at least three quarters of "
        f"the others have less, ties counting half. The score: {_sum}.",
        needs=(*PEOPLE_NEEDED, *_needed),
        references=("williams2012", "burt1992", "greany2022"),
    )(_players(_role))


@indicator(
    id="bridging.several_parts",
    label="People who play several parts",
    question="How many people are in the upper quarter of two or more of the four parts?",
    why="The report found the four parts in different combinations; where one person plays most of "
    "them there is much to lose.",
    unit="count",
    units="people",
    direction=None,
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat="Network builder, interpreter, coordinator, entrepreneur, as each is counted here; only "
    "parts that can be measured. Chance deals each part anew among the people whose score for it "
    "is known.",
    formula=f"The number of people who are counted in {SEVERAL} or more of the four parts: "
    "network builders, interpreters, coordinators, entrepreneurs. Chance: each part is dealt "
    f"anew among the people whose score for it is known, {DRAWS} times.",
    needs=(*PEOPLE_NEEDED, *(need for part in _PARTS.values() for need in part[-1])),
    references=("williams2012", "phipson2010", "greany2022"),
)
def several_parts(here: LocalLandscape) -> Reading | NotMeasured:
    """Give how many persons play two parts or more, against parts dealt anew."""
    found = role_scores(here)
    if isinstance(found, NotMeasured):
        return found
    measured = [role for role in ROLES if role not in found.why_not]
    if len(measured) < 2:
        return NotMeasured(
            reason="Fewer than two of the four parts can be measured here.",
            would_tell="Who convened meetings, who carried bids, through whom practices came.",
            n=len(found.persons),
        )
    played = np.zeros(len(found.persons), dtype=np.int64)
    dealt = np.zeros((DRAWS, len(found.persons)), dtype=np.int64)
    rng = generator(here, "parts dealt")
    for role in measured:
        plays = found.plays(role)
        known = np.flatnonzero(~np.isnan(found.scores[role]))
        played += plays
        shuffled = rng.permuted(np.broadcast_to(plays[known], (DRAWS, known.size)), axis=1)
        dealt[:, known] += shuffled
    value = int((played >= SEVERAL).sum())
    return Reading(
        value=value,
        n=len(found.persons),
        chance=chance_of(
            null_distribution(value, (dealt >= SEVERAL).sum(axis=1)),
            "each part dealt anew among the people",
        ),
        sources=_sources(here),
    )


def _sources(here: LocalLandscape) -> tuple[str, ...]:
    network = person_network(here)
    return () if isinstance(network, NotMeasured) else network.sources


def spanner_profiles(here: LocalLandscape) -> pl.DataFrame:
    """Give what is known of everyone with several hats or a carried tie, under pseudonyms.

    Returns
    -------
    polars.DataFrame
        Columns ``person``, ``label`` (the pseudonym, or the name of one who agreed to be named by
        the day), ``organisations``, ``kinds``, ``carried_ties``, ``exclusive_pairs``,
        ``effective_size``, ``constraint`` (null without contacts), a percentile for each of the
        four parts (null where not known), ``closeness_lost``, ``reach_lost``, ``interlocks_lost``
        (null where the schools were not asked); most exclusive pairs first. For people who work
        with it in confidence, not for a page.
    """
    scores, network, worn = role_scores(here), person_network(here), hats_worn(here)
    alone, fragile = exclusive_pairs(here), fragility_here(here)
    if (
        isinstance(scores, NotMeasured)
        or isinstance(network, NotMeasured)
        or isinstance(worn, NotMeasured)
        or isinstance(alone, NotMeasured)
    ):
        return pl.DataFrame(schema=_PROFILES)
    carried = dict(
        ties_in_force(here, CARRIED)
        .filter(pl.col("carrier").is_not_null())
        .group_by("carrier")
        .len()
        .iter_rows()
    )
    lost = None if isinstance(fragile, NotMeasured) else fragile.losses
    labels = _labels(here)
    table = pl.DataFrame(
        {
            "person": worn.persons,
            "label": [labels.get(person, person) for person in worn.persons],
            "organisations": worn.table.sum(axis=1),
            "kinds": worn.kinds,
            "carried_ties": [carried.get(person, 0) for person in worn.persons],
            "exclusive_pairs": alone,
            "effective_size": effective_size(network.adjacency),
            "constraint": constraint(network.adjacency),
            **_percentiles(scores),
            "closeness_lost": None if lost is None else lost.closeness_lost,
            "reach_lost": None if lost is None else lost.reach_lost,
            "interlocks_lost": None if lost is None else lost.interlocks_lost,
        },
        schema=_PROFILES,
    )
    return (
        table.with_columns(pl.col(pl.Float64).fill_nan(None))
        .filter((pl.col("organisations") >= SEVERAL) | (pl.col("carried_ties") > 0))
        .sort(["exclusive_pairs", "carried_ties", "person"], descending=[True, True, False])
    )


_PROFILES = {
    "person": pl.String,
    "label": pl.String,
    "organisations": pl.Int64,
    "kinds": pl.Int64,
    "carried_ties": pl.Int64,
    "exclusive_pairs": pl.Int64,
    "effective_size": pl.Float64,
    "constraint": pl.Float64,
    **dict.fromkeys(ROLES, pl.Float64),
    "closeness_lost": pl.Float64,
    "reach_lost": pl.Float64,
    "interlocks_lost": pl.Float64,
}


def _percentiles(scores: RoleScores) -> dict[str, object]:
    return {role: scores.percentiles(role) for role in ROLES}


def _labels(here: LocalLandscape) -> dict[str, str]:
    """Names of those who agreed to be named by the day."""
    agreed = here.whole.table("persons").filter(
        pl.col("is_named"), pl.col("named_since") <= here.on
    )
    return dict(agreed.select("id", "label").iter_rows())
