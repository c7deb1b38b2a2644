"""The place's schools in several layers at once: whom they turn to, which clusters they are in,
what they learn together, who governs them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.professional_learning.records import OWN_SCHOOL, learning
from hedgerow.features.resting import sources_of
from hedgerow.features.school_ties import SchoolTies, school_ties, ties_in_force
from hedgerow.features.state_schools import no_schools, state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.methods.labelling import MISSING, encode
from hedgerow.methods.network import undirected_pairs
from hedgerow.methods.projection import shared_counts

TOGETHER = 2
"""Two schools learn together when they took part in at least so many of the same activities."""

LAYER_NAMES = {
    "ties": "whom schools turn to",
    "clusters": "clusters of schools",
    "learning": "activities that schools took part in together",
}
"""The layers that local evidence gives, in words."""


@dataclass(frozen=True, eq=False)
class SchoolLayers:
    """Layers over the same schools; a layer that is not known is None.

    Attributes
    ----------
    schools : tuple of str
        State schools of the place and phase, in order of identifier.
    bodies : tuple of str or None
        Who governs each.
    trusts : tuple of str or None
        The trust of each; None for maintained schools and where it is unknown.
    ties : array of bool, shape (schools, schools), or None
        Who turns to, visits, reviews, advises or works with whom, in either direction.
    clusters : array of bool, shape (schools, clusters), or None
        Who is a member of which cluster.
    learning : array of bool, shape (schools, activities), or None
        Who took part in which activity in the twelve months up to the day, those that a school
        holds for itself left out.
    not_asked : int
        Schools that were not asked whom they turn to; all where the layer is not known.
    caveat : str
        What to say of ties where many were not asked.
    sources : tuple of str
    """

    schools: tuple[str, ...]
    bodies: tuple[str | None, ...]
    trusts: tuple[str | None, ...]
    ties: NDArray[np.bool_] | None
    clusters: NDArray[np.bool_] | None
    learning: NDArray[np.bool_] | None
    not_asked: int
    caveat: str
    sources: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the layers that are known, as in `LAYER_NAMES`."""
        return tuple(name for name in LAYER_NAMES if getattr(self, name) is not None)

    def network(self, layer: str) -> NDArray[np.bool_] | None:
        """Give a layer as ties between schools, shape (schools, schools), symmetric.

        "trusts" ties schools of one trust; "clusters" those with a cluster in common; "learning"
        those with `TOGETHER` activities or more in common.
        """
        if layer == "trusts":
            codes = encode(list(self.trusts))[0]
            same = (codes[:, None] == codes[None, :]) & (codes != MISSING)[:, None]
            return np.asarray(same & ~np.eye(len(codes), dtype=bool))
        table = getattr(self, layer)
        if table is None or layer == "ties":
            return table
        return np.asarray(shared_counts(table) >= (TOGETHER if layer == "learning" else 1))

    def tied_pairs(self) -> NDArray[np.int64]:
        """Give the tied pairs of schools by row, each once; none where the layer is not known."""
        if self.ties is None:
            return np.empty((0, 2), dtype=np.int64)
        return undirected_pairs(self.ties)


def school_layers(here: LocalLandscape) -> SchoolLayers | NotMeasured:
    """Give the layers over the place's state schools; not measured where there is no school."""
    return here.worked_out("school layers", lambda: _school_layers(here))


def _school_layers(here: LocalLandscape) -> SchoolLayers | NotMeasured:
    found = state_schools(here)
    if found.is_empty():
        return no_schools(here)
    told = school_ties(here)
    ties = told if isinstance(told, SchoolTies) else None
    row = {school: number for number, school in enumerate(found["id"])}
    adjacency = None
    if ties is not None:
        directed = ties.adjacency() > 0
        adjacency = np.asarray(directed | directed.T)
    members, member_sources = _clusters(here)
    shared, shared_sources = _activities(here)
    sources = {*member_sources, *shared_sources, *(ties.sources if ties else ())}
    return SchoolLayers(
        schools=tuple(found["id"]),
        bodies=tuple(found["body"]),
        trusts=tuple(
            body if size is not None else None
            for body, size in found.select("body", "trust_size").iter_rows()
        ),
        ties=adjacency,
        clusters=_table(members, row),
        learning=_table(shared, row),
        not_asked=ties.missing if ties else found.height,
        caveat=ties.caveat if ties else "",
        sources=tuple(sorted(sources | set(sources_of(here.whole, "governs")))),
    )


def _clusters(here: LocalLandscape) -> tuple[pl.DataFrame, set[str]]:
    clusters = here.whole.organisations.filter(pl.col("kind") == "cluster").select("id")
    ties = ties_in_force(here, ("member_of",)).join(
        clusters, left_on="to_id", right_on="id", how="semi"
    )
    return ties.select(
        pl.col("from_id").alias("school"), pl.col("to_id").alias("group")
    ).unique(), set(ties["source"].unique())


def _activities(here: LocalLandscape) -> tuple[pl.DataFrame, set[str]]:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return pl.DataFrame(schema={"school": pl.String, "group": pl.String}), set()
    others = records.filter(pl.col("provider_kind").fill_null("") != OWN_SCHOOL)
    pairs = others.select("school", pl.col("activity").alias("group")).unique()
    return pairs, set(others["source"].unique())


def _table(pairs: pl.DataFrame, row: dict[str, int]) -> NDArray[np.bool_] | None:
    """Schools by groups with two of them or more; None where nothing is on record of any."""
    local = pairs.filter(pl.col("school").is_in(list(row)))
    if local.is_empty():
        return None
    groups = local.filter(pl.len().over("group") >= 2)["group"].unique().sort()
    column = {group: number for number, group in enumerate(groups)}
    table = np.zeros((len(row), len(column)), dtype=bool)
    for school, group in local.select("school", "group").iter_rows():
        if group in column:
            table[row[school], column[group]] = True
    return table
