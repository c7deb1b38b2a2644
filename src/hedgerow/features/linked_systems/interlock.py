"""How far the organisations of a place share people, and how many people carry what they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.features.readings import chance_of, generator, plural
from hedgerow.features.resting import sources_of
from hedgerow.features.school_ties import FULL_COVERAGE, LEAST_COVERAGE
from hedgerow.features.system_organisations import (
    SYSTEM_NEEDED,
    coordinating_organisations,
    too_few,
)
from hedgerow.landscape.finding import Chance, Interval, NotMeasured, Reading
from hedgerow.landscape.indicators import indicator
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.interlock import Interlock, interlock, interlock_test

DRAWS = 499
"""Random tables behind what chance would give."""

WOULD_TELL = (
    "For each hub, association and authority: who sits on its board or steering group and who "
    "works for it, from when to when, under pseudonyms."
)

_WHO = (
    "The authority, the hubs that serve the place, associations and alliances; trusts are not "
    "among them, though their people may carry a link."
)
_MISSING = (
    "Organisations of which no role is on record count as unknown: they are left out and counted. "
    "With fewer than three fifths known nothing is said."
)


@dataclass(frozen=True, eq=False)
class SharedPeople:
    """Who holds a role in which of the place's coordinating organisations on the day.

    Attributes
    ----------
    organisations : tuple of str
        Those with a role on record.
    table : array of bool, shape (persons, organisations)
    unknown : int
        Organisations without a role on record.
    found : Interlock
    sources : tuple of str
    """

    organisations: tuple[str, ...]
    table: NDArray[np.bool_]
    unknown: int
    found: Interlock
    sources: tuple[str, ...]

    @property
    def bounds(self) -> Interval:
        """Density if those of unknown boards shared no one, and if they shared someone with all."""
        every = len(self.organisations) + self.unknown
        pairs = every * (every - 1) // 2
        return Interval(
            low=self.found.joined / pairs,
            high=(self.found.joined + pairs - self.found.pairs) / pairs,
            method="bounds: unknown boards share no one, or someone with every other",
            level=1.0,
        )

    @property
    def caveat(self) -> str:
        """What to say where fewer than four fifths of the boards are known."""
        every = len(self.organisations) + self.unknown
        if len(self.organisations) >= FULL_COVERAGE * every:
            return ""
        return (
            f"People are on record for only {len(self.organisations)} of {every} organisations: "
            "read it with care."
        )


def shared_people(here: LocalLandscape) -> SharedPeople | NotMeasured:
    """Give who holds a role in which of the place's coordinating organisations, or why it is not
    known.

    A role of any kind counts, a seat on a board as much as a post: who leads one and sits on the
    board of another joins the two.
    """
    return here.worked_out("shared people", lambda: _shared_people(here))


def _shared_people(here: LocalLandscape) -> SharedPeople | NotMeasured:
    organisations = coordinating_organisations(here)
    amiss = too_few(here, organisations)
    if amiss is not None:
        return amiss
    held = (
        here.whole.table("roles")
        .join(organisations.select("id"), left_on="organisation", right_on="id", how="semi")
        .select("person", "organisation", "source")
        .sort("person", "organisation")
    )
    known = tuple(one for one in organisations["id"] if one in set(held["organisation"]))
    unknown = organisations.height - len(known)
    if len(known) < 2 or len(known) < LEAST_COVERAGE * organisations.height:
        return NotMeasured(
            reason=f"Of only {len(known)} of the {organisations.height} organisations that link "
            "schools here is it known who works for them or sits on their boards."
            if known
            else "It is not known who works for, or sits on the boards of, the organisations that "
            "link schools here.",
            would_tell=WOULD_TELL,
            n=len(known),
            missing=unknown,
        )
    persons = held["person"].unique().sort()
    row = {person: number for number, person in enumerate(persons)}
    column = {one: number for number, one in enumerate(known)}
    table = np.zeros((len(row), len(column)), dtype=bool)
    for person, organisation in held.select("person", "organisation").iter_rows():
        table[row[person], column[organisation]] = True
    return SharedPeople(
        organisations=known,
        table=table,
        unknown=unknown,
        found=interlock(table),
        sources=tuple(sorted(set(held["source"]) | set(sources_of(here.whole, "covers", "hosts")))),
    )


def _chance(here: LocalLandscape, people: SharedPeople) -> Chance | None:
    if len(people.table) < 2 or (people.table.sum(axis=1) == 1).all():
        return None
    return chance_of(
        interlock_test(people.table, generator(here, "interlock"), draws=DRAWS),
        "people dealt anew to organisations; each person keeps the number of roles, each "
        "organisation the number of people",
    )


@indicator(
    id="linked_systems.interlock_density",
    label="Organisations that share people",
    question="How many pairs of the organisations that link schools share someone who works for or "
    "sits on the board of both?",
    why="People who sit in several rooms carry news between them. In one of the study's places a "
    "core of leaders sat on each other's boards, in another one chair sat on all of them.",
    unit="share",
    units="organisations",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING + " The interval is what it would be if they shared no one, or someone "
    "with every other.",
    caveat=f"{_WHO} A share of pairs, so it falls with the number of organisations. Chance keeps "
    "how many roles people have: less than chance means that the same pairs are joined several "
    "times over, which makes the links less fragile.",
    formula="Pairs of organisations with a person in common ÷ k(k − 1) ÷ 2, for the k "
    "organisations with a role on record (`hedgerow.methods.interlock.interlock`). Interval: "
    "bounds, not sampling: the share among all pairs if the organisations without a role on "
    f"record shared no one, and if they shared someone with every other. Chance: {DRAWS} tables "
    "in which each person keeps the number of roles and each organisation the number of people "
    "(`hedgerow.methods.interlock.interlock_test`).",
    needs=("roles", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996", "strona2014"),
)
def interlock_density(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the share of pairs of coordinating organisations with a person in common."""
    people = shared_people(here)
    if isinstance(people, NotMeasured):
        return people
    return Reading(
        value=people.found.density,
        n=len(people.organisations),
        missing=people.unknown,
        interval=people.bounds,
        chance=_chance(here, people),
        caveat=people.caveat,
        sources=people.sources,
    )


def _of_joined_pairs(here: LocalLandscape, figure: str) -> Reading | NotMeasured:
    people = shared_people(here)
    if isinstance(people, NotMeasured):
        return people
    value = getattr(people.found, figure)
    if value is None:
        return NotMeasured(
            reason="No two of the organisations that link schools here share anyone on record.",
            would_tell=WOULD_TELL,
            n=len(people.organisations),
            missing=people.unknown,
        )
    carriers = int((people.table.sum(axis=1) > 1).sum())
    return Reading(
        value=value,
        n=people.found.joined,
        missing=people.unknown,
        caveat=" ".join(
            part
            for part in (
                f"{plural(people.found.joined, 'pair')} joined by "
                f"{plural(carriers, 'person', 'people')}.",
                people.caveat,
            )
            if part
        ),
        sources=people.sources,
    )


@indicator(
    id="linked_systems.interlock_depth",
    label="People that two joined organisations share",
    question="Where two organisations share people, how many do they share?",
    why="A link of several people outlasts the one who leaves.",
    unit="ratio",
    units="joined pairs of organisations",
    direction="more",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat=f"The mean over pairs that share anyone, so 1 at least. {_WHO}",
    formula="Sum over pairs of organisations of the people they have in common ÷ pairs that have "
    "any (`hedgerow.methods.interlock.interlock`).",
    needs=("roles", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996"),
)
def interlock_depth(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the mean number of people in common of pairs that have any."""
    return _of_joined_pairs(here, "depth")


@indicator(
    id="linked_systems.carrier_concentration",
    label="How few people carry the links",
    question="Are the links between organisations carried by one person or by many?",
    why="One well-regarded chair can hold a place together, and take it apart by leaving: the "
    "study found both.",
    unit="index",
    units="joined pairs of organisations",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="A Herfindahl index of people's shares in the joined pairs, a pair being split evenly "
    "among those who join it: 1 when one person carries every link, 1/c when c people carry alike. "
    "With a single joined pair it is 1 or 1/2 by arithmetic. It says nothing of how many links "
    "there are.",
    formula="Sum over people of (their share of the joined pairs)², a pair with m people in "
    "common giving 1 ÷ m to each of them (`hedgerow.methods.interlock.interlock`).",
    needs=("roles", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996"),
)
def carrier_concentration(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the Herfindahl index of persons' shares in the joined pairs."""
    return _of_joined_pairs(here, "carrier_concentration")


@indicator(
    id="linked_systems.sole_concentration",
    label="Links that hang on one person",
    question="How far do the links between organisations hang on single people with no second?",
    why="Where no second person joins the same two organisations, the link goes with whoever goes.",
    unit="index",
    units="joined pairs of organisations",
    direction="less",
    tier="E",
    grade="C",
    missing_rule=_MISSING,
    caveat="The sum over people of the squared share of joined pairs that they alone join: 1 when "
    "one person is the only link of all, 0 when every link has a second. Several people who each "
    "carry links alone give a low value too, though each of those links is fragile.",
    formula="Sum over people of (pairs of organisations that they alone join ÷ all joined "
    "pairs)² (`hedgerow.methods.interlock.interlock`).",
    needs=("roles", *SYSTEM_NEEDED),
    references=("greany2022", "mizruchi1996"),
)
def sole_concentration(here: LocalLandscape) -> Reading | NotMeasured:
    """Give the sum of squared shares of joined pairs that persons alone join."""
    return _of_joined_pairs(here, "sole_concentration")
