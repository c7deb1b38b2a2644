"""Who is named as influential, by whom."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from hedgerow.features.bridging.people_here import all_roles, hats, organisations_here, persons_here
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on

NAMED_WITHIN = timedelta(days=3 * 365)
"""How long a naming counts."""

LEAST_ASKED = 3
"""People who must have been asked for anything to be said."""

WOULD_TELL = (
    "In interviews or a survey, whom each person names as influential in professional learning "
    "here, under pseudonyms."
)


def namings(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give who was named by whom among the people of the place in the three years up to the day.

    Asked are people with a role, on any day, in an organisation of the place. Each pair counts
    once, and naming oneself not at all.

    Returns
    -------
    polars.DataFrame
        Columns ``asker``, ``organisation`` (of the asker; one of them where there are several, the
        asker where none is known), ``named``, ``source``.
    """
    return here.worked_out("namings", lambda: _namings(here))


def _namings(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    if not here.whole.has("nominations"):
        return _too_few(0)
    local = organisations_here(here)["id"].implode()
    askers = (
        all_roles(here)
        .filter(pl.col("organisation").is_in(local))
        .sort("person", "start", nulls_last=False)
        .group_by("person")
        .agg(pl.col("organisation").last())
    )
    persons = here.whole.table("persons")["id"].implode()
    found = (
        here.whole.table("nominations")
        .filter(
            pl.col("date").is_between(here.on - NAMED_WITHIN, here.on),
            pl.col("from_id") != pl.col("to_id"),
            pl.col("to_id").is_in(persons),
        )
        .join(askers, left_on="from_id", right_on="person")
        .select(
            pl.col("from_id").alias("asker"),
            "organisation",
            pl.col("to_id").alias("named"),
            "source",
        )
        .unique(["asker", "named"], keep="first", maintain_order=True)
        .sort("asker", "named")
    )
    asked = found["asker"].n_unique()
    return _too_few(asked) if asked < LEAST_ASKED else found


def _too_few(asked: int) -> NotMeasured:
    return NotMeasured(
        reason=f"Only {asked} of the people here said whom they hold to be influential; below "
        f"{LEAST_ASKED} nothing is said."
        if asked
        else "Nobody here was asked whom they hold to be influential.",
        would_tell=WOULD_TELL,
        n=asked,
    )


def independent_namings(here: LocalLandscape) -> dict[str, int] | NotMeasured:
    """Give by how many organisations each person was named, by askers who share none with them."""
    found = namings(here)
    if isinstance(found, NotMeasured):
        return found
    held = all_roles(here).filter(active_on(here.on)).select("person", "organisation").unique()
    together = held.join(held, on="organisation", suffix=" other").select(
        pl.col("person").alias("asker"), pl.col("person other").alias("named")
    )
    apart = found.join(together, on=["asker", "named"], how="anti")
    counted = apart.group_by("named").agg(pl.col("organisation").n_unique())
    return {str(person): int(many) for person, many in counted.iter_rows()}


def without_a_role(here: LocalLandscape) -> frozenset[str]:
    """Give the persons whose roles are on record, and none of them in the place on the day."""
    held = hats(here)
    still = frozenset() if isinstance(held, NotMeasured) else frozenset(persons_here(held))
    return frozenset(all_roles(here)["person"]) - still


def has_left(here: LocalLandscape) -> frozenset[str]:
    """Give the persons with a role on record that has ended and none in the place on the day."""
    ended = all_roles(here).filter(pl.col("end") <= here.on)["person"]
    return frozenset(ended) & without_a_role(here)
