"""The network of people: who shares an organisation with whom, and whom a carried tie reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.bridging.people_here import hats, persons_here, sources_of_rows
from hedgerow.features.school_ties import CONTACTS, flows_of, ties_in_force
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.network import adjacency_matrix

CARRIED = (*CONTACTS, "joint_bid", "signposts")
"""Kinds of tie that a person can carry between organisations."""

MOST_PERSONS = 3_000


@dataclass(frozen=True, eq=False)
class PersonNetwork:
    """Persons of a place and who hears from whom.

    Attributes
    ----------
    persons : tuple of str
        In order of identifier, those without contacts included.
    bodies : tuple of str
        Under which they work, in order: a school's people work under its trust or authority, those
        of other organisations under the organisation itself.
    shares : array of shape (persons, bodies)
        Each person's organisations in equal parts, by the body of each; they add to 1.
    adjacency : array of shape (persons, persons)
        1 where knowledge can pass from the first to the second.
    sources : tuple of str
    """

    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    shares: NDArray[np.float64]
    adjacency: NDArray[np.float64]
    sources: tuple[str, ...]


def person_network(here: LocalLandscape) -> PersonNetwork | NotMeasured:
    """Give the network of the people who hold a role in the place, or why it is not known.

    Two who hold roles in one organisation hear from each other. A tie between organisations that a
    person carries joins that person with all who hold a role at an end where the carrier has none,
    in the direction in which knowledge flows. Ties recorded between persons count as they are.
    """
    return here.worked_out("person network", lambda: _person_network(here))


def _person_network(here: LocalLandscape) -> PersonNetwork | NotMeasured:
    held = hats(here)
    if isinstance(held, NotMeasured):
        return held
    persons = persons_here(held)
    if len(persons) > MOST_PERSONS:
        return NotMeasured(
            reason=f"{len(persons):,} persons are too many to be looked at as one network.",
            would_tell="A narrower lens.",
            n=len(persons),
        )
    belongs = held.select("person", "organisation").unique(maintain_order=True)
    ties = ties_in_force(here, CARRIED)
    arcs = pl.concat(
        [_colleagues(belongs), _carried(belongs, ties), _direct(ties, persons)]
    ).filter(pl.col("giver") != pl.col("taker"))
    row_of = {person: row for row, person in enumerate(persons)}
    pairs = [(row_of[giver], row_of[taker]) for giver, taker in arcs.unique().iter_rows()]
    bodies, shares = _shares(here, belongs, row_of)
    return PersonNetwork(
        persons=persons,
        bodies=bodies,
        shares=shares,
        adjacency=adjacency_matrix(
            np.array(pairs, dtype=np.int64).reshape(-1, 2), len(persons), directed=True
        ),
        sources=sources_of_rows(held, ties.filter(pl.col("carrier").is_in(list(persons)))),
    )


def _shares(
    here: LocalLandscape, belongs: pl.DataFrame, row_of: dict[str, int]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Bodies in order, and each person's share in them.

    A school whose trust is not on record is a body of its own.
    """
    governed = state_schools(here).select(pl.col("id").alias("organisation"), "body")
    under = belongs.join(
        governed, on="organisation", how="left", maintain_order="left"
    ).with_columns(pl.coalesce("body", "organisation").alias("body"))
    bodies = tuple(under["body"].unique().sort())
    column_of = {body: column for column, body in enumerate(bodies)}
    shares = np.zeros((len(row_of), len(bodies)))
    for person, body in under.select("person", "body").iter_rows():
        shares[row_of[person], column_of[body]] += 1.0
    return bodies, shares / shares.sum(axis=1, keepdims=True)


def _colleagues(belongs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of persons with a role in one organisation, both ways."""
    return belongs.join(belongs, on="organisation", suffix=" other").select(
        pl.col("person").alias("giver"), pl.col("person other").alias("taker")
    )


def _carried(belongs: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a carrier and those whom a carried tie reaches, in the direction of flow."""
    flows = flows_of(ties.filter(pl.col("carrier").is_not_null())).select(
        "giver", "taker", "carrier"
    )
    own = belongs.select(pl.col("person").alias("carrier"), pl.col("organisation"))
    towards = (
        flows.join(
            own, left_on=["carrier", "taker"], right_on=["carrier", "organisation"], how="anti"
        )
        .join(belongs, left_on="taker", right_on="organisation")
        .select(pl.col("carrier").alias("giver"), pl.col("person").alias("taker"))
    )
    away = (
        flows.join(
            own, left_on=["carrier", "giver"], right_on=["carrier", "organisation"], how="anti"
        )
        .join(belongs, left_on="giver", right_on="organisation")
        .select(pl.col("person").alias("giver"), pl.col("carrier").alias("taker"))
    )
    known = belongs["person"].unique().implode()
    return pl.concat([towards, away]).filter(
        pl.col("giver").is_in(known), pl.col("taker").is_in(known)
    )


def _direct(ties: pl.DataFrame, persons: tuple[str, ...]) -> pl.DataFrame:
    """Ties recorded between two persons, in the direction of flow."""
    known = list(persons)
    return flows_of(
        ties.filter(pl.col("from_id").is_in(known), pl.col("to_id").is_in(known))
    ).select("giver", "taker")
