"""How many governing bodies there are in effect: Hill numbers of the schools of each."""

from __future__ import annotations

import polars as pl

from hedgerow.features.readings import generator
from hedgerow.features.resting import rests_on
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.diversity import hill_number, rarefied_hill

COMMON_SIZE, RAREFYING_DRAWS = 60, 200
"""Schools to which the number is rarefied, and samples drawn."""

_MISSING_RULE = (
    "Schools whose governing body is not known (academies with no trust on record) are left out "
    "and counted."
)
_ONE_BODY = (
    "The authority counts as one body for all the schools that it maintains, though those govern "
    "themselves in much."
)
_COMPLETE = "It is a complete count, so there is no interval."
_GROWS = (
    "It grows with the number of schools: between places of different size compare the number "
    f"among {COMMON_SIZE} schools."
)


def _schools_of_each(here: LocalLandscape) -> tuple[list[int], int] | NotMeasured:
    """Give the number of schools of each known body, and of schools whose body is unknown."""
    schools = state_schools(here)
    if schools.is_empty():
        return no_schools(here)
    known = schools.filter(pl.col("body").is_not_null())
    missing = schools.height - known.height
    if known.is_empty():
        return NotMeasured(
            reason="Of no school here is it known who governs it.",
            would_tell="Group link records in the register.",
            missing=missing,
        )
    return known.group_by("body").len().sort("body")["len"].to_list(), missing


def _effective(here: LocalLandscape, order: float) -> Reading | NotMeasured:
    found = _schools_of_each(here)
    if isinstance(found, NotMeasured):
        return found
    counts, missing = found
    return Reading(value=hill_number(counts, order), n=sum(counts), missing=missing)


@indicator(
    id="linked_systems.governing_bodies",
    label="Governing bodies",
    question="How many bodies govern the schools here?",
    why="Every one of them has its own plans for professional learning; each pair would have to "
    "know of the other's.",
    unit="count",
    missing_rule=_MISSING_RULE,
    caveat=f"Trusts with one school here count as much as the authority. {_ONE_BODY}",
    formula="The number of authorities and trusts that govern a school of the phase here: the "
    "Hill number of order 0 (`hedgerow.methods.diversity.hill_number`).",
    needs=("ties.governs", "organisations.authority"),
    references=("greany2022",),
)
@rests_on("governs")
def governing_bodies(here: LocalLandscape) -> Reading | NotMeasured:
    """Count the authorities and trusts that govern a school of the phase here."""
    return _effective(here, 0)


@indicator(
    id="linked_systems.effective_governing_bodies",
    label="How many bodies really govern",
    question="How many equally large governing bodies would make the place as divided as it is?",
    why="One large body and many tiny ones are less divided than as many equal ones; this number "
    "says how divided the schools are.",
    unit="count",
    missing_rule=_MISSING_RULE,
    caveat="Two schools drawn at random are under one body once in so many draws. "
    f"{_ONE_BODY} {_GROWS} {_COMPLETE}",
    formula="1 ÷ sum over governing bodies of (its schools ÷ all schools)²: the Hill number of "
    "order 2 (`hedgerow.methods.diversity.hill_number`). A complete count: there is no interval.",
    needs=("ties.governs", "organisations.authority"),
    references=("jost2006", "greany2022"),
)
@rests_on("governs")
def effective_governing_bodies(here: LocalLandscape) -> Reading | NotMeasured:
    """Give 1 / sum of squared shares of schools by governing body."""
    return _effective(here, 2)


@indicator(
    id="linked_systems.effective_governing_bodies_q1",
    label="How many bodies really govern, small ones counting more",
    question="How many equally large bodies would leave us as uncertain who governs a school?",
    why="It weighs small trusts in proportion to their schools, where the plain number is "
    "ruled by the largest body.",
    unit="count",
    missing_rule=_MISSING_RULE,
    caveat="As many equally large bodies would leave it as uncertain who governs a school drawn "
    f"at random. {_ONE_BODY} {_GROWS} {_COMPLETE}",
    formula="Exp(− sum over governing bodies of p ln p), where p is its share of the schools: "
    "the Hill number of order 1 (`hedgerow.methods.diversity.hill_number`). A complete count: "
    "there is no interval.",
    needs=("ties.governs", "organisations.authority"),
    references=("jost2006",),
)
@rests_on("governs")
def effective_governing_bodies_q1(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the exponential of the entropy of schools by governing body."""
    return _effective(here, 1)


@indicator(
    id="linked_systems.effective_governing_bodies_rarefied",
    label=f"How many bodies really govern, among {COMMON_SIZE} schools",
    question="How divided would the place be if it had sixty schools?",
    why="It lets places of different size be compared, and sixty schools is about the size of the "
    "study's localities.",
    unit="count",
    missing_rule=_MISSING_RULE,
    caveat=f"The mean of {RAREFYING_DRAWS} random samples of {COMMON_SIZE} schools. {_ONE_BODY} "
    "A sample from a large place takes schools that never were one locality.",
    formula=f"Mean over {RAREFYING_DRAWS} random samples of {COMMON_SIZE} of the schools of 1 ÷ "
    "sum over governing bodies of p², where p is its share of the sample: the rarefied Hill "
    "number of order 2 "
    "(`hedgerow.methods.diversity.rarefied_hill`).",
    needs=("ties.governs", "organisations.authority"),
    references=("jost2006", "hurlbert1971"),
)
@rests_on("governs")
def effective_governing_bodies_rarefied(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean Hill number of order 2 of samples of sixty schools."""
    found = _schools_of_each(here)
    if isinstance(found, NotMeasured):
        return found
    counts, missing = found
    if sum(counts) < COMMON_SIZE:
        return NotMeasured(
            reason=f"There are fewer than {COMMON_SIZE} schools to draw samples of {COMMON_SIZE} "
            "from.",
            would_tell="A wider lens.",
            n=sum(counts),
            missing=missing,
        )
    value = rarefied_hill(
        counts, COMMON_SIZE, 2, RAREFYING_DRAWS, generator(here, "governing bodies rarefied")
    )
    return Reading(value=value, n=sum(counts), missing=missing)
