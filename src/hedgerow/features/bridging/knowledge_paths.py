"""The paths by which what providers know can come to the schools, and who carries each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.people_here import (
    PEOPLE_NEEDED,
    above_schools,
    hats,
    membership,
    organisations_here,
    persons_here,
    sources_of_rows,
)
from hedgerow.features.bridging.person_network import CARRIED
from hedgerow.features.school_ties import TIES_NEEDED, flows_of, school_ties, ties_in_force
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.carried_paths import Reach, losses, reach
from hedgerow.methods.interlock import sole_joins

PROVIDERS = (
    "maths_hub",
    "english_hub",
    "computing_hub",
    "behaviour_hub",
    "science_hub",
    "teaching_school_hub",
    "research_school",
    "teaching_school_alliance",
    "university",
    "company",
    "charity",
)
"""Kinds of organisation at which the paths begin. Authorities, trusts and associations pass on."""

STANDING = ("governs", "maintains", "member_of", "hosts")
"""Ties that hold whoever works there."""

PATHS_NEEDED = (
    *TIES_NEEDED,
    *("ties.joint_bid", "ties.signposts", "ties.carrier"),
    *PEOPLE_NEEDED,
)
"""What a figure of these paths needs, as declared by an indicator."""

WITHIN = 3
"""Steps within which a provider counts as in reach."""

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Paths:
    """The graph from providers to schools.

    Attributes
    ----------
    persons : tuple of str
        Those with a role on record, in order.
    seats : array of int, shape (persons,)
        Organisations in which each holds a role.
    arcs : array of int, shape (m, 2)
        From and to, in the direction in which knowledge can flow; rows are organisations, then
        persons.
    carrier : array of int, shape (m,)
        The person (by number in ``persons``) with whom each arc goes, or -1.
    units : int
    providers, schools : arrays of int
        Their rows.
    interlocks : array of bool, shape (persons, organisations above schools)
    asked, missing : int
        Schools asked whom they turn to, and not.
    caveat : str
    sources : tuple of str
    """

    persons: tuple[str, ...]
    seats: NDArray[np.int64]
    arcs: NDArray[np.int64]
    carrier: NDArray[np.int64]
    units: int
    providers: NDArray[np.int64]
    schools: NDArray[np.int64]
    interlocks: NDArray[np.bool_]
    missing: int
    caveat: str
    sources: tuple[str, ...]

    def reached(self, kept: NDArray[np.bool_] | None = None) -> Reach:
        """Give how near the schools are to the providers, along the arcs kept in each case."""
        return reach(self.arcs, self.units, self.providers, self.schools, kept)

    def without(self, persons: Sequence[int]) -> NDArray[np.bool_]:
        """Give which arcs are left when each person is gone, shape (persons, m)."""
        gone = np.asarray(persons, dtype=np.int64)
        return np.asarray(self.carrier[None, :] != gone[:, None])


def knowledge_paths(here: LocalLandscape) -> Paths | NotMeasured:
    """Give the graph of the place, or why it is not known.

    Providers are the hubs whose footprint holds a school here and other providers among the
    organisations of the place. From them knowledge can flow to and from the people who hold roles
    there; along ties that people carry; and from trusts, the authority, associations and clusters
    to their schools. That a hub is designated for a school is no path: somebody has to walk it.
    """
    return here.worked_out("knowledge paths", lambda: _knowledge_paths(here))


def _knowledge_paths(here: LocalLandscape) -> Paths | NotMeasured:
    asked = school_ties(here)
    if isinstance(asked, NotMeasured):
        return asked
    return paths_as_on(here, missing=asked.missing, caveat=asked.caveat)


def paths_as_on(here: LocalLandscape, *, missing: int = 0, caveat: str = "") -> Paths | NotMeasured:
    """Give the graph as `knowledge_paths` does, whoever was asked: for days before the survey."""
    held = hats(here)
    if isinstance(held, NotMeasured):
        return held
    organisations = organisations_here(here)
    providers = organisations.filter(pl.col("kind").is_in(list(PROVIDERS)))["id"]
    if providers.is_empty():
        return NotMeasured(
            reason="No hub, alliance or other provider is known to serve the place.",
            would_tell="The hubs' footprints in the register.",
            missing=missing,
        )
    persons = persons_here(held)
    row_of = {one: row for row, one in enumerate([*organisations["id"], *persons])}
    number_of = {person: number for number, person in enumerate(persons)}
    inside = pl.col("giver").is_in(organisations["id"].implode()) & pl.col("taker").is_in(
        organisations["id"].implode()
    )
    carried = ties_in_force(here, CARRIED)
    standing = ties_in_force(here, STANDING)
    rows: list[tuple[int, int, int]] = []
    for giver, taker, carrier in (
        flows_of(carried).filter(inside).select("giver", "taker", "carrier").unique().iter_rows()
    ):
        rows.append((row_of[giver], row_of[taker], number_of.get(carrier, NOBODY)))
    for giver, taker in _standing(standing).filter(inside).unique().iter_rows():
        rows.append((row_of[giver], row_of[taker], NOBODY))
    for person, organisation in held.select("person", "organisation").unique().iter_rows():
        one, other = row_of[person], row_of[organisation]
        rows += [(one, other, number_of[person]), (other, one, number_of[person])]
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    above = [one for one in above_schools(here) if one in set(held["organisation"])]
    seats = held.group_by("person").agg(pl.col("organisation").n_unique()).sort("person")
    schools = organisations.filter("is_school")["id"]
    return Paths(
        persons=persons,
        seats=seats["organisation"].to_numpy().astype(np.int64),
        arcs=table[:, :2],
        carrier=table[:, 2],
        units=len(row_of),
        providers=np.array([row_of[one] for one in providers], dtype=np.int64),
        schools=np.array([row_of[one] for one in schools], dtype=np.int64),
        interlocks=membership(held, above),
        missing=missing,
        caveat=caveat,
        sources=sources_of_rows(held, carried.filter(pl.col("carrier").is_in(list(persons)))),
    )


def _standing(ties: pl.DataFrame) -> pl.DataFrame:
    """Arcs of ties that hold whoever works there.

    A trust or authority passes on to its schools; members and the body that they belong to pass on
    both ways; a hub to the school that hosts it.
    """
    down = ties.filter(pl.col("kind").is_in(["governs", "maintains"])).select(
        pl.col("from_id").alias("giver"), pl.col("to_id").alias("taker")
    )
    among = ties.filter(pl.col("kind").is_in(["member_of", "hosts"]))
    up = among.filter(pl.col("kind") == "member_of").select(
        pl.col("from_id").alias("giver"), pl.col("to_id").alias("taker")
    )
    back = among.select(pl.col("to_id").alias("giver"), pl.col("from_id").alias("taker"))
    return pl.concat([down, up, back])


@dataclass(frozen=True, eq=False)
class Losses:
    """What would go with each person, none being replaced; arrays of shape (persons,).

    Attributes
    ----------
    closeness : float
        Mean closeness of schools to providers as it is.
    closeness_lost
        Share of it that goes.
    reach_lost
        Share of the schools that would no longer have a provider within three steps.
    interlocks_lost
        Share of the joined pairs of organisations above schools that would come apart; 0 where no
        two are joined.
    joined : int
        Joined pairs of organisations above schools.
    in_reach : int
        Schools with a provider within three steps.
    """

    closeness: float
    closeness_lost: NDArray[np.float64]
    reach_lost: NDArray[np.float64]
    interlocks_lost: NDArray[np.float64]
    joined: int
    in_reach: int


def losses_of(paths: Paths) -> Losses:
    """Give what would go with each person of a graph.

    Persons without whom no path is lost have 0; only those who carry something are followed.
    """
    whole = paths.reached()
    near = whole.nearest[0] <= WITHIN
    many = len(paths.persons)
    closeness_lost, reach_lost = np.zeros(many), np.zeros(many)
    carriers = _who_carries(paths)
    if carriers.size:
        left = paths.reached(paths.without([int(one) for one in carriers]))
        closeness_lost[carriers] = losses(float(whole.closeness[0]), left.closeness)
        still = (left.nearest <= WITHIN) & near
        reach_lost[carriers] = (near.sum() - still.sum(axis=1)) / near.size
    joined, interlocks_lost = _interlocks_lost(paths.interlocks)
    return Losses(
        float(whole.closeness[0]),
        closeness_lost,
        reach_lost,
        interlocks_lost,
        joined,
        int(near.sum()),
    )


def _who_carries(paths: Paths) -> NDArray[np.int64]:
    """Persons with a second organisation or a carried tie: nobody else is on a path."""
    arcs = np.bincount(paths.carrier[paths.carrier >= 0], minlength=len(paths.persons))
    # one role alone is one arc there and one back
    return np.flatnonzero(arcs > 2)


def _interlocks_lost(table: NDArray[np.bool_]) -> tuple[int, NDArray[np.float64]]:
    if table.shape[1] < 2:
        return 0, np.zeros(len(table))
    joins = sole_joins(table)
    return joins.joined, joins.alone / max(joins.joined, 1)


def after_succession(
    paths: Paths, person: int, kept_share: float, rng: np.random.Generator, draws: int
) -> NDArray[np.float64]:
    """Give the closeness lost with a person when each thing they carry stays with a successor by
    chance.

    Parameters
    ----------
    paths : Paths
    person : int
        By number.
    kept_share : float
        Chance that a role or carried tie survives; there and back go together.
    rng : numpy.random.Generator
    draws : int

    Returns
    -------
    array of shape (draws,)
    """
    mine = np.flatnonzero(paths.carrier == person)
    ends = np.sort(paths.arcs[mine], axis=1)
    _, link = np.unique(ends, axis=0, return_inverse=True)
    survives = rng.random((draws, int(link.max(initial=-1)) + 1)) < kept_share
    kept = np.ones((draws, len(paths.arcs)), dtype=bool)
    kept[:, mine] = survives[:, link.ravel()]
    whole = float(paths.reached().closeness[0])
    return losses(whole, paths.reached(kept).closeness)
