"""What would come apart if one person left, and how much a successor would have to take over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.knowledge_paths import (
    PATHS_NEEDED,
    Losses,
    Paths,
    after_succession,
    knowledge_paths,
    losses_of,
)
from hedgerow.features.bridging.people_here import (
    ROLES_RULE,
)
from hedgerow.features.readings import generator
from hedgerow.features.school_ties import COVERAGE_RULE
from hedgerow.landscape.finding import Chance, Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.gini import gini_index

SUCCESSIONS = (0.0, 0.25, 0.5, 0.75)
"""Shares of what a person carried that stay with a successor, of the curve that is shown."""

SUCCESSION_DRAWS = 99

LEAST_ALIKE = 5
"""Persons with as many seats, or nearly, of whom one is drawn for comparison."""

_RULE = f"{COVERAGE_RULE} {ROLES_RULE}"

_PATHS = (
    "Paths run from the hubs and other providers of the place through people's roles, through ties "
    "that people carry, and through trusts, authority, associations and clusters to their schools. "
)
_CLOSENESS = (
    "closeness = mean over pairs of a provider and a school of 1 ÷ steps on the shortest path from "
    "the one to the other, 0 without a path (`hedgerow.methods.carried_paths.reach`)."
)


@dataclass(frozen=True, eq=False)
class Fragility:
    """The place's paths with what would go with each person."""

    paths: Paths
    losses: Losses

    @property
    def weightiest(self) -> int:
        """The person with whom most closeness would go, by number."""
        return int(self.losses.closeness_lost.argmax())


def fragility_here(here: LocalLandscape) -> Fragility | NotMeasured:
    """Give the place's paths with what would go with each person, or why they are not known."""
    return here.worked_out("fragility", lambda: _fragility_here(here))


def _fragility_here(here: LocalLandscape) -> Fragility | NotMeasured:
    paths = knowledge_paths(here)
    if isinstance(paths, NotMeasured):
        return paths
    found = losses_of(paths)
    if found.closeness <= 0:
        return NotMeasured(
            reason="No path from a provider to a school here is on record, so there is none to "
            "lose.",
            would_tell="Roles in the hubs, and ties with who carries them.",
            n=len(paths.persons),
            missing=paths.missing,
        )
    return Fragility(paths, found)


def people_alike(seats: NDArray[np.int64], person: int) -> NDArray[np.int64]:
    """Give the other persons whose number of seats is nearest to a person's: five or more of them.

    Fewer where there are not so many others.
    """
    others = np.delete(np.arange(seats.size), person)
    gaps = np.abs(seats[others] - seats[person])
    if others.size <= LEAST_ALIKE:
        return others
    within = np.sort(gaps)[LEAST_ALIKE - 1]
    return others[gaps <= within]


def _beside_alike(
    values: NDArray[np.float64], seats: NDArray[np.int64], person: int
) -> Chance | None:
    alike = people_alike(seats, person)
    if not alike.size:
        return None
    drawn = values[alike]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Chance(
        expected=float(drawn.mean()),
        method="the loss of another person with as many seats, or nearly, drawn at random",
        low=float(low),
        high=float(high),
    )


@indicator(
    id="bridging.closeness_to_providers",
    label="How near schools are to providers, by way of people",
    question="Through how many hands does what hubs and other providers know come to a school?",
    why="A hub that covers a school on paper is near only if somebody leads there.",
    unit="index",
    units="pairs of provider and school",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat=_PATHS + "Mean of 1 over the number of steps; no path counts 0, so that it lies between "
    "0 and 1. Taking part in courses is not counted: it is what such paths lead to.",
    formula=f"C{_CLOSENESS[1:]} "
    "Paths run between people and the organisations in which they have a role, along ties that "
    "people carry, and from trusts, authority, associations and clusters to their schools.",
    needs=PATHS_NEEDED,
    references=("latora2001", "greany2022"),
)
def closeness_to_providers(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean of 1/d over pairs of a provider and a school."""
    paths = knowledge_paths(here)
    if isinstance(paths, NotMeasured):
        return paths
    return Reading(
        value=float(paths.reached().closeness[0]),
        n=paths.providers.size * paths.schools.size,
        missing=paths.missing,
        caveat=paths.caveat,
        sources=paths.sources,
    )


@indicator(
    id="bridging.fragility",
    label="What would be lost with one person",
    question="How much of the schools' nearness to providers would go if the person who carries "
    "most of it left?",
    why="In one of the study's places a single person's leaving took the glue out of the local "
    "system; in another one chair holds it together.",
    unit="share",
    units="people",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat=_PATHS
    + "With the person go their roles and every tie that they carry, and nobody takes "
    "over: an upper bound. It says nothing of how good the person is, or whether they mean to go.",
    formula="Largest, over people, of 1 − closeness without them ÷ closeness as it is; "
    f"{_CLOSENESS} Chance: the mean "
    "loss with another person who has as many seats, or nearly.",
    needs=PATHS_NEEDED,
    references=("borgatti2006", "latora2001", "greany2022"),
)
def fragility(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the greatest share of closeness that goes with one person."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    return _greatest(found, found.losses.closeness_lost)


@indicator(
    id="bridging.reach_lost",
    label="Schools that would be cut off with one person",
    question="How many schools would no longer have a provider within three steps if one person "
    "left?",
    why="It counts schools, not averages: those whose only way to a hub runs through one person.",
    unit="share",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat=_PATHS
    + "The person is the one with whom most schools would be cut off, who need not be "
    "the one that most nearness rests on. Nobody takes over: an upper bound.",
    formula="Largest, over people, of schools with a provider within three steps now and not "
    "without them ÷ schools (`hedgerow.methods.carried_paths.reach`). Chance: the mean loss with "
    "another person who has as many seats, or nearly.",
    needs=PATHS_NEEDED,
    references=("borgatti2006", "greany2022"),
)
def reach_lost(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the greatest share of schools that one person's leaving cuts off."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    values = found.losses.reach_lost
    person = int(values.argmax())
    schools = found.paths.schools.size
    return Reading(
        value=float(values[person]),
        n=schools,
        missing=found.paths.missing,
        chance=_beside_alike(values, found.paths.seats, person),
        caveat=" ".join(
            part
            for part in (
                f"{found.losses.in_reach:,} of the {schools:,} schools have a provider within "
                "three steps now.",
                found.paths.caveat,
            )
            if part
        ),
        sources=found.paths.sources,
    )


@indicator(
    id="bridging.interlock_loss",
    label="Links between organisations that would go with one person",
    question="Of the pairs of trusts, hubs and authorities that share people, how many would come "
    "apart if one person left?",
    why="Boards that sit together through one person alone stop doing so when that person goes.",
    unit="share",
    units="pairs",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=ROLES_RULE,
    caveat="Pairs of organisations above schools that share a person on the day; the person is the "
    "one who alone joins most of them.",
    formula="Largest, over people, of pairs of organisations above schools that they alone join "
    "÷ pairs with anyone in common (`hedgerow.methods.interlock.sole_joins`). Chance: the mean "
    "loss with another person who has as many seats, or nearly.",
    needs=PATHS_NEEDED,
    references=("mizruchi1996", "jasny2015"),
)
def interlock_loss(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the greatest share of joined pairs of organisations that one person alone joins."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    if not found.losses.joined:
        return NotMeasured(
            reason="No two organisations above schools share a person on record.",
            would_tell="Board seats and part-time roles, with the same pseudonym in each.",
        )
    values = found.losses.interlocks_lost
    person = int(values.argmax())
    return Reading(
        value=float(values[person]),
        n=found.losses.joined,
        chance=_beside_alike(values, found.paths.seats, person),
        sources=found.paths.sources,
    )


@indicator(
    id="bridging.loss_inequality",
    label="How unevenly the carrying is spread",
    question="Is the carrying spread over many people, or does it rest on a few?",
    why="The same nearness held up by many is safer than held up by one.",
    unit="index",
    units="people",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat="By what nearness would be lost with each person on record: 0 where all carry "
    "alike, near 1 where one carries all. Most people carry something only for their own school, "
    "so it is high everywhere.",
    formula="Gini's index of the losses x of all people on record: 2 × sum of (rank of x × x) ÷ "
    "(n × sum of x) − (n + 1) ÷ n (`hedgerow.methods.gini.gini_index`). The loss with a person is "
    f"1 − closeness without them ÷ closeness as it is; {_CLOSENESS}",
    needs=PATHS_NEEDED,
    references=("gini1912", "latora2001"),
)
def loss_inequality(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the Gini index of the persons' losses."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    # rounding can leave a loss a hair below nought
    value = gini_index(np.maximum(found.losses.closeness_lost, 0))
    if value is None:
        return NotMeasured(
            reason="No single person's leaving would lose anything, so there is nothing to spread.",
            n=len(found.paths.persons),
            missing=found.paths.missing,
        )
    return Reading(
        value=value,
        n=len(found.paths.persons),
        missing=found.paths.missing,
        caveat=found.paths.caveat,
        sources=found.paths.sources,
    )


@indicator(
    id="bridging.fragility_with_successor",
    label="What would be lost if a successor kept half",
    question="How much nearness would go with the person who carries most, if a successor took "
    "over half of what they carry?",
    why="Posts are filled again; trust and acquaintance only in part. How much a handover saves "
    "says what it is worth.",
    unit="share",
    units="people",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_RULE,
    caveat="Each role and carried tie stays with a successor with chance one half, by the toss of "
    "a coin: the mean over tosses, and the middle 95 per cent of them. How much successors really "
    "keep is not known.",
    formula=f"Mean over {SUCCESSION_DRAWS} draws of 1 − closeness left ÷ closeness as it is, for "
    "the person with whom most would go: in each draw every role and tie that they carry stays "
    f"with chance one half; {_CLOSENESS} Interval: the middle 95 per cent of the draws.",
    needs=PATHS_NEEDED,
    references=("latora2001", "borgatti2006"),
)
def fragility_with_successor(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean loss with the weightiest person when half of what they carry survives."""
    found = fragility_here(here)
    if isinstance(found, NotMeasured):
        return found
    person = found.weightiest
    lost = after_succession(
        found.paths, person, 0.5, generator(here, "succession"), SUCCESSION_DRAWS
    )
    low, high = np.quantile(lost, [0.025, 0.975])
    value = float(lost.mean())
    return Reading(
        value=value,
        n=len(found.paths.persons),
        missing=found.paths.missing,
        interval=Interval(
            low=min(float(low), value), high=max(float(high), value), method="tosses of a coin"
        ),
        caveat=found.paths.caveat,
        sources=found.paths.sources,
    )


def succession_curve(here: LocalLandscape) -> pl.DataFrame:
    """Give what would be lost with the person who carries most, by how much a successor keeps.

    Returns
    -------
    polars.DataFrame
        Columns ``kept_by_successor``, ``lost`` (mean share of closeness), ``low``, ``high`` (middle
        95 per cent); no rows where nothing is known.
    """
    found = fragility_here(here)
    schema = dict.fromkeys(("kept_by_successor", "lost", "low", "high"), pl.Float64)
    if isinstance(found, NotMeasured):
        return pl.DataFrame(schema=schema)
    rng = generator(here, "succession curve")
    rows = []
    for kept in SUCCESSIONS:
        lost = after_succession(found.paths, found.weightiest, kept, rng, SUCCESSION_DRAWS)
        rows.append((kept, float(lost.mean()), *map(float, np.quantile(lost, [0.025, 0.975]))))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _greatest(found: Fragility, values: NDArray[np.float64]) -> Reading:
    person = int(values.argmax())
    return Reading(
        value=float(values[person]),
        n=len(found.paths.persons),
        missing=found.paths.missing,
        chance=_beside_alike(values, found.paths.seats, person),
        caveat=found.paths.caveat,
        sources=found.paths.sources,
    )
