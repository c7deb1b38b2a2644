"""What else happened to a place between two days: trusts that opened and closed, and people who
came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.events import EVENTS, FEWEST_HATS, KINDS
from hedgerow.localities.saying import counted

COMINGS: dict[str, tuple[str, str]] = {
    "trust_opened": ("trust was set up", "trusts were set up"),
    "trust_closed": ("trust closed", "trusts closed"),
    "person_came": ("person who links organisations came", "people who link organisations came"),
}
"""Kinds of event besides `KINDS`, each with its words for one and for several."""

ALL_KINDS = {**KINDS, **COMINGS}
"""Every kind of event, with its words."""

_Row = tuple[date, str, str, int, bool]


def comings_between(views: Sequence[LocalLandscape]) -> pl.DataFrame:
    """Give which trusts opened and closed, and who came, from the first view of a place, exclusive,
    to the last, inclusive.

    Parameters
    ----------
    views : sequence of LocalLandscape
        The place on days in their order.

    Returns
    -------
    polars.DataFrame
        Columns of `hedgerow.localities.events.EVENTS`, in order of day. A trust counts where it
        governs a school of the place on one of the days. A person came on the first day of their
        first role here, and counts with roles in two organisations here or more, as those who left
        do; with a first day that nobody wrote down it is not known when they came, and nothing is
        told. Persons go by their pseudonym unless they agreed to be named.
    """
    first, last = views[0].on, views[-1].on
    whole = views[0].whole.all_days
    schools = sorted(set[str]().union(*(view.schools["id"].to_list() for view in views)))
    rows = [*_trusts(whole, schools, first, last), *_people(whole, views, first, last)]
    return pl.DataFrame(rows, schema=EVENTS, orient="row").sort("day", "kind", "what")


def _trusts(whole: Landscape, schools: list[str], first: date, last: date) -> list[_Row]:
    many = (
        whole.ties.filter(pl.col("kind") == "governs", pl.col("to_id").is_in(schools))
        .group_by(pl.col("from_id").alias("id"))
        .agg(pl.col("to_id").n_unique().alias("schools"))
    )
    trusts = whole.organisations.filter(pl.col("kind") == "trust").join(many, on="id")
    rows: list[_Row] = []
    for name, opened, closed, touched in trusts.select(
        "name", "opened", "closed", "schools"
    ).iter_rows():
        if opened is not None and first < opened <= last:
            rows.append((opened, "trust_opened", f"{shown_name(name)} was set up", touched, True))
        if closed is not None and first < closed <= last:
            rows.append((closed, "trust_closed", f"{shown_name(name)} closed", touched, True))
    return rows


def _people(
    whole: Landscape, views: Sequence[LocalLandscape], first: date, last: date
) -> list[_Row]:
    if not whole.has("roles"):
        return []
    near = set[str]().union(
        *(view.organisations["id"].to_list() for view in views), *(view.members for view in views)
    )
    roles = whole.table("roles").filter(pl.col("organisation").is_in(sorted(near)))
    came = (
        roles.group_by("person")
        .agg(
            pl.col("start").min().alias("day"),
            pl.col("start").null_count().alias("undated"),
            pl.col("organisation").n_unique().alias("hats"),
        )
        .filter(
            pl.col("undated") == 0,
            pl.col("hats") >= FEWEST_HATS,
            pl.col("day").is_between(first, last, closed="right"),
        )
    )
    named = dict(
        whole.table("persons").filter(pl.col("is_named")).select("id", "label").iter_rows()
    )
    schools = set[str]().union(*(view.schools["id"].to_list() for view in views))
    rows: list[_Row] = []
    for person, day, hats in came.select("person", "day", "hats").iter_rows():
        held = roles.filter(pl.col("person") == person)["organisation"]
        who = named.get(person, person)
        what = f"{who} came, with roles in {counted(hats, 'organisation')} since"
        rows.append((day, "person_came", what, len(set(held) & schools), True))
    return rows
