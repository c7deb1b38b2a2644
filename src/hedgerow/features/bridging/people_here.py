"""The people of a place: who holds which roles, in which of its organisations, on the day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hedgerow.features.linked_systems.trusts import trusts_here
from hedgerow.features.readings import plural
from hedgerow.features.state_schools import state_schools
from hedgerow.features.system_organisations import SYSTEM_NEEDED, system_organisations
from hedgerow.landscape.finding import NotMeasured
from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.landscape.periods import active_on
from hedgerow.landscape.succession import identifiers_as_on

ROLES_RULE = (
    "Roles that nobody entered are not there, so that this is a lower bound: organisations without "
    "anyone on record are counted beside the figure."
)

PEOPLE_NEEDED = ("roles", *SYSTEM_NEEDED, "ties.governs")
"""What a figure of these people needs, as declared by an indicator."""

WOULD_TELL = (
    "Roles and board seats of the organisations here: who, under a pseudonym, in which "
    "organisation, from when to when."
)


def organisations_here(here: LocalLandscape) -> pl.DataFrame:
    """Give the organisations of the place.

    Its state schools of the phase; of other kinds those that lie in it, the trusts with a school
    here, and those active in it as systems (see `system_organisations`). Schools of other phases,
    and organisations closed on the day, are left out.

    Returns
    -------
    polars.DataFrame
        Columns ``id``, ``kind``, ``is_school``, in order of identifier.
    """
    return here.worked_out("organisations here", lambda: _organisations_here(here))


def _organisations_here(here: LocalLandscape) -> pl.DataFrame:
    near = {*here.members, *trusts_here(here)["trust"], *system_organisations(here)["id"]}
    is_school = pl.col("kind") == "school"
    return (
        here.whole.organisations.filter(
            pl.when(is_school)
            .then(pl.col("id").is_in(state_schools(here)["id"].implode()))
            .otherwise(pl.col("id").is_in(pl.Series(sorted(near), dtype=pl.String).implode()))
        )
        .select("id", "kind", is_school.alias("is_school"))
        .sort("id")
    )


def all_roles(here: LocalLandscape) -> pl.DataFrame:
    """Give every role of all days, organisations under the identifier of the day; columns as in
    `Roles`."""
    return here.whole.worked_out(("all roles", here.on), lambda: _all_roles(here))


def _all_roles(here: LocalLandscape) -> pl.DataFrame:
    present = dict(identifiers_as_on(here.whole))
    return here.whole.all_days.table("roles").with_columns(pl.col("organisation").replace(present))


def hats(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    """Give the roles held on the day in organisations of the place, or why none are known.

    Returns
    -------
    polars.DataFrame
        Columns ``person``, ``organisation``, ``kind``, ``is_school``, ``role``, ``is_seat``,
        ``days_a_week``, ``start``, ``source``; in order of person and organisation.
    """
    return here.worked_out("hats", lambda: _hats(here))


_NOBODY = NotMeasured(
    reason="Nobody's roles in the organisations here are on record for this day.",
    would_tell=WOULD_TELL,
)


def _hats(here: LocalLandscape) -> pl.DataFrame | NotMeasured:
    if not here.whole.all_days.has("roles"):
        return _NOBODY
    held = (
        all_roles(here)
        .filter(active_on(here.on))
        .join(organisations_here(here), left_on="organisation", right_on="id", how="inner")
        .sort("person", "organisation", "id")
        .select(
            "person",
            "organisation",
            "kind",
            "is_school",
            "role",
            "is_seat",
            "days_a_week",
            "start",
            "source",
        )
    )
    return _NOBODY if held.is_empty() else held


def persons_here(held: pl.DataFrame) -> tuple[str, ...]:
    """Give the persons who hold a role, in order of identifier."""
    return tuple(held["person"].unique().sort())


def membership(held: pl.DataFrame, organisations: Sequence[str]) -> NDArray[np.bool_]:
    """Give who is in which organisation, shape (persons, organisations).

    Rows as `persons_here`, columns in the order of ``organisations``; roles in others are left out.
    """
    row_of = {person: row for row, person in enumerate(persons_here(held))}
    column_of = {one: column for column, one in enumerate(organisations)}
    table = np.zeros((len(row_of), len(column_of)), dtype=bool)
    for person, organisation in held.select("person", "organisation").iter_rows():
        if organisation in column_of:
            table[row_of[person], column_of[organisation]] = True
    return table


def above_schools(here: LocalLandscape) -> tuple[str, ...]:
    """Give the organisations active in the place as systems, in order of identifier: the authority,
    hubs, alliances, associations, and the trusts based here."""
    return tuple(sorted(system_organisations(here)["id"]))


def silent_organisations(here: LocalLandscape, held: pl.DataFrame) -> str:
    """Say of how many organisations above schools nobody's role is on record; empty if of none."""
    above = above_schools(here)
    silent = len(set(above) - set(held["organisation"]))
    if not silent:
        return ""
    return (
        f"Of {silent:,} of the {plural(len(above), 'organisation')} above schools that are active "
        "here nobody's role is on record."
    )


def sources_of_rows(*tables: pl.DataFrame) -> tuple[str, ...]:
    """Give the sources named in the ``source`` column of tables, each once, in order."""
    return tuple(sorted({source for table in tables for source in table["source"].unique()}))
