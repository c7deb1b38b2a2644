"""What the marks of a map can tell of schools besides who governs them: distances, access, learning
and deprivation, each in five steps from less to more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.features.observed import observed
from hedgerow.features.professional_learning.records import learning, lower_bound
from hedgerow.features.state_schools import state_schools
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.reporting.palette import STEPS
from hedgerow.reporting.table import Column
from hedgerow.themes.equity.access import KINDS, REACH_KM, access
from hedgerow.themes.equity.distance import km_to_designated


@dataclass(frozen=True, eq=False)
class Layer:
    """A value for each school, sorted into steps.

    Attributes
    ----------
    name : str
        As in `LAYERS`.
    column : Column
        How the value stands in a table; its name is ``value``.
    values : polars.DataFrame
        Columns ``id``, ``value``; schools of which it is known.
    edges : tuple of float
        Upper ends of all steps but the last; a value on an edge lies below it.
    words : tuple of str
        What each step is called, from less to more.
    unknown : str
        What a school without a value is called.
    finding : str
        The map's title, with ``{many}`` schools and the ``{middle}`` of their values.
    caveat : str
    sources : tuple of str
        Identifiers.
    """

    name: str
    column: Column
    values: pl.DataFrame
    edges: tuple[float, ...]
    words: tuple[str, ...]
    unknown: str
    finding: str
    caveat: str
    sources: tuple[str, ...] = field(default=())

    def marked(self, schools: pl.DataFrame) -> pl.DataFrame:
        """Give schools the group, shape and tone of their step, in order of steps, with ``value``;
        those without one a hollow cross."""
        step = pl.lit(0)
        for edge in self.edges:
            step = step + (pl.col("value") > edge).cast(pl.Int32)
        known = pl.col("value").is_not_null()
        order = pl.when(known).then(step).otherwise(len(self.words))
        labels = [*self.words, self.unknown]
        tones = [*STEPS[: len(self.words)], "hollow"]
        return (
            schools.join(self.values, on="id", how="left", maintain_order="left")
            .with_columns(order.alias("order"))
            .with_columns(
                pl.col("order").replace_strict(dict(enumerate(labels))).alias("group"),
                pl.col("order").replace_strict(dict(enumerate(tones))).alias("tone"),
                pl.when(known).then(pl.lit("circle")).otherwise(pl.lit("cross")).alias("shape"),
            )
            .sort("order", "id")
        )


def layer(here: LocalLandscape, name: str) -> Layer | NotMeasured:
    """Give a layer of a place, or why there is none.

    Parameters
    ----------
    here : LocalLandscape
        What it may tell by name.
    name : str
        One of `LAYERS`.
    """
    return LAYERS[name][1](here)


_KM_EDGES = (5.0, 10.0, 20.0, 40.0)


def _distance(here: LocalLandscape) -> Layer | NotMeasured:
    found = km_to_designated(here)
    if found.is_empty():
        return NotMeasured(
            reason="Of no school here is it known how far it is to a hub: no hub with a known "
            "place covers them on this day.",
            would_tell="A hubs file with where each hub is hosted, or another day.",
        )
    return Layer(
        name="distance",
        column=Column("value", "to the nearest of its hubs, km", "number", 1),
        values=found.rename({"school": "id", "km": "value"}),
        edges=_KM_EDGES,
        words=("5 km or less", "over 5 to 10 km", "over 10 to 20 km", "over 20 to 40 km",
               "over 40 km"),
        unknown="not known",
        finding="Of {many}, half lie {middle} km or less from the nearest of their hubs",
        caveat="As the crow flies, to where the nearest of the hubs that cover the school is "
        "hosted. How often people go, and how long it takes, is another matter.",
    )  # fmt: skip  # the words read better in two lines


_ACCESS_EDGES = (0.25, 0.75, 1.25, 2.0)


def _catchment(here: LocalLandscape, kind: str) -> Layer | NotMeasured:
    hub = HUB_NAMES[kind]
    found = access(here.whole, kind, here.phase)
    if found is None:
        return NotMeasured(
            reason=f"It is not known where any {hub} is hosted on this day.",
            would_tell="A hubs file with where each hub is hosted, or another day.",
        )
    rows = [
        (one, float(found.values[found.rows[one]]))
        for one in state_schools(here)["id"]
        if one in found.rows
    ]
    supply = (
        "Supply is the places that each hub offers in a year."
        if found.is_by_capacity
        else "How many places hubs offer is not known: each counts alike."
    )
    return Layer(
        name=f"access_{kind}",
        column=Column("value", f"access to {hub}s, against an even share", "number", 2),
        values=pl.DataFrame(
            rows, schema={"id": pl.String, "value": pl.Float64}, orient="row"
        ),
        edges=_ACCESS_EDGES,
        words=("up to ¼ of an even share", "over ¼ to ¾", "over ¾ to 1¼", "over 1¼ to 2",
               "over twice an even share"),
        unknown="not known",
        finding=f"Of {{many}}, half have {{middle}} or less of an even share of {hub}s",
        caveat=f"What is within {REACH_KM:g} km, shared among all schools in reach, the nearer the "
        f"more; 1 is what each would have if all {hub}s were shared evenly. {supply}",
    )  # fmt: skip  # as above


_COURSE_EDGES = (2, 5, 10, 20)


def _learning(here: LocalLandscape) -> Layer | NotMeasured:
    records = learning(here)
    if isinstance(records, NotMeasured):
        return NotMeasured(
            reason="Nothing of what these schools take part in may be shown by name: "
            f"{records.reason[:1].lower()}{records.reason[1:]}",
            would_tell=records.would_tell
            or "Records of participation that schools share by name with a partnership.",
        )
    counted = (
        records.filter(pl.col("is_external"))
        .group_by(pl.col("school").alias("id"))
        .agg(pl.col("activity").n_unique().cast(pl.Int64).alias("value"))
    )
    if counted.is_empty():
        return NotMeasured(
            reason="No activity with others is on record of a school here that may be shown by "
            "name.",
            would_tell="Records of participation that schools share by name with a partnership.",
        )
    return Layer(
        name="learning",
        column=Column("value", "activities with others in twelve months", "count"),
        values=counted,
        edges=_COURSE_EDGES,
        words=("1 or 2 activities", "3 to 5", "6 to 10", "11 to 20", "over 20"),
        unknown="none on record that may be shown",
        finding="Of {many} with records, half took part in {middle} or fewer activities with "
        "others",
        caveat="Activities with providers other than the school and its trust in the twelve months "
        f"up to the day. A school without a record is not known to stand aside. "
        f"{lower_bound(here, is_external=True)}".strip(),
        sources=tuple(sorted(records["source"].unique())),
    )


def _deprivation(here: LocalLandscape) -> Layer | NotMeasured:
    found = observed(here, "imd_decile", would_tell="The Index of Multiple Deprivation (`--imd`).")
    if isinstance(found, NotMeasured):
        return found
    return Layer(
        name="deprivation",
        column=Column("value", "deprivation, tenth of areas from the least", "count"),
        # 1 is the most deprived tenth in the source: turned round, so that darker is more
        values=found.rows.select("id", (11 - pl.col("value")).cast(pl.Int64).alias("value")),
        edges=(2, 4, 6, 8),
        words=("least deprived fifth of areas", "second", "third", "fourth",
               "most deprived fifth of areas"),
        unknown="not known",
        finding="A typical one of {many} stands in tenth {middle} of areas, of which the 10th is "
        "the most deprived",
        caveat="The neighbourhood in which the school stands, by the Index of Multiple "
        "Deprivation, not the homes that its pupils come from. In the table 10 is the most "
        f"deprived tenth of England. {found.caveat}".strip(),
        sources=found.sources,
    )  # fmt: skip  # as above


def _access_to(kind: str) -> Callable[[LocalLandscape], Layer | NotMeasured]:
    return lambda here: _catchment(here, kind)


LAYERS: dict[str, tuple[str, Callable[[LocalLandscape], Layer | NotMeasured]]] = {
    "distance": ("How far it is to a hub", _distance),
    **{
        f"access_{kind}": (f"Access to {HUB_NAMES[kind]}s, shared among schools", _access_to(kind))
        for kind in KINDS
    },
    "learning": ("Taking part in learning with others", _learning),
    "deprivation": ("Deprivation of the area", _deprivation),
}
"""What marks can tell besides who governs: its words, and how it is found."""
