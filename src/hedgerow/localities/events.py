"""What happened to a place between two days: schools, trusts, hubs, alliances, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import polars as pl

from hedgerow.features.designated_hubs import HUB_NAMES
from hedgerow.landscape.footprints import footprints
from hedgerow.landscape.indicators import Indicator
from hedgerow.landscape.landscape import Landscape, LocalLandscape
from hedgerow.landscape.shown_names import shown_name
from hedgerow.localities.saying import counted

EVENTS: dict[str, type[pl.DataType]] = {
    "day": pl.Date,
    "kind": pl.String,
    "what": pl.String,
    "schools": pl.Int64,
    "is_exact": pl.Boolean,
}
"""Columns of a table of events: the day, the kind (one of `KINDS`), what happened in words, how
many schools of the place it touched, and whether the day is known or only that it was between two
looks."""

KINDS: dict[str, tuple[str, str]] = {
    "became_academy": ("school became an academy", "schools became academies"),
    "joined_trust": ("academy joined a trust", "academies joined a trust"),
    "moved_trust": ("academy moved to another trust", "academies moved to another trust"),
    "left_trust": ("academy left a trust", "academies left a trust"),
    "opened": ("school opened", "schools opened"),
    "closed": ("school closed", "schools closed"),
    "hub_opened": ("hub opened", "hubs opened"),
    "hub_closed": ("hub closed", "hubs closed"),
    "alliance_closed": ("alliance closed", "alliances closed"),
    "person_left": ("person who linked organisations left", "people who linked organisations left"),
}
"""Kinds of event, each with its words for one and for several."""

SAME_MOVE = timedelta(days=62)
"""An academy that leaves one trust and joins another within this moved; one that joins within this
of opening became an academy in that trust."""
FEWEST_HATS = 2
"""Organisations in which a person held roles at once, from which they linked them."""

_GOVERNING = ("became_academy", "joined_trust", "moved_trust", "left_trust", "opened", "closed")
_HUBS = ("hub_closed", "hub_opened", "alliance_closed")

COULD_EXPLAIN: dict[str, tuple[str, ...]] = {
    "context": ("opened", "closed", "became_academy"),
    "local_lens": _GOVERNING,
    "linked_systems": (*_GOVERNING, "person_left", "alliance_closed"),
    "professional_learning": (*_HUBS, "person_left", "became_academy", "joined_trust"),
    "practices": ("became_academy", "joined_trust", "moved_trust", *_HUBS, "person_left"),
    "bridging": ("person_left", "alliance_closed", "hub_closed", "hub_opened", *_GOVERNING[:4]),
    "sense_making": ("person_left", "alliance_closed", *_HUBS[:2]),
    "coherence": ("person_left", *_HUBS, *_GOVERNING[:4]),
    "quality": (*_HUBS, "person_left"),
    "equity": (*_HUBS, "became_academy", "joined_trust", "person_left"),
    "leadership": ("person_left", "alliance_closed", "hub_closed", "hub_opened"),
}
"""Kinds of event that could explain a change in the figures of a feature or theme, the likeliest
first; figures about hubs are explained by hubs first."""


def kinds_that_could_explain(indicator: Indicator) -> tuple[str, ...]:
    """Give the kinds of event that could explain a change of a figure, the likeliest first.

    Who governs, as open data has it, changes by what happens to schools and trusts alone.
    """
    kinds = COULD_EXPLAIN.get(indicator.feature, tuple(KINDS))
    if "hub" in indicator.id.partition(".")[2]:
        return (*_HUBS, *(one for one in kinds if one not in _HUBS))
    return tuple(one for one in kinds if one in _GOVERNING or indicator.tier == "E")


def events_between(views: Sequence[LocalLandscape]) -> pl.DataFrame:
    """Give what happened from the first view of a place, exclusive, to the last, inclusive.

    Parameters
    ----------
    views : sequence of LocalLandscape
        The place on days in their order, at least two: their schools are those that events count
        for.

    Returns
    -------
    polars.DataFrame
        Columns of `EVENTS`, in order of day. Persons go by their pseudonym unless they agreed to be
        named; neither their role nor where they held it is told.

    Notes
    -----
    Only what is on record happened: a school may have closed, or a person left, and nobody wrote it
    down.
    """
    first, last = views[0].on, views[-1].on
    whole = views[0].whole.all_days
    schools = frozenset[str]().union(*(view.schools["id"].to_list() for view in views))
    rows = [
        *_schools(whole, schools, first, last),
        *_trusts(whole, schools, first, last),
        *_hubs(whole, views, schools, first, last),
        *_people(whole, views, first, last),
    ]
    return pl.DataFrame(rows, schema=EVENTS, orient="row").sort("day", "kind", "what")


_Row = tuple[date, str, str, int, bool]


def _of(schools: Iterable[str]) -> pl.Series:
    return pl.Series(sorted(schools), dtype=pl.String).implode()


def _within(column: str, first: date, last: date) -> pl.Expr:
    return pl.col(column).is_between(first, last, closed="right")


def _schools(whole: Landscape, schools: frozenset[str], first: date, last: date) -> list[_Row]:
    here = whole.schools.filter(pl.col("id").is_in(_of(schools)))
    successions = whole.ties.filter(pl.col("kind") == "succeeds")
    newer, older = successions["from_id"].implode(), successions["to_id"].implode()
    opened = here.filter(_within("opened", first, last))
    converted = opened.filter(pl.col("id").is_in(newer), pl.col("route").is_in(_ROUTES))
    into = _trust_at_opening(whole, converted)
    rows: list[_Row] = []
    for school, name, day, route in converted.select("id", "name", "opened", "route").iter_rows():
        how = "with a sponsor" if route == "sponsored" else "by choice"
        trust = f", in {into[school]}" if school in into else ""
        rows.append((day, "became_academy", f"{name} became an academy {how}{trust}", 1, True))
    new = opened.filter(~pl.col("id").is_in(newer))
    rows += [
        (day, "opened", f"{name} opened", 1, True)
        for name, day in new.select("name", "opened").iter_rows()
    ]
    gone = here.filter(_within("closed", first, last), ~pl.col("id").is_in(older))
    rows += [
        (day, "closed", f"{name} closed", 1, True)
        for name, day in gone.select("name", "closed").iter_rows()
    ]
    return rows


_ROUTES = ("converter", "sponsored")


def _governs(whole: Landscape) -> pl.DataFrame:
    """Ties of trusts to schools: ``trust``, ``school``, ``start``, ``end`` and whether exact."""
    trusts = whole.organisations.filter(pl.col("kind") == "trust").select("id", "name")
    return (
        whole.ties.filter(pl.col("kind") == "governs")
        .join(trusts, left_on="from_id", right_on="id")
        .select(
            pl.col("from_id").alias("trust"),
            "name",
            pl.col("to_id").alias("school"),
            "start",
            "end",
            "start_censored",
            "end_censored",
        )
    )


def _trust_at_opening(whole: Landscape, converted: pl.DataFrame) -> dict[str, str]:
    found = _governs(whole).join(
        converted.select(pl.col("id").alias("school"), "opened"), on="school"
    )
    near = found.filter(
        (pl.col("start") - pl.col("opened")).dt.total_days().abs() <= SAME_MOVE.days
    )
    names = near.sort("start", descending=True).select("school", "name").iter_rows()
    return {school: shown_name(name) for school, name in names}


def _trusts(whole: Landscape, schools: frozenset[str], first: date, last: date) -> list[_Row]:
    ties = _governs(whole).filter(pl.col("school").is_in(_of(schools)))
    known = whole.organisations.select(
        pl.col("id").alias("school"), pl.col("name").alias("school_name"), "opened", "closed"
    )
    ties = ties.join(known, on="school")
    by_school: dict[str, list[dict[str, object]]] = {}
    for row in ties.sort("start", nulls_last=False).iter_rows(named=True):
        by_school.setdefault(str(row["school"]), []).append(row)
    rows: list[_Row] = []
    for held in by_school.values():
        rows += _moves(held, first, last)
    return rows


def _moves(held: list[dict[str, object]], first: date, last: date) -> list[_Row]:
    """Events of one school's ties to trusts, the earliest first."""
    rows: list[_Row] = []
    for place, tie in enumerate(held):
        start, end = tie["start"], tie["end"]
        school, trust = str(tie["school_name"]), shown_name(str(tie["name"]))
        before = held[place - 1] if place else None
        if isinstance(start, date) and first < start <= last and not tie["start_censored"]:
            opened = tie["opened"]
            left = None if before is None else before["end"]
            if isinstance(left, date) and abs(left - start) <= SAME_MOVE:
                named = shown_name(str(before["name"])) if before else ""
                rows.append(
                    (start, "moved_trust", f"{school} moved from {named} to {trust}", 1, True)
                )
            elif not (isinstance(opened, date) and abs(start - opened) <= SAME_MOVE):
                rows.append((start, "joined_trust", f"{school} joined {trust}", 1, True))
        after = held[place + 1]["start"] if place + 1 < len(held) else None
        closed = tie["closed"]
        if isinstance(end, date) and first < end <= last:
            has_moved = isinstance(after, date) and after <= end + SAME_MOVE
            has_closed = isinstance(closed, date) and closed <= end + SAME_MOVE
            if not (has_moved or has_closed):
                exact = not tie["end_censored"]
                rows.append((end, "left_trust", f"{school} left {trust}", 1, exact))
    return rows


def _hubs(
    whole: Landscape,
    views: Sequence[LocalLandscape],
    schools: frozenset[str],
    first: date,
    last: date,
) -> list[_Row]:
    covered: dict[str, set[str]] = {}
    for view in views:
        near = footprints(view.whole).filter(pl.col("school").is_in(_of(schools)))
        for hub, school in near.select("hub", "school").iter_rows():
            covered.setdefault(hub, set()).add(school)
    members = whole.ties.filter(
        pl.col("kind") == "member_of", pl.col("from_id").is_in(_of(schools))
    )
    for school, organisation in members.select("from_id", "to_id").iter_rows():
        covered.setdefault(organisation, set()).add(school)
    rows: list[_Row] = []
    hubs = whole.organisations.filter(
        pl.col("id").is_in(_of(covered)),
        pl.col("kind").is_in([*HUB_NAMES, "teaching_school_alliance"]),
    )
    for hub, kind, name, opened, closed in hubs.select(
        "id", "kind", "name", "opened", "closed"
    ).iter_rows():
        many = len(covered[hub])
        is_alliance = kind == "teaching_school_alliance"
        if opened is not None and first < opened <= last and not is_alliance:
            rows.append((opened, "hub_opened", f"{shown_name(name)} opened", many, True))
        if closed is not None and first < closed <= last:
            what = "alliance_closed" if is_alliance else "hub_closed"
            rows.append((closed, what, f"{shown_name(name)} closed", many, True))
    return rows


def _people(
    whole: Landscape, views: Sequence[LocalLandscape], first: date, last: date
) -> list[_Row]:
    """People whose last role here ended, and who had linked organisations or carried ties."""
    if not whole.has("roles") or not whole.may_name:
        return []
    near = frozenset[str]().union(
        *(view.organisations["id"].to_list() for view in views), *(view.members for view in views)
    )
    roles = whole.table("roles").filter(pl.col("organisation").is_in(_of(near)))
    ends = roles.group_by("person").agg(
        pl.col("end").max().alias("day"),
        pl.col("end").null_count().alias("open"),
    )
    left = ends.filter(pl.col("open") == 0, _within("day", first, last))
    named = dict(
        whole.table("persons").filter(pl.col("is_named")).select("id", "label").iter_rows()
    )
    carried = whole.ties.filter(pl.col("carrier").is_not_null())
    rows: list[_Row] = []
    for person, day in left.select("person", "day").iter_rows():
        eve = day - timedelta(days=1)
        hats = roles.filter(
            pl.col("person") == person,
            pl.col("start").is_null() | (pl.col("start") <= eve),
            pl.col("end") > eve,
        )["organisation"].n_unique()
        ties = carried.filter(
            pl.col("carrier") == person,
            pl.col("start").is_null() | (pl.col("start") <= eve),
            pl.col("end").is_null() | (pl.col("end") > eve),
        )
        if hats < FEWEST_HATS:
            continue
        reached = set(ties["from_id"]) | set(ties["to_id"])
        schools = frozenset[str]().union(*(view.schools["id"].to_list() for view in views))
        who = named.get(person, person)
        what = f"{who} left, having had roles in {counted(hats, 'organisation')}"
        what += f" and carried {counted(ties.height, 'tie')}" if ties.height else ""
        rows.append((day, "person_left", what, len(reached & schools), True))
    return rows
